"""The shape of the tree: span of control, layers, kinds of unit, places, codes of others."""

from __future__ import annotations

from collections.abc import Iterator

from petajabatan.jabatan.rules.abk.angka import write_number as angka
from petajabatan.usulan.rules.cek import sumber
from petajabatan.usulan.rules.cek.dasar import Subjek, Ujar, cek
from petajabatan.usulan.rules.cek.istilah import sebut, tingkat_eselon

_BUKAN_INDUK = {
    "sekolah": frozenset({"sekolah", "faskes", "kecamatan", "kelurahan"}),
    "faskes": frozenset({"sekolah", "kecamatan", "kelurahan"}),
}
"""Kinds of unit that no school, or health facility, stands below."""
_SEBUT = {"sekolah": "Sekolah", "faskes": "Fasilitas kesehatan"}


@cek(
    "rentang-kendali-lebar",
    "Terlalu banyak unit di bawah satu unit",
    "peringatan",
    "unor",
    apa="Unit struktural bereselon membawahkan langsung lebih banyak unit struktural daripada"
    " `rentang_kendali_maks`; UPT, sekolah, dan kecamatan tidak dihitung.",
    sebab="Rentang yang terlalu lebar tidak dapat dikendalikan; peraturan membatasi jumlah bidang dan seksi.",
    sumber=f"{sumber.PP_18_2016}; batas: {sumber.REKOMENDASI}",
    perbaikan="Periksa susunannya: biasanya unit antara terlewat atau unit salah tempat.",
    contoh="Dinas dengan 16 bidang langsung di bawahnya.",
)
def rentang_lebar(s: Subjek) -> Iterator[Ujar]:
    """Span of control, upper limit (PP 18/2016 limits bidang and seksi; figure: rekomendasi)."""
    limit, unit = s.batas("rentang_kendali_maks"), s.unor()
    if limit is None or unit.jenis != "struktural" or tingkat_eselon(s.view.acuan, unit) is None:
        return
    n = sum(child.jenis == "struktural" for child in s.anak())
    if n > limit:
        yield Ujar(
            f"{unit.nama} membawahkan langsung {angka(n)} unit struktural, lebih dari {angka(limit)}.",
            nilai=str(n),
        )


@cek(
    "rentang-kendali-sempit",
    "Hanya satu unit di bawah unit struktural",
    "catatan",
    "unor",
    apa="Unit eselon I–III membawahkan unit struktural kurang dari `rentang_kendali_min` tetapi tidak nol.",
    sebab="Satu tingkat jabatan untuk satu unit bawahan biasanya dapat disederhanakan.",
    sumber=f"{sumber.PENYEDERHANAAN}; batas: {sumber.REKOMENDASI}",
    perbaikan="Pertimbangkan menggabungkan keduanya; lengkapi bila unit lain belum dimasukkan.",
    contoh="Bidang Aset dengan satu seksi saja.",
)
def rentang_sempit(s: Subjek) -> Iterator[Ujar]:
    """Span of control, lower limit (PermenPANRB 25/2021; figure: rekomendasi)."""
    limit, unit = s.batas("rentang_kendali_min"), s.unor()
    level = tingkat_eselon(s.view.acuan, unit)
    n = sum(child.jenis == "struktural" for child in s.anak())
    if limit is not None and unit.jenis == "struktural" and level in (1, 2, 3) and 0 < n < limit:
        yield Ujar(f"{unit.nama} hanya membawahkan {n} unit struktural.", nilai=str(n))


@cek(
    "unit-di-bawah-pengawas",
    "Unit struktural di bawah tingkat pengawas",
    "peringatan",
    "unor",
    apa="Unit struktural eselon IV atau V membawahkan unit struktural; UPT dan kelurahan tidak diperiksa.",
    sebab="Pengawas adalah tingkat manajerial terendah; lapisan di bawahnya menambah kedalaman bagan.",
    sumber=f"{sumber.UU_20_2023}; {sumber.PENYEDERHANAAN}",
    perbaikan="Pindahkan unit itu setingkat lebih tinggi, atau jadikan kelompok tanpa eselon.",
    contoh="Seksi Data (IV.a) membawahkan Subseksi Statistik.",
)
def unit_di_bawah_pengawas(s: Subjek) -> Iterator[Ujar]:
    """Depth of the structural layers: nothing structural below pengawas (UU 20/2023)."""
    if s.unor().jenis != "struktural" or (tingkat_eselon(s.view.acuan, s.unor()) or 0) < 4:
        return
    for child in s.anak():
        if child.jenis == "struktural":
            yield Ujar(
                f"{child.nama} unit struktural di bawah {s.unor().nama}, yang sudah tingkat pengawas.",
                pada=("unor", child.id),
            )


