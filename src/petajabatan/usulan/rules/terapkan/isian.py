"""Writing informasi jabatan and ABK sheets."""

from __future__ import annotations

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.beda import IsiPosisi
from petajabatan.jabatan.rules.evaluasi import sheet_of
from petajabatan.jabatan.rules.isian import IsiIsian, isian_id
from petajabatan.jabatan.rules.lembar_evaluasi import written
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.rules.hitungan import calculate, tidied
from petajabatan.usulan.rules.pandangan import Pandangan, isian_at, kotak_pada
from petajabatan.usulan.rules.terapkan.kerja import Kerja, posisi_atau_tolak


def buat_infojab(view: Pandangan, o: op.BuatInfojab, work: Kerja) -> None:
    """A new informasi jabatan for these boxes; it begins with the name of the first."""
    assert o.id is not None
    boxes = [box for key in o.posisi_id if (box := posisi_atau_tolak(view, key, work)) is not None]
    if work.found:
        return
    for box in boxes:
        work.ubah("posisi", box, box._replace(infojab_id=o.id))
    _write(view, work, "identitas", {"nama_jabatan": o.nama or boxes[0].nama}, infojab_id=o.id)


def tulis_isian(view: Pandangan, o: op.TulisIsian, work: Kerja) -> None:
    """One section as a whole. An ABK sheet brings the K of its box along; a head keeps its one seat."""
    result = tidied(view, o.bagian, o.isi)
    for t in result.temuan:
        work.found.append(t)
    if result.ditolak:
        return
    if o.bagian == "abk":
        if o.posisi_id is None:
            _refuse(work, "pemilik-isian", "Lembar ABK milik satu jabatan pada peta.", "Sebutkan posisi_id.")
            return
        box = posisi_atau_tolak(view, o.posisi_id, work)
        if box is None:
            return
        _write(view, work, o.bagian, result.isi, posisi_id=box.id)
        if result.isi is not None:
            _need(view, box, result.isi, work)
        return
    if o.infojab_id is None:
        _refuse(work, "pemilik-isian", "Bagian ini milik informasi jabatan.", "Sebutkan infojab_id.")
        return
    served = pemakai_atau_tolak(view, o.infojab_id, work)
    if not served:
        return
    isi = result.isi
    if o.bagian == "evaluasi":
        before = isian_at(view, isian_id("evaluasi", infojab_id=o.infojab_id))
        (first,) = kotak_pada(view, served[:1])
        isi = written(before.isi if before else None, isi, sheet_of(first.jenis))
    _write(view, work, o.bagian, isi, infojab_id=o.infojab_id)


def pemakai_atau_tolak(view: Pandangan, infojab_id: int, work: Kerja) -> list[int]:
    """Ids of the boxes that an informasi jabatan serves; refused without any."""
    served = view.pemakai([infojab_id])[infojab_id]
    if not served:
        _refuse(
            work,
            "infojab-tidak-ada",
            f"Informasi jabatan {infojab_id} tidak dirujuk jabatan mana pun pada peta usulan ini.",
            "Buat informasi jabatan untuk jabatannya, atau pilih yang masih dirujuk.",
        )
    return served


def _need(view: Pandangan, box: IsiPosisi, isi: dict[str, object], work: Kerja) -> None:
    sheet = calculate(view, isi, box.jenis)
    # What is wrong with the figures is told by the check of the box; the sheet is kept, K stays as it was.
    if sheet.k is not None and not box.kepala:
        work.ubah("posisi", box, box._replace(k=sheet.k))


def _write(
    view: Pandangan,
    work: Kerja,
    bagian: str,
    isi: dict[str, object] | None,
    *,
    infojab_id: int | None = None,
    posisi_id: int | None = None,
) -> None:
    key = isian_id(bagian, infojab_id=infojab_id, posisi_id=posisi_id)
    before = isian_at(view, key)
    after = None if isi is None else IsiIsian(key, infojab_id, posisi_id, bagian, isi)
    if before is not None or after is not None:
        work.ubah("isian", before, after)


def _refuse(work: Kerja, kode: str, kalimat: str, perbaikan: str) -> None:
    work.found.append(Temuan(kode, "galat", kalimat, perbaikan, kolom="infojab_id"))
