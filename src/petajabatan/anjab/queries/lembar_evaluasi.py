"""One factor sheet in a draft, with everything its page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.models import IsianRiwayat
from petajabatan.jabatan.rules.abk.sebab import Langkah
from petajabatan.jabatan.rules.beda import IsiPosisi
from petajabatan.jabatan.rules.evaluasi import (
    HasilEvaluasi,
    KelasNasional,
    check_national,
    check_range,
    explain_class,
)
from petajabatan.jabatan.rules.isian import isian_id
from petajabatan.jabatan.rules.lembar_evaluasi import evaluate_stored, exception_of
from petajabatan.organisasi.models import PetaVersi
from petajabatan.usulan.models import Dokumen, Operasi, Usulan
from petajabatan.usulan.queries.isian import BagianDraf, sections_of
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.rules.cek.istilah import jenjang_pimpinan
from petajabatan.usulan.rules.kelas import national_of
from petajabatan.usulan.rules.pandangan import muat_jalur, tempat, unor_of

RIWAYAT_MAKS = 60


@dataclass(frozen=True)
class KotakLembar:
    """A box that the sheet serves."""

    isi: IsiPosisi
    kelas_terbit: int | None
    unit: str
    tempat: str
    nasional: KelasNasional | None


@dataclass(frozen=True)
class LembarDraf:
    """The sheet, evaluated; ``temuan`` is what its page has to say about it."""

    usulan: Usulan
    infojab_id: int
    nama: str
    jenis: str
    bagian: BagianDraf | None
    kotak: tuple[KotakLembar, ...]
    hasil: HasilEvaluasi
    langkah: tuple[Langkah, ...]
    temuan: tuple[Temuan, ...]

    @property
    def isi(self) -> dict[str, Any]:
        return (self.bagian.isi if self.bagian else None) or {}

    @property
    def status(self) -> str:
        """'' while nothing is written."""
        return self.isi.get("status", "diisi") if self.isi else ""

    @property
    def nasional(self) -> KelasNasional | None:
        return next((box.nasional for box in self.kotak if box.nasional), None)


def sheet_in_draft(usulan: Usulan, infojab_id: int) -> LembarDraf:
    """The number of statements does not depend on the map. Raises Http404 when nothing refers to it."""
    view = PandanganDraf(usulan)
    boxes = view.pemakai([infojab_id])[infojab_id]
    if not boxes:
        raise Http404("Informasi jabatan itu tidak dirujuk jabatan mana pun pada usulan ini.")
    muat_jalur(view, [box.unor_id for box in boxes])
    old = view.terbit("posisi", [box.id for box in boxes])
    kotak = tuple(_box(view, box, old.get(box.id)) for box in sorted(boxes, key=lambda row: row.id))
    sections = sections_of(usulan, [infojab_id]).get(infojab_id, {})
    part = sections.get("evaluasi")
    isi = part.isi if part else None
    first = kotak[0].isi
    tables = view.acuan.evaluasi
    result = evaluate_stored(isi, first.jenis, tables)
    found = list(result.temuan) if isi else []
    if result.kelas is not None:
        found += _about_class(view, kotak, isi, result.kelas, usulan)
    identity = sections.get("identitas")
    name = ((identity.isi if identity else None) or {}).get("nama_jabatan") or first.nama
    return LembarDraf(
        usulan,
        infojab_id,
        name,
        first.jenis,
        part,
        kotak,
        result,
        explain_class(result, tables),
        tuple(found),
    )


def _box(view: PandanganDraf, box: IsiPosisi, old: Any) -> KotakLembar:
    unit = unor_of(view, box.unor_id)
    return KotakLembar(
        box, old.kelas if isinstance(old, IsiPosisi) else None, unit.nama if unit else "",
        tempat(view, box.unor_id), national_of(view, box),
    )  # fmt: skip


def _about_class(
    view: PandanganDraf, kotak: Sequence[KotakLembar], isi: Any, kelas: int, usulan: Usulan
) -> list[Temuan]:
    """Usual range of the jenjang and national class, each said once."""
    tingkat = "pusat" if usulan.instansi.jenis == "P" else "daerah"
    found: dict[tuple[str, str], Temuan] = {}
    for row in kotak:
        jenjang = _jenjang(view, row.isi)
        usual = check_range(kelas, jenjang, tingkat, view.acuan.evaluasi) if jenjang else None
        said = check_national(kelas, row.isi.jenis, row.nasional, exception_of(isi))
        for t in (*([usual] if usual else []), *said):
            found.setdefault((t.kode, t.kalimat), t)
    return list(found.values())


def _jenjang(view: PandanganDraf, box: IsiPosisi) -> str | None:
    if box.jenis == "struktural":
        unit = unor_of(view, box.unor_id)
        return jenjang_pimpinan(view.acuan, unit) if unit is not None and box.kepala else None
    ref = view.acuan.jabatan([box.jabatan_id]).get(box.jabatan_id) if box.jabatan_id is not None else None
    own = box.jenjang or (ref.jenjang if ref else None)
    return own or ("PELAKSANA" if box.jenis == "pelaksana" else None)


@dataclass(frozen=True)
class Peristiwa:
    """Something that happened to a sheet; ``kali``: so many writings of one person in a row are one event."""

    judul: str
    oleh: str
    pada: Any
    catatan: str = ""
    kali: int = 1
    diurungkan: bool = False


def history_of(usulan: Usulan, infojab_id: int) -> list[Peristiwa]:
    """What happened to the sheet in this draft, the last first. One statement."""
    rows = (
        Operasi.objects.filter(usulan=usulan, isi__infojab_id=infojab_id)
        .filter(jenis__in=("tulis-isian", "putuskan-evaluasi"))
        .order_by("-nomor")
        .values_list("jenis", "isi__bagian", "isi__putusan", "isi__catatan", "oleh", "pada", "aktif")
    )
    found: list[Peristiwa] = []
    for jenis, bagian, putusan, catatan, oleh, pada, aktif in rows[: RIWAYAT_MAKS * 5]:
        if jenis == "tulis-isian" and bagian != "evaluasi":
            continue
        judul = {"divalidasi": "Divalidasi", "dikembalikan": "Dikembalikan"}.get(putusan or "", "Ditulis")
        last = found[-1] if found else None
        if (
            judul == "Ditulis"
            and last
            and (last.judul, last.oleh, last.diurungkan) == (judul, oleh, not aktif)
        ):
            found[-1] = Peristiwa(judul, oleh, last.pada, "", last.kali + 1, not aktif)
            continue
        found.append(Peristiwa(judul, oleh, pada, catatan or "", 1, not aktif))
    return found[:RIWAYAT_MAKS]


def published_history(instansi_id: int, infojab_id: int) -> list[tuple[PetaVersi | None, dict[str, Any]]]:
    """The sheet in each published version that changed it, the last first. Two statements."""
    rows = list(
        IsianRiwayat.objects.filter(
            isian_id=isian_id("evaluasi", infojab_id=infojab_id), instansi_id=instansi_id
        ).order_by("-sejak")
    )
    versions = PetaVersi.objects.filter(instansi_id=instansi_id, nomor__in=[row.sejak for row in rows])
    by_number = {version.nomor: version for version in versions}
    return [(by_number.get(row.sejak), row.isi) for row in rows]


def recommendations(usulan: Usulan) -> list[Dokumen]:
    """Documents of the usulan that may be named as the pembina's recommendation. One statement."""
    return list(
        Dokumen.objects.filter(usulan=usulan, ditarik_pada=None).select_related("berkas").order_by("id")
    )
