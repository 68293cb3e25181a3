"""One informasi jabatan for one of its boxes: sections, what map and ABK sheet bring, completeness."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from petajabatan.anjab.queries.infojab_peta import (
    Kotak,
    Sudut,
    Unit,
    path_of,
    served_by,
    some_users,
    units_of,
    user_of,
)
from petajabatan.anjab.rules.infojab_lengkap import completeness_of, values_of, words
from petajabatan.inti.deret import Deret
from petajabatan.inti.jam import today
from petajabatan.jabatan.data_abk import abk_reference, infojab_fields
from petajabatan.jabatan.queries.isian import sections_as_of, sheets_as_of
from petajabatan.jabatan.rules.abk.lembar import HasilLembar, compute_sheet
from petajabatan.jabatan.rules.isian import DICETAK
from petajabatan.jabatan.rules.kelengkapan import BagianLengkap, Isian, Kelengkapan
from petajabatan.referensi.models import Eselon, KodeSyarat
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.isian import BagianDraf, sections_of, sheets_of


class Beban(NamedTuple):
    """A row of the ABK sheet: volume a year, minutes each, persons at four decimals. ``nomor``: its place."""

    nomor: int
    uraian: str
    volume: str | None
    waktu: str | None
    satuan: str
    kebutuhan: Decimal | None


class JumlahBeban(NamedTuple):
    """What stands below the tasks: rows of the sheet that stand beside none of them, Σ of the whole sheet and
    its K (None: not determined)."""

    lepas: list[Beban]
    jumlah: Decimal | None
    k: int | None


@dataclass(frozen=True)
class RinciInfojab:
    """``kotak``: the box it is looked at from; ``jalur``: units from the root down to its own; ``isi``:
    section → content as it stands; ``draf``: the same with what is published and who changed it (drafts
    only); ``beban``: task number or words → figures of the sheet."""

    infojab_id: int
    kotak: Kotak
    jalur: list[Unit]
    isi: dict[str, Any]
    draf: dict[str, BagianDraf]
    lembar: Mapping[str, Any] | None
    beban: dict[int | str, Beban]
    hitungan: HasilLembar | None
    unit_kerja: list[dict[str, str]]
    isian: Sequence[Isian]
    kelengkapan: Kelengkapan
    hari: dt.date
    """The day whose form and limits hold."""

    @property
    def per_bagian(self) -> dict[str, list[BagianLengkap]]:
        """Section people write → the printed sections in it."""
        found: dict[str, list[BagianLengkap]] = {code: [] for code in (*DICETAK, "unit_kerja", "kelas")}
        for part in self.kelengkapan.bagian:
            code = part.kode if part.kode in found else "identitas"
            found[code].append(part)
        return found

    def beban_of(self, tugas: Mapping[str, Any]) -> Beban | None:
        """The figures of one task; None where the sheet does not name it."""
        return self.beban.get(tugas.get("id") or 0) or self.beban.get(words(tugas.get("uraian")))

    @property
    def jumlah_beban(self) -> JumlahBeban | None:
        """The rest of the ABK sheet, so that what is read adds up; None where there is no sheet."""
        if self.hitungan is None or self.lembar is None:
            return None
        tasks = (self.isi.get("tugas_pokok") or {}).get("tugas_pokok") or ()
        found = [self.beban_of(task if isinstance(task, Mapping) else {"uraian": task}) for task in tasks]
        beside = {load.nomor for load in found if load is not None}
        loose = [load for load in loads(self.lembar, self.hitungan) if load.nomor not in beside]
        k = 1 if self.kotak.kepala else self.hitungan.k if self.hitungan.k is not None else self.kotak.k
        return JumlahBeban(loose, self.hitungan.hasil.jumlah_tampil, k)


def detail_of_draft(sudut: Sudut, infojab_id: int, posisi_id: int | None = None) -> RinciInfojab:
    """As the draft says it. A fixed number of statements. Raises Http404 where no box refers to it."""
    assert sudut.usulan is not None
    usulan: Usulan = sudut.usulan
    box = user_of(sudut, infojab_id, posisi_id)
    draf = sections_of(usulan, [infojab_id])[infojab_id]
    sheet = sheets_of(usulan, [box.id]).get(box.id)
    isi = {code: part.isi for code, part in draf.items() if part.isi is not None}
    return _detail(sudut, infojab_id, box, isi, draf, sheet.isi if sheet else None)


def detail_as_of(sudut: Sudut, infojab_id: int, posisi_id: int | None = None) -> RinciInfojab:
    """As a published version says it. A fixed number of statements. Raises Http404."""
    box = user_of(sudut, infojab_id, posisi_id)
    isi = sections_as_of(sudut.instansi_id, sudut.versi, [infojab_id])[infojab_id]
    sheet = sheets_as_of(sudut.instansi_id, sudut.versi, [box.id]).get(box.id)
    return _detail(sudut, infojab_id, box, isi, {}, sheet)


def _detail(
    sudut: Sudut,
    infojab_id: int,
    box: Kotak,
    isi: dict[str, Any],
    draf: dict[str, BagianDraf],
    lembar: Mapping[str, Any] | None,
) -> RinciInfojab:
    hari = today()
    path, fields = path_of(sudut, box.unor_id), infojab_fields(hari)
    levels = dict(Eselon.objects.values_list("kode", "jabatan_asn"))
    units = [
        {"tingkat": (levels.get(unit.eselon) or "").capitalize().replace("Jpt", "JPT") or "Unit",
         "nama": unit.nama}
        for unit in path
    ]  # fmt: skip
    values = values_of(isi, unit_kerja=units, kelas=box.kelas, lembar=lembar, kepala=box.kepala)
    result = compute_sheet(lembar, box.jenis, abk_reference(hari)) if lembar and lembar.get("baris") else None
    return RinciInfojab(
        infojab_id, box, path, isi, draf, lembar, loads_of(lembar, result), result, units, fields,
        completeness_of(values, fields),
        hari,
    )  # fmt: skip


class DaftarPemakai(Deret[tuple[Kotak, str]]):
    """The boxes that refer to an informasi jabatan with the names of their units, in order; only those taken
    are read (two statements). ``jabatan``: jabatan id and name of all of them."""

    def __init__(self, sudut: Sudut, infojab_id: int) -> None:
        """One statement."""
        self._sudut, self._infojab_id = sudut, infojab_id
        served = served_by(sudut, infojab_id)
        self.jabatan = [(jabatan_id, nama) for jabatan_id, nama, _n in served]
        self._banyak = sum(n for _jabatan_id, _nama, n in served)

    def __len__(self) -> int:
        return self._banyak

    def baca(self, mulai: int, banyak: int) -> list[tuple[Kotak, str]]:
        found = some_users(self._sudut, self._infojab_id, mulai, banyak)
        units = units_of(self._sudut, {box.unor_id for box in found})
        return [(box, units[box.unor_id].nama) for box in found]


def loads(lembar: Mapping[str, Any], result: HasilLembar) -> list[Beban]:
    """The rows of a sheet with their needs."""
    return [
        Beban(
            n, row.get("uraian", ""), row.get("volume"), row.get("norma"), row.get("satuan", ""), done.tampil
        )
        for n, (row, done) in enumerate(zip(lembar["baris"], result.hasil.baris, strict=True), 1)
    ]


def loads_of(lembar: Mapping[str, Any] | None, result: HasilLembar | None) -> dict[int | str, Beban]:
    """The rows of a sheet by the task they name, and by their words."""
    if not lembar or result is None:
        return {}
    found: dict[int | str, Beban] = {}
    for row, load in zip(lembar["baris"], loads(lembar, result), strict=True):
        for key in (row.get("tugas"), words(load.uraian)):
            if key:
                found.setdefault(key, load)
    return found


def code_lists() -> dict[str, list[dict[str, str]]]:
    """The code lists of syarat jabatan by field. One statement."""
    found: dict[str, list[dict[str, str]]] = {}
    rows = KodeSyarat.objects.filter(aktif=True).order_by("kelompok", "id")
    for kelompok, kode, nama, deskripsi in rows.values_list("kelompok", "kode", "nama", "deskripsi"):
        found.setdefault(kelompok, []).append({"kode": kode, "nama": nama, "deskripsi": deskripsi})
    return found
