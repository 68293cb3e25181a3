"""Secrets of webhooks: made here, shown once, stored encrypted with a key of the installation."""

from __future__ import annotations

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def _box() -> Fernet:
    key = hashlib.sha256(b"petajabatan webhook\x00" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def new_secret() -> str:
    """256 random bits behind a prefix that secret scanners can recognise."""
    return "peta_wh_" + secrets.token_urlsafe(32)


def encrypt(rahasia: str) -> str:
    return _box().encrypt(rahasia.encode()).decode()


def decrypt(tersandi: str) -> str | None:
    """The secret; None when the installation's key is no longer the one it was stored with."""
    try:
        return _box().decrypt(tersandi.encode()).decode()
    except InvalidToken:
        return None
