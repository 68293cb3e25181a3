"""The map as a draft would make it, as one JSON document written by the database (``pegawai.queries.dokumen``
does the same for a version)."""

from __future__ import annotations

from typing import Any

from django.db import connection

from petajabatan.inti.jam import today
from petajabatan.pegawai.queries.bezetting import SEATS_TODAY
from petajabatan.pegawai.queries.dokumen import POSISI_FIELDS, UNOR_FIELDS, object_sql
from petajabatan.usulan.models import Usulan

_B = "coalesce(b.b, 0) + coalesce(w.b, 0)"
_UNOR = object_sql(UNOR_FIELDS | {"usul": "to_json(r.usul)"})
_POSISI = object_sql(POSISI_FIELDS | {"b": _B, "selisih": f"{_B} - p.k", "usul": "to_json(p.usul)"})
_TETAP = "%(instansi)s AND h.sejak <= %(versi)s AND h.hingga > %(versi)s AND NOT EXISTS (SELECT FROM"
# Untouched units of the base, then the touched ones as the draft has them, marked.
_UNITS = f"""SELECT {_UNOR} FROM (
  SELECT h.unor_id, h.atasan_id, h.urutan, h.nama, h.nama_jabatan, h.jenis, h.eselon_id, h.wilayah_id,
    NULL::text AS usul
  FROM unor_riwayat h WHERE h.instansi_id = {_TETAP} usulan_unor o
    WHERE o.usulan_id = %(usulan)s AND o.unor_id = h.unor_id)
  UNION ALL
  SELECT o.unor_id, o.atasan_baru, i.urutan, i.nama, i.nama_jabatan, i.jenis, i.eselon, i.wilayah,
    CASE WHEN o.sebelum IS NULL THEN 'tambah' ELSE 'ubah' END
  FROM usulan_unor o CROSS JOIN LATERAL jsonb_to_record(o.sesudah)
    AS i(urutan int, nama text, nama_jabatan text, jenis text, eselon text, wilayah text)
  WHERE o.usulan_id = %(usulan)s AND o.sesudah IS NOT NULL
) r LEFT JOIN unor u ON u.id = r.unor_id LEFT JOIN eselon e ON e.kode = r.eselon_id"""
# People of a removed box count on its first successor.
_BOXES = f"""WITH duduk AS MATERIALIZED (SELECT posisi_id, b, paruh_waktu FROM {SEATS_TODAY} s), bawaan AS (
  SELECT o.penerus[1] AS posisi_id, sum(b.b)::int AS b FROM usulan_posisi o
  JOIN duduk b ON b.posisi_id = o.posisi_id
  WHERE o.usulan_id = %(usulan)s AND o.sesudah IS NULL AND o.penerus <> '{{}}' GROUP BY 1
) SELECT {_POSISI} FROM (
  SELECT h.posisi_id, h.unor_id, h.urutan, h.nama, h.jenis, h.jenjang_id, h.jabatan_id, h.kepala, h.kelas,
    h.k, NULL::text AS usul
  FROM posisi_riwayat h WHERE h.instansi_id = {_TETAP} usulan_posisi o
    WHERE o.usulan_id = %(usulan)s AND o.posisi_id = h.posisi_id)
  UNION ALL
  SELECT o.posisi_id, o.unor_baru, i.urutan, i.nama, i.jenis, i.jenjang, i.jabatan_id, i.kepala, i.kelas,
    i.k, CASE WHEN o.sebelum IS NULL THEN 'tambah' ELSE 'ubah' END
  FROM usulan_posisi o CROSS JOIN LATERAL jsonb_to_record(o.sesudah) AS i(urutan int, nama text, jenis text,
    jenjang text, jabatan_id bigint, kepala boolean, kelas int, k int)
  WHERE o.usulan_id = %(usulan)s AND o.sesudah IS NOT NULL
) p LEFT JOIN duduk b ON b.posisi_id = p.posisi_id LEFT JOIN bawaan w ON w.posisi_id = p.posisi_id"""
_GONE = """SELECT json_build_object('id', {key}, 'nama', sebelum->>'nama', 'penerus', penerus)::text
FROM {table} WHERE usulan_id = %(usulan)s AND sesudah IS NULL ORDER BY {key}"""


def draft_json(usulan: Usulan) -> dict[str, str]:
    """Units, boxes, removed units and removed boxes of the draft as JSON arrays, in no particular order.

    K and B in persons, B as of today; ``selisih`` = B − K, null without K. Four statements besides the
    clock's.
    """
    params = {
        "instansi": usulan.instansi_id,
        "versi": usulan.dasar_versi,
        "usulan": usulan.pk,
        "hari": today(),
    }
    return {
        "unor": _array(_UNITS, params),
        "posisi": _array(_BOXES, params),
        "unor_dihapus": _array(_GONE.format(table="usulan_unor", key="unor_id"), params),
        "posisi_dihapus": _array(_GONE.format(table="usulan_posisi", key="posisi_id"), params),
    }


def _array(sql: str, params: dict[str, Any]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return "[" + ",".join([row[0] for row in cursor.fetchall()]) + "]"
