"""The qualification map: required against held, counted by the database without telling who is who.

Everybody who has signed in reads counts; outside the own instansi groups of fewer than ``AMBANG`` people are
not told. Names come from ``people_on_boxes`` only, through the wall, and that reading is recorded.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from petajabatan.anjab.data_kualifikasi import equal_levels
from petajabatan.anjab.rules.kualifikasi import (
    DIKLAT,
    Acuan,
    Hitungan,
    Milik,
    Nilai,
    Pendidikan,
    Status,
    Syarat,
    judge,
    overall,
    read_requirement,
)
from petajabatan.inti.actor import Actor
from petajabatan.inti.audit import record
from petajabatan.inti.jam import today
from petajabatan.inti.simpanan import kept
from petajabatan.jabatan.queries import (
    PetaTidakAda,
    UnorRingkas,
    ancestors,
    boxes_of,
    children_of,
    root_of,
    version_of,
)
from petajabatan.jabatan.queries.isian import decoded
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.organisasi.models import PetaVersi
from petajabatan.pegawai.queries import may_see_people
from petajabatan.pegawai.queries.orang import full_name
from petajabatan.pegawai.queries.ringkasan import b_stamp

AMBANG = 3
"""Fewer people than this are not counted apart for readers who do not see their names."""
_SYARAT = """SELECT infojab_id, isi FROM isian_riwayat WHERE instansi_id = %(instansi)s
AND bagian = 'kualifikasi' AND sejak <= %(versi)s AND hingga > %(versi)s"""
_UNIT = """SELECT unor_id, nama, atasan_id FROM unor_riwayat
WHERE unor_id = %(unor)s AND instansi_id = %(instansi)s AND sejak <= %(versi)s AND hingga > %(versi)s"""
_PROFIL = """SELECT anak_id, posisi_id, infojab_id, tingkat_id, pendidikan_id, tahun, diklat, sertifikasi,
  kedaluwarsa, n
FROM kualifikasi_profil(%(instansi)s, %(unor)s, %(versi)s, %(hari)s, %(syarat)s, %(kotak)s)"""
_INFOJAB = """SELECT posisi_id, infojab_id FROM posisi_riwayat WHERE posisi_id = ANY(%(posisi)s)
AND sejak <= %(versi)s AND hingga > %(versi)s"""
_KOTAK = """SELECT q.posisi_id, q.nama, q.unor_id, u.nama, q.infojab_id, q.k FROM posisi_riwayat q
JOIN unor_riwayat u ON u.unor_id = q.unor_id AND u.sejak <= %(versi)s AND u.hingga > %(versi)s
WHERE q.posisi_id = ANY(%(posisi)s) AND q.instansi_id = %(instansi)s
  AND q.sejak <= %(versi)s AND q.hingga > %(versi)s
