"""Correcting a name (rule C): a typing error, and nothing else."""

from __future__ import annotations

from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.rules.nama import nilai_perubahan_nama
from petajabatan.usulan.rules.pandangan import Pandangan, tempat
from petajabatan.usulan.rules.terapkan.kerja import (
    Kerja,
    posisi_atau_tolak,
    unor_atau_tolak,
)


def koreksi_nama(view: Pandangan, o: op.KoreksiNama, work: Kerja) -> None:
    if o.posisi_id is not None:
        _koreksi_posisi(view, o, work)
        return
    unit = unor_atau_tolak(view, o.unor_id or 0, work)
    if unit is None:
        return
    nama = " ".join((o.nama or unit.nama).split())
    jabatan = unit.nama_jabatan if o.nama_jabatan is None else " ".join(o.nama_jabatan.split())
    judge(view, o, unit.nama, nama, "unit", unit.id, work)
    if unit.nama_jabatan:
        judge(view, o, unit.nama_jabatan, jabatan, "jabatan pimpinan", unit.id, work)
    if work.found:
        return
    work.ubah("unor", unit, unit._replace(nama=nama, nama_jabatan=jabatan))
    for box in view.kotak([unit.id])[unit.id]:
        if box.kepala and box.nama == unit.nama_jabatan != jabatan and jabatan:
            work.ubah("posisi", box, box._replace(nama=jabatan))


def _koreksi_posisi(view: Pandangan, o: op.KoreksiNama, work: Kerja) -> None:
    box = posisi_atau_tolak(view, o.posisi_id or 0, work)
    if box is None:
        return
    if box.jenis != "struktural":
        work.tolak(
            "nama-dari-referensi",
            f"Nama {box.nama} berasal dari referensi jabatan; tidak diubah di sini.",
            "Bila jabatannya lain, tambahkan jabatan yang benar lalu hapus yang ini dengan penerusnya.",
            tempat=tempat(view, box.unor_id),
        )
        return
    nama = " ".join((o.nama or box.nama).split())
    judge(view, o, box.nama, nama, "jabatan", box.unor_id, work)
    if not work.found:
        work.ubah("posisi", box, box._replace(nama=nama))


def judge(
    view: Pandangan, o: op.KoreksiNama, lama: str, baru: str, apa: str, unor_id: int, work: Kerja
) -> None:
    """Refuse a rename that is no correction (rule C), saying why."""
    if not baru:
        work.tolak("nama-kosong", f"Nama {apa} kosong.", "Isi namanya.", kolom="nama")
        return
    verdict = nilai_perubahan_nama(lama, baru, view.acuan.nama)
    if verdict.putusan != "reorganisasi":
        return
    work.tolak(
        "bukan-koreksi",
        f"“{lama}” menjadi “{baru}” bukan koreksi salah ketik: " + " ".join(verdict.alasan),
        "Nama baru karena peraturan baru berarti unit baru: tambahkan unit dengan nama baru, lalu hapus yang"
        " lama dengan menunjuknya sebagai penerus. Program dapat melakukannya sekaligus (ganti-nama).",
        tempat=tempat(view, unor_id),
        kolom="nama",
        nilai=f"jarak {verdict.jarak} (ambang {verdict.ambang})",
    )
