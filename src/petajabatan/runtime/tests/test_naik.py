"""An installation from before the chain and the feed is brought up to date with what it holds."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

BEFORE = """
import django; django.setup()
from django.core.management import call_command
for app in ("organisasi", "jabatan", "pegawai", "akun"):
    call_command("migrate", app, verbosity=0)
call_command("migrate", "inti", "0005_notifikasi", verbosity=0)
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT to_regclass('audit_rantai'), to_regclass('umpan')")
    assert cursor.fetchone() == (None, None)
from django.db import transaction
from petajabatan.testing import factories as make
for nama in ("Alfa", "Beta"):
    with transaction.atomic():
        instansi = make.make_instansi(nama)
        make.make_version(instansi)
        make.make_posisi(make.make_unor(instansi, nama), "Kepala", kepala=True, k=1)
with transaction.atomic():
    make.make_version(instansi)
"""
AFTER = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.models import Audit
from petajabatan.inti.rantai import prove
from petajabatan.interop.models import Umpan
with scope_of(sistem("uji")):
    proof = prove()
assert proof.utuh and proof.rantai == 2, proof
assert proof.catatan == Audit.objects.count() > 4, proof
assert list(Umpan.objects.order_by("nomor").values_list("nomor", "versi", "jenis")) == [
    (1, 1, "muat-awal"), (2, 1, "muat-awal"), (3, 2, "versi")]
"""


@pytest.mark.django_db
def test_old_records_are_sealed_and_old_versions_enter_the_feed():
    name = f"{connection.settings_dict['NAME']}_naik"
    server = urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres").geturl()
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(f'DROP DATABASE IF EXISTS "{name}"')
        conn.execute(f'CREATE DATABASE "{name}"')
    url = urlsplit(server)._replace(path=f"/{name}").geturl()
    env = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "petajabatan.config.settings"}
    try:
        for code in (BEFORE, AFTER):
            done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr[-3000:]
    finally:
        with psycopg.connect(server, autocommit=True) as conn:
            conn.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
