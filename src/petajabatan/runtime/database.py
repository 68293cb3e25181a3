"""From DATABASE_URL and the data folder to Django's database settings."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from petajabatan.runtime.data_dir import DataDir
from petajabatan.runtime.postgres import embedded_url

OWNER, WEB = "pemilik", "web"


def database_url(data_dir: DataDir, which: str) -> str:
    """The connection of the owner (migrations) or of the web role, which owns nothing."""
    if which == WEB:
        given = os.environ.get("DATABASE_WEB_URL")
        if given:
            return given
    owner = os.environ.get("DATABASE_URL") or None
    if owner is None:
        return embedded_url(data_dir, web=which == WEB)
    if which == OWNER:
        return owner
    parts = urlsplit(owner)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"petajabatan_web:{data_dir.secrets()['db_web']}@{host}").geturl()


def parse_url(url: str) -> dict[str, Any]:
    """``postgresql://user:password@host:port/name?host=/socket/dir`` as Django settings."""
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "petajabatan",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "") or ""),
    }


def database_settings(data_dir: DataDir) -> dict[str, Any]:
    which = os.environ.get("PETAJABATAN_DB", WEB)
    settings = parse_url(database_url(data_dir, which))
    options: dict[str, Any] = {"application_name": f"petajabatan-{which}"}
    if os.environ.get("PETAJABATAN_POOL"):
        options["pool"] = {"min_size": 1, "max_size": int(os.environ["PETAJABATAN_POOL"]), "timeout": 20}
    else:
        settings["CONN_MAX_AGE"] = 600
        settings["CONN_HEALTH_CHECKS"] = True  # the server may have been restarted meanwhile
    return settings | {"OPTIONS": options}
