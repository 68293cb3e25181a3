"""Adding, removing, moving and changing boxes."""

from __future__ import annotations

from petajabatan.jabatan.rules.abk.angka import write_number as angka
from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.jabatan.rules.isian import isian_id
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.rules.pandangan import Pandangan, isian_at, posisi_of, tempat
from petajabatan.usulan.rules.terapkan.hapus import pass_on
from petajabatan.usulan.rules.terapkan.kerja import (
    Kerja,
    posisi_atau_tolak,
    sisipkan,
    unor_atau_tolak,
)
from petajabatan.usulan.rules.tulisan import nama_kotak


def tambah_posisi(view: Pandangan, o: op.TambahPosisi, work: Kerja) -> None:
    assert o.id is not None
    unit = unor_atau_tolak(view, o.unor_id, work)
    nama, jenjang = " ".join(o.nama.split()), o.jenjang or None
    if o.jenis_posisi == "struktural":
        if not nama and unit is not None:
            nama = unit.nama_jabatan
        if not nama:
            work.tolak("nama-kosong", "Nama jabatan struktural kosong.", "Isi nama jabatannya.", kolom="nama")
    else:
        ref = view.acuan.jabatan([o.jabatan_id]).get(o.jabatan_id) if o.jabatan_id is not None else None
        if ref is None or ref.jenis != o.jenis_posisi:
            work.tolak(
                "jabatan-tidak-dikenal",
                f"Jabatan {o.jenis_posisi} {o.jabatan_id or nama or ''} tidak ada dalam referensi.",
                "Pilih jabatan dari daftar referensi.",
                kolom="jabatan_id",
            )
        elif not ref.aktif:
            work.tolak(
                "jabatan-tidak-aktif",
                f"{ref.nama} sudah tidak dipakai dalam referensi jabatan.",
                "Pilih jabatan yang masih aktif.",
                kolom="jabatan_id",
            )
        else:
            # A functional head is called by its additional duty: Kepala Puskesmas, not Dokter Ahli Madya.
            duty = (nama or (unit.nama_jabatan if unit is not None else "")) if o.kepala else ""
            nama, jenjang = duty or nama_kotak(ref.nama), jenjang or ref.jenjang
    if o.kepala and unit is not None:
        _check_head(view, o, unit, work)
    if work.found or unit is None:
        return
    rows = [box for box in view.kotak([unit.id])[unit.id] if not box.kepala]
    made = IsiPosisi(
        o.id, unit.id, nama, o.jenis_posisi, jenjang, o.kelas, 1 if o.kepala else o.k, o.kepala, 0,
        o.jabatan_id if o.jenis_posisi != "struktural" else None, None,
    )  # fmt: skip
    if o.kepala:
        work.ubah("posisi", None, made)
        return
    made, shifted = sisipkan(rows, made, o.sesudah)
    work.ubah("posisi", None, made)
    for before, after in shifted:
        work.ubah("posisi", before, after)


def _check_head(view: Pandangan, o: op.TambahPosisi, unit: IsiUnor, work: Kerja) -> None:
    held = next((box for box in view.kotak([unit.id])[unit.id] if box.kepala), None)
    if held is not None:
        work.tolak(
            "kepala-ganda",
            f"{unit.nama} sudah dipimpin {held.nama}; satu unit satu pimpinan.",
            "Hapus dahulu jabatan pimpinan yang lama, atau tambahkan sebagai jabatan biasa.",
            tempat=tempat(view, unit.id),
        )
    if o.jenis_posisi == "pelaksana" or (
        o.jenis_posisi == "fungsional" and unit.jenis not in view.acuan.kepala_fungsional
    ):
        work.tolak(
            "kepala-bukan-struktural",
            f"{unit.nama} dipimpin jabatan struktural, bukan {o.jenis_posisi}.",
            "Pilih jabatan struktural; hanya sekolah dan fasilitas kesehatan dipimpin JF bertugas tambahan.",
            tempat=tempat(view, unit.id),
        )
    if o.k not in (None, 1):
        work.tolak("kepala-satu-kursi", "Jabatan pimpinan mempunyai tepat satu kursi.", "Isi K dengan 1.")


