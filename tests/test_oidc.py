"""Single sign-on against a second local instance that acts as the OpenID Connect provider."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
from django.db import connection

from petajabatan.runtime.database import parse_url
from petajabatan.testing.personas import make_persona

pytestmark = pytest.mark.server
TESTS = Path(__file__).resolve().parent
USERNAME, PASSWORD = "199001012015012001", "sandi-di-penyedia"


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@pytest.fixture
def provider(live_server):
    """The provider's address; it has a database of its own on the suite's server."""
    database = f"penyedia_{os.getpid()}"
    owner = urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres").geturl()
    with psycopg.connect(owner, autocommit=True) as conn:
        conn.execute(f"DROP DATABASE IF EXISTS {database}")
        conn.execute(f"CREATE DATABASE {database}")
    port = free_port()
    callback = f"{client_origin(live_server)}/akun/oidc/oidc/login/callback/"
    url = urlsplit(owner)._replace(path=f"/{database}").geturl()
    process = subprocess.Popen(
        [sys.executable, "-m", "penyedia_oidc.jalankan", str(port), callback, USERNAME, PASSWORD],
        cwd=TESTS,
        env=os.environ
        | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "penyedia_oidc.settings",
            "PETAJABATAN_DB": "pemilik",
            "OAUTHLIB_INSECURE_TRANSPORT": "1",
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "siap"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        with psycopg.connect(owner, autocommit=True) as conn:
            conn.execute(f"DROP DATABASE {database} WITH (FORCE)")


def client_origin(live_server) -> str:
    """Another host name than the provider's, because cookies do not tell ports apart."""
    return f"http://localhost:{urlsplit(live_server.url).port}"


def token_in(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, page[:500]
    return found.group(1)


def sign_in_through(provider: str, client: str, browser: httpx.Client) -> httpx.Response:
    start = browser.get(f"{client}/akun/oidc/oidc/login/")
    at_provider = browser.post(
        f"{client}/akun/oidc/oidc/login/",
        data={"csrfmiddlewaretoken": token_in(start.text)},
        headers={"Referer": f"{client}/"},
    )
    assert at_provider.url.host == "127.0.0.1", at_provider.url
    return browser.post(
        str(at_provider.url),
        data={
            "csrfmiddlewaretoken": token_in(at_provider.text),
            "login": USERNAME,
            "password": PASSWORD,
            "next": at_provider.url.params.get("next", ""),
        },
        headers={"Referer": f"{provider}/"},
    )


@pytest.fixture
def oidc_settings(settings, provider):
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": "SSO uji",
                    "client_id": "petajabatan",
                    "secret": "rahasia-uji",
                    "settings": {"server_url": f"{provider}/o/.well-known/openid-configuration"},
                }
            ]
        }
    }
    settings.OIDC_ISSUER = provider


@pytest.mark.django_db(transaction=True)
def test_a_known_account_signs_in_through_the_provider(live_server, provider, oidc_settings):
    user = make_persona("pemantau")
    user.username = USERNAME
    user.save(update_fields=["username"])
    with httpx.Client(follow_redirects=True, timeout=30) as browser:
        answer = sign_in_through(provider, client_origin(live_server), browser)
        assert answer.url.host == "localhost", answer.text[:800]
        assert answer.status_code == 200
        account = browser.get(f"{client_origin(live_server)}/akun/password/change/")
        assert account.status_code == 200
    assert user.socialaccount_set.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_unknown_person_of_the_provider_gets_no_account(live_server, provider, oidc_settings):
    from petajabatan.akun.models import Pengguna

    with httpx.Client(follow_redirects=True, timeout=30) as browser:
        sign_in_through(provider, client_origin(live_server), browser)
    assert not Pengguna.objects.filter(username=USERNAME).exists()


def test_the_database_url_of_the_suite_is_understood():
    parsed = parse_url(os.environ["DATABASE_URL"])
    assert parsed["USER"] == connection.settings_dict["USER"]
