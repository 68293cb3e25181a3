"""Does a unit stand on a regulation, and does that one hold?"""

from __future__ import annotations

from collections.abc import Iterator

from petajabatan.jabatan.rules.abk.angka import write_number as angka
from petajabatan.usulan.rules.cek import sumber
from petajabatan.usulan.rules.cek.dasar import Subjek, Ujar, cek
from petajabatan.usulan.rules.pandangan import DasarAcuan


def _dasar(s: Subjek, key: int | None) -> DasarAcuan | None:
    return None if key is None else s.view.acuan.dasar_hukum([key]).get(key)


@cek(
    "unit-baru-tanpa-dasar",
    "Unit baru tanpa dasar hukum",
    "galat",
    "unor",
    apa="Unit yang ditambahkan usulan ini tidak menunjuk dasar hukum.",
    sebab="Unit hanya ditambahkan dengan dasar hukumnya; tanpa itu penambahan tidak dapat diverifikasi.",
    sumber=sumber.ATURAN_A,
    perbaikan="Catat peraturannya pada halaman Dasar hukum, lalu terapkan dengan Perbarui dasar hukum.",
    contoh="Bidang baru ditambahkan tanpa menyebut peraturan bupatinya.",
)
def unit_baru_tanpa_dasar(s: Subjek) -> Iterator[Ujar]:
    """A unit is added with its legal basis (rule A)."""
    if s.baru and s.unor().dasar_hukum_id is None:
        yield Ujar(f"{s.unor().nama} unit baru tetapi belum menyebut dasar hukumnya.", kolom="dasar_hukum_id")


@cek(
    "dasar-tidak-dikenal",
    "Dasar hukum tidak tercatat pada instansi ini",
    "galat",
    "unor",
    apa="Unit menunjuk dasar hukum yang tidak tercatat, atau milik instansi lain.",
    sebab="Unit hanya berdiri di atas peraturan instansinya sendiri atau peraturan yang dicatatnya.",
    sumber=sumber.ATURAN_A,
    perbaikan="Pilih peraturan dari daftar instansi ini; catat dahulu bila belum ada.",
    contoh="Unit menunjuk peraturan bupati kabupaten tetangga.",
)
def dasar_tidak_dikenal(s: Subjek) -> Iterator[Ujar]:
    """The regulation is one of this instansi (rule A)."""
    key = s.unor().dasar_hukum_id
    if key is not None and _dasar(s, key) is None:
        yield Ujar(
            f"Dasar hukum {s.unor().nama} tidak tercatat pada instansi ini.",
            kolom="dasar_hukum_id",
            nilai=str(key),
        )


@cek(
    "dasar-dicabut",
    "Unit berdiri di atas peraturan yang dicabut",
    "galat",
    "unor",
    apa="Dasar hukum unit bertanda dicabut.",
    sebab="Unit tanpa dasar hukum yang berlaku harus dihapus atau diperbarui dasarnya.",
    sumber=f"{sumber.ATURAN_D}; {sumber.ATURAN_B}",
    perbaikan="Pakai Perbarui dasar hukum untuk unit yang tetap ada, atau hapus unitnya dengan penerus.",
    contoh="Bidang baru menunjuk Perbup 1/2016 yang sudah dicabut.",
)
def dasar_dicabut(s: Subjek) -> Iterator[Ujar]:
    """A repealed regulation carries no unit (rules B, D). Units that stood on it before only carry it on."""
    law = _dasar(s, s.unor().dasar_hukum_id)
    if law is not None and law.status == "dicabut":
        yield Ujar(
            f"{s.unor().nama} berdiri di atas {law.nama} yang sudah dicabut.",
            kolom="dasar_hukum_id",
            nilai=str(law.id),
        )


