"""/api/v1/referensi."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from petajabatan.inti.actor import sistem
from petajabatan.referensi.katalog import DAFTAR
from petajabatan.referensi.models import Golongan, Jabatan
from petajabatan.referensi.services import load_shipped
from petajabatan.testing.personas import PASSWORD, make_persona

AWAL = "/api/v1/referensi"


@pytest.fixture
def api(db: None) -> Client:
    load_shipped(sistem("uji"))
    Jabatan.objects.create(jenis="pelaksana", id_siasn="P1", nama="PENGELOLA DATA", kode_cepat="7")
    make_persona("pegawai")
    client = Client()
    assert client.login(username="pegawai", password=PASSWORD)
    return client


def body(response: Any, status: int = 200) -> Any:
    assert response.status_code == status, response.content[:500]
    return response.json()


def test_lists_are_for_those_who_have_signed_in(db: None) -> None:
    for path in ("", "/cari?q=x", "/golongan", "/golongan/11"):
        problem = body(Client().get(AWAL + path), 401)
        assert problem["status"] == 401 and problem["title"]


def test_the_catalogue_names_every_list_and_is_cached(api: Client) -> None:
    answer = api.get(AWAL)
    assert {row["kode"] for row in body(answer)["isi"]} == set(DAFTAR)
    again = api.get(AWAL, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304 and not again.content


def test_a_list_is_read_page_by_page(api: Client) -> None:
    seen: list[str] = []
    cursor = ""
    for _ in range(10):
        page = body(api.get(f"{AWAL}/golongan?batas=10{cursor}"))
        seen += [row["id"] for row in page["isi"]]
        if page["berikutnya"] is None:
            break
        cursor = f"&kursor={page['berikutnya']}"
    assert sorted(seen) == sorted(Golongan.objects.values_list("kode", flat=True)) and len(seen) == 34


def test_a_row_carries_its_fields_source_and_uses(api: Client) -> None:
    row = body(api.get(f"{AWAL}/golongan/31"))
    assert row["nama"] == "III/a" and row["isi"]["pangkat"] == "Penata Muda" and row["sumber"]
    assert row["dipakai"] == []


def test_a_row_is_found_by_its_official_code(api: Client) -> None:
    page = body(api.get(f"{AWAL}/jabatan-pelaksana?kunci=P1"))
    assert [row["nama"] for row in page["isi"]] == ["PENGELOLA DATA"]
    assert body(api.get(f"{AWAL}/jabatan-pelaksana?kunci=tidak-ada"))["isi"] == []


def test_search_over_one_list_and_over_all(api: Client) -> None:
    hits = body(api.get(f"{AWAL}/cari", {"q": "pengelola", "daftar": "jabatan-pelaksana"}))["isi"]
    assert hits[0]["nama"] == "PENGELOLA DATA" and hits[0]["daftar"] == "jabatan-pelaksana"
    assert body(api.get(f"{AWAL}/cari", {"q": "perikanan"}))["isi"][0]["daftar"] == "urusan-pemerintahan"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/entah", 404),
        ("/golongan/xx", 404),
        ("/instansi/abc", 404),
        ("/instansi/99999999999999999999", 404),
        ("/nilai-kelas/40000", 404),
        ("/golongan?kursor=!!", 400),
        ("/golongan?batas=0", 422),
        ("/cari", 422),
        ("/cari?q=x&daftar=entah", 404),
    ],
)
def test_refusals_are_problem_documents(api: Client, path: str, status: int) -> None:
    answer = api.get(AWAL + path)
    assert body(answer, status)["status"] == status
    assert answer["Content-Type"].startswith("application/problem+json")
