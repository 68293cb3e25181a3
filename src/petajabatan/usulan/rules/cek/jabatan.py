"""Boxes against the reference list of jabatan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from petajabatan.jabatan.rules.abk.angka import write_number as angka
from petajabatan.usulan.rules.cek import sumber
from petajabatan.usulan.rules.cek.dasar import Subjek, Ujar, cek
from petajabatan.usulan.rules.cek.istilah import baku
from petajabatan.usulan.rules.pandangan import JabatanAcuan


def _acuan(s: Subjek) -> JabatanAcuan | None:
    key = s.posisi().jabatan_id
    return None if key is None else s.view.acuan.jabatan([key]).get(key)


@cek(
    "nama-jabatan-kosong",
    "Nama jabatan kosong",
    "galat",
    "posisi",
    apa="Nama jabatan tidak berisi satu huruf pun.",
    sebab="Peta jabatan memuat nama setiap jabatan.",
    sumber=sumber.PERBKN_9_2022,
    perbaikan="Hapus jabatannya, lalu tambahkan jabatan yang benar.",
    contoh="Jabatan bernama “-”.",
)
def nama_jabatan_kosong(s: Subjek) -> Iterator[Ujar]:
    """A box has a name (PerBKN 9/2022 Ps 48)."""
    if not any(letter.isalpha() for letter in s.posisi().nama):
        yield Ujar("Nama jabatan ini kosong.", kolom="nama")


@cek(
    "jabatan-tidak-dikenal",
    "Jabatan tidak ada dalam referensi",
    "galat",
    "posisi",
    apa="Jabatan fungsional atau pelaksana tidak menunjuk jabatan dalam daftar referensi.",
    sebab="Nama jabatan fungsional dan pelaksana ditetapkan nasional; formasi hanya dibuka untuk nama itu.",
    sumber=sumber.REFERENSI,
    perbaikan="Hapus jabatannya, lalu tambahkan dengan memilih dari daftar referensi.",
    contoh="Jabatan pelaksana “Pengelola Macam-macam”.",
)
def jabatan_tidak_dikenal(s: Subjek) -> Iterator[Ujar]:
    """JF and pelaksana come from the reference list (domain 2.3, 3.6)."""
    box = s.posisi()
    if box.jenis != "struktural" and _acuan(s) is None:
        yield Ujar(
            f"{box.nama} tidak ada dalam referensi jabatan {box.jenis}.",
            kolom="jabatan_id",
            nilai=str(box.jabatan_id or ""),
        )


@cek(
    "jabatan-tidak-aktif",
    "Jabatan sudah tidak aktif dalam referensi",
    "galat",
    "posisi",
    apa="Jabatan dalam referensi sudah tidak dipakai.",
    sebab="Jabatan yang tidak aktif tidak dapat dipakai untuk kebutuhan, formasi, maupun pengangkatan.",
    sumber=f"{sumber.REFERENSI}; jabatan nonaktif tidak dapat dipakai lagi",
    perbaikan="Tambahkan jabatan penggantinya, lalu hapus yang ini dengan menyebutnya sebagai penerus.",
    contoh="Jabatan pelaksana nomenklatur lama yang sudah diganti KepmenPANRB 11/2024.",
)
def jabatan_tidak_aktif(s: Subjek) -> Iterator[Ujar]:
    """An inactive jabatan is used nowhere (reference list). Boxes that had it before only carry it on."""
    ref = _acuan(s)
    if ref is not None and not ref.aktif:
        yield Ujar(
            f"{s.posisi().nama} sudah tidak aktif dalam referensi jabatan.",
            kolom="jabatan_id",
            nilai=str(ref.id),
        )


@cek(
    "jabatan-salah-jenis",
    "Jenis jabatan tidak sesuai referensi",
    "galat",
    "posisi",
    apa="Jenis kotak (fungsional atau pelaksana) berbeda dari jenis jabatan dalam referensi.",
    sebab="Jenis jabatan menentukan jenjang, kelas, BUP, dan cara menghitung kebutuhannya.",
    sumber=sumber.REFERENSI,
    perbaikan="Hapus jabatannya, lalu tambahkan dengan jenis yang benar.",
    contoh="Analis Kebijakan Ahli Pertama dicatat sebagai pelaksana.",
)
def jabatan_salah_jenis(s: Subjek) -> Iterator[Ujar]:
    """The kind is that of the reference list (domain 3.6)."""
    box, ref = s.posisi(), _acuan(s)
    if ref is not None and box.jenis != "struktural" and ref.jenis != box.jenis:
        yield Ujar(
            f"{box.nama} tercatat sebagai {box.jenis}, dalam referensi {ref.jenis}.",
            kolom="jenis",
            nilai=box.jenis,
        )


@cek(
    "nama-beda-referensi",
    "Nama jabatan berbeda dari referensi",
    "peringatan",
    "posisi",
    apa="Nama jabatan tidak sama dengan nama dalam referensi; jabatan pimpinan tidak diperiksa.",
    sebab="Nama yang berbeda tidak dapat dicocokkan oleh SIASN dan layanan lain.",
    sumber=sumber.REFERENSI,
    perbaikan="Hapus lalu tambahkan lagi dari referensi, dengan menyebut yang baru sebagai penerus.",
    contoh="“Pengadm. Perkantoran” alih-alih “Pengadministrasi Perkantoran”.",
)
def nama_beda_referensi(s: Subjek) -> Iterator[Ujar]:
    """The name is that of the reference list (domain 2.3)."""
    box, ref = s.posisi(), _acuan(s)
    if ref is not None and not box.kepala and baku(ref.nama) != baku(box.nama):
        yield Ujar(
            f"“{box.nama}” dalam referensi bernama “{ref.nama}”.", kolom="nama", nilai=f"{box.nama}|{ref.id}"
        )


@cek(
    "jenjang-tidak-dikenal",
    "Jenjang jabatan tidak dikenal",
    "galat",
    "posisi",
    apa="Kode jenjang tidak ada dalam daftar jenjang.",
    sebab="Jenjang yang tidak dikenal tidak dapat disimpan maupun dikirim.",
    sumber=sumber.JF,
    perbaikan="Pilih jenjang dari daftar.",
    contoh="Jenjang “AHLI”.",
)
def jenjang_tidak_dikenal(s: Subjek) -> Iterator[Ujar]:
    """The code is in the list (PermenPANRB 1/2023; domain 3.1)."""
    box = s.posisi()
    if box.jenjang and box.jenjang not in s.view.acuan.jenjang:
        yield Ujar(
            f"Jenjang {box.jenjang} pada {box.nama} tidak dikenal.", kolom="jenjang", nilai=box.jenjang
        )


@cek(
    "jenjang-beda-referensi",
    "Jenjang berbeda dari referensi",
    "peringatan",
    "posisi",
    apa="Jenjang kotak berbeda dari jenjang jabatan itu dalam referensi.",
    sebab="Jenjang menentukan kelas, pangkat, dan BUP; nama jabatan fungsional sudah memuat jenjangnya.",
    sumber=f"{sumber.JF}; {sumber.REFERENSI}",
    perbaikan="Pilih jabatan dengan jenjang yang benar.",
    contoh="Analis Kebijakan Ahli Pertama dengan jenjang Ahli Muda.",
)
def jenjang_beda_referensi(s: Subjek) -> Iterator[Ujar]:
    """The jenjang is that of the reference list (PermenPANRB 1/2023)."""
    box, ref = s.posisi(), _acuan(s)
    if ref is None or not ref.jenjang or not box.jenjang or ref.jenjang == box.jenjang:
        return
    names = s.view.acuan.jenjang
    yield Ujar(
        f"{box.nama} tercatat berjenjang {names.get(box.jenjang, box.jenjang)}, dalam referensi"
        f" {names.get(ref.jenjang, ref.jenjang)}.",
        kolom="jenjang",
        nilai=box.jenjang,
    )


@cek(
    "jf-tanpa-jenjang",
    "Jabatan fungsional tanpa jenjang",
    "peringatan",
    "posisi",
    apa="Jabatan fungsional tidak mencantumkan jenjang, dan referensi tidak memuatnya.",
    sebab="Tanpa jenjang, kelas dan pangkatnya tidak dapat diperiksa.",
    sumber=sumber.JF,
    perbaikan="Pilih jabatan fungsional yang berjenjang.",
    contoh="“Perawat” tanpa jenjang.",
)
def jf_tanpa_jenjang(s: Subjek) -> Iterator[Ujar]:
    """A JF has a jenjang (PermenPANRB 1/2023)."""
    box, ref = s.posisi(), _acuan(s)
    if box.jenis == "fungsional" and not box.jenjang and not (ref is not None and ref.jenjang):
        yield Ujar(f"{box.nama} belum mencantumkan jenjang.", kolom="jenjang")


@cek(
    "jabatan-ganda",
    "Jabatan yang sama dua kali pada satu unit",
    "peringatan",
    "unor",
    apa="Dua kotak pada satu unit menunjuk jabatan dan jenjang yang sama; pimpinan tidak dihitung.",
    sebab="Satu jabatan cukup satu kotak dengan K keseluruhan; kotak ganda menggandakan kebutuhan.",
    sumber=f"{sumber.PERBKN_9_2022}; {sumber.REKOMENDASI}",
    perbaikan="Jumlahkan K pada satu kotak, lalu hapus yang lain dengan menyebutnya sebagai penerus.",
    contoh="Dua kotak Pengelola Data pada Bidang Aset.",
)
def jabatan_ganda(s: Subjek) -> Iterator[Ujar]:
    """One box per jabatan and unit (rekomendasi)."""
    groups: dict[tuple[int, str | None], list[int]] = defaultdict(list)
    names: dict[int, str] = {}
    for box in s.kotak():
        if box.jabatan_id is not None and not box.kepala:
            groups[box.jabatan_id, box.jenjang].append(box.id)
            names[box.id] = box.nama
    for ids in groups.values():
        for extra in ids[1:]:
            yield Ujar(
                f"{names[extra]} tercantum {angka(len(ids))} kali pada {s.unor().nama}.",
                pada=("posisi", extra),
            )
