"""The checks of a draft: each looks at one unit or box and what stands around it, and answers with findings.

``jalankan`` runs them on a set of objects; the same function serves an edit (the objects the edit affects), a
gate (everything the draft affects) and the whole map. A finding that the published map has too is marked as
brought along (``bawaan``) and never stops anybody.
"""

from petajabatan.usulan.rules.cek import (  # noqa: F401  (registers the checks, in this order)
    susunan,
    eselon,
    nama_unit,
    pimpinan,
    dasar_hukum,
    urusan,
    bentuk,
    perubahan_unit,
    hapus_unit,
    jabatan,
    kelas,
    kebutuhan,
    perubahan_jabatan,
    hapus_jabatan,
)  # isort: skip
from petajabatan.usulan.rules.cek.dasar import SEMUA_CEK, Cek, TemuanObjek, jalankan

__all__ = ["SEMUA_CEK", "Cek", "TemuanObjek", "jalankan"]
