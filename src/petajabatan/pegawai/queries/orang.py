"""Names and NIP: read through the scoped connection only, and every reading is recorded.

The caller has opened the actor's scope (web requests and jobs run inside it). What the roles do not show
is not asked for at all; what the scope hides, the database hides again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import starmap
from typing import Any

from django.db import connection
from django.http import Http404

from petajabatan.inti.actor import Actor
from petajabatan.inti.audit import record
from petajabatan.inti.jam import today


def may_see_people(actor: Actor, instansi_id: int | None = None) -> bool:
    """Whether the actor's roles show names and NIP at all (of this instansi); the first wall.

    Scopes of a subtree or of the person herself are narrowed by the database.
    """
    if actor.cakupan_nasional or actor.cakupan_unor or actor.pegawai_id is not None:
        return True
    return bool(actor.cakupan_instansi) and (instansi_id is None or instansi_id in actor.cakupan_instansi)


def sees_all_people(actor: Actor, instansi_id: int) -> bool:
    """Whether the database shows the actor every person of this instansi, not only a branch or herself."""
    return actor.cakupan_nasional or instansi_id in actor.cakupan_instansi


def may_list_people(actor: Actor, instansi_id: int) -> bool:
    """Whether the roles show more people of this instansi than the actor herself."""
    wide = actor.cakupan_nasional or actor.cakupan_instansi or actor.cakupan_unor
    return bool(wide) and may_see_people(actor, instansi_id)


def full_name(depan: str, nama: str, belakang: str) -> str:
    """Name with degrees as written on a decree: ``Dr. Sri Wahyuni, S.Pd.``"""
    return f"{depan} {nama}".strip() + (f", {belakang}" if belakang else "")


@dataclass(frozen=True, slots=True)
class OrangDuduk:
    """Somebody on a box or unit. ``penugasan`` D, TT, PLT, PLH, PJ; ``dihitung``: counted in B."""

    pegawai_id: int
    nip: str
    nama: str
    jenis: str
    golongan: str
    penugasan: str
    nama_jabatan: str
    posisi_id: int | None
    unor_id: int | None
    unor: str
    dari: dt.date | None
    sampai: dt.date | None
    sementara: bool
    dihitung: bool
    sintetis: bool


@dataclass(frozen=True, slots=True)
class Penghuni:
    """Who sits there. ``terlihat`` False: the roles of the reader show counts only, ask ``bezetting_of``."""

    terlihat: bool
    orang: tuple[OrangDuduk, ...] = ()


# The box and unit of an assignment as the version in force on the day names them (versi_pada, for all
# instansi in one pass over their few versions).
TEMPAT = """LEFT JOIN (
  SELECT instansi_id, coalesce(max(nomor) FILTER (WHERE berlaku <= %(hari)s), min(nomor)) AS n
  FROM peta_versi GROUP BY instansi_id) v ON v.instansi_id = r.instansi_id
LEFT JOIN posisi_riwayat q ON q.posisi_id = r.posisi_id AND q.sejak <= v.n AND q.hingga > v.n
LEFT JOIN unor_riwayat u ON u.unor_id = coalesce(q.unor_id, r.unor_id)
  AND u.sejak <= v.n AND u.hingga > v.n"""
_DUDUK = """SELECT p.id, p.nip, p.gelar_depan, p.nama, p.gelar_belakang, p.jenis, p.golongan, r.jenis,
  r.nama_jabatan, r.posisi_id, coalesce(q.unor_id, r.unor_id), coalesce(u.nama, r.nama_unor),
  lower(r.masa), upper(r.masa), r.sementara,
  r.jenis = 'D' AND coalesce(k.kedudukan_aktif ? p.kedudukan_hukum AND k.jenis_dihitung ? p.jenis, false),
  p.sintetis, r.instansi_id
FROM riwayat_jabatan r JOIN pegawai p ON p.id = r.pegawai_id
LEFT JOIN LATERAL (SELECT * FROM kebijakan_bezetting WHERE berlaku_dari <= %(hari)s
                   ORDER BY berlaku_dari DESC LIMIT 1) k ON true
{tempat}
WHERE r.masa @> %(hari)s AND r.jenis <> 'X' AND {syarat}
ORDER BY r.jenis <> 'D', p.golongan DESC, p.nama_urut, p.id LIMIT %(batas)s"""

# The unit of a seat is that of its box on the day; both ways in are indexed, each by itself.
_IN_UNIT = """r.id IN (
  SELECT s.id FROM posisi_riwayat b JOIN riwayat_jabatan s ON s.posisi_id = b.posisi_id
  WHERE b.unor_id = %(id)s
    AND b.sejak <= (SELECT versi_pada(instansi_id, %(hari)s) FROM unor WHERE id = %(id)s)
    AND b.hingga > (SELECT versi_pada(instansi_id, %(hari)s) FROM unor WHERE id = %(id)s)
  UNION ALL
  SELECT s.id FROM riwayat_jabatan s WHERE s.posisi_id IS NULL AND s.unor_id = %(id)s)"""


def people_on(
    actor: Actor,
    *,
    posisi_id: int | None = None,
    unor_id: int | None = None,
    tanggal: dt.date | None = None,
    batas: int = 500,
) -> Penghuni:
    """People on a box, or on the boxes of one unit itself (and there without a box), at most ``batas``.

    Acting assignments included and marked. One statement besides clock and audit.
    """
    if not may_see_people(actor):
        return Penghuni(False)
    if posisi_id is not None:
        where, what = "r.posisi_id = %(id)s", {"posisi": posisi_id or 0}
    else:
        where, what = _IN_UNIT, {"unor": unor_id or 0}
    params = {"hari": tanggal or today(), "id": posisi_id or unor_id, "batas": batas}
    rows = fetch(_DUDUK.format(syarat=where, tempat=TEMPAT), params)
    for instansi_id in sorted({row[-1] for row in rows}):
        record(actor, "baca", "pegawai", what, instansi_id=instansi_id, jumlah=len(rows))
    people = tuple(
        OrangDuduk(r[0], r[1], full_name(r[2], r[3], r[4]), *r[5:17])
        for r in rows
    )  # fmt: skip
    return Penghuni(_visible(actor, rows, posisi_id, unor_id), people)


def _visible(actor: Actor, rows: list[tuple[Any, ...]], posisi_id: int | None, unor_id: int | None) -> bool:
    """An empty list means "nobody" only where the reader would have seen somebody."""
    if rows or actor.cakupan_nasional:
        return True
    table, key = ("posisi", posisi_id) if posisi_id is not None else ("unor", unor_id)
    owner = fetch(f"SELECT instansi_id FROM {table} WHERE id = %(id)s", {"id": key})
    return bool(owner) and owner[0][0] in actor.cakupan_instansi


@dataclass(frozen=True, slots=True)
class Penugasan:
    """One assignment in a person's history."""

    id: int
    jenis: str
    nama_jabatan: str
    nama_unor: str
    instansi_id: int
    instansi: str
    posisi_id: int | None
    unor_id: int | None
    dari: dt.date | None
    sampai: dt.date | None
    sementara: bool
    sumber: str
    sekarang: tuple[Any, ...] = ()
    """What a past post is today (``queries.penerus.Penerus``), where it has another name; see
    ``history_of``."""


