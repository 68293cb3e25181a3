"""The document of a decision: number, legal bases, totals of the difference, list of changes, and a QR code
that opens the public verification page."""

from __future__ import annotations

import datetime as dt
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
from petajabatan.pegawai.queries import bezetting_of_units
from petajabatan.usulan.cetak.perubahan import annex_of
from petajabatan.usulan.models import Keputusan

_TEMPLATE = Path(__file__).with_name("keputusan.typ")
Jumlah = tuple[int, int, int, int]


def public_address(kode: str) -> str:
    """Where anybody checks the decision."""
    return f"{settings.ALAMAT_SITUS}/keputusan/{kode}/"


def decision_pdf(keputusan: Keputusan) -> bytes:
    """The document as PDF. Call inside a scope that reads the usulan. Raises GagalCetak."""
    return _typeset(document_data(keputusan), public_address(keputusan.kode))


def document_data(keputusan: Keputusan) -> dict[str, Any]:
    """Everything the document says, as texts. The annex is the net change: what the version changes in the
    map, not how it was drafted. A fixed number of statements, whatever the number of changes."""
    usulan = keputusan.usulan
    annex = annex_of(keputusan)
    wanted = annex.dasar_hukum | {usulan.dasar_hukum_id or 0}
    bases = DasarHukum.objects.filter(pk__in=wanted).order_by("tahun", "nomor")
    before = _totals(keputusan.instansi_id, keputusan.versi - 1, annex.hari_lama)
    after = _totals(keputusan.instansi_id, keputusan.versi, annex.hari_baru)
    nama = usulan.instansi.nama
    names = (
        "Unit organisasi",
        "Kotak jabatan",
        "Kebutuhan pegawai, K (orang)",
        "Pegawai yang ada, B (orang)",
    )
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
        "dasar": [f"{d} tentang {d.tentang}" for d in bases],
        "versi_lama": number(keputusan.versi - 1),
        "versi": number(keputusan.versi),
        "total": [
            [name, number(old), number(new), signed(new - old)]
            for name, old, new in zip(names, before, after, strict=True)
        ],
        "catatan": ["K dihitung atas jabatan yang kebutuhannya sudah ditetapkan.", annex.keterangan_b],
        "kode": " ".join(keputusan.kode[i : i + 4] for i in range(0, len(keputusan.kode), 4)),
        "alamat": public_address(keputusan.kode),
        "hash": [keputusan.hash_peta[:32], keputusan.hash_peta[32:]],
        "kaki": f"{nama} · {keputusan.nomor}",
        "lampiran": f"{number(len(annex.unor))} unit dan {number(len(annex.posisi))} jabatan berubah"
        f" terhadap peta versi {number(keputusan.versi - 1)}",
        "unor": annex.unor,
        "posisi": annex.posisi,
    }


def _totals(instansi_id: int, versi: int, hari: dt.date) -> Jumlah:
    """Units, boxes, K and B of the whole map as of a version; B is counted on the day given."""
    live = {"instansi_id": instansi_id, "sejak__lte": versi, "hingga__gt": versi}
    roots = list(UnorRiwayat.objects.filter(**live, atasan=None).values_list("unor_id", flat=True))
    rows = UnorTotalRiwayat.objects.filter(**live, unor_id__in=roots).values_list("n_unor", "n_posisi", "k")
    found = list(rows)
    people = sum(counts.b for counts in bezetting_of_units(roots, hari).values())
    return sum(r[0] for r in found), sum(r[1] for r in found), sum(r[2] for r in found), people


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
