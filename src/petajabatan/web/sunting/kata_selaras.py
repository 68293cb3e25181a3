"""Conflicts with the published map in words: names instead of ids, what a removal takes along, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from petajabatan.jabatan.kata_beda import HIDDEN, Nama, columns, text_of
from petajabatan.jabatan.models import PosisiRiwayat
from petajabatan.jabatan.rules.isian import BAGIAN, isian_of
from petajabatan.organisasi.models import DasarHukum, UnorRiwayat
from petajabatan.referensi.models import Eselon, Wilayah
from petajabatan.usulan.models import KonflikUsulan, Usulan, UsulanPosisi, UsulanUnor
from petajabatan.usulan.queries.draf import net_changes, published_states
from petajabatan.usulan.queries.selaras import GANTUNG
from petajabatan.usulan.rules.objek import Isi, Keadaan, Kunci, isi_from_dict
from petajabatan.usulan.rules.pandangan import atas
from petajabatan.usulan.rules.selaras import SELURUHNYA
from petajabatan.usulan.services.selaras import IKUT

SEBAB_MAKS = 10
"""Changes of the published map named for one removal; the rest is counted."""
_DIAM = HIDDEN | {"id", "urutan"}


@dataclass(frozen=True)
class BarisKonflik:
    """One conflict in words. ``letak`` says what it is about, ``di`` the unit of a box; ``sebab`` what the
    published version changed in a removal; ``tanpa_usulan``: the draft's side cannot be kept (nothing to hang
    on)."""

    konflik: KonflikUsulan
    nama: str
    letak: str
    di: str
    kolom: str
    dasar: str
    usulan: str
    terbit: str
    sebab: tuple[str, ...]
    tanpa_usulan: bool


def present(usulan: Usulan, rows: list[KonflikUsulan]) -> list[BarisKonflik]:
    """The conflicts in words; a fixed number of statements."""
    words = _Kata(usulan, rows)
    return [words.row(row) for row in rows]


class _Kata:
    """Names of everything that some conflicts point at."""

    def __init__(self, usulan: Usulan, rows: list[KonflikUsulan]) -> None:
        self.label = columns() | {
            SELURUHNYA: _("dihapus di satu pihak"),
            GANTUNG: _("unit atasannya sudah dihapus"),
            "isi": _("Isi"),
        }
        causes = {key for row in rows if not row.keputusan for key in _causes(row)}
        drafted = {p.kunci: p.sebelum for p in net_changes(usulan)} if causes else {}
        now = published_states(usulan.instansi_id, causes) if causes else {}
        self.pairs: dict[Kunci, tuple[Isi | None, Isi | None]] = {
            key: (drafted.get(key, Keadaan(None)).isi, now[key].isi) for key in causes
        }
        states = [isi for pair in self.pairs.values() for isi in pair if isi is not None]
        states += [isi for row in rows for isi in _states(row)]
        self.boxes = _boxes(usulan, {row.objek_id for row in rows if row.objek == "posisi"})
        wanted = {row.objek_id for row in rows if row.objek == "unor"}
        wanted |= {unit for _name, unit in self.boxes.values()}
        wanted |= {above for isi in states if (above := atas(isi)) is not None}
        wanted |= {x for r in rows if r.kolom in ("atasan_id", "unor_id", GANTUNG) for x in _numbers(r)}
        laws = {x for r in rows if r.kolom == "dasar_hukum_id" for x in _numbers(r)}
        laws |= {law for isi in states if (law := getattr(isi, "dasar_hukum_id", None))}
        regions = {str(x) for r in rows if r.kolom == "wilayah" for x in _sides(r) if x}
        regions |= {region for isi in states if (region := getattr(isi, "wilayah", None))}
        self.names = Nama(
            _units(usulan, wanted),
            {d.pk: str(d) for d in DasarHukum.objects.filter(pk__in=laws)} if laws else {},
            {w.kode: w.nama for w in Wilayah.objects.filter(kode__in=regions)} if regions else {},
        )
        self.eselon = dict(Eselon.objects.values_list("kode", "nama"))

    def row(self, row: KonflikUsulan) -> BarisKonflik:
        removal = row.kolom == SELURUHNYA and row.milik_usulan is None
        along = _along(row) if removal else ""
        ours, theirs = self.side(row, row.milik_usulan), self.side(row, row.milik_terbit)
        if along:
            ours = _("dihapus, beserta %(isi)s") % {"isi": along}
            theirs = _("tetap ada, beserta %(isi)s") % {"isi": along}
        name, unit = self.name(row)
        return BarisKonflik(
            row,
            name,
            {"unor": _("Unit"), "posisi": _("Jabatan")}.get(row.objek, _("Informasi jabatan")),
            unit,
            self.label.get(row.kolom, row.kolom),
            self.side(row, row.dasar),
            ours,
            theirs,
            tuple(self.reasons(row)) if removal and not row.keputusan else (),
            row.kolom == GANTUNG and row.milik_terbit is None,
        )

    def name(self, row: KonflikUsulan) -> tuple[str, str]:
        """The name of the object and, of a box, of its unit."""
        if row.objek == "isian":
            return BAGIAN[isian_of(row.objek_id)[1]][1], ""
        if row.objek == "posisi":
            name, unit = self.boxes.get(row.objek_id, ("", 0))
            return name or _("jabatan tanpa nama"), self.names.unor.get(unit, "")
        return self.names.unor.get(row.objek_id) or _("unit tanpa nama"), ""

    def side(self, row: KonflikUsulan, value: Any) -> str:
        """One side of a conflict."""
        if value is None or value in ("", []):
            return _("dihapus") if row.kolom in (SELURUHNYA, GANTUNG) else "–"
        if row.objek == "isian":
            return " · ".join(_texts(value))[:300] or "–"
        if isinstance(value, dict):
            base, isi = _state(row.objek, row.dasar), _state(row.objek, value)
            return "; ".join([str(value.get("nama", "")), *(self.changes(base, isi) if base and isi else ())])
        return self.word("unor_id" if row.kolom == GANTUNG else row.kolom, value)

    def word(self, column: str, value: Any) -> str:
        if column == "eselon" and value:
            return self.eselon.get(value) or str(value)
        return text_of(column, tuple(value) if isinstance(value, list) else value, self.names)

    def changes(self, before: Isi, after: Isi) -> list[str]:
        """What differs, column by column; the order among neighbours only where nothing else does."""
        differing = [name for name in before._fields if getattr(before, name) != getattr(after, name)]
        shown = [name for name in differing if name not in _DIAM]
        if not shown and "urutan" in differing:
            return [_("urutannya berubah")]
        return [
            f"{self.label.get(name, name)} {self.word(name, getattr(before, name))}"
            f" → {self.word(name, getattr(after, name))}"
            for name in shown
        ]

    def reasons(self, row: KonflikUsulan) -> Iterator[str]:
        """What the published version changed in a removal."""
        keys = _causes(row)
        for key in keys[:SEBAB_MAKS]:
            before, after = self.pairs[key]
            if after is None:
                continue
            name = getattr(after, "nama", "")
            if before is None:
                unit = self.names.unor.get(atas(after) or 0, "")
                yield _("%(nama)s ditempatkan di %(unit)s") % {"nama": name, "unit": unit}
            else:
                yield f"{name}: {'; '.join(self.changes(before, after))}"
        if len(keys) > SEBAB_MAKS:
            yield _("dan %(n)s lainnya") % {"n": len(keys) - SEBAB_MAKS}


def _company(row: KonflikUsulan) -> Mapping[str, Any]:
    kept = row.milik_terbit.get(IKUT) if isinstance(row.milik_terbit, dict) else None
    return kept or {}


def _causes(row: KonflikUsulan) -> list[Kunci]:
    return [(kind, key) for kind, key in _company(row).get("sebab", ())]


def _along(row: KonflikUsulan) -> str:
    boxes, units = len(_company(row).get("posisi", ())), len(_company(row).get("unor", ()))
    parts = []
    if units:
        parts.append(_("%(n)s unit") % {"n": units})
    if boxes:
        parts.append(_("%(n)s jabatan") % {"n": boxes})
    return _(" dan ").join(parts)


def _sides(row: KonflikUsulan) -> tuple[Any, Any, Any]:
    return row.dasar, row.milik_usulan, row.milik_terbit


def _numbers(row: KonflikUsulan) -> set[int]:
    return {x for x in _sides(row) if isinstance(x, int)}


def _state(objek: str, value: Any) -> Isi | None:
    if not isinstance(value, dict):
        return None
    return isi_from_dict(objek, {name: x for name, x in value.items() if name != IKUT})


def _states(row: KonflikUsulan) -> list[Isi]:
    if row.objek == "isian":
        return []
    return [isi for side in _sides(row) if (isi := _state(row.objek, side)) is not None]


def _texts(value: Any) -> Iterator[str]:
    """The texts in a section, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, Iterable):
        for part in value:
            yield from _texts(part)


def _units(usulan: Usulan, ids: set[int]) -> dict[int, str]:
    """Names of units as the draft has them, else as they were last published. Two statements."""
    names = dict(UnorRiwayat.objects.filter(unor_id__in=ids).order_by("sejak").values_list("unor_id", "nama"))
    rows = UsulanUnor.objects.filter(usulan=usulan, unor_id__in=ids)
    for key, after, before in rows.values_list("unor_id", "sesudah__nama", "sebelum__nama"):
        names[key] = after or before or names.get(key, "")
    return names


def _boxes(usulan: Usulan, ids: set[int]) -> dict[int, tuple[str, int]]:
    """Name and unit of boxes as the draft has them, else as they were last published. Two statements."""
    if not ids:
        return {}
    rows = PosisiRiwayat.objects.filter(posisi_id__in=ids).order_by("sejak")
    found = {key: (name, unit) for key, name, unit in rows.values_list("posisi_id", "nama", "unor_id")}
    touched = UsulanPosisi.objects.filter(usulan=usulan, posisi_id__in=ids)
    for key, after, before in touched.values_list("posisi_id", "sesudah", "sebelum"):
        if state := after or before:
            found[key] = (state["nama"], state["unor_id"])
    return found