@cek(
    "kelompok-bertingkat",
    "Kelompok atau tim kerja bertingkat",
    "peringatan",
    "unor",
    apa="Unit berjenis kelompok membawahkan unit struktural atau kelompok lain.",
    sebab="Tim kerja tidak bertingkat; unit di bawahnya menambah lapisan yang justru disederhanakan.",
    sumber=sumber.PENYEDERHANAAN,
    perbaikan="Pindahkan unit itu ke bawah unit struktural di atas kelompoknya.",
    contoh="Tim Kerja Mutasi membawahkan Tim Kerja Pensiun.",
)
def kelompok_bertingkat(s: Subjek) -> Iterator[Ujar]:
    """A working team has no units below it (PermenPANRB 7/2022)."""
    below = [child.nama for child in s.anak() if child.jenis in ("struktural", "kelompok")]
    if s.unor().jenis == "kelompok" and below:
        yield Ujar(f"{s.unor().nama} berupa kelompok tetapi membawahkan {sebut(below)}.")


@cek(
    "unit-tanpa-jabatan",
    "Unit tanpa satu jabatan pun",
    "peringatan",
    "unor",
    apa="Unit tidak mempunyai jabatan dan tidak membawahkan unit lain.",
    sebab="Peta jabatan memuat jabatan setiap unit; unit kosong tidak dapat diberi kebutuhan.",
    sumber=sumber.PERBKN_9_2022,
    perbaikan="Tambahkan jabatannya, atau hapus unitnya bila tidak dipakai.",
    contoh="Seksi Data ditambahkan tanpa jabatan.",
)
def unit_tanpa_jabatan(s: Subjek) -> Iterator[Ujar]:
    """A unit has boxes (PerBKN 9/2022 Ps 48)."""
    if not s.kotak() and not s.anak():
        yield Ujar(f"{s.unor().nama} tidak mempunyai jabatan maupun unit bawahan.")


@cek(
    "unit-tanpa-staf",
    "Unit hanya berisi pimpinannya",
    "catatan",
    "unor",
    apa="Unit eselon IV tanpa unit bawahan hanya mempunyai jabatan pimpinan.",
    sebab="Seksi atau subbagian tanpa staf tidak dapat bekerja, atau jabatannya belum dimasukkan.",
    sumber=f"{sumber.PERMENPANRB_1_2020}; {sumber.REKOMENDASI}",
    perbaikan="Tambahkan jabatan pelaksana atau fungsionalnya.",
    contoh="Seksi Data hanya berisi Kepala Seksi Data.",
)
def unit_tanpa_staf(s: Subjek) -> Iterator[Ujar]:
    """A seksi has staff (rekomendasi)."""
    boxes = s.kotak()
    alone = bool(boxes) and all(box.kepala for box in boxes) and not s.anak()
    if alone and tingkat_eselon(s.view.acuan, s.unor()) == 4:
        yield Ujar(f"{s.unor().nama} hanya berisi jabatan pimpinannya.")


@cek(
    "kelurahan-di-luar-kecamatan",
    "Kelurahan tidak di bawah kecamatan",
    "galat",
    "unor",
    apa="Unit berjenis kelurahan berada langsung di bawah unit yang bukan kecamatan.",
    sebab="Lurah adalah perangkat kecamatan dan bertanggung jawab kepada camat.",
    sumber=sumber.PP_17_2018,
    perbaikan="Pindahkan kelurahannya ke bawah kecamatannya, atau betulkan jenis unitnya.",
    contoh="Kelurahan Leteh di bawah Sekretariat Daerah.",
)
def kelurahan_di_luar_kecamatan(s: Subjek) -> Iterator[Ujar]:
    """A kelurahan belongs to a kecamatan (UU 23/2014; PP 17/2018)."""
    if s.unor().jenis == "kecamatan":
        return
    for child in s.anak():
        if child.jenis == "kelurahan":
            yield Ujar(
                f"{child.nama} berupa kelurahan tetapi berada di bawah {s.unor().nama}.",
                kolom="jenis",
                pada=("unor", child.id),
            )


@cek(
    "layanan-salah-tempat",
    "Sekolah atau faskes di bawah unit yang tidak membawahkannya",
    "peringatan",
    "unor",
    apa="Sekolah atau faskes di bawah kecamatan, kelurahan, atau sekolah lain; sekolah di bawah faskes.",
    sebab="Satuan pendidikan dan fasilitas kesehatan adalah unit pelaksana dinas, bukan perangkat kecamatan.",
    sumber=sumber.PP_18_2016,
    perbaikan="Pindahkan ke bawah dinas, UPT, atau koordinator wilayahnya.",
    contoh="SD Negeri Leteh di bawah Kecamatan Rembang.",
)
def layanan_salah_tempat(s: Subjek) -> Iterator[Ujar]:
    """Schools and health facilities belong to a dinas or UPT (PP 18/2016)."""
    for child in s.anak():
        if s.unor().jenis in _BUKAN_INDUK.get(child.jenis, ()):
            yield Ujar(
                f"{_SEBUT[child.jenis]} {child.nama} berada di bawah {s.unor().nama} ({s.unor().jenis}).",
                kolom="jenis",
                pada=("unor", child.id),
            )


