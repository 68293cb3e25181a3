"""The draft as a map over the API: difference, document, levels, conflicts."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.draf import whole_draft
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.services import add_operations, create_usulan
from petajabatan.usulan.services.terbit import publish_usulan
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.klien import draft, operator_machine, person
from petajabatan.usulan.tests.test_services_draf import BESOK, approve

pytestmark = pytest.mark.django_db


@pytest.fixture
def usulan(peta: Peta) -> Usulan:
    """Adds a bidang with a box, removes the seksi onto it, moves a box, changes K of another."""
    made = draft(peta, operasi=0)
    add_operations(
        peta.operator,
        made.pk,
        [
            op.TambahUnor(id=-1, atasan_id=peta.dinas.pk, nama="Bidang Baru", eselon="31",
                          nama_jabatan="Kepala Bidang Baru", dasar_hukum_id=peta.dasar.pk),
            op.HapusUnor(unor_id=peta.seksi.pk, penerus=(peta.bidang.pk,), cabang=True),
            op.PindahPosisi(posisi_id=peta.kotak.pk, unor_id=peta.bidang_lain.pk),
            op.UbahK(posisi_id=peta.kotak_lain.pk, k=7, sumber="abk"),
        ],
    )  # fmt: skip
    made.refresh_from_db()
    return made


def test_the_difference_is_told_as_between_two_versions(peta: Peta, usulan: Usulan) -> None:
    klien = operator_machine(peta)
    beda = klien("GET", f"/usulan/{usulan.pk}/beda", expect=200).json()
    units = {row["nama"]: row for row in beda["unor"]}
    assert units["Bidang Baru"]["perubahan"] == ["tambah"]
    assert units["Seksi Pendataan"]["perubahan"] == ["hapus"]
    assert units["Seksi Pendataan"]["penerus"] == [peta.bidang.pk]
    boxes = {row["id"]: row for row in beda["posisi"]}
    assert "pindah" in boxes[peta.kotak.pk]["perubahan"]
    assert boxes[peta.kotak.pk]["letak"] == "Bidang Aset"
    assert boxes[peta.kotak_lain.pk]["kolom"]["k"] == [2, 7]
    for name in ("k", "n_posisi", "n_unor", "k_kosong"):
        assert beda["sesudah"][name] - beda["sebelum"][name] == beda["selisih"][name]
    published = klien("GET", f"/instansi/{peta.instansi.pk}/beda", dari=1, ke=1).json()
    assert published.keys() <= beda.keys()
    assert (beda["dari"], beda["ke"]) == (1, None)


def test_the_difference_of_a_draft_is_the_difference_of_the_versions_it_becomes(
    peta: Peta, usulan: Usulan
) -> None:
    klien = operator_machine(peta)
    before = klien("GET", f"/usulan/{usulan.pk}/beda").json()
    approve(usulan)
    publish_usulan(peta.penyetuju, usulan.pk, BESOK)
    after = klien("GET", f"/usulan/{usulan.pk}/beda").json()
    versions = klien("GET", f"/instansi/{peta.instansi.pk}/beda", dari=1, ke=2).json()
    assert after["ke"] == 2
    for name in ("sebelum", "sesudah", "selisih", "ringkasan"):
        assert before[name] == versions[name]
    for kind in ("unor", "posisi"):
        told = [{k: v for k, v in row.items() if k != "penerus"} for row in before[kind]]
        assert sorted(told, key=lambda r: r["id"]) == versions[kind]


def test_the_document_is_the_draft_and_marks_what_it_touches(peta: Peta, usulan: Usulan) -> None:
    klien = operator_machine(peta)
    answer = klien("GET", f"/usulan/{usulan.pk}/peta", expect=200)
    document = answer.json()
    truth = whole_draft(usulan)
    assert {row["id"]: row["nama"] for row in document["unor"]} == {u.id: u.nama for u in truth.units()}
    assert {row["id"]: (row["unor_id"], row["k"]) for row in document["posisi"]} == {
        p.id: (p.unor_id, p.k) for p in truth.boxes()
    }
    marks = {row["nama"]: row["usul"] for row in document["unor"]}
    assert (marks["Bidang Baru"], marks["Dinas Uji"]) == ("tambah", None)
    assert document["unor_dihapus"] == [
        {"id": peta.seksi.pk, "nama": "Seksi Pendataan", "penerus": [peta.bidang.pk]}
    ]
    assert sum(row["b"] for row in document["posisi"]) == 2
    etag = answer["ETag"]
    again = klien.client.get(
        f"/api/v1/usulan/{usulan.pk}/peta",
        headers={"If-None-Match": etag, "Authorization": f"Bearer {klien.token}"},
    )
    assert again.status_code == 304
    klien("POST", f"/usulan/{usulan.pk}/urungkan", expect=200)
    assert klien("GET", f"/usulan/{usulan.pk}/peta")["ETag"] != etag


def test_people_of_a_removed_box_stand_on_its_successor(peta: Peta) -> None:
    usulan = draft(peta, operasi=0)
    add_operations(
        peta.operator, usulan.pk, [op.HapusPosisi(posisi_id=peta.kotak.pk, penerus=peta.kotak_lain.pk)]
    )
    document = person("operator")("GET", f"/usulan/{usulan.pk}/peta", expect=200).json()
    assert {row["id"]: row["b"] for row in document["posisi"]}[peta.kotak_lain.pk] == 1


def test_level_by_level_the_draft_is_the_same(peta: Peta, usulan: Usulan) -> None:
    klien = person("verifikator")
    root = klien("GET", f"/usulan/{usulan.pk}/unor", expect=200).json()["unor"]
    assert [(row["id"], row["n_anak"], row["n_unor"]) for row in root] == [(peta.dinas.pk, 3, 4)]
    assert root[0]["k"] == sum(box.k or 0 for box in whole_draft(usulan).boxes())
    below = klien("GET", f"/usulan/{usulan.pk}/unor/{peta.bidang.pk}/anak", expect=200).json()
    assert [(row["nama"], row["usul"], row["penerus"]) for row in below["unor"]] == [
        ("Seksi Pendataan", "hapus", [peta.bidang.pk])
    ]
    other = klien("GET", f"/usulan/{usulan.pk}/unor/{peta.bidang_lain.pk}/anak").json()["posisi"]
    assert {row["id"]: row["usul"] for row in other}[peta.kotak.pk] == "ubah"
    assert [row["kepala"] for row in other] == [True, False, False]
    klien("GET", f"/usulan/{usulan.pk}/unor/{2**60}/anak", expect=404)


def test_a_level_costs_the_same_number_of_statements_whatever_hangs_there(peta: Peta, usulan: Usulan) -> None:
    klien = person("operator")

    def statements(unor_id: int) -> int:
        with CaptureQueriesContext(connection) as seen:
            klien("GET", f"/usulan/{usulan.pk}/unor/{unor_id}/anak", expect=200)
        return len(seen)

    assert abs(statements(peta.dinas.pk) - statements(peta.bidang_lain.pk)) <= 3


def test_conflicts_are_listed_decided_and_end_in_a_rebase(peta: Peta) -> None:
    mine = draft(peta, operasi=0)
    add_operations(peta.operator, mine.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=9)])
    other = create_usulan(peta.operator, peta.instansi.pk, judul="Lebih dahulu")
    add_operations(peta.operator, other.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=5)])
    approve(other)
    publish_usulan(peta.penyetuju, other.pk, BESOK)
    klien = operator_machine(peta)
    assert klien("GET", f"/usulan/{mine.pk}/ringkasan").json()["tertinggal"] == 1
    rebased = klien("POST", f"/usulan/{mine.pk}/selaras", expect=200).json()
    assert (rebased["selaras"], rebased["dari"], rebased["ke"]) == (False, 1, 2)
    listed = klien("GET", f"/usulan/{mine.pk}/konflik", expect=200).json()
    assert listed["terbuka"] == 1
    conflict = listed["isi"][0]
    sides = [conflict[name] for name in ("kolom", "dasar", "milik_usulan", "milik_terbit")]
    assert sides == ["k", 3, 9, 5]
    path = f"/usulan/{mine.pk}/konflik/{conflict['id']}"
    klien("POST", path, {"keputusan": "entah"}, expect=422)
    klien("POST", f"/usulan/{mine.pk}/konflik/{2**50}", {"keputusan": "usulan"}, expect=404)
    done = klien("POST", path, {"keputusan": "usulan"}, expect=200)
    assert done.json()["selaras"] is True
    assert klien("GET", f"/usulan/{mine.pk}", expect=200).json()["dasar_versi"] == 2
    assert klien("POST", path, {"keputusan": "terbit"}, expect=409).json()["kode"] == "sudah-diputus"


def test_a_draft_that_nobody_overtook_is_left_as_it_is(peta: Peta) -> None:
    usulan = draft(peta)
    body = person("operator")("POST", f"/usulan/{usulan.pk}/selaras", expect=200).json()
    assert (body["selaras"], body["revisi"], body["konflik"]) == (True, 1, [])
