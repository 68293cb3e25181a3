"""The boxes of a version or a draft as columns, for the recap of ABK.

What a version says is kept by version, its B by the day and B stamp they were counted for; of a draft only
what it changes. Sums follow the norms of working time of today, so the day is part of every place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from petajabatan.anjab.queries.infojab_peta import Sudut, view_of
from petajabatan.anjab.queries.urutan import order_of, place_of
from petajabatan.anjab.rules.cari import Cocok, vocabulary
from petajabatan.anjab.rules.rekap_abk import DaftarKotak, IsiPeta, Orang, list_boxes, seat
from petajabatan.anjab.rules.urutan import Urutan
from petajabatan.inti.jam import today
from petajabatan.inti.simpanan import kept
from petajabatan.jabatan.data_abk import performance_bands
from petajabatan.jabatan.queries.abk import LEMBAR_TERBIT, sums_of
from petajabatan.jabatan.queries.peta import collector_paused, fetch
from petajabatan.jabatan.queries.versi import version_of
from petajabatan.jabatan.rules.abk.efisiensi import Prestasi, RekapAbk
from petajabatan.pegawai.queries.bezetting import SEATS_ON, SEATS_TODAY
from petajabatan.pegawai.queries.peta import day_of_b
from petajabatan.pegawai.queries.ringkasan import b_stamp
from petajabatan.usulan.models import Usulan

_LIVE = "r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s"
# Columns as lists: one row whatever the size. {kotak}: boxes; units in reading order.
_COLUMNS = """SELECT array_agg(n), array_agg(posisi_id), array_agg(nama), array_agg(jenis), array_agg(kepala),
  array_agg(k)
FROM (SELECT u.n - 1 AS n, b.posisi_id, b.nama, b.jenis, b.kepala, coalesce(b.k, -1) AS k
  FROM unnest(%(unit)s::bigint[]) WITH ORDINALITY u(id, n) JOIN ({kotak}) b ON b.unor_id = u.id
  ORDER BY u.n, NOT b.kepala, coalesce(b.urutan, 0), b.posisi_id) x"""
_BOXES = f"""SELECT r.posisi_id, r.unor_id, r.nama, r.jenis, r.kepala, r.k, r.urutan
FROM posisi_riwayat r WHERE {_LIVE}"""
_TOUCHED_BOXES = f"""{_BOXES} AND r.unor_id = ANY(%(unit)s) AND NOT EXISTS (SELECT FROM usulan_posisi o
  WHERE o.usulan_id = %(usulan)s AND o.posisi_id = r.posisi_id)
UNION ALL SELECT o.posisi_id, o.unor_baru, i.nama, i.jenis, i.kepala, i.k, i.urutan
FROM usulan_posisi o CROSS JOIN LATERAL jsonb_to_record(o.sesudah)
  AS i(nama text, jenis text, kepala boolean, k int, urutan int)
WHERE o.usulan_id = %(usulan)s AND jsonb_typeof(o.sesudah) = 'object' AND o.unor_baru = ANY(%(unit)s)"""
_TOUCHED_SHEETS = """SELECT posisi_id, isi FROM isian_riwayat WHERE isian_id = ANY(%(isian)s)
  AND instansi_id = %(instansi)s AND sejak <= %(versi)s AND hingga > %(versi)s
  AND NOT EXISTS (SELECT FROM usulan_isian o
    WHERE o.usulan_id = %(usulan)s AND o.isian_id = isian_riwayat.isian_id)
UNION ALL SELECT isian_id / 64, sesudah->'isi' FROM usulan_isian
WHERE usulan_id = %(usulan)s AND isian_id = ANY(%(isian)s) AND jsonb_typeof(sesudah->'isi') = 'object'"""
# People of a removed box count on its first successor.
_TOUCHED_B = f"""SELECT coalesce(o.penerus[1], s.posisi_id), sum(s.b)::int FROM {SEATS_TODAY} s
LEFT JOIN usulan_posisi o ON o.usulan_id = %(usulan)s AND o.posisi_id = s.posisi_id AND o.sesudah IS NULL
  AND o.penerus <> '{{}}'
WHERE s.posisi_id = ANY(%(posisi)s || ARRAY(SELECT posisi_id FROM usulan_posisi
  WHERE usulan_id = %(usulan)s AND sesudah IS NULL)) GROUP BY 1"""
# Units whose boxes, sheets or people the draft changes: where a box was and is, where one with another sheet
# stands, and where the people of a removed one go.
_TOUCHED = f"""WITH posisi AS (
  SELECT isian_id / 64 AS id FROM usulan_isian WHERE usulan_id = %(usulan)s AND isian_id %% 64 = 50
  UNION SELECT penerus[1] FROM usulan_posisi
  WHERE usulan_id = %(usulan)s AND sesudah IS NULL AND penerus <> '{{}}')
