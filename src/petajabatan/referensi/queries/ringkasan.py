"""What the reference pages show: counts and freshness per list, filtered rows, where a row is used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Collate, Upper
from django.utils.functional import Promise

from petajabatan.inti.simpanan import kept
from petajabatan.referensi.katalog import DAFTAR, Daftar, Saringan
from petajabatan.referensi.models import (
    ImporReferensi,
    Jenjang,
    TemuanReferensi,
    TingkatPendidikan,
    Wilayah,
)

PEMAKAI = {
    "posisi_riwayat": "posisi pada peta (semua versi)",
    "unor_riwayat": "unit pada peta (semua versi)",
    "unor": "unit organisasi",
    "pegawai": "pegawai dalam cakupan Anda",
    "riwayat_jabatan": "riwayat jabatan dalam cakupan Anda",
    "dasar_hukum": "dasar hukum SOTK",
    "peta_versi": "versi peta",
}
"""How tables of other apps are called on the page; the rest are named as they are."""
DISUNTING = ("kamus-kompetensi",)
"""Lists that people add to on pages."""
HITUNG_MAKS = 1000
"""Uses are counted up to here."""


@dataclass(frozen=True)
class IkhtisarDaftar:
    """State of one list: rows in force, sources, last import, open findings."""

    daftar: Daftar
    jumlah: int
    sumber: str
    terakhir: dt.datetime | None
    temuan: int


@dataclass(frozen=True)
class Pemakaian:
    """Where a row is used; ``jumlah`` is None when there are more than ``HITUNG_MAKS``."""

    apa: str
    jumlah: int | None


def import_stamp() -> int:
    """Grows with every import. What follows from lists that change in no other way (all but ``DISUNTING``)
    may be kept by it. One statement."""
    return ImporReferensi.objects.aggregate(n=Max("id"))["n"] or 0


def overview() -> list[IkhtisarDaftar]:
    """All lists in catalogue order. Rows are counted once per import, with one statement per table."""
    last = dict(
        ImporReferensi.objects.values("daftar").annotate(pada=Max("pada")).values_list("daftar", "pada")
    )
    open_findings = dict(
        TemuanReferensi.objects.filter(aktif=True)
        .values("daftar")
        .annotate(n=Count("*"))
        .values_list("daftar", "n")
    )
    imported = [entry for entry in DAFTAR.values() if entry.kode not in DISUNTING]
    counts = kept(f"referensi:{import_stamp()}", lambda: _counts(imported))
    counts = counts | _counts([DAFTAR[code] for code in DISUNTING])
    result = []
    for entry in DAFTAR.values():
        dates = [last[k] for k in entry.kode_impor if k in last]
        number, source = counts.get(entry.kode, (0, ""))
        found = sum(open_findings.get(k, 0) for k in entry.kode_impor)
        result.append(IkhtisarDaftar(entry, number, source, max(dates, default=None), found))
    return result


def _counts(lists: Iterable[Daftar]) -> dict[str, tuple[int, str]]:
    """Rows in force and one source per list; lists that share a table are counted together."""
    found: dict[str, tuple[int, str]] = {}
    tables: dict[tuple[type[models.Model], str], list[Daftar]] = {}
    for entry in lists:
        tables.setdefault((entry.model, next(iter(entry.saring), "")), []).append(entry)
    for (model, column), entries in tables.items():
        rows = model._default_manager.filter(aktif=True).order_by()
        if column:
            by_value = {
                value: (n, source)
                for value, n, source in rows.values(column)
                .annotate(_n=Count("*"), _s=Max("sumber"))
                .values_list(column, "_n", "_s")
            }
            found |= {e.kode: by_value.get(e.saring[column], (0, "")) for e in entries}
        else:
            totals = rows.aggregate(n=Count("*"), s=Max("sumber"))
            found |= {e.kode: (totals["n"], totals["s"] or "") for e in entries}
    return found


def filtered_rows(entry: Daftar, parameters: Mapping[str, str]) -> QuerySet[Any]:
    """Rows of a list that pass the filters given by name; unknown values find nothing.

    Without ``aktif`` only rows in force; ``aktif=semua`` takes all.
    """
    rows = entry.rows()
    known = {s.nama: s for s in entry.saringan}
    state = parameters.get("aktif", "ya")
    if state in ("ya", "tidak"):
        rows = rows.filter(aktif=state == "ya")
    for name, filter_ in known.items():
        value = parameters.get(name, "").replace("\x00", "")
        if not value or name == "aktif":
            continue
        if filter_.dari == "kabupaten" and not value.startswith(parameters.get("provinsi", "")):
            continue  # left over from the province chosen before
        if filter_.cari == "tingkat" and not value.isdecimal():
            return rows.none()
        rows = rows.filter(**{filter_.cari: value})
    if entry.urut:
        return rows.order_by(*entry.urut, "pk")
    return rows.order_by(Collate(Upper(entry.nama or entry.kunci), "C"), "pk")


def choices_of(
    entry: Daftar, filter_: Saringan, parameters: Mapping[str, str]
) -> list[tuple[str, str | Promise]]:
    """What a filter offers."""
    if filter_.dari == "jenjang":
        return list(
            Jenjang.objects.exclude(kategori__in=["manajerial", "pelaksana"])
            .order_by("urutan")
            .values_list("kode", "nama")
        )
    if filter_.dari == "tingkat":
        return list(TingkatPendidikan.objects.order_by("urutan").values_list("kode", "nama"))
    if filter_.dari == "provinsi":
        return list(Wilayah.objects.filter(tingkat=1).order_by("nama").values_list("kode", "nama"))
    if filter_.dari == "kabupaten":
        province = parameters.get("provinsi", "").replace("\x00", "")
        rows = Wilayah.objects.filter(Q(tingkat=2), induk_id=province) if province else Wilayah.objects.none()
        return list(rows.order_by("nama").values_list("kode", "nama"))
    return list(filter_.pilihan)


def usage_of(row: models.Model) -> list[Pemakaian]:
    """Which rows of other apps point at this one, as far as the actor may see them."""
    own = {model._meta.db_table for model in apps.get_app_config("referensi").get_models()}
    found = []
    for relation in row._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        table = relation.related_model._meta.db_table
        if table in own:
            continue
        value = getattr(row, relation.field.target_field.attname)
        column = relation.field.column
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT count(*) FROM (SELECT 1 FROM "{table}" WHERE "{column}" = %s LIMIT %s) x',
                [value, HITUNG_MAKS + 1],
            )
            (count,) = cursor.fetchone()
        if count:
            found.append(Pemakaian(PEMAKAI.get(table, table), None if count > HITUNG_MAKS else count))
    return found
