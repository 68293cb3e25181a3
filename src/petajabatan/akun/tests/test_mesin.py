"""Machines: credentials that work once given, and stop when renewed."""

from __future__ import annotations

import base64

import pytest
from django.core.exceptions import PermissionDenied

from petajabatan.akun.mesin import register_machine, renew_secret
from petajabatan.akun.queries import actor_of
from petajabatan.inti.actor import sistem
from petajabatan.testing.personas import make_persona


def token(client, key) -> int:
    basic = base64.b64encode(f"{key.client_id}:{key.client_secret}".encode()).decode()
    return client.post(
        "/oauth2/token", {"grant_type": "client_credentials"}, headers={"Authorization": f"Basic {basic}"}
    ).status_code


def test_a_registered_machine_gets_tokens_until_its_secret_is_renewed(client, db):
    old = register_machine(sistem("uji"), "simpeg-uji")
    assert token(client, old) == 200
    new = renew_secret(sistem("uji"), old.pengguna)
    assert token(client, old) == 401
    assert token(client, new) == 200


def test_a_machine_cannot_sign_in_to_the_pages(client, db):
    key = register_machine(sistem("uji"), "simpeg-uji")
    assert not client.login(username="simpeg-uji", password=key.client_secret)


def test_an_operator_registers_no_machine(db, peta_a):
    actor = actor_of(make_persona("operator", instansi_id=peta_a.instansi.id))
    with pytest.raises(PermissionDenied):
        register_machine(actor, "simpeg-uji")
