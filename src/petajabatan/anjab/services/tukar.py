"""Exchange of informasi jabatan by files: a workbook or JSON out of a draft or a published version, and a
file into a draft. A file is checked whole before anything is written; what is written is one action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.db import transaction

from petajabatan.anjab.importers.berkas_json import write_json
from petajabatan.anjab.importers.masuk import read_infojab
from petajabatan.anjab.importers.tulis import write_workbook
from petajabatan.anjab.queries.tukar import Cakupan, Sumber, boxes_of_scope, draft_source, paket_of
from petajabatan.anjab.rules.padan_tukar import Padanan, Pemilik
from petajabatan.anjab.rules.tukar import (
    Bacaan,
    BagianBaca,
    Rujukan,
    keep_details,
    keep_work,
    limited,
    same,
    unchanged,
)
from petajabatan.inti.actor import Actor
from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.inti.temuan import Ditolak, Temuan, has_errors
from petajabatan.jabatan.queries.acuan import similar_jabatan
from petajabatan.jabatan.queries.peta import collector_paused
from petajabatan.jabatan.rules.isian import tidy
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.terlihat import usulan_for
from petajabatan.usulan.rules.operasi import BuatInfojab, TulisIsian, UbahInfojab
from petajabatan.usulan.services import add_operations
from petajabatan.usulan.services.draf import require_editable
from petajabatan.usulan.services.hak import may_draft
from petajabatan.usulan.services.penyunting import HasilEdit

BENTUK = ("xlsx", "json")


@dataclass
class HasilImpor:
    """What came of a file. Counts are of sections (``bagian``) and ABK sheets: those that change, that say
    what the draft says already, and that were left out because something in them is wrong. ``edit``: what was
    done; None when it was only checked, refused, or nothing differs."""

    bentuk: str = ""
    infojab: int = 0
    baru: int = 0
    bagian_berubah: int = 0
    bagian_sama: int = 0
    bagian_salah: int = 0
    abk_berubah: int = 0
    operasi: int = 0
    temuan: list[Temuan] = field(default_factory=list)
    edit: HasilEdit | None = None
    terbaca: bool = True
    salah: list[tuple[Rujukan, BagianBaca]] = field(default_factory=list)
    """The sections left out, for the file of errors."""

    @property
    def ok(self) -> bool:
        return not has_errors(self.temuan)

    def as_dict(self) -> dict[str, Any]:
        names = ("bentuk", "infojab", "baru", "bagian_berubah", "bagian_sama", "bagian_salah", "abk_berubah",
                 "operasi")  # fmt: skip
        return {name: getattr(self, name) for name in names} | {
            "ok": self.ok,
            "tersimpan": self.edit is not None,
            "revisi": self.edit.revisi if self.edit else None,
        }


def export_infojab(
    source: Sumber,
    cakupan: Cakupan,
    bentuk: str,
    target: IO[bytes],
    *,
    kemajuan: Kemajuan | None = None,
) -> None:
    """Write informasi jabatan and ABK sheets of a source the caller may read, ready to edit and import.
    Raises Http404 for a unit that is not on the map."""
    paket = paket_of(source, cakupan)
    if bentuk == "json":
        target.write(write_json(paket))
    else:
        write_workbook(target, paket, source.isian, kemajuan)


def import_infojab(
    actor: Actor,
    usulan_id: int,
    path: Path,
    *,
    nama: str = "",
    periksa: bool = False,
    lewati_salah: bool = False,
    kunci: str | None = None,
    kemajuan: Kemajuan | None = None,
) -> HasilImpor:
    """Bring a file into a draft: what differs becomes operations of one action.

    With any galat nothing is stored, unless ``lewati_salah`` leaves the sections out that are wrong.
    ``periksa`` only checks. A file that cannot be read is a result with findings, not an exception. Raises
    Http404, PermissionDenied; Ditolak when the draft may not change now.
    """
    usulan = usulan_for(actor, usulan_id)
    may_draft(actor, usulan.instansi_id, usulan.layanan, usulan.cabang_id)
    if not periksa:
        require_editable(usulan)
    report = kemajuan or Kemajuan()
    label = nama or path.name
    report(0, None, "membaca berkas")
    with collector_paused():
        source = draft_source(usulan)
        try:
            reading = read_infojab(path, label, source.isian, source.acuan.ambang, report)
        except Ditolak as refused:
            return HasilImpor(temuan=refused.temuan, terbaca=False)
        report(0, len(reading.bagian), "memeriksa isi")
        plan = _Rencana(usulan, source, reading, report)
        operations = plan.operations(lewati_salah)
        result = plan.result()
        del reading, source, plan
        if periksa or not operations or (not result.ok and not lewati_salah):
            return result
        report(0, len(operations), "menyimpan")
        try:
            with transaction.atomic():
                result.edit = add_operations(
                    actor, usulan_id, operations, alasan=f"Impor {label}"[:400], kunci=kunci
                )
        except Ditolak as refused:
            result.temuan = limited(result.temuan + refused.temuan)
    return result


class _Rencana:
    """What a file comes to on this draft: owners found, content tidied and compared, operations."""

    def __init__(self, usulan: Usulan, source: Sumber, reading: Bacaan, report: Kemajuan) -> None:
        self.reading, self.report = reading, report
        self.isian = source.isian
        self.found: list[Temuan] = list(reading.temuan)
        self._foreign(source)
        boxes = boxes_of_scope(source, Cakupan())
        self.jenis = {box.posisi_id: box.jenis for box in boxes}
        root = source.view.akar()
        heads = {unit.id: unit.nama_jabatan for unit in source.view.units()}
        self.match = Padanan(boxes, heads, similar_jabatan(), root.nama if root else "",
                             reading.bentuk == "setempat")  # fmt: skip
        self.match.links(reading)
        self.out = HasilImpor(reading.bentuk)
        self.sections: dict[tuple[Any, str], tuple[Pemilik, BagianBaca, Rujukan]] = {}
        self.sheets: dict[int, tuple[BagianBaca, Rujukan]] = {}
        self.wrong: list[tuple[Rujukan, BagianBaca]] = []
        self.owners: dict[Any, Pemilik] = {}
        self._own()
        self.found += self.match.temuan
        live = [o.infojab_id for o in self.owners.values() if o.infojab_id is not None]
        self.before = source.sections(live)
        self.sheets_before = source.sheets(list(self.sheets))

    def _foreign(self, source: Sumber) -> None:
        """Ids of another instansi mean nothing here; the names next to them do."""
        told = self.reading.instansi
        if not told or told.lower() == source.instansi.id_siasn.lower():
            return
        self.found.append(
            Temuan(
                "instansi-lain",
                "peringatan",
                "Berkas ini dibuat untuk instansi lain; idnya diabaikan, unit dan jabatan dicocokkan menurut"
                " nama.",
                "Periksa hasilnya sebelum menerapkan.",
                self.reading.nama,
                nilai=told[:200],
            )
        )
        codes: dict[str, str] = {}

        def bare(owner: Rujukan) -> Rujukan:
            code = codes.setdefault(owner.infojab, f"lain-{owner.infojab}") if owner.infojab else ""
            return owner._replace(infojab=code, posisi="" if owner.jabatan else owner.posisi)

        for row in self.reading.jabatan:
            row.rujukan = bare(row.rujukan)
        self.reading.bagian = [(bare(owner), part) for owner, part in self.reading.bagian]

    def _own(self) -> None:
        for owner, part in self.reading.bagian:
            if part.bagian == "abk":
                box = self.match.box(owner, part.tempat, part.awal)
                if box is None:
                    self.wrong.append((owner, part))
                elif box in self.sheets:
                    self._twice(owner, part, self.sheets[box][0])
                else:
                    self.sheets[box] = (part, owner)
                continue
            held = self.match.owner(owner, part.tempat, part.awal)
            if held is None:
                self.wrong.append((owner, part))
                continue
            key = held.infojab_id if held.infojab_id is not None else ("baru", *held.kotak)
            self.owners.setdefault(key, held)
            if (key, part.bagian) in self.sections:
                self._twice(owner, part, self.sections[key, part.bagian][1])
            else:
                self.sections[key, part.bagian] = (held, part, owner)

    def _twice(self, owner: Rujukan, part: BagianBaca, first: BagianBaca) -> None:
        if same(part.isi, first.isi):
            return
        self.wrong.append((owner, part))
        at = f"{first.tempat} baris {first.awal}" if first.awal else first.tempat
        self.found.append(
            Temuan("bagian-ganda", "galat",
                   f"Bagian ini ditulis dua kali dengan isi berbeda; yang lain pada {at}.", "Sisakan satu.",
                   part.tempat, part.awal, nilai=owner.sebutan[:200])
        )  # fmt: skip

    # -- content ----------------------------------------------------------------------------------------

    def operations(self, lewati_salah: bool) -> list[Any]:
        """Operations in the order they must be carried out; what is wrong is left out."""
        made: list[Any] = [UbahInfojab(posisi_id=b, infojab_id=i) for b, i in self.match.rujuk_ulang.items()]
        writes: list[Any] = []
        new: dict[Any, int] = {}
        self.numbers: dict[Any, list[int]] = {}
        total = len(self.sections) + len(self.sheets)
        for n, ((key, bagian), (held, part, owner)) in enumerate(self.sections.items()):
            if n % 500 == 0:
                self.report(n, total, "memeriksa isi")
            old = self.before.get(held.infojab_id or 0, {}).get(bagian)
            isi = self._content(owner, part, old)
            if isi is _SALAH or self._unchanged(bagian, isi, old):
                continue
            self.out.bagian_berubah += 1
            target = held.infojab_id
            if target is None:
                target = new.setdefault(key, -1 - len(new))
            step = {"infojab_id": target, "bagian": bagian, "isi": isi}
            writes.append(TulisIsian.model_validate(step))
        for box, (part, owner) in self.sheets.items():
            old = self.sheets_before.get(box)
            isi = self._content(owner, part, old)
            if isi is _SALAH or self._unchanged("abk", isi, old):
                continue
            self.out.abk_berubah += 1
            writes.append(TulisIsian(posisi_id=box, bagian="abk", isi=isi))
        for key, code in new.items():
            made.append(BuatInfojab(id=code, posisi_id=tuple(self.owners[key].kotak)))
        self.out.baru = len(new)
        self.out.operasi = len(made) + len(writes)
        return made + writes

    def _unchanged(self, bagian: str, isi: Any, old: Any) -> bool:
        equal = unchanged(bagian, isi, old)
        self.out.bagian_sama += equal
        return equal

    def _content(self, owner: Rujukan, part: BagianBaca, old: Mapping[str, Any] | None) -> Any:
        raw = part.isi
        if raw is not None and self.reading.bentuk == "setempat" and part.bagian != "abk":
            raw = keep_details(raw, old)
        if raw is not None and part.bagian == "abk":
            raw = self._of_sheet(owner, raw, old)
        if raw is not None and part.bagian == "tugas_pokok":
            raw = self._with_ids(owner, raw, old)
        clean = tidy(part.bagian, raw, self.isian)
        self.found += [part.place(t) for t in clean.temuan]
        if clean.ditolak or part.ditolak:
            self.wrong.append((owner, part))
            return _SALAH
        return clean.isi

    def _with_ids(self, owner: Rujukan, raw: dict[str, Any], old: Mapping[str, Any] | None) -> dict[str, Any]:
        """Tasks without an id keep the one of the task with the same words, so that ABK rows still find
        theirs."""
        held: dict[str, list[int]] = {}
        for task in (old or {}).get("tugas_pokok") or ():
            held.setdefault(" ".join(str(task.get("uraian")).lower().split()), []).append(task["id"])
        rows = raw.get("tugas_pokok")
        if not isinstance(rows, list):
            return raw
        made = []
        for row in rows:
            words = " ".join(str(row.get("uraian")).lower().split()) if isinstance(row, Mapping) else ""
            if isinstance(row, Mapping) and not row.get("id") and held.get(words):
                row = {**row, "id": held[words].pop(0)}
            made.append(row)
        if self.reading.bentuk == "setempat":
            clean = tidy("tugas_pokok", {"tugas_pokok": made}, self.isian).isi or {}
            self.numbers[owner] = [task["id"] for task in clean.get("tugas_pokok", ())]
        return {**raw, "tugas_pokok": made}

    def _of_sheet(self, owner: Rujukan, raw: dict[str, Any], old: Mapping[str, Any] | None) -> dict[str, Any]:
        """What a file does not say of a sheet stays: norm, policy and recommendation of the draft. In a local
        layout rows name their task by its place."""
        made = dict(raw)
        if self.reading.bentuk != "json" and old:
            for name in ("waktu", "kebijakan", "rekomendasi", "dari"):
                if name in old:
                    made.setdefault(name, old[name])
        ids = self.numbers.get(owner)
        if self.reading.bentuk == "setempat" and ids is not None:
            made["baris"] = [
                {**row, "tugas": ids[row["tugas"] - 1] if row["tugas"] <= len(ids) else None}
                for row in raw["baris"]
            ]
            made["baris"] = keep_work(made["baris"], old)
        return made

    def result(self) -> HasilImpor:
        self.out.infojab = len(self.owners)
        self.out.bagian_salah = len(self.wrong)
        self.out.salah = self.wrong
        self.out.temuan = limited(self.found)
        return self.out


_SALAH = object()
