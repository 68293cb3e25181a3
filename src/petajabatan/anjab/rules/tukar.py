"""What travels in an exchange of informasi jabatan: documents, the boxes they serve, what a file says.

Pure. A *paket* is what is written; a *bacaan* is what was read, still in the words of the file: who is meant
(``Rujukan``) is found out later, against a draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.lembar_evaluasi import DITULIS

KOSONGKAN = "(kosongkan)"
"""Written into a section to empty it: a section that a file does not have stays as it is."""
TEMUAN_PER_KODE = 300


@dataclass(slots=True)
class KotakTukar:
    """A box of the map as an exchange or a print shows it. ``infojab_id`` None: nobody has described it yet;
    ``abk`` its ABK sheet as stored; ``jalur`` names from below the root down to its unit."""

    posisi_id: int
    unor_id: int
    unit: str
    jalur: str
    nama: str
    jenis: str
    jenjang: str = ""
    kelas: int | None = None
    k: int | None = None
    kepala: bool = False
    infojab_id: int | None = None
    abk: dict[str, Any] | None = None


@dataclass(slots=True)
class Paket:
    """Informasi jabatan of one source: sections by infojab, and every box asked for."""

    instansi_id: int
    instansi: str
    id_siasn: str
    sumber: str
    isi: dict[int, dict[str, Any]]
    kotak: list[KotakTukar]


class Rujukan(NamedTuple):
    """Whom a row means, as the file says it: ids where it has them, names otherwise."""

    infojab: str = ""
    posisi: str = ""
    unit: str = ""
    jabatan: str = ""

    @property
    def sebutan(self) -> str:
        """For people."""
        name = " pada ".join(x for x in (self.jabatan, self.unit) if x)
        return (
            name or f"informasi jabatan {self.infojab}" if self.infojab else name or f"posisi {self.posisi}"
        )


@dataclass(slots=True)
class BagianBaca:
    """One section of one owner as a file says it. ``isi`` None: to be emptied. ``baris``: for each field the
    rows its items stood on; ``kolom``: what the columns are called there; ``ditolak``: something in it could
    not be read."""

    bagian: str
    isi: dict[str, Any] | None
    tempat: str
    baris: dict[str, list[int]] = field(default_factory=dict)
    kolom: Mapping[str, str] = field(default_factory=dict)
    awal: int | None = None
    akhir: int | None = None
    ditolak: bool = False

    def place(self, t: Temuan) -> Temuan:
        """A finding about the content (field, item number) with sheet, row and column of the file."""
        name, _, column = t.kolom.partition(".")
        rows = self.baris.get(name) or []
        row = rows[t.baris - 1] if t.baris and t.baris <= len(rows) else rows[0] if rows else self.awal
        title = self.kolom.get(f"{name}.{column}" if column else name) or self.kolom.get(column or name)
        return replace(t, tempat=self.tempat, baris=row, kolom=title or t.kolom)


@dataclass(slots=True)
class JabatanBaca:
    """A row that says which informasi jabatan a box uses."""

    rujukan: Rujukan
    baris: int | None
    tempat: str


@dataclass
class Bacaan:
    """What a file says. ``instansi``: id of the instansi it was made for, where it says so."""

    bentuk: str
    nama: str
    jabatan: list[JabatanBaca] = field(default_factory=list)
    bagian: list[tuple[Rujukan, BagianBaca]] = field(default_factory=list)
    temuan: list[Temuan] = field(default_factory=list)
    instansi: str = ""


def meaning(value: Any) -> Any:
    """Content without what says nothing (None, "", empty lists), so that two ways of writing the same compare
    equal."""
    if isinstance(value, Mapping):
        made = {name: meaning(cell) for name, cell in value.items()}
        return {name: cell for name, cell in made.items() if cell not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [meaning(cell) for cell in value]
    return value.strip() if isinstance(value, str) else value


def same(left: Any, right: Any) -> bool:
    """Whether two contents of a section say the same."""
    return bool((meaning(left) or None) == (meaning(right) or None))


def unchanged(bagian: str, new: Any, old: Any) -> bool:
    """Whether a file says of a section what the draft says. Of a factor sheet only the evaluator's part
    counts: what was decided on it, and which kind of sheet it is, a file cannot say."""
    if bagian == "evaluasi":
        new, old = (
            {name: cell for name, cell in (isi or {}).items() if name in DITULIS and name != "jenis"}
            for isi in (new, old)
        )
    return same(new, old)


def keep_details(new: Mapping[str, Any], old: Mapping[str, Any] | None) -> dict[str, Any]:
    """A section from a form that has words only: where the words are those of the draft, what the draft binds
    to them (ids of references, codes, levels) stays."""
    made: dict[str, Any] = {}
    for name, value in new.items():
        held = (old or {}).get(name)
        if isinstance(value, list) and isinstance(held, list):
            known = {_words(item): item for item in reversed(held)}
            value = [
                {**known.get(_words(item), {}), **meaning(item)} if isinstance(item, Mapping) else item
                for item in value
            ]
        made[name] = value
    return made


def keep_work(new: list[dict[str, Any]], old: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """ABK rows from such a form: a row of the same task with the same figures is the draft's own."""
    held = {(r.get("tugas"), r.get("volume"), r.get("norma")): r for r in (old or {}).get("baris") or ()}
    return [held.get((r.get("tugas"), r.get("volume"), r.get("norma")), r) for r in new]


def _words(item: Any) -> str:
    """What an item is known by: its text, or its first column."""
    if not isinstance(item, Mapping):
        return ""
    said = item.get("teks") or next((item[n] for n in ("uraian", "hasil", "bahan", "perangkat", "jabatan",
                                                        "risiko") if item.get(n)), "")  # fmt: skip
    return " ".join(str(said).lower().split())


def limited(found: list[Temuan]) -> list[Temuan]:
    """At most ``TEMUAN_PER_KODE`` findings of a kind; what was left out is told."""
    kept: list[Temuan] = []
    counts: dict[str, int] = {}
    for t in found:
        counts[t.kode] = counts.get(t.kode, 0) + 1
        if counts[t.kode] <= TEMUAN_PER_KODE:
            kept.append(t)
    for kode, n in counts.items():
        if n > TEMUAN_PER_KODE:
            kept.append(
                Temuan(
                    "temuan-diringkas",
                    "catatan",
                    f"{n - TEMUAN_PER_KODE} temuan {kode} lain tidak ditampilkan.",
                    "Perbaiki yang tampil, lalu periksa lagi.",
                    nilai=kode,
                )
            )
    return kept
