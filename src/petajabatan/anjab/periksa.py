"""What must hold for the tables of analisis jabatan."""

from __future__ import annotations

from petajabatan.inti.periksa import Cek, Jaga

_AUDIT = ("audit_insert", "audit_update", "audit_delete")
JAGA = Jaga(
    pemicu={
        "templat_pembina": ("tak_terhapus", *_AUDIT),
        "templat_versi": ("tak_terhapus", "versi_tetap", *_AUDIT),
        "templat_unor": ("tak_terhapus", *_AUDIT),
    },
    tembok=("templat_pembina", "templat_versi", "templat_unor"),
)
CEK: list[Cek] = []
