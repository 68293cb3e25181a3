"""The qualification map as a workbook: posts with counts, and people for roles that see names."""

from __future__ import annotations

from petajabatan.anjab.queries.kualifikasi import Baris, boxes_below, people_on_boxes
from petajabatan.anjab.rules.kualifikasi import KOMPONEN, STATUS, Syarat
from petajabatan.inti.actor import Actor
from petajabatan.inti.jam import today
from petajabatan.pegawai.cetak.dokumen import Identitas
from petajabatan.pegawai.cetak.sumber import require_reader
from petajabatan.pegawai.cetak.xlsx_dasar import Buku
from petajabatan.referensi.models import Instansi

_JUMLAH = tuple((f"{nama}: {STATUS[status].lower()}", 12) for nama in ("Semua", *KOMPONEN.values())
                for status in ("memenuhi", "tidak", "belum-ada-data", "tanpa-syarat"))  # fmt: skip
_JABATAN = (("ID unit", 12), ("Unit", 40), ("ID jabatan", 12), ("Jabatan", 40), ("Pendidikan", 30),
            ("Diklat", 30), ("Sertifikasi", 30), ("Pengalaman", 24), ("Orang", 8), *_JUMLAH)  # fmt: skip
_ORANG = (("NIP", 21), ("Nama", 36), ("Jenis", 8), ("Golongan", 10), ("Unit", 40), ("Jabatan", 40),
          ("Semua", 16), *((c, 44) for c in KOMPONEN.values()))  # fmt: skip


def export_qualifications(actor: Actor, instansi_id: int, unor_id: int | None = None) -> bytes:
    """A sheet of posts with people, and one of people where the actor sees names.

    Raises PermissionDenied, PetaTidakAda.
    """
    require_reader(actor)
    version, boxes, acuan = boxes_below(actor, instansi_id, unor_id)
    people = people_on_boxes(actor, instansi_id, boxes, acuan, None)
    nama = Instansi.objects.values_list("nama", flat=True).get(pk=instansi_id)
    who = Identitas(nama, version.nomor, version.berlaku, version.hash, today())
    with Buku("Peta kualifikasi", who) as buku:
        sheet = buku.sheet("Jabatan", _JABATAN, ["belum ada data bukan tidak memenuhi"])
        for box in boxes:
            sheet.row(_box(box))
        sheet.finish()
        if people is not None:
            places = {box.id: box for box in boxes}
            sheet = buku.sheet("Pegawai", _ORANG, ["berisi data pribadi; pembacaan ini tercatat"])
            for p in people:
                box = places[p.posisi_id]
                sheet.row([p.nip, p.nama, p.jenis, p.golongan, box.unit, box.nama, STATUS[p.semua],
                           *(f"{STATUS[n.status]}. {n.alasan}" for n in p.nilai.values())])  # fmt: skip
            sheet.finish()
    return buku.stream.getvalue()


def _box(box: Baris) -> list[object]:
    asked = box.syarat or Syarat()
    words = [" atau ".join(b.teks for b in asked.pendidikan), ", ".join(b.teks for b in asked.diklat),
             ", ".join(b.teks for b in asked.sertifikasi), ", ".join(asked.pengalaman)]  # fmt: skip
    if box.tertutup:
        return [box.unor_id, box.unit, box.id, box.nama, *words, "disembunyikan"]
    counts = [box.hitung.komponen[name][status] for name in ("semua", *KOMPONEN) for status in STATUS]
    return [box.unor_id, box.unit, box.id, box.nama, *words, box.hitung.n, *counts]
