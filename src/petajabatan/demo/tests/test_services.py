"""Loading the demonstration into a database: all there, marked synthetic, twice changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from petajabatan.akun.models import Pengguna, Peran
from petajabatan.akun.queries import actor_of
from petajabatan.anjab.queries.abk_rekap import draft_recap
from petajabatan.demo import contoh, services, susunan_pusat, susunan_rembang
from petajabatan.demo.akun import accounts, make_accounts
from petajabatan.demo.contoh_abk import JUDUL, load_sheets
from petajabatan.inti.actor import ANONIM, sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.temuan import Ditolak, has_errors
from petajabatan.jabatan.services.impor import import_unor
from petajabatan.pegawai.services.impor import import_pegawai
from petajabatan.referensi.models import Instansi, MasterUnor
from petajabatan.usulan.models import Usulan, UsulanUnor

SISTEM = sistem("uji")
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """One load for all tests of this module; what a test writes is undone after it, the load at the end."""
    from django.test import override_settings

    with django_db_blocker.unblock(), override_settings(DEMO=True):
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield services.load_demo(SISTEM)
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def rows(sql: str, *params: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def rembang() -> Instansi:
    return Instansi.objects.get(id_siasn=susunan_rembang.INSTANSI)


def snapshot() -> list[tuple]:
    tables = [
        "unor_riwayat",
        "posisi_riwayat",
        "pegawai",
        "riwayat_jabatan",
        "peran",
        "jabatan",
        "dasar_hukum",
        "audit",
    ]
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    return rows(f"SELECT {counts}, (SELECT sum(stempel) FROM ringkasan_instansi)")


def test_loading_says_what_it_added(demo):
    assert demo["instansi"] == 2 and demo["akun"] == len(accounts()) == 12
    assert demo["unor"] == 633 and demo["pegawai"] > 5_000 and demo["templat"] == 1


def test_loading_twice_changes_nothing(demo):
    before = snapshot()
    assert set(services.load_demo(SISTEM).values()) == {0}
    assert snapshot() == before


def test_every_person_is_marked_synthetic(demo):
    assert rows("SELECT count(*) FROM pegawai WHERE NOT sintetis") == [(0,)]


def test_each_map_has_two_versions_that_differ(demo):
    assert rows("SELECT count(*), count(DISTINCT hash), count(DISTINCT instansi_id) FROM peta_versi") == [
        (4, 4, 2)
    ]
    assert rows("SELECT jenis FROM peta_versi WHERE instansi_id = %s ORDER BY nomor", rembang().id) == [
        ("muat-awal",), ("impor",),
    ]  # fmt: skip


def test_totals_of_the_database_are_those_of_the_composition(demo):
    kini = services.compose(services.PabrikNip())[0]
    _, _, susunan, people = kini
    k = sum(box.k for u in susunan.unit.values() for box in u.kotak)
    counted = [o for o in people if o.jenis != "PPPK-PW" and o.kedudukan == "01"]
    seated = sum(any(t.jenis == "D" and t.kotak and not t.sampai for t in o.tugas) for o in counted)
    assert rows(
        "SELECT n_unor, n_posisi, k, b, n_pegawai FROM ringkasan_instansi WHERE instansi_id = %s",
        rembang().id,
    ) == [(len(susunan.unit), susunan.n_kotak, k, seated, len(people))]


def test_acting_posts_stay_outside_b(demo):
    acting = rows(
        "SELECT DISTINCT b.b FROM riwayat_jabatan r JOIN bezetting_posisi b USING (posisi_id)"
        " WHERE r.jenis = 'PLT' AND upper_inf(r.masa)"
    )
    assert set(acting) <= {(0,)}


def test_codes_of_units_meet_the_masters_of_the_ministries(demo):
    pairs = {"npsn": "sekolah", "puskesmas": "puskesmas", "rs": "rumah-sakit", "dinkes": "dinas-kesehatan"}
    for kode, master in pairs.items():
        codes = {r[0] for r in rows("SELECT kode FROM kode_unor WHERE jenis = %s AND aktif", kode)}
        assert codes == set(MasterUnor.objects.filter(jenis=master).values_list("kunci", flat=True))


def test_invented_regulations_say_that_they_are(demo):
    titles = rows("SELECT nomor, tentang FROM dasar_hukum")
    assert titles
    assert all(nomor.startswith("DEMO-") and "contoh untuk demo" in tentang for nomor, tentang in titles)


@pytest.mark.parametrize(
    ("nama", "orang"),
    [("operator", "semua"), ("penyetuju", "semua"), ("operator.dinkes", "sebagian"), ("pegawai", "satu"),
     ("pemantau", "tidak"), ("pembina.kemenkes", "tidak"), ("pembina.kemendikbud", "tidak")],
)  # fmt: skip
def test_accounts_see_the_people_their_role_may_see(demo, nama, orang):
    user = Pengguna.objects.get(username=nama)
    assert user.check_password("peta-jabatan-demo")
    with scope_of(actor_of(user)):
        ((n, instansi),) = rows("SELECT count(*), count(DISTINCT instansi_id) FROM pegawai")
    total = rows("SELECT count(*) FROM pegawai WHERE instansi_id = %s", rembang().id)[0][0]
    expected = {"semua": n == total, "sebagian": 1_000 < n < total / 2, "satu": n == 1, "tidak": n == 0}
    assert expected[orang] and instansi <= 1


def test_a_ministry_watches_only_its_own_groups_of_jabatan(demo):
    assert rows(
        "SELECT DISTINCT i.nama FROM peran p JOIN pengguna u ON u.id = p.pengguna_id"
        " JOIN kelompok_jabatan k ON k.id = p.sasaran_id JOIN instansi i ON i.id = k.pembina_id"
        " WHERE u.username = 'pembina.kemenkes'"
    ) == [("Kementerian Kesehatan",)]
    assert Peran.objects.filter(pengguna__username="pembina.kemendikbud", lingkup="kelompok").count() >= 2


def test_importing_the_sample_of_the_same_units_changes_nothing(demo, tmp_path: Path):
    contoh.write_samples(tmp_path)
    with scope_of(SISTEM):
        report = import_unor(SISTEM, rembang().id, tmp_path / "ref-unor-rembang.json")
    assert not has_errors(report.temuan), report.temuan[:5]
    assert rows("SELECT max(nomor) FROM peta_versi WHERE instansi_id = %s", rembang().id) == [(2,)]


def test_importing_the_changed_sample_makes_a_draft_because_the_map_changes_by_usulan(demo, tmp_path: Path):
    contoh.write_samples(tmp_path)
    with scope_of(SISTEM):
        report = import_unor(SISTEM, rembang().id, tmp_path / "unor-rembang-perubahan.csv")
        assert not has_errors(report.temuan), report.temuan[:5]
        draft = Usulan.objects.get(instansi_id=rembang().id, jenis=Usulan.Jenis.INJEKSI)
        added = UsulanUnor.objects.filter(usulan=draft, sesudah__nama="Bidang Keamanan Informasi")
        assert added.exists()
        # The other name is no typing error, so that a draft leaves it out and says so.
        assert any("Pengembangan Pariwisata" in t.kalimat for t in report.temuan)
    assert rows("SELECT max(nomor) FROM peta_versi WHERE instansi_id = %s", rembang().id) == [(2,)]


def test_the_sheets_of_the_demonstration_are_calculated_and_have_findings(demo):
    with scope_of(SISTEM):
        usulan = Usulan.objects.get(instansi_id=rembang().id, judul=JUDUL)
        rekap = draft_recap(usulan)
        with_sheet = [box for box in rekap.kotak if box.lembar is not None]
        assert len(with_sheet) == usulan.revisi == 3 * 8 + 1
        assert sum(box.jumlah is None for box in with_sheet) == 1  # the row without a volume
        assert load_sheets(rembang().id) == 0  # a second call adds nothing


def test_the_broken_sample_is_refused_with_a_finding_per_error(demo, tmp_path: Path):
    contoh.write_samples(tmp_path)
    with scope_of(SISTEM):
        report = import_unor(SISTEM, rembang().id, tmp_path / "ref-unor-rembang-salah.json")
    assert len({t.kode for t in report.temuan if t.tingkat == "galat"}) >= 4
    assert rows("SELECT max(nomor) FROM peta_versi WHERE instansi_id = %s", rembang().id) == [(2,)]


def test_importing_the_sample_of_the_same_people_changes_no_seat(demo, tmp_path: Path):
    contoh.write_samples(tmp_path)
    with scope_of(SISTEM):
        report = import_pegawai(
            SISTEM, rembang().id, tmp_path / "export-asn-rembang.csv", sintetis=True, periksa=True
        )
    assert report.ok and report.baru == 0 and report.ditolak == 0, report.as_dict()
    assert report.kursi_baru == 0, (report.jumlah_temuan, report.temuan[:3])


def test_the_spoiled_sample_of_people_is_refused_row_by_row(demo, tmp_path: Path):
    contoh.write_samples(tmp_path)
    with scope_of(SISTEM):
        report = import_pegawai(SISTEM, rembang().id, tmp_path / "export-asn-rembang-cacat.csv")
    assert not report.ok and not report.disimpan
    assert report.ditolak >= 16 and len(report.jumlah_temuan) >= 6, report.jumlah_temuan


def test_samples_are_the_same_every_time(tmp_path: Path):
    contoh.write_samples(tmp_path / "a")
    contoh.write_samples(tmp_path / "b")
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


@pytest.mark.parametrize("call", ["load", "accounts"])
def test_outside_demo_mode_nothing_is_loaded(settings, call):
    settings.DEMO = False
    before = Pengguna.objects.count()
    with pytest.raises(Ditolak):
        if call == "load":
            services.load_demo(SISTEM)
        else:
            make_accounts(instansi_id=1, unor_dinkes=1, pegawai_id=1, pembina={})
    assert Pengguna.objects.count() == before


def test_only_an_administrator_loads_the_demo(settings):
    settings.DEMO = True
    with pytest.raises(PermissionDenied):
        services.load_demo(ANONIM)


def test_both_organisations_name_their_instansi():
    listed = {r["id_siasn"] for r in contoh.sumber.baris("instansi")}
    assert {susunan_rembang.INSTANSI, susunan_pusat.INSTANSI} <= listed


def test_a_draft_shows_informasi_jabatan_that_are_complete_begun_and_missing(demo):
    from petajabatan.anjab.queries.infojab_angka import summary_of_draft
    from petajabatan.anjab.queries.infojab_peta import view_of
    from petajabatan.usulan.models import Usulan

    with scope_of(SISTEM):
        total = summary_of_draft(view_of(Usulan.objects.get(kunci="demo-infojab")))
    assert (total.kotak, total.lengkap) == (3, 1)
