"""What a check is, and how checks are run on objects of a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
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
        return self.view.anak([self.id])[self.id]

    def kotak(self) -> list[IsiPosisi]:
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


def jalankan(view: Pandangan, kunci: Iterable[Kunci], terbit: Pandangan | None = None) -> list[TemuanObjek]:
    """Findings on these objects, in order. ``terbit`` is the base version by itself: findings that are there
    too are marked as brought along. Objects are read in a few batches, whatever their number."""
    found = list(_run(view, sorted(set(kunci))))
    if terbit is not None and found:
        there = {t.kunci for t in _run(terbit, sorted({(t.objek, t.id) for t in found}))}
        found = [replace(t, bawaan=t.kunci in there) for t in found]
    return _with_places(view, found)


def _run(view: Pandangan, wanted: list[Kunci]) -> Iterator[TemuanObjek]:
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
        for key in ids:
            subject = Subjek(view, objek, key, states[key], base.get(key), tuple(followed.get(key, ())))
            if states[key].hidup or subject.dihapus:
                yield from _check(subject)


def _check(subject: Subjek) -> Iterator[TemuanObjek]:
    state = "hidup" if subject.keadaan.hidup else "dihapus"
    for check in SEMUA_CEK.values():
        if check.objek != subject.objek or check.keadaan != state:
            continue
        for said in check.fungsi(subject):
            objek, key = said.pada or (subject.objek, subject.id)
            yield TemuanObjek(
                subject.objek,
                subject.id,
                Temuan(
                    check.kode,
                    check.tingkat,
                    said.kalimat,
                    said.perbaikan or check.perbaikan,
                    kolom=said.kolom,
                    nilai=said.nilai or (f"{objek}:{key}" if said.pada else ""),
                ),
            )


def _with_places(view: Pandangan, found: list[TemuanObjek]) -> list[TemuanObjek]:
    """The findings with the place of their object; paths are read level by level for all of them at once."""
    rows: dict[Kunci, Isi | None] = {}
    kinds: tuple[Objek, Objek] = ("unor", "posisi")
    for objek in kinds:
        ids = sorted({t.id for t in found if t.objek == objek})
        base = view.terbit(objek, ids)
        for key, state in view.keadaan(objek, ids).items():
            rows[objek, key] = state.isi or base.get(key)
    muat_jalur(view, [key for key in (_unit_of(isi) for isi in rows.values()) if key is not None])
    places = {key: _place(view, isi) for key, isi in rows.items()}
    return [replace(t, temuan=replace(t.temuan, tempat=places[t.objek, t.id])) for t in found]


def _unit_of(isi: Isi | None) -> int | None:
    """The unit whose path says where the object is; for a removed unit the one it hung on."""
    if isinstance(isi, IsiPosisi):
        return isi.unor_id
    return isi.id if isi is not None else None


def _place(view: Pandangan, isi: Isi | None) -> str:
    if isinstance(isi, IsiUnor):
        return tempat(view, isi.id) or isi.nama
    if isinstance(isi, IsiPosisi):
        above = tempat(view, isi.unor_id)
        return f"{above} › {isi.nama}" if above else isi.nama
    return ""
