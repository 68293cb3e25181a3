"""Editing a draft over the API: operations, undo and redo, findings; nothing is lost, nothing done twice."""

from __future__ import annotations

import pytest

from petajabatan.usulan.api.contoh import CONTOH, KETERANGAN, request_of
from petajabatan.usulan.models import Operasi, TemuanUsulan, Usulan, UsulanPosisi
from petajabatan.usulan.rules.operasi import JUDUL
from petajabatan.usulan.services import add_operations
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.klien import SEMUA, draft, machine, operator_machine, person

pytestmark = pytest.mark.django_db


def ubah_k(peta: Peta, k: int, **more):
    return {"operasi": [{"jenis": "ubah-k", "posisi_id": peta.kotak.pk, "k": k}], **more}


def test_operations_are_carried_out_and_the_answer_says_what_they_did(peta: Peta) -> None:
    usulan = draft(peta, operasi=0)
    body = {
        "operasi": [
            {"jenis": "tambah-unor", "id": -1, "atasan_id": peta.dinas.pk, "nama": "Bidang Baru",
             "nama_jabatan": "Kepala Bidang Baru", "eselon": "31"},
            {"jenis": "tambah-posisi", "unor_id": -1, "jenis_posisi": "pelaksana",
             "jabatan_id": peta.jabatan.pk, "k": 4, "kelas": 6},
        ],
        "dasar_hukum_id": peta.dasar.pk,
        "pasal": "12",
        "alasan": "Perda baru",
    }  # fmt: skip
    answer = operator_machine(peta)("POST", f"/usulan/{usulan.pk}/operasi", body, expect=201)
    done = answer.json()
    assert done["revisi"] == 1
    assert done["nomor"] == [1, 2, 3]
    assert ["unor", done["id_baru"]["-1"]] in done["disentuh"]
    assert answer["ETag"].startswith('"1-draf-')
    listed = operator_machine(peta)("GET", f"/usulan/{usulan.pk}/operasi").json()["isi"]
    assert [(row["jenis"], row["pasal"], row["alasan"]) for row in listed] == [
        ("tambah-unor", "12", "Perda baru"),
        ("tambah-posisi", "12", "Perda baru"),
        ("tambah-posisi", "12", "Perda baru"),
    ]
    assert not any(name.startswith("_") for row in listed for name in row["isi"])


@pytest.mark.parametrize("name", ["penyetuju", "verifikator"])
def test_who_only_signs_or_verifies_edits_nothing(peta: Peta, name: str) -> None:
    usulan = draft(peta, operasi=0)
    for path in ("operasi", "urungkan", "ulangi"):
        body = ubah_k(peta, 9) if path == "operasi" else None
        assert person(name)("POST", f"/usulan/{usulan.pk}/{path}", body).status_code == 403
    assert Operasi.objects.count() == 0


def test_a_refusal_names_the_operation_and_the_remedy_and_changes_nothing(peta: Peta) -> None:
    usulan = draft(peta, operasi=0)
    body = ubah_k(peta, 5)
    body["operasi"].append({"jenis": "hapus-unor", "unor_id": peta.bidang.pk})
    refused = operator_machine(peta)("POST", f"/usulan/{usulan.pk}/operasi", body, expect=422).json()
    assert refused["title"] == "Ditolak"
    assert refused["temuan"][0]["baris"] == 2
    assert refused["temuan"][0]["perbaikan"]
    assert not UsulanPosisi.objects.exists()


def test_an_operation_that_is_none_is_named_by_its_place(peta: Peta) -> None:
    usulan = draft(peta, operasi=0)
    klien = operator_machine(peta)
    for wrong in (
        {"operasi": [{"jenis": "entah"}]},
        {"operasi": [{"jenis": "ubah-k", "posisi_id": 1, "k": -1}]},
        {"operasi": []},
        {"operasi": "semua"},
    ):
        answer = klien("POST", f"/usulan/{usulan.pk}/operasi", wrong, expect=422).json()
        assert "operasi" in answer["temuan"][0]["kolom"]
    too_many = {"operasi": [{"jenis": "ubah-k", "posisi_id": 1, "k": 1}] * 5001}
    klien("POST", f"/usulan/{usulan.pk}/operasi", too_many, expect=422)


def test_a_regulation_or_evidence_of_elsewhere_is_refused(peta: Peta) -> None:
    usulan = draft(peta, operasi=0)
    klien = operator_machine(peta)
    for more, code in (
        ({"dasar_hukum_id": 10**9}, "dasar-hukum-tidak-dikenal"),
        ({"bukti": 10**9}, "bukti-tidak-ada"),
    ):
        answer = klien("POST", f"/usulan/{usulan.pk}/operasi", ubah_k(peta, 5, **more), expect=422)
        assert answer.json()["temuan"][0]["kode"] == code


