"""The qualification map on screen, over the API and as a workbook, as each persona."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from petajabatan.akun.queries import actor_of
from petajabatan.anjab.queries.kualifikasi import AMBANG, map_of
from petajabatan.anjab.services.kualifikasi_xlsx import export_qualifications
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.models import Audit, Pekerjaan
from petajabatan.jabatan.models import Infojab, IsianRiwayat, Posisi
from petajabatan.jabatan.rules.isian import isian_id
from petajabatan.organisasi.models import Unor
from petajabatan.pegawai.models import Pegawai, PegawaiDiklat, PegawaiSertifikasi
from petajabatan.pegawai.services import record_training
from petajabatan.referensi.models import Diklat, Instansi, Pendidikan, Sertifikasi, TingkatPendidikan
from petajabatan.testing import factories as make
from petajabatan.testing.personas import PERSONAS, make_persona

SEES = {"operator", "penyetuju", "verifikator", "admin"}
pytestmark = pytest.mark.django_db


@dataclass
class Peta:
    """A dinas with its head and a bidang with an empty head's box and a staff box that asks for something."""

    instansi: Instansi
    lain: Any
    hukum: Pendidikan
    diklat: Diklat
    sertifikat: Sertifikasi
    dinas: Unor
    bidang: Unor
    staf: Posisi
    budi: Pegawai
    ani: Pegawai


@pytest.fixture
@transaction.atomic
def k(peta_b) -> Peta:
    """Staff need S-1 Hukum, a training, a certificate and two years; Budi has all, Ani little."""
    for kode, nama, urutan in (("30", "D-III", 9), ("40", "S-1", 11)):
        TingkatPendidikan.objects.get_or_create(kode=kode, defaults={"nama": nama, "urutan": urutan})
    hukum = Pendidikan.objects.create(id_siasn="PH", tingkat_id="40", nama="S-1 HUKUM")
    bidan = Pendidikan.objects.create(id_siasn="PB", tingkat_id="30", nama="D-III KEBIDANAN")
    diklat = Diklat.objects.create(jenis="kursus", kunci="9", nama="Legal drafting")
    sertifikat = Sertifikasi.objects.create(kode="S9", nama="Mediator")
    instansi = make.make_instansi("Kabupaten Gama")
    make.make_version(instansi)
    dinas = make.make_unor(instansi, "Dinas Hukum", make.make_unor(instansi, "Kabupaten Gama"))
    bidang = make.make_unor(instansi, "Bidang Perkara", dinas)
    kepala = make.make_posisi(dinas, "Kepala Dinas", kepala=True, k=1)
    make.make_posisi(bidang, "Kepala Bidang", kepala=True, k=1)
    key = Infojab.objects.create(instansi=instansi).pk
    IsianRiwayat.objects.create(
        isian_id=isian_id("kualifikasi", infojab_id=key), instansi=instansi, sejak=1, infojab_id=key,
        bagian="kualifikasi",
        isi={
            "pendidikan": [{"teks": "S-1 Hukum", "tingkat": "40", "id": hukum.pk}],
            "diklat_teknis": [{"teks": "Legal drafting", "id": diklat.pk}],
            "sertifikasi": [{"teks": "Mediator", "id": sertifikat.pk}],
            "pengalaman": [{"teks": "bidang hukum", "tahun": "2"}],
        },
    )  # fmt: skip
    staf = make.make_posisi(
        bidang, "Penelaah Hukum", jenis="pelaksana", jabatan=make.make_jabatan("Penelaah Hukum"), k=4,
        infojab_id=key,
    )  # fmt: skip
    make.make_pegawai(instansi, "Sri", kepala)
    budi = make.make_pegawai(instansi, "Budi", staf, pendidikan=hukum, tingkat_pendidikan_id="40")
    ani = make.make_pegawai(instansi, "Ani", staf, pendidikan=bidan, tingkat_pendidikan_id="30", jenis="PPPK")
    training(budi, diklat)
    certificate(budi, sertifikat)
    return Peta(instansi, peta_b, hukum, diklat, sertifikat, dinas, bidang, staf, budi, ani)


