"""The second wall: what each persona can read with raw SQL on its own scoped connection."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from petajabatan.akun.queries import actor_of
from petajabatan.inti.dinding import scope_of, signed_scope
from petajabatan.testing.personas import make_persona


def people_seen(actor) -> set[int]:
    with scope_of(actor), connection.cursor() as cursor:
        cursor.execute("SELECT instansi_id FROM pegawai")
        return {row[0] for row in cursor.fetchall()}


def commit_deferred() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize("name", ["operator", "penyetuju"])
def test_an_operator_reads_only_people_of_the_own_instansi(peta_a, peta_b, name):
    actor = actor_of(make_persona(name, instansi_id=peta_a.instansi.id))
    assert people_seen(actor) == {peta_a.instansi.id}


@pytest.mark.parametrize("name", ["monitor", "pembina", "pemantau"])
def test_roles_that_see_counts_read_nobody(peta_a, peta_b, name):
    actor = actor_of(make_persona(name, instansi_id=peta_a.instansi.id))
    assert people_seen(actor) == set()


def test_a_verifier_reads_people_of_every_instansi(peta_a, peta_b):
    actor = actor_of(make_persona("verifikator"))
    assert people_seen(actor) == {peta_a.instansi.id, peta_b.instansi.id}


def test_a_civil_servant_reads_only_herself(peta_a, peta_b):
    person = peta_a.orang[1]
    actor = actor_of(make_persona("pegawai", pegawai_id=person.id))
    with scope_of(actor), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM pegawai")
        assert cursor.fetchall() == [(person.id,)]


def test_without_an_opened_scope_reading_people_is_an_error(peta_a):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', 'petajabatan_instansi', true)")
        cursor.execute("SELECT count(*) FROM pegawai")


def test_a_forged_or_widened_scope_shows_nothing(peta_a, peta_b):
    actor = actor_of(make_persona("operator", instansi_id=peta_a.instansi.id))
    _, scope = signed_scope(actor)
    forged = scope.replace(f"|{peta_a.instansi.id}|", f"|{peta_a.instansi.id},{peta_b.instansi.id}|", 1)
    with scope_of(actor), connection.cursor() as cursor:
        for attempt in (forged, "nasional|0||||0|9999999999|00", "x"):
            cursor.execute("SELECT set_config('petajabatan.cakupan', %s, true)", [attempt])
            cursor.execute("SELECT count(*) FROM pegawai")
            assert cursor.fetchone() == (0,)


def test_becoming_the_national_role_does_not_help(peta_a, peta_b):
    actor = actor_of(make_persona("operator", instansi_id=peta_a.instansi.id))
    with scope_of(actor), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', 'petajabatan_nasional', true)")
        cursor.execute("SELECT count(*) FROM pegawai")
        assert cursor.fetchone() == (0,)


def test_b_follows_people_and_versions(peta_a):
    commit_deferred()
    with connection.cursor() as cursor:
        cursor.execute("SELECT hitung_bezetting(%s, current_date)", [peta_a.instansi.id])
        cursor.execute("SELECT b FROM bezetting_unor WHERE unor_id = %s", [peta_a.akar.id])
        assert cursor.fetchone() == (3,)
        cursor.execute(
            "SELECT k, n_unor, b FROM ringkasan_instansi WHERE instansi_id = %s", [peta_a.instansi.id]
        )
        assert cursor.fetchone() == (6, 3, 3)
