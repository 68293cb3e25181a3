"""What can be copied, and where to: a branch of a published map or of a draft, with its boxes, the sections
of their informasi jabatan and their ABK sheets. The number of statements does not depend on the size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from petajabatan.anjab.rules.jodoh import covers, split_wish
from petajabatan.anjab.rules.replikasi import Sumber, Tujuan
from petajabatan.inti.jam import today
from petajabatan.jabatan.queries.cari import search_unor
from petajabatan.jabatan.queries.isian import sections_as_of, sheets_as_of
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.queries.versi import last_version
from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.jabatan.rules.evaluasi import KelasNasional
from petajabatan.organisasi.models import Unor
from petajabatan.referensi.models import Instansi, Jabatan
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.isian import contents_of, sheets_of
from petajabatan.usulan.queries.pandangan import BOX_COLUMNS, UNIT_COLUMNS, PandanganDraf, row_of
from petajabatan.usulan.rules.pandangan import cabang, jalur, muat_jalur, tempat

LUAS = 10
"""So many times what is shown is ranked, because words of units above are not in the index of names."""
_LIVE = "r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s"
_BRANCH = f"""WITH RECURSIVE turun AS (
  SELECT r.unor_id, 0 AS dalam FROM unor_riwayat r WHERE r.unor_id = %(unor)s AND {_LIVE}
  UNION ALL
  SELECT r.unor_id, t.dalam + 1 FROM turun t JOIN unor_riwayat r ON r.atasan_id = t.unor_id AND {_LIVE}
) SELECT {UNIT_COLUMNS} FROM turun t JOIN unor_riwayat r ON r.unor_id = t.unor_id AND {_LIVE}
ORDER BY t.dalam, r.urutan, r.unor_id"""
_BOXES = f"""SELECT {BOX_COLUMNS} FROM posisi_riwayat r WHERE r.unor_id = ANY(%(ids)s) AND {_LIVE}
ORDER BY NOT r.kepala, r.urutan, r.posisi_id"""
_ABOVE = f"""WITH RECURSIVE naik AS (
  SELECT r.atasan_id AS id, 0 AS jarak FROM unor_riwayat r WHERE r.unor_id = %(unor)s AND {_LIVE}
  UNION ALL
  SELECT r.atasan_id, n.jarak + 1 FROM naik n JOIN unor_riwayat r ON r.unor_id = n.id AND {_LIVE}
) SELECT r.nama FROM naik n JOIN unor_riwayat r ON r.unor_id = n.id AND {_LIVE} ORDER BY n.jarak DESC"""
_NEW_UNITS = """SELECT unor_id FROM usulan_unor WHERE usulan_id = %(usulan)s AND sebelum IS NULL
  AND sesudah IS NOT NULL AND sesudah->>'nama' ILIKE %(pola)s ORDER BY sesudah->>'nama', unor_id LIMIT
  %(batas)s"""


@dataclass(frozen=True)
class AsalSalin:
    """A source as it was read: which instansi, which version (None: the draft itself), the names above it."""

    instansi_id: int
    instansi: str
    versi: int | None
    atas: tuple[str, ...]
    isi: Sumber

    @property
    def unit(self) -> IsiUnor:
        return self.isi.unor[0]


@dataclass(frozen=True, slots=True)
class UnitPilihan:
    """A unit that can be chosen: where it stands, and of which instansi."""

    id: int
    nama: str
    tempat: str
    instansi: str
    baru: bool = False


def source_of(usulan: Usulan, unor_id: int) -> AsalSalin | None:
    """The branch under a unit: of this draft where the unit is on it, else of the last published map of its
    instansi. None when there is none. Nine statements at most."""
    view = PandanganDraf(usulan)
    if view.keadaan("unor", [unor_id])[unor_id].hidup:
        return _from_draft(usulan, view, unor_id)
    found = Unor.objects.select_related("instansi").filter(pk=unor_id).first()
    last = last_version(found.instansi_id) if found is not None else None
    if found is None or last is None:
        return None
    params = {"instansi": found.instansi_id, "versi": last.nomor, "unor": unor_id}
    units = [row for v in fetch(_BRANCH, params) if isinstance(row := row_of("unor", v), IsiUnor)]
    if not units:
        return None
    boxes = [
        row
        for v in fetch(_BOXES, params | {"ids": [u.id for u in units]})
        if isinstance(row := row_of("posisi", v), IsiPosisi)
    ]
    served = sorted({b.infojab_id for b in boxes if b.infojab_id is not None})
    isi = Sumber(
        units,
        _by_unit(boxes),
        sections_as_of(found.instansi_id, last.nomor, served),
        sheets_as_of(found.instansi_id, last.nomor, [b.id for b in boxes]),
        found.instansi_id == usulan.instansi_id,
    )
    above = tuple(row[0] for row in fetch(_ABOVE, params))
    return AsalSalin(found.instansi_id, found.instansi.nama, last.nomor, above, isi)


def _from_draft(usulan: Usulan, view: PandanganDraf, unor_id: int) -> AsalSalin:
    units = cabang(view, unor_id)
    rows = view.kotak([u.id for u in units])
    boxes = [b for group in rows.values() for b in group]
    served = sorted({b.infojab_id for b in boxes if b.infojab_id is not None})
    sheets = {key: part.isi for key, part in sheets_of(usulan, [b.id for b in boxes]).items() if part.isi}
    above = tuple(u.nama for u in reversed(jalur(view, unor_id)[1:]))
    name = Instansi.objects.values_list("nama", flat=True).get(pk=usulan.instansi_id)
    return AsalSalin(
        usulan.instansi_id, name, None, above, Sumber(units, rows, contents_of(usulan, served), sheets)
    )


def _by_unit(boxes: Iterable[IsiPosisi]) -> dict[int, list[IsiPosisi]]:
    found: dict[int, list[IsiPosisi]] = {}
    for box in boxes:
        found.setdefault(box.unor_id, []).append(box)
    return found


def target_of(usulan: Usulan, unor_ids: Iterable[int], view: PandanganDraf | None = None) -> Tujuan:
    """What these units of the draft have already. Eight statements at most."""
    view = view or PandanganDraf(usulan)
    rows = view.kotak(list(dict.fromkeys(unor_ids)))
    boxes = [b for group in rows.values() for b in group]
    served = sorted({b.infojab_id for b in boxes if b.infojab_id is not None})
    sheets = sheets_of(usulan, [b.id for b in boxes])
    return Tujuan(rows, contents_of(usulan, served), {k: v.isi for k, v in sheets.items() if v.isi})


def branches_of(view: PandanganDraf, unor_ids: Iterable[int]) -> dict[int, list[IsiUnor]]:
    """The branch under each of these units of the draft, root first; units that are not on it are left
    out."""
    found = {key: cabang(view, key) for key in dict.fromkeys(unor_ids)}
    return {key: units for key, units in found.items() if units}


def names_above(view: PandanganDraf, unor_id: int) -> tuple[str, ...]:
    """Names from the root of the draft down to the unit above this one."""
    return tuple(u.nama for u in reversed(jalur(view, unor_id)[1:]))


def search_source(usulan: Usulan, teks: str, semua: bool, batas: int = 20) -> list[UnitPilihan]:
    """Units to copy from, by name, forgiving of typing errors: of the draft's own instansi (units of the
    draft first), or published ones of any instansi. Words may be those of a unit above (*bidang aset dinas
    kesehatan*)."""
    rows = [] if semua else draft_units(usulan, teks, batas)
    where = None if semua else usulan.instansi_id
    found = search_unor(where, teks, batas * LUAS)
    own = split_wish(teks)
    if len(own.split()) < len(teks.split()):
        seen = {u.id for u in found}
        found += [u for u in search_unor(where, own, batas * LUAS) if u.id not in seen]
    found.sort(key=lambda u: -covers(teks, u.nama, (*u.jejak, u.instansi)))
    known = {row.id for row in rows}
    rows += [UnitPilihan(u.id, u.nama, " › ".join(u.jejak), u.instansi) for u in found if u.id not in known]
    return rows[:batas]


def search_target(usulan: Usulan, teks: str, batas: int = 40) -> list[UnitPilihan]:
    """Units of the draft by name, forgiving of typing errors; without those the draft removed and, in a draft
    bound to a branch, those outside it."""
    branch = usulan.cabang_id
    found = search_source(usulan, teks, False, batas if branch is None else batas * 5)
    view = PandanganDraf(usulan)
    states = view.keadaan("unor", [u.id for u in found])
    alive = [u for u in found if states[u.id].hidup]
    if branch is not None:
        muat_jalur(view, [u.id for u in alive])
        alive = [u for u in alive if branch in {above.id for above in jalur(view, u.id)}]
    return alive[:batas]


def draft_units(usulan: Usulan, teks: str, batas: int) -> list[UnitPilihan]:
    """Units the draft adds, by a part of their name. A new unit is in no index yet; a draft has few."""
    escaped = " ".join(teks.split())[:120].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = fetch(_NEW_UNITS, {"usulan": usulan.pk, "pola": f"%{escaped}%", "batas": batas})
    return named_units(usulan, [row[0] for row in rows], baru=True)


def named_units(usulan: Usulan, ids: Iterable[int], *, baru: bool = False) -> list[UnitPilihan]:
    """Units of the draft with their place, in the order asked for; those not on it are left out."""
    view = PandanganDraf(usulan)
    wanted = list(dict.fromkeys(ids))
    muat_jalur(view, wanted)
    made = []
    for key, state in view.keadaan("unor", wanted).items():
        if isinstance(state.isi, IsiUnor):
            above = tempat(view, state.isi.atasan_id) if state.isi.atasan_id else ""
            made.append(UnitPilihan(key, state.isi.nama, above, "", baru))
    return made


def national_classes(instansi_id: int, jabatan_ids: Iterable[int]) -> dict[int, KelasNasional]:
    """Kelas that a dated reference sets nationally for these jabatan (or for their jenjang) in this kind of
    instansi; none while the installation has no such list."""
    model: Any = next((m for m in apps.get_models() if m._meta.label == "referensi.KelasNasional"), None)
    if model is None:
        return {}
    jenis = Instansi.objects.filter(pk=instansi_id).values_list("jenis_instansi", "jenis").first() or ("", "")
    jobs = {row.pk: row for row in Jabatan.objects.filter(pk__in=list(jabatan_ids))}
    ladders = {row.jenjang_id for row in jobs.values() if row.jenjang_id}
    day = today()
    best: dict[int, tuple[Any, KelasNasional]] = {}
    for row in model.objects.filter(jenis_instansi__in=["", *filter(None, jenis)]):
        begins = row.berlaku_dari or dt.date.min
        if begins > day or (row.berlaku_sampai is not None and row.berlaku_sampai < day):
            continue
        if row.jabatan_id not in jobs and row.jenjang_id not in ladders:
            continue
        for key, job in jobs.items():
            if row.jabatan_id != key and (row.jabatan_id is not None or row.jenjang_id != job.jenjang_id):
                continue
            rank = (row.jabatan_id == key, bool(row.jenis_instansi), begins)
            if key not in best or rank > best[key][0]:
                best[key] = (rank, KelasNasional(job.nama or "", row.kelas, row.sumber))
    return {key: value for key, (_, value) in best.items()}
