"""One row of an export: what is read, what is reported, what is never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petajabatan.pegawai.rules.baris import (
    GOLONGAN_PNS,
    GOLONGAN_PPPK,
    clean,
    golongan_of,
    iso_date,
    jenis_of,
    kedudukan_of,
    read_row,
)
from petajabatan.pegawai.rules.kolom import DIKENAL_DIBUANG, KOLOM, locate, slug
from petajabatan.pegawai.tests.ekspor import JUDUL, orang

NIP = "198505172010012003"


def values(**changes) -> list[str]:
    row = orang(NIP, "Sri") | changes
    return [row.get(name, "") for name in KOLOM]


def codes(**changes) -> list[str]:
    return [t.kode for t in read_row(values(**changes), 7)[1]]


def test_a_clean_row_has_no_findings():
    row, found = read_row(values(), 7)
    assert found == []
    assert (row.nip, row.nama, row.tanggal_lahir, row.jenis_kelamin, row.jenis) == (
        NIP, "Sri", "1985-05-17", "P", "PNS",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("null", ""),
        ("NULL", ""),
        ("'0812", "0812"),
        (" a  b ", "a b"),
        ("-", ""),
        ("nullah", "nullah"),
        ("a\tb", "a b"),
    ],
)
def test_marks_of_exports_are_taken_off(raw, text):
    assert clean(raw) == text


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("17-08-1990", "1990-08-17"),
        ("17/8/1990", "1990-08-17"),
        ("1990-08-17", "1990-08-17"),
        ("1990-08-17T00:00:00Z", "1990-08-17"),
        ("17-08-1990 00:00:00", "1990-08-17"),
        ("17-08-90", None),
        ("31-02-1990", None),
        ("08-17-1990", None),
        ("17-08-0990", None),
        ("besok", None),
    ],
)
def test_dates_are_read_or_left_out(text, iso):
    assert iso_date(text) == iso


@given(st.dates())
def test_a_written_date_is_read_back(day):
    if 1900 <= day.year <= 2100:
        assert (
            iso_date(f"{day.day}-{day.month}-{day.year:04}") == iso_date(day.isoformat()) == day.isoformat()
        )


@pytest.mark.parametrize(
    ("changes", "kode"),
    [
        ({"nama": "null"}, "nama-kosong"),
        ({"tmt_jabatan": "17-08-90"}, "tanggal-tidak-terbaca"),
        ({"gol_akhir_nama": "VI/z"}, "golongan-tidak-dikenal"),
        ({"jenis_kelamin": "X"}, "jenis-kelamin-tidak-dikenal"),
        ({"mk_tahun": "99"}, "angka-tidak-terbaca"),
        ({"mk_bulan": "12"}, "angka-tidak-terbaca"),
        ({"tahun_lulus": "lulus"}, "angka-tidak-terbaca"),
        ({"kedudukan_hukum_id": "", "kedudukan_hukum_nama": ""}, "kedudukan-hukum-kosong"),
        ({"nama": "x" * 201}, "teks-terlalu-panjang"),
    ],
)
def test_each_defect_is_named_with_its_row(changes, kode):
    assert codes(**changes) == [kode]
    assert read_row(values(**changes), 7)[1][0].baris == 7


def test_an_empty_number_is_not_zero():
    row, _ = read_row(values(mk_tahun="", mk_bulan="0"), 7)
    assert (row.mk_tahun, row.mk_bulan) == ("", "0")


@pytest.mark.parametrize("golongan", [*sorted(GOLONGAN_PNS), *GOLONGAN_PPPK])
def test_every_golongan_is_known_in_any_writing(golongan):
    assert golongan_of(golongan) == golongan_of(golongan.lower()) == golongan_of(f" {golongan} ") == golongan


@pytest.mark.parametrize(
    ("status", "nama", "kedudukan", "golongan", "kode", "jenis"),
    [
        ("P", "", "", "", "01", "PNS"),
        ("C", "", "", "", "01", "CPNS"),
        ("PPPK", "", "", "", "21", "PPPK"),
        ("", "PPPK Paruh Waktu", "", "", "21", "PPPK-PW"),
        ("", "", "PPPK Aktif", "IX", "21", "PPPK"),
        ("", "PNS Daerah Kab./Kota yang bekerja pada Kab./Kota", "Aktif", "III/a", "01", "PNS"),
        ("", "", "", "IX", "99", "PPPK"),
        ("", "", "", "III/a", "99", "PNS"),
        ("", "", "", "", "21", "PPPK"),
        ("", "", "", "", "07", "PNS"),
        ("", "", "", "", "99", ""),
    ],
)
def test_the_kind_of_person_follows_the_strongest_hint(status, nama, kedudukan, golongan, kode, jenis):
    assert jenis_of(status, nama, kedudukan, golongan, kode) == jenis


@pytest.mark.parametrize(
    ("kode", "nama", "hasil"),
    [
        ("1", "", "01"),
        ("99", "Pensiun", "99"),
        ("71", "PPPK Aktif", "01"),
        ("", "Aktif", "01"),
        ("x", "", ""),
    ],
)
def test_kedudukan_is_a_code(kode, nama, hasil):
    assert kedudukan_of(kode, nama) == hasil


def test_the_layout_is_fully_known_and_personal_columns_are_dropped():
    found, dropped, unknown = locate([name.upper().replace("_", " ") for name in JUDUL])
    assert set(found) == set(KOLOM)
    assert unknown == []
    assert {"nik", "agama_nama", "nomor_hp", "alamat", "email", "npwp_nomor", "bpjs"} <= set(dropped)
    assert not set(KOLOM) & DIKENAL_DIBUANG


@given(st.lists(st.text(max_size=40), min_size=len(KOLOM), max_size=len(KOLOM)))
def test_any_row_gives_a_row_and_findings_with_a_remedy(row):
    result, found = read_row(row, 2)
    assert all(t.perbaikan and t.kalimat and t.baris == 2 for t in found)
    assert result.nip or any(t.tingkat == "galat" for t in found)
    assert slug("NIP Baru") == "nip_baru"
