"""``/sehat``: is this installation alive? Answers without session or scope, even without a database."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from petajabatan import __version__

PEKERJA_MATI = 20.0
"""Seconds without a heartbeat after which no worker counts as alive."""


class SehatMiddleware:
    """Answers ``/sehat`` before everything that needs a session or a database scope."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info != "/sehat":
            return self.get_response(request)
        isi = health()
        response = JsonResponse(isi, status=200 if isi["basis_data"]["siap"] else 503)
        response["Cache-Control"] = "no-store"
        return response


def health() -> dict[str, Any]:
    """Version, database, worker, queue. ``status`` is ``baik``, ``terganggu`` (no worker) or ``mati``."""
    isi: dict[str, Any] = {"status": "mati", "versi": __version__, "basis_data": {"siap": False}}
    start = time.perf_counter()
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version'),"
                " (SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers),"
                " (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo')"
            )
            version, age, waiting = cursor.fetchone()
    except DatabaseError as error:
        isi["basis_data"]["galat"] = type(error).__name__
        connection.close_if_unusable_or_obsolete()
        return isi
    alive = age is not None and float(age) < PEKERJA_MATI
    isi["basis_data"] = {
        "siap": True,
        "versi": version.split()[0],
        "milidetik": round((time.perf_counter() - start) * 1000, 1),
    }
    isi["pekerja"] = {"hidup": alive, "detak_detik_lalu": None if age is None else round(float(age), 1)}
    isi["antrean"] = waiting
    isi["status"] = "baik" if alive else "terganggu"
    return isi
