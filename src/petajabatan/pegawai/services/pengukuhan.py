"""Confirming provisional placements: the number and date of the decision, per person or many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.audit import record
from petajabatan.inti.izin import require
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.jabatan.models import PosisiRiwayat
from petajabatan.organisasi.models import SELAMANYA, UnorRiwayat
from petajabatan.pegawai.models import Pengukuhan, RiwayatJabatan
from petajabatan.pegawai.services.kunci import share_maps
from petajabatan.pegawai.services.penempatan import settle_counts

DIKUKUHKAN, BATAL = Pengukuhan.Status.DIKUKUHKAN, Pengukuhan.Status.BATAL


@dataclass(frozen=True)
class HasilPengukuhan:
    """How many rows were confirmed now, and how many already bore this very decision."""

    n: int
    sudah: int


@dataclass(frozen=True)
class Kotak:
    """The box a decision names, as it stands on the last map."""

    posisi: PosisiRiwayat
    unor: UnorRiwayat


def confirm_placement(
    actor: Actor,
    pengukuhan_ids: Iterable[int],
    nomor: str,
    tanggal: dt.date,
    *,
    posisi_id: int | None = None,
) -> HasilPengukuhan:
    """Record the decision (number and date) for rows of the daftar pengukuhan; their seats become final.

    ``posisi_id``: the box the decision names where it is another than the provisional one, or the first one
    of somebody left without a seat. A provisional time that has already been served stays in the history up
    to ``tanggal``; the named box follows from then on. Repeating the same decision changes nothing.

    Only from the first day of the version on: until then it may be cancelled, which a decision would block.
    Whoever manages people of the receiving instansi may do it. Raises PermissionDenied; Ditolak, and then no
    row is confirmed.
    """
    keys = sorted(set(pengukuhan_ids))
    nomor = " ".join(nomor.split())
    with transaction.atomic():
        share_maps(Pengukuhan.objects.filter(pk__in=keys).values_list("instansi_baru_id", flat=True))
        locked = Pengukuhan.objects.select_for_update(of=("self",)).select_related("riwayat_baru")
        rows = list(locked.filter(pk__in=keys).order_by("pk"))
        targets = sorted({row.instansi_baru_id for row in rows})
        for instansi_id in targets:
            require(actor, *roles_that_may("pegawai"), *roles_that_may("tetapkan"), instansi_id=instansi_id)
        box = _box(posisi_id)
        same = [r for r in rows if r.status == DIKUKUHKAN and (r.nomor_sk, r.tanggal_sk) == (nomor, tanggal)]
        fresh = [row for row in rows if row not in same]
        for row in fresh:
            _adopt(row)
        found = [
            *_decision_findings(nomor, tanggal),
            *_row_findings(len(keys) - len(rows), fresh, box, posisi_id, tanggal),
        ]
        if found:
            raise Ditolak(found)
        for row in fresh:
            if box is not None and (row.riwayat_baru_id is None or row.posisi_baru_id != posisi_id):
                _seat(row, box, tanggal)
        _confirm(actor, fresh, nomor, tanggal)
    return HasilPengukuhan(len(fresh), len(same))


def withdraw_confirmation(actor: Actor, pengukuhan_id: int, alasan: str) -> Pengukuhan:
    """Take the decision off a confirmed row: it waits again, and its seat is provisional again.

    The seat stays the one the decision named. Same people as for confirming. Raises PermissionDenied; Ditolak
    for a row that bears no decision, for somebody who has changed over from another instansi, and where a
    later version has moved the seat on.
    """
    alasan = " ".join(alasan.split())[:500]
    with transaction.atomic():
        share_maps(Pengukuhan.objects.filter(pk=pengukuhan_id).values_list("instansi_baru_id", flat=True))
        locked = Pengukuhan.objects.select_for_update(of=("self",))
        row = locked.filter(pk=pengukuhan_id).first()
        if row is None:
            raise Ditolak(_row_findings(1, [], None, None))
        roles = (*roles_that_may("pegawai"), *roles_that_may("tetapkan"))
        require(actor, *roles, instansi_id=row.instansi_baru_id)
        found = _withdrawal_findings(row, alasan)
        if found:
            raise Ditolak(found)
        rincian = {"id": row.pk, "nomor": row.nomor_sk, "alasan": alasan}
        row.status, row.nomor_sk, row.tanggal_sk = Pengukuhan.Status.MENUNGGU, "", None
        row.dikukuhkan_oleh, row.pada = "", None
        row.save(update_fields=["status", "nomor_sk", "tanggal_sk", "dikukuhkan_oleh", "pada"])
        if row.riwayat_baru_id is not None:
            RiwayatJabatan.objects.filter(pk=row.riwayat_baru_id).update(sementara=True)
        settle_counts({row.instansi_baru_id})
        record(actor, "cabut-pengukuhan", "pengukuhan", rincian, instansi_id=row.instansi_baru_id)
    return row


def _withdrawal_findings(row: Pengukuhan, alasan: str) -> list[Temuan]:
    if row.status != DIKUKUHKAN:
        return [
            _finding("belum-dikukuhkan", f"Penempatan {row.nama} belum dikukuhkan.", "Muat ulang halamannya.")
        ]
    found = []
    if not alasan:
        found.append(_finding("alasan-kosong", "Alasan pencabutan kosong.", "Isi alasannya."))
    if row.instansi_id != row.instansi_baru_id:
        found.append(
            _finding(
                "sudah-pindah-instansi",
                f"{row.nama} sudah menjadi pegawai instansi penerima.",
                "Catat perubahannya sebagai penempatan baru.",
            )
        )
    if Pengukuhan.objects.filter(riwayat_lama_id=row.riwayat_baru_id).exclude(status=BATAL).exists():
        found.append(
            _finding(
                "versi-sudah-dilanjutkan",
                f"Versi yang lebih baru sudah memindahkan penempatan {row.nama}.",
                "Catat perubahannya sebagai penempatan baru.",
            )
        )
    return found


def _box(posisi_id: int | None) -> Kotak | None:
    row = PosisiRiwayat.objects.filter(posisi_id=posisi_id, hingga=SELAMANYA).first() if posisi_id else None
    if row is None:
        return None
    return Kotak(row, UnorRiwayat.objects.get(unor_id=row.unor_id, hingga=SELAMANYA))


def _decision_findings(nomor: str, tanggal: dt.date) -> list[Temuan]:
    found = []
    if not nomor or len(nomor) > 100:
        found.append(
            _finding("nomor-keputusan", "Nomor keputusan kosong atau lebih dari 100 huruf.", "Isi nomornya.")
        )
    if tanggal > today():
        found.append(
            _finding(
                "tanggal-keputusan",
                f"Tanggal keputusan {tanggal.isoformat()} belum tiba.",
                "Isi tanggal yang tertulis pada keputusan.",
            )
        )
    return found


def _row_findings(
    unknown: int,
    rows: list[Pengukuhan],
    box: Kotak | None,
    posisi_id: int | None,
    tanggal: dt.date | None = None,
) -> list[Temuan]:
    found, day = [], today()
    if unknown:
        found.append(
            _finding(
                "pengukuhan-tidak-ada",
                f"{unknown} baris tidak ada dalam cakupan akun ini.",
                "Muat ulang daftarnya.",
            )
        )
    if posisi_id is not None and box is None:
        found.append(
            _finding(
                "posisi-tidak-aktif",
                "Kotak jabatan itu tidak ada pada peta.",
                "Pilih kotak pada peta terakhir.",
            )
        )
    for row in rows:
        if row.status == DIKUKUHKAN:
            found.append(
                _finding(
                    "sudah-dikukuhkan",
                    f"{row.nama} sudah dikukuhkan dengan keputusan {row.nomor_sk}.",
                    "Keluarkan dari pilihan; perubahan sesudah pengukuhan dicatat sebagai penempatan baru.",
                )
            )
        elif row.status == BATAL:
            found.append(
                _finding(
                    "pengukuhan-batal",
                    f"Penempatan {row.nama} sudah dibatalkan.",
                    "Keluarkan dari pilihan.",
                )
            )
        elif row.berlaku > day:
            found.append(
                _finding(
                    "versi-belum-berlaku",
                    f"Versi {row.versi} baru berlaku {row.berlaku.isoformat()}; penempatan {row.nama}"
                    " belum dapat dikukuhkan.",
                    f"Kukuhkan sejak {row.berlaku.isoformat()}; sampai saat itu versinya masih dapat"
                    " dibatalkan.",
                )
            )
        elif tanggal is not None and tanggal < row.berlaku:
            found.append(
                _finding(
                    "keputusan-mendahului-versi",
                    f"Keputusan tertanggal {tanggal.isoformat()} mendahului versi {row.versi}, yang berlaku"
                    f" {row.berlaku.isoformat()}; jabatan {row.nama} saat itu belum ada.",
                    f"Isi tanggal keputusan sejak {row.berlaku.isoformat()}.",
                )
            )
        elif box is None and row.posisi_baru_id is None and not _over(row):
            found.append(
                _finding(
                    "tanpa-kursi",
                    f"{row.nama} belum mempunyai kursi.",
                    "Kukuhkan sendiri dengan memilih kotak jabatannya, atau keluarkan dari pilihan.",
                )
            )
        elif box is not None and box.posisi.instansi_id != row.instansi_baru_id:
            found.append(
                _finding(
                    "posisi-instansi-lain",
                    "Kotak jabatan itu milik instansi lain.",
                    "Pilih kotak pada instansi yang menerima.",
                )
            )
    return found[:50]


def _finding(kode: str, kalimat: str, perbaikan: str) -> Temuan:
    return Temuan(kode, "galat", kalimat, perbaikan)


def _adopt(row: Pengukuhan) -> None:
    """A box that an import has found meanwhile for somebody without a seat is her seat."""
    seat = row.riwayat_baru
    if row.status == Pengukuhan.Status.MENUNGGU and row.posisi_baru_id is None and seat and seat.posisi_id:
        box = _box(seat.posisi_id)
        if box is not None:
            _name_seat(row, box)
            row.save()


def _over(row: Pengukuhan) -> bool:
    """Whether the provisional assignment has ended already: then only the decision is left to record."""
    end = row.riwayat_baru.masa.upper if row.riwayat_baru else None
    return end is not None and end <= today()


def _name_seat(row: Pengukuhan, box: Kotak) -> None:
    row.posisi_baru_id, row.unor_baru_id = box.posisi.posisi_id, box.posisi.unor_id
    row.nama_jabatan_baru, row.nama_unor_baru = box.posisi.nama, box.unor.nama
    row.kelas_baru, row.k_baru, row.sebab = box.posisi.kelas, box.posisi.k, ""


def _seat(row: Pengukuhan, box: Kotak, tanggal: dt.date) -> None:
    """Move the provisional assignment onto the box the decision names, or make the first one."""
    old = row.riwayat_baru
    begin = max(row.berlaku, tanggal)
    end = row.sampai_lama
    if old is not None:
        lower = old.masa.lower or row.berlaku
        end, begin = old.masa.upper, max(lower, tanggal)
    masa = DateRange(begin, end)
    if end is not None and begin >= end:
        raise Ditolak(
            [_finding("masa-habis", f"Penugasan {row.nama} sudah berakhir.", "Buat penempatan baru.")]
        )
    _refuse_taken(row, box, masa)
    if old is not None and old.masa.lower is not None and begin <= old.masa.lower:
        seat = old
    else:
        if old is not None:
            old.masa, old.sementara = DateRange(old.masa.lower, begin), False
            old.save(update_fields=["masa", "sementara"])
        seat = RiwayatJabatan(
            pegawai_id=row.pegawai_id,
            instansi_id=row.instansi_baru_id,
            masa=masa,
            jenis=row.jenis,
            sementara=True,
            sumber=f"pengukuhan, peta versi {row.versi}",
        )
    seat.posisi_id, seat.unor_id = box.posisi.posisi_id, box.posisi.unor_id
    seat.jabatan_id, seat.nama_jabatan = box.posisi.jabatan_id, box.posisi.nama
    seat.nama_unor = box.unor.nama
    seat.save()
    row.riwayat_baru = seat
    _name_seat(row, box)
    row.save()


def _refuse_taken(row: Pengukuhan, box: Kotak, masa: DateRange) -> None:
    """One definitive holder per head box; one definitive seat per person and day."""
    if row.jenis != RiwayatJabatan.Jenis.DEFINITIF:
        return
    seats = RiwayatJabatan.objects.filter(jenis=RiwayatJabatan.Jenis.DEFINITIF, masa__overlap=masa)
    if box.posisi.kepala and (
        seats.filter(posisi_id=box.posisi.posisi_id).exclude(pegawai_id=row.pegawai_id).exists()
    ):
        raise Ditolak(
            [
                _finding(
                    "kursi-pimpinan-terisi",
                    f"Kursi pimpinan {box.posisi.nama} sudah ada pejabat definitifnya.",
                    "Pilih kotak lain, atau akhiri dahulu masa pejabat itu.",
                )
            ]
        )
    own = seats.filter(pegawai_id=row.pegawai_id).values_list("pk", flat=True)
    if any(key != row.riwayat_baru_id for key in own):
        raise Ditolak(
            [
                _finding(
                    "kursi-definitif-bertumpuk",
                    f"{row.nama} sudah duduk definitif di tempat lain pada masa itu.",
                    "Periksa riwayat jabatannya.",
                )
            ]
        )


def _confirm(actor: Actor, rows: list[Pengukuhan], nomor: str, tanggal: dt.date) -> None:
    """The same few statements for one row and for thousands."""
    if not rows:
        return
    RiwayatJabatan.objects.filter(pk__in=[row.riwayat_baru_id for row in rows]).update(sementara=False)
    Pengukuhan.objects.filter(pk__in=[row.pk for row in rows]).update(
        status=DIKUKUHKAN,
        nomor_sk=nomor,
        tanggal_sk=tanggal,
        dikukuhkan_oleh=actor.nama[:200],
        pada=timezone.now(),
    )
    if any(row.instansi_baru_id != row.instansi_id for row in rows):
        with connection.cursor() as cursor:
            cursor.execute("SELECT tuntaskan_pindah()")
    settle_counts({row.instansi_baru_id for row in rows})
    for instansi_id in sorted({row.instansi_baru_id for row in rows}):
        n = sum(row.instansi_baru_id == instansi_id for row in rows)
        record(actor, "kukuhkan", "pengukuhan", {"nomor": nomor}, instansi_id=instansi_id, jumlah=n)