ORDER BY u.nama, q.unor_id, NOT q.kepala, q.urutan, q.posisi_id"""


@dataclass(slots=True)
class Baris:
    """A unit (its whole subtree) or a box in the map; ``tertutup``: too few people to tell."""

    id: int
    nama: str
    hitung: Hitungan = field(default_factory=Hitungan)
    syarat: Syarat | None = None
    unit: str = ""
    unor_id: int | None = None
    n_anak: int = 0
    tertutup: bool = False


@dataclass(slots=True)
class PetaKualifikasi:
    """One unit: units right below, boxes of its own, everything together (``total``)."""

    versi: PetaVersi
    unor_id: int
    nama: str
    jalur: list[UnorRingkas]
    unit: list[Baris]
    kotak: list[Baris]
    total: Baris
    acuan: Acuan
    penuh: bool
    """Whether the reader sees every count of this instansi."""


@dataclass(frozen=True, slots=True)
class OrangDinilai:
    """A holder of a box and the answers about her."""

    pegawai_id: int
    nip: str
    nama: str
    jenis: str
    golongan: str
    nilai: dict[str, Nilai]
    semua: Status
    posisi_id: int


def sees_every_count(actor: Actor, instansi_id: int) -> bool:
    """Whether small groups of this instansi may be told: to those who may read its people anyway."""
    return actor.cakupan_nasional or instansi_id in actor.cakupan_instansi


def map_of(actor: Actor, instansi_id: int, unor_id: int | None = None) -> PetaKualifikasi:
    """The map of one unit (default: the root) on the version and day in force. The number of
    statements (about twenty with the clock's and the cache's) does not follow the size.

    Raises PetaTidakAda.
    """
    version, day = version_of(instansi_id), today()
    unit, name = _unit(instansi_id, version.nomor, unor_id)
    wanted, acuan = _requirements(instansi_id, version.nomor, day)
    below = {u.id: Baris(u.id, u.nama, n_anak=u.n_anak) for u in children_of(unit, version.nomor)}
    own = boxes_of(unit, version.nomor)
    described = dict(fetch(_INFOJAB, {"posisi": [b.id for b in own], "versi": version.nomor}))
    boxes = {b.id: Baris(b.id, b.nama, syarat=wanted.get(described.get(b.id, 0))) for b in own}
    total = Baris(unit, name)
    for (child, box), counts in _counts(
        instansi_id, unit, version.nomor, wanted, acuan, day, kotak=False
    ).items():
        (boxes[box] if child is None else below[child]).hitung = counts
        total.hitung.merge(counts)
    full = sees_every_count(actor, instansi_id)
    found = PetaKualifikasi(
        version, unit, name, ancestors(unit, version.nomor), list(below.values()), list(boxes.values()),
        total, acuan, full,
    )  # fmt: skip
    if not full:
        _close([total, *found.unit, *found.kotak])
    return found


def boxes_below(
    actor: Actor, instansi_id: int, unor_id: int | None = None
) -> tuple[PetaVersi, list[Baris], Acuan]:
    """Every box with people in a subtree, with its requirement and counts, by unit; for the workbook."""
    version, day = version_of(instansi_id), today()
    unit, _ = _unit(instansi_id, version.nomor, unor_id)
    wanted, acuan = _requirements(instansi_id, version.nomor, day)
    found = _counts(instansi_id, unit, version.nomor, wanted, acuan, day, kotak=True)
    counts = {box: told for (_child, box), told in found.items()}
    params = {"posisi": list(counts), "instansi": instansi_id, "versi": version.nomor}
    rows = [
        Baris(key, name, counts[key], wanted.get(infojab or 0), where, unor)
        for key, name, unor, where, infojab, _k in fetch(_KOTAK, params)
    ]
    if not sees_every_count(actor, instansi_id):
        _close(rows)
    return version, rows, acuan


def box_of(actor: Actor, instansi_id: int, posisi_id: int) -> tuple[PetaVersi, Baris, Acuan]:
    """One box with its requirement and counts. Raises PetaTidakAda."""
    version, day = version_of(instansi_id), today()
    params = {"posisi": [posisi_id], "instansi": instansi_id, "versi": version.nomor}
    rows = fetch(_KOTAK, params)
    if not rows:
        raise PetaTidakAda(f"Posisi itu tidak ada dalam peta versi {version.nomor}.")
    key, name, unor, where, infojab, _k = rows[0]
    wanted, acuan = _requirements(instansi_id, version.nomor, day)
    box = Baris(key, name, syarat=wanted.get(infojab or 0), unit=where, unor_id=unor)
    found = _counts(instansi_id, unor, version.nomor, wanted, acuan, day, kotak=False)
    box.hitung = found.get((None, posisi_id), box.hitung)
    if not sees_every_count(actor, instansi_id):
        _close([box])
    return version, box, acuan


_ORANG = """SELECT p.id, p.nip, p.gelar_depan, p.nama, p.gelar_belakang, p.jenis, p.golongan, p.instansi_id,
  p.tingkat_pendidikan_id, p.pendidikan_id,
  extract(year FROM age(%(hari)s, least(p.tmt_cpns, lower(r.masa))))::int,
  ARRAY(SELECT DISTINCT coalesce(d.diklat_id, 0) FROM pegawai_diklat d WHERE d.pegawai_id = p.id),
  ARRAY(SELECT DISTINCT coalesce(s.sertifikasi_id, 0) FROM pegawai_sertifikasi s
    WHERE s.pegawai_id = p.id AND coalesce(s.berlaku_sampai >= %(hari)s, true)),
  ARRAY(SELECT DISTINCT coalesce(s.sertifikasi_id, 0) FROM pegawai_sertifikasi s
    WHERE s.pegawai_id = p.id AND s.berlaku_sampai < %(hari)s), r.posisi_id
