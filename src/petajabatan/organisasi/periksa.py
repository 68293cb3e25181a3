"""What must hold for versions and the tree of units."""

from __future__ import annotations

from petajabatan.inti.periksa import SELAMANYA, Cek, Jaga

_AUDIT = ("audit_insert", "audit_update", "audit_delete")
JAGA = Jaga(
    pemicu={
        "peta_versi": ("tak_terhapus", "peta_versi_urut", "a_pohon", "b_total", "c_ringkas", *_AUDIT),
        "unor": ("tak_terhapus", "identitas_tetap"),
        "unor_riwayat": ("tak_terhapus", "riwayat_tambah", "riwayat_ubah", *_AUDIT),
        "dasar_hukum": ("tak_terhapus", *_AUDIT),
        "kode_unor": ("tak_terhapus",),
    },
    tembok=("peta_versi", "dasar_hukum", "kode_unor"),
)

_HIDUP = f"SELECT * FROM unor_riwayat WHERE hingga = {SELAMANYA}"
_PULIH = "Pulihkan dari cadangan, atau perbaiki sebagai pemilik basis data lalu tetapkan versi baru."


_LEPAS = f"""
WITH RECURSIVE hidup AS ({_HIDUP}), turun AS (
  SELECT unor_id, instansi_id FROM hidup WHERE atasan_id IS NULL
  UNION
  SELECT h.unor_id, h.instansi_id FROM turun t JOIN hidup h ON h.atasan_id = t.unor_id AND h.instansi_id =
    t.instansi_id
), lepas AS (
  SELECT * FROM hidup h WHERE NOT EXISTS (SELECT FROM turun t WHERE t.unor_id = h.unor_id)
), naik AS (
  SELECT unor_id AS asal, atasan_id FROM lepas
  UNION
  SELECT n.asal, l.atasan_id FROM naik n JOIN lepas l ON l.unor_id = n.atasan_id
)
"""


def _overlap(table: str, key: str) -> str:
    return f"""
SELECT '{key} ' || {key}, 'versi ' || sejak || ' mulai sebelum ' || sebelum || ' berakhir' FROM (
  SELECT {key}, sejak, lag(hingga) OVER (PARTITION BY {key} ORDER BY sejak) AS sebelum FROM {table}) r
WHERE sebelum > sejak"""


def _unknown_version(table: str, key: str) -> str:
    return f"""
SELECT '{key} ' || r.{key}, 'versi ' || r.sejak || '–' || r.hingga FROM {table} r
LEFT JOIN peta_versi a ON a.instansi_id = r.instansi_id AND a.nomor = r.sejak
LEFT JOIN peta_versi b ON b.instansi_id = r.instansi_id AND b.nomor = r.hingga
WHERE a.nomor IS NULL OR (r.hingga <> {SELAMANYA} AND b.nomor IS NULL)"""


