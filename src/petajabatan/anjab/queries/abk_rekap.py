"""The recap of ABK: every box with its Σ, K and B, of a published version or of a draft, counted plainly.

For the workbook, which tells all of it. Pages and API, which show a part, read ``abk_peta``.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from petajabatan.anjab.rules.rekap_abk import KotakAbk
from petajabatan.anjab.rules.urutan import order_units
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.data_abk import performance_bands
from petajabatan.jabatan.queries.abk import LEMBAR_TERBIT, reference_for, sheet_sums, sums_of
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.queries.versi import version_of
from petajabatan.jabatan.rules.abk.awas import near_rounding, repeated_sums
from petajabatan.jabatan.rules.abk.bulat import KebijakanPembulatan, choose_policy
from petajabatan.jabatan.rules.abk.efisiensi import (
    Prestasi,
    RekapAbk,
    jabatan_key,
    recap_jabatan,
    recap_total,
    recap_units,
)
from petajabatan.jabatan.rules.abk.hitung import HasilAbk
from petajabatan.jabatan.rules.abk.lembar import AcuanAbk, JumlahLembar
from petajabatan.jabatan.rules.abk.waktu import WaktuKerja, choose_time
from petajabatan.pegawai.queries.bezetting import SEATS_TODAY
from petajabatan.pegawai.queries.peta import B_ON, B_TODAY, day_of_b
from petajabatan.usulan.models import Usulan

_TETAP = "h.instansi_id = %(instansi)s AND h.sejak <= %(versi)s AND h.hingga > %(versi)s"
_UNITS = f"SELECT h.unor_id, h.atasan_id, h.nama, h.urutan FROM unor_riwayat h WHERE {_TETAP}"
_BOXES = f"""SELECT h.posisi_id, h.unor_id, h.nama, h.jenis, h.kepala, h.k, h.urutan
FROM posisi_riwayat h WHERE {_TETAP}"""
_DRAFT_UNITS = f"""{_UNITS} AND NOT EXISTS (SELECT FROM usulan_unor o
  WHERE o.usulan_id = %(usulan)s AND o.unor_id = h.unor_id)
UNION ALL SELECT o.unor_id, o.atasan_baru, o.sesudah->>'nama', (o.sesudah->>'urutan')::int FROM usulan_unor o
WHERE o.usulan_id = %(usulan)s AND jsonb_typeof(o.sesudah) = 'object'"""
_DRAFT_BOXES = f"""{_BOXES} AND NOT EXISTS (SELECT FROM usulan_posisi o
  WHERE o.usulan_id = %(usulan)s AND o.posisi_id = h.posisi_id)
UNION ALL SELECT o.posisi_id, o.unor_baru, i.nama, i.jenis, i.kepala, i.k, i.urutan
FROM usulan_posisi o CROSS JOIN LATERAL jsonb_to_record(o.sesudah)
  AS i(nama text, jenis text, kepala boolean, k int, urutan int)
WHERE o.usulan_id = %(usulan)s AND jsonb_typeof(o.sesudah) = 'object'"""
# People of a removed box count on its first successor.
_DRAFT_B = f"""SELECT coalesce(o.penerus[1], s.posisi_id), sum(s.b)::int, 0 FROM {SEATS_TODAY} s
LEFT JOIN usulan_posisi o ON o.usulan_id = %(usulan)s AND o.posisi_id = s.posisi_id AND o.sesudah IS NULL
  AND o.penerus <> '{{}}' GROUP BY 1"""
_DRAFT_SHEETS = f"""{LEMBAR_TERBIT} AND NOT EXISTS (SELECT FROM usulan_isian o
    WHERE o.usulan_id = %(usulan)s AND o.isian_id = isian_riwayat.isian_id)
  UNION ALL SELECT isian_id / 64, sesudah->'isi' FROM usulan_isian
  WHERE usulan_id = %(usulan)s AND isian_id %% 64 = 50 AND jsonb_typeof(sesudah->'isi') = 'object'"""


@dataclass(frozen=True)
class RekapInstansi:
    """Every box of a map in the order of the tree, and what recaps are made with. ``hari_b``: the day B is
    of; ``induk`` the unit above each unit."""

    kotak: list[KotakAbk]
    induk: Mapping[int, int | None]
    nama_unit: Mapping[int, str]
    bands: Sequence[Prestasi]
    acuan: AcuanAbk
    versi: int
    berlaku: dt.date | None
    hari_b: dt.date

    def branch(self, unor_id: int | None) -> list[KotakAbk]:
        """The boxes of a unit and everything below it; all without one."""
        if unor_id is None:
            return self.kotak
        inside: dict[int, bool] = {unor_id: True}

        def within(key: int | None) -> bool:
            if key is None:
                return False
            if key not in inside:
                inside[key] = False  # a circle of units would end here
                inside[key] = within(self.induk.get(key))
            return inside[key]

        return [box for box in self.kotak if within(box.unor_id)]

    def branches(self) -> list[tuple[int, str]]:
        """The units right below the root, for choosing one."""
        roots = {key for key, above in self.induk.items() if above is None}
        return [(key, self.nama_unit[key]) for key, above in self.induk.items() if above in roots]

    def total(self, kotak: Iterable[KotakAbk], nama: str) -> RekapAbk:
        return recap_total((box.baris for box in kotak), self.bands, nama)

    def per_unit(self, kotak: Iterable[KotakAbk]) -> list[RekapAbk]:
        return recap_units((box.baris for box in kotak), self.bands)

    def per_jabatan(self, kotak: Iterable[KotakAbk]) -> list[RekapAbk]:
        return recap_jabatan((box.baris for box in kotak), self.bands)


def published_recap(instansi_id: int, versi: int | None = None) -> RekapInstansi:
    """The recap of a version; B of the day its map shows. Nine statements at most besides the clock's."""
    version = version_of(instansi_id, versi)
    day, now = day_of_b(instansi_id, version.nomor), today()
    params = {"instansi": instansi_id, "versi": version.nomor, "hari": day}
    seats = fetch(B_TODAY if day == now else B_ON, params)
    sums = sheet_sums(instansi_id, version.nomor)
    acuan = reference_for(instansi_id)
    return _recap(
        fetch(_UNITS, params), fetch(_BOXES, params), seats, sums, acuan, version.nomor, version.berlaku, day
    )


