"""Routes of people and B: who gets what, the map as one document, paging."""

from __future__ import annotations

import pytest

from petajabatan.pegawai.models import RiwayatJabatan
from petajabatan.pegawai.tests.test_queries_peta import recount, statements
from petajabatan.testing import factories as make
from petajabatan.testing.personas import PERSONAS, make_persona

SEES_OWN = {"operator", "penyetuju", "verifikator", "admin"}
SEES_OTHER = {"verifikator", "admin", "orang_luar"}


@pytest.fixture
def peta(peta_a, peta_b):
    recount(peta_a.instansi)
    recount(peta_b.instansi)
    return peta_a


def sign_in(client, name, peta, peta_b):
    home = peta_b if name == "orang_luar" else peta
    person = peta.orang[0].id if name == "pegawai" else None
    client.force_login(make_persona(name, instansi_id=home.instansi.id, pegawai_id=person))
    return client


def test_the_map_is_one_document_with_k_and_b(client, peta, peta_b):
    sign_in(client, "pemantau", peta, peta_b)
    url = f"/api/v1/instansi/{peta.instansi.kode_cepat}/peta"
    answer = client.get(url)
    assert answer.status_code == 200
    body = answer.json()
    assert (body["versi"], len(body["unor"]), len(body["posisi"])) == (1, 3, 3)
    staf = next(p for p in body["posisi"] if p["id"] == peta.staf.id)
    assert (staf["k"], staf["b"], staf["selisih"]) == (4, 2, -2)
    from petajabatan.pegawai.api import PetaDokumen

    PetaDokumen.model_validate(body)  # the hand-written answer keeps the promised shape
    assert set(body["posisi"][0]) == set(
        PetaDokumen.model_fields["posisi"].annotation.__args__[0].model_fields
    )


def test_odd_names_and_missing_values_stay_valid_json(client, peta, peta_b):
    from django.db import transaction

    odd = 'Seksi "A\\B"\n</script> ☃ \u2028'
    with transaction.atomic():
        nomor = make.make_version(peta.instansi)
        unor = make.make_unor(peta.instansi, odd, peta.bidang, sejak=nomor)
        make.make_posisi(unor, odd, sejak=nomor)
    recount(peta.instansi)
    sign_in(client, "pemantau", peta, peta_b)
    body = client.get(f"/api/v1/instansi/{peta.instansi.kode_cepat}/peta").json()
    assert next(u for u in body["unor"] if u["id"] == unor.id)["nama"] == odd
    box = next(p for p in body["posisi"] if p["unor_id"] == unor.id)
    assert (box["nama"], box["k"], box["selisih"], box["b"], box["kepala"]) == (odd, None, None, 0, False)


def test_the_etag_follows_version_and_b(client, peta, peta_b):
    sign_in(client, "pemantau", peta, peta_b)
    url = f"/api/v1/instansi/{peta.instansi.id_siasn}/peta"
    etag = client.get(url)["ETag"]
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304
    RiwayatJabatan.objects.filter(pegawai=peta.orang[2]).update(jenis="PLT")
    recount(peta.instansi)
    again = client.get(url, headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert next(p for p in again.json()["posisi"] if p["id"] == peta.staf.id)["b"] == 1
    early = client.get(url, {"tanggal": "2020-01-01"})
    assert early.status_code == 404


def test_the_document_takes_the_same_statements_whatever_its_size(client, peta, peta_b):
    sign_in(client, "pemantau", peta, peta_b)
    url = f"/api/v1/instansi/{peta.instansi.kode_cepat}/peta"
    few = statements(lambda: client.get(url))
    from django.db import transaction

    with transaction.atomic():
        nomor = make.make_version(peta.instansi)
        for n in range(20):
            unor = make.make_unor(peta.instansi, f"S{n}", peta.bidang, sejak=nomor)
            make.make_posisi(unor, "K", sejak=nomor, kepala=True, k=1)
    recount(peta.instansi)
    assert statements(lambda: client.get(url)) == few
    assert len(client.get(url).json()["unor"]) == 23


@pytest.mark.parametrize("name", PERSONAS)
def test_counts_are_for_everybody_and_names_for_few(client, peta, peta_b, name):
    sign_in(client, name, peta, peta_b)
    for path in (
        f"instansi/{peta.instansi.kode_cepat}/bezetting",
        f"unor/{peta.akar.id}/bezetting",
        f"unor/{peta.akar.id}/bezetting?tanggal=2026-03-01",
        f"posisi/{peta.staf.id}/bezetting",
    ):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 200
        assert answer.json()["b"] == (2 if path.startswith("posisi") else 3)
    people = client.get("/api/v1/pegawai", {"instansi": peta.instansi.id})
    if name in SEES_OWN:
        assert [row["nama"][:3] for row in people.json()["isi"]] == ["Ani", "Bud", "Sri"]
    elif name == "pegawai":
        assert [row["id"] for row in people.json()["isi"]] == [peta.orang[0].id]
    else:
        assert people.status_code == 403
        assert people["Content-Type"] == "application/problem+json"
    expected = 200 if name in SEES_OWN | {"pegawai"} else 404 if name in SEES_OTHER else 403
    assert client.get(f"/api/v1/pegawai/{peta.orang[0].id}").status_code == expected
    other = client.get(f"/api/v1/pegawai/{peta_b.orang[0].id}").status_code
    assert other == (200 if name in SEES_OTHER else 404 if name in SEES_OWN | {"pegawai"} else 403)


def test_nobody_signed_in_gets_nothing(client, peta):
    for path in (f"instansi/{peta.instansi.kode_cepat}/peta", "pegawai?instansi=1", "pegawai/1"):
        assert client.get(f"/api/v1/{path}").status_code == 401


def test_pages_of_people_fit_together(client, peta, peta_b):
    sign_in(client, "operator", peta, peta_b)
    for n in range(7):
        make.make_pegawai(peta.instansi, f"Orang {n}", peta.staf)
    seen, kursor = [], None
    while True:
        params = {"instansi": peta.instansi.id, "batas": 3} | ({"kursor": kursor} if kursor else {})
        body = client.get("/api/v1/pegawai", params).json()
        seen += [row["id"] for row in body["isi"]]
        kursor = body["berikutnya"]
        if kursor is None:
            break
    assert len(seen) == len(set(seen)) == 10
    assert client.get("/api/v1/pegawai", {"instansi": peta.instansi.id, "kursor": "x"}).status_code == 400


def test_a_person_comes_with_her_history(client, peta, peta_b):
    sign_in(client, "operator", peta, peta_b)
    body = client.get(f"/api/v1/pegawai/{peta.orang[0].id}").json()
    assert body["riwayat"][0]["nama_jabatan"] == "Kepala Dinas"
    assert body["riwayat"][0]["sampai"] is None
    assert not set(body) & {"nik", "agama", "alamat"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("instansi/TIDAKADA/peta", 404),
        ("instansi/TIDAKADA/bezetting", 404),
        ("unor/999999999/bezetting", 404),
        ("posisi/999999999/bezetting", 404),
        ("pegawai/999999999", 404),
        ("pegawai", 422),
        ("pegawai?instansi=0", 404),
    ],
)
def test_what_does_not_exist_says_so(client, peta, peta_b, path, status):
    sign_in(client, "verifikator", peta, peta_b)
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
