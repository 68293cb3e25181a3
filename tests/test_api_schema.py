"""The whole API against its own document: whatever is sent, answers stay within what it promises."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
import schemathesis
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of
from oauth2_provider.models import get_access_token_model, get_application_model
from schemathesis.specs.openapi.checks import positive_data_acceptance

from petajabatan.akun.models import Pengguna, Peran
from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.usulan.rules.alur import JUDUL
from petajabatan.usulan.rules.operasi import UbahK
from petajabatan.usulan.services import add_operations, create_usulan

TOKEN = "token-uji-skema"


@pytest.fixture
def api_schema(transactional_db, live_server, peta_a, peta_b):
    user = Pengguna.objects.create_user("mesin-skema", nama="Mesin skema", mesin=True)
    Peran.objects.create(
        pengguna=user, peran="verifikator-bkn", lingkup="nasional", berlaku_dari="2020-01-01"
    )
    for peran in ("instansi-operator-sotk", "instansi-penetapan-sotk"):
        Peran.objects.create(
            pengguna=user,
            peran=peran,
            lingkup="instansi",
            instansi_id=peta_a.instansi.pk,
            berlaku_dari="2020-01-01",
        )
    application = get_application_model().objects.create(
        name="skema", user=user, client_type="confidential", authorization_grant_type="client-credentials"
    )
    get_access_token_model().objects.create(
        application=application,
        token=TOKEN,
        expires=timezone.now() + dt.timedelta(hours=1),
        scope="referensi:baca peta:baca pegawai:baca webhook:kelola usulan:baca usulan:tulis usulan:tetapkan",
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

        @settings_of(
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
    assert len(operations(api_schema)) > 45
    assert broken == {}, "\n\n".join(f"{name}\n{text}" for name, text in broken.items())


def test_changes_of_a_real_draft_survive_whatever_is_sent(api_schema, peta_a, settings, tmp_path):
    """Ids that exist, keys that are fresh, the last thing seen: nothing but what is sent can be wrong."""
    settings.BERKAS_ROOT = tmp_path / "berkas"
    real = {"unor_id": [peta_a.akar.pk, peta_a.dinas.pk, peta_a.bidang.pk], "posisi_id": [peta_a.staf.pk]}
    real["instansi"] = [peta_a.instansi.kode_cepat]
    real["atasan_id"] = real["menjadi"] = real["unor_id"]
    broken, seen = {}, {}
    for operation in operations(api_schema):
        if "/usulan" not in operation.path:
            continue
        actor = sistem("uji")
        with scope_of(actor):
            usulan = create_usulan(actor, peta_a.instansi.pk, judul="Uji skema")
            add_operations(actor, usulan.pk, [UbahK(posisi_id=peta_a.staf.pk, k=6)])
        try:
            _never_breaks(operation, usulan.pk, real, seen.setdefault(operation.path, set()))()
        except (Exception, BaseExceptionGroup) as failure:
            broken[f"{operation.method.upper()} {operation.path}"] = repr(
                getattr(failure, "exceptions", failure)
            )
    assert broken == {}, "\n\n".join(f"{name}\n{text}" for name, text in broken.items())
    for path in ("/usulan", "/usulan/{usulan_id}/operasi", "/usulan/{usulan_id}/komentar"):
        assert {200, 201} <= seen[f"/api/v1{path}"], (path, seen)


def _never_breaks(operation, usulan_id, real, seen):
    numbers = itertools.count(1)

    @settings_of(
        max_examples=20 if operation.path.endswith("/operasi") else 10,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def answers_as_promised(case):
        n = next(numbers)
        if "usulan_id" in (case.path_parameters or {}):
            case.path_parameters["usulan_id"] = usulan_id
        if "tindakan" in (case.path_parameters or {}):
            case.path_parameters["tindakan"] = list(JUDUL)[n % len(JUDUL)]
        _point_at(case.body, real, n)
        if n == 1 and operation.path.endswith("/operasi"):  # few kinds fit the small map: one that does
            case.body = {"operasi": [{"jenis": "ubah-k", "posisi_id": real["posisi_id"][0], "k": 7}]}
        key = f"{operation.method}-{operation.path}-{n}"
        headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": key, "If-Match": "*"}
        answer = case.call(headers=headers)
        seen.add(answer.status_code)
        case.validate_response(answer, headers=headers, excluded_checks=[positive_data_acceptance])

    return answers_as_promised


def _point_at(value, real, n):
    """Every second id in a generated body becomes one that exists."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name in real and type(item) is type(real[name][0]) and n % 2:
                value[name] = real[name][n // 2 % len(real[name])]
            else:
                _point_at(item, real, n)
    elif isinstance(value, list):
        for item in value:
            _point_at(item, real, n)
