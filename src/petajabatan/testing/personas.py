"""The named people of the suite. Every endpoint is tried by each of them."""

from __future__ import annotations

import datetime as dt

from petajabatan.akun.models import Pengguna, Peran

PASSWORD = "sandi-untuk-pengujian"

PERSONAS: dict[str, tuple[str, str] | None] = {
    "operator": ("instansi-operator-sotk", "instansi"),
    "penyetuju": ("instansi-penetapan-sotk", "instansi"),
    "monitor": ("instansi-monitor-perencanaan-kepegawaian", "instansi"),
    "verifikator": ("verifikator-bkn", "nasional"),
    "admin": ("admin-pusat", "nasional"),
    "pembina": ("pembina", "nasional"),
    "pemantau": ("pemantau", "nasional"),
    "pegawai": ("pegawai", "diri"),
    "orang_luar": ("instansi-operator-sotk", "instansi"),
}
"""name → (role, scope). ``orang_luar`` is the operator of the other instansi."""


def make_persona(
    name: str, *, instansi_id: int | None = None, pegawai_id: int | None = None, sasaran_id: int | None = None
) -> Pengguna:
    """An account with the persona's one grant."""
    definition = PERSONAS[name]
    user = Pengguna.objects.create_user(name, password=PASSWORD, nama=name.title(), pegawai_id=pegawai_id)
    if definition:
        peran, lingkup = definition
        Peran.objects.create(
            pengguna=user,
            peran=peran,
            lingkup=lingkup,
            instansi_id=instansi_id if lingkup in ("instansi", "unor") else None,
            sasaran_id=sasaran_id,
            berlaku_dari=dt.date(2020, 1, 1),
        )
    return user
