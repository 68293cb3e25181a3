"""Importing a unit file: read, check, compare, write — the whole file or nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from django.http import Http404

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.izin import require
from petajabatan.inti.jam import today
from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.jabatan.queries.acuan import jabatan_for
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.queries.versi import last_version
from petajabatan.jabatan.services.terbit import Perubahan, Terbitan, publish
from petajabatan.organisasi.importers import read_unor, siasn_csv, siasn_json
from petajabatan.organisasi.models import PetaVersi
from petajabatan.organisasi.queries import acuan_of
from petajabatan.organisasi.rules.baris import Bacaan
from petajabatan.organisasi.rules.catatan import Catatan
from petajabatan.organisasi.rules.muatan import KOLOM_UNOR, Muatan
from petajabatan.organisasi.rules.periksa import check_units
from petajabatan.organisasi.rules.periksa_posisi import check_boxes, check_codes
from petajabatan.referensi.models import Instansi

JUDUL = {"siasn-json": siasn_json.JUDUL, "siasn-csv": siasn_csv.JUDUL_BAKU, "xlsx": {}}


@dataclass
class LaporanUnor:
    """What came of a unit file. ``ok`` False: nothing was stored and ``temuan`` says why. ``baris`` rows of
    units read; the counts are of units, ``posisi`` those of boxes; ``versi`` the version now in the map,
    ``versi_baru`` whether this file made it; ``usulan_id`` the draft it became instead, where the map changes
    by usulan. ``jumlah_temuan`` counts all findings by code, also those that ``temuan`` no longer lists."""

    ok: bool
    format: str = ""
    baris: int = 0
    ditambah: int = 0
    diubah: int = 0
    sama: int = 0
    dihapus: int = 0
    posisi: Perubahan = field(default_factory=Perubahan)
    versi: int | None = None
    versi_baru: bool = False
    usulan_id: int | None = None
    periksa: bool = False
    temuan: list[Temuan] = field(default_factory=list)
    jumlah_temuan: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``, the job's result and the API; findings as dictionaries."""
        return {
            "ok": self.ok,
            "format": self.format,
            "periksa": self.periksa,
            "baris": self.baris,
            "ditambah": self.ditambah,
            "diubah": self.diubah,
            "sama": self.sama,
            "dihapus": self.dihapus,
            "posisi": {
                "ditambah": self.posisi.ditambah,
                "diubah": self.posisi.diubah,
                "dihapus": self.posisi.dihapus,
            },
            "versi": self.versi,
            "versi_baru": self.versi_baru,
            "usulan_id": self.usulan_id,
            "jumlah_temuan": self.jumlah_temuan,
            "temuan": [t.as_dict() for t in self.temuan],
        }


class JalanDraf(Protocol):
    """How a unit file of an instansi whose map changes by usulan becomes a draft."""

    def __call__(
        self,
        actor: Actor,
        instansi_id: int,
        path: Path,
        *,
        nama: str,
        periksa: bool,
        kemajuan: Kemajuan | None,
    ) -> LaporanUnor: ...


_JALAN_DRAF: list[JalanDraf] = []


def set_draft_route(route: JalanDraf) -> None:
    """Tell how a file becomes a draft; called by ``usulan``, which this app may not import."""
    _JALAN_DRAF[:] = [route]


def changes_by_usulan(instansi_id: int) -> bool:
    """Whether this instansi's map already changes by usulan: files then become drafts. One statement; the
    table belongs to the app above, only its existence is asked for, past the wall."""
    return bool(fetch("SELECT ada_usulan(%(instansi)s)", {"instansi": instansi_id})[0][0])


