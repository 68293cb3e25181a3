"""The difference an usulan makes, as data: the same rows as between two versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from petajabatan.inti.simpanan import kept
from petajabatan.jabatan.queries.beda import NAMES
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.beda import (
    Beda,
    JumlahPeta,
    Perbedaan,
    compare,
    totals_of_difference,
)
from petajabatan.organisasi.models import DasarHukum
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules.objek import Kunci, Perubahan

_BASE = """SELECT p.kelas, coalesce(sum(p.k), 0)::int, count(*), count(*) FILTER (WHERE p.k IS NULL)
FROM posisi_riwayat p WHERE p.instansi_id = %(instansi)s AND p.sejak <= %(versi)s AND p.hingga > %(versi)s
GROUP BY 1"""
_BASE_UNITS = """SELECT count(*) FROM unor_riwayat r
WHERE r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s"""


@dataclass(frozen=True)
class Dasar:
    """The base version in figures: its units; per kelas (None: without) K, boxes, and boxes without K."""

    n_unor: int
    kelas: Mapping[int | None, tuple[int, int, int]]

    @property
    def jumlah(self) -> JumlahPeta:
        k, boxes, without = (sum(row[n] for row in self.kelas.values()) for n in range(3))
        return JumlahPeta(k, boxes, self.n_unor, without)


def base_of(usulan: Usulan) -> Dasar:
    """Counted once per version: two statements, none where the result is remembered."""
    params = {"instansi": usulan.instansi_id, "versi": usulan.dasar_versi}

    def count() -> Dasar:
        return Dasar(
            fetch(_BASE_UNITS, params)[0][0],
            {row[0]: (row[1], row[2], row[3]) for row in fetch(_BASE, params)},
        )

    return kept(f"peta-dasar:{usulan.instansi_id}:{usulan.dasar_versi}", count)


def draft_difference(usulan: Usulan, steps: Iterable[Perubahan]) -> Beda:
    """The difference between the base version and the draft, of its net changes.

    ``ke`` is the version it was published as, else again the base. At most three statements.
    """
    rows: dict[str, list[Perbedaan]] = {"unor": [], "posisi": []}
    for p in steps:
        one = compare(p.sebelum.di_peta, p.sesudah.di_peta)
        if one is not None:
            rows[p.objek].append(one)
    before = base_of(usulan).jumlah
    none = JumlahPeta()
    return Beda(
        usulan.instansi_id,
        usulan.dasar_versi,
        usulan.versi_terbit or usulan.dasar_versi,
        rows["unor"],
        rows["posisi"],
        before,
        before.minus(none.minus(totals_of_difference(rows["unor"], rows["posisi"]))),
        _places(usulan, rows["unor"], rows["posisi"]),
    )


def _places(usulan: Usulan, units: list[Perbedaan], boxes: list[Perbedaan]) -> dict[int, str]:
    """Names of the units the rows stand or stood in: as the draft calls them, else as the base does."""
    places: set[int] = set()
    for row in (*units, *boxes):
        for side in (row.sebelum, row.sesudah):
            place = getattr(side, "atasan_id", None) or getattr(side, "unor_id", None)
            if place is not None:
                places.add(place)
    params = {"unor": sorted(places), "ke": usulan.dasar_versi}
    names: dict[int, str] = dict(fetch(NAMES, params)) if places else {}
    return names | {row.id: row.isi.nama for row in units}


# The operation that touched an object last, with its legal basis.
_SOURCES = """
SELECT DISTINCT ON (s.objek, s.id) s.objek, s.id, o.nomor, o.aturan, o.dasar_hukum_id, o.pasal,
  o.alasan
FROM usulan_operasi o CROSS JOIN LATERAL (
  SELECT e->>0 AS objek, (e->>1)::bigint AS id FROM jsonb_array_elements(o.perubahan) e
) s
WHERE o.usulan_id = %(usulan)s AND o.aktif AND o.membatalkan IS NULL
ORDER BY s.objek, s.id, o.nomor DESC
"""


@dataclass(frozen=True)
class Asal:
    """The operation behind a row: its number, rule of change, legal basis (also in words)."""

    nomor: int
    aturan: str
    dasar: str
    alasan: str
    dasar_hukum_id: int | None = None


def sources_of(usulan: Usulan) -> dict[Kunci, Asal]:
    """For every touched object the operation that touched it last. Two statements."""
    rows = fetch(_SOURCES, {"usulan": usulan.pk})
    ids = {row[4] for row in rows if row[4]}
    laws = {d.pk: str(d) for d in DasarHukum.objects.filter(pk__in=ids)} if ids else {}
    found = {}
    for objek, key, nomor, aturan, law, pasal, alasan in rows:
        words = ", ".join(x for x in (laws.get(law, ""), pasal) if x)
        found[objek, key] = Asal(nomor, aturan, words, alasan, law if law in laws else None)
    return found


# The name of objects: as the draft has them, else the last one they had in whichever instansi they are.
_HEIRS = {
    objek: f"""SELECT z.id, coalesce(d.nama, r.nama) FROM unnest(%(ids)s::bigint[]) AS z(id)
LEFT JOIN LATERAL (SELECT o.sesudah->>'nama' AS nama FROM usulan_{objek} o
  WHERE o.usulan_id = %(usulan)s AND o.{objek}_id = z.id) d ON true
LEFT JOIN LATERAL (SELECT h.nama FROM {objek}_riwayat h WHERE h.{objek}_id = z.id
  ORDER BY h.sejak DESC LIMIT 1) r ON true
WHERE coalesce(d.nama, r.nama) IS NOT NULL"""
    for objek in ("unor", "posisi")
}


def successors_of(steps: Iterable[Perubahan]) -> dict[Kunci, tuple[int, ...]]:
    """The successors of what the changes remove, the first one being the one its people go to."""
    return {p.kunci: p.sesudah.penerus for p in steps if p.sesudah.isi is None and p.sesudah.penerus}


def successor_names(usulan: Usulan, steps: Iterable[Perubahan]) -> dict[Kunci, tuple[str, ...]]:
    """The names of those successors, which may stand in another instansi. At most two statements."""
    heirs = successors_of(steps)
    found: dict[Kunci, tuple[str, ...]] = {}
    for objek, statement in _HEIRS.items():
        ids = sorted({key for (kind, _key), keys in heirs.items() if kind == objek for key in keys})
        params = {"ids": ids, "usulan": usulan.pk}
        names: dict[int, str] = dict(fetch(statement, params)) if ids else {}
        for kunci, keys in heirs.items():
            if kunci[0] == objek:
                found[kunci] = tuple(names[key] for key in keys if key in names)
    return found
