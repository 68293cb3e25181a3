"""The kelas of a box, and deciding on a factor sheet."""

from __future__ import annotations

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.evaluasi import check_national
from petajabatan.jabatan.rules.isian import isian_id
from petajabatan.jabatan.rules.lembar_evaluasi import decided, evaluate_stored, exception_of
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.rules.kelas import national_of, sheet_of_box
from petajabatan.usulan.rules.pandangan import Pandangan, isian_at, kotak_pada, tempat
from petajabatan.usulan.rules.terapkan.isian import pemakai_atau_tolak
from petajabatan.usulan.rules.terapkan.kerja import Kerja, posisi_atau_tolak


def ubah_kelas(view: Pandangan, o: op.UbahKelas, work: Kerja) -> None:
    """A kelas set nationally is not changed to another, except through an exception on the factor sheet."""
    box = posisi_atau_tolak(view, o.posisi_id, work)
    if box is None:
        return
    if o.kelas is not None:
        usul = exception_of(sheet_of_box(view, box))
        for t in check_national(o.kelas, box.jenis, national_of(view, box), usul):
            work.found.append(_at(t, tempat(view, box.unor_id)))
    work.ubah("posisi", box, box._replace(kelas=o.kelas))


def putuskan_evaluasi(view: Pandangan, o: op.PutuskanEvaluasi, work: Kerja) -> None:
    """Validate a sheet that can be validated (every factor with a level and a reason, the kelas not locked
    otherwise), and give the boxes it serves their kelas; or return it with a reason."""
    served = pemakai_atau_tolak(view, o.infojab_id, work)
    if not served:
        return
    key = isian_id("evaluasi", infojab_id=o.infojab_id)
    row = isian_at(view, key)
    if row is None:
        work.tolak("evaluasi-kosong", "Lembar evaluasi jabatan ini belum diisi.", "Isi dahulu lembarnya.",
                   kolom="infojab_id")  # fmt: skip
        return
    if row.isi.get("status") == o.putusan:
        work.tolak("evaluasi-sudah-diputus", f"Lembar ini sudah {o.putusan} oleh {row.isi.get('oleh', '–')}.",
                   "Ubah isinya bila perlu diputus lagi.", kolom="infojab_id")  # fmt: skip
        return
    boxes = kotak_pada(view, served if o.putusan == "divalidasi" else served[:1])
    result = evaluate_stored(row.isi, boxes[0].jenis, view.acuan.evaluasi)
    if o.putusan == "dikembalikan":
        if not o.catatan:
            work.tolak("pengembalian-tanpa-alasan", "Pengembalian tanpa alasan.",
                       "Tulis apa yang perlu diperbaiki.", kolom="catatan")  # fmt: skip
    else:
        work.found.extend(t for t in result.temuan if t.tingkat == "galat")
        if result.kelas is not None:
            usul = exception_of(row.isi)
            for box in boxes:
                for t in check_national(result.kelas, box.jenis, national_of(view, box), usul):
                    work.found.append(_at(t, tempat(view, box.unor_id)))
    isi = decided(row.isi, o.putusan, o.oleh, o.pada, o.catatan, result)
    work.ubah("isian", row, row._replace(isi=isi))
    if o.putusan == "divalidasi":
        for box in boxes:
            work.ubah("posisi", box, box._replace(kelas=result.kelas))


def _at(t: Temuan, tempat: str) -> Temuan:
    return Temuan(t.kode, t.tingkat, t.kalimat, t.perbaikan, tempat, t.baris, t.kolom, t.nilai, t.tautan)
