"""The draft as a workbook and back: what was edited in the spreadsheet becomes operations."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.db import transaction

from petajabatan.inti.actor import Actor, sistem
from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.inti.temuan import Ditolak, Temuan, count_by_code, has_errors
from petajabatan.jabatan.queries.acuan import jabatan_for
from petajabatan.jabatan.queries.versi import last_version
from petajabatan.jabatan.services.impor import LaporanUnor
from petajabatan.jabatan.services.siapkan import resolve_units
from petajabatan.jabatan.services.terbit import Perubahan
from petajabatan.organisasi.importers import read_unor, siasn_csv
from petajabatan.organisasi.queries import acuan_of
from petajabatan.organisasi.rules.baris import BarisUnor
from petajabatan.organisasi.rules.catatan import Catatan
from petajabatan.organisasi.rules.muatan import KOLOM_UNOR, Muatan
from petajabatan.organisasi.rules.periksa import check_units
from petajabatan.organisasi.rules.periksa_posisi import check_boxes
from petajabatan.referensi.models import Instansi
from petajabatan.usulan.models import Operasi, Usulan
from petajabatan.usulan.queries.draf import whole_draft
from petajabatan.usulan.rules.banding import OperasiBaris, Rencana, compare_load, rehearse
from petajabatan.usulan.rules.basi import Sentuhan, stale_finding, touched_since
from petajabatan.usulan.rules.objek import Kunci, perubahan_from_json
from petajabatan.usulan.rules.operasi import TambahUnor
from petajabatan.usulan.rules.pandangan import PetaDraf
from petajabatan.usulan.services.draf import add_operations, create_usulan
from petajabatan.usulan.services.hak import may_draft
from petajabatan.usulan.services.lembar_keluar import draft_for_sheet
from petajabatan.usulan.services.lembar_kunci import BARIS, rows_brought_in
from petajabatan.usulan.services.penyunting import HasilEdit


@dataclass
class HasilLembar:
    """What came of a workbook. ``operasi``: how many it comes to; ``ditolak``: how many the rules refused
    (each has a finding with sheet and row); ``edit``: what was done, None when it was only checked or nothing
    was done."""

    operasi: int = 0
    ditolak: int = 0
    per_jenis: dict[str, int] = field(default_factory=dict)
    temuan: list[Temuan] = field(default_factory=list)
    edit: HasilEdit | None = None
    rencana: list[OperasiBaris] = field(default_factory=list)
    """The operations with their sentences; only of a check."""
    terbaca: bool = True
    """False: the file was refused as a whole."""

    @property
    def ok(self) -> bool:
        return not has_errors(self.temuan)


def import_sheet(
    actor: Actor,
    usulan_id: int,
    path: Path,
    *,
    nama: str = "",
    periksa: bool = False,
    lewati_ditolak: bool = False,
    lengkap: bool = True,
    kunci: str | None = None,
    kemajuan: Kemajuan | None = None,
) -> HasilLembar:
    """Bring a workbook (or a SIASN file) into a draft: the difference becomes operations of one action.

    A file that cannot be read or does not hold together is refused as a whole. Differences the rules refuse
    are findings with sheet and row; then nothing is stored, unless ``lewati_ditolak`` takes the others.
    ``periksa`` only checks; ``lengkap`` False leaves units alone that the file does not have. Raises Http404,
    PermissionDenied.
    """
    usulan = draft_for_sheet(actor, usulan_id)
    label = nama or Path(path).name
    return _bring_in(
        actor,
        usulan,
        Path(path),
        label,
        periksa=periksa,
        lewati_ditolak=lewati_ditolak,
        lengkap=lengkap,
        kunci=kunci,
        kemajuan=kemajuan,
    )[0]


def check_file(instansi_id: int, path: Path, nama: str) -> HasilLembar:
    """What a structure file would add to and change on the published map; nothing is stored."""
    last = last_version(instansi_id)
    draft = Usulan(instansi_id=instansi_id, dasar_versi=last.nomor if last else 0)
    return _bring_in(sistem("periksa berkas"), draft, path, nama, periksa=True, lengkap=False)[0]


def _bring_in(
    actor: Actor,
    usulan: Usulan,
    path: Path,
    nama: str,
    *,
    periksa: bool,
    lewati_ditolak: bool = False,
    lengkap: bool = True,
    kunci: str | None = None,
    kemajuan: Kemajuan | None = None,
) -> tuple[HasilLembar, Muatan | None]:
    """Read, compare, carry out; the load is None when the file was refused as a whole."""
    report = kemajuan or Kemajuan()
    report(0, None, "membaca berkas")
    view = whole_draft(usulan, draf=usulan.pk is not None, semua_orang=True)
    try:
        muatan, notes, since = _read(usulan, view, path, nama)
    except Ditolak as refused:
        return HasilLembar(temuan=refused.temuan, terbaca=False), None
    found = [t for note in notes for t in note.temuan]
    if any(note.galat for note in notes):
        return HasilLembar(temuan=found, terbaca=False), None
    report(0, len(muatan.unor), "membandingkan dengan draf")
    muatan.lengkap = lengkap
    plan = _plan(actor, usulan, view, muatan, since)
    result = HasilLembar(len(plan.operasi), plan.ditolak, _by_kind(plan), found + plan.temuan)
    if periksa:
        result.rencana = plan.operasi
    if periksa or not plan.operasi or (plan.ditolak and not lewati_ditolak):
        return result, muatan
    report(0, len(plan.operasi), "menyimpan operasi")
    reason = f"Impor lembar kerja {nama}"
    result.edit = add_operations(
        actor, usulan.pk, [row.operasi for row in plan.operasi], alasan=reason, kunci=kunci
    )
    report(len(plan.operasi), len(plan.operasi), "menyimpan operasi")
    return result, muatan


def import_as_draft(
    actor: Actor,
    instansi_id: int,
    path: Path,
    *,
    nama: str = "",
    periksa: bool = False,
    kemajuan: Kemajuan | None = None,
) -> LaporanUnor:
    """A unit file of an instansi whose map changes by usulan: a new draft of kind injeksi with the
    differences from the published map. Differences the rules refuse are left out and told; a file that does
    not hold together, or differs in nothing, makes no draft; the same file again gives the same draft.
    Raises PermissionDenied, Ditolak."""
    may_draft(actor, instansi_id)
    last = last_version(instansi_id)
    assert last is not None
    label = nama or path.name
    with transaction.atomic():
        draft = Usulan(instansi_id=instansi_id, dasar_versi=last.nomor)
        if not periksa:
            draft = create_usulan(
                actor,
                instansi_id,
                judul=f"Impor {label}"[:200],
                jenis=Usulan.Jenis.INJEKSI,
                kunci=_file_key(path, last.nomor),
            )
        if draft.revisi:
            return _report(HasilLembar(), Muatan([]), draft, last.nomor, periksa)
        result, muatan = _bring_in(
            actor, draft, path, label, periksa=periksa, lewati_ditolak=True, kemajuan=kemajuan
        )
        if draft.pk is not None and result.edit is None:
            draft.status = Usulan.Status.DIBATALKAN
            draft.save(update_fields=["status"])
    return _report(result, muatan, draft if result.edit else None, last.nomor, periksa)


def _file_key(path: Path, versi: int) -> str | None:
    """The same content on the same version is the same import; None for a file that is not there."""
    if not path.is_file():
        return None
    with path.open("rb") as stream:
        return f"impor-{versi}-{hashlib.file_digest(stream, 'sha256').hexdigest()[:48]}"


def _report(
    result: HasilLembar, muatan: Muatan | None, draft: Usulan | None, versi: int, periksa: bool
) -> LaporanUnor:
    """The import's own report, so that pages and the command line show one thing."""
    count = result.per_jenis.get
    moved = sum(count(kind, 0) for kind in ("koreksi-nama", "pindah-unor", "ubah-unor", "perbarui-dasar"))
    box = Perubahan(
        count("tambah-posisi", 0), count("ubah-k", 0) + count("ubah-kelas", 0), count("hapus-posisi", 0)
    )
    n = len(muatan.unor) if muatan else 0
    return LaporanUnor(
        ok=muatan is not None,
        baris=n,
        ditambah=count("tambah-unor", 0),
        diubah=moved,
        dihapus=count("hapus-unor", 0),
        sama=max(0, n - count("tambah-unor", 0) - moved),
        posisi=box,
        versi=versi,
        usulan_id=draft.pk if draft else None,
        periksa=periksa,
        temuan=[
            replace(t, tingkat="peringatan") if muatan is not None and t.tingkat == "galat" else t
            for t in result.temuan
        ],
        jumlah_temuan=count_by_code(result.temuan),
    )


