"""Every rule of ``periksa`` finds the row that breaks it, broken here as the owner with the guards off."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from petajabatan.inti.actor import sistem
from petajabatan.inti.berkas import content_path
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.jam import move_to
from petajabatan.pegawai.services.hitung import recount_due
from petajabatan.runtime.pemeriksaan import all_checks, check_all, recompute_all
from petajabatan.testing import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def kedua(peta_a, peta_b):
    """Two sound maps with everything computed; triggers off from here on."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    with scope_of(sistem("uji")):
        recompute_all()
    sql("SET session_replication_role = replica")
    yield peta_a, peta_b
    sql("SET session_replication_role = origin")


def sql(statement: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def broken(*, penuh: bool = False) -> dict[str, int]:
    with scope_of(sistem("uji")):
        results, temuan = check_all(penuh=penuh)
    found = {kode: n for kode, n in results.items() if n}
    assert {t.kode for t in temuan} == set(found)
    assert all(t.kalimat and t.perbaikan and t.tempat for t in temuan)
    return found


def test_a_sound_database_breaks_no_rule(kedua):
    assert broken(penuh=True) == {}


def test_the_full_check_proves_the_audit_chain_too(kedua):
    """A changed record, and one slipped in while the triggers were off."""
    sql("UPDATE audit SET aktor = 'orang lain' WHERE id = (SELECT min(audit_id) FROM audit_rantai)")
    sql(
        "INSERT INTO audit (pada, aktor, permintaan, aksi, objek, jumlah, rincian)"
        " VALUES (now(), 'x', '', 'ubah', 'pegawai', 1, '{}')"
    )
    assert broken(penuh=True) == {"audit-berubah": 1, "audit-di-luar-rantai": 1}
    assert broken() == {}


def test_an_empty_database_breaks_no_rule():
    assert broken(penuh=True) == {}


@pytest.mark.parametrize("trigger", ["riwayat_ubah", "audit_update"])
def test_a_disabled_trigger_is_found(kedua, trigger):
    sql("SET session_replication_role = origin")
    sql(f"ALTER TABLE unor_riwayat DISABLE TRIGGER {trigger}")
    assert broken() == {"pemicu-hilang": 1}


@pytest.mark.parametrize(
    ("statement", "kode"),
    [
        ("DROP TRIGGER audit_tetap ON audit", "pemicu-hilang"),
        ("ALTER TABLE pegawai DISABLE ROW LEVEL SECURITY", "tembok-hilang"),
        ("DROP POLICY ikut_pekerjaan ON temuan_pekerjaan", "tembok-hilang"),
        ("ALTER ROLE petajabatan_nasional BYPASSRLS", "peran-terlalu-kuat"),
        ("ALTER TABLE wilayah OWNER TO petajabatan_instansi", "peran-terlalu-kuat"),
        ("GRANT pg_read_all_data TO petajabatan_web", "peran-terlalu-kuat"),
        ("GRANT DELETE ON pegawai TO petajabatan_web", "hak-terlalu-luas"),
        ("GRANT SELECT ON cakupan_kunci TO petajabatan_nasional", "hak-terlalu-luas"),
        ("ALTER TABLE pegawai ADD CONSTRAINT x CHECK (nama <> '') NOT VALID", "aturan-tidak-sah"),
    ],
)
def test_a_weakened_guard_is_found(kedua, statement, kode):
    sql("SET session_replication_role = origin")
    sql(statement)
    assert set(broken()) == {kode}


def test_two_roots_and_an_orphan_are_found(kedua):
    a, b = kedua
    sql("UPDATE unor_riwayat SET atasan_id = NULL WHERE unor_id = %s", a.dinas.id)
    assert broken().keys() >= {"pohon-akar", "pohon-kini-basi"}
    sql("UPDATE unor_riwayat SET atasan_id = %s WHERE unor_id = %s", b.akar.id, a.dinas.id)
    assert broken().keys() >= {"pohon-yatim", "pohon-terputus", "pohon-kini-basi"}


def test_a_sheet_without_its_box_and_a_box_without_its_informasi_jabatan_are_found(kedua):
    a, _ = kedua
    sql(
        "INSERT INTO isian_riwayat (isian_id, instansi_id, sejak, hingga, posisi_id, bagian, isi)"
        " VALUES (64000050, %s, 1, 2147483647, 1000000, 'abk', '{}')",
        a.instansi.pk,
    )
    sql("UPDATE posisi_riwayat SET infojab_id = 77 WHERE posisi_id = %s", a.staf.pk)
    assert broken().keys() >= {"isian-tanpa-pemilik", "infojab-tidak-ada"}


def test_a_cycle_is_found(kedua):
    a, _ = kedua
    sql("UPDATE unor_riwayat SET atasan_id = %s WHERE unor_id = %s", a.bidang.id, a.dinas.id)
    found = broken()
    assert found["pohon-melingkar"] == 2
    assert found["pohon-terputus"] == 2


def test_a_parent_removed_in_a_past_version_is_found_when_all_versions_are_read(kedua):
    a, _ = kedua
    sql("SET session_replication_role = origin")
    make.make_version(a.instansi)
    baru = make.make_unor(a.instansi, "Seksi", a.bidang, sejak=2)
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET session_replication_role = replica")
    sql(
        "UPDATE unor_riwayat SET sejak = 1, hingga = 2, atasan_id = %s WHERE unor_id = %s", a.akar.id, baru.id
    )
    sql("INSERT INTO unor_riwayat SELECT * FROM unor_riwayat WHERE false")
    sql("UPDATE unor_riwayat SET atasan_id = %s WHERE unor_id = %s", 10**9, baru.id)
    assert "pohon-terputus-dulu" not in broken()
    assert broken(penuh=True)["pohon-terputus-dulu"] == 1


def test_versions_out_of_order_are_found(kedua):
    a, _ = kedua
    sql("UPDATE peta_versi SET nomor = 2 WHERE instansi_id = %s", a.instansi.id)
    found = broken()
    assert found["versi-urut"] == 1
    assert {"riwayat-unor-tanpa-versi", "riwayat-posisi-tanpa-versi", "ringkasan-beda"} <= found.keys()


def test_overlapping_histories_are_found(kedua):
    a, _ = kedua
    for table, key, row in (
        ("unor_riwayat", "unor_id", a.dinas.id),
        ("posisi_riwayat", "posisi_id", a.staf.id),
    ):
        sql(f"CREATE TEMP TABLE salin AS SELECT * FROM {table} WHERE {key} = %s", row)
        sql("UPDATE salin SET sejak = 0, hingga = 5")
        for (name,) in rows(
            "SELECT conname FROM pg_constraint WHERE contype = 'x' AND conrelid = %s::regclass", table
        ):
            sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        sql(f"INSERT INTO {table} SELECT * FROM salin")
        sql("DROP TABLE salin")
    assert broken().keys() >= {"riwayat-unor-tumpang", "riwayat-posisi-tumpang"}


def rows(statement: str, *params: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def test_two_heads_and_a_head_without_its_seat_are_found(kedua):
    a, _ = kedua
    sql("ALTER TABLE posisi_riwayat DROP CONSTRAINT satu_kepala_per_unor")
    sql("ALTER TABLE posisi_riwayat DROP CONSTRAINT posisi_kepala_satu_kursi")
    sql("UPDATE posisi_riwayat SET kepala = true WHERE posisi_id = %s", a.staf.id)
    assert broken() == {"kepala-ganda": 1, "kursi-kepala": 1}


def test_a_box_on_a_dead_unit_is_found(kedua):
    a, _ = kedua
    sql("UPDATE posisi_riwayat SET unor_id = %s WHERE posisi_id = %s", 10**9, a.staf.id)
    assert broken()["posisi-tanpa-unit"] == 1


def test_a_class_out_of_range_is_found(kedua):
    a, _ = kedua
    sql("ALTER TABLE posisi_riwayat DROP CONSTRAINT posisi_kelas_1_17")
    sql("UPDATE posisi_riwayat SET kelas = 18 WHERE posisi_id = %s", a.staf.id)
    assert broken() == {"posisi-nilai": 1}


def test_totals_that_differ_are_found(kedua):
    a, _ = kedua
    sql("UPDATE posisi_riwayat SET k = 5 WHERE posisi_id = %s", a.staf.id)
    assert broken() == {"total-beda": 3}
    sql("UPDATE posisi_riwayat SET k = 4 WHERE posisi_id = %s", a.staf.id)
    sql("UPDATE ringkasan_instansi SET k = 99 WHERE instansi_id = %s", a.instansi.id)
    assert broken() == {"ringkasan-beda": 1}


def test_b_that_differs_is_found_and_can_be_recomputed(kedua):
    a, _ = kedua
    sql("UPDATE bezetting_posisi SET b = b + 1 WHERE posisi_id = %s", a.staf.id)
    sql("UPDATE bezetting_unor SET b = b + 1 WHERE unor_id = %s", a.dinas.id)
    assert broken() == {"bezetting-posisi-beda": 1, "bezetting-unor-beda": 1}
    with scope_of(sistem("uji")):
        assert recompute_all() == 2
    assert broken() == {}


def test_b_follows_the_calendar(kedua):
    a, _ = kedua
    person = a.orang[1].id
    sql("UPDATE ringkasan_instansi SET b_hari = hari_bisnis() - 2")
    assert recount_due() == 0
    sql("UPDATE ringkasan_instansi SET b_hari = hari_bisnis() - 2")
    sql(
        "UPDATE riwayat_jabatan SET masa = daterange(lower(masa), (now() AT TIME ZONE 'Asia/Jakarta')::date)"
        " WHERE pegawai_id = %s",
        person,
    )
    assert "bezetting-posisi-beda" in broken()
    assert recount_due() == 1
    assert recount_due() == 0
    assert broken() == {}


def test_two_definitive_seats_and_a_seat_elsewhere_are_found(kedua):
    a, b = kedua
    sql("ALTER TABLE riwayat_jabatan DROP CONSTRAINT satu_kursi_definitif_per_hari")
    sql(
        "INSERT INTO riwayat_jabatan (pegawai_id, instansi_id, posisi_id, nama_unor, nama_jabatan, masa,"
        " jenis, sementara, sumber) VALUES (%s, %s, %s, '', '', '[2021-01-01,)', 'D', false, '')",
        a.orang[0].id,
        a.instansi.id,
        b.staf.id,
    )
    found = broken()
    assert (found["kursi-definitif-ganda"], found["kursi-instansi-lain"]) == (1, 1)


@pytest.fixture
def pindah(peta_a):
    """A sound reorganisation of tomorrow; triggers off from here on."""
    from petajabatan.pegawai.tests.reorganisasi import reorganise, settle

    settle()
    made = reorganise(peta_a)
    sql("SET session_replication_role = replica")
    yield made
    sql("SET session_replication_role = origin")


def test_a_scheduled_reorganisation_breaks_no_rule_before_and_after_its_day(pindah):
    assert broken(penuh=True) == {}
    move_to(pindah.berlaku)
    recount_due()
    assert broken(penuh=True) == {}


def test_a_seat_on_what_has_ended_is_found(pindah):
    person = pindah.peta.orang[1].id
    sql("DELETE FROM riwayat_jabatan WHERE pegawai_id = %s AND sementara", person)
    sql("UPDATE riwayat_jabatan SET masa = '[2020-01-01,)' WHERE pegawai_id = %s", person)
    assert broken() == {"kursi-pada-yang-berakhir": 1, "pengukuhan-beda": 1}
    sql("UPDATE riwayat_jabatan SET posisi_id = NULL WHERE pegawai_id = %s", person)
    assert broken()["kursi-pada-yang-berakhir"] == 1
    sql("UPDATE riwayat_jabatan SET masa = '[2020-01-01,2026-01-01)' WHERE pegawai_id = %s", person)
    assert "kursi-pada-yang-berakhir" not in broken()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE pengukuhan SET status = 'batal' WHERE id = %s",
        "UPDATE riwayat_jabatan r SET jenis = 'X' FROM pengukuhan p WHERE p.id = %s"
        " AND r.id = p.riwayat_baru_id",
        "UPDATE riwayat_jabatan r SET sementara = false FROM pengukuhan p WHERE p.id = %s"
        " AND r.id = p.riwayat_baru_id",
        "UPDATE pengukuhan SET status = 'dikukuhkan', nomor_sk = '1', tanggal_sk = now() WHERE id = %s",
        "UPDATE pengukuhan p SET pegawai_id = (SELECT max(id) FROM pegawai) WHERE p.id = %s",
    ],
)
def test_a_list_that_does_not_fit_the_assignments_is_found(pindah, statement):
    from petajabatan.pegawai.models import Pengukuhan

    sql(statement, Pengukuhan.objects.get(pegawai=pindah.peta.orang[1]).pk)
    assert broken()["pengukuhan-beda"] == 1


