"""The difference a draft makes as a document: PDF set by typst in batches, or a workbook."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter

from petajabatan.inti.jam import today
from petajabatan.jabatan import kata_beda as tampil
from petajabatan.organisasi.models import PetaVersi
from petajabatan.pegawai.cetak import susun_pdf
from petajabatan.pegawai.cetak.angka import long_date
from petajabatan.pegawai.cetak.dokumen import Identitas
from petajabatan.pegawai.cetak.render import BATAS_DETIK, GagalCetak
from petajabatan.pegawai.cetak.ukur_huruf import FONTS
from petajabatan.pegawai.cetak.xlsx_dasar import Buku
from petajabatan.usulan.queries.draf import net_changes
from petajabatan.usulan.queries.perbedaan import draft_difference, sources_of, successor_names
from petajabatan.usulan.rules.objek import OBJEK_PETA
from petajabatan.web.sunting.beda import (
    BarisDraf,
    BarisKelas,
    per_kelas,
    shown_rows,
)
from petajabatan.web.sunting.konteks import KonteksDraf

BARIS_PER_KUMPULAN = 800
"""Rows per typst run: about 25 pages."""
SEMUA = 1_000_000
Lapor = Callable[..., Any]
_TEMPLATE = Path(__file__).with_name("lampiran.typ")


@dataclass(frozen=True)
class IsiLampiran:
    """Everything the annex says."""

    nomor: str
    judul: str
    revisi: int
    identitas: Identitas
    jumlah: list[tuple[str, int, int, int]]
    """Name, before, after, difference."""
    kelas: list[BarisKelas]
    unor: list[BarisDraf]
    posisi: list[BarisDraf]


def content_of(konteks: KonteksDraf) -> IsiLampiran:
    """Read the difference. A fixed number of statements."""
    steps = net_changes(konteks.usulan, OBJEK_PETA)
    beda = draft_difference(konteks.usulan, steps)
    shown = tampil.present(replace(beda), batas=SEMUA)
    sources, heirs = sources_of(konteks.usulan), successor_names(konteks.usulan, steps)
    peta, usulan = konteks.peta, konteks.usulan
    row = PetaVersi.objects.filter(instansi_id=usulan.instansi_id, nomor=peta.versi).first()
    before, after = beda.sebelum, beda.sesudah
    totals = [
        (_("Unit"), before.n_unor, after.n_unor),
        (_("Jabatan"), before.n_posisi, after.n_posisi),
        ("K", before.k, after.k),
    ]
    return IsiLampiran(
        usulan.nomor,
        usulan.judul,
        usulan.revisi,
        Identitas(peta.instansi.nama, peta.versi, peta.berlaku, row.hash if row else "", today()),
        [(name, old, new, new - old) for name, old, new in totals],
        per_kelas(konteks.usulan, beda.posisi),
        shown_rows(shown.unor, "unor", sources, heirs),
        shown_rows(shown.posisi, "posisi", sources, heirs),
    )


def _cells(row: BarisDraf) -> list[str]:
    changes = [f"{u.nama}: {u.lama} → {u.baru}" for u in row.beda.ubahan]
    if not row.beda.unor and not changes:
        k = row.beda.k_lama if row.beda.hapus else row.beda.k_baru
        changes = [f"K {'–' if k is None else k}"]
    if row.penerus:
        changes.append(_("Penerus: %(nama)s") % {"nama": ", ".join(row.penerus)})
    law = row.asal.dasar if row.asal else ""
    return [row.beda.nama, row.beda.letak, ", ".join(row.beda.macam), "; ".join(changes), law or "–"]


def annex_pdf(isi: IsiLampiran, report: Lapor | None = None) -> bytes:
    """A4 landscape. Raises GagalCetak."""
    parts: list[tuple[str, list[list[str]]]] = []
    for title, rows in ((_("Unit"), isi.unor), (_("Jabatan"), isi.posisi)):
        for start in range(0, len(rows), BARIS_PER_KUMPULAN):
            some = rows[start : start + BARIS_PER_KUMPULAN]
            parts.append((title, [[str(start + n), *_cells(row)] for n, row in enumerate(some, 1)]))
    writer = PdfWriter()
    with tempfile.TemporaryDirectory(prefix="petajabatan-lampiran-") as name:
        folder = Path(name)
        shutil.copyfile(_TEMPLATE, folder / "peta.typ")
        for n, (title, cells) in enumerate(parts or [("", [])]):
            if report is not None:
                report(n, len(parts), _("menyusun halaman"))
            data = _common(isi) | {
                "bagian": title,
                "baris": cells,
                "mulai": len(writer.pages) + 1,
                "awal": n == 0,
            }
            writer.append(PdfReader(_typeset(folder, n, data)))
        writer.add_metadata({"/Title": f"{isi.nomor} {isi.judul}", "/Author": isi.identitas.instansi})
        out = io.BytesIO()
        writer.write(out)
    return out.getvalue()


def _common(isi: IsiLampiran) -> dict[str, Any]:
    who = isi.identitas
    return {
        "judul": _("Lampiran: perbedaan peta jabatan"),
        "instansi": who.instansi,
        "usulan": " · ".join((isi.nomor, isi.judul, _("revisi %(n)s") % {"n": isi.revisi})),
        "dasar": _("Dibandingkan dengan peta jabatan %(v)s") % {"v": who.keterangan_versi},
        "dicetak": _("dicetak %(t)s") % {"t": long_date(who.dicetak)},
        "halaman": _("Halaman"),
        "jumlah": [[name, str(old), str(new), f"{diff:+d}"] for name, old, new, diff in isi.jumlah],
        "kelas": [
            [str(x) for x in (row.kelas or _("tanpa kelas"), row.k0, row.k, row.n0, row.n)]
            for row in isi.kelas
        ],
        "kepala": ["No", _("Nama"), _("Letak"), _("Perubahan"), _("Dari → menjadi"), _("Dasar hukum")],
        "kepala_jumlah": ["", _("Semula"), _("Menjadi"), "+/−"],
        "kepala_kelas": [_("Kelas"), _("K semula"), _("K menjadi"), _("Jabatan semula"),
                         _("Jabatan menjadi")],
        "kosong": _("Usulan ini belum mengubah apa pun."),
    }  # fmt: skip


def _typeset(folder: Path, n: int, data: dict[str, Any]) -> Path:
    source, target = f"{n}.json", f"{n}.pdf"
    (folder / source).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    script = str(susun_pdf.__file__)
    try:
        done = subprocess.run(  # noqa: S603 – fixed program, arguments are our own paths
            [sys.executable, script, str(folder), str(FONTS), source, target],
            capture_output=True,
            text=True,
            timeout=BATAS_DETIK,
        )
    except subprocess.TimeoutExpired as error:
        raise GagalCetak(f"Penyusunan halaman melewati {BATAS_DETIK} detik.") from error
    if done.returncode:
        raise GagalCetak(done.stderr[-2000:])
    return folder / target


def annex_xlsx(isi: IsiLampiran) -> bytes:
    """Three sheets: totals, units, posts."""
    with Buku(f"{isi.nomor} {isi.judul}", isi.identitas) as book:
        sheet = book.sheet(
            "Ringkasan",
            [(_("Apa"), 24), (_("Semula"), 14), (_("Menjadi"), 14), ("+/−", 12)],
            [_("revisi %(n)s") % {"n": isi.revisi}],
        )
        for row in isi.jumlah:
            sheet.row(row)
        for kelas in isi.kelas:
            label = " ".join((_("K kelas"), str(kelas.kelas or _("tanpa kelas"))))
            sheet.row([label, kelas.k0, kelas.k, kelas.k - kelas.k0])
        sheet.finish()
        for name, rows in (("Unit", isi.unor), ("Jabatan", isi.posisi)):
            sheet = book.sheet(
                name,
                [(_("Nama"), 44), (_("Letak"), 40), (_("Perubahan"), 24), (_("Dari → menjadi"), 50),
                 (_("Dasar hukum"), 36), (_("Alasan"), 30)],
            )  # fmt: skip
            for line in rows:
                sheet.row([*_cells(line), line.asal.alasan if line.asal else ""])
            sheet.finish()
    return book.stream.getvalue()
