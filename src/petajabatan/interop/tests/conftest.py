"""A receiver on loopback that answers as told and remembers what it got; and a webhook pointing to it."""

from __future__ import annotations

import datetime as dt
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connection, transaction

from petajabatan.akun.queries import actor_of
from petajabatan.interop.services import create_webhook
from petajabatan.inti.dinding import scope_of
from petajabatan.testing import factories as make
from petajabatan.testing.personas import make_persona


@dataclass
class Penerima:
    """``jawaban``: statuses to give, one per request; then 200. ``diterima``: (path, headers, body)."""

    url: str = ""
    jawaban: list[int] = field(default_factory=list)
    diterima: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    kepala: dict[str, str] = field(default_factory=dict)

    @property
    def nomor(self) -> list[int]:
        """Numbers of all events that came, in the order they came."""
        return [e["nomor"] for _, _, body in self.diterima for e in json.loads(body)["isi"]]


@pytest.fixture
def penerima(settings):
    settings.WEBHOOK_LOKAL = True
    state = Penerima()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.diterima.append((self.path, dict(self.headers), body))
            self.send_response(state.jawaban.pop(0) if state.jawaban else 200)
            for name, value in state.kepala.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}/peta"
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture
def admin(db):
    return actor_of(make_persona("admin"))


@pytest.fixture
def langganan(admin, penerima, peta_a, peta_b):
    """A webhook of the admin's from the start of the feed, and its secret."""
    with scope_of(admin):
        return create_webhook(admin, "Aplikasi uji", penerima.url, sejak=0)


def tetapkan() -> None:
    """What a commit does to the feed, inside the transaction of a test (without one: nothing)."""
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def peta_a(peta_a):
    tetapkan()
    return peta_a


@pytest.fixture
def peta_b(peta_b):
    tetapkan()
    return peta_b


def publish(peta, n: int = 1) -> None:
    """n further versions of a map, one event each."""
    for _ in range(n):
        with transaction.atomic():
            make.make_version(peta.instansi, dt.date(2026, 1, 1))
        tetapkan()
