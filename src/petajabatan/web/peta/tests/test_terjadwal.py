"""Pages of a map while a later version is scheduled, on its first day, and after the count of that day."""

from __future__ import annotations

import pytest

from petajabatan.inti.jam import move_to
from petajabatan.pegawai.models import RiwayatJabatan
from petajabatan.pegawai.services.hitung import recount_due
from petajabatan.pegawai.tests.reorganisasi import reorganise
from petajabatan.testing import factories as make
from petajabatan.testing.personas import make_persona
from petajabatan.web.peta.tests.test_page_peta import dasar, embedded

pytestmark = pytest.mark.django_db


@pytest.fixture
def jadwal(peta):
    return reorganise(peta)


@pytest.fixture
def masuk(client, jadwal):
    client.force_login(make_persona("operator", instansi_id=jadwal.peta.instansi.id))
    return client


def shown(answer) -> tuple[dict[str, int], dict[str, int]]:
    """B per unit and per box with people on the map of an answer."""
    document = embedded(answer)
    units = {u[2].split(" Kabupaten")[0]: u[8] for u in document["unor"]}
    return units, {b[2].split(" Kabupaten")[0]: b[7] for b in document["kotak"] if b[7]}


OLD = (
    {"Kabupaten Alfa": 3, "Dinas Pendidikan": 3, "Bidang SD": 2},
    {"Kepala Dinas": 1, "Pengolah Data": 2},
)
NEW = (
    {"Kabupaten Alfa": 3, "Dinas Pendidikan": 3, "Bidang Sekolah": 2},
    {"Kepala Dinas": 1, "Pengolah Data": 2},
)


def test_today_shows_the_old_map_with_its_people(masuk, jadwal):
    assert shown(masuk.get(dasar(jadwal.peta))) == OLD


def test_the_scheduled_map_shows_where_people_will_sit(masuk, jadwal):
    answer = masuk.get(dasar(jadwal.peta) + "?versi=2")
    assert shown(answer) == NEW
    assert "dengan penempatan sementara" in answer.content.decode()


@pytest.mark.parametrize("counted", [False, True])
def test_on_the_day_the_new_map_shows_them_under_the_successor(masuk, jadwal, counted):
    move_to(jadwal.berlaku)
    if counted:
        recount_due()
    assert shown(masuk.get(dasar(jadwal.peta))) == NEW
    assert shown(masuk.get(dasar(jadwal.peta) + "?versi=1")) == OLD
    drawer = masuk.get(dasar(jadwal.peta) + f"posisi/{jadwal.staf_baru.id}/").content.decode()
    assert drawer.count("sementara") >= 2
    assert "Budi" in drawer
    explained = masuk.get(dasar(jadwal.peta) + f"jelas/unor/{jadwal.unor_baru.id}/b/").content.decode()
    assert ">2<" in explained
    recap = masuk.get(dasar(jadwal.peta) + "?lihat=rekap").content.decode()
    assert "Pelaksana" in recap


@pytest.mark.parametrize("counted", [False, True])
def test_the_drawer_counts_people_without_a_box_on_the_day_shown(masuk, jadwal, counted):
    person = make.make_pegawai(jadwal.peta.instansi, "Tanpa Kotak")
    RiwayatJabatan.objects.create(
        pegawai=person, instansi=jadwal.peta.instansi, unor=jadwal.unor_baru, masa=(jadwal.berlaku, None)
    )
    page = dasar(jadwal.peta) + f"unor/{jadwal.unor_baru.id}/"
    words = "Pegawai tanpa jabatan dalam peta"
    assert words in masuk.get(page + "?versi=2").content.decode()
    assert words not in masuk.get(dasar(jadwal.peta) + f"unor/{jadwal.peta.bidang.id}/").content.decode()
    move_to(jadwal.berlaku)
    if counted:
        recount_due()
    assert words in masuk.get(page).content.decode()


def test_the_home_page_names_the_version_in_force(masuk, jadwal):
    page = masuk.get(f"/instansi/{jadwal.peta.instansi.id}/").content.decode()
    assert "Versi" in page
    move_to(jadwal.berlaku)
    recount_due()
    assert masuk.get(f"/instansi/{jadwal.peta.instansi.id}/").status_code == 200
