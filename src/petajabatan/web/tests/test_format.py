"""Numbers, money and dates as offices write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.test import RequestFactory
from django.utils import translation

from petajabatan.web.templatetags import format as f


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (1250, "1.250"),
        (1250.5, "1.250,5"),
        (Decimal("1250.50000"), "1.250,5"),
        (Decimal("0.00005"), "0,0001"),
        (Decimal("-1234567.891"), "−1.234.567,891"),
        (None, "–"),
        ("", "–"),
        (True, "–"),
        ("abc", "–"),
        (float("nan"), "–"),
    ],
)
def test_numbers_use_points_for_thousands_and_a_comma(value, shown):
    assert f.angka(value) == shown


def test_fixed_decimals_are_kept():
    assert f.angka(Decimal("2.5"), 2) == "2,50"
    assert f.persen(Decimal("0.7554")) == "75,5 %"


def test_money_is_whole_rupiah():
    assert f.rupiah(1250000) == "Rp1.250.000"
    assert f.rupiah(-5) == "−Rp5"
    assert f.rupiah(None) == "–"


@pytest.mark.parametrize(
    ("value", "shown"), [(3, "+3"), (-2, "−2"), (0, "0"), (None, "–"), (-1250, "−1.250")]
)
def test_a_difference_always_carries_its_sign(value, shown):
    assert f.selisih(value) == shown


def test_an_unknown_operand_makes_the_difference_unknown():
    assert f.kurangi(None, 3) is None
    assert f.kurangi(4810, 5689) == -879


def test_dates_are_written_out_in_the_language_of_the_page():
    with translation.override("id"):
        assert f.tanggal(dt.date(2026, 8, 17)) == "17 Agustus 2026"
    with translation.override("en"):
        assert f.tanggal(dt.date(2026, 8, 17)) == "17 August 2026"
    assert f.tanggal(None) == "–"


def test_times_are_those_of_jakarta():
    late = dt.datetime(2026, 11, 23, 17, 30, tzinfo=dt.UTC)
    with translation.override("id"):
        assert f.waktu(late) == "24 November 2026 00.30 WIB"
        assert f.tanggal(late) == "24 November 2026"


def test_sizes_of_files():
    assert f.ukuran(200 << 20) == "200 MB"
    assert f.ukuran(1536) == "1,5 kB"


def test_page_numbers_leave_out_what_is_far_away():
    page = Paginator(range(1000), 10).page(50)
    assert f.nomor_halaman(page) == [1, None, 49, 50, 51, None, 100]


def test_an_address_keeps_the_other_parameters():
    context = {"request": RequestFactory().get("/x/?q=a&hal=3")}
    assert f.alamat(context, hal=4) == "?q=a&hal=4"
    assert f.alamat(context, hal="") == "?q=a"
