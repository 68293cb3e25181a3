"""The document of a decision: number, legal bases, totals of the difference, list of changes, and a QR code
that opens the public verification page."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import segno
from django.conf import settings

from petajabatan.jabatan.models import UnorTotalRiwayat
from petajabatan.organisasi.models import DasarHukum, UnorRiwayat
from petajabatan.pegawai.cetak.angka import long_date, number, signed
from petajabatan.pegawai.cetak.render import BATAS_DETIK, GagalCetak
from petajabatan.pegawai.cetak.susun_pdf import __file__ as SCRIPT
from petajabatan.pegawai.cetak.ukur_huruf import FONTS
from petajabatan.usulan.models import Keputusan, Operasi
from petajabatan.usulan.rules.operasi import JUDUL

_TEMPLATE = Path(__file__).with_name("keputusan.typ")
PENGATURAN_PROGRAM = ("batal", "ulang", "selaras")
"""Operations the program writes itself: no changes of the map in their own right."""
Jumlah = tuple[int, int, int]


def public_address(kode: str) -> str:
    """Where anybody checks the decision."""
    return f"{settings.ALAMAT_SITUS}/keputusan/{kode}/"


def decision_pdf(keputusan: Keputusan) -> bytes:
    """The document as PDF. Call inside a scope that reads the usulan. Raises GagalCetak."""
    return _typeset(document_data(keputusan), public_address(keputusan.kode))


def document_data(keputusan: Keputusan) -> dict[str, Any]:
    """Everything the document says, as texts. Six statements."""
    usulan = keputusan.usulan
    operations = list(
        Operasi.objects.filter(usulan=usulan, aktif=True, membatalkan=None)
        .exclude(jenis__in=PENGATURAN_PROGRAM)
        .order_by("nomor")
    )
    wanted = {o.dasar_hukum_id for o in operations if o.dasar_hukum_id} | {usulan.dasar_hukum_id or 0}
    bases = {d.pk: d for d in DasarHukum.objects.filter(pk__in=wanted).order_by("tahun", "nomor")}
    before, after = (_totals(keputusan.instansi_id, n) for n in (keputusan.versi - 1, keputusan.versi))
    nama = usulan.instansi.nama
    return {
        "judul": f"Penetapan peta jabatan {nama} {keputusan.nomor}",
        "instansi": nama,
        "nomor": keputusan.nomor,
        "tanggal": long_date(keputusan.tanggal),
        "fakta": [
            ["Perihal", usulan.judul],
            ["Usulan", usulan.nomor],
            ["Versi peta jabatan", number(keputusan.versi)],
            ["Berlaku sejak", long_date(keputusan.berlaku)],
            ["Ditetapkan oleh", keputusan.ditetapkan_oleh or "–"],
        ],
        "dasar": [f"{d} tentang {d.tentang}" for d in bases.values()],
        "versi_lama": number(keputusan.versi - 1),
        "versi": number(keputusan.versi),
        "total": [
            [name, number(old), number(new), signed(new - old)]
            for name, old, new in zip(
                ("Unit organisasi", "Kotak jabatan", "Kebutuhan pegawai (orang)"), before, after, strict=True
            )
        ],
        "catatan": ["Kebutuhan dihitung atas jabatan yang kebutuhannya sudah ditetapkan."],
        "kode": " ".join(keputusan.kode[i : i + 4] for i in range(0, len(keputusan.kode), 4)),
        "alamat": public_address(keputusan.kode),
        "hash": [keputusan.hash_peta[:32], keputusan.hash_peta[32:]],
        "kaki": f"{nama} · {keputusan.nomor}",
        "lampiran": f"{number(len(operations))} perubahan atas peta versi {number(keputusan.versi - 1)}",
        "perubahan": [_row(n, o, bases) for n, o in enumerate(operations, 1)],
    }


def _row(n: int, operasi: Operasi, bases: dict[int, DasarHukum]) -> list[str]:
    basis = bases.get(operasi.dasar_hukum_id or 0)
    source = ", ".join(part for part in (str(basis) if basis else "", operasi.pasal) if part)
    return [number(n), JUDUL.get(operasi.jenis, operasi.jenis), operasi.ringkas, source or "–"]


def _totals(instansi_id: int, versi: int) -> Jumlah:
    """Units, boxes and need of the whole map as of a version."""
    live = {"instansi_id": instansi_id, "sejak__lte": versi, "hingga__gt": versi}
    roots = UnorRiwayat.objects.filter(**live, atasan=None).values_list("unor_id", flat=True)
    rows = UnorTotalRiwayat.objects.filter(**live, unor_id__in=list(roots)).values_list(
        "n_unor", "n_posisi", "k"
    )
    found = list(rows)
    return sum(r[0] for r in found), sum(r[1] for r in found), sum(r[2] for r in found)


def _typeset(data: dict[str, Any], address: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="petajabatan-keputusan-") as name:
        folder = Path(name)
        shutil.copyfile(_TEMPLATE, folder / "peta.typ")
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        segno.make(address, error="m", micro=False).save(str(folder / "qr.svg"), border=0, scale=4)
        try:
            done = subprocess.run(  # noqa: S603 – fixed program, arguments are our own paths
                [sys.executable, SCRIPT, str(folder), str(FONTS), "data.json", "keputusan.pdf"],
                capture_output=True,
                text=True,
                timeout=BATAS_DETIK,
            )
        except subprocess.TimeoutExpired as error:
            raise GagalCetak(f"Penyusunan dokumen melewati {BATAS_DETIK} detik.") from error
        if done.returncode:
            raise GagalCetak(done.stderr[-2000:])
        return (folder / "keputusan.pdf").read_bytes()
