"""The tables that a class is found with, and what is set nationally, as they hold on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from petajabatan.jabatan.rules.evaluasi import TabelKelas, build_tables
from petajabatan.jabatan.rules.kelas_nasional import Ketentuan, rank
from petajabatan.referensi.models import FaktorKelas, KelasNasional, NilaiKelas, RentangKelas


def in_force(day: dt.date) -> Q:
    """Reference rows that hold on the day."""
    return Q(aktif=True) & (
        (Q(berlaku_dari=None) | Q(berlaku_dari__lte=day))
        & (Q(berlaku_sampai=None) | Q(berlaku_sampai__gte=day))
    )


def class_tables(day: dt.date) -> TabelKelas:
    """Factors and their points, totals and their kelas, usual ranges. Three statements."""
    factors = list(
        FaktorKelas.objects.filter(in_force(day))
        .order_by("jenis", "faktor", "level")
        .values_list("jenis", "faktor", "nama", "level", "nilai", "sumber")
    )
    classes = list(
        NilaiKelas.objects.filter(in_force(day))
        .order_by("kelas")
        .values_list("kelas", "nilai_min", "nilai_maks", "sumber")
    )
    ranges = (
        RentangKelas.objects.filter(in_force(day))
        .order_by("-berlaku_dari")
        .values_list("jenjang_id", "tingkat_instansi", "kelas_min", "kelas_maks", "sumber")
    )
    return build_tables(
        [row[:5] for row in factors],
        [row[:3] for row in classes],
        ranges,
        sumber_faktor=factors[0][5] if factors else "",
        sumber_kelas=classes[0][3] if classes else "",
    )


def provisions(
    jabatan_ids: Iterable[int], day: dt.date, *, tingkat: str, jenis: str | None, umum: bool = True
) -> list[Ketentuan]:
    """What is set nationally on the day for these jabatan and, with ``umum``, for jenjang and eselon, in an
    instansi of this kind; the row that applies before the others. One statement."""
    which = Q(jabatan_id__in=list(jabatan_ids))
    if umum:
        which |= Q(jabatan=None)
    found = []
    for row in KelasNasional.objects.filter(in_force(day), which).values_list(
        "jabatan_id", "jenjang_id", "eselon_id", "kelas", "sumber", "jabatan__nama", "jenjang__nama",
        "eselon__nama", "jenis_instansi", "berlaku_dari",
    ):  # fmt: skip
        place = rank(row[8], (row[9] or dt.date.min).toordinal(), tingkat=tingkat, jenis=jenis)
        if place is None:
            continue
        name = row[5] or (f"jenjang {row[6]}" if row[6] else f"eselon {row[7]}")
        found.append((place, Ketentuan(*row[:5], name)))
    return [rule for _, rule in sorted(found, key=lambda pair: pair[0], reverse=True)]