def hapus_posisi(view: Pandangan, o: op.HapusPosisi, work: Kerja) -> None:
    box = posisi_atau_tolak(view, o.posisi_id, work)
    if box is None:
        return
    people = view.orang([box.id]).get(box.id, 0)
    if o.penerus is not None and (o.penerus == box.id or posisi_of(view, o.penerus) is None):
        work.tolak(
            "penerus-jabatan-tidak-ada",
            f"Jabatan penerus {o.penerus} tidak ada pada peta usulan ini.",
            "Pilih jabatan lain yang masih ada.",
            kolom="penerus",
        )
    if people and o.penerus is None:
        work.ingatkan(
            "jabatan-berpegawai-dihapus",
            f"{angka(people)} pegawai menduduki {box.nama}; tanpa jabatan penerus mereka tercatat tanpa kursi"
            " pada unitnya.",
            "Sebutkan jabatan penerusnya bila ada.",
            tempat=tempat(view, box.unor_id),
        )
    heirs = () if o.penerus is None else (o.penerus,)
    work.ubah("posisi", box, None, heirs)
    pass_on(view, "posisi", {box.id: heirs}, work)


def pindah_posisi(view: Pandangan, o: op.PindahPosisi, work: Kerja) -> None:
    box = posisi_atau_tolak(view, o.posisi_id, work)
    target = unor_atau_tolak(view, o.unor_id, work)
    if box is None or target is None:
        return
    others = [row for row in view.kotak([target.id])[target.id] if row.id != box.id]
    if box.kepala and box.unor_id != target.id:
        work.tolak(
            "pindah-pimpinan",
            f"{box.nama} memimpin unitnya; jabatan pimpinan tidak berpindah unit.",
            "Tambahkan jabatan pimpinan pada unit tujuan, lalu hapus yang ini dengan menunjuknya sebagai"
            " penerus.",
            tempat=tempat(view, box.unor_id),
        )
        return
    moved, shifted = sisipkan(
        [row for row in others if not row.kepala], box._replace(unor_id=target.id), o.sesudah
    )
    work.ubah("posisi", box, moved)
    for before, after in shifted:
        work.ubah("posisi", before, after)


def ubah_k(view: Pandangan, o: op.UbahK, work: Kerja) -> None:
    box = posisi_atau_tolak(view, o.posisi_id, work)
    if box is None:
        return
    if box.kepala and o.k != 1:
        work.tolak(
            "kepala-satu-kursi",
            f"{box.nama} adalah jabatan pimpinan dan mempunyai tepat satu kursi.",
            "Biarkan K = 1, atau hapus jabatannya bila tidak diperlukan.",
            tempat=tempat(view, box.unor_id),
            kolom="k",
        )
    else:
        work.ubah("posisi", box, box._replace(k=o.k))


def ubah_infojab(view: Pandangan, o: op.UbahInfojab, work: Kerja) -> None:
    box = posisi_atau_tolak(view, o.posisi_id, work)
    key = o.infojab_id
    if key is not None and not _known(view, key):
        work.tolak(
            "infojab-tidak-ada",
            f"Informasi jabatan {key} tidak ada pada peta instansi ini.",
            "Pilih yang sudah ada, atau buat baru untuk jabatannya.",
            kolom="infojab_id",
        )
    elif box is not None:
        work.ubah("posisi", box, box._replace(infojab_id=key))


def _known(view: Pandangan, infojab_id: int) -> bool:
    """It serves some box of this map, or says at least what it is called."""
    named = isian_at(view, isian_id("identitas", infojab_id=infojab_id))
    return named is not None or bool(view.pemakai([infojab_id])[infojab_id])
