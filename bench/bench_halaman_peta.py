"""Figures of the peta jabatan page: frames per second while panning, size of its script, server time.

    python bench/bench_halaman_peta.py            # all
    python bench/bench_halaman_peta.py --kecil    # a tenth of the size, for trying out

Runs on a throw-away embedded PostgreSQL as the web role. Server times are those of whole requests through the
middleware (best of several, warm), without the network. Frames are counted by the browser's own animation
clock in headless Chromium while the map moves 24 pixels a frame over boxes that were not yet painted; the
lowest figure is that of the worst half second.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from _data import make_map
from _lari import ROOT, best_of, report, throwaway_server

FPS_MIN, JS_MAKS_KB, CAT_PERTAMA_MS, RINCI_MS, ANAK_MS = 30, 300, 60, 25, 15
TERLIHAT = 2000
DIST = ROOT / "src/petajabatan/web/static/dist"

# Zooms out until enough boxes are in sight with some to spare, then pans to and fro for `detik` seconds,
# further than half a screen each way, so that new tiles come in all the time; answers with frame times (ms).
PAN = """
async ({ jumlah, detik }) => {
  const { chart, visible } = document.querySelector("#peta").peta;
  const s = chart.scene;
  let z = 1;
  do {
    z *= 0.95;
    chart.go({ x: s.w / 2, y: s.h / 2, z }, false);
  } while (visible() < jumlah * 1.25 && z > 0.041);
  await new Promise((done) => setTimeout(done, 1500));
  const seen = visible();
  const times = [];
  let least = seen;
  let frames = 0;
  await new Promise((done) => {
    const start = performance.now();
    let last = 0;
    const frame = (now) => {
      if (last) times.push(now - last);
      last = now;
      if (now - start > detik * 1000) return done();
      const forth = Math.floor((frames + 15) / 30) % 2 ? -1 : 1;
      chart.pan(24 * forth, 6 * forth);
      if (++frames % 15 === 0) least = Math.min(least, visible());
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  return { times, seen, least, z: chart.pos.z, nodes: s.nodes.length };
}
"""


def make_reader() -> Any:
    """An account that reads every map, and a test client signed in as it."""
    from django.test import Client

    from petajabatan.akun.models import Pengguna, Peran
    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of

    with scope_of(sistem("bench")):
        user = Pengguna.objects.create_user("pengukur", password="tidak-dipakai-di-sini")
        Peran.objects.create(
            pengguna=user, peran="pemantau", lingkup="nasional", berlaku_dari=dt.date(2020, 1, 1)
        )
        client = Client()
        client.force_login(user)
    return client


def measure_server(client: Any, kode: str, n: int) -> bool:
    """Server time of first paint, opening a unit, and the drawer of a unit."""
    base = f"/peta/{kode}/"

    def get(path: str) -> Any:
        answer = client.get(base + path, headers={"HX-Request": "true"} if path.startswith("unor/") else None)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer

    first = get("awal").json()
    unit = first["unor"][5][0]
    figures = (
        ("peta_halaman_pertama", "", CAT_PERTAMA_MS),
        ("peta_buka_unit", f"anak/{unit}", ANAK_MS),
        ("peta_laci_unit", f"unor/{unit}/", RINCI_MS),
    )
    good = True
    for name, path, limit in figures:
        get(path)
        seconds = best_of(lambda path=path: get(path), 15)
        good &= report(name, 1000 * seconds, "ms", limit, n=n)
    report("peta_halaman_pertama_ukuran", len(get("").content) / 1000, "kB", n=n)
    return good


def measure_script() -> bool:
    """All script the page loads, gzipped."""
    files = [DIST / name for name in ("tema.js", "aplikasi.js", "peta.js")]
    size = sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)
    return report("peta_halaman_js_gz", size / 1000, "kB", JS_MAKS_KB, n=len(files))


@contextmanager
def served() -> Iterator[str]:
    """This process's application on a free port."""
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

    from django.core.wsgi import get_wsgi_application

    class Server(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    server = make_server("127.0.0.1", 0, get_wsgi_application(), Server, Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def measure_frames(client: Any, kode: str, wanted: int, seconds: float) -> bool:
    """Frames per second while panning over ``wanted`` visible boxes."""
    from playwright.sync_api import sync_playwright

    chromium = next(
        found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))
    )
    arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    cookie = client.cookies["sessionid"].value
    root = client.get(f"/peta/{kode}/awal").json()["akar"]
    with served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": url}])
        page = context.new_page()
        page.goto(f"{url}/peta/{kode}/?rincian=kotak&buka=*{base36(root)}")
        page.wait_for_selector("#peta[data-siap]")
        result = page.evaluate(PAN, {"jumlah": wanted, "detik": seconds})
        browser.close()
    assert result["least"] >= wanted, (
        f"only {result['least']} of {result['nodes']} boxes could be brought in sight"
    )
    times = result["times"]
    median = 1000 / sorted(times)[len(times) // 2]
    report("peta_geser_median", median, "fps", n=result["seen"])
    return report(
        "peta_geser_terendah", worst(times, 500), "fps", FPS_MIN, n=result["least"], higher_is_better=True
    )


def worst(times: list[float], window_ms: float) -> float:
    """Frames per second in the worst stretch of at least ``window_ms`` milliseconds."""
    lowest = float("inf")
    for start in range(len(times)):
        total = 0.0
        for frames, time in enumerate(times[start:], 1):
            total += time
            if total >= window_ms:
                lowest = min(lowest, 1000 * frames / total)
                break
    return lowest


def base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kecil", action="store_true", help="a tenth of the size")
    share = 10 if parser.parse_args().kecil else 1
    good = measure_script()
    with throwaway_server():
        from petajabatan.runtime.install import setup_django

        setup_django("web")
        client = make_reader()
        make_map("UB", 10_000 // share, 50_000 // share)
        good &= measure_server(client, "UB", 10_000 // share)
        make_map("UG", 5000 // share, 15_000 // share)
        good &= measure_frames(client, "UG", TERLIHAT // share, 8)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
