"""Factor sheets and classes over the API."""

from __future__ import annotations

import pytest
from django.test import Client

from petajabatan.inti.actor import sistem
from petajabatan.referensi.services import load_shipped
from petajabatan.testing.factories import make_instansi
from petajabatan.testing.personas import PERSONAS, make_persona
from petajabatan.usulan.tests.conftest import Peta, make_peta
from petajabatan.usulan.tests.klien import SEMUA, machine, operator_machine, person
from petajabatan.usulan.tests.test_services_evaluasi import begin, decide, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def peta(db: None) -> Peta:
    load_shipped(sistem("uji"))
    return make_peta()


def test_a_machine_writes_a_sheet_reads_its_class_and_a_validator_decides(peta: Peta) -> None:
    usulan, key = begin(peta)
    api = operator_machine(peta)
    path = f"/usulan/{usulan.pk}"
    empty = api("GET", f"{path}/evaluasi/{key}", expect=200).json()
    assert empty["status"] == "" and empty["total"] is None and len(empty["faktor"]) == 9
    best = {f["kode"]: min(f["pilihan"]) for f in empty["faktor"]}
    sheet = {"faktor": {k: {"level": int(v), "alasan": "Sesuai."} for k, v in best.items()}}
    op = {"jenis": "tulis-isian", "infojab_id": key, "bagian": "evaluasi", "isi": sheet}
    api("POST", f"{path}/operasi", {"operasi": [op]}, expect=201)
    row = api("GET", f"{path}/evaluasi/{key}", expect=200).json()
    assert (row["total"], row["kelas"], row["status"]) == (190, 1, "diisi")
    assert row["langkah"][-1]["hasil"] == "1"
    verdict = {"jenis": "putuskan-evaluasi", "infojab_id": key, "putusan": "divalidasi"}
    api("POST", f"{path}/operasi", {"operasi": [verdict]}, expect=422)
    boss = machine(SEMUA, ("instansi-penetapan-sotk", "instansi", peta.instansi.pk))
    boss("POST", f"{path}/operasi", {"operasi": [verdict]}, expect=201)
    row = api("GET", f"{path}/evaluasi/{key}", expect=200).json()
    assert row["status"] == "divalidasi" and row["jabatan"][0]["kelas"] == 1


def test_classes_are_compared_and_counted_published_and_in_a_draft(peta: Peta) -> None:
    usulan, key = begin(peta, peta.kotak_lain.pk)
    write(peta.operator, usulan, key)
    decide(peta.penyetuju, usulan, key)
    api = person("operator")
    old = api("GET", f"/instansi/{peta.instansi.pk}/kelas-jabatan", expect=200).json()
    new = api("GET", f"/usulan/{usulan.pk}/kelas-jabatan", expect=200, q="pengadministrasi").json()
    assert {r["kelas"]: r["kotak"] for r in old["rekap"]}[6] == 2
    assert {r["kelas"]: r["kotak"] for r in new["rekap"]}[9] == 3
    assert len(new["banding"]) == 1 and new["banding"][0]["lembar"][0]["total"] == 1460
    assert new["banding"][0]["kelas"] == [[9, 2]]
    api("GET", f"/instansi/{peta.instansi.pk}/kelas-jabatan", versi=99, expect=404)


@pytest.mark.parametrize("nama", list(PERSONAS))
def test_every_persona_meets_these_routes_as_its_role_allows(peta: Peta, nama: str) -> None:
    usulan, key = begin(peta)
    lain = make_instansi("Kabupaten Lain")
    if nama not in ("operator", "penyetuju", "verifikator"):
        where = lain if nama == "orang_luar" else peta.instansi
        make_persona(nama, instansi_id=where.pk, pegawai_id=peta.orang.pk if nama == "pegawai" else None)
    api = person(nama)
    reads = nama in ("operator", "penyetuju", "monitor", "verifikator", "admin")
    for path in (f"/usulan/{usulan.pk}/evaluasi/{key}", f"/usulan/{usulan.pk}/kelas-jabatan"):
        api("GET", path, expect=200 if reads else 404)
    api("GET", f"/instansi/{peta.instansi.pk}/kelas-jabatan", expect=200)
    assert Client().get(f"/api/v1/usulan/{usulan.pk}/evaluasi/{key}").status_code == 401