def draft_recap(usulan: Usulan) -> RekapInstansi:
    """The recap as the draft would have it; B of today. Five statements besides the clock's."""
    params: dict[str, Any] = {
        "instansi": usulan.instansi_id,
        "versi": usulan.dasar_versi,
        "usulan": usulan.pk,
    }
    day = today()
    seats = fetch(_DRAFT_B, params | {"hari": day})
    sums = sums_of(_DRAFT_SHEETS, params)
    acuan = reference_for(usulan.instansi_id, day)
    units, boxes = fetch(_DRAFT_UNITS, params), fetch(_DRAFT_BOXES, params)
    return _recap(units, boxes, seats, sums, acuan, usulan.dasar_versi, None, day)


def _recap(
    units: list[tuple[Any, ...]],
    boxes: list[tuple[Any, ...]],
    seats: list[tuple[Any, ...]],
    sums: Mapping[int, JumlahLembar],
    acuan: AcuanAbk,
    versi: int,
    berlaku: dt.date | None,
    hari_b: dt.date,
) -> RekapInstansi:
    at: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for box in boxes:
        at[box[1]].append(box)
    people = {row[0]: row[1] for row in seats}
    names = {row[0]: row[2] for row in units}
    above_of = {row[0]: row[1] for row in units}
    order = order_units((key, above, place) for key, above, _name, place in units).ids
    rows = [
        KotakAbk(key, unit, names[unit], name, jenis, kepala, k, people.get(key, 0), sums.get(key))
        for unit in order
        for key, _unor, name, jenis, kepala, k, _place in sorted(
            at.get(unit, ()), key=lambda row: (not row[4], row[6] or 0, row[0])
        )
    ]
    bands = performance_bands(acuan.tanggal)
    parents = {key: above_of[key] for key in order}
    return RekapInstansi(rows, parents, names, bands, acuan, versi, berlaku, hari_b)


@dataclass(frozen=True, slots=True)
class Petunjuk:
    """A hint for a verifier, and the box it is about."""

    kotak: KotakAbk
    temuan: Temuan


def hints(acuan: AcuanAbk, kotak: Iterable[KotakAbk]) -> list[Petunjuk]:
    """Sums just above the rounding point, and the same sum of one jabatan on many units."""
    found: list[Petunjuk] = []
    same: dict[str, list[KotakAbk]] = defaultdict(list)
    ways: dict[tuple[str, str, str], tuple[WaktuKerja, KebijakanPembulatan]] = {}
    for box in kotak:
        if box.lembar is None or box.jumlah is None:
            continue
        asked = (box.jenis, box.lembar.waktu, box.lembar.kebijakan)
        if asked not in ways:
            ways[asked] = _way(acuan, *asked)
        time, policy = ways[asked]
        result = HasilAbk((), box.jumlah, box.jumlah, box.k, time, policy)
        if box.lembar.dari == "abk" and (near := near_rounding(result, acuan.ambang)) is not None:
            found.append(Petunjuk(box, near))
        if policy.tetap is None:
            same[jabatan_key(box.jabatan)].append(box)
    for boxes in same.values():
        if len(boxes) < 2:
            continue
        labels = {f"{box.unit} (#{box.posisi_id})": box for box in boxes}
        sums = [(label, box.jumlah) for label, box in labels.items() if box.jumlah is not None]
        for finding in repeated_sums(sums, acuan.ambang):
            found.append(Petunjuk(labels[finding.tempat], finding))
    return found


def _way(acuan: AcuanAbk, jenis: str, waktu: str, kebijakan: str) -> tuple[WaktuKerja, KebijakanPembulatan]:
    """Working time and rounding of a sheet; for a choice that is no longer known the default."""
    time = choose_time(acuan.waktu, acuan.tanggal, kode=waktu)
    try:
        return time, choose_policy(acuan.kebijakan, jenis, pilihan=kebijakan or acuan.pilihan or None)
    except LookupError:
        return time, choose_policy(acuan.kebijakan, jenis)
