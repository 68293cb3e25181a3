"""Kelas jabatan: given, usual, consistent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from petajabatan.jabatan.rules.evaluasi import check_national
from petajabatan.jabatan.rules.lembar_evaluasi import exception_of, validated_class
from petajabatan.usulan.rules.cek import sumber
from petajabatan.usulan.rules.cek.dasar import Subjek, Ujar, cek
from petajabatan.usulan.rules.cek.istilah import jenjang_pimpinan
from petajabatan.usulan.rules.kelas import national_of, sheet_of_box


@cek(
    "kelas-kosong",
    "Kelas jabatan belum ditetapkan",
    "peringatan",
    "posisi",
    apa="Jabatan tidak mencantumkan kelas.",
    sebab="Kelas jabatan adalah bagian kelima peta jabatan dan dasar tunjangan kinerja.",
    sumber=sumber.PERBKN_9_2022,
    perbaikan="Isi kelasnya sesuai hasil evaluasi jabatan.",
    contoh="Pengelola Data tanpa kelas.",
)
def kelas_kosong(s: Subjek) -> Iterator[Ujar]:
    """A map gives the kelas of each jabatan (PerBKN 9/2022 Ps 48; domain 2.1)."""
    if s.posisi().kelas is None:
        yield Ujar(f"{s.posisi().nama} belum mempunyai kelas jabatan.", kolom="kelas")


def _di_luar(s: Subjek, jenjang: str | None) -> Iterator[Ujar]:
    box = s.posisi()
    limits = s.view.acuan.rentang_kelas.get(jenjang or "")
    if limits is None or box.kelas is None or limits[0] <= box.kelas <= limits[1]:
        return
    low, high = limits
    usual = str(low) if low == high else f"{low}–{high}"
    name = s.view.acuan.jenjang.get(jenjang or "", jenjang)
    yield Ujar(
        f"Kelas {box.kelas} pada {box.nama} di luar kelas yang lazim bagi {name} ({usual}).",
        kolom="kelas",
        nilai=str(box.kelas),
    )


@cek(
    "kelas-tidak-lazim",
    "Kelas di luar rentang lazim jenjangnya",
    "peringatan",
    "posisi",
    apa="Kelas jabatan fungsional atau pelaksana di luar rentang lazim jenjangnya bagi jenis instansi ini.",
    sebab="Kelas hasil evaluasi dapat berbeda, tetapi yang jauh dari kebiasaan perlu diperiksa.",
    sumber=sumber.EVALUASI_JABATAN,
    perbaikan="Cocokkan dengan hasil evaluasi jabatan; biarkan bila memang demikian.",
    contoh="Analis Kebijakan Ahli Pertama dengan kelas 12 (lazim 8–9).",
)
def kelas_tidak_lazim(s: Subjek) -> Iterator[Ujar]:
    """Kelas within the usual range of its jenjang, a finding and not a wall (domain 2.3, 3.5)."""
    box = s.posisi()
    if box.jenis == "struktural":
        return
    ref = s.view.acuan.jabatan([box.jabatan_id]).get(box.jabatan_id) if box.jabatan_id is not None else None
    jenjang = box.jenjang or (ref.jenjang if ref is not None else None)
    yield from _di_luar(s, jenjang or ("PELAKSANA" if box.jenis == "pelaksana" else None))


@cek(
    "kelas-pimpinan-tidak-lazim",
    "Kelas pimpinan di luar rentang lazim eselonnya",
    "peringatan",
    "posisi",
    apa="Kelas jabatan pimpinan struktural di luar rentang lazim jenjang manajerial menurut eselon unitnya.",
    sebab="Kelas pimpinan mengikuti eselon; yang menyimpang biasanya salah ketik kelas atau eselon.",
    sumber=sumber.EVALUASI_JABATAN,
    perbaikan="Cocokkan kelas dan eselonnya dengan hasil evaluasi jabatan dan peraturannya.",
    contoh="Kepala Bidang (III.b) dengan kelas 14 (lazim 11–12).",
)
def kelas_pimpinan_tidak_lazim(s: Subjek) -> Iterator[Ujar]:
    """Kelas of a head within the usual range of its eselon (domain 3.5)."""
    unit, box = s.induk(), s.posisi()
    if box.kepala and box.jenis == "struktural" and unit is not None:
        yield from _di_luar(s, jenjang_pimpinan(s.view.acuan, unit))


@cek(
    "kelas-berbeda-dalam-unit",
    "Jabatan yang sama berbeda kelas dalam satu unit",
    "peringatan",
    "unor",
    apa="Dua kotak dengan jabatan dan jenjang yang sama pada satu unit berbeda kelas.",
    sebab="Kelas melekat pada jabatan; jabatan yang sama dalam satu unit seharusnya sekelas.",
    sumber=sumber.EVALUASI_JABATAN,
    perbaikan="Samakan kelasnya sesuai hasil evaluasi jabatan.",
    contoh="Pengelola Data kelas 6 dan kelas 7 pada Bidang Aset.",
)
def kelas_berbeda_dalam_unit(s: Subjek) -> Iterator[Ujar]:
    """The same jabatan has the same kelas (job evaluation: PermenPANRB 34/2011)."""
    found: dict[tuple[int, str | None], set[int]] = defaultdict(set)
    names: dict[tuple[int, str | None], str] = {}
    for box in s.kotak():
        if box.jabatan_id is not None and box.kelas is not None and not box.kepala:
            key = (box.jabatan_id, box.jenjang)
            found[key].add(box.kelas)
            names[key] = box.nama
    for key, kinds in found.items():
        if len(kinds) > 1:
            shown = ", ".join(map(str, sorted(kinds)))
            yield Ujar(
                f"{names[key]} pada {s.unor().nama} berkelas {shown}.",
                kolom="kelas",
                nilai=f"{key[0]}:{shown}",
            )


@cek(
    "kelas-melebihi-pimpinan",
    "Kelas jabatan melebihi kelas pimpinan unitnya",
    "catatan",
    "unor",
    apa="Jabatan pelaksana atau fungsional berkelas lebih tinggi daripada pimpinan struktural unitnya.",
    sebab="Jarang terjadi di luar JF ahli utama; sering berarti kelas salah ketik atau salah unit.",
    sumber=f"{sumber.EVALUASI_JABATAN}; {sumber.REKOMENDASI}",
    perbaikan="Periksa kelasnya, atau tempatkan jabatan itu pada unit yang lebih tinggi.",
    contoh="Analis Kebijakan kelas 12 pada seksi yang kepalanya kelas 9.",
)
def kelas_melebihi_pimpinan(s: Subjek) -> Iterator[Ujar]:
    """Staff of a higher kelas than the head (rekomendasi)."""
    boxes = s.kotak()
    heads = [box.kelas for box in boxes if box.kepala and box.jenis == "struktural" and box.kelas is not None]
    for box in boxes:
        if heads and not box.kepala and box.kelas is not None and box.kelas > max(heads):
            yield Ujar(
                f"{box.nama} (kelas {box.kelas}) melebihi pimpinan {s.unor().nama} (kelas {max(heads)}).",
                kolom="kelas",
                pada=("posisi", box.id),
            )


@cek(
    "kelas-beda-evaluasi",
    "Kelas tidak sama dengan hasil evaluasi yang divalidasi",
    "peringatan",
    "posisi",
    apa="Kelas jabatan berbeda dari kelas pada lembar evaluasi informasi jabatannya yang sudah divalidasi.",
    sebab="Kelas pada peta berasal dari evaluasi jabatan; dua kelas yang berbeda tidak dapat dijelaskan.",
    sumber="PermenPANRB 34/2011 dan 39/2013: evaluasi jabatan",
    perbaikan="Samakan kelasnya dengan lembar evaluasinya, atau perbaiki dan validasi ulang lembarnya.",
    contoh="Pengelola Data kelas 7, sedangkan lembar evaluasinya bernilai 800, yaitu kelas 6.",
)
def kelas_beda_evaluasi(s: Subjek) -> Iterator[Ujar]:
    """Kelas is what the validated sheet says (PermenPANRB 34/2011)."""
    box = s.posisi()
    given = validated_class(sheet_of_box(s.view, box))
    if given is None or given == box.kelas:
        return
    now = "kosong" if box.kelas is None else str(box.kelas)
    yield Ujar(
        f"Kelas {box.nama} {now}, sedangkan lembar evaluasinya yang divalidasi berkelas {given}.",
        kolom="kelas",
        nilai=f"{now}≠{given}",
    )


@cek(
    "kelas-beda-nasional",
    "Kelas berbeda dari yang ditetapkan nasional",
    "galat",
    "posisi",
    apa="Kelas jabatan berbeda dari kelas yang ditetapkan secara nasional, dan lembar evaluasinya tidak"
    " memuat pengecualian yang lengkap (alasan; bagi JF dokumen rekomendasi instansi pembina).",
    sebab="Kelas yang ditetapkan nasional mengikat semua instansi sejenis.",
    sumber="referensi kelas nasional (peraturannya disebut pada temuan)",
    perbaikan="Pakai kelas yang ditetapkan, atau ajukan pengecualian pada lembar evaluasinya.",
    contoh="Jabatan yang ditetapkan berkelas 8 dicantumkan kelas 9 tanpa pengecualian.",
)
def kelas_beda_nasional(s: Subjek) -> Iterator[Ujar]:
    """A national class binds, unless a complete exception is proposed (domain 3.5; dated reference)."""
    box, national = s.posisi(), national_of(s.view, s.posisi())
    if box.kelas is None or national is None:
        return
    said = check_national(box.kelas, box.jenis, national, exception_of(sheet_of_box(s.view, box)))
    for t in said:
        if t.tingkat == "galat":
            yield Ujar(f"{box.nama}: {t.kalimat}", t.perbaikan, kolom="kelas",
                       nilai=f"{box.kelas}≠{national.kelas}")  # fmt: skip
            return


@cek(
    "kelas-dikecualikan",
    "Kelas menyimpang dari yang ditetapkan nasional dengan pengecualian",
    "peringatan",
    "posisi",
    apa="Kelas jabatan berbeda dari yang ditetapkan nasional, dan lembar evaluasinya mengusulkan"
    " pengecualian.",
    sebab="Pengecualian perlu diputuskan verifikator, bukan lewat begitu saja.",
    sumber="referensi kelas nasional (peraturannya disebut pada temuan)",
    perbaikan="Baca alasan dan rekomendasi pembinanya pada lembar evaluasi, lalu putuskan.",
    contoh="Jabatan yang ditetapkan berkelas 8 diusulkan kelas 9 dengan rekomendasi pembina.",
)
def kelas_dikecualikan(s: Subjek) -> Iterator[Ujar]:
    """A proposed exception is seen by the verifier (domain 3.5)."""
    box, national = s.posisi(), national_of(s.view, s.posisi())
    if box.kelas is None or national is None:
        return
    said = check_national(box.kelas, box.jenis, national, exception_of(sheet_of_box(s.view, box)))
    if any(t.tingkat == "galat" for t in said):
        return
    for t in said:
        yield Ujar(f"{box.nama}: {t.kalimat}", kolom="kelas", nilai=f"{box.kelas}≠{national.kelas}")
