"""Evaluasi jabatan: factor levels → points → total → kelas jabatan (FES; PermenPANRB 34/2011, 39/2013).

Two sheets: ``struktural``, and ``fungsional`` for jabatan fungsional and pelaksana. The tables come in as
values (``build_tables``); points and classes have no unit. Told in docs/kelas-jabatan.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from petajabatan.inti.temuan import Temuan, Tingkat
from petajabatan.jabatan.rules.abk.angka import write_number
from petajabatan.jabatan.rules.abk.sebab import Langkah

Lembar = Literal["struktural", "fungsional"]


@dataclass(frozen=True, slots=True)
class Faktor:
    """One factor of a sheet and the points of its levels."""

    kode: str
    nama: str
    nilai: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class NilaiKelas:
    """The totals of one kelas; ``maks`` None = no upper end (kelas 17)."""

    kelas: int
    min: int
    maks: int | None


@dataclass(frozen=True, slots=True)
class RentangKelas:
    """The classes usual for a jenjang, in an instansi of one ``tingkat`` (pusat, daerah) or any ("")."""

    jenjang: str
    tingkat: str
    min: int
    maks: int
    sumber: str = ""


@dataclass(frozen=True, slots=True)
class TabelKelas:
    """The tables in force on a day."""

    faktor: Mapping[str, tuple[Faktor, ...]]
    kelas: tuple[NilaiKelas, ...]
    rentang: tuple[RentangKelas, ...]
    sumber_faktor: str = ""
    sumber_kelas: str = ""


@dataclass(frozen=True, slots=True)
class IsianFaktor:
    """What the evaluator chose for a factor (``level`` None = not yet) and why (``alasan``)."""

    faktor: str
    level: int | None
    alasan: str = ""


@dataclass(frozen=True, slots=True)
class NilaiFaktor:
    """A factor with its level and points; None where they are not known."""

    faktor: Faktor
    level: int | None
    nilai: int | None
    alasan: str


@dataclass(frozen=True, slots=True)
class HasilEvaluasi:
    """An evaluated sheet. ``total`` and ``kelas`` are None while a factor has no known level.

    ``siap`` says that it may be submitted: no finding of level galat.
    """

    lembar: Lembar
    faktor: tuple[NilaiFaktor, ...]
    total: int | None
    kelas: int | None
    temuan: tuple[Temuan, ...]

    @property
    def siap(self) -> bool:
        return not any(t.tingkat == "galat" for t in self.temuan)


@dataclass(frozen=True, slots=True)
class KelasNasional:
    """A class set nationally for a jabatan (dated reference): locked unless an exception is proposed."""

    nama: str
    kelas: int
    sumber: str


@dataclass(frozen=True, slots=True)
class Pengecualian:
    """A proposed deviation from a national class: reasons, and for JF the pembina's recommendation."""

    alasan: str
    rekomendasi_pembina: str = ""


def build_tables(
    faktor: Iterable[tuple[str, str, str, int, int]],
    kelas: Iterable[tuple[int, int, int | None]],
    rentang: Iterable[tuple[str, str, int, int, str]] = (),
    *,
    sumber_faktor: str = "",
    sumber_kelas: str = "",
) -> TabelKelas:
    """The tables from rows: (jenis, faktor, nama, level, nilai), (kelas, min, maks), (jenjang, tingkat, min,
    maks, sumber). Order of factors as given."""
    names: dict[tuple[str, str], str] = {}
    points: dict[tuple[str, str], dict[int, int]] = {}
    for jenis, kode, nama, level, nilai in faktor:
        names[jenis, kode] = nama
        points.setdefault((jenis, kode), {})[level] = nilai
    sheets: dict[str, list[Faktor]] = {}
    for (jenis, kode), levels in points.items():
        sheets.setdefault(jenis, []).append(Faktor(kode, names[jenis, kode], levels))
    return TabelKelas(
        {jenis: tuple(rows) for jenis, rows in sheets.items()},
        tuple(sorted((NilaiKelas(*row) for row in kelas), key=lambda row: row.kelas)),
        tuple(RentangKelas(*row) for row in rentang),
        sumber_faktor,
        sumber_kelas,
    )


