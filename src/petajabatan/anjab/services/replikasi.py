"""Replicating posts of one structure to others: match, look, carry out; everything travels as operations of
the usulan and is one action, undone together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db import transaction

from petajabatan.anjab.queries.replikasi import (
    AsalSalin,
    branches_of,
    names_above,
    national_classes,
    source_of,
    target_of,
)
from petajabatan.anjab.rules.jodoh import Jodoh, match_trees, score
from petajabatan.anjab.rules.replikasi import Pilihan, Rencana, operations, plan, sheet_for
from petajabatan.inti.actor import Actor
from petajabatan.inti.models import Pekerjaan
from petajabatan.inti.pekerjaan import Kemajuan, submit_job
from petajabatan.inti.temuan import refuse
from petajabatan.jabatan.rules.beda import IsiUnor
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.rules.hitungan import calculate
from petajabatan.usulan.services.draf import add_operations, require_editable
from petajabatan.usulan.services.hak import may_draft, rights_in
from petajabatan.usulan.services.penyunting import HasilEdit
from petajabatan.usulan.services.simpan import lock

TUJUAN_MAKS = 200
"""Target units one source may be copied to at once."""
UNIT_MAKS = 500
"""Units of a source."""
SALINAN_MAKS = 20_000
"""Boxes one action may touch."""
LANGSUNG = 25
"""Boxes up to which the copy is made at once; more is a job with progress."""


@dataclass(frozen=True)
class Permintaan:
    """What to copy: the source unit, pairs of (source unit, target unit), which source boxes (None: all) and
    what comes along. Ids only, so that a job can keep it."""

    sumber: int
    pasangan: tuple[tuple[int, int], ...]
    posisi: tuple[int, ...] | None = None
    pilihan: Pilihan = field(default_factory=Pilihan)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_dict(cls, values: Mapping[str, Any]) -> Permintaan:
        boxes = values.get("posisi")
        return cls(
            int(values["sumber"]),
            tuple((int(one), int(two)) for one, two in values["pasangan"]),
            None if boxes is None else tuple(int(key) for key in boxes),
            Pilihan(**values.get("pilihan", {})),
        )


@dataclass(frozen=True)
class Pratinjau:
    """What would be done, and on which revision of the draft that was found."""

    asal: AsalSalin
    rencana: Rencana
    revisi: int


@dataclass(frozen=True)
class HasilReplikasi:
    """What was done; ``edit`` None when there was nothing to do."""

    rencana: Rencana
    edit: HasilEdit | None

    def describe(self) -> dict[str, Any]:
        """Figures for the jobs page and the API."""
        done = self.edit is not None
        return self.rencana.ringkas() | {"operasi": len(self.edit.nomor) if done and self.edit else 0}


def propose(
    actor: Actor, usulan_id: int, sumber: int, tujuan: Sequence[int]
) -> tuple[AsalSalin, list[Jodoh]]:
    """The source, and which of its units would go to which units under each of the chosen targets, with the
    score of every pair. Raises Http404, PermissionDenied, Ditolak."""
    usulan = _open(actor, usulan_id)
    asal = _source(usulan, sumber)
    if len(tujuan) > TUJUAN_MAKS:
        refuse(
            "tujuan-terlalu-banyak",
            f"Sekali salin paling banyak ke {TUJUAN_MAKS} unit.",
            "Bagi menjadi beberapa kali.",
            kolom="tujuan",
        )
    view = PandanganDraf(usulan)
    found: list[Jodoh] = []
    for key, units in branches_of(view, tujuan).items():
        found += match_trees(asal.isi.unor, units, asal.atas, names_above(view, key))
    return asal, found


def explain_pairs(
    actor: Actor, usulan_id: int, sumber: int, pasangan: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], Jodoh]:
    """The score of pairs that a person chose. Pairs that do not exist are left out."""
    usulan = _open(actor, usulan_id)
    asal = _source(usulan, sumber)
    units = {u.id: u for u in asal.isi.unor}
    wanted = [pair for pair in dict.fromkeys(pasangan) if pair[0] in units]
    view = PandanganDraf(usulan)
    states = view.keadaan("unor", [two for _, two in wanted])
    found = {}
    for one, two in wanted:
        isi = states[two].isi
        if isinstance(isi, IsiUnor):
            found[one, two] = score(units[one], isi, asal.atas, names_above(view, two))
    return found


def preview(actor: Actor, usulan_id: int, permintaan: Permintaan) -> Pratinjau:
    """What would be done; nothing is stored. Raises Http404, PermissionDenied, Ditolak."""
    usulan = _open(actor, usulan_id)
    asal = _source(usulan, permintaan.sumber)
    return Pratinjau(asal, _plan(actor, usulan, asal, permintaan), usulan.revisi)


def replicate(
    actor: Actor,
    usulan_id: int,
    permintaan: Permintaan,
    *,
    kunci: str | None = None,
    kemajuan: Kemajuan | None = None,
) -> HasilReplikasi:
    """Carry it out as one action. What is there already is completed and never doubled nor overwritten, so
    the same request again does nothing. Raises Http404, PermissionDenied, Ditolak."""
    report = kemajuan or Kemajuan()
    with transaction.atomic():
        usulan = lock(usulan_id)
        may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
        require_editable(usulan)
        report(0, None, "membaca sumber dan tujuan")
        asal = _source(usulan, permintaan.sumber)
        rencana = _plan(actor, usulan, asal, permintaan)
        steps = operations(rencana, asal.isi, permintaan.pilihan)
        if not steps:
            return HasilReplikasi(rencana, None)
        told = f"Disalin dari {asal.unit.nama}, {asal.instansi}"
        told += f" (versi {asal.versi})" if asal.versi is not None else ""
        edit = add_operations(actor, usulan_id, steps, alasan=told, kunci=kunci, kemajuan=report)
        return HasilReplikasi(rencana, edit)


def submit_replication(actor: Actor, usulan_id: int, permintaan: Permintaan) -> Pekerjaan:
    """Queue it as a job. Raises Http404, PermissionDenied, Ditolak."""
    usulan = _open(actor, usulan_id)
    require_editable(usulan)
    asal = _source(usulan, permintaan.sumber)
    _check_size(asal, permintaan)
    title = f"Salin jabatan dari {asal.unit.nama} ke {usulan.nomor}"
    masukan = permintaan.as_dict() | {"usulan_id": usulan.pk}
    return submit_job(actor, "anjab-replikasi", title[:255], masukan, instansi_id=usulan.instansi_id)


def is_large(pratinjau: Pratinjau) -> bool:
    """Whether carrying it out takes longer than a person likes to wait."""
    return len(pratinjau.rencana.salin) > LANGSUNG


def _open(actor: Actor, usulan_id: int) -> Usulan:
    usulan = usulan_for(actor, usulan_id)
    may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
    return usulan


def _source(usulan: Usulan, unor_id: int) -> AsalSalin:
    asal = source_of(usulan, unor_id)
    if asal is None:
        refuse(
            "sumber-tidak-ada",
            f"Unit {unor_id} tidak ada pada peta terbit mana pun maupun pada usulan ini.",
            "Cari lagi unit sumbernya.",
            kolom="sumber",
            nilai=str(unor_id),
        )
    if len(asal.isi.unor) > UNIT_MAKS:
        refuse(
            "sumber-terlalu-besar",
            f"{asal.unit.nama} mempunyai {len(asal.isi.unor)} unit; sekali salin paling banyak {UNIT_MAKS}.",
            "Pilih unit di bawahnya satu per satu.",
            kolom="sumber",
        )
    return asal


def _check_size(asal: AsalSalin, permintaan: Permintaan) -> None:
    boxes = sum(len(asal.isi.kotak.get(one, ())) for one, _ in permintaan.pasangan)
    if boxes > SALINAN_MAKS:
        refuse(
            "salinan-terlalu-banyak",
            f"Salinan ini menyangkut {boxes} jabatan; sekali salin paling banyak {SALINAN_MAKS}.",
            "Kurangi unit tujuannya.",
            kolom="pasangan",
        )


def _plan(actor: Actor, usulan: Usulan, asal: AsalSalin, permintaan: Permintaan) -> Rencana:
    units = {u.id for u in asal.isi.unor}
    strange = [one for one, _ in permintaan.pasangan if one not in units]
    if strange:
        refuse(
            "pasangan-tidak-dikenal",
            f"Unit {strange[0]} bukan bagian dari {asal.unit.nama}.",
            "Muat ulang pasangan unitnya.",
            kolom="pasangan",
            nilai=str(strange[0]),
        )
    _check_size(asal, permintaan)
    view = PandanganDraf(usulan)
    targets = list(dict.fromkeys(two for _, two in permintaan.pasangan))
    states = view.keadaan("unor", targets)
    missing = [key for key in targets if not states[key].hidup]
    if missing:
        refuse(
            "tujuan-tidak-ada",
            f"Unit tujuan {missing[0]} tidak ada pada peta usulan ini.",
            "Pilih unit tujuan yang masih ada.",
            kolom="pasangan",
            nilai=str(missing[0]),
        )
    jobs = {b.jabatan_id for group in asal.isi.kotak.values() for b in group if b.jabatan_id is not None}
    pilihan = permintaan.pilihan
    if "unor" not in rights_in(actor, usulan):
        pilihan = replace(pilihan, posisi_baru=False)
    return plan(
        asal.isi,
        target_of(usulan, targets, view),
        permintaan.pasangan,
        pilihan,
        jabatan=view.acuan.jabatan(jobs),
        kelas_nasional=national_classes(usulan.instansi_id, jobs),
        posisi=permintaan.posisi,
        k_lembar=_needs(view, asal, pilihan),
    )


def _needs(view: PandanganDraf, asal: AsalSalin, pilihan: Pilihan) -> dict[int, int]:
    """The K that the sheets of the source give with the norms and policy of this draft."""
    if not (pilihan.abk and pilihan.k):
        return {}
    made: dict[int, int] = {}
    for box in (b for group in asal.isi.kotak.values() for b in group):
        held = asal.isi.abk.get(box.id)
        k = calculate(view, sheet_for(held, True), box.jenis).k if held else None
        if k is not None:
            made[box.id] = k
    return made
