"""Rows pasted from a spreadsheet: what each would do, and what is wrong with it by row and column."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from petajabatan.inti.actor import Actor
from petajabatan.inti.temuan import Ditolak
from petajabatan.referensi.models import Jabatan
from petajabatan.usulan.services import add_operations
from petajabatan.web.peta.queries import fetch
from petajabatan.web.sunting import cari, sql
from petajabatan.web.sunting.konteks import KonteksDraf, draft_of

BARIS_MAKS = 500
USUL_MAKS = 15
"""Rows for which candidates are looked up; each costs a search."""
KOLOM = ("unor", "jabatan", "kelas", "k")
_JUDUL = {
    "unor": ("unit", "unor", "unit organisasi", "nama unit", "unit kerja"),
    "jabatan": ("jabatan", "nama jabatan", "nama"),
    "kelas": ("kelas", "kls", "kelas jabatan"),
    "k": ("k", "kebutuhan", "abk"),
}
# Every unit on the map of the draft: names resolve within it. One index scan per part.
_UNITS = """
SELECT r.unor_id, r.atasan_id, r.nama FROM unor_riwayat r
WHERE r.instansi_id = %(instansi)s AND {hidup_r}
  AND NOT EXISTS (SELECT FROM usulan_unor o WHERE o.usulan_id = %(usulan)s AND o.unor_id = r.unor_id)
UNION ALL
SELECT o.unor_id, o.atasan_baru, o.sesudah->>'nama' FROM usulan_unor o
WHERE o.usulan_id = %(usulan)s AND o.sesudah IS NOT NULL
"""
_BOXES = """
SELECT p.posisi_id, p.unor_id, p.nama, p.kelas, p.k, p.kepala FROM posisi_riwayat p
WHERE p.unor_id = ANY(%(unor)s) AND {hidup_p}
  AND NOT EXISTS (SELECT FROM usulan_posisi o WHERE o.usulan_id = %(usulan)s AND o.posisi_id = p.posisi_id)
UNION ALL
SELECT o.posisi_id, o.unor_baru, o.sesudah->>'nama', (o.sesudah->>'kelas')::int, (o.sesudah->>'k')::int,
  (o.sesudah->>'kepala')::boolean FROM usulan_posisi o
