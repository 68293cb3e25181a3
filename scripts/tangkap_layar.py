#!/usr/bin/env python3
"""Screenshots of every page, for the guide and for looking.

    scripts/tangkap_layar.py                    the pictures of the guide, into docs/gambar
    scripts/tangkap_layar.py --semua FOLDER     every page at 1440 and 390 px, light and dark, into FOLDER

Starts a server with the demo on a data folder of its own; ``--url`` uses one that is running (demo mode).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "peta-jabatan-demo"  # public, shown on the login page
KODE = "6413"

# name, account (None: signed out), address, what to do before the picture
PAGES: tuple[tuple[str, str | None, str, str], ...] = (
    ("masuk", None, "/akun/login/", ""),
    ("beranda", "operator", "/", ""),
    ("beranda-verifikator", "verifikator", "/", ""),
    ("beranda-pegawai", "pegawai", "/", ""),
    ("instansi", "verifikator", "/instansi/", ""),
    ("instansi-rinci", "operator", "/instansi/1/", ""),
    ("peta", "operator", f"/peta/{KODE}/", ""),
    ("peta-tabel", "operator", f"/peta/{KODE}/?tampilan=tabel", ""),
    ("peta-rekap", "operator", f"/peta/{KODE}/?tampilan=rekap", ""),
    ("peta-perbedaan", "operator", f"/peta/{KODE}/?tampilan=beda", ""),
    ("penjelasan", "operator", f"/peta/{KODE}/", "laci"),
    ("cari", "operator", "/", "cari"),
    ("cetak", "operator", f"/cetak/{KODE}/", ""),
    ("impor-unor", "operator", "/impor/unor/", ""),
    ("impor-pegawai", "operator", "/impor/pegawai/", ""),
    ("pekerjaan", "operator", "/pekerjaan/", ""),
    ("pegawai", "operator", "/pegawai/", ""),
    ("referensi", "operator", "/referensi/", ""),
    ("dasar-hukum", "operator", "/organisasi/", ""),
    ("akun", "admin", "/administrasi/akun/", ""),
    ("siapa-melihat-apa", "admin", "/administrasi/matriks/", ""),
    ("api", "operator", "/api/v1/docs", ""),
)
GUIDE = (
    "masuk", "beranda", "instansi", "peta", "peta-tabel", "peta-rekap", "peta-perbedaan", "penjelasan", "cari",
    "cetak", "impor-unor", "impor-pegawai", "pekerjaan", "pegawai", "referensi", "dasar-hukum", "akun",
)  # fmt: skip


@contextlib.contextmanager
def server(url: str | None) -> Iterator[str]:
    """A running server in demo mode: the one named, or one of our own."""
    if url:
        yield url.rstrip("/")
        return
    folder = Path(tempfile.mkdtemp(prefix="petajabatan-gambar-"))
    folder.chmod(0o755)
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "petajabatan", "serve", "--port", str(port)],
        env=os.environ | {"PETAJABATAN_DATA": str(folder / "data"), "PETAJABATAN_MODE": "demo"},
        stdout=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}"
    try:
        for _ in range(1200):
            with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                urllib.request.urlopen(f"{address}/sehat", timeout=5)
                break
            if process.poll() is not None:
                raise SystemExit("The server did not start.")
            time.sleep(0.2)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def sign_in(page: Any, address: str, account: str) -> None:
    page.goto(f"{address}/akun/login/")
    page.fill("input[name=login]", account)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/akun/login" not in url)


def act(page: Any, action: str) -> None:
    """Bring the page into the state that the picture is to show."""
    if action == "laci":
        page.locator("main [hx-target='#laci-isi']").first.click()
        page.wait_for_selector("#laci-isi >> text=/./")
    elif action == "cari":
        page.keyboard.press("Control+k")
        page.wait_for_timeout(300)
        page.keyboard.type("dinas pendidkan", delay=20)
    page.wait_for_timeout(700)


def capture(
    address: str,
    folder: Path,
    names: tuple[str, ...],
    sizes: tuple[tuple[int, int], ...],
    themes: tuple[str, ...],
) -> int:
    """Pictures of the named pages; returns how many pages did not answer 200."""
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    failed = 0
    folder.mkdir(parents=True, exist_ok=True)
    plain = len(sizes) == len(themes) == 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
        )
        for width, height in sizes:
            for theme in themes:
                sessions: dict[str | None, Any] = {}
                for name, account, path, action in PAGES:
                    if name not in names:
                        continue
                    if account not in sessions:
                        context = browser.new_context(
                            viewport={"width": width, "height": height}, color_scheme=theme, locale="id-ID"
                        )
                        sessions[account] = context.new_page()
                        if account:
                            sign_in(sessions[account], address, account)
                    page = sessions[account]
                    answer = page.goto(f"{address}{path}")
                    page.wait_for_load_state("networkidle")
                    if answer is None or answer.status != 200:
                        failed += 1
                        print(f"{name}: {answer and answer.status} {path}", file=sys.stderr)
                    act(page, action)
                    suffix = "" if plain else f"-{width}-{theme}"
                    page.screenshot(path=folder / f"{name}{suffix}.png")
                for page in sessions.values():
                    page.context.close()
        browser.close()
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--url", help="a running server in demo mode")
    parser.add_argument("--semua", type=Path, metavar="FOLDER", help="every page, both sizes and themes")
    options = parser.parse_args()
    with server(options.url) as address:
        if options.semua:
            names = tuple(page[0] for page in PAGES)
            return capture(address, options.semua, names, ((1440, 900), (390, 844)), ("light", "dark"))
        return capture(address, ROOT / "docs" / "gambar", GUIDE, ((1440, 900),), ("light",))


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
