"""Urusan pemerintahan of a unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from petajabatan.jabatan.rules.abk.angka import write_number as angka
from petajabatan.usulan.rules.cek import sumber
from petajabatan.usulan.rules.cek.dasar import Subjek, Ujar, cek
from petajabatan.usulan.rules.cek.istilah import sebut, tingkat_eselon

WAJIB = ("1.", "2.")
"""First digit of the code of an urusan wajib: 1 basic services, 2 others (Permendagri 90/2019)."""


@cek(
    "urusan-tidak-dikenal",
    "Kode urusan tidak dikenal",
    "galat",
    "unor",
    apa="Kode urusan unit tidak ada dalam daftar urusan pemerintahan.",
    sebab="Kode yang tidak dikenal tidak dapat dipakai layanan lain.",
    sumber=f"{sumber.UU_23_2014_12}; {sumber.PERMENDAGRI_90_2019}",
    perbaikan="Pilih urusan dari daftar.",
    contoh="Urusan “1.99”.",
)
def urusan_tidak_dikenal(s: Subjek) -> Iterator[Ujar]:
    """The code is in the list (UU 23/2014; Permendagri 90/2019)."""
    for code in s.unor().urusan:
        if code not in s.view.acuan.urusan:
            yield Ujar(f"Urusan {code} pada {s.unor().nama} tidak dikenal.", kolom="urusan", nilai=code)


@cek(
    "dinas-tanpa-urusan",
    "Dinas tanpa urusan pemerintahan",
    "peringatan",
    "unor",
    apa="Unit eselon II yang namanya diawali Dinas tidak mencantumkan satu urusan pun.",
    sebab="Dinas dibentuk untuk melaksanakan urusan; jumlah dan tipenya dinilai per urusan.",
    sumber=f"{sumber.PP_18_2016}; {sumber.UU_23_2014_12}",
    perbaikan="Isi urusannya lewat Ubah unit.",
    contoh="Dinas Kesehatan (II.b) tanpa urusan 1.02.",
)
def dinas_tanpa_urusan(s: Subjek) -> Iterator[Ujar]:
    """A dinas carries an urusan (PP 18/2016)."""
    unit = s.unor()
    if not unit.urusan and tingkat_eselon(s.view.acuan, unit) == 2 and unit.nama.lower().startswith("dinas "):
        yield Ujar(f"{unit.nama} belum mencantumkan urusan pemerintahan.", kolom="urusan")


@cek(
    "urusan-wajib-ganda",
    "Satu urusan wajib pada dua perangkat daerah",
    "peringatan",
    "unor",
    apa="Dua unit eselon II di bawah atasan yang sama mencantumkan urusan wajib yang sama.",
    sebab="Satu urusan dilaksanakan satu perangkat daerah; yang ganda biasanya salah isi atau pecahan dinas.",
    sumber=f"{sumber.PP_18_2016}; {sumber.UU_23_2014_12}",
    perbaikan="Hapus urusan itu dari yang tidak menanganinya; biarkan bila dibagi, misalnya 1.05 pada"
    " Satpol PP dan BPBD.",
    contoh="Urusan 1.01 pada Dinas Pendidikan dan Dinas Kebudayaan.",
)
def urusan_wajib_ganda(s: Subjek) -> Iterator[Ujar]:
    """One urusan wajib, one perangkat daerah (PP 18/2016)."""
    holders: dict[str, list[str]] = defaultdict(list)
    for child in s.anak():
        if tingkat_eselon(s.view.acuan, child) == 2:
            for code in set(child.urusan):
                if code.startswith(WAJIB):
                    holders[code].append(child.nama)
    for code, names in sorted(holders.items()):
        if len(names) > 1:
            shown = s.view.acuan.urusan.get(code, "")
            yield Ujar(
                f"Urusan {code} {shown} tercantum pada {angka(len(names))} unit: {sebut(names)}.",
                kolom="urusan",
                nilai=f"{code}:{len(names)}",
            )
