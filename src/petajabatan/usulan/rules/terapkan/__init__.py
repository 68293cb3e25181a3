"""What an operation does to a draft: the steps it takes, or the findings that refuse it.

``terapkan`` never changes anything; it answers with steps (``Perubahan``) that the caller takes. Ids of new
objects are given by the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from petajabatan.usulan.rules.pandangan import Pandangan
from petajabatan.usulan.rules.terapkan import evaluasi as e
from petajabatan.usulan.rules.terapkan import isian as i
from petajabatan.usulan.rules.terapkan import posisi as p
from petajabatan.usulan.rules.terapkan import unor as u
from petajabatan.usulan.rules.terapkan.hapus import hapus_unor
from petajabatan.usulan.rules.terapkan.kerja import ESELON_TANPA, HasilTerap, Kerja, sisipkan
from petajabatan.usulan.rules.terapkan.nama import koreksi_nama


def terapkan(view: Pandangan, operasi: Any) -> HasilTerap:
    """The steps of one (not composite) operation on this draft. Raises KeyError for an unknown kind."""
    work = Kerja()
    _APPLY[operasi.jenis](view, operasi, work)
    return work.hasil()


_APPLY: dict[str, Callable[[Pandangan, Any, Kerja], None]] = {
    "tambah-unor": u.tambah_unor,
    "hapus-unor": hapus_unor,
    "koreksi-nama": koreksi_nama,
    "pindah-unor": u.pindah_unor,
    "ubah-unor": u.ubah_unor,
    "perbarui-dasar": u.perbarui_dasar,
    "tambah-posisi": p.tambah_posisi,
    "hapus-posisi": p.hapus_posisi,
    "pindah-posisi": p.pindah_posisi,
    "ubah-k": p.ubah_k,
    "ubah-kelas": e.ubah_kelas,
    "ubah-infojab": p.ubah_infojab,
    "buat-infojab": i.buat_infojab,
    "tulis-isian": i.tulis_isian,
    "putuskan-evaluasi": e.putuskan_evaluasi,
}


__all__ = ["ESELON_TANPA", "HasilTerap", "sisipkan", "terapkan"]
