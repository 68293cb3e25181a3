"""A structure that a ministry defines for units of one kind: units, posts with jabatan, kelas and K, and
what their informasi jabatan says. Read from what people send, compared with a unit of a map, turned into
operations. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast, get_args

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.abk.angka import write_number as angka
from petajabatan.jabatan.rules.isian import BAGIAN_INFOJAB, tidy
from petajabatan.jabatan.rules.kelengkapan import Isian
from petajabatan.usulan.rules.operasi import K_MAKS, NAMA_MAKS, Bagian, JenisUnor
from petajabatan.usulan.rules.pandangan import JabatanAcuan
from petajabatan.usulan.rules.tulisan import nama_kotak

UNIT_MAKS, POSISI_MAKS = 100, 500
JENIS_UNOR: tuple[str, ...] = get_args(JenisUnor)
AKAR = "unit"
"""The key of the root when the sender does not name one."""


@dataclass(frozen=True, slots=True)
class PosisiTemplat:
    """A post: ``k`` in persons (None: the template does not say), ``isian`` the sections it prescribes."""

    kunci: str
    jenis: Literal["fungsional", "pelaksana"]
    jabatan_id: int
    nama: str
    jenjang: str | None = None
    kelas: int | None = None
    k: int | None = None
    kepala: bool = False
    isian: Mapping[Bagian, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {
            "kunci": self.kunci,
            "jenis": self.jenis,
            "jabatan_id": self.jabatan_id,
            "jabatan": self.nama,
            "jenjang": self.jenjang,
            "kelas": self.kelas,
            "k": self.k,
            "kepala": self.kepala,
            "isian": dict(self.isian),
        }


@dataclass(frozen=True, slots=True)
class UnitTemplat:
    """A unit; the root (``atasan`` empty) is the unit the template is applied to, whatever it is called."""

    kunci: str
    nama: str
    atasan: str = ""
    jenis: JenisUnor = "struktural"
    eselon: str | None = None
    nama_jabatan: str = ""
    posisi: tuple[PosisiTemplat, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "kunci": self.kunci,
            "nama": self.nama,
            "atasan": self.atasan,
            "jenis": self.jenis,
            "eselon": self.eselon,
            "nama_jabatan": self.nama_jabatan,
            "posisi": [p.as_dict() for p in self.posisi],
        }


@dataclass(frozen=True, slots=True)
class Templat:
    """A structure: units in order, each after the one above it, the root first."""

    unit: tuple[UnitTemplat, ...]

    @property
    def akar(self) -> UnitTemplat:
        return self.unit[0]

    @property
    def n_posisi(self) -> int:
        return sum(len(u.posisi) for u in self.unit)

    @property
    def k(self) -> int:
        """Persons the template needs, posts without a figure left out."""
        return sum(p.k or 0 for u in self.unit for p in u.posisi)

    def as_dict(self) -> dict[str, Any]:
        return {"unit": [u.as_dict() for u in self.unit]}


def templat_of(isi: Mapping[str, Any]) -> Templat:
    """A stored structure (``Templat.as_dict``)."""
    return Templat(
        tuple(
            UnitTemplat(
                u["kunci"],
                u["nama"],
                u["atasan"],
                u["jenis"],
                u["eselon"],
                u["nama_jabatan"],
                tuple(
                    PosisiTemplat(
                        p["kunci"],
                        p["jenis"],
                        p["jabatan_id"],
                        p["jabatan"],
                        p["jenjang"],
                        p["kelas"],
                        p["k"],
                        p["kepala"],
                        p.get("isian") or {},
                    )
                    for p in u["posisi"]
                ),
            )
            for u in isi["unit"]
        )
    )


class CariJabatan:
    """How names and ids of jabatan are looked up; ``mirip`` offers names near one that is not known."""

    def __init__(
        self, daftar: Sequence[JabatanAcuan], mirip: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._by_id = {row.id: row for row in daftar}
        self._by_name: dict[tuple[str, str], list[JabatanAcuan]] = {}
        self._mirip = mirip or {}
        for row in daftar:
            self._by_name.setdefault((row.jenis, _key(row.nama)), []).append(row)

    def find(self, jabatan_id: Any, nama: str, jenis: str) -> list[JabatanAcuan]:
        """The jabatan of an id, else all of a name (of a kind, where one is given)."""
        if isinstance(jabatan_id, int) and not isinstance(jabatan_id, bool):
            row = self._by_id.get(jabatan_id)
            return [] if row is None else [row]
        kinds = (jenis,) if jenis else ("fungsional", "pelaksana")
        rows = [row for kind in kinds for row in self._by_name.get((kind, _key(nama)), ())]
        active = [row for row in rows if row.aktif]
        return active or rows

    def near(self, nama: str) -> Sequence[str]:
        return self._mirip.get(nama, ())


def _key(nama: str) -> str:
    return " ".join(nama.lower().split())


def names_in(raw: Any) -> list[str]:
    """The names of jabatan that a structure mentions, for looking them up before it is read."""
    found = []
    for unit in _rows(raw.get("unit") if isinstance(raw, Mapping) else None):
        for post in _rows(unit.get("posisi")):
            name = post.get("jabatan")
            if isinstance(name, str) and name.strip():
                found.append(" ".join(name.split())[:NAMA_MAKS])
    return list(dict.fromkeys(found))


def read(raw: Any, cari: CariJabatan, isian: Sequence[Isian]) -> tuple[Templat | None, list[Temuan]]:
    """A structure from what somebody sent (form, workbook, JSON), and what there is to say about it. With a
    galat there is none. Rows are counted from 1, units and posts apart."""
    work = _Baca(cari, isian)
    units = work.units(raw)
    if any(t.tingkat == "galat" for t in work.found):
        return None, work.found
    return Templat(tuple(units)), work.found


class _Baca:
    def __init__(self, cari: CariJabatan, isian: Sequence[Isian]) -> None:
        self.cari, self.isian = cari, isian
        self.found: list[Temuan] = []
        self.n = 0

    def bad(self, kode: str, kalimat: str, perbaikan: str, baris: int | None = None, **more: Any) -> None:
        self.found.append(Temuan(kode, "galat", kalimat, perbaikan, baris=baris, **more))

    def units(self, raw: Any) -> list[UnitTemplat]:
        rows = _rows(raw.get("unit") if isinstance(raw, Mapping) else None)
        if not rows:
            self.bad("templat-kosong", "Templat belum memuat unit.", "Isi sekurangnya satu unit.")
            return []
        if len(rows) > UNIT_MAKS:
            self.bad(
                "templat-terlalu-besar",
                f"Templat memuat {angka(len(rows))} unit; paling banyak {angka(UNIT_MAKS)}.",
                "Bagi menjadi beberapa templat.",
            )
            return []
        made: list[UnitTemplat] = []
        known: set[str] = set()
        for number, row in enumerate(rows, 1):
            unit = self.unit(number, row, known)
            if unit is not None:
                known.add(unit.kunci)
                made.append(unit)
        if made and not any(u.posisi for u in made):
            self.bad(
                "templat-tanpa-jabatan", "Templat belum memuat jabatan.", "Isi sekurangnya satu jabatan."
            )
        if self.n > POSISI_MAKS:
            self.bad(
                "templat-terlalu-besar",
                f"Templat memuat {self.n} jabatan; paling banyak {POSISI_MAKS}.",
                "Bagi menjadi beberapa templat.",
            )
        return made

    def unit(self, number: int, row: Mapping[str, Any], known: set[str]) -> UnitTemplat | None:
        name = _text(row.get("nama"))
        key = _text(row.get("kunci"))[:40] or (AKAR if number == 1 else f"unit-{number}")
        above = _text(row.get("atasan"))[:40]
        kind = _text(row.get("jenis")) or "struktural"
        if not name:
            self.bad(
                "nama-kosong", f"Unit ke-{number} belum bernama.", "Isi namanya.", number, kolom="unit.nama"
            )
        if key in known:
            self.bad(
                "kunci-ganda",
                f"Kunci unit {key} dipakai dua kali.",
                "Pakai kunci yang berbeda.",
                number,
                kolom="unit.kunci",
                nilai=key,
            )
            return None
        if kind not in JENIS_UNOR:
            self.bad(
                "jenis-tidak-dikenal",
                f"Jenis unit {kind[:40]} tidak dikenal.",
                f"Pakai {', '.join(JENIS_UNOR)}.",
                number,
                kolom="unit.jenis",
                nilai=kind[:80],
            )
        if number == 1:
            above = ""
        elif not above:
            above = AKAR if AKAR in known else next(iter(known), "")
        elif above not in known:
            self.bad(
                "atasan-tidak-dikenal",
                f"Atasan {above} dari {name} tidak ada di atasnya.",
                "Tulis unit atasan lebih dahulu.",
                number,
                kolom="unit.atasan",
                nilai=above,
            )
        posts = self.posts(_rows(row.get("posisi")), name)
        return UnitTemplat(
            key,
            name[:NAMA_MAKS],
            above,
            cast(JenisUnor, kind),
            _text(row.get("eselon")) or None,
            _text(row.get("nama_jabatan"))[:NAMA_MAKS],
            tuple(posts),
        )

    def posts(self, rows: Sequence[Mapping[str, Any]], unit: str) -> list[PosisiTemplat]:
        made: list[PosisiTemplat] = []
        jobs: set[int] = set()
        head = False
        for row in rows:
            self.n += 1
            post = self.post(self.n, row, unit)
            if post is None:
                continue
            if post.jabatan_id in jobs:
                self.bad(
                    "jabatan-ganda",
                    f"{post.nama} dua kali pada {unit}.",
                    "Gabungkan K-nya dalam satu baris.",
                    self.n,
                    kolom="posisi.jabatan",
                    nilai=post.nama,
                )
            if post.kepala and head:
                self.bad(
                    "kepala-ganda",
                    f"{unit} mempunyai dua pimpinan.",
                    "Pilih satu.",
                    self.n,
                    kolom="posisi.kepala",
                )
            jobs.add(post.jabatan_id)
            head = head or post.kepala
            made.append(post)
        return made

    def post(self, number: int, row: Mapping[str, Any], unit: str) -> PosisiTemplat | None:
        name = _text(row.get("jabatan"))[:NAMA_MAKS]
        jobs = self.cari.find(row.get("jabatan_id"), name, _text(row.get("jenis")))
        if len(jobs) != 1:
            self.unknown(number, name, row, jobs)
            return None
        job = jobs[0]
        if not job.aktif:
            self.bad(
                "jabatan-tidak-aktif",
                f"{job.nama} sudah tidak dipakai dalam referensi jabatan.",
                "Pilih jabatan yang masih aktif.",
                number,
                kolom="posisi.jabatan",
                nilai=job.nama,
            )
        kelas = self.whole(row.get("kelas"), 1, 17, number, "posisi.kelas")
        need = self.whole(row.get("k"), 0, K_MAKS, number, "posisi.k")
        head = row.get("kepala") in (True, "1", "ya", "Ya", "x", 1)
        return PosisiTemplat(
            _text(row.get("kunci"))[:40] or f"jabatan-{job.id}",
            cast(Literal["fungsional", "pelaksana"], job.jenis),
            job.id,
            nama_kotak(job.nama),
            job.jenjang,
            kelas,
            1 if head else need,
            head,
            self.sections(row.get("isian"), number, name),
        )

    def unknown(self, number: int, name: str, row: Mapping[str, Any], jobs: Sequence[JabatanAcuan]) -> None:
        if jobs:
            self.bad(
                "jabatan-bernama-sama",
                f"“{name}” adalah nama {len(jobs)} jabatan dalam referensi.",
                "Sebut jenisnya (fungsional atau pelaksana) atau jabatan_id.",
                number,
                kolom="posisi.jabatan",
                nilai=name,
            )
            return
        near = ", ".join(self.cari.near(name))
        said = f"Jabatan “{name}” tidak ada dalam referensi." if name else "Nama jabatan kosong."
        if row.get("jabatan_id") is not None and not name:
            said = f"Jabatan {row.get('jabatan_id')} tidak ada dalam referensi."
        self.bad(
            "jabatan-tidak-dikenal",
            said,
            f"Mungkin: {near}." if near else "Pilih dari referensi jabatan.",
            number,
            kolom="posisi.jabatan",
            nilai=name,
        )

    def whole(self, raw: Any, low: int, high: int, number: int, where: str) -> int | None:
        if raw is None or raw == "":
            return None
        try:
            value = int(str(raw).removesuffix(".0"))
            if isinstance(raw, bool) or not low <= value <= high:
                raise ValueError
        except ValueError:
            self.bad(
                "bukan-bilangan",
                f"“{str(raw)[:40]}” bukan bilangan {low}–{high}.",
                f"Tulis bilangan bulat {low} sampai {high}, atau kosongkan.",
                number,
                kolom=where,
                nilai=str(raw)[:80],
            )
            return None
        return value

    def sections(self, raw: Any, number: int, name: str) -> dict[Bagian, Any]:
        made: dict[Bagian, Any] = {}
        if raw in (None, ""):
            return made
        if not isinstance(raw, Mapping):
            self.bad(
                "isian-tidak-sah",
                f"Informasi jabatan {name} bukan kumpulan bagian.",
                "Kirim bagian bernama.",
                number,
                kolom="posisi.isian",
            )
            return made
        for code, isi in raw.items():
            if code not in BAGIAN_INFOJAB or code in ("identitas", "evaluasi"):
                self.bad(
                    "bagian-tidak-dikenal",
                    f"Bagian {str(code)[:40]} tidak dikenal.",
                    "Pakai nama bagian dari bentuk templat.",
                    number,
                    kolom="posisi.isian",
                )
                continue
            result = tidy(code, isi, self.isian)
            for t in result.temuan:
                self.found.append(
                    Temuan(
                        t.kode,
                        t.tingkat,
                        f"{name}: {t.kalimat}",
                        t.perbaikan,
                        baris=number,
                        kolom=f"posisi.isian.{code}",
                        nilai=t.nilai,
                    )
                )
            if result.isi is not None:
                made[cast(Bagian, code)] = result.isi
        return made


def _rows(raw: Any) -> list[Mapping[str, Any]]:
    return [row for row in raw if isinstance(row, Mapping)] if isinstance(raw, list | tuple) else []


def _text(raw: Any) -> str:
    return (
        " ".join(str(raw).split()) if isinstance(raw, str | int | float) and not isinstance(raw, bool) else ""
    )