def test_a_machine_says_what_it_has_seen(peta: Peta) -> None:
    usulan = draft(peta, operasi=0)
    klien = operator_machine(peta)
    path = f"/usulan/{usulan.pk}/operasi"
    etag = klien("GET", f"/usulan/{usulan.pk}")["ETag"]
    assert (
        klien("POST", path, ubah_k(peta, 5), cocok=None, expect=428).json()["kode"] == "if-match-diperlukan"
    )
    assert klien("POST", path, ubah_k(peta, 5), kunci=None, expect=400).json()["kode"] == "kunci-diperlukan"
    first = klien("POST", path, ubah_k(peta, 5), cocok=etag, expect=201)
    stale = klien("POST", path, ubah_k(peta, 6), cocok=etag, expect=412).json()
    assert (stale["revisi"], stale["etag"]) == (1, first["ETag"])
    klien("POST", path, ubah_k(peta, 6), cocok=first["ETag"], expect=201)
    assert UsulanPosisi.objects.get(posisi_id=peta.kotak.pk).sesudah["k"] == 6


def test_a_person_may_leave_both_headers_out(peta: Peta) -> None:
    usulan = draft(peta, operasi=0)
    person("operator")(
        "POST", f"/usulan/{usulan.pk}/operasi", ubah_k(peta, 5), kunci=None, cocok=None, expect=201
    )


def test_an_object_changed_by_somebody_else_meanwhile_is_a_conflict(peta: Peta) -> None:
    """Two editors with different keys: what does not touch goes through, what does is told."""
    usulan = draft(peta, operasi=0)
    one, two = operator_machine(peta), operator_machine(peta)
    path = f"/usulan/{usulan.pk}/operasi"
    one("POST", path, ubah_k(peta, 5, revisi=0), expect=201)
    other = {"operasi": [{"jenis": "ubah-k", "posisi_id": peta.kotak_lain.pk, "k": 9}], "revisi": 0}
    two("POST", path, other, expect=201)
    clash = two("POST", path, ubah_k(peta, 7, revisi=0), expect=409).json()
    assert clash["kode"] == "objek-sudah-berubah"
    assert {row.posisi_id: row.sesudah["k"] for row in UsulanPosisi.objects.all()} == {
        peta.kotak.pk: 5,
        peta.kotak_lain.pk: 9,
    }


def test_a_locked_usulan_is_409(peta: Peta) -> None:
    usulan = draft(peta)
    for status in ("menunggu_persetujuan", "diajukan"):
        Usulan.objects.filter(pk=usulan.pk).update(status=status)
    for path, body in (("operasi", ubah_k(peta, 9)), ("urungkan", None), ("ulangi", None)):
        answer = operator_machine(peta)("POST", f"/usulan/{usulan.pk}/{path}", body, expect=409)
        assert answer.json()["temuan"][0]["kode"] == "usulan-terkunci"


def test_undo_and_redo_by_key_happen_once(peta: Peta) -> None:
    usulan = draft(peta, operasi=2)
    klien = operator_machine(peta)
    first = klien("POST", f"/usulan/{usulan.pk}/urungkan", kunci="urung-1", expect=200)
    again = klien("POST", f"/usulan/{usulan.pk}/urungkan", kunci="urung-1", expect=200)
    assert (first.content, again["Idempotency-Replayed"]) == (again.content, "true")
    assert UsulanPosisi.objects.get().sesudah["k"] == 4
    rows = klien("GET", f"/usulan/{usulan.pk}/operasi").json()["isi"]
    assert [row["diurungkan"] for row in rows] == [False, True, False]
    klien("POST", f"/usulan/{usulan.pk}/ulangi", expect=200)
    assert UsulanPosisi.objects.get().sesudah["k"] == 5
    assert klien("POST", f"/usulan/{usulan.pk}/ulangi", expect=200).json()["nomor"] == []


def test_operations_are_read_page_by_page(peta: Peta) -> None:
    usulan = draft(peta, operasi=3)
    klien = operator_machine(peta)
    first = klien("GET", f"/usulan/{usulan.pk}/operasi", batas=2).json()
    rest = klien("GET", f"/usulan/{usulan.pk}/operasi", batas=2, kursor=first["berikutnya"]).json()
    assert [row["nomor"] for row in first["isi"] + rest["isi"]] == [1, 2, 3]
    assert rest["berikutnya"] is None


