"""Units as their ministries publish them, within the region of an instansi, and which of them are mapped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Length

from petajabatan.inti.simpanan import kept
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.organisasi.models import KodeUnor
from petajabatan.referensi.models import Instansi, MasterUnor, Wilayah
from petajabatan.referensi.queries import import_stamp
from petajabatan.referensi.queries.pencarian import by_index, like, words_of
from petajabatan.referensi.queries.semua import near_words
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
CALON = 500
"""How many names are ranked at most where no region narrows the search, and found at most on a page."""
CUKUP = 50
"""So many names that hold the text itself: names merely like it are not asked for."""
TANPA_KECAMATAN = "-"
"""Stands for the units whose master names no kecamatan (puskesmas, hospitals) where one is chosen."""
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
    """What to look for; ``kecamatan``: a name or ``TANPA_KECAMATAN``; ``belum``: only units that are not
    mapped yet; ``wilayah``: the region that an instansi without one of its own looks at ("": the nation)."""

    teks: str = ""
    jenis: str = ""
    kecamatan: str = ""
    bentuk: str = ""
    belum: bool = False
    wilayah: str = ""


def region_masters(instansi: Instansi, wilayah: str = "") -> QuerySet[MasterUnor]:
    """Active units of the master inside the region of the instansi; where it has none, inside ``wilayah``, or
    of the nation."""
    rows = MasterUnor.objects.filter(aktif=True)
    region = instansi.wilayah_id or wilayah
    if not region:
        return rows
    return rows.filter(Q(wilayah_id=region) | Q(wilayah__kode__startswith=f"{region}."))


def search_master(usulan: Usulan, saring: SaringMaster) -> QuerySet[MasterUnor]:
    """Units of the master that fit, best or by name. Typing errors are forgiven where few names hold the text
    itself, in the nation where none does. ``usulan.instansi`` is loaded."""
    rows = region_masters(usulan.instansi, saring.wilayah)
    if saring.jenis:
        rows = rows.filter(jenis=saring.jenis)
    if saring.kecamatan:
        rows = rows.filter(kecamatan__iexact="" if saring.kecamatan == TANPA_KECAMATAN else saring.kecamatan)
    if saring.bentuk:
        rows = rows.filter(bentuk__iexact=saring.bentuk)
    if saring.belum:
        rows = _unmapped(usulan, rows)
    text = " ".join(saring.teks.replace("\x00", " ").split())[:120]
    if not text:
        return rows.order_by("jenis", "kecamatan", "nama", "id")
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    exact = Q(kunci=text, jenis__in=list(JENIS_KODE)) | Q(_Operator(" ILIKE ", f"%{escaped}%"))
    rank = TrigramWordSimilarity(text, "nama")
    named = rows.filter(exact)
    if not (usulan.instansi.wilayah_id or saring.wilayah):
        keys = list(named.values_list("pk", flat=True)[:CALON])
        found = MasterUnor.objects.filter(pk__in=keys or _nearly(rows, saring.jenis, text))
        return found.annotate(mirip=rank).order_by("-mirip", "nama", "id")
    if named[:CUKUP].count() < CUKUP:
        fetch("SELECT set_config('pg_trgm.word_similarity_threshold', %(t)s, true)", {"t": str(MIRIP)})
        named = rows.filter(exact | Q(_Operator(" %%> ", text)))
    return named.annotate(mirip=rank).order_by("-mirip", "nama", "id")


def _nearly(rows: QuerySet[MasterUnor], jenis: str, text: str) -> list[int]:
    """Keys of rows whose names hold a word spelled nearly so for each word of the text, the shortest names.
    Three statements at most."""
    words = words_of(text)
    by_kind = near_words([jenis] if jenis in JENIS_KODE else list(JENIS_KODE), words)
    held = Q()
    for meant in zip(*by_kind.values(), strict=True):
        held &= Q(*[("nama__ilike", f"%{like(word)}%") for word in set().union(*meant)], _connector=Q.OR)
    if not by_kind or not any(len(word) >= 3 for word in words):
        return []
    with by_index():
        return list(rows.filter(held).order_by(Length("nama"), "pk").values_list("pk", flat=True)[:CUKUP])


class _Operator(Func):
    """``nama`` and a text with an operator between them that the index of names answers."""

    template = "(%(expressions)s)"
    output_field = BooleanField()

    def __init__(self, operator: str, text: str) -> None:
        super().__init__(F("nama"), Value(text), arg_joiner=operator)


def _unmapped(usulan: Usulan, rows: QuerySet[MasterUnor]) -> QuerySet[MasterUnor]:
    """Without those whose code a unit has, or gets by this draft. One statement besides that of the rows."""
    given: dict[str, list[str]] = {}
    for _, jenis, kode in _given(usulan):
        given.setdefault(jenis, []).append(kode)
    for jenis, code in JENIS_KODE.items():
        taken = KodeUnor.objects.filter(aktif=True, jenis=code, kode=OuterRef("kunci"))
        rows = rows.exclude(Q(jenis=jenis) & (Exists(taken) | Q(kunci__in=given.get(code, []))))
    return rows


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


def master_choices(instansi: Instansi, wilayah: str = "") -> tuple[list[str], list[str], list[str]]:
    """Kinds, kecamatan and shapes that occur in the region, kept until references are imported again; of the
    nation no kecamatan. ``TANPA_KECAMATAN`` stands first where some units have none. Four statements where
    they are not kept."""
    region = instansi.wilayah_id or wilayah
    rows = region_masters(instansi, wilayah)

    def values(column: str) -> list[str]:
        found = rows.exclude(**{column: ""}).order_by(column)
        return list(found.values_list(column, flat=True).distinct())

    def kecamatan() -> list[str]:
        return [TANPA_KECAMATAN] * rows.filter(kecamatan="").exists() + values("kecamatan")

    return kept(
        f"pilihan-master:{region}:{import_stamp()}",
        lambda: (values("jenis"), kecamatan() if region else [], values("bentuk")),
    )


def without_kecamatan(usulan: Usulan, saring: SaringMaster) -> int:
    """How many units fit but for the kecamatan chosen, because their master names none: what that choice
    hides. Up to ``CALON`` where a text is looked for."""
    if saring.kecamatan in ("", TANPA_KECAMATAN):
        return 0
    found = search_master(usulan, replace(saring, kecamatan=TANPA_KECAMATAN))
    return (found[:CALON] if saring.teks else found).count()


def regions_of(provinsi: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Provinces, and the kabupaten and kota of one, as code and name. Two statements at most."""
    rows = Wilayah.objects.order_by("nama").values_list("kode", "nama")
    below = rows.filter(tingkat=2, induk_id=provinsi) if provinsi else rows.none()
    return list(rows.filter(tingkat=1)), list(below)
