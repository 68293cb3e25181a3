"""The recap of a map (or of one unit and everything below it) by jenis, jenjang or kelas, and the boxes
behind each figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from petajabatan.inti.simpanan import kept
from petajabatan.web.peta.konteks import Konteks
from petajabatan.web.peta.queries import fetch, sql_for

BATAS_RINCIAN = 300
KELOMPOK = ("jenis", "jenjang", "kelas")
UKURAN = ("k", "b", "selisih", "posisi")

# Rows of the printed recap: Eselon I–V by the unit's eselon for structural posts, JF, Pelaksana.
_KEY = {
    "jenis": """CASE p.jenis WHEN 'struktural' THEN 'eselon-' || coalesce(split_part(e.nama, '.', 1), '')
      ELSE p.jenis END""",
    "jenjang": "coalesce(p.jenjang_id, '')",
    "kelas": "coalesce(p.kelas::text, '')",
}
_ORDER = {
    "jenis": "CASE p.jenis WHEN 'struktural' THEN 0 WHEN 'fungsional' THEN 1 ELSE 2 END",
    "jenjang": "CASE WHEN p.jenjang_id IS NULL THEN 999 ELSE coalesce(j.urutan, 500) END",
    "kelas": "-coalesce(p.kelas, 0)",
}
_LABEL = {"jenis": "NULL", "jenjang": "max(j.nama)", "kelas": "NULL"}
# Walks the subtree by the index on atasan_id; without a unit the instansi's own index is enough.
_SCOPE = """
WITH RECURSIVE lingkup AS (
  SELECT r.unor_id FROM unor_riwayat r WHERE r.unor_id = %(unor)s AND {hidup_r}
  UNION ALL
  SELECT r.unor_id FROM lingkup l JOIN unor_riwayat r ON r.atasan_id = l.unor_id AND {hidup_r}
)
"""
_FROM = """
FROM posisi_riwayat p
JOIN unor_riwayat r ON r.unor_id = p.unor_id AND {hidup_r}
LEFT JOIN {bezetting} b ON b.posisi_id = p.posisi_id
LEFT JOIN eselon e ON e.kode = r.eselon_id
LEFT JOIN jenjang j ON j.kode = p.jenjang_id
WHERE p.instansi_id = %(instansi)s AND {hidup_p}
"""
# Without what only names and rows of structural posts need.
_FROM_BOXES = """
FROM posisi_riwayat p LEFT JOIN {bezetting} b ON b.posisi_id = p.posisi_id
WHERE p.instansi_id = %(instansi)s AND {hidup_p}
"""
_SHOWN = """SELECT p.posisi_id, p.nama, p.unor_id, r.nama, j.nama, p.kelas, p.k, coalesce(b.b, 0)
FROM unnest(%(shown)s::bigint[]) WITH ORDINALITY c (id, ke)
JOIN posisi_riwayat p ON p.posisi_id = c.id AND {hidup_p}
JOIN unor_riwayat r ON r.unor_id = p.unor_id AND {hidup_r}
LEFT JOIN {bezetting} b ON b.posisi_id = p.posisi_id LEFT JOIN jenjang j ON j.kode = p.jenjang_id
ORDER BY c.ke"""
_WHERE_UKURAN = {
    "k": "coalesce(p.k, 0) <> 0",
    "b": "coalesce(b.b, 0) <> 0",
    "selisih": "p.k IS NOT NULL AND coalesce(b.b, 0) <> p.k",
    "posisi": "true",
}
_ORDER_UKURAN = {
    "k": "p.k DESC",
    "b": "b.b DESC",
    "selisih": "coalesce(b.b, 0) - p.k",
    "posisi": "p.nama",
}


@dataclass(frozen=True)
class BarisRekap:
    """One row: persons needed and present, boxes, boxes without a determined K, part-time persons."""

    kunci: str
    nama: str
    n_posisi: int
    k: int
    k_kosong: int
    b: int
    paruh_waktu: int

    @property
    def selisih(self) -> int:
        return self.b - self.k


@dataclass(frozen=True)
class Rekap:
    baris: list[BarisRekap]
    total: BarisRekap


@dataclass(frozen=True)
class BarisPosisi:
    id: int
    nama: str
    unor_id: int
    unor_nama: str
    jenjang: str | None
    kelas: int | None
    k: int | None
    b: int

    @property
    def selisih(self) -> int | None:
        return None if self.k is None else self.b - self.k


def row_name(kelompok: str, kunci: str, label: str | None = None) -> str:
    """What a row is called on screen."""
    if kelompok == "jenis":
        if kunci.startswith("eselon-"):
            level = kunci.removeprefix("eselon-")
            return _("Eselon %(tingkat)s") % {"tingkat": level} if level else _("Struktural tanpa eselon")
        return _("Jabatan fungsional") if kunci == "fungsional" else _("Pelaksana")
    if kelompok == "kelas":
        return _("Kelas %(kelas)s") % {"kelas": kunci} if kunci else _("Tanpa kelas")
    return label or kunci or _("Tanpa jenjang")


def _statement(konteks: Konteks, unor: int | None, select: str, tail: str, source: str = _FROM) -> str:
    scope = _SCOPE if unor is not None else ""
    inside = " AND p.unor_id IN (SELECT unor_id FROM lingkup)" if unor is not None else ""
    return sql_for(konteks, scope + select + source + inside + tail)


def _place(what: str, konteks: Konteks, *asked: object) -> str:
    """What is kept by version, day of B and B stamp, and by what was asked."""
    return ":".join(
        map(str, (what, konteks.instansi.pk, konteks.versi, konteks.hari_b, konteks.stempel, *asked))
    )


def recap_of(konteks: Konteks, kelompok: str, unor: int | None = None) -> Rekap:
    """Totals of every box below ``unor`` (default: of the whole map), by jenis, jenjang or kelas.

    Kept per version, day and B stamp: a map of 100,000 boxes is added up once, not at every look.
    """
    key = _KEY[kelompok]
    select = f"""SELECT {key}, {_LABEL[kelompok]}, count(*), coalesce(sum(p.k), 0),
      count(*) FILTER (WHERE p.k IS NULL), coalesce(sum(b.b), 0), coalesce(sum(b.paruh_waktu), 0)"""
    sql = _statement(konteks, unor, select, f" GROUP BY 1 ORDER BY min({_ORDER[kelompok]}), 1")
    known = kept(
        _place("peta-rekap", konteks, kelompok, unor or 0),
        lambda: [tuple(row) for row in fetch(sql, konteks.params | {"unor": unor})],
    )
    rows = [
        BarisRekap(kunci, row_name(kelompok, kunci, label), *map(int, rest)) for kunci, label, *rest in known
    ]
    total = BarisRekap(
        "",
        _("Jumlah"),
        *(
            sum(getattr(row, name) for row in rows)
            for name in ("n_posisi", "k", "k_kosong", "b", "paruh_waktu")
        ),
    )
    return Rekap(rows, total)


def boxes_behind(
    konteks: Konteks, kelompok: str, kunci: str | None, ukuran: str, unor: int | None = None
) -> tuple[list[BarisPosisi], int, int]:
    """The boxes that make up one figure of the recap, the sum of the figure and how many boxes there are.

    ``kunci`` None stands for the row of totals. At most BATAS_RINCIAN boxes are returned, largest first.
    Kept as the recap is.
    """
    row = "semua" if kunci is None else f"={quote(kunci[:40])}"  # no row has a longer key
    return kept(
        _place("peta-rincian", konteks, kelompok, ukuran, unor or 0, row),
        lambda: _behind(konteks, kelompok, kunci, ukuran, unor),
    )


def _behind(
    konteks: Konteks, kelompok: str, kunci: str | None, ukuran: str, unor: int | None
) -> tuple[list[BarisPosisi], int, int]:
    value = {
        "k": "p.k",
        "b": "b.b",
        "selisih": "coalesce(b.b, 0) - p.k",
        "posisi": "1",
    }[ukuran]
    tail = f" AND {_WHERE_UKURAN[ukuran]}"
    params: dict[str, Any] = {"unor": unor, "kunci": kunci, "batas": BATAS_RINCIAN}
    if kunci is not None:
        tail += f" AND {_KEY[kelompok]} = %(kunci)s"
    # Counted and cut by what the order needs; names are looked up for the boxes shown.
    source = _FROM_BOXES if kelompok != "jenis" else _FROM
    sums = _statement(konteks, unor, f"SELECT count(*), coalesce(sum({value}), 0)", tail, source)
    n, total = fetch(sums, konteks.params | params)[0]
    order = f" ORDER BY {_ORDER_UKURAN[ukuran]}, p.nama, p.posisi_id LIMIT %(batas)s"
    cut = _statement(konteks, unor, "SELECT p.posisi_id", tail + order, source)
    shown = [row[0] for row in fetch(cut, konteks.params | params)]
    rows = fetch(sql_for(konteks, _SHOWN), konteks.params | {"shown": shown})
    return [BarisPosisi(*row) for row in rows], int(total), int(n)
