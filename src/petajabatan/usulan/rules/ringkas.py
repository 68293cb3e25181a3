"""An operation in one sentence, as lists and letters show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from petajabatan.jabatan.rules.abk.angka import write_number as angka
from petajabatan.jabatan.rules.isian import BAGIAN
from petajabatan.usulan.rules.nama import nilai_perubahan_nama
from petajabatan.usulan.rules.pandangan import Pandangan, posisi_of, unor_of
from petajabatan.usulan.rules.tulisan import nama_kotak


def ringkas(view: Pandangan, operasi: Any) -> str:
    """What the operation does, in words of people; asked before its steps are taken."""
    make = _SENTENCES.get(operasi.jenis)
    return make(view, operasi) if make else operasi.jenis


def _unit(view: Pandangan, key: int | None) -> str:
    unit = unor_of(view, key) if key is not None else None
    if unit is not None or key is None:
        return unit.nama if unit else "puncak"
    return view.nama_luar([key]).get(key, f"unit {key}")


def _box(view: Pandangan, key: int) -> str:
    box = posisi_of(view, key)
    return f"{box.nama} pada {_unit(view, box.unor_id)}" if box else f"jabatan {key}"


def _value(value: Any) -> str:
    if value is None or value == "":
        return "kosong"
    return angka(value) if isinstance(value, int) else str(value)


def _koreksi(view: Pandangan, o: Any) -> str:
    """With the measured distance of every name, so that a verifier sees how far the correction goes."""
    if o.posisi_id is not None:
        box = posisi_of(view, o.posisi_id)
        measured = _distance(view, box.nama if box else "", o.nama or "")
        return f"Koreksi nama jabatan {_box(view, o.posisi_id)} menjadi {o.nama}{measured}"
    unit = unor_of(view, o.unor_id)
    parts = []
    if o.nama and unit and o.nama != unit.nama:
        parts.append(f"{o.nama}{_distance(view, unit.nama, o.nama)}")
    if o.nama_jabatan is not None and unit and o.nama_jabatan != unit.nama_jabatan:
        parts.append(f"jabatan pimpinan {o.nama_jabatan}{_distance(view, unit.nama_jabatan, o.nama_jabatan)}")
    return f"Koreksi nama {_unit(view, o.unor_id)} menjadi {', '.join(parts)}"


def _distance(view: Pandangan, lama: str, baru: str) -> str:
    if not lama or not baru:
        return ""
    verdict = nilai_perubahan_nama(lama, baru, view.acuan.nama)
    return f" (jarak {verdict.jarak}, ambang {verdict.ambang})".replace(".", ",")


def _ubah_unor(view: Pandangan, o: Any) -> str:
    given = {
        "jenis": o.jenis_unor, "eselon": o.eselon, "wilayah": o.wilayah,
        "urusan": o.urusan and ", ".join(o.urusan),
        "kode": o.cepat_kode, "pasal": o.pasal, "halaman": o.halaman,
    }  # fmt: skip
    parts = [f"{name} {value}" for name, value in given.items() if value is not None]
    parts += [f"{name} dikosongkan" for name in o.kosongkan]
    return f"Ubah {_unit(view, o.unor_id)}: {'; '.join(parts)}"


def _hapus(view: Pandangan, o: Any) -> str:
    heirs = ", ".join(_unit(view, key) for key in o.penerus)
    branch = " beserta cabangnya" if o.cabang else ""
    return f"Hapus {_unit(view, o.unor_id)}{branch}" + (f"; penerus {heirs}" if heirs else "")


def _dasar(view: Pandangan, o: Any) -> str:
    known = view.acuan.dasar_hukum([o.dasar_hukum_id]).get(o.dasar_hukum_id)
    branch = ""
    if o.cabang and o.hanya_dari is None:
        branch = " dan seluruh bawahannya"
    elif o.cabang:
        old = view.acuan.dasar_hukum([o.hanya_dari]).get(o.hanya_dari) if o.hanya_dari else None
        stands = f"berdiri di atas {old.nama if old else o.hanya_dari}" if o.hanya_dari else "belum berdasar"
        branch = f" dan bawahannya, hanya yang {stands},"
    return f"Dasar hukum {_unit(view, o.unor_id)}{branch} menjadi {known.nama if known else o.dasar_hukum_id}"


def _tambah_unor(view: Pandangan, o: Any) -> str:
    code = f" ({o.kode.jenis} {o.kode.kode})" if o.kode is not None else ""
    return f"Tambah {o.nama}{code} di bawah {_unit(view, o.atasan_id)}"


def _tambah_posisi(view: Pandangan, o: Any) -> str:
    ref = view.acuan.jabatan([o.jabatan_id]).get(o.jabatan_id) if o.jabatan_id is not None else None
    name = o.nama or (nama_kotak(ref.nama) if ref else "")
    need = f", K {angka(o.k)}" if o.k is not None else ""
    return f"Tambah jabatan {name} pada {_unit(view, o.unor_id)}{need}"


def _kelas(view: Pandangan, o: Any) -> str:
    box = posisi_of(view, o.posisi_id)
    return f"Kelas {_box(view, o.posisi_id)}: {_value(box and box.kelas)} → {_value(o.kelas)}"


def _k(view: Pandangan, o: Any) -> str:
    box = posisi_of(view, o.posisi_id)
    return f"K {_box(view, o.posisi_id)}: {_value(box and box.k)} → {_value(o.k)}"


def _isian(view: Pandangan, o: Any) -> str:
    what = BAGIAN[o.bagian][1]
    verb = "Kosongkan" if o.isi is None else "Tulis"
    if o.posisi_id is not None:
        return f"{verb} {what.lower()} {_box(view, o.posisi_id)}"
    return f"{verb} {what.lower()} {_served(view, o.infojab_id)}"


def _served(view: Pandangan, infojab_id: int | None) -> str:
    served = view.pemakai([infojab_id or 0])[infojab_id or 0]
    more = f" dan {angka(len(served) - 1)} jabatan lain" if len(served) > 1 else ""
    return f"{_box(view, served[0])}{more}" if served else str(infojab_id)


def _putusan(view: Pandangan, o: Any) -> str:
    if o.putusan == "divalidasi":
        return f"Validasi evaluasi jabatan {_served(view, o.infojab_id)}"
    return f"Kembalikan evaluasi jabatan {_served(view, o.infojab_id)}: {o.catatan}"


_SENTENCES: dict[str, Callable[[Pandangan, Any], str]] = {
    "tambah-unor": _tambah_unor,
    "hapus-unor": _hapus,
    "koreksi-nama": _koreksi,
    "pindah-unor": lambda v, o: f"Pindahkan {_unit(v, o.unor_id)} ke bawah {_unit(v, o.atasan_id)}",
    "ubah-unor": _ubah_unor,
    "perbarui-dasar": _dasar,
    "tambah-posisi": _tambah_posisi,
    "hapus-posisi": lambda v, o: f"Hapus jabatan {_box(v, o.posisi_id)}",
    "pindah-posisi": lambda v, o: f"Pindahkan {_box(v, o.posisi_id)} ke {_unit(v, o.unor_id)}",
    "ubah-k": _k,
    "ubah-kelas": _kelas,
    "ubah-infojab": lambda v, o: f"Ganti informasi jabatan {_box(v, o.posisi_id)}",
    "buat-infojab": lambda v, o: f"Buat informasi jabatan {o.nama or _box(v, o.posisi_id[0])}",
    "tulis-isian": _isian,
    "putuskan-evaluasi": _putusan,
}