def _by_kind(plan: Rencana) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in plan.operasi:
        counts[row.operasi.jenis] = counts.get(row.operasi.jenis, 0) + 1
    return counts


def _read(usulan: Usulan, view: PetaDraf, path: Path, nama: str) -> tuple[Muatan, list[Catatan], int | None]:
    """The load, its findings, and the last operation that the workbook knows of (None: not of this draft)."""
    instansi = Instansi.objects.get(pk=usulan.instansi_id)
    reading = read_unor(path, None, nama or None)
    notes = [Catatan(name or reading.lembar[0]) for name in reading.lembar]
    if reading.instansi and reading.instansi.lower() != instansi.id_siasn.lower():
        notes[0].add(
            "instansi-lain",
            f"Lembar kerja ini milik instansi {reading.instansi}, bukan {instansi.nama}.",
            "Unduh lembar kerja dari usulan ini.",
            nilai=reading.instansi,
        )
    own = usulan.pk is not None and reading.usulan == usulan.nomor
    if usulan.pk is not None and reading.usulan and not own:
        raise Ditolak(
            [
                Temuan(
                    "usulan-lain",
                    "galat",
                    f"Lembar kerja ini diunduh dari usulan {reading.usulan}, bukan {usulan.nomor}.",
                    f"Unduh lembar kerja dari usulan {usulan.nomor}, lalu ulangi suntingan Anda di sana.",
                    nama,
                    nilai=reading.usulan,
                )
            ]
        )
    if reading.format == "siasn-csv":
        siasn_csv.check_prefixes(reading.unor, notes[0])
    if reading.format == "xlsx":
        _name_new_rows(reading.unor)
    acuan = acuan_of(instansi, reading)
    acuan = replace(acuan, milik_kami=acuan.milik_kami | {unit.id for unit in view.units()})
    units = check_units(reading.unor, acuan, notes[0], siasn=reading.kunci_siasn)
    boxes = None
    if reading.posisi is not None:
        boxes = check_boxes(reading.posisi, units, jabatan_for(reading.posisi), notes[1])
    carried = {"dasar_hukum_id" if name == "dasar_hukum" else name for name in reading.kolom}
    known = reading.operasi if own else None
    return Muatan(units, boxes, [], frozenset(carried) & frozenset(KOLOM_UNOR)), notes, known