@pytest.fixture(autouse=True)
def _nothing_shared(db):
    """Tests write people and training behind the services' back, which would move the B stamp on."""
    cache.clear()


def training(person: Pegawai, diklat: Diklat | None) -> PegawaiDiklat:
    return PegawaiDiklat.objects.create(
        pegawai=person, instansi=person.instansi, diklat=diklat, nama="Legal drafting"
    )


def certificate(person: Pegawai, what: Sertifikasi, until: dt.date | None = None) -> PegawaiSertifikasi:
    return PegawaiSertifikasi.objects.create(
        pegawai=person, instansi=person.instansi, sertifikasi=what, nama="Mediator", berlaku_sampai=until
    )


def sign_in(client, k, name):
    home = k.lain if name == "orang_luar" else k
    person = k.budi.id if name == "pegawai" else None
    user = make_persona(name, instansi_id=home.instansi.id, pegawai_id=person)
    client.force_login(user)
    return user


def page(k, **query) -> str:
    return reverse("anjab:kualifikasi", args=[k.instansi.id], query=query)


def box(k) -> str:
    return reverse("anjab:kualifikasi-kotak", args=[k.instansi.id, k.staf.id])


@pytest.mark.parametrize("name", PERSONAS)
def test_every_persona_sees_counts_and_only_those_of_the_matrix_see_names(client, k, name):
    sign_in(client, k, name)
    for address in (page(k), page(k, unor=k.bidang.id), box(k)):
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = answer.content.decode()
        assert "style=" not in text
        assert address != box(k) or "bidang hukum, paling sedikit 2 tahun" in text
        assert k.ani.nip not in text or (name in SEES and address == box(k))
    named = client.get(box(k)).content.decode()
    assert (k.ani.nip in named) == (name in SEES)
    assert (k.budi.nip in named) == (name in SEES or name == "pegawai")
    api = client.get(f"/api/v1/instansi/{k.instansi.id}/kualifikasi/{k.staf.id}/pegawai")
    assert (api.status_code == 200 and k.ani.nip in api.content.decode()) == (name in SEES)


def test_nobody_reads_it_without_signing_in(client, k):
    for address in (page(k), box(k)):
        assert client.get(address).status_code == 302
    assert client.get(f"/api/v1/instansi/{k.instansi.id}/kualifikasi").status_code == 401


def test_small_groups_are_told_only_to_those_who_may_read_the_people_anyway(client, k):
    sign_in(client, k, "pemantau")
    api = client.get(f"/api/v1/instansi/{k.instansi.id}/kualifikasi?unor={k.bidang.id}").json()
    assert AMBANG == 3 and api["unit"]["tertutup"] and api["unit"]["orang"] == 0
    assert "disembunyikan" in client.get(box(k)).content.decode()
    make.make_pegawai(k.instansi, "Citra", k.staf)
    cache.clear()
    api = client.get(f"/api/v1/instansi/{k.instansi.id}/kualifikasi?unor={k.bidang.id}").json()
    assert not api["unit"]["tertutup"] and api["unit"]["orang"] == 3


def test_counts_add_up_to_b_and_roll_up_to_the_units_above(client, k):
    sign_in(client, k, "operator")
    api = client.get(f"/api/v1/instansi/{k.instansi.id}/kualifikasi").json()
    assert api["unit"]["orang"] == 3
    assert api["unit"]["pendidikan"] == {"memenuhi": 1, "tidak": 1, "belum_ada_data": 0, "tanpa_syarat": 1}
    assert api["unit"]["diklat"] == {"memenuhi": 1, "tidak": 0, "belum_ada_data": 1, "tanpa_syarat": 1}
    assert api["unit"]["semua"] == {"memenuhi": 1, "tidak": 1, "belum_ada_data": 0, "tanpa_syarat": 1}
    assert [row["orang"] for row in api["bawahan"]] == [3]
    deeper = client.get(f"/api/v1/instansi/{k.instansi.id}/kualifikasi?unor={k.dinas.id}").json()
    assert [row["orang"] for row in deeper["bawahan"]] == [2]
    assert [row["orang"] for row in deeper["jabatan"]] == [1]
    own = client.get(f"/api/v1/instansi/{k.instansi.id}/kualifikasi?unor={k.bidang.id}").json()
    asked = {row["nama"]: row["syarat"] for row in own["jabatan"]}
    assert asked["Kepala Bidang"] is None and asked["Penelaah Hukum"]["tahun"] == 2


