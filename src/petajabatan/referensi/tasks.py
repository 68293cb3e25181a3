"""Background jobs of the references."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path

from petajabatan.inti.berkas import clean_name, stored_path
from petajabatan.inti.pekerjaan import Hasil, Konteks, pekerjaan
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.referensi.importers.berkas import MAKS_ISI, bare_name
from petajabatan.referensi.services import import_referensi, known_file_names, server_folder

RINCI_MAKS = 5000
"""Findings kept with the job; all of them stand on the findings page of the references."""


@pekerjaan("impor-referensi")
def run_import_referensi(konteks: Konteks) -> Hasil:
    """Import the uploaded file (one list, or a zip of them), or the folder the installation offers.

    ``masukan``: ``folder`` (true: the server's folder), ``paksa``. The job is one transaction.
    """
    paksa = bool(konteks.masukan.get("paksa"))
    berkas = konteks.pekerjaan.berkas_masukan
    if berkas is None:
        folder = server_folder()
        if folder is None:
            raise Ditolak([_no_folder()])
        report = import_referensi(konteks.actor, folder, kemajuan=konteks.kemajuan, paksa=paksa)
    else:
        with (
            stored_path(konteks.actor, berkas) as path,
            tempfile.TemporaryDirectory(prefix="referensi-") as temporary,
        ):
            _unpack(path, berkas.nama, Path(temporary))
            report = import_referensi(konteks.actor, Path(temporary), kemajuan=konteks.kemajuan, paksa=paksa)
    result = report.as_dict()
    del result["temuan"]
    return Hasil(result, tuple(report.temuan[:RINCI_MAKS]))


def _unpack(path: Path, nama: str, target: Path) -> None:
    """The known files of a zip, by their bare names only; anything else is copied as the one file it is."""
    if not nama.lower().endswith(".zip"):
        (target / clean_name(nama)).symlink_to(path)
        return
    known, total = set(known_file_names()), 0
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            name = clean_name(member.filename)
            if member.is_dir() or bare_name(Path(name)) not in known:
                continue
            total += member.file_size
            if total > MAKS_ISI:
                raise Ditolak([_too_large(nama)])
            with archive.open(member) as source, (target / name).open("wb") as out:
                shutil.copyfileobj(source, out, 1 << 20)


def _too_large(nama: str) -> Temuan:
    return Temuan(
        "arsip-terlalu-besar", "galat", f"Isi {nama} terlalu besar setelah dibuka.",
        "Bagi menjadi beberapa arsip, atau impor dengan perintah petajabatan impor referensi.", tempat=nama,
    )  # fmt: skip


def _no_folder() -> Temuan:
    return Temuan(
        "folder-tidak-ada", "galat", "Server ini tidak mempunyai folder referensi.",
        "Taruh berkasnya di folder referensi dalam folder data, atau unggah sebagai zip.",
    )  # fmt: skip
