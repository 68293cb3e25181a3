"""The whole API against its own document: whatever is sent, answers stay within what it promises."""

from __future__ import annotations

import datetime as dt

import pytest
import schemathesis
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from oauth2_provider.models import get_access_token_model, get_application_model
from schemathesis.specs.openapi.checks import positive_data_acceptance

from petajabatan.akun.models import Pengguna, Peran

TOKEN = "token-uji-skema"


@pytest.fixture
def api_schema(transactional_db, live_server, peta_a, peta_b):
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
        scope="referensi:baca peta:baca pegawai:baca webhook:kelola",
    )
    return schemathesis.openapi.from_url(f"{live_server.url}/api/v1/openapi.json")


def operations(schema):
    return [result.ok() for result in schema.get_all_operations()]


def test_every_answer_keeps_the_promise_of_the_document(api_schema):
    """Each operation with good and with broken values; one report for all of them.

    Cursors are opaque and versions must exist, so a value may fit the schema and still be refused.
    """
    broken = {}
    for operation in operations(api_schema):

        @settings(
            max_examples=10,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def answers_as_promised(case):
            case.call_and_validate(
                headers={"Authorization": f"Bearer {TOKEN}"}, excluded_checks=[positive_data_acceptance]
            )

        try:
            answers_as_promised()
        except (Exception, BaseExceptionGroup) as failure:
            broken[f"{operation.method.upper()} {operation.path}"] = repr(
                getattr(failure, "exceptions", failure)
            )
    assert len(operations(api_schema)) > 15
    assert broken == {}, "\n\n".join(f"{name}\n{text}" for name, text in broken.items())