CEK = [
    Cek(
        "pohon-akar",
        "Peta instansi tidak mempunyai tepat satu unit puncak.",
        _PULIH,
        f"SELECT 'instansi ' || instansi_id, count(*) FILTER (WHERE atasan_id IS NULL) || ' akar'"
        f" FROM ({_HIDUP}) h GROUP BY instansi_id HAVING count(*) FILTER (WHERE atasan_id IS NULL) <> 1",
    ),
    Cek(
        "pohon-yatim",
        "Atasan unit ini tidak aktif atau milik instansi lain.",
        _PULIH,
        f"SELECT h.nama || ' (unor ' || h.unor_id || ')', 'atasan ' || h.atasan_id FROM ({_HIDUP}) h"
        f" LEFT JOIN ({_HIDUP}) a ON a.unor_id = h.atasan_id AND a.instansi_id = h.instansi_id"
        " WHERE h.atasan_id IS NOT NULL AND a.unor_id IS NULL",
    ),
    Cek(
        "pohon-melingkar",
        "Unit ini menjadi atasan dirinya sendiri melalui rantai atasannya.",
        _PULIH,
        f"{_LEPAS} SELECT l.nama || ' (unor ' || l.unor_id || ')', 'atasan ' || l.atasan_id"
        " FROM lepas l JOIN naik n ON n.asal = l.unor_id AND n.atasan_id = l.unor_id",
    ),
    Cek(
        "pohon-terputus",
        "Unit ini tidak tersambung ke puncak instansinya.",
        _PULIH,
        f"{_LEPAS} SELECT nama || ' (unor ' || unor_id || ')', 'atasan ' || coalesce(atasan_id::text,"
        f" '-') FROM lepas",
    ),
    Cek(
        "pohon-terputus-dulu",
        "Pada versi ini atasan unit tidak aktif.",
        _PULIH,
        "SELECT r.nama || ' (unor ' || r.unor_id || ')', 'versi ' || v.nomor FROM peta_versi v"
        " JOIN unor_riwayat r ON r.instansi_id = v.instansi_id AND r.sejak <= v.nomor AND r.hingga > v.nomor"
        " LEFT JOIN unor_riwayat a ON a.unor_id = r.atasan_id AND a.instansi_id = r.instansi_id"
        "   AND a.sejak <= v.nomor AND a.hingga > v.nomor"
        " WHERE r.atasan_id IS NOT NULL AND a.unor_id IS NULL",
        penuh=True,
    ),
    Cek(
        "versi-urut",
        "Nomor versi peta meloncat, atau tanggal berlakunya mundur.",
        _PULIH,
        "SELECT 'instansi ' || instansi_id || ' versi ' || nomor, 'sebelumnya ' || coalesce(n0::text, '-')"
        "  || ', berlaku ' || berlaku || coalesce(' sesudah ' || b0, '')"
        " FROM (SELECT *, lag(nomor) OVER w AS n0, lag(berlaku) OVER w AS b0 FROM peta_versi"
        "   WINDOW w AS (PARTITION BY instansi_id ORDER BY nomor)) v"
        " WHERE nomor <> coalesce(n0, 0) + 1 OR b0 > berlaku",
    ),
    Cek("riwayat-unor-tumpang", "Dua baris riwayat satu unit berlaku bersamaan.", _PULIH,
        _overlap("unor_riwayat", "unor_id")),
    Cek("riwayat-unor-tanpa-versi", "Riwayat unit menunjuk versi peta yang tidak ada.", _PULIH,
        _unknown_version("unor_riwayat", "unor_id")),
    Cek(
        "unor-pindah-instansi",
        "Riwayat unit tercatat pada instansi lain dari identitasnya.",
        _PULIH,
        "SELECT 'unor ' || u.id, 'identitas ' || u.instansi_id || ', riwayat ' || r.instansi_id"
        " FROM unor u JOIN unor_riwayat r ON r.unor_id = u.id WHERE r.instansi_id <> u.instansi_id",
    ),
    Cek(
        "penerus-tidak-ada",
        "Unit yang dihapus menyebut penerus yang tidak ada.",
        _PULIH,
        "SELECT 'unor ' || r.unor_id, 'penerus ' || p.id FROM unor_riwayat r CROSS JOIN"
        " unnest(r.penerus) AS p (id)"
        " WHERE NOT EXISTS (SELECT FROM unor u WHERE u.id = p.id)",
    ),
    Cek(
        "pohon-kini-basi",
        "Tabel pohon terkini (unor_kini) berbeda dari riwayat.",
        "Sebagai pemilik basis data: SELECT bangun_pohon(instansi_id).",
        f"""
WITH RECURSIVE hidup AS ({_HIDUP}), turun AS (
  SELECT unor_id, instansi_id, atasan_id, urutan, nama, unor_id::text AS jalur, 0 AS kedalaman
  FROM hidup WHERE atasan_id IS NULL
  UNION ALL
  SELECT h.unor_id, h.instansi_id, h.atasan_id, h.urutan, h.nama, t.jalur || '.' || h.unor_id, t.kedalaman + 1
  FROM turun t JOIN hidup h ON h.atasan_id = t.unor_id AND h.instansi_id = t.instansi_id
  WHERE t.kedalaman < 200
)
SELECT 'unor ' || coalesce(t.unor_id, k.unor_id), CASE WHEN k.unor_id IS NULL THEN 'tidak ada di unor_kini'
  WHEN t.unor_id IS NULL THEN 'sudah tidak aktif' ELSE 'jalur ' || k.jalur::text || ', seharusnya ' ||
    t.jalur END
FROM turun t FULL JOIN unor_kini k ON k.unor_id = t.unor_id
WHERE t.unor_id IS NULL OR k.unor_id IS NULL
  OR (k.instansi_id, k.atasan_id, k.jalur::text, k.kedalaman::int, k.urutan, k.nama)
    IS DISTINCT FROM (t.instansi_id, t.atasan_id, t.jalur, t.kedalaman, t.urutan, t.nama)""",
    ),
]  # fmt: skip
