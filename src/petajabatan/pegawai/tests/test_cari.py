"""Finding people: by words with typing errors, by NIP, never outside the scope."""

from __future__ import annotations

import pytest
from django.db import connection

from petajabatan.akun.queries import actor_of
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.models import Audit
from petajabatan.pegawai.queries import list_people, pending_moves, search_people
from petajabatan.pegawai.tests.test_queries_peta import recount, settle, statements
from petajabatan.testing import factories as make
from petajabatan.testing.personas import make_persona


@pytest.fixture
def people(peta_a, peta_b):
    make.make_pegawai(peta_a.instansi, "Muhammad Hidayatullah", peta_a.staf, nip="198001012005011001")
    make.make_pegawai(peta_b.instansi, "Muhammad Hidayat", peta_b.staf, nip="198001012005011002")
    settle()
    recount(peta_a.instansi)
    return peta_a


def found(actor, text, **options) -> list[str]:
    with scope_of(actor):
        return [row.nama for row in search_people(actor, text, **options)]


@pytest.mark.parametrize(
    "text", ["muhammad hidayatullah", "Muhamad", "hidayatulah", "HIDAYAT muham", "1980 0101 2005", "19800101"]
)
def test_typing_errors_and_parts_still_find(people, text):
    operator = actor_of(make_persona("operator", instansi_id=people.instansi.id))
    assert found(operator, text) == ["Muhammad Hidayatullah"]


def test_a_verifier_finds_both_and_may_narrow_to_one_instansi(people):
    verifier = actor_of(make_persona("verifikator"))
    assert len(found(verifier, "muhamad hidayat")) == 2
    assert found(verifier, "muhamad", instansi_id=people.instansi.id) == ["Muhammad Hidayatullah"]


@pytest.mark.parametrize("name", ["monitor", "pembina", "pemantau"])
def test_roles_that_see_counts_find_nobody(people, name):
    actor = actor_of(make_persona(name, instansi_id=people.instansi.id))
    assert found(actor, "muhammad") == []
    with scope_of(actor), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cari_pegawai('muhammad', NULL, 10)")
        assert cursor.fetchall() == []


def test_a_civil_servant_finds_only_herself(people):
    person = people.orang[1]
    actor = actor_of(make_persona("pegawai", pegawai_id=person.id))
    assert found(actor, "budi") == [person.nama]
    assert found(actor, "muhammad") == []


def test_the_words_of_names_are_read_by_no_web_role(people):
    verifier = actor_of(make_persona("verifikator"))
    with scope_of(verifier), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kata_orang")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("text", ["", " ", "a", "'", "%", "_", "\\", "#1", "☃", "' OR 1=1 --", "x" * 500])
def test_odd_texts_find_nobody_and_break_nothing(people, text):
    operator = actor_of(make_persona("operator", instansi_id=people.instansi.id))
    assert found(operator, text) == []


def test_the_list_filters_and_pages(people):
    operator = actor_of(make_persona("operator", instansi_id=people.instansi.id))
    with scope_of(operator):
        everybody = list_people(operator, people.instansi.id)
        assert everybody.n == 4
        assert [r.nama for r in everybody.baris] == sorted(r.nama for r in everybody.baris)
        assert list_people(operator, people.instansi.id, saring={"jenis": "PPPK"}).n == 1
        assert list_people(operator, people.instansi.id, saring={"unor": str(people.bidang.id)}).n == 3
        assert list_people(operator, people.instansi.id, saring={"penempatan": "tanpa-kotak"}).n == 0
        assert list_people(operator, people.instansi.id, q="muhamad").n == 1
        assert len(list_people(operator, people.instansi.id, per=3, hal=2).baris) == 1
        assert statements(lambda: list_people(operator, people.instansi.id)) == 4  # clock, count, page, audit
        assert pending_moves(operator, people.instansi.id) == []


def test_looking_at_people_is_recorded_once_per_request(people):
    operator = actor_of(make_persona("operator", instansi_id=people.instansi.id))
    before = Audit.objects.filter(objek="pegawai", aktor=str(operator.id)).count()
    with scope_of(operator):
        list_people(operator, people.instansi.id)
    rows = Audit.objects.filter(objek="pegawai", aktor=str(operator.id))
    assert rows.count() == before + 1
    last = rows.latest("id")
    assert (last.aksi, last.jumlah, last.instansi_id) == ("baca", 4, people.instansi.id)
    assert "Muhammad" not in str(last.rincian)
