"""Writing and validating standards of jabatan, and the texts of the dictionary.

An edition is a draft until its validator accepts it; then it is as public as the map and is not changed any
more: what changes later is a new edition, and the one before ends the day before it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from petajabatan.akun.rules import roles_that_may
from petajabatan.anjab.queries.kompetensi import short_dictionary
from petajabatan.anjab.rules.kompetensi import BarisKompetensi, check_rows, key_of
from petajabatan.inti.actor import Actor
from petajabatan.inti.audit import record
from petajabatan.inti.izin import require
from petajabatan.inti.temuan import Ditolak, Temuan, refuse
from petajabatan.jabatan.models import BarisStandar, StandarKompetensi
from petajabatan.jabatan.rules.isian import plain
from petajabatan.referensi.models import Instansi, Jabatan, KamusKompetensi, LevelKompetensi

TEKS_MAKS = 10_000
BARIS_MAKS = 200


def may_write_standard(actor: Actor, instansi_id: int) -> bool:
    return actor.memegang("sistem", *roles_that_may("standar-kompetensi"), instansi_id=instansi_id)


def may_validate_standard(actor: Actor, instansi_id: int) -> bool:
    return actor.memegang("sistem", *roles_that_may("validasi-standar-kompetensi"), instansi_id=instansi_id)


def may_edit_dictionary(actor: Actor) -> bool:
    return actor.memegang("sistem", *roles_that_may("kamus-kompetensi"))


def _text(value: Any, kolom: str, maks: int = TEKS_MAKS) -> str:
    text = plain(str(value or "")[: maks * 4])
    if len(text) > maks or len(str(value or "")) > maks * 4:
        refuse("teks-terlalu-panjang", f"Teks ini lebih dari {maks} huruf.", "Persingkat.", kolom)
    return text


@transaction.atomic
def write_standard(
    actor: Actor,
    instansi_id: int,
    *,
    jabatan_id: int | None,
    nama: str,
    berlaku_dari: dt.date,
    berlaku_hingga: dt.date | None = None,
    dasar_hukum: str = "",
    baris: Sequence[BarisKompetensi] = (),
    standar_id: int | None = None,
    revisi: int | None = None,
) -> StandarKompetensi:
    """A new draft of the standard of a jabatan, or (``standar_id``) a draft as it is now; competencies left
    out are no longer asked for. ``revisi``: what the editor had seen. Raises PermissionDenied, Http404,
    Ditolak."""
    require(actor, *roles_that_may("standar-kompetensi"), instansi_id=instansi_id)
    if not Instansi.objects.filter(pk=instansi_id).exists():
        raise Http404("Instansi itu tidak ada.")
    if berlaku_hingga is not None and berlaku_hingga < berlaku_dari:
        refuse("masa-terbalik", "Hari terakhir mendahului hari pertama.", "Betulkan tanggalnya.",
                "berlaku_hingga")  # fmt: skip
    if jabatan_id is not None:
        known = Jabatan.objects.filter(pk=jabatan_id).values_list("nama", flat=True).first()
        if known is None:
            refuse(
                "jabatan-tidak-dikenal", f"Jabatan {jabatan_id} tidak ada.", "Pilih dari daftar.", "jabatan"
            )
        nama = known
    nama = _text(nama, "nama", 250)
    if not nama:
        refuse("nama-kosong", "Nama jabatan kosong.", "Pilih jabatannya.", "nama")
    rows = [
        row._replace(indikator=_text(row.indikator, f"indikator.{row.kompetensi_id}"))
        for row in baris[: BARIS_MAKS + 1]
    ]
    if len(rows) > BARIS_MAKS or len({row.kompetensi_id for row in rows}) < len(rows):
        refuse(
            "kompetensi-ganda", "Kompetensi disebut dua kali atau terlalu banyak.", "Sisakan satu.", "baris"
        )
    kamus = short_dictionary()
    wrong = [
        t for t in check_rows(rows, kamus) if t.kode in ("kompetensi-tidak-dikenal", "level-tidak-dikenal")
    ]
    if wrong:
        raise Ditolak(wrong)
    row = _draft(actor, instansi_id, standar_id, key_of(jabatan_id, nama), revisi)
    row.jabatan_id, row.nama, row.kunci = jabatan_id, nama, key_of(jabatan_id, nama)
    row.berlaku_dari, row.berlaku_hingga = berlaku_dari, berlaku_hingga
    row.dasar_hukum = _text(dasar_hukum, "dasar_hukum", 400)
    row.diubah_oleh = actor.nama[:200]
    row.save()
    _store_rows(row, rows)
    return row


def _draft(
    actor: Actor, instansi_id: int, standar_id: int | None, kunci: str, revisi: int | None
) -> StandarKompetensi:
    if standar_id is None:
        other = StandarKompetensi.objects.filter(instansi_id=instansi_id, kunci=kunci, status="draf").first()
        if other is not None:
            refuse("draf-sudah-ada", f"Draf standar {other.nama} sudah ada, ditulis {other.diubah_oleh}.",
                    "Buka dan lanjutkan draf itu.", "nama", str(other.pk))  # fmt: skip
        return StandarKompetensi(instansi_id=instansi_id, dibuat_oleh_id=actor.id)
    row = _locked(standar_id)
    if row.instansi_id != instansi_id:
        raise Http404("Standar kompetensi itu tidak ada.")
    if row.status != "draf":
        refuse("standar-tetap", "Standar ini sudah tidak berupa draf; isinya tidak diubah lagi.",
                "Buat edisi baru.")  # fmt: skip
    if row.kunci != kunci:
        refuse("jabatan-berganti", "Standar ini milik jabatan lain.", "Buat standar baru.", "jabatan")
    if revisi is not None and revisi != row.revisi:
        refuse("objek-sudah-berubah", f"Standar ini sudah diubah oleh {row.diubah_oleh}.",
                "Muat ulang untuk melihat perubahannya; tulisan Anda belum disimpan.")  # fmt: skip
    row.revisi += 1
    return row


def _locked(standar_id: int) -> StandarKompetensi:
    row = StandarKompetensi.objects.select_for_update(of=("self",)).filter(pk=standar_id).first()
    if row is None:
        raise Http404("Standar kompetensi itu tidak ada, atau berada di luar cakupan Anda.")
    return row


def _store_rows(standar: StandarKompetensi, rows: Sequence[BarisKompetensi]) -> None:
    given = {row.kompetensi_id: row for row in rows}
    held = {row.kompetensi_id: row for row in BarisStandar.objects.filter(standar=standar)}
    for key, old in held.items():
        row = given.get(key)
        old.level, old.indikator = (row.level, row.indikator) if row else (None, "")
    BarisStandar.objects.bulk_update(held.values(), ["level", "indikator"])
    BarisStandar.objects.bulk_create(
        BarisStandar(
            standar=standar, instansi_id=standar.instansi_id, kompetensi_id=row.kompetensi_id,
            level=row.level, indikator=row.indikator,
        )
        for key, row in given.items()
        if key not in held
    )  # fmt: skip


def rows_of(standar: StandarKompetensi, *, semua: bool = False) -> list[BarisKompetensi]:
    """What an edition asks for; ``semua``: also what was written without a level. One statement."""
    rows = BarisStandar.objects.filter(standar=standar).order_by("pk")
    rows = rows.exclude(level=None, indikator="") if semua else rows.exclude(level=None)
    return [BarisKompetensi(*row) for row in rows.values_list("kompetensi_id", "level", "indikator")]


@transaction.atomic
def validate_standard(actor: Actor, standar_id: int, *, revisi: int | None = None) -> StandarKompetensi:
    """The draft becomes the edition in force from its first day; the one before ends the day before. Raises
    PermissionDenied, Http404, Ditolak with what is missing."""
    row = _decidable(actor, standar_id, revisi)
    wrong = [t for t in check_rows(rows_of(row), short_dictionary()) if t.tingkat == "galat"]
    if not row.dasar_hukum:
        wrong.append(Temuan("dasar-hukum-kosong", "galat", "Standar ini belum menyebut dasar hukumnya.",
                            "Isi peraturan atau keputusan yang menetapkannya.",
                            kolom="dasar_hukum"))  # fmt: skip
    if wrong:
        raise Ditolak(wrong)
    _make_room(row)
    row.status, row.catatan = "divalidasi", ""
    _signed(actor, row)
    record(actor, "validasi-standar-kompetensi", "standar_kompetensi", {"id": row.pk},
           instansi_id=row.instansi_id)  # fmt: skip
    return row


def _make_room(row: StandarKompetensi) -> None:
    last = row.berlaku_hingga or dt.date.max
    others = StandarKompetensi.objects.select_for_update().filter(
        instansi_id=row.instansi_id, kunci=row.kunci, status="divalidasi"
    )
    for other in others:
        if other.berlaku_dari > last or (other.berlaku_hingga or dt.date.max) < row.berlaku_dari:
            continue
        if other.berlaku_dari >= row.berlaku_dari or (
            other.berlaku_hingga is not None and row.berlaku_hingga is not None
            and row.berlaku_hingga < other.berlaku_hingga
        ):  # fmt: skip
            refuse("masa-bertumpuk", f"Sudah ada edisi yang berlaku sejak {other.berlaku_dari:%d-%m-%Y}.",
                    "Mulailah sesudah hari itu.", "berlaku_dari")  # fmt: skip
        other.berlaku_hingga = row.berlaku_dari - dt.timedelta(days=1)
        other.save(update_fields=["berlaku_hingga", "diubah_pada"])


def _decidable(actor: Actor, standar_id: int, revisi: int | None) -> StandarKompetensi:
    row = _locked(standar_id)
    require(actor, *roles_that_may("validasi-standar-kompetensi"), instansi_id=row.instansi_id)
    if row.status != "draf":
        refuse("standar-tetap", "Standar ini sudah diputus.", "Buat edisi baru bila perlu berubah.")
    if revisi is not None and revisi != row.revisi:
        refuse("objek-sudah-berubah", f"Standar ini baru saja diubah oleh {row.diubah_oleh}.",
                "Baca lagi, lalu putuskan.")  # fmt: skip
    return row


def _signed(actor: Actor, row: StandarKompetensi) -> None:
    row.diputus_oleh_id, row.diputus_oleh, row.diputus_pada = actor.id, actor.nama[:200], timezone.now()
    row.save()


@transaction.atomic
def return_standard(
    actor: Actor, standar_id: int, alasan: str, *, revisi: int | None = None
) -> StandarKompetensi:
    """Back to the writer with a reason; it stays a draft. Raises PermissionDenied, Http404, Ditolak."""
    row = _decidable(actor, standar_id, revisi)
    row.catatan = _text(alasan, "catatan", 2000)
    if not row.catatan:
        refuse("pengembalian-tanpa-alasan", "Pengembalian tanpa alasan.", "Tulis apa yang perlu diperbaiki.",
                "catatan")  # fmt: skip
    _signed(actor, row)
    return row


@transaction.atomic
def discard_standard(actor: Actor, standar_id: int) -> StandarKompetensi:
    """A draft that is not wanted any more; it stays in the database. Raises as ``write_standard``."""
    row = _locked(standar_id)
    require(actor, *roles_that_may("standar-kompetensi"), instansi_id=row.instansi_id)
    if row.status != "draf":
        refuse("standar-tetap", "Hanya draf yang dapat dibuang.", "Buat edisi baru bila perlu berubah.")
    row.status = "dibuang"
    row.diubah_oleh = actor.nama[:200]
    row.save()
    return row


@transaction.atomic
def write_level(
    actor: Actor, kompetensi_id: int, level: int, *, uraian: str, indikator: str = "", sumber: str = ""
) -> LevelKompetensi:
    """The text of a level as a source gives it; empty texts mark it missing again. Raises PermissionDenied,
    Http404, Ditolak without a source."""
    require(actor, *roles_that_may("kamus-kompetensi"))
    if level not in range(1, 6) or not KamusKompetensi.objects.filter(pk=kompetensi_id).exists():
        raise Http404("Level kompetensi itu tidak ada.")
    texts = {"uraian": _text(uraian, "uraian"), "indikator": _text(indikator, "indikator")}
    source = _text(sumber, "sumber", 200)
    if any(texts.values()) and not source:
        refuse(
            "sumber-kosong",
            "Uraian level tanpa sumber.",
            "Sebutkan peraturan atau dokumen asalnya.",
            "sumber",
        )
    values = {name: text or None for name, text in texts.items()} | {
        "sumber": source if any(texts.values()) else "",
        "diubah_oleh": actor.nama[:200],
        "diubah_pada": timezone.now(),
    }
    row, _made = LevelKompetensi.objects.update_or_create(
        kompetensi_id=kompetensi_id, level=level, defaults=values
    )
    record(actor, "ubah-level-kompetensi", "level_kompetensi", {"kompetensi": kompetensi_id, "level": level})
    return row


@transaction.atomic
def add_competency(
    actor: Actor, *, kode: str, nama: str, definisi: str = "", sumber: str = ""
) -> KamusKompetensi:
    """A teknis competency; the others are those of the regulation. Raises PermissionDenied, Ditolak."""
    require(actor, *roles_that_may("kamus-kompetensi"))
    code, name, source = _text(kode, "kode", 42), _text(nama, "nama", 200), _text(sumber, "sumber", 200)
    for kolom, value in (("kode", code), ("nama", name), ("sumber", source)):
        if not value:
            refuse(f"{kolom}-kosong", f"Isian {kolom} kosong.", "Isi dahulu.", kolom)
    if KamusKompetensi.objects.filter(kode__iexact=code).exists():
        refuse("kode-sudah-ada", f"Kode {code} sudah dipakai.", "Pakai kode lain.", "kode", code)
    row = KamusKompetensi.objects.create(
        kode=code, nama=name, jenis="teknis", definisi=_text(definisi, "definisi") or None, sumber=source
    )
    record(actor, "tambah-kompetensi", "kamus_kompetensi", {"id": row.pk})
    return row
