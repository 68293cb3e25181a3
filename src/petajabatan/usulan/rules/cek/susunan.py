"""Is the map one sound tree, with one head per unit? What fails here must never be published."""

from __future__ import annotations

from collections.abc import Iterator

from petajabatan.usulan.rules.cek import sumber
from petajabatan.usulan.rules.cek.dasar import Subjek, Ujar, cek
from petajabatan.usulan.rules.pandangan import jalur


@cek(
    "atasan-tidak-ada",
    "Unit menggantung pada unit yang tidak ada",
    "galat",
    "unor",
    apa="Unit atasan yang ditunjuk tidak ada, baik pada peta terbit maupun pada usulan ini.",
    sebab="Unit tanpa atasan terlepas dari bagan; jumlah K dan B-nya hilang dari unit di atasnya.",
    sumber=sumber.POHON,
    perbaikan="Pindahkan unit itu ke bawah unit yang masih ada.",
    contoh="Seksi Data ditambahkan di bawah bidang baru yang kemudian diurungkan.",
)
def atasan_tidak_ada(s: Subjek) -> Iterator[Ujar]:
    """The unit above is unknown (docs/peta.md: one tree); a removed one is told by ``bawahan-tertinggal``."""
    above = s.unor().atasan_id
    if above is None or s.view.keadaan("unor", [above])[above].hidup or s.view.terbit("unor", [above]):
        return
    yield Ujar(f"Unit atasan {s.unor().nama} tidak ada pada peta usulan ini.", kolom="atasan_id")


@cek(
    "susunan-melingkar",
    "Susunan unit melingkar",
    "galat",
    "unor",
    apa="Menelusuri atasan dari unit yang dipindahkan kembali ke unit itu sendiri.",
    sebab="Lingkaran terlepas dari unit puncak; timbul bila dua usulan memindahkan unit bersilangan.",
    sumber=sumber.POHON,
    perbaikan="Pindahkan salah satu unit dalam lingkaran itu ke bawah unit di luarnya.",
    contoh="Bidang A dipindah ke bawah Bidang B, sedangkan versi yang baru terbit memindah B ke bawah A.",
)
def susunan_melingkar(s: Subjek) -> Iterator[Ujar]:
    """A circle of units (docs/peta.md: one tree); told on the units that the draft moved."""
    unit = s.unor()
    if unit.atasan_id is None or (s.terbit is not None and s.unor_lama().atasan_id == unit.atasan_id):
        return
    way = jalur(s.view, unit.id)
    if way[-1].atasan_id == unit.id:
        names = " → ".join(row.nama for row in way[:5])
        yield Ujar(f"Susunan melingkar: {names} → {way[0].nama}.", kolom="atasan_id")


@cek(
    "puncak-ganda",
    "Unit puncak lebih dari satu",
    "galat",
    "unor",
    apa="Unit baru tanpa atasan, padahal peta sudah mempunyai unit puncak.",
    sebab="Satu instansi mempunyai satu unit puncak; bagan dengan dua puncak tidak dapat dijumlahkan.",
    sumber=sumber.POHON,
    perbaikan="Pindahkan unit itu ke bawah unit puncak.",
    contoh="Unit “Pemerintah Kabupaten” ditambahkan sebagai puncak kedua.",
)
def puncak_ganda(s: Subjek) -> Iterator[Ujar]:
    """A second root (docs/peta.md: one tree)."""
    if s.unor().atasan_id is not None or not s.baru:
        return
    root = s.view.akar()
    if root is not None and root.id != s.id:
        yield Ujar(
            f"{s.unor().nama} tidak mempunyai atasan, padahal unit puncaknya {root.nama}.", kolom="atasan_id"
        )


