"""The draft as the chart reads it: the base version with the touched objects laid over it.

A touched unit stands where the draft puts it; a removed one stays where it was, to be shown struck through
until it is published. Every walk asks the indexes for one parent at a time: what a statement costs
depends on what it answers with, not on the size of the map or of the draft.
"""

from __future__ import annotations

from petajabatan.web.peta.konteks import Konteks
from petajabatan.web.peta.queries import B_HARI, B_KINI, HIDUP_KINI, HIDUP_LAMA

# Units shown right below {0}: untouched ones of the base, those the draft hangs there, removed ones.
ANAK = """(
  SELECT r.unor_id FROM unor_riwayat r
  WHERE r.atasan_id = {0} AND {{hidup_r}}
    AND NOT EXISTS (SELECT FROM usulan_unor o WHERE o.usulan_id = %(usulan)s AND o.unor_id = r.unor_id)
  UNION ALL
  SELECT o.unor_id FROM usulan_unor o WHERE o.usulan_id = %(usulan)s AND o.atasan_baru = {0}
  UNION ALL
  SELECT o.unor_id FROM usulan_unor o
  WHERE o.usulan_id = %(usulan)s AND o.atasan_lama = {0} AND o.sesudah IS NULL
)"""
# The unit {0} itself and what it is shown under; no row when it is not on this map.
INDUK = """(
  SELECT z.unor_id, CASE WHEN o.id IS NULL THEN r.atasan_id WHEN o.sesudah IS NULL THEN o.atasan_lama
    ELSE o.atasan_baru END AS atasan_id
  FROM (SELECT {0}::bigint AS unor_id) z
  LEFT JOIN usulan_unor o ON o.usulan_id = %(usulan)s AND o.unor_id = z.unor_id
    AND (o.sesudah IS NOT NULL OR o.sebelum IS NOT NULL)
  LEFT JOIN unor_riwayat r ON r.unor_id = z.unor_id AND r.instansi_id = %(instansi)s AND {{hidup_r}}
  WHERE o.id IS NOT NULL OR r.unor_id IS NOT NULL
)"""
ROOT = """(
  SELECT r.unor_id FROM unor_riwayat r
  WHERE r.instansi_id = %(instansi)s AND r.atasan_id IS NULL AND {hidup_r}
    AND NOT EXISTS (SELECT FROM usulan_unor o WHERE o.usulan_id = %(usulan)s AND o.unor_id = r.unor_id)
  UNION ALL
  SELECT o.unor_id FROM usulan_unor o
  WHERE o.usulan_id = %(usulan)s AND o.atasan_baru IS NULL AND o.sesudah IS NOT NULL
)"""
# Where the boxes asked for stand.
OWNERS = """
SELECT o.posisi_id, CASE WHEN o.sesudah IS NULL THEN o.unor_lama ELSE o.unor_baru END AS unor_id
FROM usulan_posisi o WHERE o.usulan_id = %(usulan)s AND o.posisi_id = ANY(%(posisi)s::bigint[])
UNION ALL
SELECT p.posisi_id, p.unor_id FROM posisi_riwayat p
WHERE p.posisi_id = ANY(%(posisi)s::bigint[]) AND p.instansi_id = %(instansi)s AND {hidup_p}
  AND NOT EXISTS (SELECT FROM usulan_posisi o WHERE o.usulan_id = %(usulan)s AND o.posisi_id = p.posisi_id)
"""

