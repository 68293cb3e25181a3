"""What the ABK grid and its explanation read: the box, its sheet and tasks in a draft or as published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from petajabatan.anjab.rules.abk import Tugas
from petajabatan.anjab.rules.abk_hitung import Kotak
from petajabatan.inti.actor import Actor
from petajabatan.inti.jam import JAKARTA
from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.queries import PetaTidakAda, posisi_detail
from petajabatan.jabatan.queries.abk import norms_elsewhere, reference_for
from petajabatan.jabatan.queries.isian import sections_as_of, sheets_as_of
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.queries.pohon import PosisiRinci
from petajabatan.jabatan.queries.versi import version_of
from petajabatan.jabatan.rules.abk.angka import write_number
from petajabatan.jabatan.rules.abk.lembar import AcuanAbk, compute_sheet, rows_of
from petajabatan.jabatan.rules.abk.sebab import Penjelasan, RekomendasiJF, explain, explain_recommendation
from petajabatan.jabatan.rules.abk.sebaran import distribution, find_outliers
from petajabatan.jabatan.rules.beda import IsiPosisi
from petajabatan.organisasi.models import PetaVersi
from petajabatan.usulan.models import Usulan, UsulanPosisi
from petajabatan.usulan.queries.acuan import b_of_boxes
from petajabatan.usulan.queries.isian import contents_of, sheets_of
from petajabatan.usulan.queries.pandangan import BOX_COLUMNS, isi_of_json, row_of
from petajabatan.usulan.queries.terlihat import usulan_for

_BOX = f"""SELECT {BOX_COLUMNS} FROM posisi_riwayat r WHERE r.posisi_id = %(id)s
  AND r.instansi_id = %(instansi)s AND r.sejak <= %(versi)s AND r.hingga > %(versi)s"""


@dataclass(frozen=True)
class LembarDraf:
    """A box in a draft and what its sheet is calculated with. ``semula``: its sheet as published and as
    stored last, as far as there is one."""

    usulan: Usulan
    posisi: IsiPosisi
    kotak: Kotak
    acuan: AcuanAbk
    tugas: tuple[Tugas, ...]
    semula: tuple[Mapping[str, Any] | None, ...] = ()


def box_of_draft(usulan: Usulan, posisi_id: int) -> IsiPosisi:
    """The box as the draft has it. Two statements at most. Raises Http404 for one that is not on its map."""
    touched = UsulanPosisi.objects.filter(usulan=usulan, posisi_id=posisi_id).values_list(
        "sesudah", flat=True
    )
    found = list(touched)
    if found:
        box = isi_of_json("posisi", found[0])
    else:
        params = {"id": posisi_id, "instansi": usulan.instansi_id, "versi": usulan.dasar_versi}
        base = fetch(_BOX, params)
        box = row_of("posisi", base[0]) if base else None
    if not isinstance(box, IsiPosisi):
        raise Http404(_("Jabatan itu tidak ada pada peta usulan ini."))
    return box


def tasks_of(sections: Mapping[str, Any]) -> tuple[Tugas, ...]:
    """The tasks of an informasi jabatan, by the content of its sections."""
    rows = (sections.get("tugas_pokok") or {}).get("tugas_pokok") or []
    return tuple(
        Tugas(row["id"], row.get("uraian", ""), row.get("satuan") or row.get("hasil", ""))
        for row in rows
        if row.get("id") and row.get("uraian")
    )


def draft_sheet(actor: Actor, usulan_id: int, posisi_id: int) -> LembarDraf:
    """What *hitung* needs, whatever the size of sheet, draft and map: nine statements at most besides the
    clock's. Raises Http404."""
    usulan = usulan_for(actor, usulan_id)
    box = box_of_draft(usulan, posisi_id)
    tasks: tuple[Tugas, ...] = ()
    if box.infojab_id is not None:
        tasks = tasks_of(contents_of(usulan, [box.infojab_id])[box.infojab_id])
    b = b_of_boxes([posisi_id]).get(posisi_id, 0)
    held = sheets_of(usulan, [posisi_id]).get(posisi_id)
    before = (held.terbit, held.isi) if held else ()
    acuan = reference_for(usulan.instansi_id)
    return LembarDraf(usulan, box, Kotak(box.jenis, box.kepala, b), acuan, tasks, before)


@dataclass(frozen=True)
class Sebab:
    """Why the K of a box is what it is. ``asal``: draft and revision, or version; ``isi`` None: no sheet."""

    nama: str
    k_peta: int | None
    kepala: bool
    b: int
    isi: Mapping[str, Any] | None
    penjelasan: Penjelasan | None
    catatan: tuple[str, ...]
    asal: str
    pada: dt.date | None = None


def explain_draft(actor: Actor, usulan_id: int, posisi_id: int) -> Sebab:
    """The K of a box in a draft. Raises Http404."""
    usulan = usulan_for(actor, usulan_id)
    box = box_of_draft(usulan, posisi_id)
    found = sheets_of(usulan, [posisi_id]).get(posisi_id)
    b = b_of_boxes([posisi_id]).get(posisi_id, 0)
    origin = _("Usulan %(nomor)s, revisi %(revisi)s") % {"nomor": usulan.nomor, "revisi": usulan.revisi}
    return _why(
        box.nama,
        box.k,
        box.jenis,
        box.kepala,
        b,
        None if found is None else found.isi,
        reference_for(usulan.instansi_id),
        origin,
    )


