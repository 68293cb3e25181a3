"""The map as a draft would make it, as one JSON document written by the database (``pegawai.queries.dokumen``
does the same for a version)."""

from __future__ import annotations

from typing import Any

from django.db import connection

from petajabatan.usulan.models import Usulan

# Untouched units of the base, then the touched ones as the draft has them; ``usul`` marks the latter.
_UNOR = """SELECT row_to_json(t)::text FROM (
  SELECT r.unor_id AS id, u.id_siasn, r.atasan_id, r.urutan, r.nama, r.nama_jabatan, r.jenis,
    e.nama AS eselon, r.wilayah_id AS wilayah, NULL::text AS usul
  FROM unor_riwayat r JOIN unor u ON u.id = r.unor_id LEFT JOIN eselon e ON e.kode = r.eselon_id
  WHERE r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s
    AND NOT EXISTS (SELECT FROM usulan_unor o WHERE o.usulan_id = %(usulan)s AND o.unor_id = r.unor_id)
  UNION ALL
  SELECT o.unor_id, u.id_siasn, o.atasan_baru, (o.sesudah->>'urutan')::int, o.sesudah->>'nama',
    o.sesudah->>'nama_jabatan', o.sesudah->>'jenis', e.nama, o.sesudah->>'wilayah',
    CASE WHEN o.sebelum IS NULL THEN 'tambah' ELSE 'ubah' END
  FROM usulan_unor o LEFT JOIN unor u ON u.id = o.unor_id
  LEFT JOIN eselon e ON e.kode = o.sesudah->>'eselon'
  WHERE o.usulan_id = %(usulan)s AND o.sesudah IS NOT NULL
) t"""
# People of a removed box count on its first successor.
_POSISI = """WITH bawaan AS (
  SELECT o.penerus[1] AS posisi_id, sum(b.b)::int AS b FROM usulan_posisi o
  JOIN bezetting_posisi b ON b.posisi_id = o.posisi_id
  WHERE o.usulan_id = %(usulan)s AND o.sesudah IS NULL AND o.penerus <> '{}' GROUP BY 1
), semua AS (
  SELECT p.posisi_id, p.unor_id, p.urutan, p.nama, p.jenis, p.jenjang_id, p.jabatan_id, p.kepala,
    p.kelas, p.k, NULL::text AS usul
  FROM posisi_riwayat p
  WHERE p.instansi_id = %(instansi)s AND p.sejak <= %(versi)s AND p.hingga > %(versi)s
    AND NOT EXISTS (SELECT FROM usulan_posisi o WHERE o.usulan_id = %(usulan)s AND o.posisi_id = p.posisi_id)
  UNION ALL
  SELECT o.posisi_id, o.unor_baru, (o.sesudah->>'urutan')::int, o.sesudah->>'nama', o.sesudah->>'jenis',
    o.sesudah->>'jenjang', (o.sesudah->>'jabatan_id')::bigint, (o.sesudah->>'kepala')::boolean,
    (o.sesudah->>'kelas')::int, (o.sesudah->>'k')::int,
    CASE WHEN o.sebelum IS NULL THEN 'tambah' ELSE 'ubah' END
  FROM usulan_posisi o WHERE o.usulan_id = %(usulan)s AND o.sesudah IS NOT NULL
) SELECT row_to_json(t)::text FROM (
  SELECT p.posisi_id AS id, p.unor_id, p.urutan, p.nama, p.jenis, p.jenjang_id AS jenjang, p.jabatan_id,
    p.kepala, p.kelas, p.k, coalesce(b.b, 0) + coalesce(w.b, 0) AS b,
    coalesce(b.b, 0) + coalesce(w.b, 0) - p.k AS selisih,
    coalesce(b.paruh_waktu, 0) AS paruh_waktu, p.usul
  FROM semua p LEFT JOIN bezetting_posisi b ON b.posisi_id = p.posisi_id AND b.instansi_id = %(instansi)s
  LEFT JOIN bawaan w ON w.posisi_id = p.posisi_id
) t"""
_DIHAPUS = """SELECT json_build_object('id', {key}, 'nama', sebelum->>'nama', 'penerus', penerus)::text
FROM {table} WHERE usulan_id = %(usulan)s AND sesudah IS NULL ORDER BY {key}"""


def draft_json(usulan: Usulan) -> dict[str, str]:
    """Units, boxes, removed units and removed boxes of the draft as JSON arrays, in no particular order.

    K and B in persons, B as of today; ``selisih`` = B − K, null without K. Four statements.
    """
    params = {"instansi": usulan.instansi_id, "versi": usulan.dasar_versi, "usulan": usulan.pk}
    return {
        "unor": _array(_UNOR, params),
        "posisi": _array(_POSISI, params),
        "unor_dihapus": _array(_DIHAPUS.format(table="usulan_unor", key="unor_id"), params),
        "posisi_dihapus": _array(_DIHAPUS.format(table="usulan_posisi", key="posisi_id"), params),
    }


def _array(sql: str, params: dict[str, Any]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return "[" + ",".join([row[0] for row in cursor.fetchall()]) + "]"
