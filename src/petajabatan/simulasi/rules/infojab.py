"""Skeletons of informasi jabatan: what it is called, why it is there, what it asks for, three to six tasks;
and ABK sheets whose rows give the K of their box. Pure, and every sentence is invented.

Randomness of its own (seed, instansi): who gets a description changes nothing of the map and its people.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from petajabatan.demo.orang import pendidikan
from petajabatan.jabatan.rules.isian import isian_id
from petajabatan.simulasi.rules.bentuk import Kotak, Unit
from petajabatan.simulasi.rules.data import baris, sebaran, tingkat
from petajabatan.simulasi.rules.rujukan import is_nakes
from petajabatan.simulasi.rules.susun import generator

WAKTU = "2020-5"
MENIT_SETAHUN = 75_000
"""Of that norm of working time (jabatan/data/waktu_kerja.csv; a test holds both to the same figure)."""
TUGAS_MIN = 3
TAHUN = {"MU": "2", "MA": "4", "UT": "6"}
"""Years of service asked for by jenjang (invented)."""


class Tugas(NamedTuple):
    """A task: what is done, what comes of it, minutes each."""

    uraian: str
    hasil: str
    norma: int


class Golongan(NamedTuple):
    """A kind of work: how and why it is done, and its tasks."""

    cara: str
    tujuan: str
    tugas: tuple[Tugas, ...]


@dataclass(frozen=True, slots=True)
class Kerangka:
    """One informasi jabatan: its id, and the tasks (with their numbers) sheets refer to."""

    id: int
    tugas: tuple[tuple[int, Tugas], ...]
    isi: dict[str, dict[str, Any]]


class Isian(NamedTuple):
    """A section to be written."""

    isian_id: int
    infojab_id: int | None
    posisi_id: int | None
    bagian: str
    isi: dict[str, Any]


@functools.cache
def golongan(nama: str) -> Golongan:
    """The kind of work of a jabatan by the beginning of its name (data/tugas_jabatan.csv)."""
    for row in baris("tugas_jabatan"):
        begins = tuple(filter(None, row["awalan"].split(";")))
        if not begins or nama.startswith(begins) or (begins == ("*nakes",) and is_nakes(nama)):
            tasks = (part.split(":") for part in row["tugas"].split(";"))
            return Golongan(row["cara"], row["tujuan"], tuple(Tugas(u, h, int(n)) for u, h, n in tasks))
    raise LookupError("tugas_jabatan.csv has no row for all others")


class Penjelas:
    """Describes the jabatan of one instansi: ``blok`` is the first id of its range."""

    def __init__(self, id_siasn: str, blok: int, benih: int) -> None:
        self.rnd: random.Random = generator(benih, id_siasn, "infojab")
        self.blok = blok
        self._sebaran = sebaran()
        self.kerangka: dict[int, Kerangka] = {}
        self.n_lembar = 0

    def pilih(self, unit: Sequence[Unit]) -> None:
        """Which jabatan have an informasi jabatan, with its content: one per jabatan of the instansi."""
        seen: set[int] = set()
        for u in unit:
            for box in u.kotak:
                if box.jabatan_id is None or box.jabatan_id in seen:
                    continue
                seen.add(box.jabatan_id)
                if self.rnd.random() < self._sebaran["infojab"]:
                    key = self.blok + 1 + len(self.kerangka)
                    self.kerangka[box.jabatan_id] = self._kerangka(key, box)

    def infojab_of(self, kotak: Kotak) -> int | None:
        """The informasi jabatan of a box."""
        found = self.kerangka.get(kotak.jabatan_id) if kotak.jabatan_id is not None else None
        return found.id if found else None

    def isian(self, unit: Sequence[Unit], posisi_id: Sequence[range]) -> Iterator[Isian]:
        """Every section of the instansi: those of informasi jabatan, then the sheets of boxes."""
        for made in self.kerangka.values():
            for name, content in made.isi.items():
                yield Isian(isian_id(name, infojab_id=made.id), made.id, None, name, content)
        share = self._sebaran["abk-pelaksana"]
        for u, ids in zip(unit, posisi_id, strict=True):
            for key, box in zip(ids, u.kotak, strict=True):
                if box.jenis != "pelaksana" or box.k < 1 or box.kepala or box.jabatan_id not in self.kerangka:
                    continue
                if self.rnd.random() < share:
                    self.n_lembar += 1
                    sheet = self.lembar(box.k, self.kerangka[box.jabatan_id].tugas)
                    yield Isian(isian_id("abk", posisi_id=key), None, key, "abk", sheet)

    def _kerangka(self, key: int, box: Kotak) -> Kerangka:
        kind = golongan(box.nama)
        n = self.rnd.randint(TUGAS_MIN, len(kind.tugas))
        chosen = sorted(self.rnd.sample(range(len(kind.tugas)), n))
        tasks = tuple((number, kind.tugas[i]) for number, i in enumerate(chosen, 1))
        return Kerangka(key, tasks, {
            "identitas": {"nama_jabatan": box.nama},
            "ikhtisar": {"ikhtisar": f"Melaksanakan tugas {box.nama} dengan cara {kind.cara} {kind.tujuan}."},
            "kualifikasi": self._qualification(box),
            "tugas_pokok": {
                "tugas_pokok": [{"uraian": t.uraian, "hasil": t.hasil, "id": number} for number, t in tasks]
            },
        })  # fmt: skip

    def lembar(self, k: int, tasks: Sequence[tuple[int, Tugas]]) -> dict[str, Any]:
        """An ABK sheet whose exact sum lies within ``abk-sisa`` of ``k`` and rounds to it."""
        reach = self._sebaran["abk-sisa"]
        wanted = int((k + self.rnd.uniform(-reach, reach)) * MENIT_SETAHUN)
        parts = [self.rnd.uniform(0.5, 1.5) for _ in tasks]
        whole = sum(parts)
        # Rounded down, a row loses less than one result, 480 minutes at most: together under 0.04 persons.
        rows = [
            {
                "uraian": t.uraian, "satuan": t.hasil, "pendekatan": "tugas",
                "volume": str(max(1, int(wanted * part / whole) // t.norma)), "norma": str(t.norma),
                "pegawai": 1, "giliran": 1, "tugas": number,
            }
            for (number, t), part in zip(tasks, parts, strict=True)
        ]  # fmt: skip
        return {"baris": rows, "waktu": WAKTU, "dari": "abk"}

    def _qualification(self, box: Kotak) -> dict[str, Any]:
        """The level of one of the educations people on such boxes have (so that some fall short), and years
        of service by jenjang; nothing else is asked for."""
        code = pendidikan()[self.rnd.choice(box.syarat.pendidikan)]["tingkat"]
        years = TAHUN.get(box.jenjang or "")
        none = [{"teks": "-"}]
        return {
            "pendidikan": [{"teks": tingkat()[code], "tingkat": code}],
            "diklat_kepemimpinan": none, "diklat_fungsional": none, "diklat_teknis": none,
            "pengalaman": [{"teks": f"paling singkat {years} tahun", "tahun": years}] if years else none,
        }  # fmt: skip
