"""What a check is, and how checks are run on objects of a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from petajabatan.inti.temuan import Temuan, Tingkat
from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.usulan.rules.cek.muat import muat
from petajabatan.usulan.rules.objek import Isi, Keadaan, Kunci, Objek
from petajabatan.usulan.rules.pandangan import Pandangan, muat_jalur, tempat, unor_of


@dataclass(frozen=True)
class Subjek:
    """One object under check: as the draft has it (``isi`` None: removed, with ``penerus``) and as the base
    version has it (``terbit`` None: new)."""

    view: Pandangan
    objek: Objek
    id: int
    keadaan: Keadaan
    terbit: Isi | None
    pendahulu: tuple[int, ...] = ()
    """Boxes that the draft removes and that name this box as their successor."""

    @property
    def penerus(self) -> tuple[int, ...]:
        return self.keadaan.penerus

    @property
    def baru(self) -> bool:
        """Whether the draft brought it in."""
        return self.terbit is None and self.keadaan.hidup

    @property
    def dihapus(self) -> bool:
        return self.terbit is not None and not self.keadaan.hidup

    def unor(self) -> IsiUnor:
        assert isinstance(self.keadaan.isi, IsiUnor)
        return self.keadaan.isi

    def posisi(self) -> IsiPosisi:
        assert isinstance(self.keadaan.isi, IsiPosisi)
        return self.keadaan.isi

    def unor_lama(self) -> IsiUnor:
        """The unit as the base version has it."""
        assert isinstance(self.terbit, IsiUnor)
        return self.terbit

    def posisi_lama(self) -> IsiPosisi:
        """The box as the base version has it."""
        assert isinstance(self.terbit, IsiPosisi)
        return self.terbit

    def induk(self) -> IsiUnor | None:
        """The unit that a box stands on."""
        return unor_of(self.view, self.posisi().unor_id)

    def dihapus_dari(self, objek: Objek) -> list[int]:
        """Units right below, or boxes on this unit, that the draft removes; as the base version had them."""
        return self.view.dihapus_dari(objek, [self.id])[self.id]

    def orang(self) -> int:
        """People on this box."""
        return self.view.orang([self.id]).get(self.id, 0)

    def anak(self) -> list[IsiUnor]:
        return self._anak

    def kotak(self) -> list[IsiPosisi]:
        return self._kotak

    @cached_property
    def _anak(self) -> list[IsiUnor]:
        return self.view.anak([self.id])[self.id]

    @cached_property
    def _kotak(self) -> list[IsiPosisi]:
        return self.view.kotak([self.id])[self.id]

    def batas(self, nama: str) -> Decimal | None:
        """A limit of the policy by name; None where none is in force: the check is then silent."""
        return self.view.acuan.kebijakan.get(nama)


class Ujar(NamedTuple):
    """What a check says: the sentence, the remedy, and where in the object."""

    kalimat: str
    perbaikan: str = ""
    """Empty: the usual remedy of the check."""
    kolom: str = ""
    nilai: str = ""
    pada: Kunci | None = None
    """The object it is about, when it is not the one under check."""


Pemeriksa = Callable[[Subjek], Iterable[Ujar]]
Keadaannya = Literal["hidup", "dihapus"]


@dataclass(frozen=True)
class Cek:
    """A check: its code, which objects in which state it looks at, how bad a finding is; and, in Indonesian
    for the help pages, what it looks at (``apa``), why (``sebab``), on which source, the usual remedy and
    an example."""

    kode: str
    judul: str
    tingkat: Tingkat
    objek: Objek
    keadaan: Keadaannya
    fungsi: Pemeriksa
    apa: str
    sebab: str
    sumber: str
    perbaikan: str
    contoh: str


SEMUA_CEK: dict[str, Cek] = {}
"""All checks by code, in the order they are shown in the documentation."""


def cek(
    kode: str,
    judul: str,
    tingkat: Tingkat,
    objek: Objek,
    keadaan: Keadaannya = "hidup",
    *,
    apa: str,
    sebab: str,
    sumber: str,
    perbaikan: str,
    contoh: str,
) -> Callable[[Pemeriksa], Pemeriksa]:
    """Register a check. Raises ValueError for a code that is taken."""

    def register(fungsi: Pemeriksa) -> Pemeriksa:
        if kode in SEMUA_CEK:
            raise ValueError(f"check {kode} exists")
        SEMUA_CEK[kode] = Cek(
            kode, judul, tingkat, objek, keadaan, fungsi, apa, sebab, sumber, perbaikan, contoh
        )
        return fungsi

    return register


@dataclass(frozen=True)
class TemuanObjek:
    """A finding and the object it belongs to. ``bawaan``: the published map has it too."""

    objek: Objek
    id: int
    temuan: Temuan
    bawaan: bool = False

    @property
    def kunci(self) -> tuple[str, int, str, str]:
        """What makes it the same finding in two states of the map."""
        return (self.objek, self.id, self.temuan.kode, self.temuan.nilai)


class _Kata(NamedTuple):
    """What one check said about one object."""

    objek: Objek
    id: int
    cek: Cek
    ujar: Ujar

    @property
    def nilai(self) -> str:
        objek, key = self.ujar.pada or (self.objek, self.id)
        return self.ujar.nilai or (f"{objek}:{key}" if self.ujar.pada else "")

    @property
    def kunci(self) -> tuple[str, int, str, str]:
        return (self.objek, self.id, self.cek.kode, self.nilai)


def jalankan(
    view: Pandangan,
    kunci: Iterable[Kunci],
    terbit: Pandangan | None = None,
    tingkat: Tingkat | None = None,
) -> list[TemuanObjek]:
    """Findings on these objects, in order. ``terbit`` is the base version by itself: findings that are there
    too are marked as brought along. ``tingkat``: only checks of this severity. Objects are read in a few
    batches, whatever their number."""
    chosen = [c for c in SEMUA_CEK.values() if tingkat in (None, c.tingkat)]
    said = list(_run(view, sorted(set(kunci)), chosen))
    there: set[tuple[str, int, str, str]] = set()
    if terbit is not None and said:
        again: dict[Kunci, list[Cek]] = {}
        for word in said:
            checks = again.setdefault((word.objek, word.id), [])
            if word.cek not in checks:
                checks.append(word.cek)
        there = {word.kunci for word in _run(terbit, sorted(again), chosen, again)}
    places = _places(view, said)
    return [
        TemuanObjek(
            word.objek,
            word.id,
            Temuan(
                word.cek.kode,
                word.cek.tingkat,
                word.ujar.kalimat,
                word.ujar.perbaikan or word.cek.perbaikan,
                tempat=places[word.objek, word.id],
                kolom=word.ujar.kolom,
                nilai=word.nilai,
            ),
            bool(there) and word.kunci in there,
        )
        for word in said
    ]


def _run(
    view: Pandangan,
    wanted: list[Kunci],
    checks: Iterable[Cek],
    hanya: Mapping[Kunci, list[Cek]] | None = None,
) -> Iterator[_Kata]:
    """What the checks say about these objects; ``hanya``: only these of each object."""
    kinds: tuple[Objek, Objek] = ("unor", "posisi")
    for objek in kinds:
        ids = [key for kind, key in wanted if kind == objek]
        if not ids:
            continue
        states, base = view.keadaan(objek, ids), view.terbit(objek, ids)
        muat(view, objek, states, base)
        followed = view.digantikan(objek, ids) if objek == "posisi" else {}
        if followed:
            view.orang([key for keys in followed.values() for key in keys])
        by_state = {
            state: [c for c in checks if (c.objek, c.keadaan) == (objek, state)]
            for state in ("hidup", "dihapus")
        }
        for key in ids:
            subject = Subjek(view, objek, key, states[key], base.get(key), tuple(followed.get(key, ())))
            if not states[key].hidup and not subject.dihapus:
                continue
            state = "hidup" if states[key].hidup else "dihapus"
            for check in by_state[state] if hanya is None else hanya[objek, key]:
                if check.keadaan == state:
                    for ujar in check.fungsi(subject):
                        yield _Kata(objek, key, check, ujar)


def _places(view: Pandangan, said: list[_Kata]) -> dict[Kunci, str]:
    """Where the objects are; paths are read level by level for all of them at once."""
    rows: dict[Kunci, Isi | None] = {}
    kinds: tuple[Objek, Objek] = ("unor", "posisi")
    for objek in kinds:
        ids = sorted({word.id for word in said if word.objek == objek})
        base = view.terbit(objek, ids)
        for key, state in view.keadaan(objek, ids).items():
            rows[objek, key] = state.isi or base.get(key)
    units = sorted({key for key in (_unit_of(isi) for isi in rows.values()) if key is not None})
    muat_jalur(view, units)
    ways = {key: tempat(view, key) for key in units}
    return {key: _place(isi, ways) for key, isi in rows.items()}


def _unit_of(isi: Isi | None) -> int | None:
    """The unit whose path says where the object is; for a removed unit the one it hung on."""
    if isinstance(isi, IsiPosisi):
        return isi.unor_id
    return isi.id if isi is not None else None


def _place(isi: Isi | None, ways: Mapping[int, str]) -> str:
    if isinstance(isi, IsiUnor):
        return ways[isi.id] or isi.nama
    if isinstance(isi, IsiPosisi):
        above = ways[isi.unor_id]
        return f"{above} › {isi.nama}" if above else isi.nama
    return ""
