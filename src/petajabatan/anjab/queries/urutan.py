"""The reading order of a version or a draft, kept, because reading it takes longer than most pages may."""

from __future__ import annotations

from petajabatan.anjab.queries.infojab_peta import Sudut
from petajabatan.anjab.rules.urutan import Urutan, order_units
from petajabatan.inti.simpanan import kept
from petajabatan.jabatan.queries.peta import fetch

_LIVE = "r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s"
_UNITS = f"""SELECT r.unor_id, r.atasan_id, r.urutan FROM unor_riwayat r WHERE {_LIVE}
  AND NOT EXISTS (SELECT FROM usulan_unor o WHERE o.usulan_id = %(usulan)s AND o.unor_id = r.unor_id)
UNION ALL
SELECT o.unor_id, o.atasan_baru, (o.sesudah->>'urutan')::int FROM usulan_unor o
WHERE o.usulan_id = %(usulan)s AND o.sesudah IS NOT NULL"""
_NAMES = f"""SELECT r.unor_id, r.nama FROM unor_riwayat r WHERE r.unor_id = ANY(%(ids)s) AND {_LIVE}
  AND NOT EXISTS (SELECT FROM usulan_unor o WHERE o.usulan_id = %(usulan)s AND o.unor_id = r.unor_id)
UNION ALL
SELECT o.unor_id, o.sesudah->>'nama' FROM usulan_unor o
WHERE o.usulan_id = %(usulan)s AND o.unor_id = ANY(%(ids)s) AND o.sesudah IS NOT NULL"""
_MOVES = """SELECT EXISTS (SELECT FROM usulan_unor WHERE usulan_id = %(usulan)s AND (sebelum IS NULL
  OR sesudah IS NULL OR atasan_lama IS DISTINCT FROM atasan_baru
  OR sebelum->'urutan' IS DISTINCT FROM sesudah->'urutan'))"""


def place_of(sudut: Sudut) -> str:
    """What figures of a version, or of a draft as it is now, are kept by."""
    place = f"{sudut.instansi_id}:{sudut.versi}"
    return place if sudut.usulan is None else f"{place}:{sudut.usulan.pk}:{sudut.usulan.revisi}"


def order_of(sudut: Sudut) -> Urutan:
    """Units in reading order. Two statements where nothing is kept; a draft that moves no unit has the
    order of its base."""
    if sudut.usulan is not None and not fetch(_MOVES, sudut.params)[0][0]:
        return order_of(Sudut(sudut.instansi_id, sudut.versi))
    return kept(f"urutan:{place_of(sudut)}", lambda: order_units(fetch(_UNITS, sudut.params)))


def names_of(sudut: Sudut, ids: list[int]) -> dict[int, str]:
    """Names of these units. One statement."""
    return dict(fetch(_NAMES, sudut.params | {"ids": ids}))
