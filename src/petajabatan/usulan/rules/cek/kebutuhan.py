"""K of a box: determined, founded, and in keeping with who sits there."""

from __future__ import annotations

from collections.abc import Iterator

from petajabatan.usulan.rules.cek import sumber
from petajabatan.usulan.rules.cek.dasar import Subjek, Ujar, cek


@cek(
    "k-kosong",
    "Kebutuhan belum ditetapkan",
    "peringatan",
    "posisi",
    apa="K jabatan kosong (bukan nol).",
    sebab="Kebutuhan pegawai adalah bagian keempat peta jabatan; tanpa K tidak ada formasi.",
    sumber=sumber.PERBKN_9_2022,
    perbaikan="Isi K sesuai analisis beban kerja; isi 0 bila memang tidak diperlukan.",
    contoh="Pengelola Data tanpa K.",
)
def k_kosong(s: Subjek) -> Iterator[Ujar]:
    """A map gives the need of each jabatan (PerBKN 9/2022 Ps 48; domain 2.1)."""
    if s.posisi().k is None:
        yield Ujar(f"Kebutuhan {s.posisi().nama} belum ditetapkan.", kolom="k")


@cek(
    "k-di-bawah-b",
    "Kebutuhan lebih kecil daripada pegawai yang ada",
    "peringatan",
    "posisi",
    apa="K lebih dari nol tetapi lebih kecil daripada jumlah pegawai pada jabatan itu.",
    sebab="Kelebihan pegawai boleh ada, tetapi perlu rencana perpindahan atau angka yang diperiksa ulang.",
    sumber=f"{sumber.PERBKN_9_2022}; {sumber.REKOMENDASI}",
    perbaikan="Periksa angka kebutuhannya, atau rencanakan perpindahan pegawainya.",
    contoh="Pengelola Data K 2 dengan 5 pegawai.",
)
def k_di_bawah_b(s: Subjek) -> Iterator[Ujar]:
    """Fewer people needed than there are (domain 2.3: allowed, flagged)."""
    box, people = s.posisi(), s.orang()
    if box.k and people > box.k:
        yield Ujar(
            f"{box.nama}: K {box.k}, padahal {people} pegawai mendudukinya.", kolom="k", nilai=str(box.k)
        )


@cek(
    "k-nol-berpegawai",
    "Kebutuhan nol padahal ada pegawai",
    "peringatan",
    "posisi",
    apa="K nol, sedangkan ada pegawai pada jabatan itu.",
    sebab="Pegawai pada jabatan tanpa kebutuhan akan tampak sebagai kelebihan seluruhnya.",
    sumber=f"{sumber.REKOMENDASI} (K nol berpegawai harus diperbolehkan dan ditandai)",
    perbaikan="Isi K sesuai beban kerjanya, atau pindahkan pegawainya sebelum K menjadi nol.",
    contoh="Pengelola Data K 0 dengan 3 pegawai.",
)
def k_nol_berpegawai(s: Subjek) -> Iterator[Ujar]:
    """People on a box that needs nobody (domain 2.3: allowed, flagged)."""
    if s.posisi().k == 0 and s.orang():
        yield Ujar(f"{s.posisi().nama}: K 0, padahal {s.orang()} pegawai mendudukinya.", kolom="k")


@cek(
    "k-terlalu-besar",
    "Kebutuhan luar biasa besar",
    "peringatan",
    "posisi",
    apa="K satu kotak melebihi batas `k_kotak_maks`.",
    sebab="Angka sebesar itu pada satu jabatan di satu unit biasanya salah ketik.",
    sumber=f"batas: {sumber.REKOMENDASI}",
    perbaikan="Periksa angkanya pada lembar analisis beban kerja.",
    contoh="Pengelola Data K 1200 alih-alih 12,00.",
)
def k_terlalu_besar(s: Subjek) -> Iterator[Ujar]:
    """K above the limit of the policy (rekomendasi)."""
    box, limit = s.posisi(), s.batas("k_kotak_maks")
    if limit is not None and box.k is not None and box.k > limit:
        yield Ujar(f"{box.nama}: K {box.k}, lebih dari {limit}.", kolom="k", nilai=str(box.k))


@cek(
    "k-berubah-tajam",
    "Kebutuhan berubah tajam",
    "peringatan",
    "posisi",
    apa="Usulan mengubah K sedikitnya `k_lonjak_kali` kali lipat dan `k_lonjak_orang` orang.",
    sebab="Beban kerja jarang berubah setajam itu tanpa perubahan tugas.",
    sumber=f"{sumber.PERMENPANRB_1_2020}; batas: {sumber.REKOMENDASI}",
    perbaikan="Lampirkan analisis beban kerjanya, atau betulkan angkanya.",
    contoh="K Pengelola Data dari 4 menjadi 40.",
)
def k_berubah_tajam(s: Subjek) -> Iterator[Ujar]:
    """K changed by far more than work usually does (rekomendasi)."""
    times, people = s.batas("k_lonjak_kali"), s.batas("k_lonjak_orang")
    if s.terbit is None or times is None or people is None:
        return
    old, new = s.posisi_lama().k, s.posisi().k
    if old is None or new is None or abs(new - old) < people:
        return
    if max(old, new) >= times * min(old, new):
        yield Ujar(f"K {s.posisi().nama} berubah dari {old} menjadi {new}.", kolom="k", nilai=f"{old}→{new}")


@cek(
    "k-tanpa-abk",
    "Kebutuhan baru tanpa informasi jabatan dan ABK",
    "catatan",
    "posisi",
    apa="K ditetapkan atau diubah usulan ini, sedangkan jabatannya tidak menunjuk informasi jabatan;"
    " jabatan pimpinan tidak diperiksa.",
    sebab="K pelaksana berasal dari analisis beban kerja; K fungsional dari pedoman instansi pembinanya.",
    sumber=sumber.PERMENPANRB_1_2020,
    perbaikan="Hubungkan informasi jabatannya beserta ABK, atau lampirkan rekomendasi instansi pembina.",
    contoh="K Pengelola Data diubah dari 3 menjadi 7 tanpa ABK.",
)
def k_tanpa_abk(s: Subjek) -> Iterator[Ujar]:
    """K that the draft sets has a workload analysis behind it (PermenPANRB 1/2020; domain 2.4)."""
    box = s.posisi()
    old = s.posisi_lama().k if s.terbit is not None else None
    if box.kepala or not box.k or box.k == old or box.infojab_id is not None:
        return
    change = f"ditetapkan {box.k}" if old is None else f"diubah dari {old} menjadi {box.k}"
    yield Ujar(f"K {box.nama} {change} tanpa informasi jabatan dan ABK.", kolom="k", nilai=str(box.k))


@cek(
    "tanpa-infojab",
    "Jabatan belum mempunyai informasi jabatan",
    "catatan",
    "posisi",
    apa="Jabatan dengan K lebih dari nol tidak menunjuk informasi jabatan.",
    sebab="Peta jabatan disusun dari hasil analisis jabatan; tanpa itu tugas dan syaratnya tidak diketahui.",
    sumber=sumber.PERMENPANRB_1_2020,
    perbaikan="Susun atau pilih informasi jabatannya.",
    contoh="Pengelola Data K 3 tanpa informasi jabatan.",
)
def tanpa_infojab(s: Subjek) -> Iterator[Ujar]:
    """A needed jabatan has its informasi jabatan (PermenPANRB 1/2020)."""
    box = s.posisi()
    if box.k and box.infojab_id is None:
        yield Ujar(f"{box.nama} belum mempunyai informasi jabatan.", kolom="infojab_id")