@dataclass(frozen=True, slots=True)
class Orang:
    """A person as far as the product knows her, with every assignment, newest first."""

    id: int
    nip: str
    nama: str
    instansi_id: int
    instansi: str
    tanggal_lahir: dt.date | None
    jenis_kelamin: str | None
    jenis: str
    kedudukan_hukum: str
    golongan: str
    tmt_golongan: dt.date | None
    mk_tahun: int | None
    mk_bulan: int | None
    tmt_cpns: dt.date | None
    tmt_pns: dt.date | None
    tingkat_pendidikan: str | None
    pendidikan: str | None
    tahun_lulus: int | None
    sintetis: bool
    riwayat: tuple[Penugasan, ...] = field(default=())


_ORANG = """SELECT p.id, p.nip, p.gelar_depan, p.nama, p.gelar_belakang, p.instansi_id, i.nama,
  p.tanggal_lahir, p.jenis_kelamin, p.jenis, p.kedudukan_hukum, p.golongan, p.tmt_golongan, p.mk_tahun,
  p.mk_bulan, p.tmt_cpns, p.tmt_pns, t.nama, d.nama, p.tahun_lulus, p.sintetis
FROM pegawai p JOIN instansi i ON i.id = p.instansi_id
LEFT JOIN tingkat_pendidikan t ON t.kode = p.tingkat_pendidikan_id
LEFT JOIN pendidikan d ON d.id = p.pendidikan_id WHERE p.id = %(id)s"""
# Names as they were at the time stand in the row; where they are missing, today's name of the box or unit.
_RIWAYAT = """SELECT r.id, r.jenis, coalesce(nullif(r.nama_jabatan, ''), q.nama, j.nama, ''),
  coalesce(nullif(r.nama_unor, ''), u.nama, ''), r.instansi_id, i.nama, r.posisi_id, r.unor_id,
  lower(r.masa), upper(r.masa), r.sementara, r.sumber
FROM riwayat_jabatan r JOIN instansi i ON i.id = r.instansi_id
LEFT JOIN jabatan j ON j.id = r.jabatan_id
LEFT JOIN LATERAL (SELECT nama FROM posisi_riwayat WHERE posisi_id = r.posisi_id
                   ORDER BY sejak DESC LIMIT 1) q ON true
LEFT JOIN LATERAL (SELECT nama FROM unor_riwayat WHERE unor_id = r.unor_id
                   ORDER BY sejak DESC LIMIT 1) u ON true
WHERE r.pegawai_id = %(id)s AND r.jenis <> 'X'
ORDER BY lower(r.masa) DESC NULLS LAST, r.jenis <> 'D', r.id DESC"""


def person_history(actor: Actor, pegawai_id: int) -> Orang:
    """One person with all assignments. Raises Http404 also for people outside the scope, so that nobody
    learns who exists elsewhere. Two statements and one audit record."""
    rows = fetch(_ORANG, {"id": pegawai_id}) if may_see_people(actor) else []
    if not rows or not _in_scope(actor, rows[0][0], rows[0][5]):
        raise Http404("Tidak ada pegawai dengan kunci itu dalam cakupan akun ini.")
    row = rows[0]
    record(actor, "baca", "pegawai", {"id": pegawai_id}, instansi_id=row[5])
    history = tuple(starmap(Penugasan, fetch(_RIWAYAT, {"id": pegawai_id})))
    values = [row[0], row[1], full_name(row[2], row[3], row[4]), *row[5:], history]
    return Orang(*values)


def _in_scope(actor: Actor, pegawai_id: int, instansi_id: int) -> bool:
    """The first wall once more, on the row found: connections that own the tables see everything."""
    return (
        actor.cakupan_nasional
        or instansi_id in actor.cakupan_instansi
        or pegawai_id == actor.pegawai_id
        or bool(actor.cakupan_unor)
    )


def fetch(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