def test_a_share_is_rounded_and_where_nobody_could_be_judged_there_is_none(client, k):
    make.make_pegawai(k.instansi, "Citra", k.staf, pendidikan=k.hukum, tingkat_pendidikan_id="40")
    sign_in(client, k, "operator")
    text = client.get(page(k, unor=k.bidang.id)).content.decode()
    assert "66,7 %" in text and "2 dari 3" in text
    heads = client.get(page(k, unor=k.dinas.id)).context["kotak"]
    assert {cell["bagian"] for row in heads for cell in row["sel"]} == {None}


def test_who_does_not_count_in_b_is_not_judged(k):
    actor = actor_of(make_persona("operator", instansi_id=k.instansi.id))
    Pegawai.objects.filter(pk=k.budi.pk).update(jenis="PPPK-PW")
    Pegawai.objects.filter(pk=k.ani.pk).update(kedudukan_hukum="99")
    with scope_of(actor):
        assert map_of(actor, k.instansi.pk).total.hitung.n == 1


def test_the_same_person_gets_the_same_answer_in_counts_and_by_name(client, k):
    certificate(k.ani, k.sertifikat, dt.date(2020, 1, 1))
    training(k.ani, None)
    sign_in(client, k, "operator")
    people = client.get(f"/api/v1/instansi/{k.instansi.id}/kualifikasi/{k.staf.id}/pegawai").json()
    own = client.get(f"/api/v1/instansi/{k.instansi.id}/kualifikasi?unor={k.bidang.id}").json()["unit"]
    for name in ("pendidikan", "diklat", "sertifikasi", "pengalaman"):
        told = [p["nilai"][name]["status"].replace("-", "_") for p in people]
        assert {s: n for s, n in own[name].items() if n} == {s: told.count(s) for s in set(told)}, name
    (ani,) = (p for p in people if p["pegawai_id"] == k.ani.pk)
    assert "sudah tidak berlaku" in ani["nilai"]["sertifikasi"]["alasan"]
    assert ani["nilai"]["diklat"]["status"] == "tidak"


def test_reading_names_is_recorded_and_reading_counts_is_not(client, k):
    sign_in(client, k, "operator")
    before = Audit.objects.filter(aksi="baca", objek="pegawai").count()
    client.get(page(k))
    assert Audit.objects.filter(aksi="baca", objek="pegawai").count() == before
    client.get(box(k))
    assert Audit.objects.filter(aksi="baca", objek="pegawai").count() == before + 1


def test_the_number_of_statements_does_not_follow_the_size(k):
    actor = actor_of(make_persona("operator", instansi_id=k.instansi.id))

    def statements() -> int:
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            map_of(actor, k.instansi.pk, k.bidang.pk)
        return len(seen)

    few = statements()
    with transaction.atomic():
        for n in range(15):
            more = make.make_posisi(
                k.bidang, f"Staf {n}", jenis="pelaksana", jabatan=make.make_jabatan(f"J{n}"), k=1
            )
            make.make_pegawai(k.instansi, f"Orang {n}", more)
    assert statements() == few <= 24


