"""The findings of a draft as people read them: in words, with links, one problem once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from petajabatan.inti.temuan import Temuan, Tingkat
from petajabatan.jabatan.kata_beda import columns
from petajabatan.usulan.alamat import help_address, place_address
from petajabatan.usulan.models import TemuanUsulan, Usulan
from petajabatan.usulan.rules.cek import SEMUA_CEK
from petajabatan.usulan.rules.kelompok import URUTAN, Kelompok, group_findings

PER_KELOMPOK = 10
"""Places of one problem that an overview names; the rest is counted and one click away."""


def column_words() -> dict[str, str]:
    """Names of columns for people."""
    return columns() | {
        "jabatan_id": _("Jabatan"),
        "infojab_id": _("Informasi jabatan"),
        "penerus": _("Penerus"),
    }


def finding_of(usulan: Usulan, row: TemuanUsulan, kolom: dict[str, str] | None = None) -> Temuan:
    """A stored finding without internals: the column by its name, the value only where the sentence has it
    (otherwise it is a key of the program), and links to the place and to the help page."""
    words = kolom if kolom is not None else column_words()
    return Temuan(
        row.kode,
        cast(Tingkat, row.tingkat),
        row.kalimat,
        row.perbaikan,
        tempat=row.tempat,
        kolom=words.get(row.kolom, row.kolom),
        nilai=row.nilai if row.nilai in row.kalimat else "",
        tautan=place_address(usulan, row.objek, row.objek_id),
        bantuan=help_address(row.kode),
    )


def findings_of(usulan: Usulan, rows: Iterable[TemuanUsulan]) -> list[Temuan]:
    """Many of them; ``rows`` may be a query."""
    words = column_words()
    return [finding_of(usulan, row, words) for row in rows]


def spread(rows: QuerySet[TemuanUsulan], per_kode: int = 1_000_000) -> QuerySet[TemuanUsulan]:
    """The first finding of every code, then the second of every code, and so on: a problem that stands in a
    thousand places hides no other one. At most ``per_kode`` of a code."""
    number = Window(RowNumber(), partition_by=[F("tingkat"), F("kode")], order_by=F("id").asc())
    return rows.annotate(ke=number).filter(ke__lte=per_kode).order_by("ke", "id")


def titles() -> dict[str, str]:
    """What each check is called."""
    return {kode: check.judul for kode, check in SEMUA_CEK.items()}


def grouped(temuan: list[Temuan]) -> list[Kelompok]:
    """Findings that are at hand, as groups."""
    return group_findings(temuan, titles())


@dataclass(frozen=True)
class Masalah:
    """One choice of the filter: a problem by its name."""

    kode: str
    tingkat: str
    judul: str
    n: int


def problems(rows: QuerySet[TemuanUsulan]) -> list[Masalah]:
    """Which problems there are and in how many places, the worst and most frequent first. One statement."""
    names = titles()
    counted = rows.order_by().values_list("tingkat", "kode").annotate(n=Count("pk"))
    found = [Masalah(kode, tingkat, names.get(kode, kode), n) for tingkat, kode, n in counted]
    return sorted(found, key=lambda m: (URUTAN.get(m.tingkat, len(URUTAN)), -m.n, m.judul))


def overview(usulan: Usulan, rows: QuerySet[TemuanUsulan], masalah: list[Masalah]) -> list[Kelompok]:
    """Every problem with its first places. One statement."""
    order = {(m.tingkat, m.kode): n for n, m in enumerate(masalah)}
    shown = findings_of(usulan, spread(rows, PER_KELOMPOK))
    shown.sort(key=lambda t: order.get((t.tingkat, t.kode), len(order)))
    return group_findings(shown, titles(), {(m.tingkat, m.kode): m.n for m in masalah})
