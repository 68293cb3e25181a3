"""How rules see a draft: the published map with the draft laid over it.

``Pandangan`` is what every rule asks; the database answers it for a single edit (``queries.pandangan``), and
``PetaDraf`` answers it in memory for gates and property tests. Both give the same answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from petajabatan.jabatan.rules.abk.lembar import AcuanAbk
from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.jabatan.rules.evaluasi import TabelKelas
from petajabatan.jabatan.rules.isian import IsiIsian
from petajabatan.jabatan.rules.kelas_nasional import Ketentuan
from petajabatan.jabatan.rules.kelengkapan import Isian
from petajabatan.usulan.rules.nama import AturanNama
from petajabatan.usulan.rules.objek import TIADA, Isi, Keadaan, Kunci, Objek, Perubahan


class Jumlahan(Protocol):
    """Totals of a subtree as the base version had them (persons, boxes, units)."""

    k: int
    b: int
    n_posisi: int
    n_unor: int


@dataclass(frozen=True, slots=True)
class JabatanAcuan:
    """A jabatan of the reference list, as far as checks need it."""

    id: int
    nama: str
    jenis: str
    jenjang: str | None = None
    aktif: bool = True


@dataclass(frozen=True, slots=True)
class DasarAcuan:
    """A regulation as far as checks need it: ``status`` berlaku, diubah or dicabut."""

    id: int
    nama: str
    status: str = "berlaku"
    tahun: int = 0


class Acuan(Protocol):
    """Reference data that rules compare with. Everything in it is data with a source, nothing a constant."""

    @property
    def nama(self) -> AturanNama: ...

    @property
    def eselon(self) -> Mapping[str, int]:
        """kode → rank of the level, smaller = higher."""

    @property
    def jenjang(self) -> Mapping[str, str]:
        """kode → name."""

    @property
    def urusan(self) -> Mapping[str, str]: ...

    @property
    def rentang_kelas(self) -> Mapping[str, tuple[int, int]]:
        """jenjang → usual lowest and highest kelas for this kind of instansi."""

    @property
    def kebijakan(self) -> Mapping[str, Decimal]:
        """Limits of the checks by name (usulan/data/kebijakan_cek.csv)."""

    @property
    def kepala_fungsional(self) -> frozenset[str]:
        """Kinds of unit that a JF with an additional task may lead."""

    @property
    def abk(self) -> AcuanAbk:
        """What ABK sheets are calculated with."""

    @property
    def isian(self) -> Sequence[Isian]:
        """The fields of the form of an informasi jabatan."""

    @property
    def evaluasi(self) -> TabelKelas:
        """The tables that factor sheets are evaluated with."""

    def jabatan(self, ids: Iterable[int]) -> dict[int, JabatanAcuan]: ...
    def dasar_hukum(self, ids: Iterable[int]) -> dict[int, DasarAcuan]: ...

    def kelas_nasional(self, jabatan_ids: Iterable[int]) -> Sequence[Ketentuan]:
        """What is set nationally for these jabatan, and for jenjang and eselon, in this kind of instansi; the
        one that comes first among its like applies."""


class Pandangan(Protocol):
    """A draft as rules read it. Lists come in the order of ``urutan`` and hold only what is on the map."""

    @property
    def instansi_id(self) -> int: ...
    @property
    def acuan(self) -> Acuan: ...
    @property
    def hitungan(self) -> dict[tuple[int, str], tuple[Any, Any]]:
        """What content came to (``rules.hitungan``)."""

    def keadaan(self, objek: Objek, ids: Iterable[int]) -> dict[int, Keadaan]:
        """States in the draft; ids nobody knows are ``TIADA``."""

    def terbit(self, objek: Objek, ids: Iterable[int]) -> dict[int, Isi]:
        """What the base version says about these objects; missing ones are left out."""

    def anak(self, ids: Iterable[int]) -> dict[int, list[IsiUnor]]:
        """The units right below each of these units."""

    def kotak(self, ids: Iterable[int]) -> dict[int, list[IsiPosisi]]:
        """The boxes on each of these units."""

    def akar(self) -> IsiUnor | None:
        """The root unit; the published one where the draft has another besides."""

    def orang(self, ids: Iterable[int]) -> dict[int, int]:
        """People who hold a seat of each box today, in any way (0 left out)."""

    def orang_tanpa_kotak(self, ids: Iterable[int]) -> dict[int, int]:
        """People on each unit itself without a box (0 left out)."""

    def digantikan(self, objek: Objek, ids: Iterable[int]) -> dict[int, list[int]]:
        """For each object: the objects of this draft, removed, that name it as their successor."""

    def dihapus_dari(self, objek: Objek, ids: Iterable[int]) -> dict[int, list[int]]:
        """For each of these units: the units right below it, or the boxes on it, as the base version has
        them, that the draft removes."""

    def kode(self, ids: Iterable[int]) -> dict[int, frozenset[str]]:
        """Kinds of active external code of each unit (npsn, puskesmas, …); units without are left out."""

    def pemegang_kode(self, jenis: str, kode: str) -> str | None:
        """The name of the unit that holds an external code, published anywhere and not removed by this draft,
        or added by this draft; None when it is free."""

    def pemakai(self, infojab_ids: Iterable[int]) -> dict[int, list[int]]:
        """The ids of the boxes that each of these informasi jabatan serves, in order: thousands, where one
        serves the schools of a province. Who needs the boxes themselves reads those it needs."""

    def disentuh(self) -> list[Kunci]:
        """Everything the draft touches."""

    def luar(self, ids: Iterable[int]) -> set[int]:
        """Those of these units that belong to a partner instansi of the same bundle and are on its map."""

    def nama_luar(self, ids: Iterable[int]) -> dict[int, str]:
        """What those units are called, with their instansi; without names that may not be read."""


def atas(isi: Isi | None) -> int | None:
    """What an object hangs on: the unit above a unit, the unit of a box; sections hang on no unit."""
    if isinstance(isi, IsiPosisi):
        return isi.unor_id
    return isi.atasan_id if isinstance(isi, IsiUnor) else None


def unor_of(view: Pandangan, unor_id: int) -> IsiUnor | None:
    """One unit of the draft, None when it is not on the map."""
    isi = view.keadaan("unor", [unor_id])[unor_id].isi
    return isi if isinstance(isi, IsiUnor) else None


def isian_at(view: Pandangan, key: int) -> IsiIsian | None:
    """One section of the draft, None when it is empty."""
    isi = view.keadaan("isian", [key])[key].isi
    return isi if isinstance(isi, IsiIsian) else None


def posisi_of(view: Pandangan, posisi_id: int) -> IsiPosisi | None:
    isi = view.keadaan("posisi", [posisi_id])[posisi_id].isi
    return isi if isinstance(isi, IsiPosisi) else None


def kotak_pada(view: Pandangan, ids: Iterable[int]) -> list[IsiPosisi]:
    """These boxes of the draft in this order, without those that are not on the map."""
    states = view.keadaan("posisi", ids).values()
    return [state.isi for state in states if isinstance(state.isi, IsiPosisi)]


def jalur(view: Pandangan, unor_id: int) -> list[IsiUnor]:
    """From the unit up to the root, the unit first; stops at a gap or a loop."""
    path: list[IsiUnor] = []
    seen: set[int] = set()
    at: int | None = unor_id
    while at is not None and at not in seen:
        seen.add(at)
        unit = unor_of(view, at)
        if unit is None:
            break
        path.append(unit)
        at = unit.atasan_id
    return path


def muat_jalur(view: Pandangan, ids: Iterable[int]) -> None:
    """Read the ways from these units up to the root, one level of all of them at a time."""
    seen: set[int] = set()
    level = set(ids)
    while level:
        seen |= level
        states = view.keadaan("unor", sorted(level)).values()
        above = {s.isi.atasan_id for s in states if isinstance(s.isi, IsiUnor)}
        level = {key for key in above if key is not None} - seen


def cabang(view: Pandangan, unor_id: int) -> list[IsiUnor]:
    """The unit and everything below it, level by level (each unit after the one above it)."""
    start = unor_of(view, unor_id)
    found: list[IsiUnor] = [] if start is None else [start]
    level = [unor_id] if start is not None else []
    while level:
        below = [unit for units in view.anak(level).values() for unit in units]
        found += below
        level = [unit.id for unit in below]
    return found


def tempat(view: Pandangan, unor_id: int | None) -> str:
    """Where that is, for people: names from below the root down to the unit."""
    if unor_id is None:
        return ""
    names = [unit.nama for unit in jalur(view, unor_id)]
    return " › ".join(reversed(names[:-1] or names))


@dataclass
class AcuanTetap:
    """Reference data held in memory: tests and whole-map checks."""

    nama: AturanNama
    eselon: Mapping[str, int] = field(default_factory=dict)
    jenjang: Mapping[str, str] = field(default_factory=dict)
    urusan: Mapping[str, str] = field(default_factory=dict)
    rentang_kelas: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    kebijakan: Mapping[str, Decimal] = field(default_factory=dict)
    kepala_fungsional: frozenset[str] = frozenset({"faskes", "sekolah"})
    daftar_jabatan: Mapping[int, JabatanAcuan] = field(default_factory=dict)
    daftar_dasar: Mapping[int, DasarAcuan] = field(default_factory=dict)
    abk: AcuanAbk = None  # type: ignore[assignment]
    isian: Sequence[Isian] = ()
    evaluasi: TabelKelas = field(default_factory=lambda: TabelKelas({}, (), ()))
    ketentuan: Sequence[Ketentuan] = ()

    def kelas_nasional(self, jabatan_ids: Iterable[int]) -> Sequence[Ketentuan]:
        wanted = set(jabatan_ids)
        return [row for row in self.ketentuan if row.jabatan_id is None or row.jabatan_id in wanted]

    def jabatan(self, ids: Iterable[int]) -> dict[int, JabatanAcuan]:
        return {i: self.daftar_jabatan[i] for i in ids if i in self.daftar_jabatan}

    def dasar_hukum(self, ids: Iterable[int]) -> dict[int, DasarAcuan]:
        return {i: self.daftar_dasar[i] for i in ids if i in self.daftar_dasar}


class PetaDraf:
    """A whole draft in memory. ``terapkan`` takes steps, ``balik`` undoes them; indexes of children and boxes
    follow along, so that a question costs what its answer costs."""

    def __init__(
        self,
        instansi_id: int,
        units: Iterable[IsiUnor],
        boxes: Iterable[IsiPosisi],
        acuan: Acuan,
        *,
        orang: Mapping[int, int] | None = None,
        orang_unor: Mapping[int, int] | None = None,
        kode: Mapping[int, frozenset[str]] | None = None,
        isian: Iterable[IsiIsian] = (),
    ) -> None:
        self.instansi_id = instansi_id
        self.acuan = acuan
        self._base: dict[Objek, dict[int, Isi]] = {
            "unor": {u.id: u for u in units},
            "posisi": {p.id: p for p in boxes},
            "isian": {s.id: s for s in isian},
        }
        self._draft: dict[Kunci, Keadaan] = {}
        self._people = dict(orang or {})
        self._people_unit = dict(orang_unor or {})
        self._codes = dict(kode or {})
        self._below: dict[int | None, set[int]] = {}
        self._boxes: dict[int, set[int]] = {}
        self._followed: dict[Kunci, set[int]] = {}
        self._gone: dict[Kunci, set[int]] = {}
        self.mitra: set[int] = set()
        self.hitungan: dict[tuple[int, str], tuple[Any, Any]] = {}
        for unit in self._base["unor"].values():
            self._index("unor", unit, add=True)
        for box in self._base["posisi"].values():
            self._index("posisi", box, add=True)

    def _index(self, objek: Objek, isi: Isi | None, *, add: bool) -> None:
        if isinstance(isi, IsiUnor):
            group = self._below.setdefault(isi.atasan_id, set())
        elif isinstance(isi, IsiPosisi):
            group = self._boxes.setdefault(isi.unor_id, set())
        else:
            return
        (group.add if add else group.discard)(isi.id)

    def _state(self, objek: Objek, key: int) -> Keadaan:
        held = self._draft.get((objek, key))
        if held is not None:
            return held
        row = self._base[objek].get(key)
        return TIADA if row is None else Keadaan(row)

    def take(self, steps: Iterable[Perubahan]) -> None:
        """Take steps. Raises ValueError when a step does not start from what is there."""
        for p in steps:
            now = self._state(p.objek, p.id)
            if now != p.sebelum:
                raise ValueError(f"{p.objek} {p.id}: {now} is not {p.sebelum}")
            self._index(p.objek, now.isi, add=False)
            self._index(p.objek, p.sesudah.isi, add=True)
            for key in now.penerus:
                self._followed.get((p.objek, key), set()).discard(p.id)
            for key in p.sesudah.penerus:
                self._followed.setdefault((p.objek, key), set()).add(p.id)
            self._index_gone(p)
            if p.sesudah == Keadaan(self._base[p.objek].get(p.id)):
                self._draft.pop(p.kunci, None)
            else:
                self._draft[p.kunci] = p.sesudah

    def _index_gone(self, p: Perubahan) -> None:
        base = self._base[p.objek].get(p.id)
        above = atas(base)
        if above is not None:
            group = self._gone.setdefault((p.objek, above), set())
            (group.discard if p.sesudah.hidup else group.add)(p.id)

    def dasar(self) -> PetaDraf:
        """The base version alone."""
        base = PetaDraf.__new__(PetaDraf)
        PetaDraf.__init__(
            base,
            self.instansi_id,
            [u for u in self._base["unor"].values() if isinstance(u, IsiUnor)],
            [p for p in self._base["posisi"].values() if isinstance(p, IsiPosisi)],
            self.acuan,
            orang=self._people,
            orang_unor=self._people_unit,
            kode=self._codes,
            isian=[s for s in self._base["isian"].values() if isinstance(s, IsiIsian)],
        )
        return base

    def perubahan(self) -> list[Perubahan]:
        """The draft as one step per touched object."""
        rows = []
        for (objek, key), state in sorted(self._draft.items()):
            base = self._base[objek].get(key)
            rows.append(Perubahan(objek, key, TIADA if base is None else Keadaan(base), state))
        return rows

    def keadaan(self, objek: Objek, ids: Iterable[int]) -> dict[int, Keadaan]:
        return {key: self._state(objek, key) for key in ids}

    def terbit(self, objek: Objek, ids: Iterable[int]) -> dict[int, Isi]:
        base = self._base[objek]
        return {key: base[key] for key in ids if key in base}

    def anak(self, ids: Iterable[int]) -> dict[int, list[IsiUnor]]:
        found: dict[int, list[IsiUnor]] = {}
        for key in ids:
            rows = [self._state("unor", child).isi for child in self._below.get(key, ())]
            found[key] = sorted(
                (row for row in rows if isinstance(row, IsiUnor)), key=lambda u: (u.urutan, u.id)
            )
        return found

    def kotak(self, ids: Iterable[int]) -> dict[int, list[IsiPosisi]]:
        found: dict[int, list[IsiPosisi]] = {}
        for key in ids:
            rows = [self._state("posisi", box).isi for box in self._boxes.get(key, ())]
            found[key] = sorted(
                (row for row in rows if isinstance(row, IsiPosisi)),
                key=lambda p: (not p.kepala, p.urutan, p.id),
            )
        return found

    def akar(self) -> IsiUnor | None:
        roots = sorted(self._below.get(None, ()), key=lambda key: (key not in self._base["unor"], key))
        row = self._state("unor", roots[0]).isi if roots else None
        return row if isinstance(row, IsiUnor) else None

    def orang(self, ids: Iterable[int]) -> dict[int, int]:
        return {key: self._people[key] for key in ids if self._people.get(key)}

    def orang_tanpa_kotak(self, ids: Iterable[int]) -> dict[int, int]:
        return {key: self._people_unit[key] for key in ids if self._people_unit.get(key)}

    def digantikan(self, objek: Objek, ids: Iterable[int]) -> dict[int, list[int]]:
        return {key: sorted(self._followed.get((objek, key), ())) for key in ids}

    def dihapus_dari(self, objek: Objek, ids: Iterable[int]) -> dict[int, list[int]]:
        return {key: sorted(self._gone.get((objek, key), ())) for key in ids}

    def kode(self, ids: Iterable[int]) -> dict[int, frozenset[str]]:
        return {key: self._codes[key] for key in ids if self._codes.get(key)}

    def pemegang_kode(self, jenis: str, kode: str) -> str | None:
        """Maps in memory know kinds of code only, not the codes themselves."""
        return None

    def pemakai(self, infojab_ids: Iterable[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {key: [] for key in infojab_ids}
        for box in self.boxes():
            if box.infojab_id in found:
                found[box.infojab_id].append(box.id)
        return {key: sorted(ids) for key, ids in found.items()}

    def disentuh(self) -> list[Kunci]:
        return sorted(self._draft)

    def luar(self, ids: Iterable[int]) -> set[int]:
        return self.mitra & set(ids)

    def nama_luar(self, ids: Iterable[int]) -> dict[int, str]:
        """Maps in memory know which units there are elsewhere, not what they are called."""
        return {}

    def units(self) -> Sequence[IsiUnor]:
        """Every unit on the map."""
        keys = {key for keys in self._below.values() for key in keys}
        rows = (self._state("unor", key).isi for key in keys)
        return [row for row in rows if isinstance(row, IsiUnor)]

    def sections(self) -> Sequence[IsiIsian]:
        """Every section that was read and is not empty."""
        keys = set(self._base["isian"]) | {key for kind, key in self._draft if kind == "isian"}
        rows = (self._state("isian", key).isi for key in keys)
        return [row for row in rows if isinstance(row, IsiIsian)]

    def boxes(self) -> Sequence[IsiPosisi]:
        """Every box on the map."""
        keys = {key for keys in self._boxes.values() for key in keys}
        rows = (self._state("posisi", key).isi for key in keys)
        return [row for row in rows if isinstance(row, IsiPosisi)]
