"""Levels: is the eselon of a unit known, and does it fit the unit above?

Comparisons of two levels are checks of the upper unit, told about the lower one (``rules.jejak``).
"""

from __future__ import annotations

from collections.abc import Iterator

from petajabatan.usulan.rules.cek import sumber
from petajabatan.usulan.rules.cek.dasar import Subjek, Ujar, cek
from petajabatan.usulan.rules.cek.istilah import JENIS_UPT, pangkat, tingkat_eselon, tulis_eselon


@cek(
    "eselon-tidak-dikenal",
    "Kode eselon tidak dikenal",
    "galat",
    "unor",
    apa="Kode eselon unit tidak ada dalam daftar eselon.",
    sebab="Kode yang tidak dikenal tidak dapat dikirim ke SIASN dan tidak dapat disimpan.",
    sumber=sumber.ESELON_SIASN,
    perbaikan="Pilih eselon dari daftar, atau kosongkan bila unitnya tidak bereselon.",
    contoh="Eselon “IV” alih-alih 41 (IV.a).",
)
def eselon_tidak_dikenal(s: Subjek) -> Iterator[Ujar]:
    """The code is in SIASN's list (domain 3.1)."""
    unit = s.unor()
    if unit.eselon and unit.eselon not in s.view.acuan.eselon:
        yield Ujar(f"Eselon {unit.eselon} pada {unit.nama} tidak dikenal.", kolom="eselon", nilai=unit.eselon)


@cek(
    "eselon-terbalik",
    "Eselon unit lebih tinggi daripada unit atasannya",
    "galat",
    "unor",
    apa="Tingkat eselon (I–V) unit di bawah lebih tinggi daripada tingkat unit di atasnya.",
    sebab="Pejabat tidak membawahkan unit yang tingkatnya lebih tinggi.",
    sumber=f"{sumber.PP_18_2016}; {sumber.UU_20_2023}",
    perbaikan="Betulkan eselonnya, atau pindahkan unit itu ke bawah unit yang setingkat atau lebih tinggi.",
    contoh="Dinas (II.b) di bawah Bagian (III.a).",
)
def eselon_terbalik(s: Subjek) -> Iterator[Ujar]:
    """No unit stands above the level of the unit it reports to (PP 18/2016; UU 20/2023)."""
    acuan, unit = s.view.acuan, s.unor()
    mine = tingkat_eselon(acuan, unit)
    for child in s.anak():
        level = tingkat_eselon(acuan, child)
        if mine is not None and level is not None and level < mine:
            yield Ujar(
                f"{child.nama} ({tulis_eselon(child.eselon)}) berada di bawah {unit.nama}"
                f" ({tulis_eselon(unit.eselon)}) yang eselonnya lebih rendah.",
                kolom="eselon",
                pada=("unor", child.id),
            )


@cek(
    "eselon-setingkat",
    "Eselon unit tidak lebih rendah daripada unit atasannya",
    "peringatan",
    "unor",
    apa="Unit struktural bereselon sama dengan, atau setengah tingkat di atas, unit atasannya.",
    sebab="Biasanya unit bawahan setingkat lebih rendah; yang setara lazimnya berdiri sendiri.",
    sumber=f"{sumber.PP_18_2016}; {sumber.REKOMENDASI}",
    perbaikan="Periksa eselonnya pada naskah peraturan; biarkan bila memang demikian.",
    contoh="Bidang (III.a) di bawah Sekretariat (III.a).",
)
def eselon_setingkat(s: Subjek) -> Iterator[Ujar]:
    """A structural unit usually stands below the level of its head unit (PP 18/2016; rekomendasi)."""
    acuan, unit = s.view.acuan, s.unor()
    mine = pangkat(acuan, unit)
    for child in s.anak():
        rank = pangkat(acuan, child)
        if mine is None or rank is None or child.jenis in JENIS_UPT:
            continue
        if rank <= mine and rank // 10 == mine // 10:
            yield Ujar(
                f"{child.nama} ({tulis_eselon(child.eselon)}) tidak lebih rendah daripada atasannya"
                f" {unit.nama} ({tulis_eselon(unit.eselon)}).",
                kolom="eselon",
                pada=("unor", child.id),
            )