def import_unor(
    actor: Actor,
    instansi_id: int,
    path: Path,
    *,
    format: str | None = None,
    periksa: bool = False,
    berlaku: dt.date | None = None,
    kemajuan: Kemajuan | None = None,
    nama: str | None = None,
) -> LaporanUnor:
    """Bring a unit file into the map of one instansi as version 1, or its differences as version n+1.

    All or nothing: with any error in the file nothing is stored and the report lists the findings.
    ``format`` None is found out; ``periksa`` only checks; ``berlaku`` (default: the business date, or the
    last version's date if that lies later) is the effective date; ``nama`` what people call the
    file, when its path does not say so. Once the instansi's map changes by usulan, the file becomes a draft
    of kind injeksi instead of a version. Raises PermissionDenied, Http404.
    """
    require(actor, *roles_that_may("unor"), instansi_id=instansi_id)
    instansi = Instansi.objects.filter(pk=instansi_id).first()
    if instansi is None:
        raise Http404("Instansi itu tidak ada.")
    if _JALAN_DRAF and changes_by_usulan(instansi_id):
        return _JALAN_DRAF[0](
            actor, instansi_id, Path(path), nama=nama or Path(path).name, periksa=periksa, kemajuan=kemajuan
        )
    report = kemajuan or Kemajuan()
    report(0, None, "membaca berkas")
    try:
        reading = read_unor(Path(path), format, nama)
    except Ditolak as refused:
        return _refused(LaporanUnor(False, format or "", periksa=periksa), refused.temuan)
    result = LaporanUnor(False, reading.format, len(reading.unor), periksa=periksa)
    notes = [Catatan(name or reading.lembar[0]) for name in reading.lembar]
    muatan = _check(instansi, reading, notes, report)
    del reading
    result.temuan = [t for note in notes for t in note.temuan]
    for note in notes:
        for kode, n in note.jumlah.items():
            result.jumlah_temuan[kode] = result.jumlah_temuan.get(kode, 0) + n
    if any(note.galat for note in notes):
        return result
    last = last_version(instansi_id)
    day = berlaku or max(filter(None, (today(), last.berlaku if last else None)))
    try:
        made = publish(
            actor,
            instansi_id,
            muatan,
            berlaku=day,
            jenis=PetaVersi.Jenis.IMPOR if last else PetaVersi.Jenis.MUAT_AWAL,
            keterangan=f"Impor {nama or Path(path).name}"[:200],
            kemajuan=report,
            periksa=periksa,
        )
    except Ditolak as refused:
        return _refused(result, refused.temuan)
    return _counted(result, made)


def _check(instansi: Instansi, reading: Bacaan, notes: list[Catatan], report: Kemajuan) -> Muatan:
    total = len(reading.unor)
    report(0, total, "memeriksa unit")
    if reading.instansi and reading.instansi.lower() != instansi.id_siasn.lower():
        notes[0].add(
            "instansi-lain",
            f"Templat ini dibuat untuk instansi {reading.instansi},"
            f" bukan {instansi.nama} ({instansi.id_siasn}).",
            "Pilih instansi yang benar, atau unduh templat untuk instansi ini.",
            tempat="Petunjuk",
            kolom="Id Instansi",
            nilai=reading.instansi,
        )
    if reading.format == "siasn-csv":
        siasn_csv.check_prefixes(reading.unor, notes[0])
    acuan = acuan_of(instansi, reading, JUDUL[reading.format])
    units = check_units(reading.unor, acuan, notes[0], siasn=reading.kunci_siasn)
    boxes = None
    if reading.posisi is not None:
        report(total, total, "memeriksa posisi")
        boxes = check_boxes(reading.posisi, units, jabatan_for(reading.posisi), notes[1])
    codes = check_codes(reading.kode, units, notes[2]) if reading.kode else []
    carried = {"dasar_hukum_id" if name == "dasar_hukum" else name for name in reading.kolom}
    return Muatan(units, boxes, codes, frozenset(carried) & frozenset(KOLOM_UNOR))


def _refused(result: LaporanUnor, findings: list[Temuan]) -> LaporanUnor:
    result.ok = False
    result.temuan += findings
    for kode, n in Counter(t.kode for t in findings).items():
        result.jumlah_temuan[kode] = result.jumlah_temuan.get(kode, 0) + n
    return result


def _counted(result: LaporanUnor, made: Terbitan) -> LaporanUnor:
    result.ok = True
    result.ditambah, result.diubah = made.unor.ditambah, made.unor.diubah
    result.dihapus = made.unor.dihapus
    result.sama = result.baris - made.unor.ditambah - made.unor.diubah
    result.posisi = made.posisi
    result.versi = made.versi.nomor if made.versi else None
    result.versi_baru = made.baru and not result.periksa
    if made.temuan:
        return _refused(result, list(made.temuan))
    return result
