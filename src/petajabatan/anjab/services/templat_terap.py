"""An operator's commands: units of the master into a draft, templates onto units; all as operations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from petajabatan.anjab.models import TemplatUnor, TemplatVersi
from petajabatan.anjab.queries.master import JENIS_KODE, JENIS_UNOR, mapped, region_masters
from petajabatan.anjab.queries.templat import branch_states, followers, published_versions
from petajabatan.anjab.rules.nama_master import unit_name
from petajabatan.anjab.rules.ringkas_simpangan import Dampak, impact
from petajabatan.anjab.rules.simpangan import (
    DILENGKAPI,
    DIMINTA,
    JENIS,
    Simpangan,
    UnitBaru,
    build,
    compare,
    operations,
)
from petajabatan.anjab.rules.templat import Templat, UnitTemplat, templat_of
from petajabatan.inti.actor import Actor
from petajabatan.inti.models import Pekerjaan
from petajabatan.inti.pekerjaan import Kemajuan, submit_job
from petajabatan.inti.temuan import Temuan, refuse
from petajabatan.jabatan.rules.beda import IsiUnor
from petajabatan.pegawai.queries import bezetting_of_boxes
from petajabatan.referensi.models import MasterUnor
from petajabatan.usulan.models import Operasi, Usulan
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.rules.operasi import KodeLuar
from petajabatan.usulan.services.draf import add_operations, require_editable
from petajabatan.usulan.services.hak import may_draft
from petajabatan.usulan.services.penyunting import HasilEdit
from petajabatan.usulan.services.simpan import lock

SEKALI_MAKS = 300
"""Units one action may make or bring in line."""
LANGSUNG = 10
"""Units up to which it is done at once; more is a job with progress."""


@dataclass(frozen=True)
class UnitSimpang:
    """A unit of the draft against a template version: the one it is compared with and its deviations;
    ``ikut`` the version it follows now (None: none)."""

    unit: IsiUnor
    versi: TemplatVersi
    simpangan: list[Simpangan]
    ikut: TemplatVersi | None = None

    @property
    def tertinggal(self) -> bool:
        """It follows an older version than the last published one."""
        return self.ikut is not None and self.ikut.pk != self.versi.pk


@dataclass(frozen=True)
class HasilTemplat:
    """What was done: ``unit`` the units concerned, ``edit`` None when there was nothing to change."""

    unit: list[int]
    edit: HasilEdit | None
    temuan: list[Temuan] = field(default_factory=list)

    def describe(self) -> dict[str, Any]:
        return {"unit": len(self.unit), "operasi": len(self.edit.nomor) if self.edit else 0}


def compare_units(actor: Actor, usulan_id: int, versi_id: int, unor_ids: Iterable[int]) -> list[UnitSimpang]:
    """How these units of the draft deviate from a version. Raises Http404, PermissionDenied, Ditolak."""
    usulan = _open(actor, usulan_id)
    return _compared(usulan, dict.fromkeys(unor_ids, versi_id))


def impact_of(rows: Sequence[UnitSimpang]) -> tuple[dict[str, Dampak], Dampak]:
    """What mending each kind on all these units would come to, and all kinds together. Two statements."""
    found = [s for row in rows for s in row.simpangan]
    boxes = {s.posisi_id for s in found if s.posisi_id is not None}
    people = {key: row.b for key, row in bezetting_of_boxes(boxes).items()} if boxes else {}
    return impact([s for s in found if s.jenis in (*DILENGKAPI, *DIMINTA)], people)


def deviations(actor: Actor, usulan_id: int) -> list[UnitSimpang]:
    """Every unit of the draft that follows a template, against the last published version of that template.
    Raises Http404, PermissionDenied."""
    usulan = usulan_for(actor, usulan_id)
    held = followers(usulan)
    rows = {row.pk: row for row in TemplatVersi.objects.filter(pk__in=set(held.values()))}
    last = {row.templat_id: row.pk for row in published_versions()}
    wanted = {key: last[rows[versi].templat_id] for key, versi in held.items() if versi in rows}
    return _compared(usulan, wanted, {key: rows[versi] for key, versi in held.items() if versi in rows})


def _compared(
    usulan: Usulan, wanted: dict[int, int], ikut: dict[int, TemplatVersi] | None = None
) -> list[UnitSimpang]:
    rows = {row.pk: row for row in TemplatVersi.objects.filter(pk__in=set(wanted.values()), status="terbit")}
    missing = [key for key in wanted.values() if key not in rows]
    if missing:
        refuse(
            "templat-tidak-ada",
            "Versi templat itu tidak ada, atau belum diterbitkan.",
            "Pilih templat lain.",
            kolom="versi_id",
            nilai=str(missing[0]),
        )
    if ikut is None:
        held = followers(usulan)
        known = {row.pk: row for row in TemplatVersi.objects.filter(pk__in=set(held.values()))}
        ikut = {key: known[versi] for key, versi in held.items() if versi in known}
    templates = {key: templat_of(row.isi) for key, row in rows.items()}
    states = branch_states(usulan, wanted)
    return [
        UnitSimpang(state.unor[0], rows[wanted[key]], compare(templates[wanted[key]], state), ikut.get(key))
        for key, state in states.items()
    ]


def apply_template(
    actor: Actor,
    usulan_id: int,
    versi_id: int,
    unor_ids: Sequence[int],
    *,
    jenis: Iterable[str] = DILENGKAPI,
    kunci: str | None = None,
    kemajuan: Kemajuan | None = None,
) -> HasilTemplat:
    """Bring units in line with a published version as one action: what is missing comes; K and kelas that
    differ are set and posts beyond it removed only where ``jenis`` names that kind. Which unit
    follows which version is recorded. Done twice it does nothing more. Raises Http404, PermissionDenied,
    Ditolak."""
    report = kemajuan or Kemajuan()
    kinds = [kind for kind in jenis if kind in JENIS]
    with transaction.atomic():
        usulan = _lock(actor, usulan_id)
        _check_number(unor_ids)
        report(0, None, "membandingkan dengan templat")
        found = _compared(usulan, dict.fromkeys(unor_ids, versi_id))
        lost = set(unor_ids) - {row.unit.id for row in found}
        if lost:
            refuse(
                "tujuan-tidak-ada",
                f"Unit {min(lost)} tidak ada pada peta usulan ini.",
                "Pilih unit lain.",
                kolom="unor_id",
                nilai=str(min(lost)),
            )
        versi = found[0].versi if found else None
        if versi is None:
            return HasilTemplat([], None)
        steps = operations(templat_of(versi.isi), [row.simpangan for row in found], kinds)
        edit = None
        if steps:
            told = f"Templat {versi.templat.nama} versi {versi.nomor}"
            edit = add_operations(actor, usulan_id, steps, alasan=told, kunci=kunci, kemajuan=report)
        fresh = [row.unit.id for row in found if row.ikut is None or row.ikut.pk != versi.pk]
        _record(actor, usulan, versi, fresh, edit)
        return HasilTemplat([row.unit.id for row in found], edit)


def add_from_master(
    actor: Actor,
    usulan_id: int,
    master_ids: Sequence[int],
    atasan_id: int,
    *,
    versi_id: int | None = None,
    kunci: str | None = None,
    kemajuan: Kemajuan | None = None,
) -> HasilTemplat:
    """Units of the master become units of the draft, linked by their key, with the posts of a template where
    one is chosen; one action. Those that are mapped already are left out with a finding. Raises Http404,
    PermissionDenied, Ditolak."""
    report = kemajuan or Kemajuan()
    with transaction.atomic():
        usulan = _lock(actor, usulan_id)
        _check_number(master_ids)
        report(0, None, "membaca master")
        rows = list(
            region_masters(usulan.instansi).filter(pk__in=list(master_ids)).order_by("jenis", "nama", "id")
        )
        strange = set(master_ids) - {m.pk for m in rows}
        if strange:
            refuse(
                "master-di-luar-wilayah",
                f"Unit master {min(strange)} tidak ada di wilayah instansi ini.",
                "Pilih dari daftar.",
                kolom="master_id",
                nilai=str(min(strange)),
            )
        held = mapped(usulan, rows)
        found = [
            Temuan(
                "sudah-dipetakan",
                "peringatan",
                f"{unit_name(m.nama)} sudah dipetakan sebagai {held[m.pk].nama}.",
                "Tidak ditambahkan lagi.",
                tempat=held[m.pk].instansi,
                nilai=m.kunci,
            )
            for m in rows
            if m.pk in held
        ]
        free = [m for m in rows if m.pk not in held]
        if not free:
            return HasilTemplat([], None, found)
        versi = _published(versi_id)
        templat = templat_of(versi.isi) if versi is not None else None
        steps, roots = build(atasan_id, [(templat or _bare(m.jenis), _unit(m)) for m in free])
        edit = add_operations(
            actor, usulan_id, steps, alasan="Dari master unit pembina", kunci=kunci, kemajuan=report
        )
        units = [edit.id_baru[key] for key in roots]
        if versi is not None:
            _record(actor, usulan, versi, units, edit)
        return HasilTemplat(units, edit, found)


def submit_templat(
    actor: Actor, usulan_id: int, jenis: str, masukan: dict[str, Any], judul: str
) -> Pekerjaan:
    """Queue one of the two as a job. ``jenis``: anjab-templat or anjab-master. Raises Http404,
    PermissionDenied, Ditolak."""
    usulan = _open(actor, usulan_id)
    require_editable(usulan)
    return submit_job(
        actor,
        jenis,
        f"{judul} ({usulan.nomor})"[:255],
        masukan | {"usulan_id": usulan.pk},
        instansi_id=usulan.instansi_id,
    )


def _open(actor: Actor, usulan_id: int) -> Usulan:
    usulan = usulan_for(actor, usulan_id)
    may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
    return usulan


def _lock(actor: Actor, usulan_id: int) -> Usulan:
    usulan = lock(usulan_id)
    may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
    require_editable(usulan)
    return usulan


def _check_number(ids: Sequence[int]) -> None:
    if not ids:
        refuse("tidak-ada-pilihan", "Belum ada unit yang dipilih.", "Centang sekurangnya satu unit.")
    if len(ids) > SEKALI_MAKS:
        refuse(
            "pilihan-terlalu-banyak",
            f"Sekali paling banyak {SEKALI_MAKS} unit.",
            "Bagi menjadi beberapa kali.",
        )


def _published(versi_id: int | None) -> TemplatVersi | None:
    if versi_id is None:
        return None
    row = TemplatVersi.objects.select_related("templat").filter(pk=versi_id, status="terbit").first()
    if row is None:
        refuse(
            "templat-tidak-ada",
            "Versi templat itu tidak ada, atau belum diterbitkan.",
            "Pilih templat lain.",
            kolom="versi_id",
            nilai=str(versi_id),
        )
    return row


def _bare(jenis: str) -> Templat:
    """A unit of the master alone, without posts."""
    return Templat((UnitTemplat("unit", "", jenis=JENIS_UNOR[jenis]),))


def _unit(m: MasterUnor) -> UnitBaru:
    kode = KodeLuar(jenis=JENIS_KODE[m.jenis], kode=m.kunci)
    return UnitBaru(unit_name(m.nama), kode, m.wilayah_id)


def _record(
    actor: Actor, usulan: Usulan, versi: TemplatVersi, units: Sequence[int], edit: HasilEdit | None
) -> None:
    """Which unit follows which version, and by which action (undone, it does not)."""
    group = None
    if edit is not None and edit.nomor:
        rows = Operasi.objects.filter(usulan=usulan, nomor=edit.nomor[0])
        group = rows.values_list("kelompok", flat=True).first()
    TemplatUnor.objects.bulk_create(
        TemplatUnor(
            instansi_id=usulan.instansi_id,
            unor_id=key,
            versi=versi,
            usulan_id=usulan.pk,
            kelompok=group,
            oleh=actor.nama[:200],
        )
        for key in units
    )
