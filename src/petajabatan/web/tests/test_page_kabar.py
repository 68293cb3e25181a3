"""The bell and the list of messages, for every persona."""

from __future__ import annotations

import pytest
from django.urls import reverse

from petajabatan.akun.models import Pengguna
from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.kabar import notify
from petajabatan.inti.models import Notifikasi
from petajabatan.testing.personas import PERSONAS


def tell(user, judul="Usulan 17 diserahkan", **values):
    with scope_of(sistem("uji")):
        notify(sistem("uji"), [user.pk], judul, **values)
    return Notifikasi.objects.latest("id")


@pytest.mark.parametrize("name", PERSONAS)
def test_each_sees_the_own_messages_and_nobody_elses(client, orang, name):
    for other, user in orang.items():
        tell(user, f"Untuk {other}.", isi="Rincian & <b>tebal</b>")
    client.force_login(orang[name])
    text = client.get(reverse("web:kabar")).content.decode()
    assert f"Untuk {name}." in text
    assert text.count("Untuk ") == 1
    assert "&lt;b&gt;tebal" in text
    assert '<span class="lonceng-angka" aria-hidden="true">1</span>' in text


def test_without_messages_the_page_says_so_and_the_bell_is_silent(client, orang):
    client.force_login(orang["operator"])
    text = client.get(reverse("web:kabar")).content.decode()
    assert "Belum ada kabar" in text
    assert "lonceng-angka" not in text


def test_opening_a_message_marks_it_and_goes_where_it_points(client, orang):
    row = tell(orang["operator"], tautan="/pekerjaan/")
    client.force_login(orang["operator"])
    answer = client.post(reverse("web:kabar-baca", args=[row.pk]), {"buka": "1"})
    assert answer.url == "/pekerjaan/"
    row.refresh_from_db()
    assert row.dibaca is not None
    assert "Semua kabar sudah dibaca" in client.get(reverse("web:kabar") + "?belum=1").content.decode()


def test_a_message_of_somebody_else_is_not_there(client, orang):
    row = tell(orang["operator"])
    client.force_login(orang["admin"])
    assert client.post(reverse("web:kabar-baca", args=[row.pk])).status_code == 404
    row.refresh_from_db()
    assert row.dibaca is None


def test_all_are_marked_at_once_and_reading_needs_a_post(client, orang):
    first = tell(orang["operator"])
    tell(orang["operator"])
    other = tell(orang["admin"])
    client.force_login(orang["operator"])
    assert client.get(reverse("web:kabar-baca", args=[first.pk])).status_code == 405
    client.post(reverse("web:kabar-baca-semua"))
    assert list(Notifikasi.objects.filter(dibaca=None)) == [other]


def test_the_bell_counts_to_a_hundred_and_no_further(client, orang):
    Notifikasi.objects.bulk_create(
        Notifikasi(penerima_id=orang["operator"].pk, judul=f"Kabar {n}") for n in range(120)
    )
    client.force_login(orang["operator"])
    assert "99+" in client.get(reverse("web:bantuan")).content.decode()


def test_the_switch_for_email_is_on_the_account_page(client, orang):
    client.force_login(orang["operator"])
    assert "Matikan surel" in client.get(reverse("web:akun-saya")).content.decode()
    client.post(reverse("web:kabar-surel"), {"surel": "0"})
    assert Pengguna.objects.get(username="operator").kabar_surel is False
    assert "Nyalakan surel" in client.get(reverse("web:akun-saya")).content.decode()
    client.post(reverse("web:kabar-surel"), {"surel": "1"})
    assert Pengguna.objects.get(username="operator").kabar_surel is True
