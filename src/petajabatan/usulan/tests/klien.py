"""Clients of the API for tests: people with their session, machines with a token."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from typing import Any

from django.test import Client
from django.utils import timezone
from oauth2_provider.models import get_access_token_model, get_application_model

from petajabatan.akun.models import Pengguna, Peran
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules.operasi import UbahK
from petajabatan.usulan.services import add_operations, create_usulan
from petajabatan.usulan.tests.conftest import Peta

SEMUA = "usulan:baca usulan:tulis usulan:tetapkan pegawai:baca"
_n = itertools.count(1)


class Klien:
    """Speaks JSON with ``/api/v1``; a machine's changes get a fresh key and ``If-Match: *`` unless told
    otherwise (None: leave the header out)."""

    def __init__(self, user: Pengguna | None = None, token: str | None = None) -> None:
        self.client = Client()
        self.token = token
        if user is not None:
            self.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        expect: int | None = None,
        kunci: str | None = "",
        cocok: str | None = "*",
        raw: bytes | None = None,
        **params: Any,
    ) -> Any:
        headers = {}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if method != "GET":
            if kunci == "" and self.token:
                kunci = f"kunci-{next(_n)}"
            if kunci:
                headers["Idempotency-Key"] = kunci
            if cocok:
                headers["If-Match"] = cocok
        content = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        answer = self.client.generic(
            method,
            f"/api/v1{path}",
            content,
            content_type="application/json",
            headers=headers,
            query_params=params or None,
        )
        if expect is not None:
            assert answer.status_code == expect, (answer.status_code, answer.content[:2000])
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json"
        return answer

    def upload(self, path: str, **form: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        kunci = form.pop("kunci", f"kunci-{next(_n)}")
        return self.client.post(f"/api/v1{path}", form, headers=headers | {"Idempotency-Key": kunci})


def person(username: str) -> Klien:
    return Klien(Pengguna.objects.get(username=username))


def machine(scope: str = SEMUA, *grants: tuple[str, str, int | None]) -> Klien:
    """A machine with grants (role, scope, instansi) and a token of these scopes."""
    n = next(_n)
    user = Pengguna.objects.create_user(f"mesin-{n}", nama=f"Mesin {n}", mesin=True)
    for peran, lingkup, instansi_id in grants:
        Peran.objects.create(
            pengguna=user, peran=peran, lingkup=lingkup, instansi_id=instansi_id, berlaku_dari="2020-01-01"
        )
    return token_for(user, scope)


def token_for(user: Pengguna, scope: str) -> Klien:
    n = next(_n)
    application = get_application_model().objects.create(
        name=f"uji-{n}",
        client_id=f"uji-{n}",
        user=user,
        client_type="confidential",
        authorization_grant_type="client-credentials",
    )
    get_access_token_model().objects.create(
        application=application,
        token=f"token-{n}",
        expires=timezone.now() + dt.timedelta(hours=1),
        scope=scope,
    )
    return Klien(token=f"token-{n}")


def operator_machine(peta: Peta, scope: str = SEMUA) -> Klien:
    return machine(scope, ("instansi-operator-sotk", "instansi", peta.instansi.pk))


def draft(peta: Peta, *, operasi: int = 1, **values: Any) -> Usulan:
    """A draft of the map that changes the need of a box."""
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Penataan bidang", **values)
    for n in range(operasi):
        add_operations(peta.operator, usulan.pk, [UbahK(posisi_id=peta.kotak.pk, k=4 + n, sumber="abk")])
    usulan.refresh_from_db()
    return usulan