@cek(
    "dasar-diubah",
    "Dasar hukum unit sudah diubah",
    "catatan",
    "unor",
    apa="Dasar hukum unit bertanda diubah.",
    sebab="Perubahan peraturan dapat mengubah nama atau susunan unit; perlu dicocokkan.",
    sumber=sumber.ATURAN_D,
    perbaikan="Cocokkan unit dengan peraturan perubahannya, lalu perbarui dasar hukumnya.",
    contoh="Perbup 45/2021 sudah diubah dengan Perbup 12/2024.",
)
def dasar_diubah(s: Subjek) -> Iterator[Ujar]:
    """An amended regulation is worth comparing (rule D)."""
    law = _dasar(s, s.unor().dasar_hukum_id)
    if law is not None and law.status == "diubah":
        yield Ujar(
            f"{s.unor().nama} berdiri di atas {law.nama} yang sudah diubah.",
            kolom="dasar_hukum_id",
            nilai=str(law.id),
        )


@cek(
    "unit-baru-tanpa-pasal",
    "Unit baru tanpa pasal",
    "catatan",
    "unor",
    apa="Unit baru menunjuk dasar hukum tetapi tidak menyebut pasal atau halamannya.",
    sebab="Verifikator mencari unit itu pada naskah; pasal mempercepatnya.",
    sumber=sumber.REKOMENDASI,
    perbaikan="Isi pasal atau halaman pada naskah peraturan.",
    contoh="Bidang baru berdasar Perbup 12/2024 tanpa pasal.",
)
def unit_baru_tanpa_pasal(s: Subjek) -> Iterator[Ujar]:
    """Where in the regulation the new unit stands (rekomendasi)."""
    unit = s.unor()
    if s.baru and unit.dasar_hukum_id is not None and not unit.pasal and not unit.halaman:
        yield Ujar(f"{unit.nama} belum menyebut pasal atau halaman dalam dasar hukumnya.", kolom="pasal")


@cek(
    "dasar-baru-tanpa-pasal",
    "Dasar hukum diperbarui tanpa pasal",
    "catatan",
    "unor",
    apa="Usulan memperbarui dasar hukum unit ini tetapi belum menyebut pasal atau"
    " halamannya pada peraturan baru.",
    sebab="Nomor pasal peraturan lama tidak berlaku pada peraturan baru, maka dikosongkan; verifikator"
    " mencari unit itu pada naskah yang baru.",
    sumber=sumber.REKOMENDASI,
    perbaikan="Isi pasal atau halaman unit itu pada peraturan yang baru.",
    contoh="Bidang beralih ke Perbup 77/2026; pasal pada Perbup 45/2016 dikosongkan dan belum diisi lagi.",
)
def dasar_baru_tanpa_pasal(s: Subjek) -> Iterator[Ujar]:
    """Where in its new regulation a unit that stays is spoken of (rekomendasi)."""
    unit = s.unor()
    if s.terbit is None or unit.dasar_hukum_id in (None, s.unor_lama().dasar_hukum_id):
        return
    if not unit.pasal and not unit.halaman:
        yield Ujar(
            f"{unit.nama} belum menyebut pasal atau halaman dalam dasar hukumnya yang baru.", kolom="pasal"
        )


@cek(
    "dasar-bawahan-tertinggal",
    "Dasar hukum unit bawahan tertinggal",
    "peringatan",
    "unor",
    apa="Usulan memperbarui dasar hukum unit ini, tetapi unit di bawahnya tetap pada peraturan lamanya.",
    sebab="Peraturan baru biasanya mengatur seluruh cabang; yang tertinggal tampak belum diperbarui.",
    sumber=sumber.ATURAN_D,
    perbaikan="Perbarui dasar hukum untuk seluruh cabang; hapus unit yang tidak lagi diatur.",
    contoh="Dinas beralih ke Perbup 12/2024, bidangnya tetap pada Perbup 45/2016.",
)
def dasar_bawahan_tertinggal(s: Subjek) -> Iterator[Ujar]:
    """The regulation of a unit was renewed, its children kept the one both stood on (rule D)."""
    unit = s.unor()
    if s.terbit is None or s.unor_lama().dasar_hukum_id in (None, unit.dasar_hukum_id):
        return
    left = [row.nama for row in s.anak() if row.dasar_hukum_id == s.unor_lama().dasar_hukum_id]
    if left:
        yield Ujar(
            f"Dasar hukum {unit.nama} diperbarui, tetapi {angka(len(left))} unit di bawahnya tetap pada yang"
            " lama.",
            kolom="dasar_hukum_id",
            nilai=str(len(left)),
        )
