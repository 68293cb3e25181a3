"""The small map of the usulan tests, seen through the editing page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from petajabatan.akun.models import Pengguna
from petajabatan.inti.jam import today
from petajabatan.testing.personas import make_persona
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.services import create_usulan
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.conftest import peta as _peta

peta = _peta


@dataclass
class Layar:
    """The page of one draft as one person uses it."""

    client: Client
    usulan: Usulan
    peta: Peta
    pengguna: Pengguna

    @property
    def dasar(self) -> str:
        return f"/usulan/{self.usulan.pk}/peta/"

    def get(self, path: str = "", **query: Any) -> Any:
        return self.client.get(self.dasar + path, query)

    def data(self, path: str, **query: Any) -> dict[str, Any]:
        answer = self.get(path, **query)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.json()

    def post(self, path: str, body: Any) -> Any:
        return self.client.post(
            f"/usulan/{self.usulan.pk}/{path}", json.dumps(body), content_type="application/json"
        )

    def ubah(self, *operasi: dict[str, Any], **more: Any) -> dict[str, Any]:
        answer = self.post("operasi", {"operasi": operasi} | more)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()


@pytest.fixture
def layar(client: Client, peta: Peta) -> Layar:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hitung_bezetting(%s, %s)", [peta.instansi.pk, today()])
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Penataan bidang")
    user = Pengguna.objects.get(pk=peta.operator.id)
    client.force_login(user)
    return Layar(client, usulan, peta, user)


def persona(name: str, instansi_id: int) -> Pengguna:
    """The persona of the map's fixture, or a new one."""
    return Pengguna.objects.filter(username=name).first() or make_persona(name, instansi_id=instansi_id)
