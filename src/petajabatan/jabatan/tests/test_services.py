"""Publishing loads: only differences are written, heads follow from units, nothing is half written."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection

from petajabatan.akun.queries import actor_of
from petajabatan.inti.actor import sistem
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan import queries
from petajabatan.jabatan.services import publish_map
from petajabatan.organisasi.models import UnorRiwayat
from petajabatan.organisasi.rules.muatan import KodeMuatan, Muatan, PosisiMuatan, UnorMuatan
from petajabatan.referensi.models import Eselon
from petajabatan.testing import factories as make
from petajabatan.testing.personas import make_persona

pytestmark = pytest.mark.django_db
HARI = dt.date(2026, 2, 1)
UJI = sistem("uji")


def units() -> list[UnorMuatan]:
    return [
        UnorMuatan("A", None, "Kabupaten Uji", id_siasn="A" * 32),
        UnorMuatan("B", "A", "Dinas Uji", "Kepala Dinas Uji", eselon="22", id_siasn="B" * 32),
        UnorMuatan("C", "B", "Bidang Uji", "Kepala Bidang Uji", eselon="31", id_siasn="C" * 32),
        UnorMuatan("D", "B", "UPT Uji", jenis="upt"),
    ]


@pytest.fixture
def instansi():
    for kode, nama in (("22", "II.b"), ("31", "III.a")):
        Eselon.objects.get_or_create(kode=kode, defaults={"nama": nama})
    return make.make_instansi()


@pytest.fixture
def jabatan():
    return make.make_jabatan("Pengolah Data Uji")


def load(instansi, muatan, berlaku=HARI, actor=UJI):
    return publish_map(actor, instansi.id, muatan, berlaku=berlaku, jenis="impor")


def boxes(jabatan, k=3) -> list[PosisiMuatan]:
    return [PosisiMuatan("C", jabatan.nama, "pelaksana", jabatan.id, kelas=6, k=k)]


def names(instansi) -> dict[str, tuple]:
    peta = queries.peta_of(instansi.id)
    return {b.nama: (b.k, b.kepala, b.jenis) for u in peta.walk() for b in u.kotak}


def test_the_first_load_is_version_one_and_makes_heads(instansi, jabatan):
    version = load(instansi, Muatan(units(), boxes(jabatan)))
    assert (version.nomor, len(version.hash)) == (1, 64)
    assert names(instansi) == {
        "Kepala Dinas Uji": (1, True, "struktural"),
        "Kepala Bidang Uji": (1, True, "struktural"),
        "Pengolah Data Uji": (3, False, "pelaksana"),
    }
    root = queries.root_of(instansi.id, 1)
    assert (root.k, root.n_unor, root.n_posisi, root.n_anak) == (5, 4, 3, 1)


def test_the_same_load_writes_nothing(instansi, jabatan):
    first = load(instansi, Muatan(units(), boxes(jabatan)))
    again = load(instansi, Muatan(units(), boxes(jabatan)), HARI + dt.timedelta(days=1))
    assert again.nomor == 1 and again.hash == first.hash


def test_only_differences_become_the_next_version(instansi, jabatan):
    load(instansi, Muatan(units(), boxes(jabatan)))
    changed = units()
    changed[2].nama = "Bidang Uji Baru"
    version = load(instansi, Muatan(changed, boxes(jabatan, k=4)))
    assert version.nomor == 2
    assert list(UnorRiwayat.objects.filter(instansi=instansi, sejak=2).values_list("nama", flat=True)) == [
        "Bidang Uji Baru"
    ]
    assert names(instansi)["Pengolah Data Uji"][0] == 4
    old = queries.peta_of(instansi.id, versi=1)
    assert {u.nama for u in old.walk()} == {u.nama for u in units()}


def test_a_load_of_units_alone_keeps_boxes_and_attributes(instansi, jabatan):
    load(instansi, Muatan(units(), boxes(jabatan)))
    bare = [UnorMuatan(u.kunci, u.atasan, u.nama, id_siasn=u.id_siasn) for u in units()]
    assert load(instansi, Muatan(bare, None, kolom=frozenset())).nomor == 1


def test_a_head_follows_the_new_name_of_its_post(instansi, jabatan):
    load(instansi, Muatan(units(), boxes(jabatan)))
    before = queries.peta_of(instansi.id)
    head = next(u.kepala.id for u in before.walk() if u.nama == "Dinas Uji")
    changed = units()
    changed[1].nama_jabatan = "Kepala Dinas Baru"
    load(instansi, Muatan(changed))
    assert queries.posisi_detail(head).nama == "Kepala Dinas Baru"
    assert [row.nama for row in queries.posisi_history(head)] == ["Kepala Dinas Baru", "Kepala Dinas Uji"]


def test_units_keep_the_order_of_their_first_load(instansi):
    load(instansi, Muatan(units()))
    shuffled = units()[::-1]
    assert load(instansi, Muatan(shuffled)).nomor == 1


def test_a_unit_nobody_sits_on_may_leave_and_its_boxes_with_it(instansi, jabatan):
    load(instansi, Muatan(units(), boxes(jabatan)))
    version = load(instansi, Muatan([u for u in units() if u.kunci != "C"], []))
    assert version.nomor == 2
    assert set(names(instansi)) == {"Kepala Dinas Uji"}
    assert queries.root_of(instansi.id, 2).n_unor == 3
    assert queries.root_of(instansi.id, 1).n_unor == 4


def test_what_has_left_is_still_read_as_it_last_was(instansi, jabatan):
    load(instansi, Muatan(units(), boxes(jabatan)))
    gone = next(u for u in queries.peta_of(instansi.id).walk() if u.nama == "Bidang Uji")
    box = next(b for b in gone.kotak if not b.kepala)
    load(instansi, Muatan([u for u in units() if u.kunci != "C"], []))
    last = queries.unor_detail(gone.id)
    assert (last.nama, last.versi, last.hingga, last.penerus) == (gone.nama, 1, 2, ())
    left = queries.posisi_detail(box.id)
    assert (left.nama, left.versi, left.hingga) == (box.nama, 1, 2)
    with pytest.raises(queries.PetaTidakAda, match="versi 2"):
        queries.unor_detail(gone.id, versi=2)


def test_a_unit_somebody_sits_on_may_not_leave(instansi, jabatan):
    from petajabatan.jabatan.models import Posisi, PosisiRiwayat

    make.make_policy()
    load(instansi, Muatan(units(), boxes(jabatan)))
    row = PosisiRiwayat.objects.get(instansi=instansi, jabatan=jabatan)
    make.make_pegawai(instansi, "Sri", Posisi.objects.get(pk=row.posisi_id))
    with pytest.raises(Ditolak) as refused:
        load(instansi, Muatan([u for u in units() if u.kunci != "C"], []))
    assert {t.kode for t in refused.value.temuan} == {"masih-diduduki"}
    assert "1 pegawai" in refused.value.temuan[0].kalimat
    assert queries.last_version(instansi.id).nomor == 1


def test_an_effective_date_before_the_last_version_is_refused(instansi):
    load(instansi, Muatan(units()))
    with pytest.raises(Ditolak, match="mendahului"):
        load(instansi, Muatan(units()[:2]), HARI - dt.timedelta(days=1))


def test_a_code_another_unit_holds_is_refused(instansi):
    load(instansi, Muatan(units(), kode=[KodeMuatan("D", "npsn", "20314567")]))
    with pytest.raises(Ditolak, match="20314567"):
        load(instansi, Muatan(units(), kode=[KodeMuatan("C", "npsn", "20314567")]))


def test_a_cycle_never_reaches_the_map(instansi):
    broken = [*units()[:1], UnorMuatan("B", "C", "B", id_siasn="B" * 32), UnorMuatan("C", "B", "C")]
    with pytest.raises(IntegrityError, match="tidak tersambung"):
        load(instansi, Muatan(broken))


def test_an_outsider_may_not_publish(instansi, peta_b):
    actor = actor_of(make_persona("orang_luar", instansi_id=peta_b.instansi.id))
    with pytest.raises(PermissionDenied):
        load(instansi, Muatan(units()), actor=actor)


def test_an_operator_publishes_through_the_wall(instansi):
    from petajabatan.inti.dinding import scope_of

    actor = actor_of(make_persona("operator", instansi_id=instansi.id))
    with scope_of(actor):
        assert load(instansi, Muatan(units()), actor=actor).nomor == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT aktor FROM audit WHERE objek = 'unor_riwayat'")
        assert cursor.fetchall() == [(str(actor.id),)]


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_raw_sql_cannot_add_units_outside_a_version(instansi, peta_b):
    from django.db import transaction
    from django.db.utils import DatabaseError

    from petajabatan.inti.dinding import scope_of

    load(instansi, Muatan(units()))
    actor = actor_of(make_persona("operator", instansi_id=instansi.id))
    root = queries.root_of(instansi.id, 1)
    without_version = make.make_instansi().pk
    attempts = [
        f"INSERT INTO unor (instansi_id, id_siasn) VALUES ({without_version}, 'CURIAN')",
        f"INSERT INTO posisi (instansi_id) VALUES ({without_version})",
        "INSERT INTO unor_riwayat (unor_id, instansi_id, sejak, hingga, urutan, nama, nama_jabatan, jenis,"
        " urusan, cepat_kode, pasal, halaman, penerus) VALUES"
        f" ({peta_b.dinas.id}, {instansi.id}, 1, 2, 0, 'X', '',"
        " 'upt', '{}', '', '', '', '{}')",
        f"UPDATE unor_kini SET nama = 'X' WHERE unor_id = {root.id}",
        f"DELETE FROM unor_riwayat WHERE unor_id = {root.id}",
        f"UPDATE unor SET id_siasn = 'X' WHERE id = {root.id}",
        f"UPDATE unor_riwayat SET nama = 'X' WHERE unor_id = {root.id}",
    ]
    for sql in attempts:
        with scope_of(actor), pytest.raises(DatabaseError), transaction.atomic():
            run(sql)
