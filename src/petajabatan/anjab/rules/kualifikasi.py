"""Does a person have what her post asks for? Education, training, certificates, length of service.

Every answer is one of four: fulfilled, not fulfilled, nothing recorded yet, nothing required. What is not
recorded is never taken for missing, and a requirement that is not bound to a reference cannot be compared.
Worked examples: docs/kualifikasi.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, NamedTuple

Status = Literal["memenuhi", "tidak", "belum-ada-data", "tanpa-syarat"]
STATUS: Mapping[Status, str] = {
    "memenuhi": "Memenuhi",
    "tidak": "Tidak memenuhi",
    "belum-ada-data": "Belum ada data",
    "tanpa-syarat": "Tanpa syarat",
}
KOMPONEN: Mapping[str, str] = {
    "pendidikan": "Pendidikan",
    "diklat": "Diklat",
    "sertifikasi": "Sertifikasi",
    "pengalaman": "Pengalaman",
}
DIKLAT = ("diklat_kepemimpinan", "diklat_fungsional", "diklat_teknis")
_STRIP = frozenset({"", "-", "–", "—", "---", "tidak ada", "tidak dipersyaratkan"})
_TANPA_BIDANG = frozenset({"", "UMUM", "SEDERAJAT", "UMUM SEDERAJAT"})
"""What is left of a programme that names no field."""
_TAHUN = re.compile(r"\b(\d{1,2})\s*(?:\([^)]*\)\s*)?tahun", re.I)
# A level before or in place of the field: S-1, S1/D-IV, A-IV, D-III, SMK/MAK, …
_TINGKAT = (
    r"(?:S\s?-?\s?[123]|D\s?-?\s?(?:IV|III|II|I|[1-4])|A-(?:IV|I{1,3})"
    r"|S\.M|SMK|MAK|SLTA|SMA|MAGISTER|MASTER|SARJANA)"
)
_AWALAN = re.compile(rf"^\s*{_TINGKAT}(?:\s*/\s*{_TINGKAT})*(?![A-Z0-9])[\s.:-]*")


class Pendidikan(NamedTuple):
    """A row of the reference list: name, level (its place, see data/setara_pendidikan.csv; None unknown)."""

    nama: str
    setara: int | None


@dataclass(frozen=True, slots=True)
class Acuan:
    """The references the requirements name. ``setara`` by code of level, ``tingkat`` its names."""

    setara: Mapping[str, int]
    tingkat: Mapping[str, str]
    pendidikan: Mapping[int, Pendidikan] = field(default_factory=dict)
    diklat: Mapping[int, str] = field(default_factory=dict)
    sertifikasi: Mapping[int, str] = field(default_factory=dict)


class Butir(NamedTuple):
    """One thing asked for. Without ``id`` (and, for education, ``setara``) it cannot be compared."""

    teks: str
    id: int | None = None
    setara: int | None = None


@dataclass(frozen=True, slots=True)
class Syarat:
    """What a post asks for: one of ``pendidikan``, all of ``diklat`` and ``sertifikasi``, ``tahun`` years of
    service. ``pengalaman`` is how the years are worded."""

    pendidikan: tuple[Butir, ...] = ()
    diklat: tuple[Butir, ...] = ()
    sertifikasi: tuple[Butir, ...] = ()
    pengalaman: tuple[str, ...] = ()
    tahun: int | None = None

    @property
    def kosong(self) -> bool:
        return not (self.pendidikan or self.diklat or self.sertifikasi or self.pengalaman)


class Milik(NamedTuple):
    """What is recorded about somebody. None: nothing recorded (of diklat or sertifikasi: no record at all).

    ``tahun``: full years since the first known day of service; ``kedaluwarsa``: certificates that ended.
    """

    setara: int | None = None
    tingkat: str = ""
    pendidikan_id: int | None = None
    diklat: frozenset[int] | None = None
    sertifikasi: frozenset[int] | None = None
    kedaluwarsa: frozenset[int] = frozenset()
    tahun: int | None = None


class Nilai(NamedTuple):
    """An answer and the sentence behind it."""

    status: Status
    alasan: str


def read_requirement(isi: Mapping[str, Any] | None, acuan: Acuan) -> Syarat:
    """What the section ``kualifikasi`` asks for. A dash is "nothing", a text alone stays a text."""
    isi = isi or {}
    trained = [b for name in DIKLAT for b in _items(isi.get(name), acuan.diklat)]
    words = tuple(item.teks for item in _items(isi.get("pengalaman"), {}))
    years = [y for raw in isi.get("pengalaman") or () if (y := _years(raw)) is not None]
    return Syarat(
        pendidikan=tuple(_education(isi.get("pendidikan"), acuan)),
        diklat=tuple(trained),
        sertifikasi=tuple(_items(isi.get("sertifikasi"), acuan.sertifikasi)),
        pengalaman=words,
        tahun=max(years, default=None),
    )


def field_of(nama: str) -> str:
    """The field of a programme without its level: that of ``S-1 TEKNIK SIPIL`` is ``TEKNIK SIPIL``."""
    text = _AWALAN.sub("", nama.upper())
    return " ".join(re.sub(r"[^A-Z0-9]+", " ", text).split())


def judge(syarat: Syarat, milik: Milik, acuan: Acuan) -> dict[str, Nilai]:
    """The answer per component (``KOMPONEN``), in this order."""
    return {
        "pendidikan": _judge_education(syarat.pendidikan, milik, acuan),
        "diklat": _judge_all(syarat.diklat, milik.diklat, frozenset(), "diklat"),
        "sertifikasi": _judge_all(syarat.sertifikasi, milik.sertifikasi, milik.kedaluwarsa, "sertifikasi"),
        "pengalaman": _judge_service(syarat, milik),
    }


def overall(nilai: Iterable[Nilai]) -> Status:
    """Of one person: not fulfilled before nothing recorded before fulfilled; nothing required last."""
    found = {n.status for n in nilai}
    for status in ("tidak", "belum-ada-data", "memenuhi"):
        if status in found:
            return status
    return "tanpa-syarat"


@dataclass(slots=True)
class Hitungan:
    """How many people have each status, per component and overall (``semua``)."""

    n: int = 0
    belum: int = 0
    """Of these, people on posts that nobody has written a requirement for."""
    komponen: dict[str, dict[Status, int]] = field(
        default_factory=lambda: {name: dict.fromkeys(STATUS, 0) for name in (*KOMPONEN, "semua")}
    )

    def add(self, nilai: Mapping[str, Nilai], n: int, *, tertulis: bool = True) -> None:
        """Count ``n`` people who all have these answers; ``tertulis``: their post has a requirement, be it
        that nothing is asked for."""
        self.n += n
        self.belum += 0 if tertulis else n
        for name, one in nilai.items():
            self.komponen[name][one.status] += n
        self.komponen["semua"][overall(nilai.values())] += n

    def merge(self, other: Hitungan) -> None:
        self.n += other.n
        self.belum += other.belum
        for name, counts in other.komponen.items():
            for status, n in counts.items():
                self.komponen[name][status] += n

    def share(self, name: str) -> Fraction | None:
        """The part that fulfils, of those that could be judged; None: nobody could."""
        counts = self.komponen[name]
        judged = counts["memenuhi"] + counts["tidak"]
        return Fraction(counts["memenuhi"], judged) if judged else None


def heat(share: Fraction | None) -> int:
    """Step of the heat map: 0 nothing to say, 1 (under 25 %) … 4 (75 % and more), 5 everybody."""
    return 0 if share is None else int(share * 4) + 1


NIHIL = Nilai("tanpa-syarat", "Tidak dipersyaratkan.")


def _items(raw: Any, known: Mapping[int, str]) -> list[Butir]:
    made = []
    for row in raw or ():
        cells = row if isinstance(row, Mapping) else {"teks": row}
        key = cells.get("id")
        key = key if isinstance(key, int) and key in known else None
        text = str(cells.get("teks") or "").strip()
        if key is None and text.lower().rstrip(".") in _STRIP:
            continue
        made.append(Butir(text or known[key or 0], key))
    return made


def _education(raw: Any, acuan: Acuan) -> Iterable[Butir]:
    names = {name.upper().replace("-", ""): code for code, name in acuan.tingkat.items()}
    for row in raw or ():
        cells = row if isinstance(row, Mapping) else {"teks": row}
        text, key = str(cells.get("teks") or "").strip(), cells.get("id")
        level = str(cells.get("tingkat") or "").strip()
        level = level if level in acuan.setara else names.get(level.upper().replace("-", ""), "")
        setara = acuan.setara.get(level)
        if isinstance(key, int) and key in acuan.pendidikan:
            named = acuan.pendidikan[key]
            yield Butir(text or named.nama, key, named.setara if named.setara is not None else setara)
        elif setara is not None or text.lower() not in _STRIP:
            yield Butir(text or acuan.tingkat.get(level, ""), None, setara)


def _years(raw: Any) -> int | None:
    cells = raw if isinstance(raw, Mapping) else {"teks": raw}
    told = str(cells.get("tahun") or "").strip()
    if told.isdigit():
        return int(told)
    found = _TAHUN.search(str(cells.get("teks") or ""))
    return int(found[1]) if found else None


def _judge_education(asked: tuple[Butir, ...], held: Milik, acuan: Acuan) -> Nilai:
    """One of the alternatives is enough. A higher level in the same field fulfils; another field does not.
    A programme of no field (SLTA umum) asks for its level alone."""
    if not asked:
        return NIHIL
    open_ = [b for b in asked if b.setara is None and b.id is None]
    wanted = " atau ".join(b.teks for b in asked)
    if held.setara is None:
        return Nilai("belum-ada-data", f"Tingkat pendidikan belum tercatat; dipersyaratkan {wanted}.")
    mine = acuan.pendidikan.get(held.pendidikan_id) if held.pendidikan_id is not None else None
    name = mine.nama if mine else held.tingkat
    reasons, unknown = [], False
    for item in asked:
        if item in open_:
            continue
        if item.setara is not None and held.setara < item.setara:
            reasons.append(f"{name} di bawah {item.teks}")
        elif item.id is None or field_of(acuan.pendidikan[item.id].nama) in _TANPA_BIDANG:
            return Nilai("memenuhi", f"{name} memenuhi {item.teks}.")
        elif held.pendidikan_id is None:
            unknown = True
        elif held.pendidikan_id == item.id or _same_field(held.pendidikan_id, item.id, acuan):
            return Nilai("memenuhi", f"{name} memenuhi {item.teks}.")
        else:
            reasons.append(f"bidang {name} bukan {item.teks}")
    if unknown:
        return Nilai("belum-ada-data", f"Bidang pendidikan belum tercatat; dipersyaratkan {wanted}.")
    if open_:
        text = ", ".join(b.teks for b in open_)
        return Nilai("belum-ada-data", f"Syarat “{text}” belum terikat referensi; tidak dapat dibandingkan.")
    told = "; ".join(reasons)
    return Nilai("tidak", told[:1].upper() + told[1:] + ".")


def _same_field(held: int, wanted: int, acuan: Acuan) -> bool:
    mine = acuan.pendidikan.get(held)
    if mine is None:
        return False
    field_ = field_of(acuan.pendidikan[wanted].nama)
    return field_ != "" and field_of(mine.nama) == field_


def _judge_all(
    asked: tuple[Butir, ...], held: frozenset[int] | None, ended: frozenset[int], kind: str
) -> Nilai:
    """All that is asked for must be there."""
    if not asked:
        return NIHIL
    if held is None:
        return Nilai("belum-ada-data", f"Riwayat {kind} belum tercatat.")
    missing = [b for b in asked if b.id is not None and b.id not in held]
    if missing:
        told = [b.teks + (" (sudah tidak berlaku)" if b.id in ended else "") for b in missing]
        return Nilai("tidak", f"Belum mempunyai {', '.join(told)}.")
    loose = [b.teks for b in asked if b.id is None]
    if loose:
        text = ", ".join(loose)
        return Nilai("belum-ada-data", f"Syarat “{text}” belum terikat referensi; tidak dapat dibandingkan.")
    return Nilai("memenuhi", f"Mempunyai {', '.join(b.teks for b in asked)}.")


def _judge_service(syarat: Syarat, held: Milik) -> Nilai:
    """Only the length counts: in which field somebody served is not recorded."""
    if not syarat.pengalaman and syarat.tahun is None:
        return NIHIL
    if syarat.tahun is None:
        text = ", ".join(syarat.pengalaman)
        return Nilai("belum-ada-data", f"Syarat “{text}” tidak menyebut lama; tidak dapat dibandingkan.")
    if held.tahun is None:
        return Nilai(
            "belum-ada-data", f"Awal masa kerja belum tercatat; dipersyaratkan {syarat.tahun} tahun."
        )
    if held.tahun >= syarat.tahun:
        return Nilai("memenuhi", f"Masa kerja {held.tahun} tahun, dipersyaratkan {syarat.tahun} tahun"
                                 " (lamanya; bidangnya tidak tercatat).")  # fmt: skip
    return Nilai("tidak", f"Masa kerja {held.tahun} tahun, dipersyaratkan {syarat.tahun} tahun.")