def sheet_of(jenis: str) -> Lembar:
    """The sheet a kind of posisi is evaluated with: pelaksana share that of jabatan fungsional."""
    return "struktural" if jenis == "struktural" else "fungsional"


def class_of(total: int, tabel: TabelKelas) -> int | None:
    """The kelas of a total; None below the lowest class and in the gaps no sheet can reach (241–244, …)."""
    for row in tabel.kelas:
        if row.min <= total and (row.maks is None or total <= row.maks):
            return row.kelas
    return None


def evaluate(jenis: str, isian: Sequence[IsianFaktor], tabel: TabelKelas) -> HasilEvaluasi:
    """Evaluate the sheet of a post of kind ``jenis`` (struktural, fungsional, pelaksana)."""
    sheet = sheet_of(jenis)
    factors = tabel.faktor.get(sheet, ())
    chosen = {row.faktor: row for row in isian}
    found = _unknown(isian, {factor.kode for factor in factors})
    rows = []
    for factor in factors:
        row = chosen.get(factor.kode, IsianFaktor(factor.kode, None))
        points = None if row.level is None else factor.nilai.get(row.level)
        rows.append(NilaiFaktor(factor, row.level, points, row.alasan.strip()))
        found += _check(rows[-1])
    known = [row.nilai for row in rows if row.nilai is not None]
    sound = bool(rows) and len(known) == len(rows) and not any(t.kode == "fes-faktor-ganda" for t in found)
    total = sum(known) if sound else None
    kelas = None if total is None else class_of(total, tabel)
    if total is not None and kelas is None:
        found.append(_finding("fes-di-luar-tabel", "galat",
                              f"Jumlah nilai {write_number(total)} di luar tabel kelas.",
                              "Periksa level setiap faktor dan tabel kelas yang berlaku."))  # fmt: skip
    return HasilEvaluasi(sheet, tuple(rows), total, kelas, tuple(found))


def explain_class(hasil: HasilEvaluasi, tabel: TabelKelas) -> tuple[Langkah, ...]:
    """Why this kelas: one step per factor, the total, the class with the bounds it lies in."""
    steps = [
        Langkah(
            f"{row.faktor.kode} {row.faktor.nama}",
            "belum dipilih" if row.level is None else f"level {row.level}",
            "–" if row.nilai is None else write_number(row.nilai),
            tabel.sumber_faktor,
        )
        for row in hasil.faktor
    ]
    if hasil.total is None:
        return (*steps, Langkah("Jumlah nilai", "ada faktor yang belum bernilai", "–", tabel.sumber_faktor))
    added = " + ".join(write_number(row.nilai or 0) for row in hasil.faktor)
    steps.append(Langkah("Jumlah nilai", added, write_number(hasil.total), tabel.sumber_faktor))
    bounds = next((row for row in tabel.kelas if row.kelas == hasil.kelas), None)
    if bounds is None:
        return (*steps, Langkah("Kelas jabatan", "di luar tabel kelas", "–", tabel.sumber_kelas))
    upper = "ke atas" if bounds.maks is None else f"– {write_number(bounds.maks)}"
    span = f"{write_number(bounds.min)} {upper}"
    return (*steps, Langkah("Kelas jabatan", span, str(bounds.kelas), tabel.sumber_kelas))


def usual_range(jenjang: str, tingkat: str, tabel: TabelKelas) -> RentangKelas | None:
    """The usual classes of a jenjang: the row of the instansi's ``tingkat``, else the one for any."""
    for wanted in dict.fromkeys((tingkat, "")):
        for row in tabel.rentang:
            if (row.jenjang, row.tingkat) == (jenjang, wanted):
                return row
    return None


