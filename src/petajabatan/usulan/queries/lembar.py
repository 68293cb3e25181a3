"""Rows of our workbook: a draft as it is, or the units that a regulation's text lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.queries.versi import last_version
from petajabatan.jabatan.rules.beda import IsiUnor
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.draf import whole_draft
from petajabatan.usulan.rules.ekstrak import UnitTerbaca, sebutan_pimpinan, usul_eselon
from petajabatan.usulan.rules.nama import nilai_perubahan_nama
from petajabatan.usulan.rules.pandangan import PetaDraf, cabang

_KEYS = """SELECT u.id, coalesce(u.id_siasn, (SELECT substr(k.kode, strpos(k.kode, '/') + 1) FROM kode_unor k
  WHERE k.unor_id = u.id AND k.jenis = 'lokal' AND k.aktif
    AND k.kode LIKE %(instansi)s::text || '/%%' LIMIT 1))
FROM unor u WHERE u.instansi_id = %(instansi)s"""
_BASES = """SELECT id, jenis || ' Nomor ' || nomor || ' Tahun ' || tahun FROM dasar_hukum
WHERE instansi_id = %(instansi)s"""
_JOBS = "SELECT id, coalesce(id_siasn, '') FROM jabatan WHERE id = ANY(%(ids)s)"


def draft_rows(instansi_id: int, view: PetaDraf) -> tuple[list[Sequence[Any]], list[Sequence[Any]]]:
    """Rows of the sheets Unor and Posisi, depth first. Three statements."""
    params = {"instansi": instansi_id}
    keys = {key: code or f"PJ-{key}" for key, code in fetch(_KEYS, params)}
    bases = dict(fetch(_BASES, params))
    root = view.akar()
    units: list[Sequence[Any]] = []
    boxes: list[Sequence[Any]] = []
    order = [] if root is None else _depth_first(view, root.id)
    jobs = dict(fetch(_JOBS, {"ids": sorted({p.jabatan_id for p in view.boxes() if p.jabatan_id})}))
    for u in order:
        key = keys.get(u.id, f"PJ-{u.id}")
        above = "" if u.atasan_id is None else keys.get(u.atasan_id, f"PJ-{u.atasan_id}")
        units.append(
            (key, above, u.nama, u.nama_jabatan, u.jenis, u.eselon or "", u.wilayah or "",
             ", ".join(u.urusan), u.cepat_kode, bases.get(u.dasar_hukum_id, ""), u.pasal, u.halaman)
        )  # fmt: skip
        for p in view.kotak([u.id])[u.id]:
            head = "ya" if p.kepala else "tidak"
            boxes.append((key, p.nama, p.jenis, jobs.get(p.jabatan_id, ""), head, p.kelas, p.k))
    return units, boxes


def _depth_first(view: PetaDraf, root: int) -> list[Any]:
    stack = [cabang(view, root)[0]]
    found = []
    while stack:
        unit = stack.pop()
        found.append(unit)
        stack += reversed(view.anak([unit.id])[unit.id])
    return found


@dataclass
class Usulannya:
    """Rows of the sheet Unor made from a text, and which eselon in them are only proposed: (unit, code)."""

    baris: list[Sequence[Any]] = field(default_factory=list)
    eselon: list[tuple[str, str]] = field(default_factory=list)


def proposed_rows(instansi_id: int, units: Sequence[UnitTerbaca], dasar: str) -> Usulannya:
    """Rows of the sheet Unor for units read from a text.

    A unit that stands on the map under the same name (the judgement of names says "sama") keeps its key and
    attributes and only takes the regulation; others are new, below the root of the map unless the text puts
    them under another one, with the eselon that follows from the unit above where that one's is known.
    """
    last = last_version(instansi_id)
    view = whole_draft(Usulan(instansi_id=instansi_id, dasar_versi=last.nomor if last else 0), draf=False)
    keys = {key: code or f"PJ-{key}" for key, code in fetch(_KEYS, {"instansi": instansi_id})}
    known = _by_name(view)
    root = view.akar()
    made = Usulannya()
    if root is not None:
        made.baris.append(_unit_row(keys.get(root.id, ""), "", root, dasar))
    top = keys.get(root.id, "OTK-0") if root is not None else "OTK-0"
    named: dict[int, str] = {}
    level: dict[int, str | None] = {}
    for n, unit in enumerate(units):
        if unit.kepala:
            continue
        above = top if unit.induk is None else named.get(unit.induk, top)
        held = _same(view, known, unit.nama)
        named[n] = keys.get(held.id, f"PJ-{held.id}") if held is not None else f"OTK-{n + 1}"
        if held is not None:
            level[n] = held.eselon
            if root is None or held.id != root.id:
                made.baris.append(_unit_row(named[n], above, held, dasar))
            continue
        over = level.get(unit.induk) if unit.induk is not None else (root.eselon if root else None)
        eselon = usul_eselon(unit.nama, over) if unit.jenis == "struktural" else ""
        level[n] = eselon or None
        if eselon:
            made.eselon.append((unit.nama, eselon))
        title = sebutan_pimpinan(unit.nama)
        made.baris.append((named[n], above, unit.nama, title, unit.jenis, eselon, "", "", "", dasar, "", ""))
    return made


def _by_name(view: PetaDraf) -> dict[str, list[IsiUnor]]:
    found: dict[str, list[IsiUnor]] = {}
    for unit in view.units():
        found.setdefault(unit.nama.lower().split(maxsplit=1)[0], []).append(unit)
    return found


def _same(view: PetaDraf, known: dict[str, list[IsiUnor]], nama: str) -> IsiUnor | None:
    """The one unit of the map that has this name; None when none or several do."""
    rules = view.acuan.nama
    hits = [
        unit
        for unit in known.get(nama.lower().split(maxsplit=1)[0], ())
        if unit.nama == nama or nilai_perubahan_nama(unit.nama, nama, rules).putusan == "sama"
    ]
    return hits[0] if len(hits) == 1 else None


def _unit_row(key: str, above: str, u: IsiUnor, dasar: str) -> Sequence[Any]:
    return (
        key, above, u.nama, u.nama_jabatan, u.jenis, u.eselon or "", u.wilayah or "", ", ".join(u.urusan),
        u.cepat_kode, dasar, u.pasal, u.halaman,
    )  # fmt: skip