@cek(
    "wilayah-kosong",
    "Kecamatan atau kelurahan tanpa kode wilayah",
    "peringatan",
    "unor",
    apa="Unit berjenis kecamatan atau kelurahan tidak mencantumkan kode wilayah.",
    sebab="Kode wilayah menghubungkan unit dengan penduduk, sekolah, dan faskes di wilayahnya.",
    sumber=f"kode wilayah administrasi Kemendagri; {sumber.PP_17_2018}",
    perbaikan="Isi kode wilayahnya lewat Ubah unit.",
    contoh="Kecamatan Lasem tanpa kode 33.17.14.",
)
def wilayah_kosong(s: Subjek) -> Iterator[Ujar]:
    """A kecamatan or kelurahan names its region (Kemendagri codes)."""
    unit = s.unor()
    if unit.jenis in ("kecamatan", "kelurahan") and not unit.wilayah:
        yield Ujar(f"{unit.nama} belum mencantumkan kode wilayah.", kolom="wilayah")


@cek(
    "wilayah-tidak-cocok",
    "Kode wilayah kelurahan di luar kecamatannya",
    "peringatan",
    "unor",
    apa="Kode wilayah kelurahan tidak diawali kode wilayah kecamatan di atasnya.",
    sebab="Kelurahan berada dalam wilayah kecamatannya; kode yang lain berarti salah tempat atau salah kode.",
    sumber=f"kode wilayah administrasi Kemendagri; {sumber.PP_17_2018}",
    perbaikan="Betulkan kode wilayahnya, atau pindahkan kelurahannya.",
    contoh="Kelurahan 33.17.10.1001 di bawah Kecamatan 33.17.14.",
)
def wilayah_tidak_cocok(s: Subjek) -> Iterator[Ujar]:
    """The code of a kelurahan begins with that of its kecamatan (Kemendagri codes)."""
    unit = s.unor()
    if unit.jenis != "kecamatan" or not unit.wilayah:
        return
    for child in s.anak():
        inside = (
            not child.wilayah or child.wilayah == unit.wilayah or child.wilayah.startswith(unit.wilayah + ".")
        )
        if child.jenis == "kelurahan" and not inside:
            yield Ujar(
                f"Kode wilayah {child.nama} ({child.wilayah}) di luar {unit.nama} ({unit.wilayah}).",
                kolom="wilayah",
                pada=("unor", child.id),
            )


@cek(
    "layanan-tanpa-kode",
    "Sekolah atau faskes tanpa kode luar",
    "catatan",
    "unor",
    apa="Sekolah tanpa NPSN, atau faskes tanpa kode puskesmas, rumah sakit, Satusehat, atau SISDMK.",
    sebab="Tanpa kode itu data murid, tenaga kesehatan, dan kunjungan tidak dapat disandingkan.",
    sumber=f"{sumber.REKOMENDASI}; kode: docs/impor-unor.md",
    perbaikan="Isi kodenya lewat Impor unor (lembar Kode); unit baru: ambil dari master pembina.",
    contoh="SD Negeri Leteh tanpa NPSN.",
)
def layanan_tanpa_kode(s: Subjek) -> Iterator[Ujar]:
    """Schools and health facilities are known to others by a code (rekomendasi)."""
    unit = s.unor()
    wanted = {"sekolah": {"npsn"}, "faskes": {"puskesmas", "rs", "satusehat", "sisdmk"}}.get(unit.jenis)
    if wanted and not wanted & s.view.kode([s.id]).get(s.id, frozenset()):
        yield Ujar(f"{_SEBUT[unit.jenis]} {unit.nama} belum mempunyai kode luar.")


@cek(
    "pegawai-tanpa-jabatan",
    "Pegawai pada unit tanpa jabatan",
    "catatan",
    "unor",
    apa="Ada pegawai yang tercatat pada unit ini tetapi tidak menduduki satu jabatan pun.",
    sebab="Pegawai tanpa jabatan tidak terhitung pada B jabatan mana pun.",
    sumber=f"{sumber.PERBKN_9_2022}: jumlah pegawai per jabatan",
    perbaikan="Tambahkan jabatannya, lalu tempatkan pegawainya.",
    contoh="3 pegawai tercatat pada Bidang Aset tanpa jabatan.",
)
def pegawai_tanpa_jabatan(s: Subjek) -> Iterator[Ujar]:
    """Everybody sits on a box (PerBKN 9/2022 Ps 48)."""
    n = s.view.orang_tanpa_kotak([s.id]).get(s.id, 0)
    if n:
        yield Ujar(f"{angka(n)} pegawai tercatat pada {s.unor().nama} tanpa jabatan.", nilai=str(n))
