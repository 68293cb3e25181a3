"""What a NIP says: every date and code, every way a spreadsheet spoils it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petajabatan.pegawai.rules.nip import BEDA, SALAH, clean_nip, mismatches, parse_nip

PNS, PPPK = "198505172010012003", "199001012022211001"
dates = st.dates(dt.date(1930, 1, 1), dt.date(2010, 12, 31))


@st.composite
def nips(draw, pppk: bool | None = None) -> str:
    birth, year = draw(dates), draw(st.integers(1960, 2030))
    code = "21" if (draw(st.booleans()) if pppk is None else pppk) else f"{draw(st.integers(1, 12)):02}"
    return f"{birth:%Y%m%d}{year}{code}{draw(st.sampled_from('12'))}{draw(st.integers(1, 999)):03}"


def test_the_parts_of_a_pns_and_of_a_pppk():
    isi = parse_nip(PNS)
    assert (isi.tanggal_lahir, isi.tahun_angkat, isi.bulan_angkat, isi.jenis_kelamin, isi.urut, isi.pppk) == (
        dt.date(1985, 5, 17), 2010, 1, "P", 3, False,
    )  # fmt: skip
    isi = parse_nip(PPPK)
    assert (isi.bulan_angkat, isi.kode_angkat, isi.pppk, isi.jenis_kelamin) == (None, "21", True, "L")


@given(nips())
def test_every_possible_nip_is_read_back_as_it_was_made(nip):
    assert clean_nip(nip) == (nip, "")
    isi = parse_nip(nip)
    month = isi.kode_angkat if isi.pppk else f"{isi.bulan_angkat:02}"
    sex = "1" if isi.jenis_kelamin == "L" else "2"
    assert f"{isi.tanggal_lahir:%Y%m%d}{isi.tahun_angkat}{month}{sex}{isi.urut:03}" == nip


@given(nips(), st.sampled_from([" ", ".", "-", "\u00a0"]))
def test_marks_people_write_for_reading_are_taken_out(nip, mark):
    written = mark.join((nip[:8], nip[8:14], nip[14], nip[15:]))
    assert clean_nip(f"'{written}") == (nip, "")


SPOILT = [
    ("", "nip-kosong"),
    ("   ", "nip-kosong"),
    ("'", "nip-kosong"),
    ("1,98505E+17", "nip-notasi-ilmiah"),
    ("1.98505172010012E+17", "nip-notasi-ilmiah"),
    ("1.98505172010012e+17", "nip-notasi-ilmiah"),
    ("2E17", "nip-notasi-ilmiah"),
    ("198505172010012000", "nip-angka-hilang"),
    ("198505172010012000.0", "nip-angka-hilang"),
    ("198505172010012003,00", "nip-angka-hilang"),
    ("19850517201001200", "nip-kurang-angka"),
    ("1", "nip-kurang-angka"),
    ("130123456", "nip-lama"),
    ("1985051720100120031", "nip-kelebihan-angka"),
    ("19850517201001200X", "nip-bukan-angka"),
    ("Drs. Ahmad", "nip-bukan-angka"),
    ("١٩٨٥٠٥١٧٢٠١٠٠١٢٠٠٣", "nip-bukan-angka"),
    ("198513172010012003", "nip-tanggal-mustahil"),
    ("198502302010012003", "nip-tanggal-mustahil"),
    ("000000000000000001", "nip-tanggal-mustahil"),
    ("198505172010013003", "nip-jenis-kelamin-mustahil"),
    ("198505172010010003", "nip-jenis-kelamin-mustahil"),
]


@pytest.mark.parametrize(("raw", "kode"), SPOILT)
def test_every_way_of_spoiling_has_its_finding_and_remedy(raw, kode):
    assert clean_nip(raw) == ("", kode)
    assert parse_nip(raw) is None
    kalimat, perbaikan = SALAH[kode]
    assert kalimat
    assert perbaikan


def test_every_finding_of_a_spoilt_nip_has_an_example():
    assert {kode for _, kode in SPOILT} == set(SALAH)


@given(nips())
def test_what_a_spreadsheet_keeps_of_a_nip_is_never_taken_for_one(nip):
    assert clean_nip(f"{float(nip):.14e}")[1] == "nip-notasi-ilmiah"
    kept = nip[:15] + "000"  # fifteen digits survive
    assert clean_nip(kept)[1] == "nip-angka-hilang"


@given(st.text(max_size=30))
def test_any_text_gives_eighteen_digits_or_a_known_finding(raw):
    nip, kode = clean_nip(raw)
    assert (len(nip) == 18 and nip.isdigit() and not kode) or (nip == "" and kode in SALAH)


@given(nips(pppk=False))
def test_a_pns_agrees_with_its_own_columns(nip):
    isi = parse_nip(nip)
    tmt = f"{isi.tahun_angkat}-{isi.bulan_angkat:02}-01"
    assert mismatches(nip, isi.tanggal_lahir.isoformat(), tmt, isi.jenis_kelamin, "PNS") == ()
    assert mismatches(nip, "", "", "", "PNS") == ()


@given(nips(pppk=True))
def test_a_pppk_agrees_by_year_and_code(nip):
    isi = parse_nip(nip)
    assert mismatches(nip, "", f"{isi.tahun_angkat}-07-01", isi.jenis_kelamin, "PPPK") == ()


@given(nips(pppk=False), dates)
def test_another_birth_date_is_always_found(nip, other):
    same = parse_nip(nip).tanggal_lahir == other
    assert ("nip-beda-tanggal-lahir" in mismatches(nip, other.isoformat(), "", "", "PNS")) is not same


@pytest.mark.parametrize(
    ("nip", "lahir", "tmt", "kelamin", "jenis", "kode"),
    [
        (PNS, "1985-05-18", "", "", "PNS", "nip-beda-tanggal-lahir"),
        (PNS, "", "2010-02-01", "", "PNS", "nip-beda-tmt-cpns"),
        (PNS, "", "2011-01-01", "", "CPNS", "nip-beda-tmt-cpns"),
        (PPPK, "", "2023-01-01", "", "PPPK", "nip-beda-tmt-cpns"),
        (PNS, "", "", "L", "PNS", "nip-beda-jenis-kelamin"),
        (PNS, "", "", "", "PPPK", "nip-kode-pengangkatan"),
        (PPPK, "", "2022-01-01", "", "PNS", "nip-kode-pengangkatan"),
    ],
)
def test_each_disagreement_is_named(nip, lahir, tmt, kelamin, jenis, kode):
    assert mismatches(nip, lahir, tmt, kelamin, jenis) == (kode,)
    assert kode in BEDA


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("sex", "12")
def test_every_month_and_sex_is_possible(month, sex):
    assert parse_nip(f"19850517{2010}{month:02}{sex}001").bulan_angkat == month
