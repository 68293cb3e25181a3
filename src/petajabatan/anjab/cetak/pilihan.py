"""What may be asked for as a file, and making it: data to edit (XLSX, JSON), print (PDF, DOCX, XLSX, ZIP)."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import IO, Any

from petajabatan.anjab.cetak.arsip import write_archive
from petajabatan.anjab.cetak.docx import write_docx
from petajabatan.anjab.cetak.pdf import write_pdf
from petajabatan.anjab.cetak.sumber import load_print
from petajabatan.anjab.cetak.xlsx import write_xlsx
from petajabatan.anjab.queries.tukar import (
    Cakupan,
    Sumber,
    boxes_of_scope,
    describe_scope,
    draft_source,
    published_source,
)
from petajabatan.anjab.services.tukar import export_infojab
from petajabatan.inti.actor import Actor
from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.usulan.queries.terlihat import usulan_for

BENTUK = {
    "pdf": ("PDF, siap cetak", "pdf"),
    "docx": ("DOCX, untuk pengolah kata", "docx"),
    "xlsx": ("XLSX, bentuk cetak", "xlsx"),
    "zip": ("ZIP, satu PDF dan satu DOCX setiap jabatan", "zip"),
    "data-xlsx": ("XLSX, buku kerja untuk disunting dan diimpor lagi", "xlsx"),
    "data-json": ("JSON, untuk program", "json"),
}
DATA = ("data-xlsx", "data-json")
DOCX_MAKS = 100
"""Posts in one DOCX; a word processor is slow with more, and writing it takes 2 MB each."""


@dataclass(frozen=True)
class Permintaan:
    """One file; ids and options only, so that it can be a job's input as it is. ``usulan_id``: the draft;
    else the published version ``versi`` (None: in force) of ``instansi_id``."""

    bentuk: str
    usulan_id: int | None = None
    instansi_id: int | None = None
    versi: int | None = None
    unor_id: int | None = None
    posisi_id: tuple[int, ...] = ()
    infojab_id: tuple[int, ...] = ()

    @classmethod
    def of_input(cls, masukan: dict[str, Any]) -> Permintaan:
        names = set(cls.__dataclass_fields__)
        values = {name: value for name, value in masukan.items() if name in names}
        for name in ("posisi_id", "infojab_id"):
            values[name] = tuple(values.get(name) or ())
        return cls(**values)

    def as_input(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def cakupan(self) -> Cakupan:
        return Cakupan(self.unor_id, self.posisi_id, self.infojab_id, tanpa_infojab=self.bentuk in DATA)


def source_of(actor: Actor, wanted: Permintaan) -> Sumber:
    """What is read. A draft only inside the actor's scope. Raises Http404, PetaTidakAda."""
    if wanted.usulan_id is not None:
        return draft_source(usulan_for(actor, wanted.usulan_id))
    return published_source(wanted.instansi_id or 0, wanted.versi)


def write_file(
    actor: Actor, wanted: Permintaan, target: IO[bytes], kemajuan: Kemajuan | None = None
) -> tuple[str, dict[str, Any]]:
    """Make the file; its name, and figures about it. Raises Http404, PetaTidakAda, GagalCetak; Ditolak when
    there is nothing to print."""
    source = source_of(actor, wanted)
    about = describe_scope(source, wanted.cakupan)
    name = file_name(wanted, about)
    if wanted.bentuk in DATA:
        export_infojab(source, wanted.cakupan, wanted.bentuk[5:], target, kemajuan=kemajuan)
        return name, {"jabatan": len(boxes_of_scope(source, wanted.cakupan))}
    cetak = load_print(source, wanted.cakupan, f"Informasi jabatan {about}")
    if not cetak.cetakan:
        raise Ditolak([nothing_to_print(about)])
    figures: dict[str, Any] = {"jabatan": len(cetak.cetakan)}
    if wanted.bentuk == "pdf":
        figures["halaman"] = write_pdf(cetak, target, kemajuan=kemajuan)
    elif wanted.bentuk == "docx":
        if len(cetak.cetakan) > DOCX_MAKS:
            raise Ditolak([_too_many(len(cetak.cetakan))])
        write_docx(cetak, target, kemajuan=kemajuan)
    elif wanted.bentuk == "xlsx":
        write_xlsx(cetak, target, kemajuan=kemajuan)
    else:
        write_archive(cetak, target, kemajuan=kemajuan)
    return name, figures


def nothing_to_print(about: str) -> Temuan:
    return Temuan(
        "infojab-belum-ada",
        "galat",
        f"Belum ada informasi jabatan pada {about}.",
        "Tulis dahulu informasi jabatannya, atau pilih unit lain.",
    )


def _too_many(n: int) -> Temuan:
    return Temuan(
        "dokumen-terlalu-banyak",
        "galat",
        f"{n} informasi jabatan terlalu banyak untuk satu DOCX; paling banyak {DOCX_MAKS}.",
        "Pilih ZIP (satu DOCX setiap jabatan), atau cetak per unit.",
    )


def file_name(wanted: Permintaan, about: str) -> str:
    """``informasi-jabatan-dinas-kesehatan-usulan-12.pdf``."""
    place = re.sub(r"[^a-z0-9]+", "-", about.casefold()).strip("-")[:80] or "jabatan"
    of = f"usulan-{wanted.usulan_id}" if wanted.usulan_id is not None else f"v{wanted.versi or 'kini'}"
    stem = "data-infojab" if wanted.bentuk in DATA else "informasi-jabatan"
    return f"{stem}-{place}-{of}.{BENTUK[wanted.bentuk][1]}"
