"""Informasi jabatan of a draft or a published version, with the boxes they serve, for files and print."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from petajabatan.anjab.queries.infojab_angka import figures_of
from petajabatan.anjab.queries.infojab_peta import BOX, Sudut, units_of
from petajabatan.anjab.queries.urutan import names_of, order_of
from petajabatan.anjab.rules.infojab_angka import figure
from petajabatan.anjab.rules.tukar import KotakTukar, Paket
from petajabatan.inti.jam import today
from petajabatan.jabatan.data_abk import abk_reference, infojab_fields
from petajabatan.jabatan.queries.isian import Bagian, sections_as_of, sheets_as_of
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.queries.versi import version_of
from petajabatan.jabatan.rules.abk.lembar import AcuanAbk
from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.jabatan.rules.kelengkapan import Isian
from petajabatan.organisasi.models import PetaVersi
from petajabatan.referensi.models import Instansi
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.draf import whole_draft
from petajabatan.usulan.queries.isian import contents_of, sheets_of
from petajabatan.usulan.rules.pandangan import PetaDraf

_CONDITIONS = (
    "(cardinality(%(infojab)s::bigint[]) = 0 OR s.infojab_id = ANY(%(infojab)s))"
    " AND (cardinality(%(unor)s::bigint[]) = 0 OR s.unor_id = ANY(%(unor)s))"
)
_NAMED = f"SELECT count(*), count(s.infojab_id), min(s.nama) FROM ({{boxes}}) s WHERE {_CONDITIONS}"
_NAMED_BOXES = _NAMED.format(
    boxes=BOX.format(base="r.posisi_id = ANY(%(posisi)s)", draf="o.posisi_id = ANY(%(posisi)s)")
)
_NAMED_INFOJAB = _NAMED.format(
    boxes=BOX.format(base="r.infojab_id = ANY(%(infojab)s)", draf="o.infojab_baru = ANY(%(infojab)s)")
)
_HIGH = """SELECT r.unor_id FROM unor_riwayat r WHERE r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s
  AND r.hingga > %(versi)s AND left(r.eselon_id, 1) IN ('1', '2')
  AND NOT EXISTS (SELECT FROM usulan_unor o WHERE o.usulan_id = %(usulan)s AND o.unor_id = r.unor_id)
