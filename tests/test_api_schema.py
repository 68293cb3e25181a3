"""The whole API against its own document: whatever is sent, answers stay within what it promises."""

from __future__ import annotations

import datetime as dt

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from hypothesis import HealthCheck, settings
from oauth2_provider.models import get_access_token_model, get_application_model
from schemathesis.checks import CHECKS

from petajabatan.akun.models import Pengguna, Peran

TOKEN = "token-uji-skema"


@pytest.fixture
def api_schema(peta_a, peta_b):
    user = Pengguna.objects.create_user("mesin-skema", nama="Mesin skema", mesin=True)
    Peran.objects.create(
        pengguna=user, peran="verifikator-bkn", lingkup="nasional", berlaku_dari="2020-01-01"
    )
    application = get_application_model().objects.create(
        name="skema", user=user, client_type="confidential", authorization_grant_type="client-credentials"
    )
    get_access_token_model().objects.create(
        application=application,
        token=TOKEN,
        expires=timezone.now() + dt.timedelta(hours=1),
        scope="referensi:baca peta:baca pegawai:baca",
    )
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


schema = schemathesis.pytest.from_fixture("api_schema")

# The token is judged in test_api_token; here every request carries a good one.
EXCLUDED = [CHECKS.get_by_names(["ignored_auth"])[0]] if hasattr(CHECKS, "get_by_names") else []


@schema.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_keeps_the_promise_of_the_document(case):
    case.call_and_validate(headers={"Authorization": f"Bearer {TOKEN}"}, excluded_checks=EXCLUDED)
