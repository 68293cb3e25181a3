"""pytest plugin: one throw-away PostgreSQL for the run, or the server named by ``DATABASE_URL``.

Loaded with ``-p`` (see pyproject.toml) because the environment must stand before Django reads settings.
Tests run as the owner of the database; requests through the test client become the web roles, as they do
in production (see ``inti.dinding.scope_of``).
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import hypothesis
import pytest

from petajabatan.runtime import postgres
from petajabatan.runtime.data_dir import DataDir

_server: subprocess.Popen[bytes] | None = None


def _prepare() -> None:
    global _server
    os.environ["PETAJABATAN_MODE"] = "uji"
    os.environ["PETAJABATAN_DB"] = "pemilik"
    os.environ["PETAJABATAN_PG_UJI"] = "1"
    # The browser driver keeps an event loop in the main thread; our code stays synchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # the controller prepared everything
    folder = Path(tempfile.mkdtemp(prefix="petajabatan-uji-"))
    folder.chmod(0o755)
    os.environ["PETAJABATAN_DATA"] = str(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if os.environ.get("DATABASE_URL"):
        return
    data_dir = DataDir(folder)
    _server = postgres.start(data_dir, die_with_us=True)
    atexit.register(postgres.stop, _server)
    os.environ["DATABASE_URL"] = postgres.embedded_url(data_dir, web=False)


# Examples are judged by what they show, not by how busy the machine is that makes them.
hypothesis.settings.register_profile(
    "petajabatan", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("petajabatan")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    _prepare()


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Databases of tests begin anew, so what a process remembers of the last one must not speak."""
    from petajabatan.inti.simpanan import forget

    forget()


@pytest.fixture(autouse=True)
def _first_language() -> None:
    """A request of the test before may have left its language in the thread."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_guards(django_db_setup: None) -> None:
    """Transactional tests empty the database between runs; the product's triggers refuse that to everyone,
    so the flush alone runs with triggers off (needs a superuser, which the suite's owner is)."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    original = DatabaseOperations.execute_sql_flush

    def flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        # Cascading, because tables that only SQL knows (words of names) point at the models' tables.
        emptied = [sql.replace(";", " CASCADE;") if sql.startswith("TRUNCATE") else sql for sql in sql_list]
        guards = ("SET session_replication_role = replica", "SET session_replication_role = origin")
        original(self, [guards[0], *emptied, guards[1]])

    DatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign,assignment]
