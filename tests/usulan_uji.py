"""Makes an usulan in the database of a running server, and reads it back: run as a script of its own.

python tests/usulan_uji.py <data folder> buat <account> <judul>
python tests/usulan_uji.py <data folder> cabang <account> <judul> (of the account's branch)
python tests/usulan_uji.py <data folder> operasi <usulan> <account> <JSON list of operations>
python tests/usulan_uji.py <data folder> hitung <usulan> <account> <kind of operation>
"""

from __future__ import annotations

import json
import os
import sys


def main(data: str, what: str, *rest: str) -> object:
    os.environ |= {"PETAJABATAN_DATA": data, "PETAJABATAN_MODE": "demo"}
    from petajabatan.runtime.install import setup_django

    setup_django("web")
    from petajabatan.akun.models import Pengguna
    from petajabatan.akun.queries import actor_of
    from petajabatan.inti.dinding import scope_of
    from petajabatan.usulan.models import Operasi
    from petajabatan.usulan.services import add_operations, create_usulan

    account = rest[0] if what in ("buat", "cabang") else rest[1]
    actor = actor_of(Pengguna.objects.get(username=account))
    with scope_of(actor):
        if what == "buat":
            instansi = next(izin.instansi_id for izin in actor.izin if izin.instansi_id)
            return create_usulan(actor, instansi, judul=rest[1]).pk
        if what == "cabang":
            izin = next(izin for izin in actor.izin if izin.lingkup == "unor" and izin.instansi_id)
            assert izin.instansi_id is not None
            return create_usulan(actor, izin.instansi_id, judul=rest[1], cabang_id=izin.sasaran).pk
        if what == "operasi":
            return add_operations(actor, int(rest[0]), json.loads(rest[2])).id_baru
        return Operasi.objects.filter(usulan_id=int(rest[0]), jenis=rest[2]).count()


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
