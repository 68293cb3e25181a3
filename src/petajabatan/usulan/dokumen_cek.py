"""The page docs/usulan-cek.md, written from the registry of checks and the table of limits.

python -m petajabatan.usulan.dokumen_cek > docs/usulan-cek.md
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator

from petajabatan.usulan.data_kebijakan import BERKAS
from petajabatan.usulan.rules.cek import SEMUA_CEK, Cek

_AWAL = """# Pemeriksaan usulan

*English: every check of a draft, one section each, written from the registry (`usulan.rules.cek`) by
`python -m petajabatan.usulan.dokumen_cek`; a test compares. How to add one: the last section.*

Setiap suntingan memeriksa ulang objek yang terpengaruh; setiap gerbang memeriksa seluruh usulan. Tiap temuan
menyebut unit atau jabatan, angka, dan perbaikannya.

| tingkat | arti |
|---|---|
| galat | tidak boleh ditetapkan; gerbang menolak galat yang dibawa usulan |
| peringatan | perlu diputuskan; usulan dapat dilanjutkan |
| catatan | sekadar diketahui |

Temuan yang sudah ada pada peta terbit ditandai **bawaan** dan tidak menahan siapa pun. Pemeriksaan antara
unit dan atasannya tercatat pada unit atasannya dan menyebut unit yang dimaksud.
"""
_AKHIR = """## Adding a check

One function in a module of `usulan/rules/cek/`: it gets a `Subjek` (one unit or box, as the draft and as the
base version have it) and yields `Ujar` (sentence, remedy, column, value). `@cek(...)` registers it with its
texts.

- `nilai` tells findings of one code on one object apart, and says whether the published map has the same one:
  put in it what makes the fault (a code, an id), not what changes beside it.
- Look no further than `rules/jejak.py` says a check looks; otherwise extend it, and its mirror in SQL
  (`services/simpan.py`). The property tests (`test_rules_sifat.py`) fail when a finding goes stale.
- What the check reads is read in batches by `rules/cek/muat.py`; `test_services_cek.py` counts statements.
- Limits are rows of `data/kebijakan_cek.csv` with a date and a source; without one the check is silent.
- Two cases in `tests/kasus_cek.py`: one that it finds, one near it that passes. Then write this page again.
"""
_OBJEK = {
    ("unor", "hidup"): "unit",
    ("unor", "dihapus"): "unit yang dihapus",
    ("posisi", "hidup"): "jabatan",
    ("posisi", "dihapus"): "jabatan yang dihapus",
}


def halaman() -> str:
    """The whole page."""
    return "\n".join(
        [_AWAL, *_daftar(), *_batas(), *(_bagian(check) for check in SEMUA_CEK.values()), _AKHIR]
    )


def _daftar() -> Iterator[str]:
    counts = Counter(check.tingkat for check in SEMUA_CEK.values())
    shown = ", ".join(f"{counts[level]} {level}" for level in ("galat", "peringatan", "catatan"))
    yield f"## Daftar\n\n{len(SEMUA_CEK)} pemeriksaan: {shown}.\n"
    yield "| kode | tingkat | objek | judul |\n|---|---|---|---|"
    for check in SEMUA_CEK.values():
        objek = _OBJEK[check.objek, check.keadaan]
        yield f"| [`{check.kode}`](#{check.kode}) | {check.tingkat} | {objek} | {check.judul} |"
    yield ""


def _batas() -> Iterator[str]:
    yield "## Batas\n\n| nama | nilai | satuan | sejak | sumber |\n|---|---|---|---|---|"
    with BERKAS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            source = row["sumber"].removesuffix(", docs/usulan-cek.md")
            cells = (f"`{row['kunci']}`", row["nilai"], row["satuan"], row["berlaku_dari"], source)
            yield f"| {' | '.join(cells)} |"
    yield ""


def _bagian(check: Cek) -> str:
    return f"""({check.kode})=
## {check.judul}

`{check.kode}` · **{check.tingkat}** · {_OBJEK[check.objek, check.keadaan]}

{check.apa} {check.sebab}

- Perbaikan: {check.perbaikan}
- Contoh: {check.contoh}
- Sumber: {check.sumber}
"""


if __name__ == "__main__":
    print(halaman(), end="")
