"""K of a box: determined, founded, and in keeping with who sits there."""

from __future__ import annotations

from collections.abc import Iterator

from petajabatan.jabatan.rules.abk.angka import write_number as angka
from petajabatan.jabatan.rules.abk.lembar import HasilLembar
from petajabatan.jabatan.rules.isian import isian_id
from petajabatan.usulan.rules.cek import sumber
from petajabatan.usulan.rules.cek.dasar import Subjek, Ujar, cek
from petajabatan.usulan.rules.hitungan import calculate
from petajabatan.usulan.rules.pandangan import isian_at


def lembar_abk(s: Subjek) -> HasilLembar | None:
    """The ABK sheet of the box, calculated; None without one."""
    row = isian_at(s.view, isian_id("abk", posisi_id=s.id))
    return None if row is None else calculate(s.view, row.isi, s.posisi().jenis)


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
            f"{box.nama}: K {angka(box.k)}, padahal {angka(people)} pegawai mendudukinya.",
            kolom="k",
            nilai=str(box.k),
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
        yield Ujar(f"{s.posisi().nama}: K 0, padahal {angka(s.orang())} pegawai mendudukinya.", kolom="k")


@cek(
    "k-terlalu-besar",
    "Kebutuhan luar biasa besar",
    "peringatan",
    "posisi",
    apa="K satu kotak melebihi batas `k_kotak_maks`.",
    sebab="Angka sebesar itu pada satu jabatan di satu unit biasanya salah ketik.",
    sumber=f"batas: {sumber.REKOMENDASI}",
    perbaikan="Periksa angkanya pada lembar analisis beban kerja.",
    contoh="Pengelola Data K 1.200 alih-alih 12,00.",
)
def k_terlalu_besar(s: Subjek) -> Iterator[Ujar]:
    """K above the limit of the policy (rekomendasi)."""
    box, limit = s.posisi(), s.batas("k_kotak_maks")
    if limit is not None and box.k is not None and box.k > limit:
        yield Ujar(
            f"{box.nama}: K {angka(box.k)}, lebih dari {angka(limit)}.",
            kolom="k",
            nilai=str(box.k),
        )


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
        told = f"K {s.posisi().nama} berubah dari {angka(old)} menjadi {angka(new)}."
        yield Ujar(told, kolom="k", nilai=f"{old}→{new}")


@cek(
    "k-tanpa-abk",
    "Kebutuhan baru tanpa ABK",
    "catatan",
    "posisi",
    apa="K ditetapkan atau diubah usulan ini, sedangkan jabatannya tidak mempunyai lembar ABK;"
    " jabatan pimpinan tidak diperiksa.",
    sebab="K pelaksana berasal dari analisis beban kerja; K fungsional dari pedoman instansi pembinanya.",
    sumber=sumber.PERMENPANRB_1_2020,
    perbaikan="Isi lembar ABK-nya, atau catat di sana rekomendasi instansi pembina.",
    contoh="K Pengelola Data diubah dari 3 menjadi 7 tanpa ABK.",
)
def k_tanpa_abk(s: Subjek) -> Iterator[Ujar]:
    """K that the draft sets has a workload analysis behind it (PermenPANRB 1/2020; domain 2.4)."""
    box = s.posisi()
    old = s.posisi_lama().k if s.terbit is not None else None
    if box.kepala or not box.k or box.k == old or lembar_abk(s) is not None:
        return
    now = angka(box.k)
    change = f"ditetapkan {now}" if old is None else f"diubah dari {angka(old)} menjadi {now}"
    yield Ujar(f"K {box.nama} {change} tanpa lembar ABK.", kolom="k", nilai=str(box.k))


@cek(
    "abk-belum-lengkap",
    "Lembar ABK belum dapat dihitung",
    "peringatan",
    "posisi",
    apa="Lembar ABK jabatan memuat baris tanpa volume atau norma, angka di luar batas, atau rekomendasi"
    " pembina yang belum lengkap.",
    sebab="Baris yang kosong bukan nol; selama ada yang kosong, K tidak dihitung dari lembarnya.",
    sumber=sumber.PERMENPANRB_1_2020,
    perbaikan="Buka lembar ABK-nya dan lengkapi baris yang ditandai.",
    contoh="Baris 3 berisi uraian dan volume tanpa norma waktu.",
)
def abk_belum_lengkap(s: Subjek) -> Iterator[Ujar]:
    """A sheet that cannot be calculated gives no K (PermenPANRB 1/2020; a gap is not a zero)."""
    sheet = lembar_abk(s)
    if sheet is None:
        return
    wrong = [t for t in sheet.temuan if t.tingkat == "galat"]
    if wrong:
        more = f" (dan {len(wrong) - 1} lagi)" if len(wrong) > 1 else ""
        yield Ujar(f"Lembar ABK {s.posisi().nama}: {wrong[0].kalimat}{more}", kolom="abk")


@cek(
    "k-beda-abk",
    "K tidak sama dengan hasil ABK",
    "peringatan",
    "posisi",
    apa="K jabatan berbeda dari K yang dihitung lembar ABK-nya (atau dari rekomendasi pembina di dalamnya);"
    " jabatan pimpinan tidak diperiksa.",
    sebab="K pada peta berasal dari ABK; dua angka yang berbeda tidak dapat dijelaskan.",
    sumber=sumber.PERMENPANRB_1_2020,
    perbaikan="Simpan ulang lembar ABK-nya agar K mengikuti, atau perbaiki barisnya.",
    contoh="K 5, sedangkan lembar ABK menghitung 3,9808 menjadi 4.",
)
def k_beda_abk(s: Subjek) -> Iterator[Ujar]:
    """K is what its sheet says (PermenPANRB 1/2020; domain 1.5)."""
    box, sheet = s.posisi(), lembar_abk(s)
    if box.kepala or sheet is None or sheet.k is None or sheet.k == box.k:
        return
    now = "belum ditetapkan" if box.k is None else angka(box.k)
    yield Ujar(
        f"K {box.nama} {now}, sedangkan lembar ABK-nya menghitung {angka(sheet.k)}.",
        kolom="k",
        nilai=str(sheet.k),
    )


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
