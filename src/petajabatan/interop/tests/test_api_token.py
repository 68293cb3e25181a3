"""Tokens of machines: how they are got, what they open, how refusals look."""

from __future__ import annotations

import base64
import json

import pytest
from django.utils import timezone
from oauth2_provider.models import get_access_token_model, get_application_model

from petajabatan.akun.models import Pengguna, Peran
from petajabatan.testing.personas import make_persona


@pytest.fixture
def machine(db):
    """A registered application with a national read grant; returns (application, Basic header)."""
    user = Pengguna.objects.create_user("mesin-uji", nama="Mesin uji", mesin=True)
    Peran.objects.create(pengguna=user, peran="pemantau", lingkup="nasional", berlaku_dari="2020-01-01")
    application = get_application_model().objects.create(
        name="uji",
        user=user,
        client_id="mesin-uji",
        client_secret="rahasia-mesin",
        client_type="confidential",
        authorization_grant_type="client-credentials",
    )
    basic = base64.b64encode(b"mesin-uji:rahasia-mesin").decode()
    return application, f"Basic {basic}"


def test_a_form_body_gets_a_token(client, machine):
    answer = client.post(
        "/oauth2/token", {"grant_type": "client_credentials"}, headers={"Authorization": machine[1]}
    )
    body = answer.json()
    assert answer.status_code == 200
    assert body["token_type"] == "Bearer"
    assert body["expires_in"] == 3600
    assert set(body["scope"].split()) == {"referensi:baca", "peta:baca"}


def test_a_json_body_gets_a_token_too(client, machine):
    answer = client.post(
        "/oauth2/token",
        json.dumps({"grant_type": "client_credentials"}),
        content_type="application/json",
        headers={"Authorization": machine[1]},
    )
    assert answer.status_code == 200
    assert answer.json()["access_token"]


@pytest.mark.parametrize("body", [b"[]", b"{", b"null", b"\xff"])
def test_an_unreadable_json_body_is_a_problem_document(client, machine, body):
    answer = client.post(
        "/oauth2/token", body, content_type="application/json", headers={"Authorization": machine[1]}
    )
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_a_wrong_secret_is_refused(client, machine):
    wrong = base64.b64encode(b"mesin-uji:salah").decode()
    answer = client.post(
        "/oauth2/token", {"grant_type": "client_credentials"}, headers={"Authorization": f"Basic {wrong}"}
    )
    assert answer.status_code == 401


def test_the_token_opens_the_api_and_a_forged_one_does_not(client, machine, peta_a):
    token = client.post(
        "/oauth2/token", {"grant_type": "client_credentials"}, headers={"Authorization": machine[1]}
    ).json()["access_token"]
    assert client.get("/api/v1/instansi", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    refused = client.get("/api/v1/instansi", headers={"Authorization": f"Bearer {token}x"})
    assert refused.status_code == 401
    assert refused.json()["status"] == 401
    assert refused["WWW-Authenticate"].startswith("Bearer")


def test_an_expired_token_is_401(client, machine):
    token = client.post(
        "/oauth2/token", {"grant_type": "client_credentials"}, headers={"Authorization": machine[1]}
    ).json()["access_token"]
    get_access_token_model().objects.update(expires=timezone.now())
    assert client.get("/api/v1/instansi", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_a_deactivated_machine_is_401(client, machine):
    token = client.post(
        "/oauth2/token", {"grant_type": "client_credentials"}, headers={"Authorization": machine[1]}
    ).json()["access_token"]
    Pengguna.objects.filter(username="mesin-uji").update(is_active=False)
    assert client.get("/api/v1/instansi", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_an_address_that_does_not_exist_is_a_problem_document(client, db):
    answer = client.get("/api/v1/tidak-ada")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_the_document_is_openapi_3_1_and_describes_problems(client, db):
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    operation = next(iter(next(iter(document["paths"].values())).values()))
    assert "application/problem+json" in operation["responses"]["401"]["content"]


def test_the_documentation_page_needs_nothing_from_outside(client, db):
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    assert b"cdn." not in page.content
    assert "script-src 'self'" in page["Content-Security-Policy"]


def test_an_unchanged_answer_is_304_and_large_ones_are_compressed(client, peta_a):
    client.force_login(make_persona("pemantau"))
    first = client.get("/api/v1/instansi")
    again = client.get("/api/v1/instansi", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    squeezed = client.get("/api/v1/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert squeezed["Content-Encoding"] == "gzip"


def test_every_schema_of_the_document_has_a_name_of_its_own(db):
    """Two classes of one name would silently describe each other's answers."""
    from django.utils.module_loading import import_string
    from ninja import Schema

    from petajabatan.interop.api import ROUTERS

    for _, router in ROUTERS:
        import_string(router)  # loads its schemas
    names: dict[str, str] = {}
    waiting = [Schema]
    while waiting:
        for found in waiting.pop().__subclasses__():
            waiting.append(found)
            place = found.__module__
            if place.startswith("petajabatan.") and ".tests." not in place:
                assert names.setdefault(found.__name__, place) == place, found.__name__
    assert len(names) > 100