UNION ALL
SELECT o.unor_id FROM usulan_unor o WHERE o.usulan_id = %(usulan)s
  AND left(o.sesudah->>'eselon', 1) IN ('1', '2')"""


@dataclass(frozen=True)
class Cakupan:
    """What of a source is wanted: a unit with everything below it, boxes, informasi jabatan; nothing given:
    everything. ``tanpa_infojab``: boxes that nobody has described yet come along."""

    unor_id: int | None = None
    posisi_id: tuple[int, ...] = ()
    infojab_id: tuple[int, ...] = ()
    tanpa_infojab: bool = True


@dataclass
class Sumber:
    """A draft or a published version; ``view`` is its map, read whole the first time it is looked at."""

    instansi: Instansi
    versi: int
    sebutan: str
    hash: str = ""
    usulan: Usulan | None = None

    @cached_property
    def view(self) -> PetaDraf:
        if self.usulan is not None:
            return whole_draft(self.usulan)
        return whole_draft(Usulan(instansi_id=self.instansi.pk, dasar_versi=self.versi), draf=False)

    @property
    def sudut(self) -> Sudut:
        return Sudut(self.instansi.pk, self.versi, self.usulan)

    @property
    def isian(self) -> tuple[Isian, ...]:
        return infojab_fields(today())

    @property
    def acuan(self) -> AcuanAbk:
        held: AcuanAbk = self.view.acuan.abk
        return held or abk_reference(today())

    def sections(self, infojab_ids: Collection[int]) -> dict[int, Bagian]:
        if self.usulan is not None:
            return contents_of(self.usulan, infojab_ids)
        return sections_as_of(self.instansi.pk, self.versi, infojab_ids)

    def sheets(self, posisi_ids: Collection[int]) -> dict[int, dict]:
        if self.usulan is not None:
            found = sheets_of(self.usulan, posisi_ids)
            return {key: part.isi for key, part in found.items() if part.isi is not None}
        return sheets_as_of(self.instansi.pk, self.versi, posisi_ids)


def draft_source(usulan: Usulan) -> Sumber:
    """The usulan (already found in the actor's scope) as a source."""
    instansi = Instansi.objects.get(pk=usulan.instansi_id)
    name = f"usulan {usulan.nomor}, revisi {usulan.revisi}"
    return Sumber(instansi, usulan.dasar_versi, name, usulan=usulan)


def published_source(instansi_id: int, versi: int | None = None) -> Sumber:
    """The version asked for, else the one in force. Raises PetaTidakAda, Http404."""
    instansi = Instansi.objects.filter(pk=instansi_id).first()
    if instansi is None:
        raise Http404("Instansi itu tidak ada.")
    number = version_of(instansi_id, versi, None).nomor
    row = PetaVersi.objects.get(instansi_id=instansi_id, nomor=number)
    return Sumber(instansi, number, f"peta jabatan versi {number}", row.hash or "")


def walk(view: PetaDraf, start: int | None = None) -> Iterator[tuple[IsiUnor, tuple[str, ...]]]:
    """Units in the order of the map, each with the names from below the root down to it. Raises Http404 for a
    start that is not on the map."""
    root = view.akar() if start is None else view.keadaan("unor", [start])[start].isi
    if not isinstance(root, IsiUnor):
        raise Http404("Unit itu tidak ada pada peta.")
    stack: list[tuple[IsiUnor, tuple[str, ...]]] = [(root, path_of(view, root))]
    while stack:
        unit, path = stack.pop()
        yield unit, path
        below = view.anak([unit.id])[unit.id]
        stack += [(child, (*path, child.nama)) for child in reversed(below)]


def path_of(view: PetaDraf, unit: IsiUnor) -> tuple[str, ...]:
    """Names from below the root down to the unit (the root's own name for the root)."""
    names: list[str] = []
    at: IsiUnor | None = unit
    while at is not None and at.atasan_id is not None and len(names) < 50:
        names.append(at.nama)
        above = view.keadaan("unor", [at.atasan_id])[at.atasan_id].isi
        at = above if isinstance(above, IsiUnor) else None
    return tuple(reversed(names))


def describe_scope(source: Sumber, cakupan: Cakupan) -> str:
    """What is exported or printed, for titles of jobs and names of files. One statement at most."""
    if cakupan.unor_id is not None:
        unit = units_of(source.sudut, [cakupan.unor_id]).get(cakupan.unor_id)
        return unit.nama if unit is not None else str(cakupan.unor_id)
    if len(cakupan.posisi_id) == 1 or len(cakupan.infojab_id) == 1:
        return _named(source, cakupan)[2] or "jabatan"
    return source.instansi.nama


def count_of_scope(source: Sumber, cakupan: Cakupan) -> tuple[int, int]:
    """How many boxes ``boxes_of_scope`` has, and how many of them are described. Raises Http404 for a unit
    that is not on the map."""
    if cakupan.posisi_id or cakupan.infojab_id:
        n, described, _name = _named(source, cakupan)
    else:
        angka = figures_of(source.sudut)
        packed = angka.jumlah(angka.cabang(cakupan.unor_id))
        described = figure(packed, "kotak") - figure(packed, "tanpa")
        n = figure(packed, "kotak") + figure(packed, "diam")
    return n if cakupan.tanpa_infojab else described, described


def _named(source: Sumber, cakupan: Cakupan) -> tuple[int, int, str]:
    """Of boxes or informasi jabatan that are named: boxes, those described, and the (first) name."""
    order = order_of(source.sudut)
    if cakupan.unor_id is not None and order.tempat(cakupan.unor_id) is None:
        raise Http404("Unit itu tidak ada pada peta.")
    within = [order.ids[place] for place in order.cabang(cakupan.unor_id)] if cakupan.unor_id else []
    params = source.sudut.params | {
        "posisi": list(cakupan.posisi_id), "infojab": list(cakupan.infojab_id), "unor": within,
    }  # fmt: skip
    n, described, name = fetch(_NAMED_BOXES if cakupan.posisi_id else _NAMED_INFOJAB, params)[0]
    return n, described, name or ""


def offered_units(source: Sumber, paling: int, juga: int | None) -> list[tuple[int, str]]:
    """Units of eselon I and II (at most ``paling``, in order of the map) and the one that is asked for, with
    their place from below the root down. Two statements."""
    order = order_of(source.sudut)
    wanted = {row[0] for row in fetch(_HIGH, source.sudut.params)}
    places = sorted(place for key in wanted if (place := order.tempat(key)) is not None)[:paling]
    asked = order.tempat(juga)
    if asked is not None and asked not in places:
        places = sorted([*places, asked])
    paths = {place: order.jalur(place)[1:] or [place] for place in places}
    names = names_of(source.sudut, list({order.ids[n] for path in paths.values() for n in path}))
    return [(order.ids[n], " › ".join(names[order.ids[p]] for p in path)) for n, path in paths.items()]


def boxes_of_scope(source: Sumber, cakupan: Cakupan) -> list[KotakTukar]:
    """The boxes wanted, in the order of the map. Their ABK sheets are not read yet."""
    made = []
    for unit, path in walk(source.view, cakupan.unor_id):
        for box in source.view.kotak([unit.id])[unit.id]:
            if cakupan.posisi_id and box.id not in cakupan.posisi_id:
                continue
            if cakupan.infojab_id and box.infojab_id not in cakupan.infojab_id:
                continue
            if box.infojab_id is None and not cakupan.tanpa_infojab:
                continue
            made.append(as_box(box, unit, path))
    return made


def as_box(box: IsiPosisi, unit: IsiUnor, path: tuple[str, ...]) -> KotakTukar:
    at = " › ".join(path)
    return KotakTukar(
        box.id, unit.id, unit.nama, at, box.nama, box.jenis, box.jenjang or "", box.kelas, box.k, box.kepala,
        box.infojab_id,
    )  # fmt: skip


def paket_of(source: Sumber, cakupan: Cakupan) -> Paket:
    """Everything of the scope: boxes, their sheets, the sections of the informasi jabatan they use."""
    boxes = boxes_of_scope(source, cakupan)
    sheets = source.sheets([box.posisi_id for box in boxes])
    for box in boxes:
        box.abk = sheets.get(box.posisi_id)
    keys = list(dict.fromkeys(box.infojab_id for box in boxes if box.infojab_id is not None))
    return Paket(
        source.instansi.pk,
        source.instansi.nama,
        source.instansi.id_siasn,
        source.sebutan,
        source.sections(keys),
        boxes,
    )
