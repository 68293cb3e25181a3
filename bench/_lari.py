"""What every bench shares: one JSON line per figure, and the throw-away server it is measured on.

A figure is ``{"name","value","unit","limit","limit_on","ratio","n","ok"}``: ``ratio`` is the value divided
by the bare figure of the same run (null where there is none), ``limit_on`` says which of value and ratio the
limit judges. Limits are upper bounds unless ``higher_is_better``.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "bench" / "out"


def report(
    name: str,
    value: float,
    unit: str,
    limit: float | None = None,
    limit_on: str = "value",
    ratio: float | None = None,
    n: int = 1,
    *,
    higher_is_better: bool = False,
) -> bool:
    """Print and keep one figure; returns whether it holds (always true without a limit)."""
    judged = value if limit_on == "value" else ratio
    ok = limit is None or (judged is not None and (judged >= limit if higher_is_better else judged <= limit))
    row = {
        "name": name,
        "value": round(value, 4),
        "unit": unit,
        "limit": limit,
        "limit_on": limit_on if limit is not None else None,
        "ratio": None if ratio is None else round(ratio, 3),
        "n": n,
        "ok": ok,
    }
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / f"{name}.json").write_text(json.dumps(row) + "\n")
    print(json.dumps(row), flush=True)
    return ok


def best_of(function: Callable[[], object], n: int = 5) -> float:
    """Shortest of n wall-clock times, seconds."""
    times = []
    for _ in range(n):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@contextlib.contextmanager
def throwaway_server() -> Iterator[Path]:
    """A fresh embedded PostgreSQL with the product installed, for the length of the block.

    Sets PETAJABATAN_DATA; the caller then starts Django with ``runtime.install.setup_django("web")``.
    """
    folder = Path(tempfile.mkdtemp(prefix="petajabatan-ukur-"))
    folder.chmod(0o755)
    os.environ["PETAJABATAN_DATA"] = str(folder)
    os.environ.setdefault("PETAJABATAN_MODE", "uji")
    os.environ.pop("DATABASE_URL", None)
    from petajabatan.runtime import postgres
    from petajabatan.runtime.data_dir import DataDir

    data_dir = DataDir(folder)
    server = postgres.start(data_dir, die_with_us=True)
    try:
        postgres.ensure_database(data_dir)
        code = (
            "from petajabatan.runtime import data_dir, install; install.install(data_dir.DataDir.from_env())"
        )
        subprocess.run([sys.executable, "-c", code], check=True)
        yield folder
    finally:
        postgres.stop(server)
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def served(workers: int = 1) -> Iterator[tuple[str, int]]:
    """The product behind granian, as the web role: its address and the id of its process.

    Raises RuntimeError when it does not answer within 30 s, so that nothing is measured on a server that is not up.
    """
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", str(workers),
            "--blocking-threads", "4", "--no-access-log", "--log-level", "error",
            "petajabatan.config.wsgi:application",
        ],
        env=os.environ | {"PETAJABATAN_DB": "web"},
    )  # fmt: skip
    base = f"http://localhost:{port}"
    try:
        _wait_until_up(base, server)
        yield base, server.pid
    finally:
        server.terminate()
        server.wait(30)


def _wait_until_up(base: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{base}/sehat", timeout=10).status_code == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"The server at {base} did not come up (exit code {server.poll()}).")


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
