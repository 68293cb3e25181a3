"""Databases of their own for simulations: they fill whole tables, which no transaction of a test can undo."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import psycopg
import pytest

SIAPKAN = """
from petajabatan.runtime.data_dir import DataDir
from petajabatan.runtime.install import install
install(DataDir.from_env())
from petajabatan.demo.muat_referensi import muat_referensi
from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
with scope_of(sistem("uji")):
    muat_referensi()
    # The demonstration knows schools of Rembang only; the sample shall take that kabupaten.
    from petajabatan.referensi.models import Instansi
    Instansi.objects.filter(jenis_instansi="KAB").exclude(kode_cepat="6413").update(aktif=False)
"""


def _url(nama: str) -> str:
    dasar, _, sisa = os.environ["DATABASE_URL"].partition("?")
    return f"{dasar.rpartition('/')[0]}/{nama}" + (f"?{sisa}" if sisa else "")


@pytest.fixture(scope="session")
def basis_data(django_db_setup: None, django_db_blocker: object) -> Iterator[Callable[[], str]]:
    """Makes databases with all tables, the shipped rules and the demonstration's references, no map: their
    URL."""
    from django.db import connection

    asal = str(connection.settings_dict["NAME"])
    nama = [f"{asal}_simulasi"]
    with psycopg.connect(_url("postgres"), autocommit=True) as admin:
        with django_db_blocker.unblock():  # type: ignore[attr-defined]
            connection.close()
            admin.execute(f'CREATE DATABASE "{nama[0]}" TEMPLATE "{asal}"'.encode())
        env = os.environ | {"DATABASE_URL": _url(nama[0])}
        subprocess.run([sys.executable, "-c", SIAPKAN], check=True, env=env)

        def buat() -> str:
            nama.append(f"{asal}_simulasi_{len(nama)}")
            admin.execute(f'CREATE DATABASE "{nama[-1]}" TEMPLATE "{nama[0]}"'.encode())
            return _url(nama[-1])

        yield buat
        for satu in nama:
            admin.execute(f'DROP DATABASE IF EXISTS "{satu}" WITH (FORCE)'.encode())