START = f"""
WITH RECURSIVE sasaran AS (
  SELECT unnest(%(sasaran)s::bigint[]) AS unor_id UNION SELECT unor_id FROM ({OWNERS}) w
), naik AS (
  SELECT i.unor_id, i.atasan_id FROM sasaran s CROSS JOIN LATERAL {INDUK.format("s.unor_id")} i
  UNION
  SELECT i.unor_id, i.atasan_id FROM naik n CROSS JOIN LATERAL {INDUK.format("n.atasan_id")} i
), atas AS (
  SELECT a.unor_id, 0 AS dalam FROM {ROOT} a
  UNION ALL
  SELECT c.unor_id, a.dalam + 1 FROM atas a CROSS JOIN LATERAL {ANAK.format("a.unor_id")} c WHERE a.dalam < 2
), penuh AS (
  SELECT i.unor_id FROM unnest(%(seluruh)s::bigint[]) AS s(unor_id)
  CROSS JOIN LATERAL {INDUK.format("s.unor_id")} i
  UNION
  SELECT c.unor_id FROM penuh p CROSS JOIN LATERAL {ANAK.format("p.unor_id")} c
), penuh_terbatas AS (SELECT unor_id FROM penuh LIMIT %(batas)s
), induk AS (
  SELECT unor_id FROM atas WHERE dalam < 2
  UNION SELECT unnest(%(buka)s::bigint[]) UNION SELECT unor_id FROM naik
  UNION SELECT unor_id FROM penuh_terbatas WHERE (SELECT count(*) FROM penuh) <= %(batas)s
), semua AS (
  SELECT unor_id FROM atas
  UNION SELECT c.unor_id FROM induk i CROSS JOIN LATERAL {ANAK.format("i.unor_id")} c
  UNION SELECT unor_id FROM penuh_terbatas
), pilihan AS (
  SELECT s.unor_id, i.unor_id IS NOT NULL AS lengkap FROM semua s LEFT JOIN induk i USING (unor_id)
)
"""
CHILDREN = f"""
WITH pilihan AS (SELECT c.unor_id, false AS lengkap FROM (SELECT %(unor)s::bigint AS unor_id) u
  CROSS JOIN LATERAL {ANAK.format("u.unor_id")} c)
"""
BELOW = f"""
WITH RECURSIVE turun AS (
  SELECT i.unor_id, 0 AS dalam FROM {INDUK.format("%(unor)s")} i
  UNION ALL
  SELECT c.unor_id, t.dalam + 1 FROM turun t CROSS JOIN LATERAL {ANAK.format("t.unor_id")} c
), tingkat AS (
  SELECT dalam, sum(count(*)) OVER (ORDER BY dalam) AS sampai FROM turun GROUP BY dalam
), batas AS (
  SELECT greatest(1, coalesce(max(dalam) FILTER (WHERE sampai <= %(batas)s), 0)) AS boleh, max(dalam) AS ada
  FROM tingkat
), pilihan AS (
  SELECT t.unor_id, t.dalam < b.boleh OR b.boleh = b.ada AS lengkap
  FROM turun t, batas b WHERE t.dalam <= b.boleh
)
"""
PATH = f"""
WITH RECURSIVE naik AS (
  SELECT i.unor_id, i.atasan_id FROM {INDUK.format("%(unor)s")} i
  UNION ALL
  SELECT i.unor_id, i.atasan_id FROM naik n CROSS JOIN LATERAL {INDUK.format("n.atasan_id")} i
), semua AS (
  SELECT unor_id FROM naik
  UNION SELECT c.unor_id FROM naik n CROSS JOIN LATERAL {ANAK.format("n.unor_id")} c
), pilihan AS (
  SELECT s.unor_id, n.unor_id IS NOT NULL AS lengkap FROM semua s LEFT JOIN naik n USING (unor_id)
)
"""
# Only what changed, and the way to it: units whose columns other than their place among siblings differ.
CHANGED = f"""
WITH RECURSIVE sasaran AS (
  SELECT o.unor_id FROM usulan_unor o WHERE o.usulan_id = %(usulan)s
    AND (o.sebelum IS NULL OR o.sesudah IS NULL OR o.sebelum - 'urutan' <> o.sesudah - 'urutan')
  UNION SELECT CASE WHEN o.sesudah IS NULL THEN o.unor_lama ELSE o.unor_baru END FROM usulan_posisi o
  WHERE o.usulan_id = %(usulan)s
    AND (o.sebelum IS NULL OR o.sesudah IS NULL OR o.sebelum - 'urutan' <> o.sesudah - 'urutan')
), naik AS (
  SELECT i.unor_id, i.atasan_id, 0 AS dalam FROM sasaran s CROSS JOIN LATERAL {INDUK.format("s.unor_id")} i
  UNION
  SELECT i.unor_id, i.atasan_id, 0 FROM naik n CROSS JOIN LATERAL {INDUK.format("n.atasan_id")} i
), pilihan AS (
  SELECT unor_id, true AS lengkap FROM naik UNION SELECT unor_id, true FROM {ROOT} a LIMIT %(batas)s
)
"""
THESE = "WITH pilihan AS (SELECT unnest(%(unor)s::bigint[]) AS unor_id, false AS lengkap)"

