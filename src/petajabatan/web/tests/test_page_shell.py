"""Every page of the shell: who may open it, that it is whole, and that it obeys the content policy."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from petajabatan.akun.models import Pengguna, Peran
from petajabatan.testing.personas import PASSWORD, PERSONAS

FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]+\sstyle\s*=", re.I),
    "an inline event handler": re.compile(r"<[^>]+\son[a-z]+\s*=", re.I),
    "a style element": re.compile(r"<style", re.I),
    "an hx-on attribute": re.compile(r"\shx-on", re.I),
}
SCRIPT = re.compile(r"<script(?P<attrs>[^>]*)>(?P<body>.*?)</script>", re.I | re.S)


def assert_obeys_policy(answer):
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy
    text = answer.content.decode()
    for what, pattern in FORBIDDEN.items():
        found = pattern.search(text)
        assert not found, f"{what}: {found.group(0)}"
    for script in SCRIPT.finditer(text):
        data = 'type="application/json"' in script["attrs"]
        assert data or (" src=" in script["attrs"] and not script["body"].strip()), script.group(0)
    assert "<c-" not in text, "a component was not rendered"
    assert "{%" not in text and "{{" not in text


ALL = set(PERSONAS)
NATIONWIDE_OR_A = ALL - {"orang_luar", "pegawai"}
IMPORT_UNOR = {"operator", "orang_luar", "admin"}
PAGES: list[tuple[str, set[str]]] = [
    ("web:beranda", ALL),
    ("web:cari", ALL),
    ("web:cari-hasil", ALL),
    ("web:instansi", ALL),
    ("web:pekerjaan", ALL),
    ("web:impor-unor", IMPORT_UNOR),
    ("web:impor-pegawai", IMPORT_UNOR),
    ("web:akun", {"admin"}),
    ("web:akun-tambah", {"admin"}),
    ("webhook:daftar", {"admin"}),
    ("web:matriks", ALL),
    ("web:akun-saya", ALL),
    ("web:kabar", ALL),
    ("web:bantuan", ALL),
    ("web:tentang", ALL),
    ("account_change_password", ALL),
    ("account_logout", ALL),
]


@pytest.mark.parametrize("name", PERSONAS)
@pytest.mark.parametrize(("page", "allowed"), PAGES, ids=[p for p, _ in PAGES])
def test_pages_open_for_those_who_may(client, orang, name, page, allowed):
    client.force_login(orang[name])
    answer = client.get(reverse(page))
    assert answer.status_code == (200 if name in allowed else 403)
    assert_obeys_policy(answer)


@pytest.mark.parametrize(("page", "allowed"), PAGES, ids=[p for p, _ in PAGES])
def test_without_login_only_the_open_pages_show(client, db, page, allowed):
    answer = client.get(reverse(page))
    if page in ("web:beranda", "web:bantuan", "web:tentang"):
        assert answer.status_code == 200
        assert_obeys_policy(answer)
    else:
        assert answer.status_code == 302


@pytest.mark.parametrize("name", PERSONAS)
def test_the_page_of_an_instansi_shows_its_figures_to_everybody(client, orang, peta_a, name):
    client.force_login(orang[name])
    answer = client.get(reverse("web:instansi-rinci", args=[peta_a.instansi.id]))
    assert answer.status_code == 200
    assert peta_a.instansi.nama in answer.content.decode()
    assert_obeys_policy(answer)


@pytest.mark.parametrize("name", PERSONAS)
def test_a_job_is_seen_only_inside_its_scope(client, orang, pekerjaan, name):
    client.force_login(orang[name])
    answer = client.get(reverse("web:pekerjaan-rinci", args=[pekerjaan.pk]))
    inside = {"operator", "penyetuju", "monitor", "verifikator", "admin"}
    assert answer.status_code == (200 if name in inside else 404)
    assert_obeys_policy(answer)


@pytest.mark.parametrize("path", ["/akun/login/", "/akun/signup/", "/akun/inactive/", "/tidak-ada/"])
def test_pages_before_login_obey_the_policy(client, db, path):
    answer = client.get(path)
    assert answer.status_code == (404 if path == "/tidak-ada/" else 200)
    assert_obeys_policy(answer)


def test_who_signs_in_is_greeted_in_indonesian(client, orang):
    answer = client.post("/akun/login/", {"login": "operator", "password": PASSWORD}, follow=True)
    text = answer.content.decode()
    assert "Anda masuk sebagai" in text and "Successfully" not in text


def test_pages_of_the_second_factor_stand_in_the_frame(client, orang):
    sandi = {"login": "operator", "password": PASSWORD}
    assert client.post(reverse("account_login"), sandi).status_code == 302
    again = client.get(reverse("mfa_activate_totp"))
    assert again.url.startswith(reverse("account_reauthenticate")), "a second factor needs the password again"
    assert_obeys_policy(client.get(again.url))
    client.post(again.url, {"password": PASSWORD})
    for page in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn"):
        answer = client.get(reverse(page))
        assert answer.status_code == 200, page
        assert 'class="bilah"' in answer.content.decode()
        assert_obeys_policy(answer)


def test_the_icon_is_found_where_browsers_look_for_it(client, db):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302 and "merek.svg" in answer["Location"]


def test_the_current_entry_of_the_menu_is_marked(client, orang):
    client.force_login(orang["admin"])
    text = client.get(reverse("web:akun-tambah")).content.decode()
    current = re.findall(r'<li><a href="([^"]+)" aria-current="page"', text)
    assert current == [reverse("web:akun")]


def test_the_menu_offers_only_what_the_account_may_use(client, orang):
    client.force_login(orang["pemantau"])
    text = client.get("/").content.decode()
    assert reverse("web:akun") not in text
    assert reverse("web:impor-unor") not in text
    client.force_login(orang["operator"])
    assert reverse("web:impor-unor") in client.get("/").content.decode()


def test_every_entry_of_the_menu_opens(client, orang, peta_a):
    cabang = Pengguna.objects.create_user("operator.cabang", password=PASSWORD)
    Peran.objects.create(
        pengguna=cabang,
        peran="instansi-operator-sotk",
        lingkup="unor",
        instansi_id=peta_a.instansi.id,
        sasaran_id=peta_a.dinas.pk,
        berlaku_dari=dt.date(2020, 1, 1),
    )
    orang["operator.cabang"] = cabang
    for name, user in orang.items():
        client.force_login(user)
        text = client.get("/").content.decode()
        menu = text[text.index('id="samping"') : text.index("</nav>", text.index('id="samping"'))]
        for url in re.findall(r'href="([^"]+)"', menu):
            answer = client.get(url, follow=True)
            assert answer.status_code == 200, f"{name}: {url} → {answer.status_code}"


def test_errors_say_what_to_do(client, orang):
    client.force_login(orang["pemantau"])
    refused = client.get(reverse("web:akun")).content.decode()
    assert "Di luar wewenang" in refused
    assert "Halaman ini untuk admin akun instansi dan admin pusat." in refused
    assert reverse("web:matriks") in refused
    missing = client.get("/tidak-ada/").content.decode()
    assert "Tidak ditemukan" in missing and "Tidak ada yang diubah" in missing


def test_htmx_gets_the_sentence_of_an_error_only(client, orang):
    client.force_login(orang["pemantau"])
    answer = client.get(reverse("web:akun"), headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert "data-kalimat-galat" in answer.content.decode()
    assert "<html" not in answer.content.decode()
