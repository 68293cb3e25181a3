"""Whom rows of a file mean: boxes and informasi jabatan of a draft, found by id, code or name. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from petajabatan.anjab.rules.tukar import Bacaan, KotakTukar, Rujukan
from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.abk.angka import write_number as angka

SARAN, MIRIP_MIN = 3, 70
SARAN_MAKS = 200
"""Names that get suggestions; the others only say that they are unknown."""
_PISAH = re.compile(r"\s*(?:›|>|»|/|\\)\s*")
JALUR = " › "
"""Between the names of a path of units."""
Saran = Callable[[str], list[str]]


def key(nama: str) -> str:
    """Names are the same when they differ only in case, spaces and marks."""
    return re.sub(r"[^0-9a-z]", "", nama.lower())


@dataclass
class Pemilik:
    """Who owns a section: an informasi jabatan of the draft (``infojab_id``), or a new one of these boxes."""

    kotak: list[int]
    infojab_id: int | None = None


@dataclass
class Padanan:
    """Finds owners. ``saran``: names of the reference list that look like an unknown one."""

    kotak: Sequence[KotakTukar]
    kepala: dict[int, str]
    """Unit → name of its leading post."""
    saran: Saran
    akar: str = ""
    """Name of the root, which paths of units leave out."""
    longgar: bool = False
    """Units are told as printed forms tell them: any units above the box, perhaps by their heads."""
    temuan: list[Temuan] = field(default_factory=list)
    baru: dict[str, list[int]] = field(default_factory=dict)
    """Code of a new informasi jabatan → its boxes, in the order named."""
    rujuk_ulang: dict[int, int] = field(default_factory=dict)
    """Box → another informasi jabatan of the draft that the file gives it."""
    _told: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._by_id = {box.posisi_id: box for box in self.kotak}
        self._users: dict[int, list[int]] = {}
        self._by_name: dict[str, list[KotakTukar]] = {}
        self._units: dict[str, set[int]] = {}
        self._paths: dict[int, tuple[str, ...]] = {}
        self._on: dict[int, list[KotakTukar]] = {}
        for box in self.kotak:
            if box.infojab_id is not None:
                self._users.setdefault(box.infojab_id, []).append(box.posisi_id)
            self._by_name.setdefault(key(box.nama), []).append(box)
            self._on.setdefault(box.unor_id, []).append(box)
            self._units.setdefault(key(box.unit), set()).add(box.unor_id)
            self._paths.setdefault(
                box.unor_id, tuple(key(x) for x in (self.akar, *box.jalur.split(JALUR)) if x)
            )
        self._heads: dict[str, set[int]] = {}
        for unor_id, name in self.kepala.items():
            if name:
                self._heads.setdefault(key(name), set()).add(unor_id)
        self._known_boxes: dict[Rujukan, int | None] = {}

    # -- boxes ------------------------------------------------------------------------------------------

    def box(self, owner: Rujukan, tempat: str, baris: int | None) -> int | None:
        """The box a row means; None with a finding."""
        asked = owner._replace(infojab="")
        if asked not in self._known_boxes:
            self._known_boxes[asked] = self._find(asked, tempat, baris)
        return self._known_boxes[asked]

    def _find(self, owner: Rujukan, tempat: str, baris: int | None) -> int | None:
        if owner.posisi:
            if owner.posisi.isdigit() and int(owner.posisi) in self._by_id:
                return int(owner.posisi)
            if not owner.jabatan:
                self._say("posisi-tak-dikenal", f"Id Posisi {owner.posisi} tidak ada pada peta usulan ini.",
                          "Kosongkan idnya lalu isi Unit dan Jabatan.", tempat, baris, "Id Posisi",
                          owner.posisi)  # fmt: skip
                return None
        if not owner.jabatan:
            self._say("jabatan-kosong", "Nama jabatan kosong.", "Isi Unit dan Jabatan, atau idnya.", tempat,
                      baris, "Jabatan")  # fmt: skip
            return None
        return self._named(owner, tempat, baris)

    def _named(self, owner: Rujukan, tempat: str, baris: int | None) -> int | None:
        named = self._by_name.get(key(owner.jabatan), [])
        if not owner.unit:
            if len(named) == 1:
                return named[0].posisi_id
            if named:
                places = "; ".join(box.jalur or box.unit for box in named[:4])
                self._say("unit-kosong", f"{owner.jabatan} ada pada {angka(len(named))} unit: {places}.",
                          "Isi kolom Unit.", tempat, baris, "Unit", owner.jabatan)  # fmt: skip
                return None
            self._unknown(owner, (), tempat, baris)
            return None
        if self.longgar and (told := self._told_by_form(named, owner.unit)):
            if len(told) == 1:
                return told[0].posisi_id
            self._ambiguous(owner, told, tempat, baris)
            return None
        unit = owner.unit.split(JALUR)[-1] if self.longgar else owner.unit
        units = self._units_named(unit)
        if not units:
            near = self._near(unit, {box.unit for box in self.kotak})
            hint = f"Mungkin maksudnya: {'; '.join(near)}." if near else "Samakan dengan nama pada peta."
            self._say("unit-tak-dikenal", f"Unit “{owner.unit[:120]}” tidak ada pada peta usulan ini.", hint,
                      tempat, baris, "Unit", owner.unit)  # fmt: skip
            return None
        fits = [box for box in named if box.unor_id in units]
        if len(fits) == 1:
            return fits[0].posisi_id
        if not fits:
            self._unknown(owner, units, tempat, baris)
            return None
        self._ambiguous(owner, fits, tempat, baris)
        return None

    def _told_by_form(self, named: Sequence[KotakTukar], text: str) -> list[KotakTukar]:
        """Of these boxes, those whose own unit the form names and that stand under most of the others; of
        equals those of the unit named last."""
        parts = [key(part) for part in text.split(JALUR) if part]
        best: tuple[int, int] = (0, 0)
        found: list[KotakTukar] = []
        for box in named:
            own = {key(box.unit), key(self.kepala.get(box.unor_id, ""))}
            places = [n for n, part in enumerate(parts) if part in own]
            if not places:
                continue
            above = own | set(self._paths[box.unor_id])
            rank = (sum(part in above for part in parts), places[-1])
            if rank > best or not found:
                best, found = rank, [box]
            elif rank == best:
                found.append(box)
        return found

    def _ambiguous(self, owner: Rujukan, fits: Sequence[KotakTukar], tempat: str, baris: int | None) -> None:
        places = "; ".join(f"{box.jalur or box.unit} (Id Posisi {box.posisi_id})" for box in fits[:4])
        remedy = (
            "Tulis unit di atasnya pada bagian UNIT KERJA, atau pakai buku kerja dari halaman Tukar berkas."
            if self.longgar
            else "Isi Id Posisi, atau tulis unitnya dengan unit di atasnya (Dinas › Bidang)."
        )
        self._say("jabatan-ganda", f"{owner.jabatan} pada {owner.unit} dapat berarti: {places}.",
                  remedy, tempat, baris, "Unit", owner.unit)  # fmt: skip

    def _units_named(self, text: str) -> set[int]:
        """Units by name, by a path that ends with it (Dinas › Bidang), or by the name of their head."""
        exact = self._units.get(key(text)) or self._heads.get(key(text))
        if exact:
            return exact
        parts = tuple(key(part) for part in _PISAH.split(text) if part)
        if len(parts) < 2:
            return set()
        found = set()
        for unor_id in self._units.get(parts[-1], set()):
            path = iter(self._paths[unor_id])
            if all(part in path for part in parts):
                found.add(unor_id)
        return found

    def _unknown(self, owner: Rujukan, units: Iterable[int], tempat: str, baris: int | None) -> None:
        """An unknown jabatan: what the unit has that looks like it, else where else it is, else names of the
        reference list."""
        here = self._near(owner.jabatan, {box.nama for unor_id in units for box in self._on.get(unor_id, ())})
        at = f" pada {owner.unit[:120]}" if owner.unit else ""
        elsewhere = self._by_name.get(key(owner.jabatan), [])
        if here:
            remedy = f"Mungkin maksudnya: {'; '.join(here)}."
        elif elsewhere:
            places = "; ".join(b.jalur or b.unit for b in elsewhere[:3])
            remedy = f"Jabatan ini ada pada {places}; perbaiki unitnya."
        else:
            near = self._near(owner.jabatan, {box.nama for box in self.kotak}) or self._ask(owner.jabatan)
            remedy = f"Mungkin maksudnya: {'; '.join(near)}." if near else "Samakan dengan nama pada peta."
            remedy += " Kotak baru ditambah lewat usulan SOTK."
        self._say("jabatan-tak-dikenal", f"Jabatan “{owner.jabatan[:120]}” tidak ada{at}.", remedy, tempat,
                  baris, "Jabatan", owner.jabatan)  # fmt: skip

    def _near(self, text: str, names: set[str]) -> list[str]:
        if len(self._told) > SARAN_MAKS:
            return []
        hits = process.extract(text, sorted(names), scorer=fuzz.token_sort_ratio, limit=SARAN,
                               score_cutoff=MIRIP_MIN, processor=str.lower)  # fmt: skip
        return [hit[0] for hit in hits]

    def _ask(self, text: str) -> list[str]:
        return self.saran(text) if len(self._told) <= SARAN_MAKS else []

    # -- informasi jabatan ------------------------------------------------------------------------------

    def links(self, bacaan: Bacaan) -> None:
        """What the file says of boxes and their informasi jabatan: new ones by code, others given anew."""
        for row in bacaan.jabatan:
            if row.rujukan.infojab:
                box = self.box(row.rujukan, row.tempat, row.baris)
                if box is not None:
                    self._link(row.rujukan.infojab, box)
        for owner, part in bacaan.bagian:
            # A code that only stands beside a section names its box there.
            if part.bagian != "abk" and owner.infojab and self._live(owner.infojab) is None:
                code = owner.infojab
                if code not in self.baru and (owner.posisi or owner.jabatan):
                    box = self.box(owner, part.tempat, part.awal)
                    if box is not None:
                        self._link(code, box)

    def _live(self, code: str) -> int | None:
        """An informasi jabatan that boxes of the draft use."""
        return int(code) if code.isdigit() and int(code) in self._users else None

    def _link(self, code: str, posisi_id: int) -> None:
        live = self._live(code)
        held = self._by_id[posisi_id].infojab_id
        if live is not None:
            if held != live:
                self.rujuk_ulang[posisi_id] = live
            return
        boxes = self.baru.setdefault(code, [])
        if posisi_id not in boxes:
            boxes.append(posisi_id)

    def owner(self, owner: Rujukan, tempat: str, baris: int | None) -> Pemilik | None:
        """Who owns a section of an informasi jabatan; None with a finding."""
        live = self._live(owner.infojab) if owner.infojab else None
        if live is not None:
            return Pemilik(self._users[live], live)
        if owner.infojab in self.baru:
            return self._of_boxes(self.baru[owner.infojab])
        if owner.infojab and not (owner.posisi or owner.jabatan):
            self._say("infojab-tak-dikenal", f"Id Infojab {owner.infojab} tidak dipakai pada usulan ini.",
                      "Sebutkan jabatannya pada lembar Jabatan, atau kosongkan idnya lalu isi Unit dan"
                      " Jabatan.", tempat, baris, "Id Infojab", owner.infojab)  # fmt: skip
            return None
        box = self.box(owner, tempat, baris)
        if box is None:
            return None
        if box in self.rujuk_ulang:
            live = self.rujuk_ulang[box]
            return Pemilik(self._users[live], live)
        for boxes in self.baru.values():
            if box in boxes:
                return self._of_boxes(boxes)
        return self._of_boxes([box])

    def _of_boxes(self, boxes: list[int]) -> Pemilik:
        """Boxes that have an informasi jabatan already go on using it: a file brought in twice makes nothing
        twice."""
        held = [i for b in boxes if (i := self.rujuk_ulang.get(b) or self._by_id[b].infojab_id) is not None]
        if not held:
            return Pemilik(boxes)
        for box in boxes:
            if self._by_id[box].infojab_id is None:
                self.rujuk_ulang.setdefault(box, held[0])
        return Pemilik(boxes, held[0])

    def _say(
        self, kode: str, kalimat: str, perbaikan: str, tempat: str, baris: int | None, kolom: str,
        nilai: str = "",
    ) -> None:  # fmt: skip
        if (kode, kalimat) in self._told:
            return
        self._told.add((kode, kalimat))
        self.temuan.append(Temuan(kode, "galat", kalimat, perbaikan, tempat, baris, kolom, nilai[:200]))
