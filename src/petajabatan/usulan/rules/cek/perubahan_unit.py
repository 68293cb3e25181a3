"""What the draft changed about a unit that was published: rule C and changes that need a reason."""

from __future__ import annotations

from collections.abc import Iterator

from petajabatan.jabatan.rules.beda import IsiUnor
from petajabatan.usulan.rules.cek import sumber
from petajabatan.usulan.rules.cek.dasar import Subjek, Ujar, cek
from petajabatan.usulan.rules.cek.istilah import baku, pangkat, tingkat_eselon, tulis_eselon
from petajabatan.usulan.rules.nama import nilai_perubahan_nama


@cek(
    "nama-bukan-koreksi",
    "Perubahan nama unit melebihi koreksi salah ketik",
    "galat",
    "unor",
    apa="Nama unit, atau nama jabatan pimpinannya, berbeda dari yang terbit melebihi ambang koreksi.",
    sebab="Nama baru karena peraturan baru berarti unit baru; riwayat pegawai harus tetap terbaca.",
    sumber=sumber.ATURAN_C,
    perbaikan="Kembalikan namanya, lalu pakai Ganti nama: unit baru menggantikan yang lama.",
    contoh="“Bidang Anggaran” menjadi “Bidang Perbendaharaan” lewat lembar kerja.",
)
def nama_bukan_koreksi(s: Subjek) -> Iterator[Ujar]:
    """A rename beyond a typing error, whichever way it came in (rule C)."""
    if s.terbit is None:
        return
    old, new = s.unor_lama(), s.unor()
    for column, before, after in (
        ("nama", old.nama, new.nama),
        ("nama_jabatan", old.nama_jabatan, new.nama_jabatan),
    ):
        if before == after or not before:
            continue
        verdict = nilai_perubahan_nama(before, after, s.view.acuan.nama)
        if verdict.putusan == "reorganisasi":
            yield Ujar(
                f"“{before}” menjadi “{after}” bukan koreksi salah ketik"
                f" (jarak {verdict.jarak}, ambang {verdict.ambang}).",
                kolom=column,
                nilai=f"{column}: jarak {verdict.jarak} (ambang {verdict.ambang})",
            )


@cek(
    "nama-dan-dasar-berubah",
    "Nama dan dasar hukum unit berubah bersama",
    "peringatan",
    "unor",
    apa="Usulan mengoreksi nama unit dan sekaligus memperbarui dasar hukumnya.",
    sebab="Nama yang berubah bersama peraturannya lebih mungkin unit baru daripada salah ketik.",
    sumber=f"{sumber.ATURAN_C}; {sumber.ATURAN_D}",
    perbaikan="Pastikan naskah lama dan baru menulis nama yang sama; bila tidak, pakai Ganti nama.",
    contoh="“Seksi Pendatan” menjadi “Seksi Pendataan” bersamaan dengan beralih ke Perbup 12/2024.",
)
def nama_dan_dasar_berubah(s: Subjek) -> Iterator[Ujar]:
    """A changed legal basis makes a rename suspect (rule C)."""
    if s.terbit is None:
        return
    old, new = s.unor_lama(), s.unor()
    if old.dasar_hukum_id not in (None, new.dasar_hukum_id) and baku(old.nama) != baku(new.nama):
        yield Ujar(
            f"Nama “{old.nama}” menjadi “{new.nama}” bersama dasar hukumnya.", kolom="nama", nilai=new.nama
        )


@cek(
    "eselon-berubah-tanpa-dasar",
    "Eselon berubah tanpa dasar hukum baru",
    "peringatan",
    "unor",
    apa="Eselon unit berbeda dari yang terbit, sedangkan dasar hukumnya tetap.",
    sebab="Eselon ditetapkan peraturan; perubahan tanpa peraturan baru adalah koreksi data yang perlu bukti.",
    sumber=f"{sumber.PP_18_2016}; {sumber.ATURAN_D}",
    perbaikan="Perbarui dasar hukumnya, atau lampirkan naskah yang menunjukkan eselon yang benar.",
    contoh="Bidang Aset dari III.b menjadi III.a dengan Perbup yang sama.",
)
def eselon_berubah_tanpa_dasar(s: Subjek) -> Iterator[Ujar]:
    """The eselon comes from the regulation (PP 18/2016)."""
    if s.terbit is None:
        return
    old, new = s.unor_lama(), s.unor()
    if pangkat(s.view.acuan, old) != pangkat(s.view.acuan, new) and old.dasar_hukum_id == new.dasar_hukum_id:
        yield Ujar(
            f"Eselon {new.nama} berubah dari {tulis_eselon(old.eselon)} menjadi {tulis_eselon(new.eselon)}"
            " tanpa dasar hukum baru.",
            kolom="eselon",
            nilai=new.eselon or "",
        )


