"""Where webhooks may go, how they are signed, when they are tried again."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac

import pytest

from petajabatan.interop.rules import GAGAL_MAKS, Tujuan, address_allowed, parse_url, signature, wait_after


@pytest.mark.parametrize(
    "alamat",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.0.170", "192.0.2.1", "198.18.0.1", "203.0.113.9",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::ffff:169.254.169.254", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1",
        "2001:db8::1", "64:ff9b::10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::", "2001::1",
        "fec0::1", "bukan-alamat", "",
    ],
)  # fmt: skip
def test_inner_and_special_addresses_are_refused(alamat):
    assert not address_allowed(alamat)


@pytest.mark.parametrize(
    "alamat", ["8.8.8.8", "103.10.104.2", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]
)
def test_public_addresses_pass(alamat):
    assert address_allowed(alamat)


def test_loopback_passes_where_it_is_allowed_and_nothing_else_with_it():
    assert address_allowed("127.0.0.1", lokal=True)
    assert address_allowed("::1", lokal=True)
    for inner in ("10.0.0.1", "169.254.169.254", "192.168.0.1", "fd00::1"):
        assert not address_allowed(inner, lokal=True)


@pytest.mark.parametrize(
    ("url", "kode"),
    [
        ("http://contoh.go.id/", "url-bukan-https"),
        ("ftp://contoh.go.id/", "url-bukan-https"),
        ("javascript:alert(1)", "url-bukan-https"),
        ("//contoh.go.id/", "url-bukan-https"),
        ("https:///jalur", "url-tidak-sah"),
        ("https://nama:sandi@contoh.go.id/", "url-tidak-sah"),
        ("https://contoh.go.id@10.0.0.1/", "url-tidak-sah"),
        ("https://contoh.go.id/#x", "url-tidak-sah"),
        ("https://contoh.go.id\\@10.0.0.1/", "url-tidak-sah"),
        ("https://contoh.go.id/ a", "url-tidak-sah"),
        ("https://contoh.go.id/\r\nX-A: b", "url-tidak-sah"),
        ("https://contóh.go.id/", "url-tidak-sah"),
        ("https://contoh.go.id:99999/", "url-tidak-sah"),
        ("https://[::1/", "url-tidak-sah"),
        ("https://contoh.go.id/" + "a" * 500, "url-tidak-sah"),
        ("https://contoh.go.id:25/", "url-port"),
        ("https://127.0.0.1/", "url-alamat-dalam"),
        ("https://169.254.169.254/latest", "url-alamat-dalam"),
        ("https://[::ffff:10.0.0.1]/", "url-alamat-dalam"),
    ],
)
def test_addresses_that_are_no_https_to_the_outside_are_refused_with_a_remedy(url, kode):
    [finding] = parse_url(url)
    assert finding.kode == kode
    assert finding.kalimat and finding.perbaikan


def test_a_good_address_is_taken_apart():
    assert parse_url("https://contoh.go.id/peta?a=1") == Tujuan(True, "contoh.go.id", 443, "/peta?a=1")
    assert parse_url("https://contoh.go.id:8443") == Tujuan(True, "contoh.go.id", 8443, "/")
    assert parse_url("http://127.0.0.1:90/x", lokal=True) == Tujuan(False, "127.0.0.1", 90, "/x")


def test_the_signature_is_an_hmac_over_time_and_body():
    expected = hmac.new(b"rahasia", b'1764300000.{"a":1}', hashlib.sha256).hexdigest()
    assert signature("rahasia", 1764300000, b'{"a":1}') == f"v1={expected}"
    assert signature("rahasia", 1764300001, b'{"a":1}') != f"v1={expected}"


def test_waits_double_up_to_six_hours():
    waits = [wait_after(n) for n in range(1, 15)]
    assert waits[:3] == [dt.timedelta(seconds=s) for s in (30, 60, 120)]
    assert waits == sorted(waits)
    assert waits[-1] == wait_after(1000) == dt.timedelta(hours=6)
    assert sum((wait_after(n) for n in range(1, GAGAL_MAKS)), dt.timedelta()) > dt.timedelta(hours=4)