@cek(
    "eselon-melompat",
    "Eselon melompati satu tingkat",
    "peringatan",
    "unor",
    apa="Unit struktural dua tingkat eselon atau lebih di bawah atasannya; UPT, sekolah, dan faskes tidak.",
    sebab="Tingkat yang dilompati sering berarti unit antara lupa dimasukkan atau eselonnya salah ketik.",
    sumber=f"{sumber.PP_18_2016}; {sumber.REKOMENDASI}",
    perbaikan="Tambahkan unit antaranya, atau betulkan eselonnya.",
    contoh="Seksi (IV.a) langsung di bawah Dinas (II.b).",
)
def eselon_melompat(s: Subjek) -> Iterator[Ujar]:
    """A level is left out between a unit and its structural children (rekomendasi)."""
    acuan, unit, limit = s.view.acuan, s.unor(), s.batas("eselon_lompat")
    mine = tingkat_eselon(acuan, unit)
    for child in s.anak():
        level = tingkat_eselon(acuan, child)
        if mine is None or level is None or limit is None or child.jenis != "struktural":
            continue
        if level - mine >= limit:
            yield Ujar(
                f"{child.nama} ({tulis_eselon(child.eselon)}) langsung di bawah {unit.nama}"
                f" ({tulis_eselon(unit.eselon)}).",
                kolom="eselon",
                pada=("unor", child.id),
            )


@cek(
    "struktural-tanpa-eselon",
    "Unit struktural tanpa eselon",
    "peringatan",
    "unor",
    apa="Unit berjenis struktural, selain unit puncak, tidak mempunyai eselon.",
    sebab="Kelas jabatan dan tunjangan pimpinan mengikuti eselon; tim kerja berjenis kelompok.",
    sumber=f"{sumber.ESELON_SIASN}; {sumber.PENYEDERHANAAN}",
    perbaikan="Isi eselonnya, atau ubah jenisnya menjadi kelompok bila berupa tim kerja.",
    contoh="Bidang Aset tanpa eselon.",
)
def struktural_tanpa_eselon(s: Subjek) -> Iterator[Ujar]:
    """A structural unit has an eselon (SIASN's list)."""
    unit = s.unor()
    if unit.jenis == "struktural" and unit.atasan_id is not None and unit.eselon in (None, "", "00", "99"):
        yield Ujar(f"{unit.nama} berjenis struktural tetapi tidak bereselon.", kolom="eselon")


@cek(
    "eselon-v",
    "Eselon V tidak lagi menjadi jabatan ASN",
    "peringatan",
    "unor",
    apa="Unit bereselon V.a atau V.b.",
    sebab="Jabatan manajerial terendah adalah pengawas (eselon IV); eselon V tidak punya padanannya.",
    sumber=sumber.UU_20_2023,
    perbaikan="Usulkan penataan: jadikan kelompok, atau hapus dengan penerusnya.",
    contoh="Urusan Tata Usaha SMP (V.a).",
)
def eselon_v(s: Subjek) -> Iterator[Ujar]:
    """Eselon V has no jabatan ASN (UU 20/2023; domain 3.1)."""
    if tingkat_eselon(s.view.acuan, s.unor()) == 5:
        yield Ujar(
            f"{s.unor().nama} bereselon {tulis_eselon(s.unor().eselon)}, tidak lagi menjadi jabatan ASN.",
            kolom="eselon",
        )


@cek(
    "kelompok-bereselon",
    "Kelompok atau tim kerja bereselon",
    "peringatan",
    "unor",
    apa="Unit berjenis kelompok mempunyai eselon.",
    sebab="Tim kerja hasil penyederhanaan bukan unit struktural dan tidak mempunyai jabatan pengawas.",
    sumber=sumber.PENYEDERHANAAN,
    perbaikan="Kosongkan eselonnya, atau ubah jenisnya menjadi struktural bila memang unit struktural.",
    contoh="Tim Kerja Mutasi dengan eselon IV.a.",
)
def kelompok_bereselon(s: Subjek) -> Iterator[Ujar]:
    """A working team has no eselon (PermenPANRB 25/2021, 7/2022)."""
    unit = s.unor()
    if unit.jenis == "kelompok" and tingkat_eselon(s.view.acuan, unit) is not None:
        yield Ujar(
            f"{unit.nama} berupa kelompok tetapi bereselon {tulis_eselon(unit.eselon)}.", kolom="eselon"
        )
