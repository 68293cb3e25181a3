"""Removed units: what is left behind, and who carries them on (rule B)."""

from __future__ import annotations

from collections.abc import Iterator

from petajabatan.jabatan.rules.abk.angka import write_number as angka
from petajabatan.jabatan.rules.beda import IsiUnor
from petajabatan.usulan.rules.cek import sumber
from petajabatan.usulan.rules.cek.dasar import Subjek, Ujar, cek
from petajabatan.usulan.rules.cek.istilah import sebut, tingkat_eselon, tulis_eselon


def _penerus(s: Subjek) -> list[IsiUnor]:
    rows = s.view.keadaan("unor", s.penerus).values()
    return [row.isi for row in rows if isinstance(row.isi, IsiUnor)]


@cek(
    "bawahan-tertinggal",
    "Unit bawahan tertinggal pada unit yang dihapus",
    "galat",
    "unor",
    "dihapus",
    apa="Unit yang dihapus masih mempunyai unit bawahan pada usulan.",
    sebab="Unit bawahannya terlepas dari bagan.",
    sumber=sumber.POHON,
    perbaikan="Pindahkan unit bawahannya, atau hapus beserta cabangnya.",
    contoh="Bidang Aset dihapus, Seksi Pendataan di bawahnya tetap.",
)
def bawahan_tertinggal(s: Subjek) -> Iterator[Ujar]:
    """Nothing hangs on a removed unit (docs/peta.md: one tree)."""
    left = [unit.nama for unit in s.anak()]
    if left:
        yield Ujar(
            f"{s.unor_lama().nama} dihapus, tetapi {angka(len(left))} unit masih di bawahnya: {sebut(left)}."
        )


@cek(
    "kotak-tertinggal",
    "Jabatan tertinggal pada unit yang dihapus",
    "galat",
    "unor",
    "dihapus",
    apa="Unit yang dihapus masih mempunyai jabatan pada usulan.",
    sebab="Jabatan pada unit yang tidak ada tidak tampak pada bagan.",
    sumber=sumber.POHON,
    perbaikan="Pindahkan jabatannya ke unit penerus, atau hapus dengan menyebut penerusnya.",
    contoh="Bidang Aset dihapus, jabatan Pengelola Data di dalamnya tetap.",
)
def kotak_tertinggal(s: Subjek) -> Iterator[Ujar]:
    """No box stays on a removed unit (docs/peta.md)."""
    left = [box.nama for box in s.kotak()]
    if left:
        yield Ujar(
            f"{s.unor_lama().nama} dihapus, tetapi {angka(len(left))} jabatan masih di dalamnya:"
            f" {sebut(left)}."
        )


@cek(
    "penerus-unit-tidak-ada",
    "Unit penerus tidak ada",
    "galat",
    "unor",
    "dihapus",
    apa="Unit penerus yang disebut tidak ada pada peta usulan, dan bukan unit instansi mitra.",
    sebab="Riwayat pegawai unit yang dihapus tidak lagi menunjuk ke mana pun.",
    sumber=sumber.ATURAN_B,
    perbaikan="Urungkan penghapusannya, lalu hapus lagi dengan penerus yang ada.",
    contoh="Penerusnya dihapus oleh usulan lain yang terbit lebih dahulu.",
)
def penerus_unit_tidak_ada(s: Subjek) -> Iterator[Ujar]:
    """Successors are on the map (rule B)."""
    states = s.view.keadaan("unor", s.penerus)
    missing = [key for key in s.penerus if not states[key].hidup]
    known = s.view.luar(missing) if missing else set()
    for key in missing:
        if key not in known:
            yield Ujar(
                f"Unit penerus {s.unor_lama().nama} (nomor {key}) tidak ada pada peta usulan.",
                kolom="penerus",
                nilai=str(key),
            )


@cek(
    "pegawai-tanpa-penerus",
    "Unit berpegawai dihapus tanpa penerus",
    "galat",
    "unor",
    "dihapus",
    apa="Unit yang dihapus tidak menyebut penerus, padahal ada pegawai padanya atau pada jabatannya.",
    sebab="Unit yang berpegawai tidak dapat dihapus tanpa penerus: pegawainya kehilangan tempat.",
    sumber=sumber.ATURAN_B,
    perbaikan="Urungkan penghapusannya, lalu hapus lagi dengan menyebut unit penerus.",
    contoh="Pegawai ditempatkan pada Seksi Data sesudah usulan menghapusnya tanpa penerus.",
)
def pegawai_tanpa_penerus(s: Subjek) -> Iterator[Ujar]:
    """A unit with people and no successor cannot be removed (rule B)."""
    if s.penerus:
        return
    boxes = _tanpa_penerus(s)
    n = s.view.orang_tanpa_kotak([s.id]).get(s.id, 0) + sum(s.view.orang(boxes).values())
    if n:
        yield Ujar(
            f"{s.unor_lama().nama} dihapus tanpa penerus, padahal ada {angka(n)} pegawai.",
            kolom="penerus",
        )


def _tanpa_penerus(s: Subjek) -> list[int]:
    """Boxes that the draft removed from the unit and that name no successor."""
    boxes = s.dihapus_dari("posisi")
    states = s.view.keadaan("posisi", boxes)
    return [key for key in boxes if not states[key].penerus]


