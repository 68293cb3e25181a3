"""What may be asked for: kinds of output, their names, and carrying one out."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, dataclass
from typing import Any

from petajabatan.inti.actor import Actor
from petajabatan.pegawai.cetak.dokumen import Lapor
from petajabatan.pegawai.cetak.pdf import export_map_pdf
from petajabatan.pegawai.cetak.xlsx import EKSPOR_XLSX, export_map_xlsx

BENTUK = {
    "pdf": "Peta jabatan (PDF A3)",
    "xlsx-peta": "Peta jabatan (XLSX)",
    "xlsx-bezetting": "Bezetting (XLSX)",
    "xlsx-rekap": "Rekapitulasi (XLSX)",
}


@dataclass(frozen=True, slots=True)
class Permintaan:
    """One print or export; ids and options only, so that it can be a job's input as it is."""

    bentuk: str
    instansi_id: int
    versi: int | None = None
    tanggal: str | None = None
    unor_id: int | None = None
    kosong: bool = False

    def as_input(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def jenis_pekerjaan(self) -> str:
        return "cetak-peta" if self.bentuk == "pdf" else "ekspor-xlsx"

    @property
    def berisi_orang(self) -> bool:
        """Whether names and NIP can be in the file: it is then kept for the one who asked only."""
        return self.bentuk == "xlsx-bezetting"

    @property
    def date(self) -> dt.date | None:
        return dt.date.fromisoformat(self.tanggal) if self.tanggal else None

    @property
    def akhiran(self) -> str:
        return "pdf" if self.bentuk == "pdf" else "xlsx"


def carry_out(actor: Actor, permintaan: Permintaan, kemajuan: Lapor | None = None) -> bytes:
    """Make the file. Raises PermissionDenied, PetaTidakAda, UnitTidakAda, GagalCetak."""
    common: dict[str, Any] = {
        "versi": permintaan.versi,
        "tanggal": permintaan.date,
        "unor_id": permintaan.unor_id,
        "kemajuan": kemajuan,
    }
    if permintaan.bentuk == "pdf":
        return export_map_pdf(actor, permintaan.instansi_id, kosong=permintaan.kosong, **common)
    what = permintaan.bentuk.removeprefix("xlsx-")
    if what == "peta":
        return export_map_xlsx(actor, permintaan.instansi_id, kosong=permintaan.kosong, **common)
    return EKSPOR_XLSX[what](actor, permintaan.instansi_id, **common)


def file_name(permintaan: Permintaan, instansi: str, unit: str, versi: int) -> str:
    """``peta-jabatan-dinas-kesehatan-v3.pdf``."""
    kind = "peta" if permintaan.bentuk == "pdf" else permintaan.bentuk.removeprefix("xlsx-")
    stem = {"peta": "peta-jabatan", "bezetting": "bezetting", "rekap": "rekapitulasi"}[kind]
    place = re.sub(r"[^a-z0-9]+", "-", (unit or instansi).casefold()).strip("-")[:80]
    return f"{stem}-{place or permintaan.instansi_id}-v{versi}.{permintaan.akhiran}"