UNITS = """
SELECT p.unor_id, r.atasan_id, r.nama, r.nama_jabatan, r.jenis, coalesce(r.eselon_id, ''),
  coalesce(e.nama, ''),
  coalesce(t.k, 0) + coalesce(d.k, 0), coalesce(b.b, 0), coalesce(t.n_posisi, 0) + coalesce(d.n_posisi, 0),
  coalesce(t.n_unor, CASE WHEN r.unor_id IS NULL THEN 0 ELSE 1 END) + coalesce(d.n_unor, 0),
  EXISTS (SELECT FROM usulan_unor g WHERE g.usulan_id = %(usulan)s AND g.atasan_lama = p.unor_id
    AND g.sesudah IS NULL),
  coalesce(d.b, 0), o.sebelum, o.sesudah, o.id IS NOT NULL, coalesce((o.sesudah->>'urutan')::int, r.urutan,
    (o.sebelum->>'urutan')::int), p.lengkap
FROM pilihan p
LEFT JOIN usulan_unor o ON o.usulan_id = %(usulan)s AND o.unor_id = p.unor_id
LEFT JOIN unor_riwayat r ON r.unor_id = p.unor_id AND r.instansi_id = %(instansi)s AND {hidup_r}
LEFT JOIN unor_total_riwayat t ON t.unor_id = p.unor_id AND {hidup_t}
LEFT JOIN usulan_total d ON d.usulan_id = %(usulan)s AND d.unor_id = p.unor_id
LEFT JOIN bezetting_unor b ON b.unor_id = p.unor_id
LEFT JOIN eselon e ON e.kode = CASE WHEN o.id IS NULL THEN r.eselon_id
  ELSE coalesce(o.sesudah, o.sebelum)->>'eselon' END
WHERE r.unor_id IS NOT NULL OR o.sebelum IS NOT NULL OR o.sesudah IS NOT NULL
ORDER BY 17, 1
"""
# People of a removed box count where its successor stands; the box itself keeps showing who is on it today.
# A touched box of these units stood on one of them or stands there now: found by the indexes of both columns.
BOXES = """
WITH sentuh AS MATERIALIZED (
  SELECT posisi_id, unor_lama, unor_baru, sebelum, sesudah FROM usulan_posisi
  WHERE usulan_id = %(usulan)s AND unor_lama = ANY(%(unor)s)
  UNION ALL
  SELECT posisi_id, unor_lama, unor_baru, sebelum, sesudah FROM usulan_posisi
  WHERE usulan_id = %(usulan)s AND unor_baru = ANY(%(unor)s) AND (unor_lama = ANY(%(unor)s)) IS NOT TRUE
), bawaan AS (
  SELECT o.penerus[1] AS posisi_id, sum(b.b)::int AS b FROM usulan_posisi o
  JOIN {bezetting} b ON b.posisi_id = o.posisi_id
  WHERE o.usulan_id = %(usulan)s AND o.unor_baru IS NULL AND o.penerus <> '{{}}' GROUP BY 1
), semua AS (
  SELECT p.posisi_id, p.unor_id, p.nama, p.jenis, p.jenjang_id, p.kelas, p.k, p.kepala, p.urutan,
    NULL::jsonb AS sebelum, NULL::jsonb AS sesudah
  FROM posisi_riwayat p WHERE p.unor_id = ANY(%(unor)s) AND {hidup_p}
    AND NOT EXISTS (SELECT FROM sentuh s WHERE s.posisi_id = p.posisi_id)
  UNION ALL
  SELECT s.posisi_id, w.unor_id, i.isi->>'nama', i.isi->>'jenis', i.isi->>'jenjang', (i.isi->>'kelas')::int,
    (i.isi->>'k')::int, (i.isi->>'kepala')::boolean, (i.isi->>'urutan')::int, s.sebelum, s.sesudah
  FROM sentuh s
  CROSS JOIN LATERAL (SELECT coalesce(s.sesudah, s.sebelum) AS isi) i
  CROSS JOIN LATERAL (SELECT CASE WHEN s.sesudah IS NULL THEN s.unor_lama ELSE s.unor_baru END AS unor_id) w
  WHERE w.unor_id = ANY(%(unor)s)
)
SELECT p.posisi_id, p.unor_id, p.nama, p.jenis, coalesce(j.nama, ''), p.kelas, p.k,
  coalesce(b.b, 0) + coalesce(w.b, 0), coalesce(b.paruh_waktu, 0), p.kepala::int, p.sebelum, p.sesudah
FROM semua p
LEFT JOIN {bezetting} b ON b.posisi_id = p.posisi_id
LEFT JOIN bawaan w ON w.posisi_id = p.posisi_id
LEFT JOIN jenjang j ON j.kode = p.jenjang_id
WHERE CASE WHEN %(hanya)s THEN p.kepala OR p.sebelum IS NOT NULL OR p.sesudah IS NOT NULL
  ELSE %(kosong)s OR p.kepala OR p.k > 0 OR b.b > 0 OR b.paruh_waktu > 0 OR w.b > 0
    OR p.sebelum IS NOT NULL OR p.sesudah IS NOT NULL END
ORDER BY p.unor_id, NOT p.kepala, p.urutan, p.posisi_id
"""
# Findings of the objects shown: the draft's own; what the published map has too is left to the panel.
FINDINGS = """
SELECT objek, objek_id, count(*) FILTER (WHERE tingkat = 'galat'), count(*) FILTER (WHERE tingkat <> 'galat')
FROM usulan_temuan WHERE usulan_id = %(usulan)s AND NOT bawaan AND tingkat <> 'catatan'
  AND ((objek = 'unor' AND objek_id = ANY(%(unor)s)) OR (objek = 'posisi' AND objek_id = ANY(%(posisi)s)))
GROUP BY 1, 2
"""
ORDERED_CHILDREN = f"""
SELECT u.unor_id, c.unor_id FROM unnest(%(unor)s::bigint[]) AS u(unor_id)
CROSS JOIN LATERAL {ANAK.format("u.unor_id")} c
LEFT JOIN usulan_unor o ON o.usulan_id = %(usulan)s AND o.unor_id = c.unor_id
LEFT JOIN unor_riwayat r ON r.unor_id = c.unor_id AND {{hidup_r}}
ORDER BY 1, coalesce((o.sesudah->>'urutan')::int, r.urutan, (o.sebelum->>'urutan')::int), 2
"""
TOTALS = """
SELECT i.unor_id, coalesce(t.k, 0) + coalesce(d.k, 0), coalesce(b.b, 0), coalesce(d.b, 0),
  coalesce(t.n_posisi, 0) + coalesce(d.n_posisi, 0), coalesce(t.n_unor, 0) + coalesce(d.n_unor, 0),
  coalesce(t.k, 0), coalesce(t.n_posisi, 0), coalesce(t.n_unor, 0)
FROM unnest(%(unor)s::bigint[]) AS i(unor_id)
LEFT JOIN unor_total_riwayat t ON t.unor_id = i.unor_id AND {hidup_t}
LEFT JOIN bezetting_unor b ON b.unor_id = i.unor_id
LEFT JOIN usulan_total d ON d.usulan_id = %(usulan)s AND d.unor_id = i.unor_id
"""


def sql_for(konteks: Konteks, template: str) -> str:
    """The statement with its conditions for 'live as of the base version' filled in."""
    hidup = HIDUP_KINI if konteks.terakhir else HIDUP_LAMA
    bezetting = B_KINI if konteks.hari_b == konteks.hari else B_HARI
    return template.format(
        bezetting=bezetting, **{f"hidup_{alias}": hidup.format(alias) for alias in ("r", "p", "t")}
    )