@cek(
    "penerus-tanpa-jabatan",
    "Unit penerus tidak mempunyai jabatan yang sama",
    "peringatan",
    "unor",
    "dihapus",
    apa="Jabatan berpegawai pada unit yang dihapus tidak mempunyai jabatan penerus pada unit penerusnya.",
    sebab="Pegawainya tercatat pada unit penerus tanpa kursi dan masuk daftar pengukuhan tanpa jabatan.",
    sumber=sumber.ATURAN_B,
    perbaikan="Tambahkan jabatannya pada unit penerus, lalu sebutkan sebagai jabatan penerus.",
    contoh="3 Pengelola Data pada seksi yang dihapus, unit penerusnya tidak punya Pengelola Data.",
)
def penerus_tanpa_jabatan(s: Subjek) -> Iterator[Ujar]:
    """People of a removed unit find no box of theirs on its successors (rule B)."""
    if not s.penerus:
        return
    people = s.view.orang(_tanpa_penerus(s))
    if people:
        names = [row.nama for row in s.view.terbit("posisi", sorted(people)).values()]
        total = sum(people.values())
        yield Ujar(
            f"{angka(total)} pegawai {s.unor_lama().nama} belum mempunyai jabatan pada unit penerusnya:"
            f" {sebut(names)}.",
            nilai=str(total),
        )


@cek(
    "penerus-jauh-lebih-rendah",
    "Unit penerus jauh lebih rendah",
    "peringatan",
    "unor",
    "dihapus",
    apa="Semua unit penerus sedikitnya `penerus_turun_tingkat` tingkat eselon di bawah unit yang dihapus.",
    sebab="Tugas dan pegawai unit setingkat dinas jarang dapat ditampung satu seksi.",
    sumber=f"{sumber.ATURAN_B}; batas: {sumber.REKOMENDASI}",
    perbaikan="Sebutkan unit penerus yang setingkat, atau setingkat di bawahnya.",
    contoh="Dinas (II.b) dihapus dengan penerus sebuah seksi (IV.a).",
)
def penerus_jauh_lebih_rendah(s: Subjek) -> Iterator[Ujar]:
    """The successor stands much lower (rekomendasi)."""
    limit, heirs = s.batas("penerus_turun_tingkat"), _penerus(s)
    mine = tingkat_eselon(s.view.acuan, s.unor_lama())
    known = [(level, unit) for unit in heirs if (level := tingkat_eselon(s.view.acuan, unit)) is not None]
    if mine is None or limit is None or not known or len(known) < len(heirs):
        return
    level, best = min(known, key=lambda pair: pair[0])
    if level - mine >= limit:
        yield Ujar(
            f"{s.unor_lama().nama} ({tulis_eselon(s.unor_lama().eselon)}) digantikan {best.nama}"
            f" ({tulis_eselon(best.eselon)}).",
            kolom="penerus",
        )


@cek(
    "penerus-beda-jenis",
    "Unit penerus berbeda jenis",
    "catatan",
    "unor",
    "dihapus",
    apa="Tidak satu pun unit penerus sejenis dengan unit yang dihapus.",
    sebab="Sekolah yang digantikan bidang, misalnya, biasanya salah pilih penerus.",
    sumber=sumber.REKOMENDASI,
    perbaikan="Periksa penerusnya; biarkan bila memang demikian menurut peraturan.",
    contoh="SD Negeri Leteh digantikan Bidang Pembinaan SD.",
)
def penerus_beda_jenis(s: Subjek) -> Iterator[Ujar]:
    """The successor is of another kind (rekomendasi)."""
    heirs = _penerus(s)
    if heirs and all(unit.jenis != s.unor_lama().jenis for unit in heirs):
        yield Ujar(
            f"{s.unor_lama().nama} ({s.unor_lama().jenis}) digantikan {heirs[0].nama} ({heirs[0].jenis}).",
            kolom="penerus",
        )


@cek(
    "hapus-dasar-masih-berlaku",
    "Unit dihapus padahal dasar hukumnya masih berlaku",
    "peringatan",
    "unor",
    "dihapus",
    apa="Dasar hukum unit yang dihapus masih berlaku, dan tidak satu pun penerusnya berdasar peraturan lain.",
    sebab="Unit dihapus bila tidak lagi berdasar hukum; peraturan yang masih berlaku tetap mengaturnya.",
    sumber=sumber.ATURAN_B,
    perbaikan="Catat pencabutan atau peraturan penggantinya, atau urungkan penghapusannya.",
    contoh="Bidang Aset dihapus, padahal Perbup 45/2021 yang mengaturnya masih berlaku.",
)
def hapus_dasar_masih_berlaku(s: Subjek) -> Iterator[Ujar]:
    """Removal is allowed when the unit has no legal basis any more (rule B)."""
    key = s.unor_lama().dasar_hukum_id
    law = None if key is None else s.view.acuan.dasar_hukum([key]).get(key)
    if law is None or law.status != "berlaku":
        return
    if all(unit.dasar_hukum_id in (None, key) for unit in _penerus(s)):
        yield Ujar(f"{s.unor_lama().nama} dihapus, padahal {law.nama} masih berlaku.", kolom="dasar_hukum_id")


@cek(
    "hapus-kode-aktif",
    "Unit yang dihapus masih mempunyai kode luar",
    "peringatan",
    "unor",
    "dihapus",
    apa="Unit yang dihapus masih dikenal layanan lain dengan kode aktif (NPSN, kode faskes, dan lain-lain).",
    sebab="Sekolah atau faskes dengan kode aktif biasanya masih berjalan.",
    sumber=f"{sumber.REKOMENDASI}; kode: docs/impor-unor.md",
    perbaikan="Pindahkan kodenya ke unit penerus sesudah ditetapkan, atau urungkan penghapusannya.",
    contoh="SD Negeri Leteh dihapus, NPSN-nya masih aktif.",
)
def hapus_kode_aktif(s: Subjek) -> Iterator[Ujar]:
    """Others still know the unit by a code (rekomendasi)."""
    kinds = s.view.kode([s.id]).get(s.id)
    if kinds:
        yield Ujar(f"{s.unor_lama().nama} dihapus, padahal masih mempunyai kode {', '.join(sorted(kinds))}.")
