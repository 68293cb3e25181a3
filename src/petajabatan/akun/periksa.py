"""What must hold for accounts and grants."""

from __future__ import annotations

from petajabatan.akun.rules import PERAN
from petajabatan.inti.periksa import Cek, Jaga

_AUDIT = ("audit_insert", "audit_update", "audit_delete")
JAGA = Jaga(pemicu={"pengguna": ("tak_terhapus",), "peran": ("tak_terhapus", *_AUDIT)})

CEK = [
    Cek(
        "peran-tidak-dikenal",
        "Akun memegang peran yang tidak dikenal program ini.",
        "Akhiri peran itu dan beri penggantinya: petajabatan akun peran.",
        "SELECT u.username, p.peran || '@' || p.lingkup FROM peran p JOIN pengguna u ON u.id = p.pengguna_id"
        " WHERE p.peran <> ALL (%(dikenal)s)",
        params={"dikenal": list(PERAN)},
    ),
]
