"""Makers for tests of the workflow: usulan, accounts, letters."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from petajabatan.akun.models import Pengguna, Peran
from petajabatan.akun.queries import actor_of
from petajabatan.inti.actor import Actor, sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.jabatan.models import PosisiRiwayat
from petajabatan.testing.personas import PASSWORD, make_persona
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules.operasi import UbahK
from petajabatan.usulan.services import add_operations
from petajabatan.usulan.services.dokumen import add_document
from petajabatan.usulan.services.transisi import Surat, move

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"
TANGGAL = dt.date(2026, 3, 2)


def make_usulan(instansi: Any, *, operasi: int = 1, status: str = "draf", **values: Any) -> Usulan:
    """A draft that changes the need of one box, in as many operations as asked for."""
    usulan = Usulan.objects.create(
        **{"instansi": instansi, "judul": "Penataan Dinas Pendidikan", "dasar_versi": 1} | values
    )
    box = PosisiRiwayat.objects.filter(instansi=instansi, jenis="pelaksana").first()
    if operasi and box is not None:
        steps = [UbahK(posisi_id=box.posisi_id, k=4 + n, sumber="abk") for n in range(1, operasi + 1)]
        with scope_of(sistem("uji")):
            add_operations(sistem("uji"), usulan.pk, steps)
    if status != "draf":  # the ways of the database's own trigger
        for step in STEPS[status]:
            Usulan.objects.filter(pk=usulan.pk).update(status=step)
    usulan.refresh_from_db()
    return usulan


STEPS = {
    "menunggu_persetujuan": ["menunggu_persetujuan"],
    "diajukan": ["menunggu_persetujuan", "diajukan"],
    "diverifikasi": ["menunggu_persetujuan", "diajukan", "diverifikasi"],
    "perbaikan": ["menunggu_persetujuan", "diajukan", "diverifikasi", "perbaikan"],
    "disetujui": ["menunggu_persetujuan", "diajukan", "diverifikasi", "disetujui"],
    "ditolak": ["menunggu_persetujuan", "diajukan", "diverifikasi", "ditolak"],
    "dibatalkan": ["dibatalkan"],
}


def account(nama: str, peran: str, lingkup: str, **scope: Any) -> Actor:
    """An account beside the personas, with one grant."""
    user = Pengguna.objects.create_user(nama, password=PASSWORD, nama=nama.title())
    Peran.objects.create(
        pengguna=user, peran=peran, lingkup=lingkup, berlaku_dari=dt.date(2020, 1, 1), **scope
    )
    return actor_of(user)


class Orang:
    """The personas of an instansi as actors; operator, penyetuju and verifikator are made at once, so that
    they are told from the start, the others when first asked for."""

    def __init__(self, instansi_id: int, pegawai_id: int | None = None, luar_id: int | None = None) -> None:
        self._scope = {"instansi_id": instansi_id, "pegawai_id": pegawai_id}
        self._luar = luar_id or instansi_id
        self._made: dict[str, Actor] = {}
        for name in ("operator", "penyetuju", "verifikator"):
            self[name]

    def __getitem__(self, name: str) -> Actor:
        if name not in self._made:
            scope = dict(self._scope)
            if name == "orang_luar":
                scope["instansi_id"] = self._luar
            if name != "pegawai":
                scope["pegawai_id"] = None
            if name == "verifikator_dua":
                self._made[name] = account(name, "verifikator-bkn", "nasional")
            else:
                self._made[name] = actor_of(make_persona(name, **scope))
        return self._made[name]


def do(actor: Actor, usulan: Usulan, tindakan: str, **values: Any) -> Usulan:
    """One action in the actor's own scope."""
    with scope_of(actor):
        return move(actor, usulan.pk, tindakan, **values)


def letter(actor: Actor, usulan: Usulan, content: bytes = PDF, nama: str = "surat.pdf") -> Surat:
    with scope_of(actor):
        dokumen = add_document(actor, usulan.pk, io.BytesIO(content), nama, jenis="surat")
    return Surat(dokumen.pk, "800/12/2026", TANGGAL)


def sign(orang: Orang, usulan: Usulan, **values: Any) -> Usulan:
    """The penyetuju signs and submits."""
    actor = orang["penyetuju"]
    return do(actor, usulan, "tanda-tangani", surat=letter(actor, usulan), **values)


def submitted(orang: Orang, instansi: Any, **values: Any) -> Usulan:
    usulan = make_usulan(instansi, **values)
    do(orang["operator"], usulan, "ajukan-ke-penyetuju")
    return sign(orang, usulan)


def taken(orang: Orang, instansi: Any, **values: Any) -> Usulan:
    return do(orang["verifikator"], submitted(orang, instansi, **values), "ambil")


def approved(orang: Orang, instansi: Any, **values: Any) -> Usulan:
    return do(orang["verifikator"], taken(orang, instansi, **values), "setujui")
