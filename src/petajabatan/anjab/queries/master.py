"""Units as their ministries publish them, within the region of an instansi, and which of them are mapped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet

from petajabatan.jabatan.queries.peta import fetch
from petajabatan.referensi.models import Instansi, MasterUnor
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.pandangan import CODES_OF_DRAFT, PandanganDraf
from petajabatan.usulan.rules.operasi import JenisUnor

JENIS_KODE = {
    "sekolah": "npsn",
    "puskesmas": "puskesmas",
    "rumah-sakit": "rs",
    "dinas-kesehatan": "dinkes",
}
"""Kind of master → kind of external code of a unit."""
JENIS_UNOR: dict[str, JenisUnor] = {
    "sekolah": "sekolah",
    "puskesmas": "faskes",
    "rumah-sakit": "faskes",
    "dinas-kesehatan": "struktural",
}
MIRIP = 0.45
"""Word similarity from which a name is a hit."""
_MAPPED = """SELECT k.jenis, k.kode, k.unor_id, k.instansi_id, coalesce(u.nama, ''), i.nama
FROM kode_unor k JOIN instansi i ON i.id = k.instansi_id LEFT JOIN unor_kini u ON u.unor_id = k.unor_id
WHERE k.aktif AND k.jenis = ANY(%(jenis)s) AND k.kode = ANY(%(kode)s)"""


@dataclass(frozen=True, slots=True)
class Terpetakan:
    """A master unit that is on a map: which unit, of which instansi; ``draf``: only in this draft so far."""

    unor_id: int
    nama: str
    instansi: str
    draf: bool = False


@dataclass(frozen=True, slots=True)
class SaringMaster:
    """What to look for; ``belum``: only units that are not mapped yet."""

    teks: str = ""
    jenis: str = ""
    kecamatan: str = ""
    bentuk: str = ""
    belum: bool = False


def region_masters(instansi: Instansi) -> QuerySet[MasterUnor]:
    """Active units of the master inside the region of the instansi; of the nation where it has none."""
    rows = MasterUnor.objects.filter(aktif=True)
    region = instansi.wilayah_id
    if region is None:
        return rows
    return rows.filter(Q(wilayah_id=region) | Q(wilayah__kode__startswith=f"{region}."))


def search_master(usulan: Usulan, saring: SaringMaster) -> QuerySet[MasterUnor]:
    """Units of the master that fit, best or by name. ``usulan.instansi`` is loaded."""
    rows = region_masters(usulan.instansi)
    if saring.jenis:
        rows = rows.filter(jenis=saring.jenis)
    if saring.kecamatan:
        rows = rows.filter(kecamatan__iexact=saring.kecamatan)
    if saring.bentuk:
        rows = rows.filter(bentuk__iexact=saring.bentuk)
    if saring.belum:
        for jenis, kode in JENIS_KODE.items():
            rows = rows.exclude(jenis=jenis, kunci__in=_codes(usulan, kode))
    text = " ".join(saring.teks.replace("\x00", " ").split())[:120]
    if not text:
        return rows.order_by("jenis", "kecamatan", "nama", "id")
    return (
        rows.annotate(mirip=TrigramWordSimilarity(text, "nama"))
        .filter(Q(kunci=text) | Q(nama__icontains=text) | Q(mirip__gte=MIRIP))
        .order_by("-mirip", "nama", "id")
    )


def _codes(usulan: Usulan, jenis: str) -> list[str]:
    """Codes of a kind that are taken, within the region or by this draft. Two statements at most."""
    keys = [j for j, k in JENIS_KODE.items() if k == jenis]
    wanted = list(region_masters(usulan.instansi).filter(jenis__in=keys).values_list("kunci", flat=True))
    rows = fetch(_MAPPED, {"jenis": [jenis], "kode": wanted})
    return [row[1] for row in rows] + [kode for _, j, kode in _given(usulan) if j == jenis]


def _given(usulan: Usulan) -> list[tuple[Any, ...]]:
    return fetch(CODES_OF_DRAFT, {"usulan": usulan.pk})


def mapped(usulan: Usulan, masters: Iterable[MasterUnor]) -> dict[int, Terpetakan]:
    """Those of these that are on a map or in this draft, by id of the master row. A unit that the draft
    removes does not count. Three statements."""
    rows = list(masters)
    keys = {(JENIS_KODE[m.jenis], m.kunci): m.pk for m in rows}
    params = {"jenis": sorted({j for j, _ in keys}), "kode": sorted({k for _, k in keys})}
    view = PandanganDraf(usulan)
    held = fetch(_MAPPED, params)
    states = view.keadaan("unor", [row[2] for row in held if row[3] == usulan.instansi_id])
    found: dict[int, Terpetakan] = {}
    for jenis, kode, unor_id, instansi_id, nama, instansi in held:
        gone = instansi_id == usulan.instansi_id and not states[unor_id].hidup
        if (jenis, kode) in keys and not gone:
            found[keys[jenis, kode]] = Terpetakan(unor_id, nama, instansi)
    given = [(key, j, k) for key, j, k in _given(usulan) if (j, k) in keys]
    names = view.keadaan("unor", [key for key, _, _ in given])
    for key, jenis, kode in given:
        isi = names[key].isi
        if isi is not None:
            found[keys[jenis, kode]] = Terpetakan(key, isi.nama, "", draf=True)
    return found


def master_choices(instansi: Instansi) -> tuple[list[str], list[str], list[str]]:
    """Kinds, kecamatan and shapes that occur in the region. Three statements."""
    rows = region_masters(instansi)
    return (
        list(rows.order_by("jenis").values_list("jenis", flat=True).distinct()),
        list(rows.exclude(kecamatan="").order_by("kecamatan").values_list("kecamatan", flat=True).distinct()),
        list(rows.exclude(bentuk="").order_by("bentuk").values_list("bentuk", flat=True).distinct()),
    )
