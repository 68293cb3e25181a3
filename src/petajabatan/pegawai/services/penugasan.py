"""Seating people: definitive posts, acting posts, additional tasks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.izin import require
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.jabatan.models import PosisiRiwayat
from petajabatan.organisasi.models import SELAMANYA, PetaVersi
from petajabatan.pegawai.models import Pegawai, RiwayatJabatan
from petajabatan.pegawai.services.impor import recount
from petajabatan.pegawai.services.kunci import share_maps

DEFINITIF = RiwayatJabatan.Jenis.DEFINITIF


@dataclass(frozen=True)
class Penempatan:
    """An assignment made, and what is worth knowing about it."""

    riwayat: RiwayatJabatan
    temuan: list[Temuan] = field(default_factory=list)


def _finding(kode: str, kalimat: str, perbaikan: str, galat: bool = True) -> Temuan:
    return Temuan(kode, "galat" if galat else "peringatan", kalimat, perbaikan)


def assign(
    actor: Actor,
    pegawai_id: int,
    posisi_id: int,
    jenis: str,
    dari: dt.date,
    sampai: dt.date | None = None,
    *,
    akhiri_lama: bool = False,
    sementara: bool = False,
    sumber: str = "",
    hitung: bool = True,
) -> Penempatan:
    """Seat a person on a box from ``dari`` until before ``sampai`` (None: open end).

    ``jenis`` D, TT, PLT, PLH or PJ. A definitive seat that overlaps another one of hers is refused, unless
    ``akhiri_lama``: then the seat she holds ends on ``dari``. A head box that is taken definitively is
    refused to a second definitive holder; acting holders are told about. ``hitung``: count B at once.
    Raises PermissionDenied and Ditolak. The caller has opened the actor's scope.
    """
    if jenis not in RiwayatJabatan.Jenis.values or jenis == RiwayatJabatan.Jenis.BATAL:
        raise ValueError(f"unknown kind of assignment: {jenis}")
    person = Pegawai.objects.get(pk=pegawai_id)
    require(actor, *roles_that_may("pegawai"), instansi_id=person.instansi_id)
    with transaction.atomic():
        share_maps([person.instansi_id])
        boxes = PosisiRiwayat.objects.select_related("unor").filter(posisi_id=posisi_id, hingga=SELAMANYA)
        box = boxes.first()
        found = _checks(person, box, jenis, dari, sampai)
        if found or box is None:
            raise Ditolak(found)
        masa = DateRange(dari, sampai)
        found = _seat_findings(person, box, jenis, masa, akhiri_lama)
        if any(t.tingkat == "galat" for t in found):
            raise Ditolak(found)
        if jenis == DEFINITIF and akhiri_lama:
            _end_current(person, dari)
        kini = box.unor.kini if hasattr(box.unor, "kini") else None
        row = RiwayatJabatan.objects.create(
            pegawai=person,
            instansi_id=person.instansi_id,
            posisi_id=posisi_id,
            unor_id=box.unor_id,
            jabatan_id=box.jabatan_id,
            nama_unor=kini.nama if kini else "",
            nama_jabatan=box.nama,
            masa=masa,
            jenis=jenis,
            sementara=sementara,
            sumber=sumber[:80],
        )
        if hitung and jenis == DEFINITIF:
            recount(person.instansi_id, today())
    return Penempatan(row, found)


def _checks(
    person: Pegawai, box: PosisiRiwayat | None, jenis: str, dari: dt.date, sampai: dt.date | None
) -> list[Temuan]:
    found = []
    if sampai is not None and sampai <= dari:
        found.append(
            _finding(
                "masa-terbalik",
                "Tanggal selesai tidak sesudah tanggal mulai.",
                "Isi tanggal selesai sesudah tanggal mulai, atau kosongkan.",
            )
        )
    if box is None:
        found.append(
            _finding(
                "posisi-tidak-aktif",
                "Kotak jabatan itu tidak ada pada peta yang berlaku.",
                "Pilih kotak yang masih ada pada peta.",
            )
        )
    elif box.instansi_id != person.instansi_id:
        found.append(
            _finding(
                "posisi-instansi-lain",
                "Kotak jabatan itu milik instansi lain.",
                "Selesaikan dahulu perpindahan instansinya.",
            )
        )
    else:
        first = _first_day(box)
        if first is not None and first > max(dari, today()):
            found.append(
                _finding(
                    "posisi-belum-berlaku",
                    f"Kotak jabatan itu baru ada pada peta yang berlaku mulai {first.isoformat()}.",
                    f"Isi tanggal mulai {first.isoformat()} atau sesudahnya.",
                )
            )
    if jenis in ("PLT", "PLH") and box is not None and not box.kepala:
        found.append(
            _finding(
                "pelaksana-tugas-bukan-pimpinan",
                "PLT atau PLH hanya untuk kotak pimpinan.",
                "Pilih kotak pimpinan unit, atau pakai tugas tambahan.",
            )
        )
    return found


def _first_day(box: PosisiRiwayat) -> dt.date | None:
    """When the first version that has the box begins."""
    first = PosisiRiwayat.objects.filter(posisi_id=box.posisi_id).order_by("sejak").values_list("sejak")[:1]
    versions = PetaVersi.objects.filter(instansi_id=box.instansi_id, nomor__in=first)
    return versions.values_list("berlaku", flat=True).first()


def _seat_findings(
    person: Pegawai, box: PosisiRiwayat, jenis: str, masa: DateRange, akhiri_lama: bool
) -> list[Temuan]:
    found = []
    own = RiwayatJabatan.objects.filter(pegawai=person, jenis=DEFINITIF, masa__overlap=masa)
    if jenis == DEFINITIF:
        blocking = own.filter(~_ends_by(masa.lower)) if akhiri_lama else own
        for row in blocking[:3]:
            found.append(
                _finding(
                    "kursi-definitif-bertumpuk",
                    "Pada masa itu orang ini sudah duduk definitif"
                    f" sebagai {row.nama_jabatan or 'pejabat lain'}.",
                    "Akhiri dahulu kursi lamanya (atau pilih 'akhiri kursi lama'), atau ubah masanya.",
                )
            )
    taken = RiwayatJabatan.objects.filter(posisi_id=box.posisi_id, masa__overlap=masa).exclude(pegawai=person)
    if box.kepala and taken.filter(jenis=DEFINITIF).exists():
        if jenis == DEFINITIF:
            found.append(
                _finding(
                    "kursi-pimpinan-terisi",
                    "Kursi pimpinan ini sudah ada pejabat definitifnya pada masa itu.",
                    "Akhiri dahulu masa pejabat lama, atau tunjuk sebagai PLT/PLH.",
                )
            )
        elif jenis == "PLT":
            found.append(
                _finding(
                    "plt-bersama-definitif",
                    "Kursi ini masih ada pejabat definitifnya; PLT untuk kursi kosong, PLH untuk berhalangan"
                    " sementara.",
                    "Periksa apakah yang dimaksud PLH.",
                    galat=False,
                )
            )
    if jenis != DEFINITIF and not own.exists():
        found.append(
            _finding(
                "tanpa-kursi-definitif",
                "Orang ini tidak mempunyai jabatan definitif pada masa itu.",
                "Periksa riwayat jabatannya; penugasan tetap dicatat.",
                galat=False,
            )
        )
    return found


def _ends_by(day: dt.date) -> Q:
    """Seats that ``akhiri_lama`` may end on this day: open ones that began before it."""
    return Q(masa__startswith__lt=day, masa__endswith=None) | Q(masa__startswith=None, masa__endswith=None)


def _end_current(person: Pegawai, day: dt.date) -> None:
    for row in RiwayatJabatan.objects.filter(_ends_by(day), pegawai=person, jenis=DEFINITIF):
        row.masa = DateRange(row.masa.lower, day)
        row.save(update_fields=["masa"])


def end_assignment(actor: Actor, riwayat_id: int, sampai: dt.date) -> RiwayatJabatan:
    """End an assignment before ``sampai``. Raises PermissionDenied; Ditolak when it began only then."""
    live = RiwayatJabatan.objects.exclude(jenis=RiwayatJabatan.Jenis.BATAL)
    row = live.select_related("pegawai").get(pk=riwayat_id)
    require(actor, *roles_that_may("pegawai"), instansi_id=row.instansi_id)
    if row.masa.lower is not None and sampai <= row.masa.lower:
        raise Ditolak(
            [
                _finding(
                    "masa-terbalik",
                    "Tanggal selesai tidak sesudah tanggal mulai.",
                    "Isi tanggal sesudah tanggal mulai.",
                )
            ]
        )
    with transaction.atomic():
        row.masa = DateRange(row.masa.lower, sampai)
        row.save(update_fields=["masa"])
        if row.jenis == DEFINITIF:
            recount(row.instansi_id, today())
    return row
