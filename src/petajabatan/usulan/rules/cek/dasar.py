"""What a check is, and how checks are run on objects of a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple

from petajabatan.inti.temuan import Temuan, Tingkat
from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.usulan.rules.objek import Isi, Keadaan, Kunci, Objek
from petajabatan.usulan.rules.pandangan import Pandangan, tempat


@dataclass(frozen=True)
class Subjek:
    """One object under check: as the draft has it (``isi`` None: removed, with ``penerus``) and as the base
    version has it (``terbit`` None: new)."""

    view: Pandangan
    objek: Objek
    id: int
    keadaan: Keadaan
    terbit: Isi | None

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
    perbaikan: str
    kolom: str = ""
    nilai: str = ""
    pada: Kunci | None = None
    """The object it is about, when it is not the one under check."""


Pemeriksa = Callable[[Subjek], Iterable[Ujar]]
Keadaannya = Literal["hidup", "dihapus"]


@dataclass(frozen=True)
class Cek:
    """A check: its code, which objects in which state it looks at, how bad a finding is."""

    kode: str
    judul: str
    tingkat: Tingkat
    objek: Objek
    keadaan: Keadaannya
    fungsi: Pemeriksa


SEMUA_CEK: dict[str, Cek] = {}
"""All checks by code, in the order they are shown in the documentation."""


def cek(
    kode: str, judul: str, tingkat: Tingkat, objek: Objek, keadaan: Keadaannya = "hidup"
) -> Callable[[Pemeriksa], Pemeriksa]:
    """Register a check. Raises ValueError for a code that is taken."""

    def register(fungsi: Pemeriksa) -> Pemeriksa:
        if kode in SEMUA_CEK:
            raise ValueError(f"check {kode} exists")
        SEMUA_CEK[kode] = Cek(kode, judul, tingkat, objek, keadaan, fungsi)
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
    wanted = sorted(set(kunci))
    found = list(_run(view, wanted))
    if terbit is not None and found:
        there = {t.kunci for t in _run(terbit, sorted({(t.objek, t.id) for t in found}))}
        found = [replace(t, bawaan=t.kunci in there) for t in found]
    return found


def _run(view: Pandangan, wanted: list[Kunci]) -> Iterator[TemuanObjek]:
    for objek in ("unor", "posisi"):
        ids = [key for kind, key in wanted if kind == objek]
        if not ids:
            continue
        kind: Objek = "unor" if objek == "unor" else "posisi"
        states, base = view.keadaan(kind, ids), view.terbit(kind, ids)
        _prefetch(view, kind, [key for key in ids if states[key].hidup], states)
        for key in ids:
            subject = Subjek(view, kind, key, states[key], base.get(key))
            if not (states[key].hidup or subject.dihapus):
                continue
            yield from _check(subject)


def _prefetch(view: Pandangan, objek: Objek, ids: list[int], states: dict[int, Keadaan]) -> None:
    """Ask in batches for what the checks will ask one by one."""
    if objek == "unor":
        view.anak(ids)
        boxes = view.kotak(ids)
        rows = [box for found in boxes.values() for box in found]
        view.orang_tanpa_kotak(ids)
        above = {s.isi.atasan_id for s in states.values() if isinstance(s.isi, IsiUnor) and s.isi.atasan_id}
        view.keadaan("unor", sorted(above))
    else:
        rows = [s.isi for s in states.values() if isinstance(s.isi, IsiPosisi)]
        view.keadaan("unor", sorted({box.unor_id for box in rows}))
    view.orang([box.id for box in rows])
    view.acuan.jabatan([box.jabatan_id for box in rows if box.jabatan_id is not None])


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
                    said.perbaikan,
                    tempat=_place(subject),
                    kolom=said.kolom,
                    nilai=said.nilai or (f"{objek}:{key}" if said.pada else ""),
                ),
            )


def _place(subject: Subjek) -> str:
    isi = subject.keadaan.isi
    if isinstance(isi, IsiUnor):
        return tempat(subject.view, isi.id)
    if isinstance(isi, IsiPosisi):
        return f"{tempat(subject.view, isi.unor_id)} › {isi.nama}"
    return subject.terbit.nama if subject.terbit is not None else ""
