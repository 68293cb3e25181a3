"""The checks of a draft: each looks at one unit or box and what stands around it, and answers with findings.

``jalankan`` runs them on a set of objects; the same function serves an edit (the objects the edit affects), a
gate (everything the draft affects) and the whole map. A finding that the published map has too is marked as
brought along (``bawaan``) and never stops anybody.
"""

# Importing registers the checks, in this order.
from petajabatan.usulan.rules.cek import susunan  # noqa: F401, I001
from petajabatan.usulan.rules.cek import eselon, nama_unit, pimpinan, dasar_hukum, urusan, bentuk  # noqa: F401
from petajabatan.usulan.rules.cek import perubahan_unit, hapus_unit, jabatan, kelas, kebutuhan  # noqa: F401
from petajabatan.usulan.rules.cek import perubahan_jabatan, hapus_jabatan  # noqa: F401
from petajabatan.usulan.rules.cek.dasar import SEMUA_CEK, Cek, TemuanObjek, jalankan

__all__ = ["SEMUA_CEK", "Cek", "TemuanObjek", "jalankan"]
