"""What ABK needs from the database: the rounding an instansi has chosen, norms of the same jabatan elsewhere,
and the exact sums of all sheets of a version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from petajabatan.inti.jam import today
from petajabatan.jabatan.data_abk import abk_reference, working_times
from petajabatan.jabatan.models import PilihanPembulatan
from petajabatan.jabatan.queries.isian import decoded
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.abk.hitung import need_of
from petajabatan.jabatan.rules.abk.lembar import AcuanAbk, JumlahLembar, rows_of
from petajabatan.jabatan.rules.abk.waktu import choose_time

LEMBAR_PEMBANDING = 2000
"""Published sheets of the same jabatan that are compared with at most; the newest ones."""
_ELSEWHERE = f"""SELECT b.value->>'uraian', b.value->>'norma', l.instansi_id FROM (
  SELECT i.isi, i.instansi_id FROM posisi_riwayat p
  JOIN isian_riwayat i ON i.isian_id = p.posisi_id * 64 + 50
  WHERE p.jabatan_id = %(jabatan)s AND p.hingga = 2147483647 AND i.hingga = 2147483647
    AND p.posisi_id <> %(posisi)s ORDER BY i.sejak DESC, i.isian_id LIMIT {LEMBAR_PEMBANDING}
) l CROSS JOIN LATERAL jsonb_array_elements(l.isi->'baris') b
WHERE coalesce(b.value->>'pendekatan', 'tugas') = 'tugas' AND b.value->>'norma' IS NOT NULL"""
# Rows of the usual approach are added up by the database (a sum of decimals is exact); the others come along
# as they are.
_SUMS = """SELECT l.posisi_id, max(l.waktu), max(l.kebijakan), max(l.dari), count(b.baris),
  coalesce(sum(b.volume * b.norma) FILTER (WHERE b.tugas AND b.norma > 0), 0),
  count(*) FILTER (WHERE b.tugas AND (b.volume IS NULL OR b.norma IS NULL OR b.norma <= 0)),
  jsonb_agg(b.baris) FILTER (WHERE NOT b.tugas)
FROM (SELECT s.posisi_id, s.isi->'baris' AS baris, s.isi->>'waktu' AS waktu, s.isi->>'kebijakan' AS kebijakan,
  s.isi->>'dari' AS dari FROM ({sheets}) s) l LEFT JOIN LATERAL (
  SELECT e.baris, (e.baris->>'volume')::numeric AS volume, (e.baris->>'norma')::numeric AS norma,
    coalesce(e.baris->>'pendekatan', 'tugas') = 'tugas' AS tugas
  FROM jsonb_array_elements(l.baris) AS e(baris)
) b ON true GROUP BY l.posisi_id"""
LEMBAR_TERBIT = """SELECT posisi_id, isi FROM isian_riwayat WHERE instansi_id = %(instansi)s
  AND bagian = 'abk' AND sejak <= %(versi)s AND hingga > %(versi)s"""
"""The sheets of a version, as (posisi_id, isi)."""


def rounding_choice(instansi_id: int, tanggal: dt.date) -> str:
    """The policy the instansi has chosen for a day; "" while it has chosen none. One statement."""
    found = (
        PilihanPembulatan.objects.filter(instansi_id=instansi_id, berlaku__lte=tanggal)
        .order_by("-berlaku", "-id")
        .values_list("kebijakan", flat=True)
        .first()
    )
    return found or ""


def rounding_history(instansi_id: int) -> list[PilihanPembulatan]:
    """Every choice, the one that takes over last first. One statement."""
    rows = PilihanPembulatan.objects.filter(instansi_id=instansi_id).order_by("-berlaku", "-id")
    return list(rows[:100])


def reference_for(instansi_id: int, tanggal: dt.date | None = None) -> AcuanAbk:
    """What the sheets of an instansi are calculated with on a day (today). One statement."""
    day = tanggal or today()
    return abk_reference(day, rounding_choice(instansi_id, day))


@dataclass(frozen=True, slots=True)
class Pembanding:
    """Norms of the same jabatan in published sheets: (uraian, minutes per result); of how many instansi."""

    norma: tuple[tuple[str, Decimal], ...]
    instansi: int


def norms_elsewhere(jabatan_id: int, posisi_id: int) -> Pembanding:
    """Norm times of the same jabatan on other boxes, of every instansi, as last published. One statement."""
    rows = fetch(_ELSEWHERE, {"jabatan": jabatan_id, "posisi": posisi_id})
    norms = tuple((text or "", Decimal(norm)) for text, norm, _ in rows)
    return Pembanding(norms, len({row[2] for row in rows}))


def sheet_sums(instansi_id: int, versi: int) -> dict[int, JumlahLembar]:
    """The sums of every sheet as of a version. One statement, whatever their number."""
    return sums_of(LEMBAR_TERBIT, {"instansi": instansi_id, "versi": versi})


def sums_of(lembar: str, params: dict[str, Any]) -> dict[int, JumlahLembar]:
    """The sums of the sheets that a statement gives as (posisi_id, isi)."""
    day = today()
    return {row[0]: _sum_of(row, day) for row in fetch(_SUMS.format(sheets=lembar), params)}


def _sum_of(row: Iterable[Any], hari: dt.date) -> JumlahLembar:
    posisi_id, waktu, kebijakan, dari, n, minutes, gaps, others = row
    try:
        time = choose_time(working_times(), hari, kode=waktu or None)
    except LookupError:
        time = choose_time(working_times(), hari)
    total = Fraction(minutes) / Fraction(time.menit_setahun)
    complete = n > 0 and not gaps
    for other in rows_of({"baris": decoded(others) or []}):
        need = need_of(other, time)
        complete = complete and need is not None
        total += need or 0
    return JumlahLembar(posisi_id, total if complete else None, time.kode, kebijakan or "", dari or "abk", n)
