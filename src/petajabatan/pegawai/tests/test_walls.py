"""The second wall: what each persona can read with raw SQL on its own scoped connection."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from petajabatan.akun.models import Pengguna, Peran
from petajabatan.akun.queries import actor_of
from petajabatan.inti.dinding import scope_of, signed_scope
from petajabatan.inti.models import Berkas, Pekerjaan, TemuanPekerjaan
from petajabatan.pegawai.models import PindahTertunda
from petajabatan.testing import factories as make
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


DRAFTS = {
    "pekerjaan": "instansi_id",
    "berkas": "instansi_id",
    "temuan_pekerjaan": "(SELECT p.instansi_id FROM pekerjaan p WHERE p.id = pekerjaan_id)",
    "audit": "instansi_id",
    "riwayat_jabatan": "instansi_id",
    "pindah_tertunda": "instansi_asal_id",
}


@pytest.mark.parametrize("table", DRAFTS)
def test_raw_sql_of_an_operator_reads_no_drafts_documents_or_histories_of_others(peta_a, peta_b, table):
    """Each table holds a row of B before the operator of A looks; of its own it sees what there is."""
    for peta in (peta_a, peta_b):
        job = Pekerjaan.objects.create(jenis="uji", judul="Uji", instansi_id=peta.instansi.id)
        Berkas.objects.create(
            nama="a.csv", jenis_isi="text/csv", ukuran=1, sha256="0" * 64, tujuan="impor",
            instansi_id=peta.instansi.id,
        )  # fmt: skip
        TemuanPekerjaan.objects.create(pekerjaan=job, kode="x", tingkat="galat", kalimat="X.", perbaikan="Y.")
    PindahTertunda.objects.create(
        pegawai=peta_b.orang[0], instansi_asal=peta_b.instansi, instansi_tujuan=make.make_instansi("Lain")
    )
    commit_deferred()
    column = DRAFTS[table]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [peta_b.instansi.id])
        assert cursor.fetchone()[0] > 0
    actor = actor_of(make_persona("operator", instansi_id=peta_a.instansi.id))
    with scope_of(actor), connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT {column} FROM {table}")
        assert {row[0] for row in cursor.fetchall()} <= {peta_a.instansi.id}


def test_an_operator_of_a_branch_reads_only_people_below_it(peta_a, peta_b):
    commit_deferred()
    user = Pengguna.objects.create_user("operator.bidang", nama="Operator Bidang")
    Peran.objects.create(
        pengguna=user, peran="instansi-operator-sotk", lingkup="unor", instansi_id=peta_a.instansi.id,
        sasaran_id=peta_a.bidang.id, berlaku_dari="2020-01-01",
    )  # fmt: skip
    with scope_of(actor_of(user)), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM pegawai ORDER BY id")
        assert [row[0] for row in cursor.fetchall()] == [peta_a.orang[1].id, peta_a.orang[2].id]


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
