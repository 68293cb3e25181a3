"""What the drawer shows of one unit or box of a draft, before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from petajabatan.jabatan.kata_beda import columns
from petajabatan.jabatan.rules.beda import IsiUnor, compare
from petajabatan.organisasi.models import DasarHukum, JenisUnor
from petajabatan.referensi.models import Eselon, UrusanPemerintahan, Wilayah
from petajabatan.usulan.models import TemuanUsulan, UsulanPosisi, UsulanUnor
from petajabatan.usulan.queries.acuan import b_of_boxes, people_on_boxes, people_without_box
from petajabatan.usulan.queries.pandangan import PandanganDraf, row_of
from petajabatan.usulan.rules.majemuk import pimpinan_lebur
from petajabatan.usulan.rules.objek import isi_from_dict
from petajabatan.usulan.rules.pandangan import cabang
from petajabatan.usulan.rules.saran import Kursi, usulkan_penerus
from petajabatan.web.peta.queries import fetch
from petajabatan.web.sunting import queries, sql
from petajabatan.web.sunting.konteks import KonteksDraf

_ANCESTORS = f"""
WITH RECURSIVE naik AS (
  SELECT i.unor_id, i.atasan_id, 0 AS jarak FROM {sql.INDUK.format("%(unor)s")} i
  UNION ALL
  SELECT i.unor_id, i.atasan_id, n.jarak + 1 FROM naik n
  CROSS JOIN LATERAL {sql.INDUK.format("n.atasan_id")} i WHERE n.jarak < 60
) SELECT n.unor_id, coalesce(o.sesudah->>'nama', o.sebelum->>'nama', r.nama), n.atasan_id
FROM naik n
LEFT JOIN usulan_unor o ON o.usulan_id = %(usulan)s AND o.unor_id = n.unor_id
LEFT JOIN unor_riwayat r ON r.unor_id = n.unor_id AND r.instansi_id = %(instansi)s AND {{hidup_r}}
ORDER BY n.jarak DESC
"""
_UNIT = """
SELECT r.unor_id, r.atasan_id, r.nama, r.nama_jabatan, r.jenis, r.eselon_id, r.urutan, r.wilayah_id, r.urusan,
  r.cepat_kode, r.dasar_hukum_id, r.pasal, r.halaman
FROM unor_riwayat r WHERE r.unor_id = %(unor)s AND r.instansi_id = %(instansi)s AND {hidup_r}
"""
_BOX = """
SELECT p.posisi_id, p.unor_id, p.nama, p.jenis, p.jenjang_id, p.kelas, p.k, p.kepala, p.urutan, p.jabatan_id,
  p.infojab_id
