"""What must hold about simulations, and what cannot hold while one is not closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db import connection

from petajabatan.inti.periksa import Cek

DIHITUNG = (
    "bezetting-posisi-beda",
    "bezetting-unor-beda",
    "kata-peta-kurang",
    "nama-posisi-beda",
    "pohon-kini-basi",
    "ringkasan-beda",
    "total-beda",
    "umpan-tanpa-versi",
)
"""Rules about what only the closing of a run computes."""
DILEPAS = ("aturan-tidak-sah", "pemicu-hilang")
"""Rules about guards of tables, of which a run takes some off until it is closed."""

_TERBUKA = "FROM simulasi WHERE status <> 'selesai'"
# As these rules name them: table.trigger, table.constraint.
_TANPA_YANG_DILEPAS = f"""SELECT * FROM ({{sql}}) AS q (tempat, nilai) WHERE tempat NOT IN (
  SELECT (p->>0) || '.' || (p->>1) FROM (SELECT jsonb_array_elements(tunda->'pemicu') AS p {_TERBUKA}) AS a
  UNION ALL
  SELECT (k->>1) || '.' || (k->>0) FROM (SELECT jsonb_array_elements(tunda->'asing') AS k {_TERBUKA}) AS b)"""

CEK = [
    Cek(
        "simulasi-terputus",
        "Simulasi nasional belum ditutup; indeks, kunci, penjaga dan hitungan basis data ini belum lengkap."
        " Yang menyusul darinya tidak dilaporkan: pemicu dan kunci asing yang dilepasnya, serta aturan"
        f" {', '.join(DIHITUNG)}.",
        "Teruskan dengan petajabatan simulasi nasional --lanjut, atau mulai lagi dengan --ulang; lalu"
        " periksa lagi.",
        f"SELECT 'simulasi ' || id, status {_TERBUKA}",
    ),
]


def without_consequences(checks: Iterable[Cek]) -> list[Cek]:
    """While a run is not closed: without the rules that its closing makes true, and without what it took off.

    Their own remedies would mislead, and without indexes some take very long. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT {_TERBUKA})")
        if cursor.fetchone() != (True,):
            return list(checks)
    return [
        replace(cek, sql=_TANPA_YANG_DILEPAS.format(sql=cek.sql)) if cek.kode in DILEPAS else cek
        for cek in checks
        if cek.kode not in DIHITUNG
    ]
