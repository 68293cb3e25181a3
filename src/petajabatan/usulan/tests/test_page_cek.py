"""The help behind a finding's code."""

from __future__ import annotations

import pytest
from django.urls import reverse

from petajabatan.testing.personas import PASSWORD, make_persona
from petajabatan.usulan.rules.cek import SEMUA_CEK

pytestmark = pytest.mark.django_db


def test_every_check_has_a_page_that_says_why(client) -> None:
    make_persona("pegawai")
    client.login(username="pegawai", password=PASSWORD)
    for kode, check in SEMUA_CEK.items():
        page = client.get(reverse("usulan:cek-rinci", args=[kode]))
        assert page.status_code == 200 and kode in page.content.decode(), kode
        assert check.sebab and check.sumber and check.perbaikan
    assert client.get(reverse("usulan:cek-rinci", args=["tidak-ada"])).status_code == 404


def test_checks_are_found_by_words_and_severity(client) -> None:
    make_persona("pegawai")
    client.login(username="pegawai", password=PASSWORD)
    page = client.get(reverse("usulan:cek"), {"q": "pimpinan", "tingkat": "galat"}).content.decode()
    assert "pimpinan-ganda" in page and "nama-kosong" not in page
