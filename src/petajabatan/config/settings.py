"""Settings; everything that differs between installations comes from the environment.

``PETAJABATAN_MODE``      demo (default) | produksi | uji
``PETAJABATAN_DATA``      data folder (documents, logs, embedded database)
``DATABASE_URL``          owner connection of a PostgreSQL 15+; absent: the embedded server
``DATABASE_WEB_URL``      connection of the web role ``petajabatan_web``
``PETAJABATAN_DB``        web (default) | pemilik: which of the two this process uses
"""

from __future__ import annotations

import os
from pathlib import Path

from petajabatan.runtime.data_dir import DataDir
from petajabatan.runtime.database import database_settings

PACKAGE_DIR = Path(__file__).resolve().parent.parent
MODE = os.environ.get("PETAJABATAN_MODE", "demo")
DEMO = MODE == "demo"
TESTING = MODE == "uji"
PRODUCTION = MODE == "produksi"
DEBUG = False

DATA_DIR = DataDir.from_env()
# A web process that is handed these by its supervisor never opens the file of secrets.
SECRET_KEY = os.environ.get("SECRET_KEY") or DATA_DIR.secrets()["django"]
CAKUPAN_KEY = os.environ.get("PETAJABATAN_KUNCI_CAKUPAN") or DATA_DIR.secrets()["cakupan"]
BERKAS_ROOT = DATA_DIR.berkas

ALLOWED_HOSTS = os.environ.get("PETAJABATAN_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("PETAJABATAN_ORIGINS", "").split(",") if o]
SITE_ID = 1

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "oauth2_provider",
    "procrastinate.contrib.django",
    "django_cotton",
    "django_htmx",
    "ninja",
    "petajabatan.inti",
    "petajabatan.akun",
    "petajabatan.referensi",
    "petajabatan.organisasi",
    "petajabatan.jabatan",
    "petajabatan.pegawai",
    "petajabatan.usulan",
    "petajabatan.anjab",
    "petajabatan.interop",
    "petajabatan.web",
    "petajabatan.simulasi",
]

MIDDLEWARE = [
    "petajabatan.inti.middleware.RequestIdMiddleware",
    "petajabatan.inti.sehat.SehatMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "petajabatan.interop.middleware.ApiMiddleware",
    "petajabatan.akun.middleware.ActorMiddleware",
]

ROOT_URLCONF = "petajabatan.config.urls"
WSGI_APPLICATION = "petajabatan.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "petajabatan.web.context.shell",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "petajabatan.web.templatetags.format",
            ],
        },
    }
]
# Our own templates come before those of allauth.
TEMPLATES[0]["DIRS"] = [PACKAGE_DIR / "web" / "templates"]

DATABASES = {"default": database_settings(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "akun.Pengguna"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "petajabatan.akun.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "petajabatan.akun.adapter.SocialAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {} if TESTING else {"login_failed": "10/m/ip,5/5m/key"}
# Verification pages of decisions, which need no account; per address.
KEPUTUSAN_BATAS = os.environ.get("PETAJABATAN_KEPUTUSAN_BATAS", "60/m/ip")
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
# One OpenID Connect issuer (Keycloak and the like), switched on by configuration alone.
OIDC_ISSUER = os.environ.get("PETAJABATAN_OIDC_ISSUER", "")
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": os.environ.get("PETAJABATAN_OIDC_NAMA", "SSO"),
                    "client_id": os.environ.get("PETAJABATAN_OIDC_CLIENT_ID", "petajabatan"),
                    "secret": os.environ.get("PETAJABATAN_OIDC_SECRET", ""),
                    "settings": {"server_url": OIDC_ISSUER},
                }
            ]
        }
    }
    if OIDC_ISSUER
    else {}
)

OAUTH2_PROVIDER = {
    "SCOPES": {
        "referensi:baca": "Membaca data referensi",
        "peta:baca": "Membaca peta jabatan yang berlaku",
        "pegawai:baca": "Membaca data pegawai dalam cakupan",
        "webhook:kelola": "Mengelola webhook milik aplikasi ini",
        "usulan:baca": "Membaca usulan dan draf peta dalam cakupan",
        "usulan:tulis": "Menyusun dan mengajukan usulan",
        "usulan:tetapkan": "Menandatangani, menyetujui, menolak, dan menetapkan usulan",
    },
    "DEFAULT_SCOPES": ["referensi:baca", "peta:baca"],
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
}

# Shared by all web processes, so that the login throttle counts every attempt; with room for what is kept
# of every instansi.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_bersama",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_FAILURE_VIEW = "petajabatan.web.views.galat.csrf"
SECURE_SSL_REDIRECT = PRODUCTION and os.environ.get("PETAJABATAN_TLS", "1") == "1"
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE_DIR / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
# Numbers for people go through the filter "angka"; a bare {{ id }} must stay a plain number.
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE_DIR / "web" / "static"]
STATIC_ROOT = Path(os.environ.get("PETAJABATAN_STATIC", str(DATA_DIR.root / "static")))
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# Bodies of API requests: JSON, and forms with a file (a document of 20 MB and its frame).
API_JSON_MAKS = 5 * 1024 * 1024
API_UNGGAH_MAKS = 21 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a form of posts to copy has a field per post
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A nation of people fits in one file; what is larger comes through the command line.
UPLOAD_MAX_BYTES = int(os.environ.get("PETAJABATAN_UNGGAH_MAKS", str(200 * 1024 * 1024)))

# E-mail: printed by demo and tests; in production through the server named here, or none at all.
SMTP_HOST = os.environ.get("PETAJABATAN_SMTP_HOST", "")
SMTP_TLS = os.environ.get("PETAJABATAN_SMTP_TLS", "starttls")
SUREL_DIKIRIM = bool(SMTP_HOST) or not PRODUCTION
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if SMTP_HOST else 'console'}.EmailBackend"
EMAIL_HOST = SMTP_HOST or "localhost"
EMAIL_PORT = int(os.environ.get("PETAJABATAN_SMTP_PORT", "465" if SMTP_TLS == "ssl" else "587"))
EMAIL_HOST_USER = os.environ.get("PETAJABATAN_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PETAJABATAN_SMTP_SANDI", "")
EMAIL_USE_TLS = SMTP_TLS == "starttls"
EMAIL_USE_SSL = SMTP_TLS == "ssl"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("PETAJABATAN_SUREL_DARI", "Peta Jabatan <peta-jabatan@localhost>")
# Webhooks to this machine, by plain HTTP: for trying things out, never in production.
WEBHOOK_LOKAL = not PRODUCTION and os.environ.get("PETAJABATAN_WEBHOOK_LOKAL") == "1"
# Where links in e-mail lead.
ALAMAT_SITUS = (
    os.environ.get("PETAJABATAN_ALAMAT") or (CSRF_TRUSTED_ORIGINS or ["http://localhost:8000"])[0]
).rstrip("/")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"baris": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "baris"}},
    "root": {"handlers": ["console"], "level": os.environ.get("PETAJABATAN_LOG", "WARNING")},
}
SILENCED_SYSTEM_CHECKS = ["models.W042"]
