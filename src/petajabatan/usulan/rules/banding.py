"""A spreadsheet against a draft: the difference as operations.

What a row is, its key says (our number, the SIASN id, the local code); what it should be, the row says. The
operations come in an order that can be carried out: new units from the top down, moves from the top down,
names, attributes, boxes, removals last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.organisasi.rules.muatan import Muatan, PosisiMuatan, UnorMuatan, wants_head
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.rules.basi import Sentuhan, stale, stale_finding
from petajabatan.usulan.rules.majemuk import urai
from petajabatan.usulan.rules.objek import Kunci
from petajabatan.usulan.rules.pandangan import PetaDraf, cabang
from petajabatan.usulan.rules.ringkas import ringkas
from petajabatan.usulan.rules.terapkan import terapkan


@dataclass(frozen=True)
class OperasiBaris:
    """An operation and the row of the sheet it comes from (None: from a row that is missing)."""

    operasi: Any
    lembar: str
    baris: int | None = None
    ringkas: str = ""
    """What it does, in words; once it has been rehearsed."""


@dataclass
class Rencana:
    """What a sheet would do: operations that can be carried out, and those the rules refuse as findings."""

    operasi: list[OperasiBaris] = field(default_factory=list)
    temuan: list[Temuan] = field(default_factory=list)

    @property
    def ditolak(self) -> int:
        return sum(t.tingkat == "galat" for t in self.temuan)


def compare_load(view: PetaDraf, muatan: Muatan, id_of: Mapping[str, int]) -> list[OperasiBaris]:
    """The operations that turn the draft into the load. ``id_of``: the load's keys that are units of the
    draft; new ones get placeholders below zero. A load without boxes leaves boxes alone."""
    ids = dict(id_of)
    for n, unit in enumerate((u for u in muatan.unor if u.kunci not in id_of), 1):
        ids[unit.kunci] = -n
    made: list[OperasiBaris] = []
    last_under: dict[int | None, int] = {}
    boxes_of: dict[str, list[PosisiMuatan]] = {}
    for box in muatan.posisi or ():
        boxes_of.setdefault(box.unor, []).append(box)
    for unit in _top_down(muatan.unor):
        above = None if unit.atasan is None else ids[unit.atasan]
        key = ids[unit.kunci]
        if key < 0:
            led = any(box.kepala for box in boxes_of.get(unit.kunci, ()))
            made.append(_row(_new_unit(unit, key, above, last_under.get(above), led), unit))
        else:
            made += _changed_unit(view, unit, key, above, muatan.kolom)
        last_under[above] = key
    if muatan.posisi is not None:
        for unit in muatan.unor:
            made += _boxes(view, unit, ids[unit.kunci], boxes_of.get(unit.kunci, []))
    if muatan.lengkap:
        made += _missing(view, set(ids.values()))
    return made


def _row(operasi: Any, source: UnorMuatan | PosisiMuatan) -> OperasiBaris:
    return OperasiBaris(operasi, "Unor" if isinstance(source, UnorMuatan) else "Posisi", source.baris)


def _top_down(units: list[UnorMuatan]) -> Iterable[UnorMuatan]:
    """Each unit after the one above it, siblings in the order of the sheet."""
    below: dict[str | None, list[UnorMuatan]] = {}
    for unit in units:
        below.setdefault(unit.atasan, []).append(unit)
    level = below.get(None, [])
    while level:
        yield from level
        level = [child for unit in level for child in below.get(unit.kunci, ())]


def _new_unit(unit: UnorMuatan, key: int, above: int | None, after: int | None, led: bool) -> Any:
    return op.TambahUnor(
        id=key,
        atasan_id=above,
        sesudah=after,
        nama=unit.nama,
        nama_jabatan=unit.nama_jabatan,
        jenis_unor=unit.jenis,  # type: ignore[arg-type]
        eselon=unit.eselon,
        wilayah=unit.wilayah,
        urusan=unit.urusan,
        cepat_kode=unit.cepat_kode,
        dasar_hukum_id=unit.dasar_hukum_id,
        pasal=unit.pasal,
        halaman=unit.halaman,
        kepala=not led,
        kunci_lembar=unit.kunci[:100],
    )


def _changed_unit(
    view: PetaDraf, unit: UnorMuatan, key: int, above: int | None, kolom: frozenset[str]
) -> Iterable[OperasiBaris]:
    now = view.keadaan("unor", [key])[key].isi
    if not isinstance(now, IsiUnor):
        return
    if above is not None and now.atasan_id != above:
        yield _row(op.PindahUnor(unor_id=key, atasan_id=above), unit)
    new_title = "nama_jabatan" in kolom and unit.nama_jabatan != now.nama_jabatan
    if unit.nama != now.nama or new_title:
        title = unit.nama_jabatan if new_title else None
        yield _row(op.KoreksiNama(unor_id=key, nama=unit.nama, nama_jabatan=title), unit)
    if (
        "dasar_hukum_id" in kolom
        and unit.dasar_hukum_id is not None
        and unit.dasar_hukum_id != now.dasar_hukum_id
    ):
        told: dict[str, Any] = {
            name: getattr(unit, name) or "" for name in ("pasal", "halaman") if name in kolom
        }
        yield _row(op.PerbaruiDasar(unor_id=key, dasar_hukum_id=unit.dasar_hukum_id, **told), unit)
        now = now._replace(**told)
    values, emptied = _attributes(unit, now, kolom)
    if values or emptied:
        yield _row(op.UbahUnor(unor_id=key, kosongkan=emptied, **values), unit)


_SAME = ("jenis", "eselon", "wilayah", "urusan", "cepat_kode", "pasal", "halaman")


def _attributes(
    unit: UnorMuatan, now: IsiUnor, kolom: frozenset[str]
) -> tuple[dict[str, Any], tuple[Any, ...]]:
    values: dict[str, Any] = {}
    emptied = []
    for name in _SAME:
        new, old = getattr(unit, name), getattr(now, name)
        if name not in kolom or (new or None) == (old or None):
            continue
        if new is None:
            emptied.append(name)
        else:
            values["jenis_unor" if name == "jenis" else name] = new
    return values, tuple(emptied)


def _key_of(kepala: bool, jenis: str, jabatan_id: int | None, nama: str) -> tuple[Any, ...]:
    """How a box is known on its unit: the head is the head, others by jabatan (by name without one)."""
    return ("kepala",) if kepala else (jenis, jabatan_id or nama.lower())


def _boxes(view: PetaDraf, unit: UnorMuatan, key: int, wanted: list[PosisiMuatan]) -> Iterable[OperasiBaris]:
    held: dict[tuple[Any, ...], list[IsiPosisi]] = {}
    if key > 0:
        for box in view.kotak([key])[key]:
            held.setdefault(_key_of(box.kepala, box.jenis, box.jabatan_id, box.nama), []).append(box)
    for row in wanted:
        same = held.get(_key_of(row.kepala, row.jenis, row.jabatan_id, row.nama))
        if same:
            yield from _changed_box(same.pop(0), row)
        else:
            yield _row(
                op.TambahPosisi(
                    unor_id=key,
                    jenis_posisi=row.jenis,  # type: ignore[arg-type]
                    jabatan_id=row.jabatan_id,
                    nama=row.nama if row.jenis == "struktural" else "",
                    jenjang=row.jenjang,
                    kepala=row.kepala,
                    kelas=row.kelas,
                    k=1 if row.kepala else row.k,
                ),
                row,
            )
    for (first, *_), boxes in held.items():
        for box in boxes:
            # A head that only follows from its unit needs no row of its own in the sheet.
            if first != "kepala" or not wants_head(unit):
                yield OperasiBaris(op.HapusPosisi(posisi_id=box.id), "Posisi")


def _changed_box(now: IsiPosisi, row: PosisiMuatan) -> Iterable[OperasiBaris]:
    if row.k != now.k and not now.kepala:
        yield _row(op.UbahK(posisi_id=now.id, k=row.k), row)
    if row.kelas != now.kelas:
        yield _row(op.UbahKelas(posisi_id=now.id, kelas=row.kelas), row)
    if now.kepala and now.jenis == row.jenis == "struktural" and row.nama != now.nama:
        yield _row(op.KoreksiNama(posisi_id=now.id, nama=row.nama), row)


def _missing(view: PetaDraf, kept: set[int]) -> Iterable[OperasiBaris]:
    """Units of the draft that the sheet no longer has: the topmost of each missing branch goes with all below
    it; what the sheet keeps was moved out before."""
    root = view.akar()
    if root is None:
        return
    gone = {unit.id for unit in view.units()} - kept
    for unit in cabang(view, root.id):
        if unit.id in gone and unit.atasan_id not in gone:
            yield OperasiBaris(op.HapusUnor(unor_id=unit.id, cabang=True), "Unor")


def rehearse(
    view: PetaDraf, rows: Iterable[OperasiBaris], sejak: Mapping[Kunci, Sentuhan] | None = None
) -> Rencana:
    """Carry the operations out on a draft in memory: those that go, and a finding with sheet and row for each
    that does not. ``sejak``: what was done in the draft since the sheet was written, which must not be undone
    by it (``rules.basi``). ``view`` is changed."""
    plan = Rencana()
    ids: dict[int, int] = {}
    fresh = iter(range(1 << 60, (1 << 60) + (1 << 30)))
    for row in rows:
        lost = _placeholders(row.operasi) - ids.keys() - _own(row.operasi)
        if lost:
            continue  # it hangs on something that was refused, which has its own finding
        if (newer := stale(view, row.operasi, sejak or {})) is not None:
            isi = newer.perubahan.sesudah.isi or newer.perubahan.sebelum.isi
            plan.temuan.append(stale_finding(newer, isi.nama if isi else "Bagian ini", row.lembar, row.baris))
            continue
        for key in _own(row.operasi):
            ids[key] = next(fresh)
        real = _with_ids(row.operasi, ids, fresh)
        sentence = ringkas(view, real)
        refused = _try(view, real, fresh)
        if refused is None:
            plan.operasi.append(replace(row, ringkas=sentence))
            continue
        for key in _own(row.operasi):
            del ids[key]
        plan.temuan += [
            Temuan(t.kode, t.tingkat, t.kalimat, t.perbaikan, row.lembar, row.baris, t.kolom, t.nilai)
            for t in refused
        ]
    return plan


def _try(view: PetaDraf, operasi: Any, fresh: Any) -> tuple[Temuan, ...] | None:
    taken: list[Any] = []
    for part in urai(view, operasi, lambda _kind: next(fresh)):
        result = terapkan(view, part)
        if result.ditolak:
            view.take([p.balik() for p in reversed(taken)])
            return result.temuan
        view.take(result.perubahan)
        taken += result.perubahan
    return None


def _own(operasi: Any) -> set[int]:
    key = getattr(operasi, "id", None)
    return {key} if key is not None and key < 0 else set()


def _placeholders(operasi: Any) -> set[int]:
    values = operasi.model_dump(exclude={"id"}).values()
    return {v for v in values if isinstance(v, int) and not isinstance(v, bool) and v < 0}


def _with_ids(operasi: Any, ids: Mapping[int, int], fresh: Any) -> Any:
    values = operasi.model_dump()
    if isinstance(operasi, op.TambahPosisi) and values["id"] is None:
        values["id"] = next(fresh)
    replaced = {
        name: ids.get(value, value) if isinstance(value, int) and not isinstance(value, bool) else value
        for name, value in values.items()
    }
    return type(operasi)(**replaced)
