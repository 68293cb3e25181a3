"""Machines: an application that reads the API by OAuth2 client credentials, with an account of its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from oauth2_provider.generators import generate_client_secret
from oauth2_provider.models import get_access_token_model, get_application_model

from petajabatan.akun.models import Pengguna
from petajabatan.akun.rules import roles_that_may
from petajabatan.akun.services import create_account
from petajabatan.inti.actor import Actor
from petajabatan.inti.audit import record
from petajabatan.inti.izin import require


@dataclass(frozen=True)
class KunciMesin:
    """What the application's owner keeps. The secret is shown once; only its hash is stored."""

    client_id: str
    client_secret: str
    pengguna: Pengguna


@transaction.atomic
def register_machine(actor: Actor, username: str, *, nama: str = "") -> KunciMesin:
    """A machine account without any grant yet, and its credentials.

    Raises PermissionDenied; Ditolak for a taken or malformed name.
    """
    require(actor, *roles_that_may("akun"))
    user = create_account(actor, username, nama=nama or username)
    Pengguna.objects.filter(pk=user.pk).update(mesin=True)
    secret = generate_client_secret()
    get_application_model().objects.create(
        name=username,
        user=user,
        client_id=username,
        client_secret=secret,
        client_type="confidential",
        authorization_grant_type="client-credentials",
    )
    record(actor, "buat", "mesin", {"id": user.pk})
    return KunciMesin(username, secret, user)


@transaction.atomic
def renew_secret(actor: Actor, user: Pengguna) -> KunciMesin:
    """A new secret; the old one and every token got with it stop at once.

    Raises PermissionDenied, and LookupError for an account that is no machine.
    """
    require(actor, *roles_that_may("akun"))
    application = get_application_model().objects.filter(user=user, client_id=user.username).first()
    if application is None:
        raise LookupError(f"{user.username} is not a machine")
    secret = generate_client_secret()
    application.client_secret = secret
    application.save(update_fields=["client_secret"])
    get_access_token_model().objects.filter(application=application, expires__gt=timezone.now()).update(
        expires=timezone.now()
    )
    record(actor, "ganti-rahasia", "mesin", {"id": user.pk})
    return KunciMesin(application.client_id, secret, user)
