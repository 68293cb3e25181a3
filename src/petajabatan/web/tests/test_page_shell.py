"""The frame of every page."""

from __future__ import annotations

import pytest

from petajabatan.testing.personas import PERSONAS, make_persona


@pytest.mark.django_db
@pytest.mark.parametrize("name", PERSONAS)
def test_everybody_gets_a_home_page(client, peta_a, name):
    client.force_login(make_persona(name, instansi_id=peta_a.instansi.id))
    answer = client.get("/")
    assert answer.status_code == 200
    assert "<h1>" in answer.content.decode()