def test_the_whole_check_finds_and_lists(peta: Peta) -> None:
    usulan = draft(peta, operasi=0)
    klien = operator_machine(peta)
    klien("POST", f"/usulan/{usulan.pk}/operasi",
          {"operasi": [{"jenis": "ubah-k", "posisi_id": peta.kotak.pk, "k": 0}]}, expect=201)  # fmt: skip
    TemuanUsulan.objects.all().delete()
    assert klien("GET", f"/usulan/{usulan.pk}/temuan").json()["isi"] == []
    checked = klien("POST", f"/usulan/{usulan.pk}/periksa", kunci=None, cocok=None, expect=200).json()
    listed = klien("GET", f"/usulan/{usulan.pk}/temuan").json()
    assert checked == listed
    assert sum(checked["jumlah"].values()) == len(listed["isi"]) == TemuanUsulan.objects.count()
    serious = klien("GET", f"/usulan/{usulan.pk}/temuan", tingkat="galat", bawaan="false").json()["isi"]
    assert all(row["tingkat"] == "galat" and not row["bawaan"] for row in serious)
    assert person("verifikator")("POST", f"/usulan/{usulan.pk}/periksa").status_code == 200


def test_every_operation_has_an_example_and_every_example_works(peta: Peta) -> None:
    kinds = {"batal", "ulang", "selaras", "bandingkan"}
    assert set(CONTOH) == set(KETERANGAN) == set(JUDUL) - kinds
    ids = {101: peta.dinas.pk, 102: peta.bidang.pk, 103: peta.bidang_lain.pk, 104: peta.seksi.pk,
           201: peta.kepala.pk, 202: peta.kotak.pk, 203: peta.kotak_lain.pk, 501: peta.jabatan.pk,
           7: peta.dasar.pk}  # fmt: skip
    klien = operator = operator_machine(peta)
    for jenis in CONTOH:
        usulan = draft(peta, operasi=0, layanan="infojab" if jenis == "putuskan-evaluasi" else "sotk")
        if jenis == "koreksi-nama":
            typo = {"jenis": "koreksi-nama", "unor_id": peta.bidang.pk, "nama": "Bidang Angaran"}
            klien("POST", f"/usulan/{usulan.pk}/operasi", {"operasi": [typo]}, expect=201)
        if jenis == "putuskan-evaluasi":
            ids[301] = _evaluated(peta, usulan.pk)
            klien = machine(SEMUA, ("instansi-penetapan-sotk", "instansi", peta.instansi.pk))
        else:
            klien = operator
        body = _with_ids(request_of(jenis), ids)
        klien("POST", f"/usulan/{usulan.pk}/operasi", body, expect=201)


def _evaluated(peta: Peta, usulan_id: int) -> int:
    """An informasi jabatan with a factor sheet."""
    sheet = {"faktor": {"F1": {"level": 5, "alasan": "Keahlian khusus."}}}
    made = add_operations(
        peta.operator, usulan_id,
        [{"jenis": "buat-infojab", "id": -1, "posisi_id": [peta.kotak.pk]},
         {"jenis": "tulis-isian", "infojab_id": -1, "bagian": "evaluasi", "isi": sheet}],
    )  # fmt: skip
    return made.id_baru[-1]


_IDS = (
    "infojab_id",
    "atasan_id",
    "unor_id",
    "posisi_id",
    "penerus",
    "menjadi",
    "jabatan_id",
    "dasar_hukum_id",
)


def _with_ids(value, ids, name=""):
    if isinstance(value, dict):
        inner = name in ("posisi", "bawahan", "penerus_posisi")
        return {
            (str(ids[int(key)]) if inner else key): _with_ids(item, ids, "penerus" if inner else key)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_with_ids(item, ids, name) for item in value]
    return ids.get(value, value) if name in _IDS and isinstance(value, int) else value


def test_the_document_shows_the_examples(client, db) -> None:
    document = client.get("/api/v1/openapi.json").json()
    operation = document["paths"]["/api/v1/usulan/{usulan_id}/operasi"]["post"]
    examples = operation["requestBody"]["content"]["application/json"]["examples"]
    assert set(examples) == set(CONTOH)
    assert {"409", "412", "413", "428"} <= operation["responses"].keys()
    kinds = document["components"]["schemas"]["OperasiMasuk"]["properties"]["operasi"]["items"]
    assert kinds["discriminator"]["propertyName"] == "jenis"
    assert len(kinds["oneOf"]) == len(CONTOH)


def test_a_new_object_takes_no_id_the_program_did_not_give(peta: Peta) -> None:
    usulan = draft(peta, operasi=0)
    for key in (peta.bidang.pk, 10**9):
        body = {"operasi": [{"jenis": "tambah-unor", "id": key, "atasan_id": peta.dinas.pk,
                             "nama": "Bidang Baru", "nama_jabatan": "Kepala Bidang Baru", "eselon": "31"}],
                "dasar_hukum_id": peta.dasar.pk}  # fmt: skip
        answer = operator_machine(peta)("POST", f"/usulan/{usulan.pk}/operasi", body, expect=422)
        assert answer.json()["temuan"][0]["kode"] == "id-tidak-sah"
    assert not Operasi.objects.exists()