def test_units_and_boxes_of_another_instansi_are_not_found(client, k):
    sign_in(client, k, "admin")
    assert client.get(page(k, unor=k.lain.bidang.id)).status_code == 404
    assert client.get(page(k, unor="x" * 30)).status_code == 200
    other = reverse("anjab:kualifikasi-kotak", args=[k.instansi.id, k.lain.staf.id])
    assert client.get(other).status_code == 404
    assert client.get(reverse("anjab:kualifikasi", args=[2**40])).status_code == 404


@pytest.mark.parametrize("name", ["operator", "pemantau"])
def test_the_workbook_has_people_only_for_roles_that_see_names(k, name):
    actor = actor_of(make_persona(name, instansi_id=k.instansi.id))
    with scope_of(actor):
        book = openpyxl.load_workbook(io.BytesIO(export_qualifications(actor, k.instansi.pk)))
    assert ("Pegawai" in book.sheetnames) == (name == "operator")
    cells = {str(c.value) for sheet in book for row in sheet.iter_rows() for c in row}
    assert (k.budi.nip in cells) == (name == "operator")
    assert "S-1 Hukum" in cells and ("disembunyikan" in cells) == (name == "pemantau")


def test_the_workbook_is_a_job_and_its_file_belongs_to_the_one_who_asked(client, k):
    user = sign_in(client, k, "operator")
    answer = client.post(reverse("anjab:kualifikasi-ekspor", args=[k.instansi.id]), {"unor": k.dinas.id})
    assert answer.status_code == 302
    job = Pekerjaan.objects.get(jenis="ekspor-kualifikasi")
    assert job.masukan == {"instansi_id": k.instansi.id, "unor_id": k.dinas.id}
    assert job.pemilik_id == user.pk and job.instansi_id is None


@pytest.mark.parametrize("table", ["pegawai_diklat", "pegawai_sertifikasi"])
def test_training_stands_behind_the_same_wall_as_people(k, table):
    def seen(name: str, **more) -> int:
        actor = actor_of(make_persona(name, **more))
        with scope_of(actor), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            return cursor.fetchone()[0]

    assert seen("operator", instansi_id=k.instansi.id) == seen("verifikator") == 1
    assert seen("orang_luar", instansi_id=k.lain.instansi.id) == seen("pemantau") == 0
    assert seen("monitor", instansi_id=k.instansi.id) == 0
    assert seen("pegawai", pegawai_id=k.budi.pk) == 1
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def test_training_moves_to_another_instansi_with_the_person(k):
    Pegawai.objects.filter(pk=k.budi.pk).update(instansi=k.lain.instansi)
    assert PegawaiDiklat.objects.get().instansi_id == k.lain.instansi.pk
    assert PegawaiSertifikasi.objects.get().instansi_id == k.lain.instansi.pk


def test_the_counting_function_gives_no_ids_of_people(k):
    actor = actor_of(make_persona("pemantau"))
    with scope_of(actor), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM kualifikasi_profil(%s, %s, 1, current_date, %s, true)",
                       [k.instansi.pk, k.bidang.pk, json.dumps([])])  # fmt: skip
        assert "pegawai_id" not in {c.name for c in cursor.description}
        assert sum(row[-1] for row in cursor.fetchall()) == 2


def test_counts_are_kept_until_a_record_or_an_import_moves_the_stamp_on(k):
    actor = actor_of(make_persona("operator", instansi_id=k.instansi.id))
    with scope_of(actor):
        hold = map_of(actor, k.instansi.pk).total.hitung
        with CaptureQueriesContext(connection) as seen:
            assert map_of(actor, k.instansi.pk).total.hitung == hold
        assert not any("kualifikasi_profil" in q["sql"] for q in seen)
        assert hold.komponen["diklat"]["belum-ada-data"] == 1
        course = {"id": "1", "nipBaru": k.ani.nip, "jenisKursusId": "9", "namaKursus": "Legal drafting"}
        record_training(actor, k.instansi.pk, "kursus", [course])
        assert map_of(actor, k.instansi.pk).total.hitung.komponen["diklat"]["memenuhi"] == 2
