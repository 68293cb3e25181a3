"""The stages of a request to extract and inject a new OTK: who owns them, what they ask for, what follows.

Source of the stages: the change process of the planning service ("request extract and inject after the
required stages"); owners, checklists and days are data (usulan/data/tahap_otk.csv).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.abk.angka import write_number as angka

URUTAN = ("peraturan", "struktur", "verifikasi", "injeksi", "infojab")
JUDUL = {
    "peraturan": "Peraturan diunggah",
    "struktur": "Berkas struktur disiapkan dan diperiksa",
    "verifikasi": "Verifikasi BKN",
    "injeksi": "Injeksi sebagai draf usulan",
    "infojab": "Operator melengkapi informasi jabatan",
}
MUNDUR = {"struktur": ("peraturan",), "verifikasi": ("struktur", "peraturan"), "injeksi": ("struktur",)}
"""To which stages a stage may send the request back."""


@dataclass(frozen=True)
class AturanTahap:
    """A stage as the data has it: owner (``instansi`` or ``bkn``), days until it is due, what to tick off."""

    tahap: str
    pemilik: str
    hari: int
    butir: tuple[tuple[str, str], ...]

    def lembar_periksa(self) -> list[dict[str, Any]]:
        """The checklist of a stage that has just begun."""
        return [{"kode": kode, "teks": teks, "selesai": False} for kode, teks in self.butir]


@dataclass(frozen=True)
class FaktaDraf:
    """What the draft of a request holds: boxes, those of them without informasi jabatan, new units without
    any jabatan below the head, open warnings."""

    jabatan: int = 0
    tanpa_infojab: int = 0
    unit_kosong: int = 0
    peringatan: int = 0

    @property
    def lengkap(self) -> bool:
        return not self.tanpa_infojab and not self.unit_kosong


@dataclass(frozen=True)
class KeadaanOtk:
    """What the guards look at; ``catatan`` is what the person wrote along with the step."""

    tahap: str
    periksa: Sequence[Mapping[str, Any]]
    ada_naskah: bool
    ada_struktur: bool
    ada_usulan: bool
    fakta: FaktaDraf = FaktaDraf()
    catatan: str = ""


def next_stage(tahap: str) -> str | None:
    """The stage after this one; None after the last."""
    at = URUTAN.index(tahap) + 1
    return URUTAN[at] if at < len(URUTAN) else None


def may_advance(keadaan: KeadaanOtk) -> list[Temuan]:
    """What stands in the way of the next stage."""
    found = [
        Temuan(
            "butir-belum-dicentang",
            "galat",
            f"Butir “{row['teks']}” belum dicentang.",
            "Periksa butir itu, lalu centang.",
            tempat=JUDUL[keadaan.tahap],
            kolom=str(row["kode"]),
        )
        for row in keadaan.periksa
        if not row.get("selesai")
    ]
    needs = {
        "peraturan": (keadaan.ada_naskah, "naskah-belum-ada", "Naskah peraturan belum diunggah.",
                      "Pilih dasar hukum yang naskahnya sudah diunggah, atau unggah naskahnya."),
        "struktur": (keadaan.ada_struktur, "struktur-belum-ada", "Berkas struktur belum ada.",
                     "Unggah templat yang sudah diisi, atau buat dari naskah dengan Ekstrak."),
        "injeksi": (keadaan.ada_usulan, "belum-diinjeksi", "Draf usulan belum dibuat.",
                    "Tekan Injeksi; tahap ini maju dengan sendirinya."),
    }  # fmt: skip
    if keadaan.tahap in needs:
        ok, kode, sentence, remedy = needs[keadaan.tahap]
        if not ok:
            found.append(Temuan(kode, "galat", sentence, remedy, tempat=JUDUL[keadaan.tahap]))
    if keadaan.tahap == "infojab" and not keadaan.fakta.lengkap and not keadaan.catatan.strip():
        fakta = keadaan.fakta
        found.append(
            Temuan(
                "infojab-belum-lengkap",
                "galat",
                f"Draf belum lengkap: {angka(fakta.tanpa_infojab)} dari {angka(fakta.jabatan)} jabatan tanpa"
                f" informasi jabatan, {angka(fakta.unit_kosong)} unit baru tanpa jabatan fungsional atau"
                f" pelaksana; {angka(fakta.peringatan)} peringatan terbuka.",
                "Lengkapi pada usulannya, atau tulis pada Catatan mengapa tahap ini diselesaikan tanpa itu.",
                tempat=JUDUL[keadaan.tahap],
                kolom="catatan",
            )
        )
    return found


def may_return(tahap: str, ke: str, catatan: str) -> list[Temuan]:
    """What stands in the way of sending a request back."""
    found = []
    if ke not in MUNDUR.get(tahap, ()):
        found.append(
            Temuan(
                "tahap-tidak-dapat-mundur",
                "galat",
                f"Dari tahap “{JUDUL.get(tahap, tahap)}” permohonan tidak dapat kembali ke sana.",
                "Pilih tahap sebelumnya yang tersedia.",
                nilai=ke,
            )
        )
    if not catatan.strip():
        found.append(
            Temuan(
                "catatan-kosong",
                "galat",
                "Catatan pengembalian kosong.",
                "Tulis apa yang harus diperbaiki.",
                kolom="catatan",
            )
        )
    return found