@cek(
    "pimpinan-ganda",
    "Unit mempunyai lebih dari satu pimpinan",
    "galat",
    "unor",
    apa="Lebih dari satu jabatan pada unit itu bertanda pimpinan.",
    sebab="Satu unit mempunyai tepat satu pimpinan; selebihnya adalah jabatan biasa pada unit itu.",
    sumber=sumber.EFORMASI,
    perbaikan="Hapus jabatan pimpinan yang keliru dengan menyebut penerusnya.",
    contoh="Bidang Aset dipimpin Kepala Bidang Aset dan Kepala Bidang Pengelolaan Aset sekaligus.",
)
def pimpinan_ganda(s: Subjek) -> Iterator[Ujar]:
    """One unit has exactly one head (e-Formasi manuals; domain 2.3)."""
    heads = [box.nama for box in s.kotak() if box.kepala]
    if len(heads) > 1:
        yield Ujar(f"{s.unor().nama} mempunyai {len(heads)} jabatan pimpinan: {', '.join(heads)}.")


@cek(
    "pimpinan-salah-jenis",
    "Unit dipimpin jabatan yang bukan struktural",
    "galat",
    "unor",
    apa="Pimpinan unit berjenis pelaksana, atau jabatan fungsional pada unit selain sekolah dan faskes.",
    sebab="Unit dipimpin pejabat manajerial; hanya sekolah dan faskes dipimpin JF dengan tugas tambahan.",
    sumber=f"{sumber.UU_20_2023}; sekolah dan faskes: docs/peta.md",
    perbaikan="Tambahkan jabatan pimpinan struktural, dan jadikan jabatan ini jabatan biasa.",
    contoh="Bidang Aset dipimpin Analis Kebijakan Ahli Muda.",
)
def pimpinan_salah_jenis(s: Subjek) -> Iterator[Ujar]:
    """A head is structural; a JF heads schools and health facilities only (UU 20/2023; domain 2.3)."""
    unit = s.unor()
    for box in s.kotak():
        led_by_jf = box.jenis == "fungsional" and unit.jenis in s.view.acuan.kepala_fungsional
        if box.kepala and box.jenis != "struktural" and not led_by_jf:
            yield Ujar(
                f"{unit.nama} dipimpin {box.nama}, jabatan {box.jenis}.",
                pada=("posisi", box.id),
                kolom="jenis",
            )


@cek(
    "kotak-tanpa-unit",
    "Jabatan berada pada unit yang tidak ada",
    "galat",
    "posisi",
    apa="Unit tempat jabatan itu tidak ada pada peta terbit maupun pada usulan ini.",
    sebab="Jabatan di luar susunan unit tidak tampak pada bagan dan tidak terhitung.",
    sumber=sumber.POHON,
    perbaikan="Pindahkan jabatannya ke unit yang ada, atau hapus.",
    contoh="Jabatan ditambahkan pada unit baru yang kemudian diurungkan.",
)
def kotak_tanpa_unit(s: Subjek) -> Iterator[Ujar]:
    """The unit of the box is unknown (docs/peta.md); a removed one is told by ``kotak-tertinggal``."""
    box = s.posisi()
    if s.induk() is None and not s.view.terbit("unor", [box.unor_id]):
        yield Ujar(f"Unit tempat {box.nama} tidak ada pada peta usulan ini.", kolom="unor_id")


@cek(
    "pimpinan-satu-kursi",
    "Jabatan pimpinan tidak tepat satu kursi",
    "galat",
    "posisi",
    apa="Jabatan bertanda pimpinan mempunyai K selain 1.",
    sebab="Jabatan struktural pimpinan hanya menerima satu pejabat.",
    sumber=sumber.EFORMASI,
    perbaikan="Isi K dengan 1.",
    contoh="Kepala Bidang Aset dengan K 2.",
)
def pimpinan_satu_kursi(s: Subjek) -> Iterator[Ujar]:
    """A head box has exactly one seat (e-Formasi manuals; domain 2.3)."""
    box = s.posisi()
    if box.kepala and box.k != 1:
        shown = "belum ditetapkan" if box.k is None else str(box.k)
        yield Ujar(f"{box.nama} memimpin unitnya tetapi K-nya {shown}, bukan 1.", kolom="k", nilai=shown)
