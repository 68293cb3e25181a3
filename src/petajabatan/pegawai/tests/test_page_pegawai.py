"""Pages of people: persona × page → expected answer; what they show."""

from __future__ import annotations

import pytest
from django.urls import reverse

from petajabatan.pegawai.models import PindahTertunda, RiwayatJabatan
from petajabatan.pegawai.tests.test_queries_peta import recount, statements
from petajabatan.testing import factories as make
from petajabatan.testing.personas import PERSONAS, make_persona

SEES = {"operator", "penyetuju", "verifikator", "admin"}


@pytest.fixture
def peta(peta_a, peta_b):
    recount(peta_a.instansi)
    recount(peta_b.instansi)
    return peta_a


def sign_in(client, name, peta, peta_b):
    home = peta_b if name == "orang_luar" else peta
    person = peta.orang[0].id if name == "pegawai" else None
    client.force_login(make_persona(name, instansi_id=home.instansi.id, pegawai_id=person))


@pytest.mark.parametrize("name", PERSONAS)
def test_every_persona_gets_what_the_matrix_says(client, peta, peta_b, name):
    sign_in(client, name, peta, peta_b)
    own = peta.instansi.id
    expected = {
        reverse("pegawai:daftar", args=[own]): 200 if name in SEES else 403,
        reverse("pegawai:pindah", args=[own]): 200 if name in SEES else 403,
        reverse("pegawai:rinci", args=[peta.orang[0].id]): 200 if name in SEES | {"pegawai"} else 404,
        reverse("pegawai:rinci", args=[peta.orang[1].id]): 200 if name in SEES else 404,
        reverse("pegawai:rinci", args=[peta_b.orang[0].id]): (
            200 if name in {"verifikator", "admin", "orang_luar"} else 404
        ),
        reverse("pegawai:saya"): 302 if name == "pegawai" else 200,
    }
    answers = {url: client.get(url) for url in expected}
    assert {url: answer.status_code for url, answer in answers.items()} == expected
    for url, answer in answers.items():
        if answer.status_code != 200:
            text = answer.content.decode()
            assert peta.orang[1].nip not in text, url
            assert peta.orang[1].nama not in text, url


def test_nobody_signed_in_is_sent_to_the_login_page(client, peta):
    answer = client.get(reverse("pegawai:daftar", args=[peta.instansi.id]))
    assert answer.status_code == 302
    assert "/akun/" in answer["Location"]


def test_the_list_searches_and_filters(client, peta, peta_b):
    sign_in(client, "operator", peta, peta_b)
    url = reverse("pegawai:daftar", args=[peta.instansi.id])
    text = client.get(url).content.decode()
    assert all(o.nama in text for o in peta.orang)
    assert all(text.count(o.nip) == 1 for o in peta.orang), "the number stands once in a row"
    found = client.get(url, {"q": "budu"}).content.decode()
    assert "Budi" in found
    assert "Sri Kabupaten" not in found
    assert "Ani" in client.get(url, {"jenis": "PPPK"}).content.decode()
    assert "Budi" not in client.get(url, {"unor": peta.dinas.id, "jenis": "PPPK"}).content.decode()
    assert "Tidak ada yang cocok" in client.get(url, {"penempatan": "tanpa-kotak"}).content.decode()
    for odd in ({"unor": "x"}, {"unor": "9" * 30}, {"hal": "-1"}, {"jenis": "'"}):
        assert client.get(url, odd).status_code == 200
    assert client.get(url, {"q": "\x00"}).status_code == 400


def test_an_acting_head_is_named_as_such_in_both_languages(client, peta, peta_b):
    sign_in(client, "operator", peta, peta_b)
    orang = make.make_pegawai(peta.instansi, "Lia", peta.staf)
    url = reverse("pegawai:rinci", args=[orang.id])
    assert "Pelaksana tugas" not in client.get(url).content.decode()
    RiwayatJabatan.objects.filter(pegawai=orang).update(jenis="PLT")
    assert "Pelaksana tugas" in client.get(url).content.decode()
    client.cookies["django_language"] = "en"
    assert "Acting head (Plt.)" in client.get(url).content.decode()


def test_the_list_takes_the_same_statements_whatever_its_size(client, peta, peta_b):
    sign_in(client, "operator", peta, peta_b)
    url = reverse("pegawai:daftar", args=[peta.instansi.id])
    few = statements(lambda: client.get(url))
    for n in range(20):
        make.make_pegawai(peta.instansi, f"Orang {n}", peta.staf)
    assert statements(lambda: client.get(url)) == few


def test_a_person_shows_every_post(client, peta, peta_b):
    sign_in(client, "operator", peta, peta_b)
    text = client.get(reverse("pegawai:rinci", args=[peta.orang[0].id])).content.decode()
    assert "Kepala Dinas" in text
    assert "1 Januari 2020" in text
    assert "sekarang" in text


def test_a_pending_move_is_seen_by_both_sides_but_the_name_only_by_one(client, peta, peta_b):
    person = peta.orang[0]
    PindahTertunda.objects.create(
        pegawai=person, instansi_asal=peta.instansi, instansi_tujuan=peta_b.instansi
    )
    sign_in(client, "operator", peta, peta_b)
    text = client.get(reverse("pegawai:pindah", args=[peta.instansi.id])).content.decode()
    assert person.nama in text
    sign_in(client, "orang_luar", peta, peta_b)
    text = client.get(reverse("pegawai:pindah", args=[peta_b.instansi.id])).content.decode()
    assert "Kabupaten Alfa" in text
    assert person.nama not in text
    assert person.nip not in text
