"""The real server with the demo, and a real browser, for tests that walk the product as people do."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)
DEMO_PASSWORD = "peta-jabatan-demo"
START_SECONDS = 240


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@dataclass
class Situs:
    """A running server of the product: its address, data folder and process."""

    url: str
    data: Path
    proses: subprocess.Popen
    catatan: Path

    def stop(self) -> int:
        self.proses.send_signal(signal.SIGINT)
        return self.proses.wait(60)


def start_situs(data: Path, *arguments: str, **env: str) -> Situs:
    """Start ``petajabatan serve`` on a free port and wait until it is healthy."""
    port = free_port()
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in ("DATABASE_URL", "DATABASE_WEB_URL", "PETAJABATAN_DB", "DJANGO_SETTINGS_MODULE")
    } | {"PETAJABATAN_DATA": str(data), "PETAJABATAN_MODE": "demo", "PETAJABATAN_PG_UJI": "1", **env}
    log = data.parent / f"{data.name}-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "petajabatan", "serve", "--port", str(port), *arguments],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    situs = Situs(f"http://localhost:{port}", data, process, log)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text(errors="replace")[-4000:]
        try:
            if httpx.get(f"{situs.url}/sehat", timeout=5).status_code == 200:
                return situs
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    situs.stop()
    raise AssertionError(log.read_text(errors="replace")[-4000:])


@pytest.fixture(scope="session")
def situs() -> Iterator[Situs]:
    """One server with the demo for all browser tests of the run."""
    folder = Path(tempfile.mkdtemp(prefix="petajabatan-situs-"))
    folder.chmod(0o755)
    data = folder / "data"
    running = start_situs(data)
    yield running
    running.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def peramban():
    """Headless Chromium of the system."""
    if CHROMIUM is None:
        pytest.fail("No Chromium found; `make test` installs it (apt-get install chromium).")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-quic",
            ],
        )  # fmt: skip
        yield browser
        browser.close()


@dataclass
class Halaman:
    """A browser page that remembers what went wrong in its console."""

    page: object
    situs: Situs
    galat: list[str] = field(default_factory=list)

    def masuk(self, akun: str, sandi: str = DEMO_PASSWORD) -> None:
        page = self.page
        page.goto(f"{self.situs.url}/akun/login/")
        page.fill("input[name=login]", akun)
        page.fill("input[name=password]", sandi)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/akun/login" not in url)

    def buka(self, path: str) -> None:
        answer = self.page.goto(f"{self.situs.url}{path}")
        assert answer is not None and answer.status < 400, f"{path}: {answer and answer.status}"

    def tanpa_galat(self) -> None:
        assert self.galat == [], self.galat


@pytest.fixture
def buat_halaman(situs):
    """Makes a ``Halaman`` of any browser page."""

    def make(page) -> Halaman:
        current = Halaman(page, situs)
        page.on("console", lambda m: current.galat.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: current.galat.append(str(e)))
        return current

    return make


@pytest.fixture
def halaman(peramban, buat_halaman):
    """A fresh desktop page (1440 px); fails nothing by itself, call ``tanpa_galat`` at the end."""
    context = peramban.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID")
    page = context.new_page()
    yield buat_halaman(page)
    context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test of a real server shows what that server had to say."""
    report = yield
    if report.failed:
        for name, value in getattr(item, "funcargs", {}).items():
            if isinstance(value, Situs):
                for log in (value.catatan, *sorted((value.data / "log").glob("*.log"))):
                    if log.exists():
                        text = log.read_text(errors="replace")[-3000:]
                        report.sections.append((f"{name}: {log.name}", text))
    return report


def pytest_collection_modifyitems(items):
    """Tests of the demo's server and of the browser share one worker, so that one of each serves them; those
    that start servers of their own share another one."""
    for item in items:
        if item.get_closest_marker("browser") or "situs" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group("situs"))
        elif item.get_closest_marker("server"):
            item.add_marker(pytest.mark.xdist_group("peladen"))
