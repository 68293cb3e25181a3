"""ABK sheets of the demonstration: one draft of the kabupaten with sheets of a few jabatan in several units.

Tasks follow the usual wording of such posts; every volume and norm is invented. One figure is given in hours
by mistake and one row lacks its volume, so that findings can be seen.
"""

from __future__ import annotations

from typing import Any

from petajabatan.akun.models import Pengguna
from petajabatan.akun.queries import actor_of
from petajabatan.anjab.services.abk import save_sheet
from petajabatan.demo.bentuk import BENIH
from petajabatan.jabatan.models import PosisiRiwayat
from petajabatan.organisasi.models import SELAMANYA
from petajabatan.usulan.models import Operasi
from petajabatan.usulan.services import create_usulan

JUDUL = "Beban kerja perangkat daerah 2027 (contoh)"
KUNCI = "demo-abk"
UNIT_PER_JABATAN = 8
TUGAS: dict[str, tuple[tuple[str, str, int, int], ...]] = {
    "Penelaah Teknis Kebijakan": (
        ("Menyiapkan bahan penyusunan rencana kerja unit", "dokumen", 4, 1080),
        ("Mengumpulkan dan mengklasifikasikan data kebijakan", "laporan", 24, 1200),
        ("Menelaah pelaksanaan kebijakan dan menyusun saran", "telaahan", 24, 4800),
        ("Menyusun konsep naskah dinas hasil telaahan", "naskah", 48, 480),
        ("Menyusun laporan pelaksanaan tugas", "laporan", 12, 600),
    ),
    "Pengolah Data dan Informasi": (
        ("Menghimpun data dari unit kerja", "berkas", 240, 90),
        ("Memeriksa dan memutakhirkan basis data", "rekaman", 2400, 20),
        ("Mengolah data menjadi tabel dan grafik", "tabel", 96, 300),
        ("Menyusun laporan bulanan data", "laporan", 12, 960),
    ),
    "Pengadministrasi Perkantoran": (
        ("Menerima dan mencatat surat masuk", "surat", 1800, 10),
        ("Mendistribusikan surat dan mencatat disposisi", "surat", 1800, 8),
        ("Mengetik dan menggandakan naskah dinas", "naskah", 600, 45),
        ("Menata arsip aktif dan inaktif", "berkas", 480, 30),
    ),
}


def load_sheets(instansi_id: int) -> int:
    """The draft with its sheets, made by the operator of the kabupaten; a second call adds nothing. Returns
    how many sheets were written; 0 without the account or the posts."""
    user = Pengguna.objects.filter(username="operator").first()
    if user is None:
        return 0
    operator = actor_of(user)
    live = PosisiRiwayat.objects.filter(instansi_id=instansi_id, hingga=SELAMANYA, k__gt=0, kepala=False)
    boxes = {
        name: list(live.filter(nama=name).order_by("posisi_id").values_list("posisi_id", flat=True))
        for name in TUGAS
    }
    if not any(boxes.values()):
        return 0
    usulan = create_usulan(operator, instansi_id, judul=JUDUL, layanan="infojab", kunci=KUNCI)
    if Operasi.objects.filter(usulan=usulan).exists():
        return 0
    written = 0
    for name, keys in boxes.items():
        for place, key in enumerate(keys[:UNIT_PER_JABATAN]):
            save_sheet(operator, usulan.pk, key, {"baris": _rows(name, place)})
            written += 1
    jf = live.filter(jenis="fungsional", nama__startswith="Arsiparis").order_by("posisi_id").first()
    if jf is not None:
        save_sheet(operator, usulan.pk, jf.posisi_id, _advice())
        written += 1
    return written


def _rows(nama: str, tempat: int) -> list[dict[str, Any]]:
    rows = []
    for n, (uraian, satuan, volume, norma) in enumerate(TUGAS[nama]):
        percent = 70 + (BENIH + 37 * tempat + 53 * n) % 90
        row: dict[str, Any] = {
            "uraian": uraian,
            "satuan": satuan,
            "volume": str(max(1, volume * percent // 100)),
            "norma": str(norma),
        }
        if nama == "Pengolah Data dan Informasi" and tempat == 1 and n == 3:
            row["norma"] = str(norma // 60)  # hours in a column of minutes
        if nama == "Pengadministrasi Perkantoran" and tempat == 2 and n == 3:
            row["volume"] = None
        rows.append(row)
    return rows


def _advice() -> dict[str, Any]:
    return {
        "baris": [
            {"uraian": "Mengelola arsip dinamis", "satuan": "berkas", "volume": "1200", "norma": "45"},
            {"uraian": "Menyusun daftar arsip inaktif", "satuan": "daftar", "volume": "12", "norma": "2400"},
        ],
        "dari": "rekomendasi",
        "rekomendasi": {
            "k": "2",
            "pembina": "Arsip Nasional Republik Indonesia",
            "metode": "beban kerja kearsipan (contoh)",
            "dokumen": "DEMO-B/12/2026",
            "tanggal": "2026-09-14",
        },
    }
