"""Reads of people for the bezetting workbook: counts for all, names behind both walls."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection

from petajabatan.inti.actor import Actor
from petajabatan.inti.audit import record
from petajabatan.inti.jam import today
from petajabatan.pegawai.queries import Bezetting, may_see_people
from petajabatan.pegawai.queries.bezetting import SEATS_ON, SEATS_TODAY
from petajabatan.pegawai.queries.orang import TEMPAT

_KINI = f"SELECT posisi_id, b, pns, cpns, pppk, paruh_waktu, sementara FROM {SEATS_TODAY} s"
_PADA = f"SELECT posisi_id, b, pns, cpns, pppk, paruh_waktu, sementara FROM {SEATS_ON} s"
# Everybody with an assignment in the instansi on the day; the wall on pegawai and riwayat_jabatan hides the
# rest. Index riwayat_jabatan (instansi_id, unor_id).
_ORANG = f"""SELECT p.nip, p.gelar_depan, p.nama, p.gelar_belakang, p.jenis, p.golongan, r.jenis,
  coalesce(q.nama, r.nama_jabatan), coalesce(u.nama, r.nama_unor), coalesce(q.unor_id, r.unor_id),
  r.posisi_id, lower(r.masa),
  r.jenis = 'D' AND coalesce(k.kedudukan_aktif ? p.kedudukan_hukum AND k.jenis_dihitung ? p.jenis, false),
  p.sintetis, r.sementara
FROM riwayat_jabatan r JOIN pegawai p ON p.id = r.pegawai_id
LEFT JOIN LATERAL (SELECT * FROM kebijakan_bezetting WHERE berlaku_dari <= %(hari)s
                   ORDER BY berlaku_dari DESC LIMIT 1) k ON true
{TEMPAT}
LEFT JOIN unor_kini a ON a.unor_id = u.unor_id
WHERE r.instansi_id = %(instansi)s AND r.masa @> %(hari)s AND r.jenis <> 'X'
  AND (%(unor)s::bigint[] IS NULL OR coalesce(q.unor_id, r.unor_id) = ANY (%(unor)s::bigint[]))
ORDER BY a.jalur, p.nama_urut, p.id"""
PENUGASAN = {"D": "Definitif", "TT": "Tugas tambahan", "PLT": "Plt.", "PLH": "Plh.", "PJ": "Pj."}


def seats_of(instansi_id: int, tanggal: dt.date | None) -> dict[int, Bezetting]:
    """Counts per box of a whole instansi on a day; a box where nobody sits is missing."""
    now = today()
    sql = _KINI if tanggal in (None, now) else _PADA
    with connection.cursor() as cursor:
        cursor.execute(sql, {"instansi": instansi_id, "hari": tanggal or now})
        return {key: Bezetting(*rest) for key, *rest in cursor.fetchall()}


def people_of(
    actor: Actor, instansi_id: int, tanggal: dt.date | None, unor_ids: set[int] | None = None
) -> list[list[Any]] | None:
    """Rows of the people sheet (of some units only), or None when the actor's roles show no names.

    The reading is recorded with its extent.
    """
    if not may_see_people(actor, instansi_id):
        return None
    params: dict[str, Any] = {
        "instansi": instansi_id,
        "hari": tanggal or today(),
        "unor": None if unor_ids is None else sorted(unor_ids),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ORANG, params)
        rows = cursor.fetchall()
    record(actor, "ekspor", "pegawai", {"jenis": "bezetting"}, instansi_id=instansi_id, jumlah=len(rows))
    return [_as_row(row) for row in rows]


def _as_row(row: tuple[Any, ...]) -> list[Any]:
    (
        nip,
        depan,
        nama,
        belakang,
        jenis,
        golongan,
        tugas,
        jabatan,
        unit,
        unor,
        posisi,
        sejak,
        b,
        sintetis,
        sementara,
    ) = row
    full = f"{depan} {nama}".strip() + (f", {belakang}" if belakang else "")
    return [
        nip, full, jenis, golongan, PENUGASAN.get(tugas, tugas), jabatan, unit, unor, posisi, sejak,
        "ya" if b else "tidak", "ya" if sintetis else None, "ya" if sementara else None,
    ]  # fmt: skip
