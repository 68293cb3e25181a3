"""The difference an usulan makes, as data: the same rows as between two versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from petajabatan.jabatan.queries.beda import NAMES, TOTALS
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.beda import (
    Beda,
    IsiPosisi,
    JumlahPeta,
    Perbedaan,
    compare,
    totals_of_difference,
)
from petajabatan.organisasi.models import DasarHukum
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.draf import net_changes
from petajabatan.usulan.rules.objek import OBJEK_PETA, Kunci


def draft_difference(usulan: Usulan) -> tuple[Beda, dict[Kunci, tuple[int, ...]]]:
    """The difference between the base version and the draft, and the successors of removed objects.

    ``ke`` is the version it was published as, else again the base. Four SQL statements.
    """
    steps = net_changes(usulan, OBJEK_PETA)
    rows: dict[str, list[Perbedaan]] = {"unor": [], "posisi": []}
    for p in steps:
        one = compare(p.sebelum.di_peta, p.sesudah.di_peta)
        if one is not None:
            rows[p.objek].append(one)
    version = {"instansi": usulan.instansi_id, "dari": usulan.dasar_versi, "ke": usulan.dasar_versi}
    totals = fetch(TOTALS, version)[0]
    before = JumlahPeta(int(totals[1]), *totals[2:])
    none = JumlahPeta()
    after = before.minus(none.minus(totals_of_difference(rows["unor"], rows["posisi"])))
    found = Beda(
        usulan.instansi_id,
        usulan.dasar_versi,
        usulan.versi_terbit or usulan.dasar_versi,
        rows["unor"],
        rows["posisi"],
        before,
        after,
        _names(rows["unor"], rows["posisi"], version),
    )
    return found, {p.kunci: p.sesudah.penerus for p in steps if p.sesudah.penerus}


def _names(units: list[Perbedaan], boxes: list[Perbedaan], version: dict[str, int]) -> dict[int, str]:
    """Of every unit the rows mention as their place: as the draft calls it, else as the base does."""
    places: set[int] = set()
    for row in (*units, *boxes):
        isi = row.isi
        place = isi.unor_id if isinstance(isi, IsiPosisi) else isi.atasan_id
        if place is not None:
            places.add(place)
    names: dict[int, str] = dict(fetch(NAMES, version | {"unor": sorted(places)}))
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


def sources_of(usulan: Usulan) -> dict[tuple[str, int], Asal]:
    """For every touched object the operation that touched it last. Two statements."""
    rows = fetch(_SOURCES, {"usulan": usulan.pk})
    ids = {row[4] for row in rows if row[4]}
    laws = {d.pk: str(d) for d in DasarHukum.objects.filter(pk__in=ids)} if ids else {}
    found = {}
    for objek, key, nomor, aturan, law, pasal, alasan in rows:
        words = ", ".join(x for x in (laws.get(law, ""), pasal) if x)
        found[objek, key] = Asal(nomor, aturan, words, alasan, law if law in laws else None)
    return found


# The last name of objects, in whichever instansi they are: successors may lie in another one.
_HEIRS = {
    objek: f"SELECT DISTINCT ON ({objek}_id) {objek}_id, nama FROM {objek}_riwayat"
    f" WHERE {objek}_id = ANY(%(ids)s) ORDER BY {objek}_id, sejak DESC"
    for objek in ("unor", "posisi")
}


def successor_names(penerus: Mapping[Kunci, tuple[int, ...]]) -> dict[Kunci, list[str]]:
    """The names of the successors of removed objects, once they are published. At most two statements."""
    found: dict[Kunci, list[str]] = {}
    for objek, statement in _HEIRS.items():
        ids = sorted({key for (kind, _key), keys in penerus.items() if kind == objek for key in keys})
        names: dict[int, str] = dict(fetch(statement, {"ids": ids})) if ids else {}
        for kunci, keys in penerus.items():
            if kunci[0] == objek:
                found[kunci] = [names[key] for key in keys if key in names]
    return found
