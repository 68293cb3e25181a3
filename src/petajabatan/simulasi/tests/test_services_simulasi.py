"""Whole runs on databases of their own: filled, closed, reproducible, refused, resumed."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys

import psycopg
import pytest

from petajabatan.cli.keluaran import angka
from petajabatan.cli.perintah.simulasi import summary
from petajabatan.demo.akun import accounts
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.queries.kanonik import HASH
from petajabatan.simulasi.models import Simulasi
from petajabatan.simulasi.queries import distributions
from petajabatan.simulasi.services import tunda
from petajabatan.simulasi.services.nasional import Pilihan, simulasikan

pytestmark = pytest.mark.django_db  # the template of the databases made here is the test database

HARI = dt.date(2026, 11, 28)
SKALA = 0.01
ISI = (
    "SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM pegawai t",
    "SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM riwayat_jabatan t",
    "SELECT md5(string_agg(t::text, '' ORDER BY unor_id)) FROM unor_riwayat t",
    "SELECT md5(string_agg(t::text, '' ORDER BY posisi_id)) FROM posisi_riwayat t",
    "SELECT md5(string_agg(t::text, '' ORDER BY isian_id)) FROM isian_riwayat t",
    "SELECT md5(string_agg(hash, '' ORDER BY instansi_id)) FROM peta_versi",
    "SELECT md5(string_agg(nomor || '/' || instansi_id || jenis || ringkas, '' ORDER BY nomor)) FROM umpan",
)
JAGAAN = (
    "SELECT string_agg(conrelid::regclass || conname || pg_get_constraintdef(oid) || convalidated,"
    " E'\n' ORDER BY 1)"
    " FROM (SELECT * FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY"
    " conrelid, conname) c",
    "SELECT string_agg(indexdef, E'\n' ORDER BY indexname) FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT string_agg(tgrelid::regclass || tgname || tgenabled::text, E'\n' ORDER BY tgrelid,"
    " tgname) FROM pg_trigger"
    " WHERE NOT tgisinternal",
)


def pilihan(url: str, **lain) -> Pilihan:
    return Pilihan(
        **{"url": url, "skala": SKALA, "benih": 5, "proses": 2, "hari": HARI, "sidik": HASH} | lain
    )


def bisu(*_: object) -> None:
    pass


def baca(url: str, *pertanyaan: str) -> list[object]:
    with psycopg.connect(url) as conn:
        return [conn.execute(q.encode()).fetchone()[0] for q in pertanyaan]


@pytest.fixture(scope="module")
def jadi(basis_data):
    """A nation in small, made by the command with two workers: URL, its JSON, what guarded the tables
    before."""
    url = basis_data()
    sebelum = baca(url, *JAGAAN)
    done = subprocess.run(
        [sys.executable, "-m", "petajabatan", "simulasi", "nasional", "--skala", str(SKALA), "--benih", "5",
        "--json"],
        env=os.environ | {"DATABASE_URL": url, "PETAJABATAN_DB": "web", "PETAJABATAN_MODE": "demo"},
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return url, json.loads(done.stdout), sebelum


def test_the_command_fills_a_nation_that_holds_every_invariant(jadi):
    url, isi, _ = jadi
    assert isi["ok"] and isi["beda"] == [] and isi["dilanggar"] == {}
    assert isi["hitungan"]["orang"] > 3000 and isi["hitungan"]["instansi"] >= 3
    assert set(isi["hitungan"]["jenis"]) == {"PNS", "CPNS", "PPPK", "PPPK-PW"}
    assert baca(url, "SELECT count(*) FROM pegawai WHERE NOT sintetis") == [0]


def test_posts_are_described_and_the_hash_stands_over_what_they_say(jadi):
    url, isi, _ = jadi
    told = isi["hitungan"]
    assert told["infojab"] > 50 and told["lembar"] > 0
    assert told["isian"] == 4 * told["infojab"] + told["lembar"]
    lost = (
        "SELECT count(*) FROM posisi_riwayat p LEFT JOIN infojab i ON i.id = p.infojab_id"
        " AND i.instansi_id = p.instansi_id WHERE p.infojab_id IS NOT NULL AND i.id IS NULL"
    )
    served = "SELECT count(DISTINCT infojab_id) FROM posisi_riwayat"
    assert baca(url, lost, served) == [0, told["infojab"]]
    with psycopg.connect(url) as conn:
        for instansi_id, stored in conn.execute("SELECT instansi_id, hash FROM peta_versi").fetchall():
            (found,) = conn.execute(HASH, {"instansi": instansi_id, "versi": 1}).fetchone()
            assert found == stored
        conn.execute("ALTER TABLE isian_riwayat DISABLE TRIGGER USER")
        changed = conn.execute(
            "UPDATE isian_riwayat SET isi = '{}' WHERE isian_id = (SELECT max(isian_id) FROM isian_riwayat)"
            " RETURNING instansi_id"
        ).fetchone()[0]
        (other,) = conn.execute(HASH, {"instansi": changed, "versi": 1}).fetchone()
        (stored,) = conn.execute("SELECT hash FROM peta_versi WHERE instansi_id = %s", [changed]).fetchone()
        assert other != stored
        conn.rollback()


def test_in_demo_mode_one_can_sign_in_and_look(jadi):
    url, isi, _ = jadi
    assert isi["akun"] == len(accounts())
    operator = (
        "SELECT i.nama FROM peran p JOIN pengguna u ON u.id = p.pengguna_id"
        " JOIN instansi i ON i.id = p.instansi_id WHERE u.username = 'operator'"
    )
    assert baca(url, operator) == ["Pemerintah Kab. Rembang"]


def test_defects_put_in_are_found_in_the_database(jadi):
    _, isi, _ = jadi
    assert all(
        isi["hitungan"]["cacat"].get(k, 0) > 0 for k in ("unit-hilang", "jabatan-tak-dikenal", "tanpa-kotak")
    )


def test_terminal_and_page_tell_the_same_figures_by_name(jadi):
    _, isi, _ = jadi
    shown = distributions(Simulasi(isi=isi))
    (seats,) = [s for s in shown if "Kursi definitif" in str(s.judul)]
    (guru,) = [row.n for row in seats.baris if str(row.nama) == "guru"]
    lines = summary(isi)
    assert guru > 0 and f"  {angka(guru):>10}  kursi definitif guru" in lines
    assert f"  {angka(isi['hitungan']['jenis']['PNS']):>10}  orang PNS" in lines


def test_every_index_rule_and_trigger_stands_again_as_before(jadi):
    url, _, sebelum = jadi
    assert baca(url, *JAGAAN) == sebelum


def test_a_bulk_load_leaves_one_audit_record_per_instansi(jadi):
    url, isi, _ = jadi
    jumlah = "SELECT count(*) FROM audit WHERE objek IN ('pegawai', 'riwayat_jabatan', 'posisi_riwayat')"
    instansi = "SELECT count(*) FROM audit WHERE aksi = 'muat-simulasi'"
    assert baca(url, jumlah, instansi) == [0, isi["hitungan"]["instansi"]]


def test_every_audit_record_is_sealed_in_the_chain_of_its_instansi(jadi):
    url, isi, _ = jadi
    lepas = (
        "SELECT count(*) FROM audit a LEFT JOIN audit_rantai r ON r.audit_id = a.id"
        " AND r.rantai = coalesce(a.instansi_id, 0) WHERE r.nomor IS NULL"
    )
    kepala = (
        "SELECT count(*) FROM audit_kepala k JOIN audit_rantai r USING (rantai, nomor, hash) WHERE rantai > 0"
    )
    assert baca(url, lepas, kepala, "SELECT count(*) FROM audit_tertunda") == [
        0, isi["hitungan"]["instansi"], 0
    ]  # fmt: skip


def test_the_feed_announces_every_map_once_with_its_counts(jadi):
    url, isi, _ = jadi
    jumlah = "SELECT sum((ringkas->'jumlah'->'{}'->>'tambah')::int)::int FROM umpan WHERE jenis = 'muat-awal'"
    sidik = (
        "SELECT count(*) FROM umpan u"
        " JOIN peta_versi v ON v.instansi_id = u.instansi_id AND v.nomor = u.versi"
        " AND v.hash = u.ringkas->>'hash' AND v.hash <> ''"
    )
    n = isi["hitungan"]
    assert baca(url, "SELECT count(*) FROM umpan", sidik, jumlah.format("unor"), jumlah.format("posisi")) == [
        n["instansi"], n["instansi"], n["unor"], n["posisi"]
    ]  # fmt: skip


def test_names_can_be_searched_and_b_is_of_the_business_day(jadi):
    nama = (
        "SELECT count(*) FROM (SELECT DISTINCT instansi_id, nama FROM posisi_riwayat) p"
        " FULL JOIN nama_posisi n USING (instansi_id, nama) WHERE p IS NULL OR n IS NULL"
    )
    kata = (
        "SELECT count(*) FROM (SELECT unnest(kata) AS k FROM unor_kini"
        " UNION SELECT unnest(kata) FROM nama_posisi) s"
        " WHERE left(k, 1) <> '#' AND NOT EXISTS (SELECT FROM kata_peta WHERE kata = k)"
    )
    hari = "SELECT count(DISTINCT b_hari) FROM ringkasan_instansi WHERE b_hari IS NOT NULL"
    assert baca(jadi[0], nama, kata, hari) == [0, 0, 1]


def test_the_content_depends_on_the_seed_and_not_on_the_number_of_workers(jadi, basis_data):
    satu = basis_data()
    simulasikan(pilihan(satu, proses=1), bisu)
    assert baca(satu, *ISI) == baca(jadi[0], *ISI)


def test_a_filled_database_is_left_alone(jadi):
    with pytest.raises(Ditolak) as refused:
        simulasikan(pilihan(jadi[0]), bisu)
    assert refused.value.temuan[0].kode == "basis-data-terisi"


def putuskan(setelah: int, pada: str = "mengisi"):
    """Progress that ends the run abruptly after so many steps of a stage, as a lost terminal would."""

    def lapor(n: int, _total: int, tahap: str) -> None:
        if tahap.startswith(pada) and n >= setelah:
            raise KeyboardInterrupt

    return lapor


@pytest.fixture(scope="module")
def terputus(basis_data):
    url = basis_data()
    with pytest.raises(KeyboardInterrupt):
        simulasikan(pilihan(url, proses=1), putuskan(2))
    return url


def test_an_interrupted_run_says_so_and_how_to_go_on(terputus):
    with pytest.raises(Ditolak) as refused:
        simulasikan(pilihan(terputus), bisu)
    temuan = refused.value.temuan[0]
    assert temuan.kode == "simulasi-terputus"
    assert "--lanjut" in temuan.perbaikan and "--ulang" in temuan.perbaikan


def periksa(url: str) -> dict[str, int]:
    """Broken rules by code, as the command tells them."""
    done = subprocess.run(
        [sys.executable, "-m", "petajabatan", "periksa", "--penuh", "--json"],
        env=os.environ | {"DATABASE_URL": url, "PETAJABATAN_DB": "web"}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr[-3000:]
    return json.loads(done.stdout)["dilanggar"]


def test_of_an_interrupted_run_only_the_interruption_is_told(terputus):
    assert periksa(terputus) == {"simulasi-terputus": 1}
    with psycopg.connect(terputus, autocommit=True) as conn:
        conn.execute("ALTER TABLE usulan DISABLE TRIGGER tak_terhapus")
        try:
            assert periksa(terputus) == {"simulasi-terputus": 1, "pemicu-hilang": 1}
        finally:
            conn.execute("ALTER TABLE usulan ENABLE TRIGGER tak_terhapus")


def test_an_interrupted_run_goes_on_to_the_same_nation(terputus, jadi):
    isi = simulasikan(pilihan(terputus, lanjut=True), bisu)
    assert isi["beda"] == []
    assert baca(terputus, *ISI) == baca(jadi[0], *ISI)
    assert baca(terputus, *JAGAAN) == jadi[2]


def test_nor_do_constraints_not_yet_validated_count_when_closing_was_interrupted(basis_data):
    url = basis_data()
    with pytest.raises(KeyboardInterrupt):
        simulasikan(pilihan(url, proses=1, skala=0.001), putuskan(1, "mengesahkan"))
    assert baca(url, "SELECT count(*) FROM pg_constraint WHERE NOT convalidated") != [0]
    assert periksa(url) == {"simulasi-terputus": 1}


def test_an_interrupted_run_can_be_thrown_away(basis_data):
    url = basis_data()
    sebelum = baca(url, *JAGAAN)
    with pytest.raises(KeyboardInterrupt):
        simulasikan(pilihan(url, proses=1), putuskan(1))
    isi = simulasikan(pilihan(url, benih=6, skala=0.001, ulang=True), bisu)
    assert isi["beda"] == [] and isi["benih"] == 6
    assert baca(url, *JAGAAN) == sebelum
    assert baca(url, "SELECT count(*) FROM simulasi") == [1]


def test_two_runs_at_once_are_refused(jadi):
    from petajabatan.simulasi.services.nasional import KUNCI

    with psycopg.connect(jadi[0]) as lain:
        lain.execute("SELECT pg_advisory_lock(%s)", [KUNCI])
        with pytest.raises(Ditolak) as refused:
            simulasikan(pilihan(jadi[0]), bisu)
    assert refused.value.temuan[0].kode == "simulasi-berjalan"


def test_what_comes_off_is_read_from_the_catalogue(jadi):
    with psycopg.connect(jadi[0]) as conn:
        milik = tunda.kumpulkan(conn)
    assert {t for _, t, *_ in milik["kunci"]} == set(tunda.BESAR)
    assert ["pegawai", "tak_terhapus"] in milik["pemicu"]
    assert "satu_kursi_definitif_per_hari" in {n for n, *_ in milik["kunci"]}
