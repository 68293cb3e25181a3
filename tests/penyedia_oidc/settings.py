"""The product's settings plus an OIDC issuer (Keycloak's role in production)."""

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from petajabatan.config.settings import *  # noqa: F403
from petajabatan.config.settings import OAUTH2_PROVIDER as _BASE

ROOT_URLCONF = "penyedia_oidc.urls"
_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OAUTH2_PROVIDER = {
    **_BASE,
    "OIDC_ENABLED": True,
    "OIDC_RSA_PRIVATE_KEY": _key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode(),
    "OAUTH2_VALIDATOR_CLASS": "penyedia_oidc.validator.Validator",
    "SCOPES": {**_BASE["SCOPES"], "openid": "OpenID Connect", "profile": "profil", "email": "surel"},
    "PKCE_REQUIRED": False,
}
