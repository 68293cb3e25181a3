"""The one endpoint that edits: what it answers, and how it refuses."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from petajabatan.usulan.models import Operasi, Usulan
from petajabatan.usulan.services import add_operations

pytestmark = pytest.mark.django_db


def test_an_edit_answers_with_rows_totals_and_findings(layar):
    p = layar.peta
    done = layar.ubah({"jenis": "ubah-k", "posisi_id": p.kotak.pk, "k": 8}, kunci="a", revisi=0)
    assert done["revisi"] == 1 and done["bisaUrung"] and not done["bisaUlang"]
    assert done["disentuh"] == [["posisi", p.kotak.pk]]
    assert {row[0] for row in done["dokumen"]["unor"]} == {p.bidang.pk}
    assert [row[6] for row in done["dokumen"]["kotak"] if row[0] == p.kotak.pk] == [8]
    assert [row[0] for row in done["total"]] == [p.dinas.pk]
    assert done["ringkasan"]["sesudah"]["k"] == done["ringkasan"]["sebelum"]["k"] + 5
    assert set(done["hitung"]) == {"galat", "peringatan", "catatan", "bawaan"}


def test_the_same_key_twice_is_carried_out_once_and_asks_to_load_anew(layar):
    add = {"jenis": "tambah-unor", "id": -1, "atasan_id": layar.peta.dinas.pk, "nama": "Bidang Baru"}
    one = layar.ubah(add, kunci="k-1")
    two = layar.ubah(add, kunci="k-1")
    assert one["id_baru"] == two["id_baru"] and two["muat_ulang"] and not one["muat_ulang"]
    assert Operasi.objects.filter(usulan=layar.usulan, jenis="tambah-unor").count() == 1


def test_undo_and_redo_lead_back_and_forth(layar):
    made = layar.ubah(
        {"jenis": "tambah-unor", "id": -1, "atasan_id": layar.peta.dinas.pk, "nama": "Bidang Baru"}
    )
    key = made["id_baru"]["-1"]
    back = layar.post("urung", {"kunci": "u1"}).json()
    assert back["bisaUlang"] and ["unor", key] in back["disentuh"]
    assert key not in {row[0] for row in back["dokumen"]["unor"]}
    again = layar.post("ulang", {"kunci": "u2"}).json()
    assert key in {row[0] for row in again["dokumen"]["unor"]}
    layar.post("urung", {"kunci": "u3"})
    assert not layar.post("urung", {"kunci": "u3"}).json()["bisaUrung"]


def test_a_refusal_is_findings_and_changes_nothing(layar):
    answer = layar.post(
        "operasi",
        {
            "operasi": [
                {"jenis": "koreksi-nama", "unor_id": layar.peta.bidang.pk, "nama": "Bidang Perpajakan"}
            ]
        },
    )
    assert answer.status_code == 422
    found = answer.json()["temuan"][0]
    assert found["kode"] == "bukan-koreksi" and found["kolom"] == "nama" and found["perbaikan"]
    assert Usulan.objects.get(pk=layar.usulan.pk).revisi == 0


def test_what_somebody_else_changed_meanwhile_is_refused_by_name(layar):
    p = layar.peta
    layar.ubah({"jenis": "ubah-k", "posisi_id": p.kotak.pk, "k": 8}, revisi=0)
    stale = layar.post(
        "operasi", {"operasi": [{"jenis": "ubah-k", "posisi_id": p.kotak.pk, "k": 2}], "revisi": 0}
    )
    assert stale.status_code == 409
    assert stale.json()["temuan"][0]["kode"] == "objek-sudah-berubah"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("bukan json", 400),
        ("[]", 400),
        ("{}", 422),
        ('{"operasi": [1]}', 422),
        ('{"operasi": [{"jenis": "lain"}]}', 422),
    ],
)
def test_nonsense_is_refused_with_findings(layar, body, status):
    answer = layar.client.post(f"/usulan/{layar.usulan.pk}/operasi", body, content_type="application/json")
    assert answer.status_code == status and answer.json()["temuan"]


def test_a_request_without_csrf_token_is_refused(layar):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(layar.pengguna)
    body = json.dumps({"operasi": [{"jenis": "ubah-k", "posisi_id": layar.peta.kotak.pk, "k": 9}]})
    assert (
        strict.post(f"/usulan/{layar.usulan.pk}/operasi", body, content_type="application/json").status_code
        == 403
    )
    assert Usulan.objects.get(pk=layar.usulan.pk).revisi == 0


def test_very_many_objects_ask_the_page_to_load_anew(layar):
    rows = [
        {"jenis": "tambah-unor", "atasan_id": layar.peta.dinas.pk, "nama": f"Bidang {i}"} for i in range(301)
    ]
    done = layar.ubah(*rows)
    assert done["muat_ulang"] and "dokumen" not in done


def test_the_poll_tells_of_others_and_not_of_oneself(layar, peta):
    from petajabatan.akun.queries import actor_of
    from petajabatan.testing.personas import make_persona

    layar.ubah({"jenis": "ubah-k", "posisi_id": peta.kotak.pk, "k": 8})
    assert layar.data("kabar", nomor=0)["lain"] == []
    other = actor_of(make_persona("orang_luar", instansi_id=peta.instansi.pk))
    add_operations(other, layar.usulan.pk, [{"jenis": "ubah-k", "posisi_id": peta.kotak_lain.pk, "k": 4}])
    news = layar.data("kabar", nomor=1)
    assert len(news["lain"]) == 1 and "K " in news["lain"][0]["ringkas"]