WHERE o.usulan_id = %(usulan)s AND o.unor_baru = ANY(%(unor)s)
"""


@dataclass
class Salah:
    kolom: str
    kalimat: str
    usul: list[str] = field(default_factory=list)


@dataclass
class Baris:
    """One pasted row. ``baris`` counts from 1 as pasted."""

    baris: int
    unor: str = ""
    jabatan: str = ""
    kelas: str = ""
    k: str = ""
    lakukan: str = ""
    galat: list[Salah] = field(default_factory=list)


def split_rows(teks: str) -> list[Baris]:
    """Cells of the pasted text. A first row of headings says which column is which. Pure."""
    lines = [line.split("\t") for line in teks.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    order: list[str | None] = list(KOLOM)
    start = 0
    first = [" ".join(cell.split()).lower() for cell in lines[0]] if lines else []
    named = [next((name for name, words in _JUDUL.items() if cell in words), None) for cell in first]
    if sum(name is not None for name in named) >= 2:
        order, start = named, 1
    rows = []
    for number, cells in enumerate(lines[start:], start + 1):
        values: dict[str, Any] = {
            name: " ".join(cell.split())
            for name, cell in zip(order, cells, strict=False)
            if name is not None and cell.strip()
        }
        if values:
            rows.append(Baris(number, **values))
    return rows


def norm(name: str) -> str:
    """Names are compared without regard to case, blanks and punctuation."""
    return re.sub(r"[^\w]+", " ", name).strip().upper()


class Penyusun:
    """Turns rows into operations, one by one; new units of earlier rows can be named by later ones."""

    def __init__(self, konteks: KonteksDraf, unor_id: int, rows: list[Baris]) -> None:
        self.konteks, self.di = konteks, unor_id
        self.rows = rows
        self.names: dict[int, str] = {}
        self.above: dict[int, int | None] = {}
        self.by_name: dict[str, list[int]] = {}
        for key, above, nama in fetch(sql.sql_for(konteks.peta, _UNITS), konteks.params):
            self._know(key, above, nama)
        self.placeholder = -1
        self.operasi: list[dict[str, Any]] = []
        self.row_of: list[Baris] = []
        self.boxes: dict[int, dict[str, tuple[Any, ...]]] = {}
        self.jobs = self._jobs()
        self._load_boxes()
        self.asked = 0

    def _know(self, key: int, above: int | None, nama: str) -> None:
        self.names[key], self.above[key] = nama, above
        self.by_name.setdefault(norm(nama), []).append(key)

    def _jobs(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        names = {row.jabatan.upper() for row in self.rows if row.jabatan}
        if names:
            for job in Jabatan.objects.extra(where=["upper(nama) = ANY(%s)"], params=[list(names)]).filter(
                aktif=True, jenis__in=("fungsional", "pelaksana")
            ):
                found.setdefault(norm(job.nama or ""), []).append(job)
        return found

    def _load_boxes(self) -> None:
        ids = {key for row in self.rows for key in self._candidates(row.unor)}
        for values in fetch(
            sql.sql_for(self.konteks.peta, _BOXES), self.konteks.params | {"unor": list(ids)}
        ):
            self.boxes.setdefault(values[1], {})[norm(values[2])] = values

    def _candidates(self, text: str) -> list[int]:
        """Units a cell may mean: by path or name, those inside the chosen unit first."""
        parts = [norm(part) for part in re.split(r"\s*[›>]\s*", text) if part.strip()]
        if not parts:
            return [self.di]
        found = [key for key in self.by_name.get(parts[-1], ()) if self._fits(key, parts)]
        inside = [key for key in found if self._inside(key)]
        return inside or found

    def _fits(self, key: int, parts: list[str]) -> bool:
        at: int | None = key
        for part in reversed(parts):
            while at is not None and norm(self.names[at]) != part:
                if at == key:
                    return False
                at = self.above[at]
            if at is None:
                return False
            at = self.above[at]
        return True

    def _inside(self, key: int) -> bool:
        at: int | None = key
        while at is not None:
            if at == self.di:
                return True
            at = self.above.get(at)
        return False

    def compose(self) -> None:
        for row in self.rows:
            before = len(self.operasi)
            self._row(row)
            if row.galat:
                del self.operasi[before:]
                del self.row_of[before:]

    def _add(self, row: Baris, **values: Any) -> None:
        self.operasi.append({name: value for name, value in values.items() if value is not None})
        self.row_of.append(row)

    def _row(self, row: Baris) -> None:
        kelas = self._number(row, "kelas", 1, 17)
        k = self._number(row, "k", 0, 100_000)
        found = self._candidates(row.unor)
        if len(found) > 1:
            paths = [" › ".join(self._path(key)) for key in found[:4]]
            row.galat.append(
                Salah("unor", _("Ada %(n)s unit bernama ini; tulis jalurnya.") % {"n": len(found)}, paths)
            )
            return  # fmt: skip
        if not found and row.jabatan:
            self._unknown_unit(row)
            return
        if not row.jabatan:
            if found:
                row.galat.append(Salah("jabatan", _("Jabatan kosong, sedangkan unitnya sudah ada.")))
            else:
                self._new_unit(row)
            return
        self._box(row, found[0], kelas, k)

    def _path(self, key: int) -> list[str]:
        names: list[str] = []
        at: int | None = key
        while at is not None:
            names.append(self.names[at])
            at = self.above.get(at)
        return names[-2::-1] or names

    def _unknown_unit(self, row: Baris) -> None:
        hits: list[str] = []
        if self.asked < USUL_MAKS:
            self.asked += 1
            hits = [hit["nama"] for hit in cari.targets(self.konteks, re.split(r"[›>]", row.unor)[-1])[:3]]
        row.galat.append(Salah("unor", _("Unit tidak ditemukan."), hits))

    def _new_unit(self, row: Baris) -> None:
        *above, nama = [part.strip() for part in re.split(r"[›>]", row.unor) if part.strip()]
        parents = self._candidates(" › ".join(above)) if above else [self.di]
        if len(parents) != 1:
            row.galat.append(Salah("unor", _("Unit atasannya tidak ditemukan atau lebih dari satu.")))
            return
        key = self.placeholder
        self.placeholder -= 1
        self._add(row, jenis="tambah-unor", id=key, atasan_id=parents[0], nama=nama)
        self._know(key, parents[0], nama)
        row.lakukan = _("tambah unit di bawah %(nama)s") % {"nama": self.names[parents[0]]}

    def _box(self, row: Baris, unor_id: int, kelas: int | None, k: int | None) -> None:
        held = self.boxes.get(unor_id, {}).get(norm(row.jabatan))
        if held is not None:
            self._change(row, held, kelas, k)
            return
        jobs = self.jobs.get(norm(row.jabatan), [])
        if len(jobs) > 1:
            jobs = [job for job in jobs if job.jenis == "pelaksana"][:1] or jobs[:1]
        if not jobs:
            hits: list[str] = []
            if self.asked < USUL_MAKS:
                self.asked += 1
                hits = [hit["nama"] for hit in cari.jabatan(row.jabatan, "")[:3]]
            row.galat.append(Salah("jabatan", _("Jabatan tidak ada dalam referensi."), hits))
            return
        self._add(
            row, jenis="tambah-posisi", unor_id=unor_id, jenis_posisi=jobs[0].jenis, jabatan_id=jobs[0].pk,
            kelas=kelas, k=k,
        )  # fmt: skip
        self.boxes.setdefault(unor_id, {})[norm(row.jabatan)] = (None, unor_id, row.jabatan, kelas, k, False)
        row.lakukan = _("tambah jabatan pada %(nama)s") % {"nama": self.names[unor_id]}

    def _change(self, row: Baris, held: tuple[Any, ...], kelas: int | None, k: int | None) -> None:
        key, _unor, _nama, old_kelas, old_k, _kepala = held
        if key is None:
            row.galat.append(Salah("jabatan", _("Jabatan ini sudah disebut pada baris sebelumnya.")))
            return
        done = []
        if k is not None and k != old_k:
            self._add(row, jenis="ubah-k", posisi_id=key, k=k)
            done.append(f"K {'–' if old_k is None else old_k} → {k}")
        if kelas is not None and kelas != old_kelas:
            self._add(row, jenis="ubah-kelas", posisi_id=key, kelas=kelas)
            done.append(_("kelas %(lama)s → %(baru)s") % {"lama": old_kelas or "–", "baru": kelas})
        row.lakukan = ", ".join(done) or _("tidak berubah")

    @staticmethod
    def _number(row: Baris, name: str, low: int, high: int) -> int | None:
        text = getattr(row, name)
        if not text or text == "–":
            return None
        plain = re.sub(r"[,.]0+$", "", text)
        if not re.fullmatch(r"\d{1,6}", plain) or not low <= int(plain) <= high:
            row.galat.append(
                Salah(
                    name, _("Isi dengan bilangan bulat %(dari)s–%(sampai)s.") % {"dari": low, "sampai": high}
                )
            )
            return None
        return int(plain)


class _Coba(Exception):
    """Takes back a trial run."""


def try_out(actor: Actor, usulan_id: int, operasi: list[dict[str, Any]], row_of: list[Baris]) -> None:
    """Carry the operations out and take them back: what the rules would refuse stands at its row."""
    if not operasi:
        return
    try:
        with transaction.atomic():
            add_operations(actor, usulan_id, operasi)
            raise _Coba
    except _Coba:
        return
    except Ditolak as refused:
        for t in refused.temuan:
            at = (t.baris or 1) - 1
            row = row_of[at] if 0 <= at < len(row_of) else row_of[0]
            kolom = {"nama": "unor", "jabatan_id": "jabatan"}.get(t.kolom, t.kolom)
            row.galat.append(Salah(kolom, f"{t.kalimat} {t.perbaikan}"))


@require_POST
def periksa(request: HttpRequest, usulan_id: int) -> HttpResponse:
    """What the pasted rows would do: ``{teks, unor}`` → rows, operations, how many rows are wrong."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.dikenal:
        return HttpResponse(status=401)
    konteks = draft_of(request, usulan_id)
    if not konteks.boleh_ubah:
        return HttpResponse(status=403)
    try:
        body = json.loads(request.body)
        teks, unor_id = str(body["teks"]), int(body["unor"])
    except (ValueError, KeyError, TypeError):
        return HttpResponse(status=400)
    rows = split_rows(teks)
    for row in rows[BARIS_MAKS:]:
        row.galat.append(Salah("unor", _("Paling banyak %(n)s baris sekali tempel.") % {"n": BARIS_MAKS}))
    made = Penyusun(konteks, unor_id, rows[:BARIS_MAKS])
    made.compose()
    if not _wrong(rows):
        try_out(actor, usulan_id, made.operasi, made.row_of)
    return JsonResponse(
        {"baris": [asdict(row) for row in rows], "operasi": made.operasi, "salah": _wrong(rows)},
        json_dumps_params={"ensure_ascii": False},
    )


def _wrong(rows: Iterable[Baris]) -> int:
    return sum(bool(row.galat) for row in rows)
