#!/usr/bin/env python3
"""Screenshots of every page, for the guide and for looking.

    scripts/tangkap_layar.py                    the pictures of the guide, into docs/gambar
    scripts/tangkap_layar.py --hanya peta cari  only these two
    scripts/tangkap_layar.py --hanya usulan     all of the chapters on usulan (anjab: on what posts are)
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
from types import ModuleType
from typing import Any

import gambar_anjab
import gambar_usulan

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "peta-jabatan-demo"  # public, shown on the login page
KODE = "6413"

DINAS = "Dinas Komunikasi dan Informatika"
BESAR = "Dinas Kesehatan"

# name, account (None: signed out), address, what to do before the picture. In addresses {instansi} is the id
# of the instansi, {unor:NAME} the id of a unit, {36:NAME} the same as ?buka= writes it.
PAGES: tuple[tuple[str, str | None, str, str], ...] = (
    ("masuk", None, "/akun/login/", ""),
    ("beranda", "operator", "/", ""),
    ("beranda-verifikator", "verifikator", "/", ""),
    ("beranda-pegawai", "pegawai", "/", ""),
    ("instansi", "verifikator", "/instansi/", ""),
    ("instansi-rinci", "operator", "/instansi/{instansi}/", ""),
    ("peta", "operator", f"/peta/{KODE}/?fokus={{unor:{DINAS}}}&rincian=tabel&buka=*{{36:{DINAS}}}", "dekat"),
    ("peta-bagan", "operator", f"/peta/{KODE}/", "bagan"),
    ("peta-unit", "operator", f"/peta/{KODE}/?pilih=u{{unor:{DINAS}}}", "unit"),
    (
        "peta-tabel",
        "operator",
        f"/peta/{KODE}/?lihat=tabel&buka=*{{36:{DINAS}}}&fokus={{unor:{DINAS}}}",
        "tabel",
    ),
    ("peta-rekap", "operator", f"/peta/{KODE}/?lihat=rekap", ""),
    ("peta-perbedaan", "operator", f"/peta/{KODE}/?lihat=beda", ""),
    ("penjelasan", "operator", f"/peta/{KODE}/", "angka"),
    ("cari", "operator", "/", "cari"),
    ("cetak", "operator", f"/cetak/{KODE}/", "cetak"),
    ("impor-unor", "operator", "/impor/unor/", ""),
    ("impor-unor-temuan", "operator", "/impor/unor/", "unggah ref-unor-rembang-salah.json"),
    ("impor-unor-siap", "operator", "/impor/unor/", "unggah unor-rembang-perubahan.csv"),
    ("impor-pegawai", "operator", "/impor/pegawai/", ""),
    ("impor-pegawai-temuan", "operator", "/impor/pegawai/", "unggah export-asn-rembang-cacat.csv"),
    ("pekerjaan", "operator", "/pekerjaan/", ""),
    ("pegawai", "operator", "/pegawai/instansi/{instansi}/", ""),
    ("pegawai-rinci", "operator", "/pegawai/instansi/{instansi}/", "orang"),
    ("referensi", "operator", "/referensi/", ""),
    ("dasar-hukum", "operator", "/organisasi/instansi/{instansi}/dasar-hukum/", ""),
    ("akun", "admin", "/administrasi/akun/", ""),
    ("akun-tambah", "admin", "/administrasi/akun/tambah/", ""),
    ("siapa-melihat-apa", "admin", "/administrasi/matriks/", ""),
    ("api", "operator", "/api/v1/docs", ""),
)
GUIDE = (
    "masuk", "beranda", "peta", "peta-bagan", "peta-unit", "peta-tabel", "peta-rekap", "peta-perbedaan",
    "penjelasan", "cari", "cetak", "impor-unor", "impor-unor-temuan", "impor-unor-siap", "impor-pegawai",
    "impor-pegawai-temuan", "pekerjaan", "pegawai", "pegawai-rinci", "referensi", "dasar-hukum", "akun",
    "siapa-melihat-apa",
)  # fmt: skip
GUIDE_PHONE = ("beranda", "peta-bagan")
"""Taken once more at 390 px, with the prefix ``hp-``."""


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


def base36(number: int) -> str:
    """As ``?buka=`` of the map writes ids."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"


def ids_of(page: Any, address: str) -> dict[str, str]:
    """What stands for the placeholders of PAGES on this server; needs an operator's page."""
    page.goto(address)
    link = page.locator("a[href^='/organisasi/instansi/']").first.get_attribute("href")
    found = {"{instansi}": link.split("/")[3]}
    for name in (DINAS, BESAR):
        answer = page.context.request.get(f"{address}/peta/{KODE}/cari", params={"q": name}).json()
        number = next(h["id"] for h in answer["hasil"] if h["jenis"] == "unor" and h["nama"] == name)
        found[f"{{unor:{name}}}"] = str(number)
        found[f"{{36:{name}}}"] = base36(number)
    return found