def check_range(kelas: int, jenjang: str, tingkat: str, tabel: TabelKelas) -> Temuan | None:
    """Does the kelas lie outside what is usual for the jenjang? A finding to decide on, never a wall."""
    usual = usual_range(jenjang, tingkat, tabel)
    if usual is None or usual.min <= kelas <= usual.maks:
        return None
    span = str(usual.min) if usual.min == usual.maks else f"{usual.min}–{usual.maks}"
    return _finding("kelas-di-luar-lazim", "peringatan",
                    f"Kelas {kelas} di luar yang lazim bagi jenjang {jenjang}: {span} ({usual.sumber}).",
                    "Periksa level faktornya, atau jelaskan alasannya.", "kelas", str(kelas))  # fmt: skip


def check_national(
    kelas: int, jenis: str, nasional: KelasNasional | None, usul: Pengecualian | None = None
) -> list[Temuan]:
    """A class set nationally is locked: another one needs an exception with reasons, and for a JF the
    recommendation of its pembina. Empty when nothing is set nationally or the class agrees."""
    if nasional is None or kelas == nasional.kelas:
        return []
    told = f"Kelas {nasional.nama} ditetapkan nasional: {nasional.kelas} ({nasional.sumber})"
    if usul is None:
        return [
            _finding("kelas-terkunci", "galat", f"{told}, bukan {kelas}.",
                     "Pakai kelas itu, atau ajukan pengecualian beserta alasannya.", "kelas", str(kelas))
        ]  # fmt: skip
    found = [
        _finding("kelas-dikecualikan", "peringatan", f"{told}; diusulkan {kelas}.",
                 "Putuskan pengecualian ini.", "kelas", str(kelas))
    ]  # fmt: skip
    if not usul.alasan.strip():
        found.append(_finding("kelas-tanpa-alasan", "galat", "Pengecualian kelas tanpa alasan.",
                              "Tulis alasannya.", "alasan"))  # fmt: skip
    if jenis == "fungsional" and not usul.rekomendasi_pembina.strip():
        found.append(_finding("kelas-tanpa-rekomendasi", "galat",
                              "Pengecualian kelas jabatan fungsional tanpa rekomendasi instansi pembina.",
                              "Lampirkan rekomendasinya.", "rekomendasi_pembina"))  # fmt: skip
    return found


def _check(row: NilaiFaktor) -> list[Temuan]:
    kode, nama, at = row.faktor.kode, row.faktor.nama, f"Faktor {row.faktor.kode}"
    if row.level is None:
        return [_finding("fes-faktor-kosong", "galat", f"{at} ({nama}) belum dipilih levelnya.",
                         "Pilih levelnya.", kode)]  # fmt: skip
    found = []
    if row.nilai is None:
        top = max(row.faktor.nilai, default=0)
        found.append(_finding("fes-level-tidak-dikenal", "galat", f"{at} ({nama}) tanpa level {row.level}.",
                              f"Pilih level 1 sampai {top}.", kode, str(row.level)))  # fmt: skip
    if not row.alasan:
        found.append(_finding("fes-alasan-kosong", "galat", f"{at} ({nama}) belum beralasan.",
                              "Tulis mengapa level itu yang sesuai.", kode))  # fmt: skip
    return found


def _unknown(isian: Sequence[IsianFaktor], known: set[str]) -> list[Temuan]:
    found = []
    for kode, times in Counter(row.faktor for row in isian).items():
        if kode not in known:
            found.append(_finding("fes-faktor-tidak-dikenal", "galat",
                                  f"Lembar ini tidak mempunyai faktor {kode[:20]}.",
                                  "Hapus faktor itu, atau pilih lembar yang sesuai.", kode[:20]))  # fmt: skip
        if times > 1:
            found.append(_finding("fes-faktor-ganda", "galat", f"Faktor {kode[:20]} diisi {times} kali.",
                                  "Sisakan satu.", kode[:20]))  # fmt: skip
    return found


def _finding(
    kode: str, tingkat: Tingkat, kalimat: str, perbaikan: str, kolom: str = "", nilai: str = ""
) -> Temuan:
    return Temuan(kode, tingkat, kalimat, perbaikan, kolom=kolom, nilai=nilai[:40])
