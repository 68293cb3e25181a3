"""Reads of the organisation: what a file is compared with, the legal basis, external codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count
from django.http import Http404

from petajabatan.organisasi.models import SELAMANYA, DasarHukum, JenisUnor, UnorRiwayat
from petajabatan.organisasi.rules.baris import Bacaan
from petajabatan.organisasi.rules.periksa import JUDUL, Acuan, normal, split_urusan, wilayah_code
from petajabatan.referensi.models import Eselon, Instansi, UrusanPemerintahan, Wilayah


def acuan_of(instansi: Instansi, bacaan: Bacaan, judul: dict[str, str] | None = None) -> Acuan:
    """Everything the checks of this file compare with. Seven SQL statements, whatever the size."""
    eselon: dict[str, tuple[str, ...]] = {}
    for kode, nama in Eselon.objects.values_list("kode", "nama"):
        eselon[normal(kode)] = (kode,)
        if nama:
            eselon[normal(nama)] = (*eselon.get(normal(nama), ()), kode)
    jenis = {normal(value): value for value, _ in JenisUnor.choices}
    jenis |= {normal(label): value for value, label in JenisUnor.choices}
    wilayah = {wilayah_code(row.wilayah) for row in bacaan.unor if row.wilayah}
    urusan = {code for row in bacaan.unor if row.urusan for code in split_urusan(row.urusan)}
    known: set[str] = set()
    ours: set[int] = set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, id_siasn FROM unor WHERE instansi_id = %s", [instansi.pk])
        for unor_id, id_siasn in cursor:
            ours.add(unor_id)
            if id_siasn:
                known.add(id_siasn)
    return Acuan(
        instansi.id_siasn,
        instansi.nama,
        eselon,
        jenis,
        frozenset(Wilayah.objects.filter(kode__in=wilayah).values_list("kode", flat=True))
        if wilayah
        else frozenset(),
        frozenset(UrusanPemerintahan.objects.filter(kode__in=urusan).values_list("kode", flat=True)),
        {normal(str(d)): d.pk for d in DasarHukum.objects.filter(instansi=instansi)},
        _owners(instansi.pk, {row.id for row in bacaan.unor if row.id} - known),
        frozenset(ours),
        frozenset(known),
        JUDUL | (judul or {}),
        bacaan.format == "xlsx",
    )


def _owners(instansi_id: int, ids: Iterable[str]) -> dict[str, str]:
    """Names of the other instansi that already have one of these SIASN ids."""
    wanted = list(ids)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.id_siasn, i.nama FROM unor u JOIN instansi i ON i.id = u.instansi_id"
            " WHERE u.id_siasn = ANY(%s) AND u.instansi_id <> %s",
            [wanted, instansi_id],
        )
        return dict(cursor.fetchall())


@dataclass(frozen=True)
class DasarHukumBaris:
    """A regulation with the number of live units that stand on it."""

    dasar: DasarHukum
    n_unor: int


def legal_bases(instansi_id: int) -> list[DasarHukumBaris]:
    """The regulations of one instansi, newest first. Two SQL statements."""
    counts = dict(
        UnorRiwayat.objects.filter(instansi_id=instansi_id, hingga=SELAMANYA, dasar_hukum__isnull=False)
        .values_list("dasar_hukum")
        .annotate(n=Count("unor_id"))
    )
    rows = (
        DasarHukum.objects.filter(instansi_id=instansi_id)
        .select_related("diganti_oleh", "berkas")
        .order_by("-tahun", "jenis", "nomor")
    )
    return [DasarHukumBaris(row, counts.get(row.pk, 0)) for row in rows]


def legal_basis(dasar_id: int) -> DasarHukum:
    """One regulation with what replaced it and what it replaces. Raises Http404."""
    row = (
        DasarHukum.objects.select_related("instansi", "diganti_oleh", "berkas")
        .prefetch_related("menggantikan")
        .filter(pk=dasar_id)
        .first()
    )
    if row is None:
        raise Http404("Dasar hukum itu tidak ada.")
    return row


@dataclass(frozen=True)
class UnorBerdasar:
    """A live unit and where the regulation speaks of it."""

    unor_id: int
    nama: str
    pasal: str
    halaman: str
    kedalaman: int
    dasar_hukum_id: int
    dasar_hukum: str
    atasan: str
    """Names of the units above it, the root left out."""


_GOVERNED = """SELECT r.unor_id, r.nama, r.pasal, r.halaman, k.kedalaman, coalesce(d.id, 0),
  coalesce(d.jenis || ' Nomor ' || d.nomor || ' Tahun ' || d.tahun, ''),
  coalesce((SELECT string_agg(a.nama, ' › ' ORDER BY a.kedalaman) FROM unor_kini a
    WHERE a.unor_id = ANY(string_to_array(ltree2text(k.jalur), '.')::bigint[])
      AND a.unor_id <> k.unor_id AND a.kedalaman > 0), '')
FROM unor_riwayat r JOIN unor_kini k ON k.unor_id = r.unor_id
LEFT JOIN dasar_hukum d ON d.id = r.dasar_hukum_id
WHERE r.hingga = 2147483647 AND {where} ORDER BY k.jalur LIMIT %s OFFSET %s"""


def units_governed(dasar_id: int, limit: int = 500) -> list[UnorBerdasar]:
    """Live units that stand on a regulation, in the order of the tree. One SQL statement."""
    return _governed("d.id = %s", [dasar_id, limit, 0])


def units_on_repealed(instansi_id: int, limit: int = 500, offset: int = 0) -> list[UnorBerdasar]:
    """Live units whose regulation has been repealed: their legal basis is to be renewed. One statement."""
    return _governed("r.instansi_id = %s AND d.status = 'dicabut'", [instansi_id, limit, offset])


def units_named(instansi_id: int, ids: Iterable[int]) -> list[UnorBerdasar]:
    """These live units of the instansi, on whatever they stand, in the order of the tree. One statement."""
    wanted = list(ids)
    if not wanted:
        return []
    return _governed("r.instansi_id = %s AND r.unor_id = ANY(%s)", [instansi_id, wanted, len(wanted), 0])


class UnitTercabut:
    """The units on repealed regulations as pages take them: counted by one statement, read by one a page."""

    def __init__(self, instansi_id: int) -> None:
        self._instansi_id = instansi_id

    def __len__(self) -> int:
        return UnorRiwayat.objects.filter(
            instansi_id=self._instansi_id, hingga=SELAMANYA, dasar_hukum__status="dicabut"
        ).count()

    def __getitem__(self, key: slice) -> list[UnorBerdasar]:
        start = key.start or 0
        return units_on_repealed(self._instansi_id, (key.stop or start) - start, start)


def _governed(where: str, values: list[Any]) -> list[UnorBerdasar]:
    with connection.cursor() as cursor:
        cursor.execute(_GOVERNED.format(where=where), values)
        return [UnorBerdasar(*row) for row in cursor.fetchall()]