def _name_new_rows(rows: list[BarisUnor]) -> None:
    """A row without an id is a new unit; only rows below it or boxes on it need an id of its own."""
    for row in rows:
        if not row.id and row.nama:
            row.id = f"{BARIS}{row.baris}"


def _since(usulan: Usulan, nomor: int | None) -> dict[Kunci, Sentuhan]:
    """What was done in the draft after that operation. One statement."""
    if nomor is None or usulan.pk is None:
        return {}
    rows = Operasi.objects.filter(usulan=usulan, nomor__gt=nomor).order_by("nomor")
    return touched_since(
        (n, oleh, perubahan_from_json(steps))
        for n, oleh, steps in rows.values_list("nomor", "oleh", "perubahan")
    )


def _plan(actor: Actor, usulan: Usulan, view: PetaDraf, muatan: Muatan, nomor: int | None) -> Rencana:
    sejak = _since(usulan, nomor)
    known = resolve_units(usulan.instansi_id, muatan.unor)
    alive = {unit.id for unit in view.units()}
    known |= {unit.kunci: unit.id for unit in muatan.unor if unit.id is not None}
    known |= rows_brought_in(actor, usulan, muatan, known, nomor)
    ids = {kunci: key for kunci, key in known.items() if key in alive}
    rows = compare_load(view, muatan, ids)
    gone = {
        unit.baris: (unit, sejak["unor", known[unit.kunci]])
        for unit in muatan.unor
        if unit.kunci in known and unit.kunci not in ids and ("unor", known[unit.kunci]) in sejak
    }  # removed in the draft since: the sheet would bring it back as a new unit
    kept = [r for r in rows if not (isinstance(r.operasi, TambahUnor) and r.baris in gone)]
    plan = rehearse(view, kept, sejak)
    plan.temuan += [stale_finding(s, unit.nama, "Unor", baris) for baris, (unit, s) in gone.items()]
    return plan


def describe(result: HasilLembar) -> dict[str, Any]:
    """For the job's result and ``--json``."""
    return {
        "ok": result.ok,
        "operasi": result.operasi,
        "ditolak": result.ditolak,
        "per_jenis": result.per_jenis,
        "tersimpan": result.edit is not None,
        "revisi": result.edit.revisi if result.edit else None,
    }


__all__ = [
    "HasilLembar",
    "describe",
    "import_as_draft",
    "import_sheet",
]