FROM posisi_riwayat p WHERE p.posisi_id = %(posisi)s AND p.instansi_id = %(instansi)s AND {hidup_p}
"""


@dataclass(frozen=True)
class Letak:
    """A unit on the way down from the root."""

    id: int
    nama: str


@dataclass(frozen=True)
class Ubahan:
    nama: str
    lama: str
    baru: str


@dataclass
class ObjekDraf:
    """One unit or box. ``isi``: as the draft has it (removed: as it was); ``tanda`` as in documents;
    ``ubahan``: columns before and after, in words; ``penerus``: names of successors of a removed one."""

    jenis: str
    id: int
    isi: Any
    sebelum: Any
    hidup: bool
    tanda: str
    ubahan: list[Ubahan] = field(default_factory=list)
    penerus: list[Letak] = field(default_factory=list)
    oleh: str = ""


def path_to(konteks: KonteksDraf, unor_id: int) -> list[Letak]:
    """From the root down to and including the unit, as shown in the draft. One statement."""
    rows = fetch(sql.sql_for(konteks.peta, _ANCESTORS), konteks.params | {"unor": unor_id})
    return [Letak(key, nama or "") for key, nama, _above in rows]


def object_of(konteks: KonteksDraf, jenis: str, key: int) -> ObjekDraf:
    """The unit (``jenis`` "unor") or box ("posisi"). Raises Http404 when neither base nor draft has it."""
    model: Any = UsulanUnor if jenis == "unor" else UsulanPosisi
    row = model.objects.filter(usulan=konteks.usulan, **{f"{jenis}_id": key}).first()
    if row is not None and (row.sebelum or row.sesudah):
        before, after = isi_from_dict(jenis, row.sebelum), isi_from_dict(jenis, row.sesudah)
        above = "atasan_id" if jenis == "unor" else "unor_id"
        found = ObjekDraf(
            jenis, key, after or before, before, after is not None,
            queries.mark_of(row.sebelum, row.sesudah, above), oleh=row.oleh,
        )  # fmt: skip
        if before is not None and after is not None:
            found.ubahan = _changes(konteks, before, after)
        found.penerus = names_of(konteks, jenis, row.penerus)
        return found
    statement = _UNIT if jenis == "unor" else _BOX
    rows = fetch(sql.sql_for(konteks.peta, statement), konteks.params | {jenis: key})
    if not rows:
        raise Http404(_("Unit atau jabatan itu tidak ada pada peta usulan ini."))
    values = rows[0]
    isi = row_of("unor" if jenis == "unor" else "posisi", values)
    return ObjekDraf(jenis, key, isi, isi, True, "")


def names_of(konteks: KonteksDraf, jenis: str, ids: Iterable[int]) -> list[Letak]:
    """Names of units or boxes, as the draft has them. Two statements at most."""
    wanted = list(ids)
    if not wanted:
        return []
    model: Any = UsulanUnor if jenis == "unor" else UsulanPosisi
    names: dict[int, str] = {}
    rows = model.objects.filter(usulan=konteks.usulan, **{f"{jenis}_id__in": wanted})
    for key, after, before in rows.values_list(f"{jenis}_id", "sesudah__nama", "sebelum__nama"):
        names[key] = after or before or ""
    table, alias = ("unor_riwayat", "r") if jenis == "unor" else ("posisi_riwayat", "p")
    statement = (
        f"SELECT {alias}.{jenis}_id, {alias}.nama FROM {table} {alias}"
        f" WHERE {alias}.{jenis}_id = ANY(%(ids)s) AND {{hidup_{alias}}}"
    )
    for key, nama in fetch(sql.sql_for(konteks.peta, statement), konteks.params | {"ids": wanted}):
        names.setdefault(key, nama)
    return [Letak(key, names[key]) for key in wanted if key in names]


def _changes(konteks: KonteksDraf, before: Any, after: Any) -> list[Ubahan]:
    change = compare(before, after)
    if change is None:
        return []
    label = columns()
    units = [value for name in ("atasan_id", "unor_id") for value in change.kolom.get(name, ()) if value]
    words: dict[str, Mapping[Any, str]] = {}
    if units:
        words["atasan_id"] = words["unor_id"] = {u.id: u.nama for u in names_of(konteks, "unor", set(units))}
    if "dasar_hukum_id" in change.kolom:
        laws = DasarHukum.objects.filter(pk__in=[x for x in change.kolom["dasar_hukum_id"] if x])
        words["dasar_hukum_id"] = {law.pk: str(law) for law in laws}
    if "eselon" in change.kolom:
        words["eselon"] = {row.kode: row.sebutan for row in Eselon.objects.all()}
    return [
        Ubahan(label.get(name, name), _word(words, name, old), _word(words, name, new))
        for name, (old, new) in change.kolom.items()
        if name not in ("jabatan_id", "infojab_id", "urutan")
    ]


def _word(words: Mapping[str, Mapping[Any, str]], name: str, value: Any) -> str:
    if value is None or value in ("", ()):
        return "–"
    if name in words:
        return words[name].get(value, str(value))
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def mark_word(tanda: str) -> str:
    return {"": "", "tambah": _("baru"), "hapus": _("dihapus"), "ubah": _("diubah"), "pindah": _("pindah")}[
        tanda
    ]


def attributes(unit: IsiUnor) -> dict[str, Any]:
    """The columns of a unit that are codes, in words. Four statements at most."""
    affairs = (
        UrusanPemerintahan.objects.filter(kode__in=unit.urusan).order_by("urutan") if unit.urusan else []
    )
    eselon = Eselon.objects.filter(kode=unit.eselon).first() if unit.eselon else None
    return {
        "jenis": JenisUnor(unit.jenis).label if unit.jenis in JenisUnor.values else unit.jenis,
        "eselon": eselon.sebutan if eselon is not None else "",
        "wilayah": Wilayah.objects.filter(kode=unit.wilayah).values_list("nama", flat=True).first()
        if unit.wilayah
        else "",
        "urusan": [row.nama for row in affairs],
        "dasar": DasarHukum.objects.filter(pk=unit.dasar_hukum_id).first() if unit.dasar_hukum_id else None,
    }


def findings_on(konteks: KonteksDraf, unor_id: int | None, boxes: Iterable[int]) -> list[TemuanUsulan]:
    """Findings of a unit and of boxes, the worst first. One statement."""
    where = Q(objek="posisi", objek_id__in=list(boxes))
    if unor_id is not None:
        where |= Q(objek="unor", objek_id=unor_id)
    rank = {"galat": 0, "peringatan": 1}
    rows = TemuanUsulan.objects.filter(where, usulan=konteks.usulan)
    return sorted(rows, key=lambda t: (t.bawaan, rank.get(t.tingkat, 2), t.id))


@dataclass(frozen=True)
class Ketergantungan:
    """What stands on a unit that is to be removed: units below, boxes, boxes with informasi jabatan, people
    on boxes, people without a box. ``terisi``: box row of the document → people, for occupied boxes."""

    unit: int
    kotak: int
    infojab: int
    orang: int
    tanpa_kotak: int
    terisi: list[tuple[Any, int]]


def depends_on(konteks: KonteksDraf, unor_id: int) -> Ketergantungan:
    """Counted over the whole branch. Five statements."""
    below = queries.below_document(konteks, unor_id, kosong=True)
    units = {unit[0] for unit in below["unor"] if unit[12] != "hapus"}
    boxes = [box for box in below["kotak"] if box[1] in units and box[10] != "hapus"]
    people = people_on_boxes([box[0] for box in boxes])
    loose = people_without_box(konteks.usulan.instansi_id, units)
    names = {unit[0]: unit[2] for unit in below["unor"]}
    linked = fetch(
        sql.sql_for(
            konteks.peta,
            "SELECT count(*) FROM posisi_riwayat p WHERE p.posisi_id = ANY(%(ids)s)"
            " AND p.infojab_id IS NOT NULL AND {hidup_p}",
        ),
        konteks.params | {"ids": [box[0] for box in boxes]},
    )
    return Ketergantungan(
        unit=len(units) - 1,
        kotak=len(boxes),
        infojab=linked[0][0],
        orang=sum(people.values()),
        tanpa_kotak=sum(loose.values()),
        terisi=[
            ({"id": box[0], "nama": box[2], "unor": names.get(box[1], ""), "kepala": bool(box[9])}, n)
            for box in boxes
            if (n := people.get(box[0], 0))
        ],
    )


@dataclass(frozen=True)
class Berdiri:
    """How many units of a branch stand on one regulation (``id`` 0: on none)."""

    id: int
    nama: str
    n: int
    dicabut: bool


def stands_on(konteks: KonteksDraf, unor_id: int) -> list[Berdiri]:
    """On what the unit and all below it stand in the draft, the most units first."""
    counts = Counter(row.dasar_hukum_id or 0 for row in cabang(PandanganDraf(konteks.usulan), unor_id))
    laws = {law.pk: law for law in DasarHukum.objects.filter(pk__in=[key for key in counts if key])}
    return [
        Berdiri(
            key,
            str(laws[key]) if key in laws else _("Belum berdasar hukum"),
            n,
            key in laws and laws[key].status == DasarHukum.Status.DICABUT,
        )
        for key, n in counts.most_common()
    ]


def branch_of(konteks: KonteksDraf) -> Letak | None:
    """The unit a draft is bound to, if any. Two statements."""
    branch = konteks.usulan.cabang_id
    return next(iter(names_of(konteks, "unor", [branch])), None) if branch is not None else None


@dataclass(frozen=True)
class PimpinanLebur:
    """A head that goes with its people, and the boxes that may take them: (id, name, B, K)."""

    id: int
    nama: str
    orang: int
    pilihan: list[tuple[int, str, int, int | None]]


def heads_that_go(konteks: KonteksDraf, dari: int, ke: int) -> list[PimpinanLebur]:
    """The occupied heads that go when one unit is merged into another."""
    found = pimpinan_lebur(PandanganDraf(konteks.usulan), dari, ke)
    people = people_on_boxes([head.id for head, _ in found])
    b = b_of_boxes({box.id for _, boxes in found for box in boxes})
    return [
        PimpinanLebur(head.id, head.nama, n, [(box.id, box.nama, b.get(box.id, 0), box.k) for box in boxes])
        for head, boxes in found
        if (n := people.get(head.id, 0))
    ]


def suggest_boxes(konteks: KonteksDraf, boxes: list[int], successors: list[int]) -> list[dict[str, Any]]:
    """For each occupied box the box on the successors that looks like its heir, if any (``rules.saran``)."""
    view = PandanganDraf(konteks.usulan)
    leaving: dict[int, Any] = {
        key: row.isi for key, row in view.keadaan("posisi", boxes).items() if row.isi is not None
    }
    there = [box for rows in view.kotak(successors).values() for box in rows]
    followed = view.digantikan("posisi", [box.id for box in there])
    people = b_of_boxes({box.id for box in there} | {key for keys in followed.values() for key in keys})
    units = view.keadaan("unor", {box.unor_id for box in (*leaving.values(), *there)})

    def seat(box: Any) -> Kursi:
        unit: Any = units[box.unor_id].isi
        held = (box.id, *followed.get(box.id, ()))
        return Kursi(box, unit.eselon if unit else None, sum(people.get(key, 0) for key in held))

    heirs = usulkan_penerus(map(seat, leaving.values()), map(seat, there))
    named = {box.id: box for box in there}
    return [
        {"kotak": key, "id": heir, "nama": named[heir].nama, "unor": named[heir].unor_id}
        for key, heir in heirs.items()
    ]