FROM riwayat_jabatan r JOIN pegawai p ON p.id = r.pegawai_id
JOIN (SELECT * FROM kebijakan_bezetting WHERE berlaku_dari <= %(hari)s ORDER BY berlaku_dari DESC LIMIT 1) k
  ON k.jenis_dihitung ? p.jenis AND k.kedudukan_aktif ? p.kedudukan_hukum
WHERE r.posisi_id = ANY(%(posisi)s) AND r.jenis = 'D' AND r.masa @> %(hari)s
ORDER BY p.nama_urut, p.id LIMIT %(batas)s"""
ORANG_MAKS = 500
"""People one page shows."""


def people_on_boxes(
    actor: Actor, instansi_id: int, boxes: Iterable[Baris], acuan: Acuan, batas: int | None = ORANG_MAKS
) -> list[OrangDinilai] | None:
    """The holders counted in B of these boxes by name, with the answers about each; None for roles that see
    counts only.

    One statement besides clock, names of held education, and audit. The wall narrows it to the own branch.
    """
    if not may_see_people(actor, instansi_id):
        return None
    places = {box.id: box for box in boxes}
    rows = fetch(_ORANG, {"posisi": list(places), "hari": today(), "batas": batas})
    if not rows and not sees_every_count(actor, instansi_id):
        return None
    if rows:
        what = {"kualifikasi": next(iter(places)) if len(places) == 1 else len(places)}
        record(actor, "baca", "pegawai", what, instansi_id=instansi_id, jumlah=len(rows))
    acuan = _with_education(acuan, {r[9] for r in rows if r[9] is not None})
    found = []
    for r in rows:
        trained, held, ended = (frozenset(x) for x in r[11:14])
        milik = Milik(acuan.setara.get(r[8] or ""), acuan.tingkat.get(r[8] or "", ""), r[9],
                      trained or None, held if held or ended else None, ended, r[10])  # fmt: skip
        answers = judge(places[r[14]].syarat or Syarat(), milik, acuan)
        found.append(OrangDinilai(r[0], r[1], full_name(r[2], r[3], r[4]), r[5], r[6], answers,
                                  overall(answers.values()), r[14]))  # fmt: skip
    return found


def _unit(instansi_id: int, versi: int, unor_id: int | None) -> tuple[int, str]:
    if unor_id is None:
        root = root_of(instansi_id, versi)
        if root is None:
            raise PetaTidakAda("Instansi ini belum mempunyai peta jabatan.")
        return root.id, root.nama
    rows = fetch(_UNIT, {"unor": unor_id, "instansi": instansi_id, "versi": versi})
    if not rows:
        raise PetaTidakAda(f"Unit itu tidak ada dalam peta versi {versi}.")
    return rows[0][0], rows[0][1]


def _requirements(instansi_id: int, versi: int, day: dt.date) -> tuple[dict[int, Syarat], Acuan]:
    """Requirements by informasi jabatan, and the references they name. Five statements."""
    rows = fetch(_SYARAT, {"instansi": instansi_id, "versi": versi})
    isi = {key: decoded(value) for key, value in rows}

    def ids(*names: str) -> list[int]:
        cells = (c for i in isi.values() for n in names for c in i.get(n) or () if isinstance(c, dict))
        return sorted({c["id"] for c in cells if isinstance(c.get("id"), int)})

    acuan = Acuan(
        equal_levels(day),
        dict(fetch("SELECT kode, nama FROM tingkat_pendidikan ORDER BY urutan", {})),
        diklat=dict(fetch("SELECT id, nama FROM diklat WHERE id = ANY(%(id)s)", {"id": ids(*DIKLAT)})),
        sertifikasi=dict(fetch("SELECT id, nama FROM sertifikasi WHERE id = ANY(%(id)s)",
                               {"id": ids("sertifikasi")})),
    )  # fmt: skip
    acuan = _with_education(acuan, set(ids("pendidikan")))
    return {key: read_requirement(value, acuan) for key, value in isi.items()}, acuan


def _with_education(acuan: Acuan, ids: set[int]) -> Acuan:
    missing = sorted(ids - acuan.pendidikan.keys())
    rows = fetch("SELECT id, nama, tingkat_id FROM pendidikan WHERE id = ANY(%(id)s)", {"id": missing})
    named = {key: Pendidikan(name, acuan.setara.get(level or "")) for key, name, level in rows}
    return Acuan(acuan.setara, acuan.tingkat, {**acuan.pendidikan, **named}, acuan.diklat, acuan.sertifikasi)


def _counts(
    instansi_id: int,
    unor_id: int,
    versi: int,
    wanted: dict[int, Syarat],
    acuan: Acuan,
    day: dt.date,
    *,
    kotak: bool,
) -> dict[tuple[int | None, int], Hitungan]:
    """Counts by unit below (None: on the unit itself) and box (0 where boxes of a unit are taken together).

    Kept per version, day and B stamp, which every import and every record of training moves on: an instansi
    of 200,000 people is counted once, not at every look. Three statements, two when kept.
    """
    asked = (instansi_id, versi, day, b_stamp(instansi_id), unor_id, int(kotak))
    return kept(
        "kualifikasi:" + ":".join(map(str, asked)),
        lambda: _judged(instansi_id, unor_id, versi, wanted, acuan, day, kotak=kotak),
    )


def _judged(
    instansi_id: int,
    unor_id: int,
    versi: int,
    wanted: dict[int, Syarat],
    acuan: Acuan,
    day: dt.date,
    *,
    kotak: bool,
) -> dict[tuple[int | None, int], Hitungan]:
    asked = [
        {
            "infojab_id": key,
            "bidang": any(b.id for b in syarat.pendidikan),
            # 0 is no reference: it only makes the database look whether anything is recorded.
            "diklat": sorted({b.id or 0 for b in syarat.diklat}),
            "sertifikasi": sorted({b.id or 0 for b in syarat.sertifikasi}),
            "tahun": syarat.tahun is not None,
        }
        for key, syarat in wanted.items()
    ]
    params = {"instansi": instansi_id, "unor": unor_id, "versi": versi, "hari": day, "kotak": kotak}
    rows = fetch(_PROFIL, params | {"syarat": json.dumps(asked)})
    acuan = _with_education(acuan, {row[4] for row in rows if row[4] is not None})
    answers: dict[Any, dict[str, Nilai]] = {}
    found: dict[tuple[int | None, int], Hitungan] = {}
    for child, box, infojab, level, programme, years, trained, held, ended, n in rows:
        facts = (infojab, level, programme, years, str(trained), str(held), str(ended))
        if facts not in answers:  # equal facts are judged once
            milik = Milik(
                acuan.setara.get(level or ""), acuan.tingkat.get(level or "", ""), programme,
                None if trained is None else frozenset(trained), None if held is None else frozenset(held),
                frozenset(ended or ()), years,
            )  # fmt: skip
            answers[facts] = judge(wanted.get(infojab or 0) or Syarat(), milik, acuan)
        found.setdefault((child, box or 0), Hitungan()).add(
            answers[facts], n, tertulis=wanted.get(infojab or 0) is not None
        )
    return found


def _close(rows: Iterable[Baris]) -> None:
    """Take out the counts of groups so small that they would tell of persons."""
    for row in rows:
        if 0 < row.hitung.n < AMBANG:
            row.hitung, row.tertutup = Hitungan(), True
