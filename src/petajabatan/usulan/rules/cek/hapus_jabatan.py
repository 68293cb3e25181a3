"""Removed boxes: who loses a seat, and does the successor hold them?"""

from __future__ import annotations

from collections.abc import Iterator

from petajabatan.jabatan.rules.abk.angka import write_number as angka
from petajabatan.jabatan.rules.beda import IsiPosisi
from petajabatan.usulan.rules.cek import sumber
from petajabatan.usulan.rules.cek.dasar import Subjek, Ujar, cek


def _penerus(s: Subjek) -> list[IsiPosisi]:
    rows = s.view.keadaan("posisi", s.penerus).values()
    return [row.isi for row in rows if isinstance(row.isi, IsiPosisi)]


@cek(
    "pegawai-kehilangan-kursi",
    "Pegawai kehilangan kursi",
    "peringatan",
    "posisi",
    "dihapus",
    apa="Jabatan yang dihapus masih diduduki dan tidak menyebut jabatan penerus.",
    sebab="Pegawainya tercatat tanpa jabatan sejak versi ini berlaku.",
    sumber=sumber.ATURAN_B,
    perbaikan="Urungkan, lalu hapus lagi dengan menyebut jabatan penerusnya.",
    contoh="Pengelola Data dengan 3 pegawai dihapus tanpa penerus.",
)
def pegawai_kehilangan_kursi(s: Subjek) -> Iterator[Ujar]:
    """People left without a seat by the removal (rule B)."""
    n = s.orang()
    if n and not s.penerus:
        yield Ujar(
            f"{s.posisi_lama().nama} dihapus tanpa penerus, padahal {angka(n)} pegawai mendudukinya.",
            nilai=str(n),
        )


@cek(
    "penerus-jabatan-hilang",
    "Jabatan penerus tidak ada",
    "galat",
    "posisi",
    "dihapus",
    apa="Jabatan penerus yang disebut tidak ada pada peta usulan.",
    sebab="Riwayat pegawai jabatan yang dihapus tidak lagi menunjuk ke mana pun.",
    sumber=sumber.ATURAN_B,
    perbaikan="Urungkan penghapusannya, lalu hapus lagi dengan penerus yang ada.",
    contoh="Penerusnya dihapus oleh usulan lain yang terbit lebih dahulu.",
)
def penerus_jabatan_hilang(s: Subjek) -> Iterator[Ujar]:
    """Successors are on the map (rule B)."""
    states = s.view.keadaan("posisi", s.penerus)
    for key in s.penerus:
        if not states[key].hidup:
            yield Ujar(
                f"Jabatan penerus {s.posisi_lama().nama} (nomor {key}) tidak ada pada peta usulan.",
                kolom="penerus",
                nilai=str(key),
            )


@cek(
    "penerus-kelas-turun",
    "Jabatan penerus berkelas lebih rendah",
    "peringatan",
    "posisi",
    "dihapus",
    apa="Pegawai pada jabatan yang dihapus beralih ke jabatan penerus yang kelasnya lebih rendah.",
    sebab="Tunjangan kinerjanya turun; daftar pengukuhan memuat kelas sebelum dan sesudah.",
    sumber=f"{sumber.ATURAN_B}; {sumber.EVALUASI_JABATAN}",
    perbaikan="Pilih penerus yang sekelas, atau pastikan penurunannya dikehendaki.",
    contoh="Penelaah (kelas 7) digantikan Pengelola (kelas 6), dengan 2 pegawai.",
)
def penerus_kelas_turun(s: Subjek) -> Iterator[Ujar]:
    """People go to a box of lower kelas (rule B)."""
    old, n = s.posisi_lama(), s.orang()
    for heir in _penerus(s):
        if n and old.kelas is not None and heir.kelas is not None and heir.kelas < old.kelas:
            yield Ujar(
                f"{angka(n)} pegawai {old.nama} (kelas {old.kelas}) beralih ke {heir.nama}"
                f" (kelas {heir.kelas}).",
                kolom="penerus",
                nilai=str(heir.id),
            )


@cek(
    "penerus-beda-jenis-jabatan",
    "Jabatan penerus berbeda jenis",
    "peringatan",
    "posisi",
    "dihapus",
    apa="Jabatan berpegawai yang dihapus digantikan jabatan berjenis lain.",
    sebab="Beralih jenis jabatan memerlukan pengangkatan menurut syarat jabatan itu, tidak cukup pengukuhan.",
    sumber=f"{sumber.JF}; {sumber.ATURAN_B}",
    perbaikan="Pilih penerus yang sejenis, atau siapkan pengangkatannya.",
    contoh="Kepala Seksi digantikan Analis Kebijakan Ahli Muda (penyetaraan jabatan).",
)
def penerus_beda_jenis_jabatan(s: Subjek) -> Iterator[Ujar]:
    """Another kind of jabatan needs an appointment of its own (PermenPANRB 1/2023)."""
    old = s.posisi_lama()
    for heir in _penerus(s):
        if heir.jenis != old.jenis and s.orang():
            yield Ujar(
                f"{old.nama} ({old.jenis}) digantikan {heir.nama} ({heir.jenis}).",
                kolom="penerus",
                nilai=str(heir.id),
            )


@cek(
    "penerus-kursi-kurang",
    "Kursi jabatan penerus tidak cukup",
    "peringatan",
    "posisi",
    apa="Pegawai yang ada ditambah pegawai dari jabatan yang dihapus melebihi K jabatan penerus ini.",
    sebab="Sebagian pegawai menjadi kelebihan, atau dua pejabat memperebutkan satu kursi pimpinan.",
    sumber=f"{sumber.ATURAN_B}; {sumber.EFORMASI}",
    perbaikan="Tambah K jabatan penerusnya sesuai beban kerja, atau sebutkan penerus lain bagi sebagian.",
    contoh="Pengelola Data K 3 dengan 3 pegawai menerima 2 pegawai lagi.",
)
def penerus_kursi_kurang(s: Subjek) -> Iterator[Ujar]:
    """People who are there and people who come are more than the seats (rule B; e-Formasi)."""
    box, coming = s.posisi(), sum(s.view.orang(s.pendahulu).values())
    if coming and box.k is not None and s.orang() + coming > box.k:
        yield Ujar(
            f"{box.nama}: K {angka(box.k)}, padahal {angka(s.orang())} pegawai ada dan"
            f" {angka(coming)} akan datang.",
            kolom="k",
            nilai=f"{box.k}:{s.orang() + coming}",
        )