SELECT unor_lama FROM usulan_posisi WHERE usulan_id = %(usulan)s
UNION SELECT unor_baru FROM usulan_posisi WHERE usulan_id = %(usulan)s
UNION SELECT r.unor_id FROM posisi p JOIN posisi_riwayat r ON r.posisi_id = p.id WHERE {_LIVE}"""
_UNIT_NAMES = f"SELECT array_agg(r.unor_id), array_agg(r.nama) FROM unor_riwayat r WHERE {_LIVE}"
_NEW_NAMES = """SELECT unor_id, sesudah->>'nama' FROM usulan_unor
WHERE usulan_id = %(usulan)s AND jsonb_typeof(sesudah) = 'object'"""


@dataclass(frozen=True)
class PetaAbk:
    """The boxes of a map with their sheets and people. ``hari_b``: the day B is of; ``letak``: what results
    that follow from it are kept by."""

    isi: IsiPeta
    versi: int
    hari_b: dt.date
    bands: Sequence[Prestasi]
    letak: str

    def total(self, tempat: Sequence[int], nama: str) -> RekapAbk:
        """Boxes as one line."""
        return self.isi.total(tempat, self.bands, nama)

    def total_of_branch(self, tempat: range, nama: str) -> RekapAbk:
        """All boxes of a branch as one line; remembered."""
        place = f"abk-jumlah:{self.letak}:{tempat.start}:{tempat.stop}"
        return kept(place, lambda: self.total(tempat, nama), bersama=False)

    def find(self, tempat: range, cari: str) -> Cocok:
        """As ``IsiPeta.find``; the words of a branch are remembered."""
        place = f"abk-kata:{self.letak}:{tempat.start}:{tempat.stop}"
        return self.isi.find(
            tempat, cari, lambda names: kept(place, lambda: vocabulary(names), bersama=False)
        )

    def per_unit(self, tempat: Sequence[int], units: Iterable[int]) -> list[RekapAbk]:
        """A line for each of these places of units: EU and PU of those of the boxes that are there."""
        return [self.total(self.isi.of_unit(tempat, unit), self.isi.unit[unit]) for unit in units]

    def per_jabatan(self, tempat: Sequence[int], nama: Mapping[str, str]) -> list[RekapAbk]:
        """A line for each of these names (some of what ``IsiPeta.jabatan`` gives): EJ and PEJ."""
        groups = self.isi.of_jabatan(tempat, list(nama))
        return [self.total(group, name) for group, name in zip(groups, nama.values(), strict=True)]


class _Versi(NamedTuple):
    unit: list[str]
    kotak: DaftarKotak


class _Beda(NamedTuple):
    """What a draft changes: names of units, and the boxes of the units it has touched."""

    nama: dict[int, str]
    unit: list[int]
    kotak: DaftarKotak
    orang: Orang


def published_map(instansi_id: int, versi: int | None = None) -> PetaAbk:
    """A version; B of the day its map shows. Raises PetaTidakAda."""
    version = version_of(instansi_id, versi).nomor
    day, now, stamp = day_of_b(instansi_id, version), today(), b_stamp(instansi_id)
    sudut = Sudut(instansi_id, version)
    isi = _version(sudut, day, now, stamp)
    return PetaAbk(isi, version, day, performance_bands(now), f"{place_of(sudut)}:{now}:{day}:{stamp}")


def draft_map(usulan: Usulan) -> PetaAbk:
    """The map as the draft would have it; B of today."""
    sudut, now, stamp = view_of(usulan), today(), b_stamp(usulan.instansi_id)
    base = _version(Sudut(sudut.instansi_id, sudut.versi), now, now, stamp)
    order, letak = order_of(sudut), f"{place_of(sudut)}:{now}:{stamp}"
    change = kept(f"abk-beda:{letak}", lambda: _difference(sudut, order, now), bersama=False)
    return PetaAbk(base.overlay(order, *change), sudut.versi, now, performance_bands(now), letak)


def _version(sudut: Sudut, day: dt.date, now: dt.date, stamp: int) -> IsiPeta:
    order, place = order_of(sudut), place_of(sudut)

    def read() -> _Versi:
        with collector_paused():
            ids, names = fetch(_UNIT_NAMES, sudut.params)[0]
            named = dict(zip(ids or (), names or (), strict=True))
            boxes = _read(_COLUMNS.format(kotak=_BOXES), sudut.params, list(order.ids), LEMBAR_TERBIT)
            return _Versi([named[key] for key in order.ids], boxes)

    def count() -> Orang:
        seats = SEATS_TODAY if day == now else SEATS_ON
        sql = f"SELECT array_agg(posisi_id), array_agg(b) FROM {seats} s"
        ids, people = fetch(sql, sudut.params | {"hari": day})[0]
        return seat(units.kotak, dict(zip(ids or (), people or (), strict=True)))

    units = kept(f"abk-kotak:{place}:{now}", read)
    return IsiPeta(order, units.unit, units.kotak, kept(f"abk-b:{place}:{now}:{day}:{stamp}", count))


def _read(sql: str, params: dict[str, Any], units: list[int], sheets: str) -> DaftarKotak:
    columns = fetch(sql, params | {"unit": units})[0]
    at, ids, names, kinds, heads, ks = (column or [] for column in columns)
    sums = sums_of(sheets, params | {"isian": [key * 64 + 50 for key in ids]})
    return list_boxes(len(units), at, ids, zip(names, kinds, heads, strict=True), ks, sums)


def _difference(sudut: Sudut, order: Urutan, now: dt.date) -> _Beda:
    params = sudut.params
    places = (order.tempat(key) for (key,) in fetch(_TOUCHED, params))
    touched = [order.ids[place] for place in sorted(place for place in places if place is not None)]
    boxes = _read(_COLUMNS.format(kotak=_TOUCHED_BOXES), params, touched, _TOUCHED_SHEETS)
    people = dict(fetch(_TOUCHED_B, params | {"hari": now, "posisi": list(boxes.kolom.id)}))
    return _Beda(dict(fetch(_NEW_NAMES, params)), touched, boxes, seat(boxes, people))