def test_a_bad_nip_and_an_unknown_role_are_found(kedua):
    a, _ = kedua
    sql("ALTER TABLE pegawai DROP CONSTRAINT pegawai_nip_18_angka")
    sql("UPDATE pegawai SET nip = '1,98E+17' WHERE id = %s", a.orang[0].id)
    from petajabatan.testing.personas import make_persona

    user = make_persona("pemantau")
    sql("UPDATE peran SET peran = 'raja' WHERE pengguna_id = %s", user.id)
    assert broken() == {"nip-tidak-sah": 1, "peran-tidak-dikenal": 1}


def test_missing_and_changed_files_are_found(kedua, settings, tmp_path):
    import io

    from petajabatan.inti.berkas import store_file

    settings.BERKAS_ROOT = tmp_path
    with scope_of(sistem("uji")):
        gone, other = (store_file(sistem("uji"), io.BytesIO(c), "a.csv", "uji") for c in (b"a;b\n", b"c;d\n"))
    content_path(gone.sha256).unlink()
    content_path(other.sha256).chmod(0o600)
    content_path(other.sha256).write_bytes(b"x;y\n")
    assert broken() == {"berkas-hilang": 1}
    assert broken(penuh=True) == {"berkas-hilang": 1, "berkas-rusak": 1}


def test_a_policy_that_is_missing_is_found(kedua):
    sql("DELETE FROM kebijakan_bezetting")
    assert "bezetting-tanpa-kebijakan" in broken()


def test_every_rule_has_words_and_a_code_of_its_own():
    import datetime as dt

    checks = all_checks(dt.date(2026, 1, 1))
    assert len({cek.kode for cek in checks}) == len(checks)
    for cek in checks:
        assert cek.kalimat.endswith(".")
        assert cek.perbaikan.endswith(".")
    json.dumps([cek.kode for cek in checks])
