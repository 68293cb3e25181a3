"""Accounts, sessions and a machine's token for the benches on a nation."""

from __future__ import annotations

from typing import Any

TOKEN = "token-skala"


def person(name: str, peran: str, instansi: int | None = None, *, mesin: bool = False) -> Any:
    """The account of this name, made when it is missing, with one role."""
    from petajabatan.akun.models import Pengguna, Peran

    user = Pengguna.objects.filter(username=name).first()
    if user is None:
        user = Pengguna.objects.create_user(name, mesin=mesin)
    Peran.objects.get_or_create(
        pengguna=user, peran=peran, lingkup="instansi" if instansi else "nasional", instansi_id=instansi,
        defaults={"berlaku_dari": "2020-01-01"},
    )  # fmt: skip
    return user


def cookie(user: Any) -> dict[str, str]:
    """The cookie of a new session of an account."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return {settings.SESSION_COOKIE_NAME: str(session.session_key)}


def accounts(terbesar: int, n: int) -> tuple[list[dict[str, str]], dict[str, str]]:
    """Sessions of ``n`` readers of every map and of one operator of the largest instansi; a machine's token."""
    from django.utils import timezone
    from oauth2_provider.models import get_access_token_model, get_application_model

    machine = person("mesin-skala", "pemantau", mesin=True)
    application, _ = get_application_model().objects.get_or_create(
        name="skala", user=machine, client_type="confidential", authorization_grant_type="client-credentials"
    )
    get_access_token_model().objects.update_or_create(
        token=TOKEN,
        defaults={"application": application, "expires": timezone.now() + timezone.timedelta(hours=6),
                  "scope": "referensi:baca peta:baca"},
    )  # fmt: skip
    readers = [cookie(person(f"pembaca-{i}", "pemantau")) for i in range(n)]
    return readers, cookie(person(f"operator-{terbesar}", "instansi-operator-sotk", terbesar))
