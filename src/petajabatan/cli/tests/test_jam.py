"""``petajabatan jam``: moving the business date brings B along."""

from __future__ import annotations

import contextlib
import json

import pytest

from petajabatan.cli import main as cli
from petajabatan.cli.perintah import jam
from petajabatan.inti.jam import today
from petajabatan.pegawai.models import RingkasanInstansi
from petajabatan.pegawai.tests.reorganisasi import reorganise, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def jadwal(peta_a, monkeypatch):
    """A reorganisation of tomorrow; the command meets the database of the test instead of starting one."""
    monkeypatch.setattr(jam, "database", lambda args: contextlib.nullcontext())
    settle()
    return reorganise(peta_a)


def run(capsys, *argv: str) -> dict:
    assert cli.main(["jam", *argv, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_moving_the_clock_counts_what_has_become_due(jadwal, capsys):
    real = today()
    there = run(capsys, "--ke", jadwal.berlaku.isoformat())
    assert (there["hari"], there["dihitung_ulang"]) == (jadwal.berlaku.isoformat(), 1)
    row = RingkasanInstansi.objects.get(pk=jadwal.peta.instansi.id)
    assert (row.versi, row.b_hari, row.b) == (2, jadwal.berlaku, 3)
    assert run(capsys)["dihitung_ulang"] == 0
    back = run(capsys, "--kembali")
    assert (back["hari"], back["dihitung_ulang"]) == (real.isoformat(), 1)
    assert RingkasanInstansi.objects.get(pk=jadwal.peta.instansi.id).versi == 1
