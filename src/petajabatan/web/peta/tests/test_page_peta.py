"""The page of a map and the data its chart loads."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from petajabatan.testing.personas import PERSONAS, make_persona
from petajabatan.web.peta.tests.conftest import wide_map

pytestmark = pytest.mark.django_db


@pytest.fixture
def masuk(client, peta):
    client.force_login(make_persona("operator", instansi_id=peta.instansi.id))
    return client


def dasar(peta) -> str:
    return f"/peta/{peta.instansi.kode_cepat}/"


def embedded(answer) -> dict:
    found = re.search(
        r'<script id="peta-data" type="application/json">(.*?)</script>', answer.content.decode(), re.S
    )
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize("name", PERSONAS)
def test_everybody_who_has_signed_in_reads_the_map(client, peta, name):
    client.force_login(make_persona(name, instansi_id=peta.instansi.id))
    answer = client.get(dasar(peta))
    assert answer.status_code == 200
    assert [u[2] for u in embedded(answer)["unor"]] == [
        "Kabupaten Alfa", "Dinas Pendidikan Kabupaten Alfa", "Bidang SD Kabupaten Alfa",
    ]  # fmt: skip


def test_nobody_reads_it_without_signing_in(client, peta):
    assert client.get(dasar(peta)).status_code == 302
    assert client.get(dasar(peta) + f"anak/{peta.akar.id}").status_code == 401
    assert client.get(dasar(peta) + f"unor/{peta.akar.id}/").status_code == 302


def test_first_paint_carries_totals_boxes_and_what_is_complete(masuk, peta):
    document = embedded(masuk.get(dasar(peta)))
    totals = {u[0]: (u[7], u[8], u[9], u[10]) for u in document["unor"]}
    assert totals[peta.akar.id] == (6, 3, 3, 3)
    assert totals[peta.bidang.id] == (5, 2, 2, 1)
    boxes = {b[0]: b for b in document["kotak"]}
    assert boxes[peta.staf.id][5:] == [6, 4, 2, 0, 0]
    assert document["akar"] == peta.akar.id
    assert set(document["lengkap"]) == {peta.akar.id, peta.dinas.id}


def test_no_inline_script_or_style(masuk, peta):
    for view in ("bagan", "tabel", "rekap", "beda"):
        text = masuk.get(dasar(peta), {"lihat": view}).content.decode()
        assert not re.search(r"<script(?![^>]*(src=|application/json))", text), view
        assert " style=" not in text, view


@pytest.mark.parametrize("versi", [None, 1])
def test_number_of_statements_does_not_depend_on_size(client, versi):
    counts = {}
    client.force_login(make_persona("verifikator"))
    for n in (10, 3000):
        instansi, ids = wide_map(n)
        query = {} if versi is None else {"versi": versi}
        client.get(f"/peta/{instansi.kode_cepat}/", query)
        for path, args in (
            ("", query), (f"anak/{ids[0]}", query), (f"bawah/{ids[0]}", query), (f"jalur/{ids[-1]}", query),
            ("cari", query | {"q": "Unit 7"}), (f"unor/{ids[1]}/", query), ("", query | {"lihat": "rekap"}),
            (f"jelas/unor/{ids[0]}/selisih/", query),
        ):  # fmt: skip
            with CaptureQueriesContext(
                connection,
            ) as seen:
                answer = client.get(f"/peta/{instansi.kode_cepat}/{path}", args)
            assert answer.status_code == 200, path
            counts.setdefault((re.sub(r"\d+", "n", path), args.get("lihat")), []).append(len(seen))
    assert all(small == large for small, large in counts.values()), counts
    assert counts["", None][0] <= 20, counts


def test_children_below_and_path_load_what_they_say(client):
    instansi, ids = wide_map(150)
    client.force_login(make_persona("verifikator"))
    dasar = f"/peta/{instansi.kode_cepat}/"
    children = client.get(f"{dasar}anak/{ids[1]}").json()
    assert [u[0] for u in children["unor"]] == ids[11:21]
    assert children["lengkap"] == [ids[1]]
    below = client.get(f"{dasar}bawah/{ids[0]}").json()
    assert {u[0] for u in below["unor"]} == set(ids)
    assert below["terpotong"] is False
    deep = client.get(f"{dasar}jalur/{ids[150]}").json()
    assert set(deep["lengkap"]) >= {ids[0], ids[1], ids[14], ids[150]}
    assert client.get(f"{dasar}jalur/999999999").status_code == 404


def test_opening_too_much_gives_whole_levels_and_says_so(client, monkeypatch):
    from petajabatan.web.peta import queries

    instansi, ids = wide_map(150)
    monkeypatch.setattr(queries, "BATAS_BAWAH", 120)
    client.force_login(make_persona("verifikator"))
    below = client.get(f"/peta/{instansi.kode_cepat}/bawah/{ids[0]}").json()
    assert {u[0] for u in below["unor"]} == set(ids[:111])
    assert below["terpotong"] is True
    assert set(below["lengkap"]) == set(ids[:11])


def test_the_url_restores_what_was_open_and_selected(client):
    instansi, ids = wide_map(1200)
    client.force_login(make_persona("verifikator"))
    dasar = f"/peta/{instansi.kode_cepat}/"

    def loaded(**query):
        return {u[0] for u in embedded(client.get(dasar, query))["unor"]}

    def b36(n: int) -> str:
        digits = ""
        while n:
            n, r = divmod(n, 36)
            digits = "0123456789abcdefghijklmnopqrstuvwxyz"[r] + digits
        return digits

    assert loaded() == set(ids[:111])
    assert set(ids[111:121]) <= loaded(buka=b36(ids[11]))
    assert set(ids[1111:1121]) <= loaded(buka=f"*{b36(ids[11])}")
    assert ids[1200] in loaded(pilih=f"u{ids[1200]}")
    assert loaded(buka="!!.zzzzzzzzzzzzzzzzzz.-1", pilih="x", fokus="abc") == set(ids[:111])


def test_empty_boxes_come_only_when_asked_for(client, second_version):
    client.force_login(make_persona("verifikator"))
    url = dasar(second_version) + f"anak/{second_version.bidang.id}"
    assert client.get(url).json()["kotak"] == []
    assert [b[2] for b in client.get(url, {"kosong": 1}).json()["kotak"]] == ["Arsiparis Ahli Pertama"]


def test_an_earlier_version_shows_its_units_and_the_people_of_then(client, second_version):
    peta = second_version
    client.force_login(make_persona("verifikator"))
    old = embedded(client.get(dasar(peta), {"versi": 1}))
    new = embedded(client.get(dasar(peta)))
    assert {u[2] for u in new["unor"]} - {u[2] for u in old["unor"]} == {"Bidang Sekolah Dasar"}
    assert {u[0]: u[7:9] for u in old["unor"]}[peta.akar.id] == [6, 3]
    assert {u[0]: u[7:9] for u in new["unor"]}[peta.akar.id] == [4, 3]
    page = client.get(dasar(peta), {"versi": 1}).content.decode()
    assert "bukan versi yang kini berlaku" in page
    by_date = embedded(client.get(dasar(peta), {"tanggal": "2026-03-01"}))
    assert by_date["unor"] == old["unor"]


def test_people_who_came_later_do_not_count_on_an_earlier_day(client, second_version):
    import datetime as dt

    from petajabatan.pegawai.models import RiwayatJabatan

    peta = second_version
    RiwayatJabatan.objects.filter(pegawai=peta.orang[2]).update(masa=(dt.date(2026, 6, 1), None))
    client.force_login(make_persona("verifikator"))
    early = embedded(client.get(dasar(peta), {"tanggal": "2026-03-01"}))
    assert {u[0]: u[8] for u in early["unor"]}[peta.akar.id] == 2


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"versi": "9"}, "tidak mempunyai versi 9"),
        ({"versi": "satu"}, "tidak mempunyai versi satu"),
        ({"tanggal": "2020-01-01"}, "Belum ada peta jabatan pada 2020-01-01"),
        ({"tanggal": "kemarin"}, "tidak dikenal"),
    ],
)
def test_a_version_that_is_not_there_is_said_with_the_way_back(masuk, peta, query, sentence):
    answer = masuk.get(dasar(peta), query)
    assert answer.status_code == 404
    assert sentence in answer.content.decode()
    assert f'href="{dasar(peta)}"' in answer.content.decode()


def test_an_unknown_instansi_is_not_found(masuk):
    assert masuk.get("/peta/0000/").status_code == 404


def test_known_data_is_not_sent_again(masuk, peta):
    url = dasar(peta) + f"anak/{peta.akar.id}"
    first = masuk.get(url)
    assert masuk.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_search_finds_units_and_boxes_with_the_way_to_them(masuk, peta):
    found = masuk.get(dasar(peta) + "cari", {"q": "bidng sd"}).json()["hasil"]
    assert found[0]["nama"] == "Bidang SD Kabupaten Alfa"
    assert found[0]["jalur"] == "Dinas Pendidikan Kabupaten Alfa"
    found = masuk.get(dasar(peta) + "cari", {"q": "Pengolah Data"}).json()["hasil"]
    assert {(f["jenis"], f["id"], f["unor"]) for f in found} >= {("posisi", peta.staf.id, peta.bidang.id)}


def test_the_address_by_id_leads_to_the_map_and_selects(masuk, peta):
    answer = masuk.get(f"/peta/instansi/{peta.instansi.id}/", {"unor": peta.bidang.id})
    assert answer.url == f"{dasar(peta)}?pilih=u{peta.bidang.id}"