@cek(
    "jenis-unit-berubah",
    "Jenis unit berubah",
    "peringatan",
    "unor",
    apa="Jenis unit berbeda dari yang terbit.",
    sebab="Bidang yang menjadi UPT atau tim kerja biasanya unit baru menurut peraturan.",
    sumber=f"{sumber.ATURAN_C}; {sumber.REKOMENDASI}",
    perbaikan="Biarkan bila jenisnya semula salah isi; selain itu tambahkan unit baru dan hapus yang lama.",
    contoh="Seksi Pasar dari struktural menjadi UPT.",
)
def jenis_unit_berubah(s: Subjek) -> Iterator[Ujar]:
    """Another kind of unit is mostly another unit (rule C; rekomendasi)."""
    if s.terbit is not None and s.unor_lama().jenis != s.unor().jenis:
        yield Ujar(
            f"Jenis {s.unor().nama} berubah dari {s.unor_lama().jenis} menjadi {s.unor().jenis}.",
            kolom="jenis",
            nilai=s.unor().jenis,
        )


@cek(
    "pindah-antar-tingkat",
    "Unit pindah ke atasan yang berbeda tingkat",
    "peringatan",
    "unor",
    apa="Unit dipindahkan dari atasan satu tingkat eselon ke atasan tingkat eselon yang lain.",
    sebab="Perubahan tingkat atasan mengubah garis tanggung jawab dan biasanya memerlukan peraturan.",
    sumber=f"{sumber.PP_18_2016}; {sumber.REKOMENDASI}",
    perbaikan="Periksa unit tujuannya, dan sebutkan dasar hukum pemindahannya.",
    contoh="Seksi Data dari bawah Bidang (III) pindah langsung ke bawah Dinas (II).",
)
def pindah_antar_tingkat(s: Subjek) -> Iterator[Ujar]:
    """A moved unit changes the level it reports to (rekomendasi)."""
    mine = tingkat_eselon(s.view.acuan, s.unor())
    children = s.anak()
    base = s.view.terbit("unor", [child.id for child in children])
    for child in children:
        old = base.get(child.id)
        if not isinstance(old, IsiUnor) or old.atasan_id in (None, s.id):
            continue
        before = s.view.terbit("unor", [old.atasan_id]).get(old.atasan_id)
        level = tingkat_eselon(s.view.acuan, before) if isinstance(before, IsiUnor) else None
        if before is not None and None not in (mine, level) and mine != level:
            yield Ujar(
                f"{child.nama} pindah dari bawah {before.nama} ke bawah {s.unor().nama}"
                " yang berbeda tingkat.",
                kolom="atasan_id",
                pada=("unor", child.id),
            )


@cek(
    "hapus-lalu-tambah",
    "Unit dihapus lalu ditambahkan lagi dengan nama hampir sama",
    "peringatan",
    "unor",
    apa="Usulan menghapus satu unit dan menambahkan unit senama, atau beda salah ketik, di tempat itu.",
    sebab="Menghapus dan menambah memutus riwayat; salah ketik cukup dikoreksi.",
    sumber=sumber.ATURAN_C,
    perbaikan="Urungkan keduanya, lalu pakai Koreksi nama.",
    contoh="“Seksi Pendatan” dihapus, “Seksi Pendataan” ditambahkan.",
)
def hapus_lalu_tambah(s: Subjek) -> Iterator[Ujar]:
    """Removed and added again under nearly the same name at the same place (rule C)."""
    gone = s.view.terbit("unor", s.dihapus_dari("unor"))
    if not gone:
        return
    children = s.anak()
    base = s.view.terbit("unor", [child.id for child in children])
    for child in children:
        if child.id in base:
            continue
        for old in gone.values():
            if nilai_perubahan_nama(old.nama, child.nama, s.view.acuan.nama).putusan != "reorganisasi":
                yield Ujar(
                    f"“{old.nama}” dihapus dan “{child.nama}” ditambahkan di bawah {s.unor().nama};"
                    " namanya hanya berbeda salah ketik.",
                    kolom="nama",
                    pada=("unor", child.id),
                )
                break
