"""The page of what was simulated, and that nobody but the owner writes its tables."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.test import Client

from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.runtime.pemeriksaan import check_all
from petajabatan.simulasi.models import Simulasi
from petajabatan.testing.personas import make_persona

ISI = {
    "hitungan": {"instansi": 3, "unor": 40, "posisi": 300, "orang": 1234567, "riwayat": 1300000,
    "cacat": {"unit-hilang": 7}},
    "sebaran": {
        "jenis": [["PNS", 900], ["PPPK", 300]],
        "kelamin": [["L", 1], ["P", 3]],
        "menurut_instansi": [["KAB", 2, 30, 200, 900, 700, 800]],
        "terbesar": [],
    },
    "waktu": {"semua": 61.5},
}  # fmt: skip


@pytest.fixture
def pemantau(db):
    client = Client()
    client.force_login(make_persona("pemantau", instansi_id=None))
    return client


def test_without_a_simulation_the_page_names_the_command(pemantau):
    assert "petajabatan simulasi nasional" in pemantau.get("/simulasi/").content.decode()


def test_the_page_shows_counts_shares_and_defects(pemantau):
    Simulasi.objects.create(benih=1, skala=0.1, proses=2, status="selesai", isi=ISI)
    text = pemantau.get("/simulasi/").content.decode()
    for part in ("1.234.567", "75,0", "duduk pada unit yang sudah tidak ada", "Kabupaten", "rekaan", "61,5"):
        assert part in text, part


def test_the_page_is_one_statement_of_its_own(pemantau, django_assert_max_num_queries):
    Simulasi.objects.create(benih=1, skala=0.1, proses=2, status="selesai", isi=ISI)
    pemantau.get("/simulasi/")
    with django_assert_max_num_queries(12) as seen:
        pemantau.get("/simulasi/")
    assert sum('FROM "simulasi"' in q["sql"] for q in seen.captured_queries) == 1


def test_an_unfinished_run_is_told_by_page_and_check(pemantau):
    Simulasi.objects.create(benih=1, skala=1, proses=2)
    assert "--lanjut" in pemantau.get("/simulasi/").content.decode()
    with scope_of(sistem("uji")):
        assert check_all()[0]["simulasi-terputus"] == 1


def test_visitors_are_sent_to_the_login(db):
    assert Client().get("/simulasi/").status_code == 302


def test_the_web_roles_cannot_write_what_the_owner_executes_later(db):
    from petajabatan.inti.dinding import grant_privileges

    grant_privileges()
    with pytest.raises(ProgrammingError), scope_of(sistem("uji")), connection.cursor() as cursor:
        cursor.execute("UPDATE simulasi SET tunda = '{}'")
