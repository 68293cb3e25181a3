"""Reads as of versions and dates: the right rows, a fixed number of statements, clear refusals."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.jabatan import queries
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.beda import beda, totals_of_difference
from petajabatan.jabatan.rules.kanonik import canonical_bytes, hash_of
from petajabatan.jabatan.services import publish_map
from petajabatan.organisasi.models import PetaVersi
from petajabatan.organisasi.rules.muatan import KodeMuatan, Muatan, PosisiMuatan, UnorMuatan
from petajabatan.runtime.pemeriksaan import check_all
from petajabatan.testing import factories as make

pytestmark = pytest.mark.django_db
D1, D2, D3 = dt.date(2026, 1, 1), dt.date(2026, 6, 1), dt.date(2027, 1, 1)


def publish(instansi, units, boxes, day):
    return publish_map(sistem("uji"), instansi.id, Muatan(units, boxes, kode=[]), berlaku=day, jenis="impor")


@pytest.fixture
def three_versions():
    instansi, jab = make.make_instansi("Kabupaten Cari"), make.make_jabatan("Pranata Komputer Uji")

    def unit(kunci, atasan, nama, **more):
        return UnorMuatan(kunci, atasan, nama, id_siasn=f"{kunci}-{instansi.id}", **more)

    v1 = [
        unit("A", None, "Kabupaten Cari"),
        unit("B", "A", "Dinas Pendidikan dan Kebudayaan", pasal="Pasal 4"),
        unit("C", "A", "Dinas Kesehatan"),
        unit("D", "B", "Bidang Sekolah Dasar"),
    ]
    box = [PosisiMuatan("D", jab.nama, "fungsional", jab.id, kelas=8, k=2)]
    publish(instansi, v1, box, D1)
    v2 = [*v1[:2], unit("C", "A", "Dinas Kesehatan Masyarakat"), unit("D", "C", "Bidang Sekolah Dasar")]
    publish(instansi, v2, [PosisiMuatan("D", jab.nama, "fungsional", jab.id, kelas=8, k=5)], D2)
    v3 = [*v2, unit("E", "C", "Puskesmas Cari Barat", jenis="faskes")]
    publish(instansi, v3, [PosisiMuatan("E", jab.nama, "fungsional", jab.id, kelas=8, k=None)], D3)
    return instansi


def ids(instansi, versi=3):
    return {u.nama: u.id for u in queries.peta_of(instansi.id, versi).walk()}


@pytest.mark.parametrize(
    ("day", "nomor"), [(D1, 1), (dt.date(2026, 5, 31), 1), (D2, 2), (D3 - dt.timedelta(1), 2), (D3, 3)]
)
def test_the_version_on_a_date_is_the_last_one_in_force(three_versions, day, nomor):
    assert queries.version_of(three_versions.id, tanggal=day).nomor == nomor


def test_asking_for_what_does_not_exist_is_refused_clearly(three_versions):
    empty = make.make_instansi("Kosong")
    for call, says in (
        (lambda: queries.version_of(three_versions.id, tanggal=dt.date(2025, 12, 31)), "2026-01-01"),
        (lambda: queries.version_of(three_versions.id, versi=9), "versi terakhir 3"),
        (lambda: queries.version_of(three_versions.id, versi=2**40), "versi terakhir 3"),
        (lambda: queries.version_of(empty.id), "belum mempunyai peta"),
        (lambda: queries.unor_detail(2**50), "tidak ada"),
        (lambda: queries.unor_detail(ids(three_versions)["Puskesmas Cari Barat"], versi=1), "versi 1"),
    ):
        with pytest.raises(queries.PetaTidakAda, match=says):
            call()


def test_the_map_is_read_in_a_fixed_number_of_statements(three_versions, peta_a):
    counts = set()
    for instansi in (three_versions, peta_a.instansi):
        with CaptureQueriesContext(
            connection,
        ) as ctx:
            queries.peta_of(instansi.id, versi=1)
        counts.add(len(ctx))
    assert counts == {3}


def test_every_version_reads_as_it_was_published(three_versions):
    one, two, three = (queries.peta_of(three_versions.id, v) for v in (1, 2, 3))
    assert [len(p.simpul) for p in (one, two, three)] == [4, 4, 5]
    at = ids(three_versions)
    assert [u.nama for u in one.ancestors(at["Bidang Sekolah Dasar"])][-1].startswith("Dinas Pendidikan")
    assert [u.nama for u in two.ancestors(at["Bidang Sekolah Dasar"])][-1] == "Dinas Kesehatan Masyarakat"
    assert [sum(k.k or 0 for u in p.walk() for k in u.kotak) for p in (one, two, three)] == [2, 5, 0]


def test_parts_of_the_tree_agree_with_the_whole(three_versions):
    for versi in (1, 2, 3):
        peta = queries.peta_of(three_versions.id, versi)
        for unit in peta.walk():
            assert [u.id for u in queries.children_of(unit.id, versi)] == [u.id for u in unit.anak]
            assert [u.id for u in queries.subtree(unit.id, versi)] == [u.id for u in peta.walk(unit.id)]
            assert [u.id for u in queries.ancestors(unit.id, versi)] == [
                u.id for u in peta.ancestors(unit.id)
            ]
            below = [k for u in peta.walk(unit.id) for k in u.kotak]
            row = queries.unor_detail(unit.id, versi)
            assert (row.k, row.n_posisi, row.n_unor, row.n_anak) == (
                sum(k.k or 0 for k in below),
                len(below),
                sum(1 for _ in peta.walk(unit.id)),
                len(unit.anak),
            )
            assert [k.id for k in queries.boxes_of(unit.id, versi)] == [k.id for k in unit.kotak]
    root = queries.root_of(three_versions.id, 3)
    assert len(queries.subtree(root.id, 3, kedalaman=1)) == 3
    assert queries.subtree(root.id, 3, kedalaman=0)[0].nama == "Kabupaten Cari"


def test_the_detail_and_history_of_a_unit(three_versions):
    at = ids(three_versions)
    row = queries.unor_detail(at["Dinas Pendidikan dan Kebudayaan"], tanggal=D2)
    assert (row.pasal, row.versi, row.berlaku, row.sejak, row.hingga) == ("Pasal 4", 2, D2, 1, None)
    moves = queries.unor_history(at["Bidang Sekolah Dasar"])
    assert [(m.sejak, m.atasan_nama) for m in moves] == [
        (2, "Dinas Kesehatan Masyarakat"),
        (1, "Dinas Pendidikan dan Kebudayaan"),
    ]


def test_the_database_and_the_rules_agree_on_every_difference(three_versions):
    maps = {v: queries.peta_of(three_versions.id, v) for v in (1, 2, 3)}
    for dari in maps:
        for ke in maps:
            found = queries.difference(three_versions.id, dari, ke)
            by_rules = beda(maps[dari], maps[ke])
            for mine, theirs in ((found.unor, by_rules.unor), (found.posisi, by_rules.posisi)):
                assert [(r.id, r.perubahan, r.kolom) for r in mine] == [
                    (r.id, r.perubahan, r.kolom) for r in theirs
                ]
            assert (found.sebelum, found.sesudah) == (by_rules.sebelum, by_rules.sesudah)
            assert totals_of_difference(found.unor, found.posisi) == found.selisih


def test_the_difference_from_nothing_is_the_whole_map(three_versions):
    found = queries.difference(three_versions.id, 0, 1)
    assert found.count() == {"unor": {"tambah": 4}, "posisi": {"tambah": 1}}
    assert found.sebelum.n_unor == 0 and found.sesudah.k == 2


def test_the_stored_hash_is_that_of_the_canonical_bytes(three_versions):
    for version in queries.versions(three_versions.id):
        where = "r.instansi_id = %(i)s AND r.sejak <= %(v)s AND r.hingga > %(v)s"
        params = {"i": three_versions.id, "v": version.nomor}
        units = fetch(
            "SELECT r.unor_id, u.id_siasn, r.atasan_id, r.urutan, r.nama, r.nama_jabatan, r.jenis,"
            " r.eselon_id, r.wilayah_id, r.urusan, r.cepat_kode, r.dasar_hukum_id, r.pasal, r.halaman"
            f" FROM unor_riwayat r JOIN unor u ON u.id = r.unor_id WHERE {where}",
            params,
        )
        boxes = fetch(
            "SELECT r.posisi_id, r.unor_id, r.urutan, r.jenis, r.jabatan_id, r.nama, r.jenjang_id, r.kepala,"
            f" r.kelas, r.k, r.infojab_id FROM posisi_riwayat r WHERE {where}",
            params,
        )
        data = canonical_bytes(three_versions.id_siasn, version.nomor, version.berlaku, units, boxes)
        stored = PetaVersi.objects.get(instansi=three_versions, nomor=version.nomor).hash
        assert hash_of(data) == stored == queries.map_hash(three_versions.id, version.nomor)


@pytest.mark.parametrize("teks", ["dinas kesehatan", "dians kesehatan", "KESEHATAN", "kesehtan"])
def test_search_forgives_typing_mistakes(three_versions, teks):
    hits = queries.search_unor(three_versions.id, teks)
    assert hits[0].nama == "Dinas Kesehatan Masyarakat"
    assert hits[0].jejak == ("Kabupaten Cari",)


@pytest.mark.parametrize("teks", ["Dinas Kesehatan", "dinas kesehatn", "bidang pelayanan", "-%_", "zq", ""])
def test_words_looked_up_beforehand_find_the_same(three_versions, teks):
    words = queries.words_like(teks)
    for instansi in (three_versions.id, None):
        assert queries.search_unor(instansi, teks, kata=words) == queries.search_unor(instansi, teks)
        assert queries.search_posisi(instansi, teks, kata=words) == queries.search_posisi(instansi, teks)


def test_search_follows_the_last_version(three_versions):
    assert queries.search_unor(three_versions.id, "Dinas Kesehatan")[0].nama == "Dinas Kesehatan Masyarakat"
    assert queries.search_posisi(three_versions.id, "pranata komputer")[0].unor_nama == "Puskesmas Cari Barat"
    last = [UnorMuatan("A", None, "Kabupaten Cari", id_siasn=f"A-{three_versions.id}")]
    publish(three_versions, last, [], dt.date(2027, 2, 1))
    assert queries.search_unor(three_versions.id, "puskesmas") == []
    assert queries.search_posisi(three_versions.id, "pranata komptuer") == []


@pytest.mark.parametrize(
    ("teks", "nama"),
    [
        ("puskesmas cari bart", "Puskesmas Cari Barat"),
        ("cari barat", "Puskesmas Cari Barat"),
        ("ndidikan", "Dinas Pendidikan dan Kebudayaan"),
        ("bidang skolah", "Bidang Sekolah Dasar"),
        ("sekolahdasar", "Bidang Sekolah Dasar"),
        ("dinas (pendidikan)", "Dinas Pendidikan dan Kebudayaan"),
        ("dinas pendidikan yang besar", "Dinas Pendidikan dan Kebudayaan"),
    ],
)
def test_search_finds_parts_of_words_and_words_run_together(three_versions, teks, nama):
    for hits in (queries.search_unor(three_versions.id, teks), queries.search_unor(None, teks)):
        assert hits[0].nama == nama


@pytest.mark.parametrize("teks", ["zzyx", "x", "%", "\\", "'; --", "…", "ab" * 100])
def test_search_for_what_no_name_has_finds_nothing(three_versions, teks):
    assert queries.search_unor(three_versions.id, teks) == []
    assert queries.search_posisi(None, teks) == []


def test_names_that_fall_out_of_the_search_are_found_by_the_check(three_versions):
    def broken():
        with scope_of(sistem("uji")):
            found = check_all(penuh=True)[0]
        return found["nama-posisi-beda"], found["kata-peta-kurang"]

    assert broken() == (0, 0)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM nama_posisi WHERE instansi_id = %s", [three_versions.id])
        cursor.execute("DELETE FROM kata_peta WHERE kata = 'PUSKESMAS'")
    assert broken() == (1, 1)


@pytest.mark.parametrize("versi", [None, 1])
def test_a_name_with_all_the_words_comes_before_one_that_looks_more_alike(db, versi):
    instansi = make.make_instansi("Kabupaten Urut")
    names = ("Kepala Seksi Tata", "Kepala Bidang Pembinaan Sekolah", "Wakil Kepala Sekolah")
    root = UnorMuatan("A", None, "Kabupaten Urut", id_siasn=f"A-{instansi.id}")
    units = [root, *(UnorMuatan(n, "A", n, id_siasn=f"{n}-{instansi.id}") for n in names)]
    publish(instansi, units, [PosisiMuatan(n, n, "struktural") for n in names], D1)
    if versi:
        publish(instansi, [root], [], D2)
    for hits in (
        queries.search_unor(instansi.pk, "kepala sekolah", versi=versi),
        queries.search_posisi(instansi.pk, "kepala sekolah", versi=versi),
    ):
        assert [h.nama for h in hits] == [names[2], names[1], names[0]]


def test_search_nationwide_and_as_of_an_older_version(three_versions, peta_a):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert {h.instansi_id for h in queries.search_unor(None, "Dinas")} == {
        three_versions.id,
        peta_a.instansi.id,
    }
    old = queries.search_unor(three_versions.id, "dinas kesehatn", versi=1)
    assert old[0].nama == "Dinas Kesehatan"
    assert old[0].jejak == ("Kabupaten Cari",)
    assert queries.search_unor(three_versions.id, "Puskesmas Cari", versi=1) == []
    assert queries.search_unor(three_versions.id, "  ") == []
    assert queries.search_unor(three_versions.id, "100%_") == []


def test_search_of_boxes_names_their_unit(three_versions):
    (hit,) = queries.search_posisi(three_versions.id, "pranata komptuer")
    assert (hit.unor_nama, hit.k) == ("Puskesmas Cari Barat", None)
    (old,) = queries.search_posisi(three_versions.id, "pranata", versi=1)
    assert (old.unor_nama, old.k) == ("Bidang Sekolah Dasar", 2)
    assert queries.posisi_detail(old.id, versi=2).k == 5


def test_local_codes_recognise_units_without_a_siasn_id():
    instansi = make.make_instansi()
    units = [UnorMuatan("1", None, "Kantor"), UnorMuatan("1.1", "1", "Seksi")]
    first = publish(instansi, units, None, D1)
    assert publish(instansi, units, None, D2).nomor == first.nomor == 1
    units[1].nama = "Seksi Baru"
    assert publish(instansi, units, None, D2).nomor == 2
    assert len(queries.peta_of(instansi.id, 2).simpul) == 2
    assert KodeMuatan("1", "lokal", f"{instansi.id}/1").kode in {
        kode for _, kode in queries.unor_detail(queries.root_of(instansi.id, 2).id, 2).kode
    }


def test_the_map_comes_with_totals_when_asked_for(three_versions):
    peta = queries.peta_of(three_versions.id, 2, jumlah=True)
    assert peta.akar.total.k == 5 and peta.akar.total.k_kelas[8] == 5
    assert queries.peta_of(three_versions.id, 2).akar.total is None
