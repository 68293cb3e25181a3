"""Adding, moving and changing units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petajabatan.jabatan.rules.beda import IsiUnor
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.rules.objek import TIADA
from petajabatan.usulan.rules.pandangan import Pandangan, cabang, jalur, tempat
from petajabatan.usulan.rules.terapkan.kerja import (
    Kerja,
    sisipkan,
    unor_atau_tolak,
)
from petajabatan.usulan.rules.terapkan.tempat import tempat_lazim


def tambah_unor(view: Pandangan, o: op.TambahUnor, work: Kerja) -> None:
    assert o.id is not None
    if view.keadaan("unor", [o.id])[o.id] != TIADA:
        work.tolak("id-terpakai", f"Id unit {o.id} sudah dipakai.", "Ulangi tanpa menyebut id.")
    siblings: Sequence[IsiUnor] = ()
    if o.atasan_id is None:
        if view.akar() is not None:
            work.tolak(
                "akar-ganda",
                "Peta sudah mempunyai unit puncak; unit baru harus berada di bawah unit lain.",
                "Pilih unit atasannya.",
                kolom="atasan_id",
            )
    elif unor_atau_tolak(view, o.atasan_id, work) is not None:
        siblings = view.anak([o.atasan_id])[o.atasan_id]
    if o.kode is not None:
        holder = view.pemegang_kode(o.kode.jenis, o.kode.kode)
        if holder is not None:
            work.tolak(
                "kode-terpakai",
                f"Kode {o.kode.jenis} {o.kode.kode} sudah dipakai {holder}.",
                "Pakai unit yang ada, atau hapus dahulu unit lama dengan unit ini sebagai penerusnya.",
                kolom="kode",
                nilai=o.kode.kode,
            )
    made = IsiUnor(
        o.id,
        o.atasan_id,
        " ".join(o.nama.split()),
        " ".join(o.nama_jabatan.split()),
        o.jenis_unor,
        o.eselon or None,
        0,
        o.wilayah or None,
        o.urusan,
        o.cepat_kode,
        o.dasar_hukum_id,
        o.pasal,
        o.halaman,
    )
    if o.kelas_kepala is not None and not o.membawa_kepala:
        work.tolak(
            "kelas-tanpa-pimpinan",
            f"Kelas pimpinan {o.kelas_kepala} tidak terpakai: {made.nama} tidak membawa jabatan pimpinan.",
            "Isi jabatan pimpinan dan eselonnya, atau kosongkan kelasnya.",
            kolom="kelas_kepala",
            nilai=str(o.kelas_kepala),
        )
    sesudah = tempat_lazim(siblings, made, view.acuan.eselon) if o.sesudah is None else o.sesudah
    made, shifted = sisipkan(list(siblings), made, sesudah)
    work.ubah("unor", None, made)
    for before, after in shifted:
        work.ubah("unor", before, after)


def pindah_unor(view: Pandangan, o: op.PindahUnor, work: Kerja) -> None:
    unit = unor_atau_tolak(view, o.unor_id, work)
    target = unor_atau_tolak(view, o.atasan_id, work)
    if unit is None or target is None:
        return
    if unit.atasan_id is None:
        work.tolak("pindah-akar", "Unit puncak tidak dapat dipindahkan.", "Pilih unit di bawahnya.")
    elif any(row.id == unit.id for row in jalur(view, target.id)):
        work.tolak(
            "pindah-melingkar",
            f"{unit.nama} tidak dapat dipindahkan ke bawah dirinya sendiri.",
            "Pilih unit atasan di luar cabangnya.",
            tempat=tempat(view, unit.id),
        )
    if work.found:
        return
    siblings = [row for row in view.anak([target.id])[target.id] if row.id != unit.id]
    moved, shifted = sisipkan(siblings, unit._replace(atasan_id=target.id), o.sesudah)
    work.ubah("unor", unit, moved)
    for before, after in shifted:
        work.ubah("unor", before, after)


def ubah_unor(view: Pandangan, o: op.UbahUnor, work: Kerja) -> None:
    unit = unor_atau_tolak(view, o.unor_id, work)
    if unit is None:
        return
    given = {
        "jenis": o.jenis_unor,
        "eselon": o.eselon,
        "wilayah": o.wilayah,
        "urusan": o.urusan,
        "cepat_kode": o.cepat_kode,
        "pasal": o.pasal,
        "halaman": o.halaman,
    }
    values: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    values |= dict.fromkeys(o.kosongkan)
    work.ubah("unor", unit, unit._replace(**values))


def perbarui_dasar(view: Pandangan, o: op.PerbaruiDasar, work: Kerja) -> None:
    unit = unor_atau_tolak(view, o.unor_id, work)
    if unit is None:
        return
    known = view.acuan.dasar_hukum([o.dasar_hukum_id]).get(o.dasar_hukum_id)
    if known is None or known.status == "dicabut":
        name = known.nama if known else f"Dasar hukum {o.dasar_hukum_id}"
        work.tolak(
            "dasar-tidak-berlaku",
            f"{name} {'sudah dicabut' if known else 'tidak tercatat pada instansi ini'}.",
            "Pilih peraturan yang berlaku; catat dahulu peraturannya bila belum ada.",
            kolom="dasar_hukum_id",
        )
        return
    reached = cabang(view, o.unor_id) if o.cabang else [unit]
    rows = [row for row in reached if o.hanya_dari is None or (row.dasar_hukum_id or 0) == o.hanya_dari]
    if not rows:
        work.tolak(
            "dasar-tanpa-unit",
            f"Tidak ada unit pada {unit.nama} yang berdiri di atas peraturan yang dipilih.",
            "Pilih peraturan lain pada “Berlaku bagi”, atau semua unit.",
            kolom="hanya_dari",
            nilai=str(o.hanya_dari),
        )
        return
    for row in rows:
        values: dict[str, Any] = {"dasar_hukum_id": o.dasar_hukum_id}
        if row.dasar_hukum_id != o.dasar_hukum_id:
            values |= {"pasal": "", "halaman": ""}
        if row.id == unit.id:
            given = {"pasal": o.pasal, "halaman": o.halaman}
            values |= {name: value for name, value in given.items() if value is not None}
        work.ubah("unor", row, row._replace(**values))
