"""Importing an "Export Data ASN": what is stored, what is refused, what is only reported."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection

from petajabatan.akun.queries import actor_of
from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.temuan import Ditolak
from petajabatan.pegawai.importers import store_upload
from petajabatan.pegawai.models import Pegawai, PindahTertunda, RiwayatJabatan
from petajabatan.pegawai.queries import bezetting_of
from petajabatan.pegawai.services import import_pegawai
from petajabatan.pegawai.tests.ekspor import JUDUL, RAHASIA, csv_bytes, orang, write_csv
from petajabatan.pegawai.tests.test_queries_peta import recount, settle
from petajabatan.testing import factories as make
from petajabatan.testing.personas import make_persona

SISTEM = sistem("uji")
ALI, BETI, CICI = "198001012005011001", "198502022010022002", "199003032015031003"


@pytest.fixture
def peta(peta_a):
    settle()
    return peta_a


def at(peta, unit, **values):
    """Placement columns of a person on a unit of the map."""
    return {
        "unor_id": unit.id_siasn,
        "unor_nama": "Nama di SIASN",
        "instansi_kerja_id": peta.instansi.id_siasn,
    } | values


def staff(peta, **values):
    from petajabatan.referensi.models import Jabatan

    jabatan = Jabatan.objects.get(nama=f"Pengolah Data {peta.instansi.nama}")
    return at(peta, peta.bidang, jabatan_id=jabatan.id_siasn, jabatan_nama=jabatan.nama) | values


def load(peta, tmp_path, rows, **options):
    path = write_csv(tmp_path / "asn.csv", rows)
    return import_pegawai(options.pop("actor", SISTEM), peta.instansi.id, path, **options)


def test_people_land_in_their_boxes_and_b_follows(peta, tmp_path):
    rows = [
        orang(ALI, "Ali", **staff(peta)),
        orang(BETI, "Beti", **at(peta, peta.bidang, jenis_jabatan_id="1", jabatan_nama="Kabid")),
    ]
    report = load(peta, tmp_path, rows)
    assert (report.ok, report.disimpan, report.baru, report.berposisi) == (True, True, 2, 2), report.temuan
    assert bezetting_of(posisi_id=peta.staf.id).b == 3
    ali = Pegawai.objects.get(nip=ALI)
    assert (ali.nama, ali.gelar_depan, ali.golongan, ali.mk_tahun) == ("Ali", "", "III/b", 10)
    assert (ali.tanggal_lahir, ali.jenis_kelamin) == (dt.date(1980, 1, 1), "L")
    seat = RiwayatJabatan.objects.get(pegawai=ali)
    assert (seat.posisi_id, seat.masa.lower, seat.jenis) == (peta.staf.id, dt.date(2024, 3, 1), "D")


def test_the_same_file_again_changes_nothing(peta, tmp_path):
    rows = [orang(ALI, "Ali", **staff(peta)), orang(BETI, "Beti", unor_nama="Tak Ada", jabatan_nama="Apa")]
    load(peta, tmp_path, rows)

    def state():
        return (
            list(Pegawai.objects.order_by("id").values()),
            list(RiwayatJabatan.objects.order_by("id").values()),
        )

    before = state()
    again = load(peta, tmp_path, rows)
    assert (again.ok, again.baru, again.diubah, again.tetap) == (True, 0, 0, 2)
    assert (again.kursi_baru, again.kursi_dilengkapi) == (0, 0)
    assert state() == before


def test_a_new_seat_closes_the_old_one(peta, tmp_path):
    load(peta, tmp_path, [orang(ALI, "Ali", **staff(peta))])
    moved = orang(
        ALI,
        "Ali",
        **at(peta, peta.bidang, jenis_jabatan_id="1", jabatan_nama="Kabid", tmt_jabatan="2026-05-01"),
    )
    report = load(peta, tmp_path, [moved])
    assert (report.kursi_baru, report.kursi_ditutup) == (1, 1)
    old, new = RiwayatJabatan.objects.filter(pegawai__nip=ALI).order_by("masa")
    assert (old.posisi_id, old.masa.upper) == (peta.staf.id, dt.date(2026, 5, 1))
    assert (new.masa.lower, new.masa.upper) == (dt.date(2026, 5, 1), None)
    assert bezetting_of(posisi_id=peta.staf.id).b == 2
    assert bezetting_of(posisi_id=peta.staf.id, tanggal=dt.date(2026, 4, 30)).b == 3
    again = load(peta, tmp_path, [moved])
    assert again.kursi_baru == 0


def test_a_changed_place_with_an_old_tmt_starts_on_the_day_of_import(peta, tmp_path):
    load(peta, tmp_path, [orang(ALI, "Ali", **staff(peta))])
    report = load(
        peta, tmp_path, [orang(ALI, "Ali", **at(peta, peta.dinas, jabatan_nama="Lain", unor_nama="X"))]
    )
    assert report.jumlah_temuan["tmt-tidak-lebih-baru"] == 1
    old, new = RiwayatJabatan.objects.filter(pegawai__nip=ALI).order_by("masa")
    assert old.masa.upper == new.masa.lower
    again = load(
        peta, tmp_path, [orang(ALI, "Ali", **at(peta, peta.dinas, jabatan_nama="Lain", unor_nama="X"))]
    )
    assert (again.kursi_baru, again.kursi_dilengkapi) == (0, 0)


def test_people_whose_place_is_unknown_are_stored_with_its_names(peta, tmp_path):
    report = load(
        peta, tmp_path, [orang(ALI, "Ali", unor_nama="Dinas Khayal", jabatan_nama="Penjaga Menara")]
    )
    assert report.ok
    assert report.jumlah_temuan["unor-tidak-cocok"] == report.jumlah_temuan["jabatan-tidak-cocok"] == 1
    seat = RiwayatJabatan.objects.get(pegawai__nip=ALI)
    assert (seat.unor_id, seat.posisi_id, seat.nama_unor, seat.nama_jabatan) == (
        None, None, "Dinas Khayal", "Penjaga Menara",
    )  # fmt: skip


def test_names_match_without_ids_whatever_their_writing(peta, tmp_path):
    row = orang(
        ALI, "Ali", unor_nama="BIDANG  SD - kabupaten alfa", jabatan_nama="PENGOLAH DATA, KABUPATEN ALFA"
    )
    report = load(peta, tmp_path, [row])
    assert report.berposisi == 1, report.as_dict()
    assert RiwayatJabatan.objects.get(pegawai__nip=ALI).posisi_id == peta.staf.id


def test_a_name_that_several_units_have_is_reported_and_not_guessed(peta, tmp_path):
    from django.db import transaction

    with transaction.atomic():
        nomor = make.make_version(peta.instansi, dt.date(2026, 2, 1))
        for atasan in (peta.dinas, peta.bidang):
            make.make_unor(peta.instansi, "Subbagian Umum", atasan, sejak=nomor)
    settle()
    report = load(peta, tmp_path, [orang(ALI, "Ali", unor_nama="Subbagian Umum", jabatan_nama="X")])
    assert report.jumlah_temuan["unor-nama-ganda"] == 1
    assert RiwayatJabatan.objects.get(pegawai__nip=ALI).unor_id is None


def test_a_later_found_box_completes_the_seat_without_new_history(peta, tmp_path):
    load(peta, tmp_path, [orang(ALI, "Ali", unor_nama="Bidang SD", jabatan_nama="Apa")])
    seat = RiwayatJabatan.objects.get(pegawai__nip=ALI)
    row = staff(peta, unor_nama="Bidang SD", jabatan_nama="Apa")
    report = load(peta, tmp_path, [orang(ALI, "Ali", **row)])
    assert (report.kursi_baru, report.kursi_dilengkapi) == (0, 1)
    assert RiwayatJabatan.objects.get(pegawai__nip=ALI).posisi_id == peta.staf.id
    assert RiwayatJabatan.objects.get(pegawai__nip=ALI).pk == seat.pk


BAD = [
    (
        orang("x", "Ali", nip_baru="1,98001E+17", tanggal_lahir="", jenis_kelamin="", tmt_cpns=""),
        "nip-notasi-ilmiah",
    ),
    (orang(ALI, "Ali", nip_baru="198001012005011000"), "nip-angka-hilang"),
    (orang(ALI, "Ali", nip_baru="19800101200501100"), "nip-kurang-angka"),
    (orang(ALI, "Ali", nip_baru="130123456"), "nip-lama"),
    (orang(ALI, "Ali", nip_baru="null"), "nip-kosong"),
    (orang(ALI, ""), "nama-kosong"),
    (orang(ALI, "Ali", instansi_kerja_id="LAIN"), "instansi-lain"),
]


@pytest.mark.parametrize(("bad", "kode"), BAD, ids=[kode for _, kode in BAD])
def test_one_bad_row_refuses_the_file_unless_asked_to_skip(peta, tmp_path, bad, kode):
    rows = [orang(BETI, "Beti", **staff(peta)), bad]
    refused = load(peta, tmp_path, rows)
    assert not refused.ok
    assert kode in refused.jumlah_temuan
    assert not Pegawai.objects.filter(nip=BETI).exists()
    finding = next(t for t in refused.temuan if t.kode == kode)
    assert finding.baris == 3
    assert finding.perbaikan
    skipped = load(peta, tmp_path, rows, lewati_salah=True)
    assert (skipped.ok, skipped.baru, skipped.ditolak) == (True, 1, 1)
    with Path(skipped.berkas_salah).open(encoding="utf-8-sig") as file:
        rejects = list(csv.DictReader(file))
    assert len(rejects) == 1
    assert rejects[0]["temuan"]
    assert rejects[0]["baris_asal"] == "3"
    assert not set(rejects[0]) & {"nik", "alamat", "agama_nama"}


def test_the_repaired_error_file_can_be_imported(peta, tmp_path):
    rows = [orang(BETI, "Beti", **staff(peta)), orang(ALI, "=Ali", **staff(peta, nip_baru="1,98E+17"))]
    report = load(peta, tmp_path, rows, lewati_salah=True)
    text = Path(report.berkas_salah).read_text(encoding="utf-8-sig").replace('"1,98E+17"', ALI)
    assert "'=Ali" in text
    (tmp_path / "perbaikan.csv").write_text(text)
    again = import_pegawai(SISTEM, peta.instansi.id, tmp_path / "perbaikan.csv")
    assert again.ok, again.temuan
    assert Pegawai.objects.get(nip=ALI).nama == "=Ali"


def test_a_nip_twice_in_a_file_is_an_error_at_the_second(peta, tmp_path):
    report = load(peta, tmp_path, [orang(ALI, "Ali", **staff(peta)), orang(ALI, "Ali Lagi", **staff(peta))])
    assert not report.ok
    assert [(t.kode, t.baris) for t in report.temuan if t.tingkat == "galat"] == [("nip-ganda", 3)]


def test_disagreements_with_the_nip_are_findings_only(peta, tmp_path):
    row = orang(
        ALI, "Ali", **staff(peta, tanggal_lahir="02-01-1980", tmt_cpns="2006-01-01", jenis_kelamin="P")
    )
    report = load(peta, tmp_path, [row])
    assert report.ok
    assert {"nip-beda-tanggal-lahir", "nip-beda-tmt-cpns", "nip-beda-jenis-kelamin"} <= set(
        report.jumlah_temuan
    )


def test_checking_only_stores_nothing(peta, tmp_path):
    n = Pegawai.objects.count()
    report = load(peta, tmp_path, [orang(ALI, "Ali", **staff(peta))], periksa=True)
    assert (report.ok, report.disimpan, report.baru) == (True, False, 1)
    assert Pegawai.objects.count() == n


def test_a_check_says_how_many_would_change_and_changes_nobody(peta, tmp_path):
    load(peta, tmp_path, [orang(ALI, "Ali", **staff(peta))])
    report = load(peta, tmp_path, [orang(ALI, "Ali Baru", **staff(peta))], periksa=True)
    assert (report.baru, report.diubah, report.tetap) == (0, 1, 0)
    assert Pegawai.objects.get(nip=ALI).nama == "Ali"


def test_capitals_alone_change_nobody(peta, tmp_path):
    load(peta, tmp_path, [orang(ALI, "Ali Budi", **staff(peta))])
    report = load(peta, tmp_path, [orang(ALI, "ALI BUDI", **staff(peta))])
    assert (report.baru, report.diubah, report.tetap) == (0, 0, 1)
    assert Pegawai.objects.get(nip=ALI).nama == "Ali Budi"


def test_somebody_elsewhere_is_reported_to_both_and_not_taken_over(peta, peta_b, tmp_path):
    recount(peta_b.instansi)
    Pegawai.objects.filter(pk=peta_b.orang[0].pk).update(nip=CICI)
    other = Pegawai.objects.get(pk=peta_b.orang[0].pk)
    actor = actor_of(make_persona("operator", instansi_id=peta.instansi.id))
    with scope_of(actor):
        report = load(
            peta,
            tmp_path,
            [orang(ALI, "Ali", **staff(peta)), orang(other.nip, "Sri", **staff(peta))],
            actor=actor,
        )
        again = load(peta, tmp_path, [orang(other.nip, "Sri", **staff(peta))], actor=actor)
    assert (report.ok, report.baru, report.pindah_tertunda, again.pindah_tertunda) == (True, 1, 1, 1)
    other.refresh_from_db()
    assert other.instansi_id == peta_b.instansi.id
    pending = PindahTertunda.objects.get()
    assert (pending.instansi_asal_id, pending.instansi_tujuan_id) == (peta_b.instansi.id, peta.instansi.id)
    outsider = actor_of(make_persona("orang_luar", instansi_id=peta_b.instansi.id))
    with scope_of(outsider):
        assert PindahTertunda.objects.count() == 1


def test_people_missing_from_a_newer_file_are_listed_not_removed(peta, tmp_path):
    load(peta, tmp_path, [orang(ALI, "Ali", **staff(peta)), orang(BETI, "Beti", **staff(peta))])
    report = load(peta, tmp_path, [orang(ALI, "Ali", **staff(peta))])
    assert report.tidak_ada_di_berkas == 4  # Beti and the three who were there before
    assert any(BETI in t.nilai for t in report.temuan if t.kode == "tidak-ada-di-berkas")
    assert Pegawai.objects.filter(nip=BETI).exists()


def test_a_national_file_goes_to_each_instansi(peta, peta_b, tmp_path):
    settle()
    rows = [
        orang(ALI, "Ali", **staff(peta)),
        orang(BETI, "Beti", **staff(peta_b)),
        orang(CICI, "Cici", instansi_kerja_id="TIDAK ADA"),
    ]
    path = write_csv(tmp_path / "nasional.csv", rows)
    admin = actor_of(make_persona("admin"))
    with scope_of(admin):
        assert not import_pegawai(admin, None, path).ok
        report = import_pegawai(admin, None, path, lewati_salah=True)
    assert (report.baru, report.berposisi, report.ditolak) == (2, 2, 1)
    assert bezetting_of(posisi_id=peta_b.staf.id).b == 3


@pytest.mark.parametrize("name", ["penyetuju", "monitor", "verifikator", "pembina", "pemantau", "orang_luar"])
def test_who_may_not_import_is_refused(peta, peta_b, tmp_path, name):
    owner = peta_b if name == "orang_luar" else peta
    actor = actor_of(make_persona(name, instansi_id=owner.instansi.id))
    with scope_of(actor), pytest.raises(PermissionDenied):
        load(peta, tmp_path, [orang(ALI, "Ali", **staff(peta))], actor=actor)


@pytest.mark.parametrize("pemisah", [",", ";", "\t", "|"])
@pytest.mark.parametrize("kode", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiter_and_encoding_are_detected(peta, tmp_path, pemisah, kode):
    rows = [orang(ALI, "Ali Ñandú", **staff(peta))]
    path = write_csv(tmp_path / "asn.csv", rows, pemisah=pemisah, kode=kode)
    assert import_pegawai(SISTEM, peta.instansi.id, path).ok
    assert Pegawai.objects.get(nip=ALI).nama == "Ali Ñandú"


def test_a_workbook_of_the_same_columns_is_read_and_spoilt_numbers_are_found(peta, tmp_path):
    import xlsxwriter

    path = tmp_path / "asn.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [name.replace("_", " ").upper() for name in JUDUL])
    for n, row in enumerate([orang(ALI, "Ali", **staff(peta)), orang(BETI, "Beti", **staff(peta))], 1):
        sheet.write_row(n, 0, [row.get(name, "") for name in JUDUL])
    sheet.write_number(2, JUDUL.index("nip_baru"), int(BETI))
    book.close()
    report = import_pegawai(SISTEM, peta.instansi.id, path, lewati_salah=True)
    assert (report.baru, report.ditolak) == (1, 1)
    assert "nip-notasi-ilmiah" in report.jumlah_temuan


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04rusak", b"\x00\x01\x02"])
def test_what_is_no_export_is_refused_with_a_remedy(peta, tmp_path, content):
    path = tmp_path / "asn.csv"
    path.write_bytes(content)
    with pytest.raises(Ditolak) as refusal:
        import_pegawai(SISTEM, peta.instansi.id, path)
    assert refusal.value.temuan[0].perbaikan


def everything_stored() -> str:
    """The whole database as text, and every file of the data folder."""
    parts = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM \"{table}\" t")
            parts.append(cursor.fetchone()[0])
    for path in Path(settings.BERKAS_ROOT).rglob("*"):
        if path.is_file():
            parts.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(parts)


def test_nothing_outside_the_allowed_columns_is_kept_anywhere(peta, tmp_path, caplog):
    import io

    actor = actor_of(make_persona("operator", instansi_id=peta.instansi.id))
    rows = [orang(ALI, "Ali", **staff(peta)), orang(BETI, "Beti", **staff(peta, nip_baru="1,9E+17"))]
    with scope_of(actor):
        kept = store_upload(actor, io.BytesIO(csv_bytes(rows)), "ekspor rahasia.csv")
        from petajabatan.inti.berkas import stored_path

        with stored_path(actor, kept) as path:
            report = import_pegawai(actor, peta.instansi.id, path, lewati_salah=True)
    assert (report.baru, report.ditolak) == (1, 1)
    stored = everything_stored()
    assert ALI in stored  # the search does look where things are kept
    everywhere = stored + caplog.text + str(report.as_dict()) + Path(report.berkas_salah).read_text()
    for column, value in RAHASIA.items():
        assert value.lstrip("'") not in everywhere, column


def test_a_reduced_upload_keeps_the_row_numbers(peta, tmp_path):
    import io

    content = csv_bytes([orang(ALI, "Ali", **staff(peta))]).replace(b"\r\n", b"\r\n\r\n,,,\r\n", 1)
    actor = actor_of(make_persona("operator", instansi_id=peta.instansi.id))
    with scope_of(actor):
        kept = store_upload(actor, io.BytesIO(content.replace(b"'" + ALI.encode(), b"1,9E+17")), "asn.csv")
        from petajabatan.inti.berkas import stored_path

        with stored_path(actor, kept) as path:
            report = import_pegawai(actor, peta.instansi.id, path)
    assert kept.instansi_id is None
    stored = everything_stored()
    assert [column for column, value in RAHASIA.items() if value.lstrip("'") in stored] == []
    assert next(t for t in report.temuan if t.tingkat == "galat").baris == 4