def explain_published(instansi_id: int, posisi_id: int, versi: int | None = None) -> Sebab:
    """The K of a box as a version has it. Raises PetaTidakAda."""
    found = published_sheet(instansi_id, posisi_id, versi)
    box, version = found.posisi, found.versi
    origin = _("Peta jabatan versi %(n)s") % {"n": version.nomor}
    return _why(
        box.nama,
        box.k,
        box.jenis,
        box.kepala,
        found.kotak.b or 0,
        found.isi,
        found.acuan,
        origin,
        version.berlaku,
    )


def _why(
    nama: str,
    k: int | None,
    jenis: str,
    kepala: bool,
    b: int,
    isi: Mapping[str, Any] | None,
    acuan: AcuanAbk,
    asal: str,
    pada: dt.date | None = None,
) -> Sebab:
    if isi is None:
        return Sebab(nama, k, kepala, b, None, None, (), asal, pada)
    sheet = compute_sheet(isi, jenis, acuan)
    notes = []
    advice = isi.get("rekomendasi")
    if sheet.dari == "rekomendasi" and advice and advice.get("k") is not None:
        said = RekomendasiJF(
            int(advice["k"]), advice.get("pembina", ""), advice.get("metode", ""), advice.get("dokumen", ""),
            _day(advice.get("tanggal")),
        )  # fmt: skip
        why = explain_recommendation(said, jenis, sheet.hasil)
    else:
        why = explain(sheet.hasil)
    if acuan.pilihan and not isi.get("kebijakan") and jenis != "struktural":
        notes.append(_("Cara pembulatan dipilih instansi untuk semua lembarnya."))
    if kepala:
        notes.append(_("Jabatan pimpinan unit selalu satu kursi, berapa pun hasil lembarnya."))
    elif sheet.k is not None and sheet.k != k:
        now = "–" if k is None else write_number(k)
        notes.append(_("K pada peta %(peta)s, sedangkan lembar ini menghitung %(lembar)s.")
                     % {"peta": now, "lembar": write_number(sheet.k)})  # fmt: skip
    return Sebab(nama, k, kepala, b, isi, why, tuple(notes), asal, pada)


def _day(text: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


@dataclass(frozen=True)
class Perbandingan:
    """The rows of a sheet against the same jabatan elsewhere: how many norms of how many instansi, their
    quartiles (minutes, as offices write them), and what stands out."""

    n: int
    instansi: int
    sebaran: dict[str, str] | None
    temuan: list[Temuan]


def compare_norms(
    acuan: AcuanAbk, jabatan_id: int | None, posisi_id: int, isi: Mapping[str, Any]
) -> Perbandingan:
    """One statement, whatever the number of sheets. A box without a jabatan of the list (most structural
    posts) has nothing to be compared with."""
    if jabatan_id is None:
        return Perbandingan(0, 0, None, [])
    others = norms_elsewhere(jabatan_id, posisi_id)
    whole = distribution((norm for _text, norm in others.norma), acuan.ambang)
    outliers = find_outliers(rows_of(isi), others.norma, acuan.ambang)
    figures = ("q1", "median", "q3", "batas_bawah", "batas_atas")
    spread = None if whole is None else {name: write_number(getattr(whole, name)) for name in figures}
    return Perbandingan(len(others.norma), others.instansi, spread, [o.temuan for o in outliers])


@dataclass(frozen=True)
class LembarTerbit:
    """A box as a version has it: its sheet (None without one) and the tasks of its informasi jabatan."""

    versi: PetaVersi
    posisi: PosisiRinci
    isi: dict[str, Any] | None
    kotak: Kotak
    acuan: AcuanAbk
    tugas: tuple[Tugas, ...]


def published_sheet(instansi_id: int, posisi_id: int, versi: int | None = None) -> LembarTerbit:
    """The sheet of a box as a version has it, explained by what was in force when it was published. Raises
    PetaTidakAda."""
    version = version_of(instansi_id, versi)
    box = posisi_detail(posisi_id, versi=version.nomor)
    if box.instansi_id != instansi_id:
        raise PetaTidakAda(_("Itu bukan bagian dari peta jabatan instansi ini."))
    isi = sheets_as_of(instansi_id, version.nomor, [posisi_id]).get(posisi_id)
    tasks: tuple[Tugas, ...] = ()
    if box.infojab_id is not None:
        tasks = tasks_of(sections_as_of(instansi_id, version.nomor, [box.infojab_id])[box.infojab_id])
    b = b_of_boxes([posisi_id]).get(posisi_id, 0)
    acuan = reference_for(instansi_id, version.ditetapkan_pada.astimezone(JAKARTA).date())
    return LembarTerbit(version, box, isi, Kotak(box.jenis, box.kepala, b), acuan, tasks)