def samples() -> Path:
    """The demo's import files, in a folder of their own."""
    folder = Path(tempfile.mkdtemp(prefix="petajabatan-contoh-"))
    folder.chmod(0o755)
    subprocess.run(
        [sys.executable, "-m", "petajabatan", "demo", "--contoh", str(folder)],
        env=os.environ | {"PETAJABATAN_DATA": str(folder / "data"), "PETAJABATAN_MODE": "demo"},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return folder


def wait_for_map(page: Any) -> None:
    """The chart has its rows; then its tiles are painted within some frames."""
    page.wait_for_selector("#peta[data-siap]")
    if page.locator("canvas[data-bagan]").is_visible():
        page.wait_for_function("document.getElementById('peta').peta.visible() > 0")
    page.wait_for_timeout(1200)


def act(page: Any, action: str, files: Path) -> None:
    """Bring the page into the state that the picture is to show, and wait until it shows it."""
    if action in ("bagan", "dekat", "unit", "angka", "tabel"):
        wait_for_map(page)
    if action == "dekat":
        box = page.locator("canvas[data-bagan]").bounding_box()
        page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 2)
        page.mouse.wheel(0, -100)
        page.mouse.move(box["x"] + 5, box["y"] + box["height"] - 5)
        page.wait_for_timeout(1500)
    elif action == "unit":
        page.locator("[data-pohon] [tabindex='0']").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#laci-isi .peta-riwayat")
    elif action == "angka":
        page.locator(".peta-ringkas a.angka").nth(1).click()
        page.wait_for_selector("#laci-isi table, #laci-isi dl")
    elif action == "cari":
        page.keyboard.press("Control+k")
        page.wait_for_selector("#cari[open]")
        page.keyboard.type("dinas pendidkan", delay=20)
        page.wait_for_selector("#cari-hasil [role=option]")
    elif action == "cetak":
        page.select_option("select[name=unor]", label=BESAR)
        page.wait_for_selector("text=/halaman A3 untuk 68 unit/")
    elif action == "orang":
        page.locator("main table a").nth(6).click()
        page.wait_for_selector("text=Riwayat jabatan")
    elif action.startswith("unggah "):
        page.set_input_files("input[name=berkas]", files / action.removeprefix("unggah "))
        page.get_by_role("button", name="Periksa berkas").click()
        page.wait_for_selector("main >> text=Berakhir")
        findings = page.locator(".daftar-temuan li")
        if found := findings.count():  # they are what the picture is about
            findings.nth(min(3, found - 1)).scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)


def capture(
    address: str,
    folder: Path,
    names: tuple[str, ...],
    sizes: tuple[tuple[int, int], ...],
    themes: tuple[str, ...],
    prefix: str = "",
) -> int:
    """Pictures of the named pages; returns how many pages did not answer 200."""
    from playwright.sync_api import sync_playwright

    failed = 0
    folder.mkdir(parents=True, exist_ok=True)
    plain = len(sizes) == len(themes) == 1
    files = samples()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        first = browser.new_page()
        sign_in(first, address, "operator")
        ids = ids_of(first, address)
        first.close()
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
                    for placeholder, value in ids.items():
                        path = path.replace(placeholder, value)
                    answer = page.goto(f"{address}{path}")
                    page.wait_for_load_state("networkidle")
                    if answer is None or answer.status != 200:
                        failed += 1
                        print(f"{name}: {answer and answer.status} {path}", file=sys.stderr)
                    act(page, action, files)
                    suffix = "" if plain else f"-{width}-{theme}"
                    target = folder / f"{prefix}{name}{suffix}.png"
                    page.screenshot(path=target)
                    shrink(target)
                for page in sessions.values():
                    page.context.close()
        browser.close()
    shutil.rmtree(files, ignore_errors=True)
    return failed


def launch(playwright: Any) -> Any:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    return playwright.chromium.launch(
        executable_path=chromium,
        args=["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
    )


def capture_walk(walk: ModuleType, url: str | None, folder: Path, names: tuple[str, ...]) -> int:
    """Pictures along a walk (``gambar_usulan``, ``gambar_anjab``) on a fresh demo: they publish."""
    from playwright.sync_api import sync_playwright

    wanted = tuple(name for name in names if name in walk.NAMES)
    if not wanted:
        return 0

    def take(page: Any, name: str) -> None:
        target = folder / f"{name}.png"
        page.screenshot(path=target)
        shrink(target)

    with server(url) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        walk.capture(browser, address, wanted, take)
        browser.close()
    return 0


def shrink(picture: Path) -> None:
    """Fewer colours, a third of the size; where pngquant is not installed the picture stays as it is."""
    if tool := shutil.which("pngquant"):
        subprocess.run([tool, "--force", "--ext", ".png", "--skip-if-larger", str(picture)], check=False)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--url", help="a running server in demo mode")
    parser.add_argument("--semua", type=Path, metavar="FOLDER", help="every page, both sizes and themes")
    parser.add_argument("--hanya", nargs="+", metavar="NAMA", help="only these pictures of the guide")
    options = parser.parse_args()
    folder = ROOT / "docs" / "gambar"
    if options.semua:
        every = tuple(page[0] for page in PAGES)
        with server(options.url) as address:
            return capture(address, options.semua, every, ((1440, 900), (390, 844)), ("light", "dark"))
    walks = {"usulan": gambar_usulan, "anjab": gambar_anjab}
    names = tuple(options.hanya or (*GUIDE, *walks))
    for name, walk in walks.items():
        names += walk.NAMES if name in names else ()
    failed = 0
    if any(page[0] in names for page in PAGES):
        with server(options.url) as address:
            failed = capture(address, folder, names, ((1440, 900),), ("light",))
            if not options.hanya:
                failed += capture(address, folder, GUIDE_PHONE, ((390, 844),), ("light",), prefix="hp-")
    return failed + sum(capture_walk(walk, options.url, folder, names) for walk in walks.values())


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
