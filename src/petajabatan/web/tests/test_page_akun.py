"""Administration of accounts: who may do what to whom, and that logins are guarded."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from petajabatan.akun.models import Pengguna, Peran
from petajabatan.akun.rules import PERAN
from petajabatan.testing.personas import PASSWORD

SANDI = "kata-sandi-yang-panjang"


@pytest.fixture
def admin_instansi(orang, peta_a):
    user = Pengguna.objects.create_user("admin.alfa", password=PASSWORD, nama="Admin Alfa")
    Peran.objects.create(
        pengguna=user,
        peran="instansi-admin",
        lingkup="instansi",
        instansi_id=peta_a.instansi.id,
        berlaku_dari=dt.date(2020, 1, 1),
    )
    return user


def new_account(instansi_id, **changes):
    return {
        "username": "baru",
        "nama": "Akun Baru",
        "sandi": SANDI,
        "peran": "instansi-operator-sotk",
        "lingkup": "instansi",
        "instansi": instansi_id,
    } | changes


def test_an_admin_makes_an_account_with_its_first_role(client, orang, peta_a):
    client.force_login(orang["admin"])
    answer = client.post(reverse("web:akun-tambah"), new_account(peta_a.instansi.id))
    user = Pengguna.objects.get(username="baru")
    assert answer.url == reverse("web:akun-rinci", args=[user.pk])
    grant = user.peran_set.get()
    assert (grant.peran, grant.instansi_id) == ("instansi-operator-sotk", peta_a.instansi.id)
    assert grant.diberikan_oleh_id == orang["admin"].pk
    fresh = Client()
    assert fresh.post(reverse("account_login"), {"login": "baru", "password": SANDI}).status_code == 302


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"username": "operator"}, "sudah dipakai"),
        ({"sandi": "pendek"}, "12"),
        ({"peran": "pemantau"}, "tidak mempunyai lingkup"),
        ({"nip": "123"}, "18 angka"),
        ({"nip": "199901012020011999"}, "Tidak ada pegawai dengan NIP itu"),
        ({"instansi": ""}, "memerlukan instansi"),
    ],
)
def test_a_refused_account_leaves_nothing_behind(client, orang, peta_a, changes, sentence):
    client.force_login(orang["admin"])
    before = Pengguna.objects.count()
    answer = client.post(reverse("web:akun-tambah"), new_account(peta_a.instansi.id, **changes))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert Pengguna.objects.count() == before


def test_a_delegated_admin_sees_and_grants_inside_its_instansi_only(
    client, orang, admin_instansi, peta_a, peta_b
):
    client.force_login(admin_instansi)
    listed = client.get(reverse("web:akun")).content.decode()
    assert ">operator<" in listed and ">orang_luar<" not in listed and ">verifikator<" not in listed
    assert client.get(reverse("web:akun-rinci", args=[orang["orang_luar"].pk])).status_code == 404
    assert client.get(reverse("web:akun-rinci", args=[orang["verifikator"].pk])).status_code == 404

    own = client.post(reverse("web:akun-tambah"), new_account(peta_a.instansi.id))
    assert own.status_code == 302
    other = client.post(reverse("web:akun-tambah"), new_account(peta_b.instansi.id, username="lain"))
    assert other.status_code == 200 and not Pengguna.objects.filter(username="lain").exists()
    nation = client.post(
        reverse("web:akun-rinci", args=[orang["operator"].pk]),
        {"peran": "verifikator-bkn", "lingkup": "nasional"},
    )
    assert nation.status_code == 200
    assert not orang["operator"].peran_set.filter(peran="verifikator-bkn").exists()


def test_a_role_ends_on_a_day_and_stays_as_history(client, orang, peta_a):
    client.force_login(orang["admin"])
    grant = orang["operator"].peran_set.get()
    client.post(reverse("web:akun-akhiri", args=[orang["operator"].pk, grant.pk]), {"sampai": "2020-05-01"})
    grant.refresh_from_db()
    assert grant.berlaku_sampai == dt.date(2020, 5, 1)
    client.force_login(orang["operator"])
    assert client.get(reverse("web:impor-unor")).status_code == 403


def test_a_deactivated_account_stops_at_once(client, orang):
    other = Client()
    other.force_login(orang["operator"])
    client.force_login(orang["admin"])
    client.post(reverse("web:akun-ubah", args=[orang["operator"].pk]), {"tindakan": "nonaktif"})
    assert other.get(reverse("web:pekerjaan")).status_code == 302
    assert Client().post(
        reverse("account_login"), {"login": "operator", "password": PASSWORD}, follow=True
    ).request["PATH_INFO"] in (reverse("account_inactive"), reverse("account_login"))
    client.post(reverse("web:akun-ubah", args=[orang["operator"].pk]), {"tindakan": "aktif"})
    orang["operator"].refresh_from_db()
    assert orang["operator"].is_active


def test_the_last_admin_cannot_close_its_own_account(client, orang):
    client.force_login(orang["admin"])
    answer = client.post(
        reverse("web:akun-ubah", args=[orang["admin"].pk]), {"tindakan": "nonaktif"}, follow=True
    )
    assert "satu-satunya admin pusat" in answer.content.decode()
    orang["admin"].refresh_from_db()
    assert orang["admin"].is_active


def test_a_new_password_is_checked_and_works(client, orang):
    client.force_login(orang["admin"])
    url = reverse("web:akun-ubah", args=[orang["monitor"].pk])
    assert "12" in client.post(url, {"tindakan": "sandi", "sandi": "abc"}, follow=True).content.decode()
    client.post(url, {"tindakan": "sandi", "sandi": SANDI})
    assert Client().login(username="monitor", password=SANDI)


def test_the_matrix_lists_every_role_of_the_rules(client, orang):
    client.force_login(orang["pegawai"])
    text = client.get(reverse("web:matriks")).content.decode()
    for role in PERAN.values():
        assert role.kode in text


def test_units_for_a_subtree_grant_are_found_by_name(client, orang, peta_a):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    client.force_login(orang["admin"])
    url = reverse("web:akun-pilih-unor")
    text = client.get(url, {"instansi": peta_a.instansi.id, "unor_q": "pendidikan"}).content.decode()
    assert f'value="{peta_a.dinas.pk}"' in text
    granted = client.post(
        reverse("web:akun-rinci", args=[orang["monitor"].pk]),
        {
            "peran": "instansi-operator-sotk",
            "lingkup": "unor",
            "instansi": peta_a.instansi.id,
            "sasaran": peta_a.dinas.pk,
        },
    )
    assert granted.status_code == 302
    assert orang["monitor"].peran_set.get(lingkup="unor").sasaran_id == peta_a.dinas.pk
    client.force_login(orang["pemantau"])
    assert client.get(url).status_code == 403


def code_of(secret: str, offset: int = 0) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter + offset))


def test_an_account_with_a_second_factor_is_not_in_before_its_code(client, orang):
    """The password alone opens nothing, a wrong code neither, and a code opens the door once."""
    secret = generate_totp_secret()
    TOTP.activate(orang["operator"], secret)
    login = {"login": "operator", "password": PASSWORD}
    asked = client.post(reverse("account_login"), login)
    assert asked.url.startswith(reverse("mfa_authenticate"))
    assert client.get("/instansi/").status_code == 302
    wrong = f"{(int(code_of(secret)) + 1) % 1_000_000:06}"
    assert client.post(asked.url, {"code": wrong}).status_code == 200
    assert client.get("/instansi/").status_code == 302
    code = code_of(secret)
    assert client.post(asked.url, {"code": code}).status_code == 302
    assert client.get("/instansi/").status_code == 200
    thief = Client()
    thief.post(reverse("account_login"), login)
    assert thief.post(asked.url, {"code": code}).status_code == 200, "a code is used once"


def test_password_guessing_is_slowed_down(client, orang):
    cache.clear()
    with override_settings(ACCOUNT_RATE_LIMITS={"login_failed": "10/m/ip,5/5m/key"}):
        for _ in range(5):
            assert client.post(
                reverse("account_login"), {"login": "operator", "password": "salah"}
            ).status_code
        answer = client.post(reverse("account_login"), {"login": "operator", "password": PASSWORD})
    cache.clear()
    assert answer.status_code != 302, "even the right password waits after five wrong ones"


def test_a_session_ends_after_eight_hours(client, orang, settings):
    assert settings.SESSION_COOKIE_AGE == 8 * 3600
    client.post(reverse("account_login"), {"login": "operator", "password": PASSWORD})
    assert client.get(reverse("web:pekerjaan")).status_code == 200
    from django.contrib.sessions.models import Session

    session = Session.objects.get(session_key=client.session.session_key)
    assert session.expire_date <= timezone.now() + dt.timedelta(hours=8)
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1))
    assert client.get(reverse("web:pekerjaan")).status_code == 302


def test_demo_accounts_show_in_demo_mode_only(client, orang, settings):
    settings.DEMO = False
    assert "data-isi-akun" not in client.get(reverse("account_login")).content.decode()
    settings.DEMO = True
    assert 'data-isi-akun="operator"' in client.get(reverse("account_login")).content.decode()


def test_a_passkey_and_sso_are_offered_when_they_exist(client, db, settings):
    text = client.get(reverse("account_login")).content.decode()
    assert 'id="passkey_login"' in text
    assert "Masuk lewat" not in text
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": "SSO BKN",
                    "client_id": "x",
                    "secret": "y",
                    "settings": {"server_url": "https://sso.example"},
                }
            ]
        }
    }
    assert "Masuk lewat SSO BKN" in client.get(reverse("account_login")).content.decode()


def test_theme_and_language_are_remembered(client, orang):
    client.force_login(orang["operator"])
    answer = client.post(reverse("web:setelan"), {"tema": "dark", "kembali": "/instansi/?q=a"})
    assert answer.url == "/instansi/?q=a"
    assert 'data-bs-theme="dark"' in client.get("/").content.decode()
    answer = client.post(reverse("web:setelan"), {"bahasa": "en", "kembali": "https://jahat.example/"})
    assert answer.url == "/"
    orang["operator"].refresh_from_db()
    assert (orang["operator"].tema, orang["operator"].bahasa) == ("dark", "en")
    assert '<html lang="en"' in client.get("/").content.decode()
