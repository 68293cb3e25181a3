"""The routes of instansi, units, boxes, versions and differences; tried by every persona."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from petajabatan.inti.actor import sistem
from petajabatan.jabatan.models import PosisiRiwayat
from petajabatan.jabatan.services import publish_map
from petajabatan.organisasi.models import SELAMANYA, UnorRiwayat
from petajabatan.organisasi.rules.muatan import KodeMuatan, Muatan, PosisiMuatan, UnorMuatan
from petajabatan.referensi.models import Instansi
from petajabatan.testing import factories as make
from petajabatan.testing.personas import PERSONAS, make_persona

pytestmark = pytest.mark.django_db


@pytest.fixture
def instansi():
    instansi, jab = make.make_instansi("Kabupaten Api"), make.make_jabatan("Penata Layanan Uji")
    units = [UnorMuatan("A", None, "Kabupaten Api"), UnorMuatan("B", "A", "Dinas Satu"),
             UnorMuatan("C", "B", "SDN 1 Api", jenis="sekolah")]  # fmt: skip
    boxes = [PosisiMuatan("C", jab.nama, "pelaksana", jab.id, kelas=7, k=2)]
    codes = [KodeMuatan("C", "npsn", f"2031{instansi.pk:04}"[-8:].zfill(8))]
    publish_map(
        sistem("uji"),
        instansi.id,
        Muatan(units, boxes, codes),
        berlaku=dt.date(2026, 1, 1),
        jenis="muat-awal",
    )
    units[1].nama = "Dinas Satu Baru"
    publish_map(sistem("uji"), instansi.id, Muatan(units, boxes), berlaku=dt.date(2026, 3, 1), jenis="impor")
    return instansi


@pytest.fixture
def client(instansi):
    client = Client()
    client.force_login(make_persona("pemantau"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def get(client, path, status=200, **params):
    response = client.get(f"/api/v1{path}", params)
    assert response.status_code == status, response.content
    return response.json()


def test_units_page_by_page_as_of_a_version(client, instansi):
    names, cursor = [], None
    while True:
        extra = {"kursor": cursor} if cursor else {}
        page = get(client, "/unor", instansi=instansi.pk, batas=2, versi=1, **extra)
        names += [u["nama"] for u in page["isi"]]
        cursor = page["berikutnya"]
        if cursor is None:
            break
    assert names == ["Kabupaten Api", "Dinas Satu", "SDN 1 Api"]
    now = get(client, "/unor", instansi=instansi.pk, jenis="sekolah")
    assert [(u["nama"], u["k"]) for u in now["isi"]] == [("SDN 1 Api", 2)] and now["versi"] == 2


@pytest.mark.parametrize("key", ["kode_cepat", "id_siasn", "pk"])
def test_an_instansi_is_named_by_code_siasn_id_or_own_id(client, instansi, key):
    named = getattr(instansi, key)
    assert get(client, f"/instansi/{named}")["id"] == instansi.pk
    assert len(get(client, f"/instansi/{named}/versi")["isi"]) == 2
    assert get(client, f"/instansi/{named}/beda", dari=1, ke=2)["instansi_id"] == instansi.pk
    assert get(client, f"/instansi/{named}/dasar-hukum")["isi"] == []
    assert len(get(client, "/unor", instansi=named)["isi"]) == 3
    assert len(get(client, "/unor/cari", q="sdn", instansi=named)["isi"]) == 1
    assert len(get(client, "/posisi", instansi=named)["isi"]) == 1


def test_a_code_wins_over_an_id_of_the_same_digits(client, instansi):
    other = make.make_instansi("Kabupaten Lain")
    Instansi.objects.filter(pk=other.pk).update(kode_cepat=str(instansi.pk))
    assert get(client, f"/instansi/{instansi.pk}")["id"] == other.pk


@pytest.mark.parametrize("key", ["tidak-ada", "%00", "99999999999999999999", "²"])
def test_a_key_nobody_has_is_not_found(client, key):
    get(client, f"/instansi/{key}", 404)
    get(client, f"/instansi/{key}/beda?dari=1&ke=2", 404)


def test_a_unit_its_tree_and_its_boxes(client, instansi):
    units = {u["nama"]: u for u in get(client, "/unor", instansi=instansi.pk)["isi"]}
    dinas, school = units["Dinas Satu Baru"]["id"], units["SDN 1 Api"]["id"]
    detail = get(client, f"/unor/{dinas}", tanggal="2026-02-01")
    assert (detail["nama"], detail["versi"], detail["n_unor"]) == ("Dinas Satu", 1, 2)
    assert [k["jenis"] for k in get(client, f"/unor/{school}")["kode"]][-1] == "npsn"
    assert [u["id"] for u in get(client, f"/unor/{dinas}/bawahan")["isi"]] == [school]
    assert [u["id"] for u in get(client, f"/unor/{dinas}/subpohon")["isi"]] == [dinas, school]
    assert [u["id"] for u in get(client, f"/unor/{dinas}/subpohon", kedalaman=0)["isi"]] == [dinas]
    assert [u["nama"] for u in get(client, f"/unor/{school}/leluhur", versi=1)["isi"]] == [
        "Kabupaten Api",
        "Dinas Satu",
    ]
    (box,) = get(client, "/posisi", unor=school)["isi"]
    assert (box["nama"], box["k"], box["kelas"]) == ("Penata Layanan Uji", 2, 7)
    assert get(client, f"/posisi/{box['id']}", versi=1)["unor_nama"] == "SDN 1 Api"
    assert get(client, "/posisi", instansi=instansi.pk, jenis="struktural")["isi"] == []
    hits = get(client, "/unor/cari", q="sdn api", instansi=instansi.pk)["isi"]
    assert hits[0]["id"] == school and hits[0]["jejak"] == ["Kabupaten Api", "Dinas Satu Baru"]


def test_a_unit_that_has_ended_tells_when_and_what_carries_it_on(client, instansi):
    units = {u["nama"]: u for u in get(client, "/unor", instansi=instansi.pk)["isi"]}
    dinas, school = units["Dinas Satu Baru"]["id"], units["SDN 1 Api"]["id"]
    (box,) = get(client, "/posisi", unor=school)["isi"]
    assert make.make_version(instansi, dt.date(2026, 6, 1)) == 3
    PosisiRiwayat.objects.filter(posisi_id=box["id"], hingga=SELAMANYA).update(hingga=3)
    UnorRiwayat.objects.filter(unor_id=school, hingga=SELAMANYA).update(hingga=3, penerus=[dinas])
    for path in (f"/unor/{school}", f"/unor/{school}/bawahan", f"/unor/{school}/leluhur"):
        body = get(client, path, 410, versi=3)
        assert body["kode"] == "sudah-berakhir" and "SDN 1 Api" in body["detail"]
        assert body["berakhir"] == {"versi": 3, "tanggal": "2026-06-01"}
        (heir,) = body["penerus"]
        assert (heir["id"], heir["nama"]) == (dinas, "Dinas Satu Baru")
        assert client.get(heir["tautan"]).json()["nama"] == "Dinas Satu Baru"
        assert client.get(body["terakhir"]["tautan"]).json()["nama"] == "SDN 1 Api"
    # On a version on which it stood it is answered, and a box in the same way.
    assert get(client, f"/unor/{school}", versi=2)["nama"] == "SDN 1 Api"
    gone = get(client, f"/posisi/{box['id']}", 410, versi=3)
    assert gone["penerus"] == [] and "tanpa penerus" in gone["detail"]
    assert get(client, f"/posisi/{box['id']}", versi=1)["id"] == box["id"]


def test_a_unit_that_had_not_begun_says_since_when_it_stands(client, instansi):
    units = [UnorMuatan("A", None, "Kabupaten Api"), UnorMuatan("D", "A", "Dinas Dua")]
    publish_map(sistem("uji"), instansi.id, Muatan(units, []), berlaku=dt.date(2026, 6, 1), jenis="impor")
    new = next(
        u for u in get(client, "/unor", instansi=instansi.pk, versi=3)["isi"] if u["nama"] == "Dinas Dua"
    )
    assert "baru ada sejak versi 3" in get(client, f"/unor/{new['id']}", 404, versi=1)["detail"]


def test_values_are_refused_in_the_language_of_the_client(client, instansi):
    url = f"/api/v1/unor?instansi={instansi.pk}&batas=0"
    body = client.get(url).json()
    assert (body["title"], body["detail"]) == ("Nilai tidak sah", "batas: Harus 1 atau lebih.")
    assert body["temuan"][0]["kalimat"] == "Harus 1 atau lebih."
    english = client.get(url, headers={"Accept-Language": "en"}).json()
    assert english["title"] == "Invalid value" and "greater than or equal to 1" in english["detail"]


def test_versions_and_their_difference(client, instansi):
    versions = get(client, f"/instansi/{instansi.pk}/versi")["isi"]
    assert [v["nomor"] for v in versions] == [2, 1] and all(len(v["hash"]) == 64 for v in versions)
    found = get(client, f"/instansi/{instansi.pk}/beda", dari=1, ke=2)
    assert found["ringkasan"] == {"unor": {"ganti-nama": 1}, "posisi": {}}
    assert found["unor"][0]["kolom"] == {"nama": ["Dinas Satu", "Dinas Satu Baru"]}
    assert found["unor"][0]["letak"] == "Kabupaten Api"


def test_instansi_are_listed_and_searched(client, instansi):
    rows = get(client, "/instansi", q="kabupaten api", berpeta=True)["isi"]
    assert [(r["id"], r["versi"], r["berlaku"]) for r in rows] == [(instansi.pk, 2, "2026-03-01")]
    assert get(client, "/instansi", q="kabupaten api", berpeta=False)["isi"] == []
    assert get(client, f"/instansi/{instansi.pk}")["nama"] == "Kabupaten Api"
    assert get(client, f"/instansi/{instansi.pk}/dasar-hukum")["isi"] == []
    first = get(client, "/instansi", batas=1)
    if first["berikutnya"]:
        assert get(client, "/instansi", kursor=first["berikutnya"])["isi"][0] != first["isi"][0]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/unor?instansi=2147483647", 404),
        ("/unor", 422),
        ("/unor/9223372036854775807", 404),
        ("/unor/9223372036854775808", 422),
        ("/posisi", 422),
        ("/posisi/1000000000", 404),
        ("/instansi/2147483647", 404),
        ("/instansi/99999999999999999999", 404),
        ("/unor/cari?q=%00", 400),
        ("/instansi?q=%00a", 400),
        ("/instansi?kursor=WyJhXHUwMDAwIiwxXQ", 200),
        ("/instansi?kursor=x", 400),
    ],
)
def test_odd_requests_get_problem_documents(client, path, status):
    response = client.get(f"/api/v1{path}")
    assert response.status_code == status, response.content
    if status >= 400:
        assert response["Content-Type"] == "application/problem+json" and response.json()["detail"]


@pytest.mark.parametrize("name", [*PERSONAS, None])
def test_everybody_signed_in_reads_the_published_map(instansi, peta_b, name):
    client = Client()
    if name:
        user = make_persona(name, instansi_id=peta_b.instansi.pk, pegawai_id=peta_b.orang[0].pk)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for path in (
        "/instansi",
        f"/instansi/{instansi.pk}/versi",
        f"/unor?instansi={instansi.pk}",
        "/unor/cari?q=api",
    ):
        assert client.get(f"/api/v1{path}").status_code == (200 if name else 401)


def test_lists_take_the_same_number_of_statements_whatever_their_size(client, instansi):
    counts = []
    for batas in (1, 3):
        with CaptureQueriesContext(connection) as ctx:
            get(client, "/unor", instansi=instansi.pk, batas=batas)
        counts.append(len(ctx))
    assert counts[0] == counts[1]
