"""The daftar pengukuhan on paper and as a spreadsheet: the annex of the decision letters."""

from __future__ import annotations

import itertools
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from petajabatan.inti.actor import Actor
from petajabatan.inti.jam import today
from petajabatan.jabatan.queries import version_of
from petajabatan.organisasi.models import PetaVersi
from petajabatan.pegawai.cetak.angka import long_date, number
from petajabatan.pegawai.cetak.dokumen import Identitas, Lapor, silent
from petajabatan.pegawai.cetak.orang import PENUGASAN
from petajabatan.pegawai.cetak.render import typeset
from petajabatan.pegawai.cetak.sumber import require_names
from petajabatan.pegawai.cetak.xlsx_dasar import Buku
from petajabatan.pegawai.models import Pengukuhan
from petajabatan.pegawai.queries.pengukuhan import Saring, every_confirmation
from petajabatan.referensi.models import Instansi

BARIS_PER_KUMPULAN = 600
"""Rows per typst run, about 40 pages."""
SETIAP = 500
_TEMPLATE = "pengukuhan.typ"
KOLOM = (
    ("No.", 6), ("NIP", 21), ("Nama", 36), ("Penugasan", 12), ("Jabatan lama", 40), ("Unit lama", 40),
    ("Kelas lama", 7), ("K lama", 7), ("Jabatan baru", 40), ("Unit baru", 40), ("Kelas baru", 7),
    ("K baru", 7), ("Instansi baru", 30), ("Keterangan", 34), ("Status", 20), ("Nomor keputusan", 28),
    ("Tanggal keputusan", 12),
)  # fmt: skip


def identity(instansi_id: int, saring: Saring) -> Identitas:
    """Head and foot: the version the list belongs to, else the one in force."""
    number_ = None if saring.masuk else saring.versi
    version = version_of(instansi_id, number_, None)
    row = PetaVersi.objects.get(instansi_id=instansi_id, nomor=version.nomor)
    nama = Instansi.objects.values_list("nama", flat=True).get(pk=instansi_id)
    return Identitas(nama, row.nomor, row.berlaku, row.hash, today())


def notes_on(row: Pengukuhan) -> str:
    """What the annex says about a row: why there is no seat, where to, whether it is confirmed."""
    parts = []
    if row.sebab:
        parts.append(f"tanpa kursi: {Pengukuhan.Sebab(row.sebab).label[0].lower()}"
                     f"{Pengukuhan.Sebab(row.sebab).label[1:]}")  # fmt: skip
    if row.instansi_baru_id != row.instansi_id:
        parts.append(f"ke {row.instansi_baru.nama}")
    if row.jenis != "D":
        parts.append(PENUGASAN.get(row.jenis, row.jenis))
    return "; ".join(parts)


def export_confirmations_xlsx(
    actor: Actor, instansi_id: int, saring: Saring, *, kemajuan: Lapor | None = None
) -> bytes:
    """The list as a workbook; text stays text. Raises PermissionDenied, PetaTidakAda."""
    require_names(actor, instansi_id)
    report = kemajuan or silent
    with Buku("Daftar pengukuhan", identity(instansi_id, saring)) as buku:
        sheet = buku.sheet("Pengukuhan", KOLOM, ["berisi data pribadi; pembacaan ini tercatat"])
        n = 0
        for n, row in enumerate(every_confirmation(actor, instansi_id, saring), start=1):
            if n % SETIAP == 0:
                report(n, None, "menulis daftar")
            sheet.row(
                [n, row.nip, row.nama, PENUGASAN.get(row.jenis, row.jenis), row.nama_jabatan_lama,
                 row.nama_unor_lama, row.kelas_lama, row.k_lama, row.nama_jabatan_baru, row.nama_unor_baru,
                 row.kelas_baru, row.k_baru, row.instansi_baru.nama, notes_on(row),
                 Pengukuhan.Status(row.status).label, row.nomor_sk, row.tanggal_sk]
            )  # fmt: skip
        sheet.finish(["JUMLAH", None, f"{n} penugasan"])
    return buku.stream.getvalue()


def export_confirmations_pdf(
    actor: Actor, instansi_id: int, saring: Saring, *, kemajuan: Lapor | None = None
) -> bytes:
    """The list as A4 landscape pages. Raises PermissionDenied, PetaTidakAda, GagalCetak."""
    require_names(actor, instansi_id)
    report = kemajuan or silent
    who = identity(instansi_id, saring)
    common = {
        "judul": "Daftar pengukuhan dalam jabatan",
        "instansi": who.instansi,
        "subjudul": "pegawai dari instansi lain" if saring.masuk else f"Peta jabatan {who.keterangan_versi}",
        "kaki": f"{who.instansi} · dicetak {long_date(who.dicetak)} · sidik versi {who.hash[:16] or '–'}",
    }
    rows = enumerate(every_confirmation(actor, instansi_id, saring), start=1)
    writer = PdfWriter()
    with tempfile.TemporaryDirectory(prefix="petajabatan-pengukuhan-") as name:
        folder = Path(name)
        shutil.copyfile(Path(__file__).with_name(_TEMPLATE), folder / _TEMPLATE)
        done = 0
        for batch in _batches(_cells(rows)):
            report(done, None, "menyusun halaman")
            data = common | {"halaman": len(writer.pages) + 1, "baris": batch}
            (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
            part = typeset(folder, "data.json", "bagian.pdf", _TEMPLATE)
            writer.append(PdfReader(str(part)), import_outline=False)
            done += len(batch)
        writer.add_metadata({"/Title": common["judul"], "/Author": who.instansi})
        target = folder / "daftar.pdf"
        with target.open("wb") as stream:
            writer.write(stream)
        return target.read_bytes()


def _batches(rows: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    """Blocks of rows; an empty list gives one empty block, so that there is a page to say so."""
    first = True
    while (block := list(itertools.islice(rows, BARIS_PER_KUMPULAN))) or first:
        yield block
        first = False


def _cells(rows: Iterator[tuple[int, Pengukuhan]]) -> Iterator[list[str]]:
    for n, row in rows:
        decision = f"{row.nomor_sk}, {long_date(row.tanggal_sk)}" if row.status == "dikukuhkan" else ""
        yield [
            number(n), row.nama, row.nip, row.nama_jabatan_lama, row.nama_unor_lama, number(row.kelas_lama),
            number(row.k_lama), row.nama_jabatan_baru or "–", row.nama_unor_baru, number(row.kelas_baru),
            number(row.k_baru), "; ".join(x for x in (notes_on(row), decision) if x),
        ]  # fmt: skip
