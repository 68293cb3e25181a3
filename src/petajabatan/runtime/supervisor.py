"""``petajabatan serve``: PostgreSQL, web processes and job worker under one roof.

The supervisor alone knows the owner's connection, and uses it only in the short-lived ``siapkan`` child. The
web processes and the worker get the web role's connection and the keys they need in their environment.
Whatever dies is started again; whatever was started is stopped.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from types import FrameType
from typing import TextIO

from petajabatan.akun.contoh import AKUN_DEMO, SANDI_DEMO
from petajabatan.runtime import postgres
from petajabatan.runtime.check import StartError, check_data_dir, check_database_url
from petajabatan.runtime.data_dir import DataDir
from petajabatan.runtime.database import WEB, database_url
from petajabatan.runtime.port import address_of, hold_port
from petajabatan.runtime.process import Child, rotate, tail

READY_WITHIN = 60.0
STOP_WITHIN = 12.0
OWNER_ONLY = ("DATABASE_URL", "PGPASSWORD", "PGUSER", "PGSERVICE", "PGPASSFILE")


class Supervisor:
    """One installation being served."""

    def __init__(
        self,
        data_dir: DataDir,
        *,
        port: int,
        host: str = "127.0.0.1",
        workers: int = 2,
        demo: bool = True,
        json_output: bool = False,
    ) -> None:
        self.data_dir, self.port, self.host, self.workers = data_dir, port, host, workers
        self.demo = demo and os.environ.get("PETAJABATAN_MODE", "demo") == "demo"
        self.json_output = json_output
        self.embedded = not os.environ.get("DATABASE_URL")
        self.postgres: subprocess.Popen[bytes] | None = None
        self.children: list[Child] = []
        self._stop = threading.Event()
        self._signals = 0

    # -- life ---------------------------------------------------------------------------------------

    def run(self) -> int:
        """Serve until SIGINT or SIGTERM; returns the exit code. Raises StartError or PostgresError."""
        os.environ["PETAJABATAN_DATA"] = str(self.data_dir.root)
        check_data_dir(self.data_dir)
        with self._lock() as lock, hold_port(self.host, self.port) as held:
            # The web server takes numbers only: of a name its address, of port 0 the one chosen.
            self.host, self.port = address_of(held)
            lock.write(f", http://localhost:{self.port}")
            lock.flush()
            check_database_url()
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, self._on_signal)
            try:
                self._start()
                if not self._stop.is_set():
                    self._announce()
                self._watch()
            finally:
                self._shutdown()
        return 0

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._signals += 1
        self._stop.set()
        if self._signals > 2:
            for child in self.children:
                child.stop(time.monotonic())

    @contextlib.contextmanager
    def _lock(self) -> Iterator[TextIO]:
        path = self.data_dir.root / "serve.kunci"
        with path.open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                file.seek(0)
                who = file.read().strip() or "proses lain"
                raise StartError(
                    f"Folder data {self.data_dir.root} sedang dilayani ({who})."
                    "\nHentikan yang itu dahulu, atau pakai folder lain dengan --data-dir."
                ) from None
            file.truncate(0)
            file.write(f"pid {os.getpid()}")
            file.flush()
            yield file
            file.truncate(0)

    # -- start --------------------------------------------------------------------------------------

    def _start(self) -> None:
        if self.embedded:
            self._say("Menyalakan PostgreSQL …")
            self._start_postgres()
        self._say("Memeriksa basis data …")
        if self._child("siapkan", os.environ.copy()) != 0 and not self._stop.is_set():
            raise StartError("Basis data tidak dapat disiapkan (lihat pesan di atas).")
        env = self.web_environment()
        if self.demo and not self._stop.is_set() and self._empty() and self._child("demo", env) != 0:
            self._say("Peringatan: data contoh tidak termuat (lihat pesan di atas). Coba: petajabatan demo")
        if self._stop.is_set():
            return
        (self.data_dir.root / "static").mkdir(exist_ok=True)
        self.children = [
            Child("web", self._web_command(), env, self.data_dir.logs / "web.log"),
            Child("pekerja", _program("worker"), env, self.data_dir.logs / "pekerja.log"),
        ]
        for child in self.children:
            child.start()
        self._wait_until_ready()

    def _empty(self) -> bool:
        """Whether no map has been stored yet."""
        import psycopg

        with psycopg.connect(database_url(self.data_dir, WEB)) as conn:
            return conn.execute("SELECT 1 FROM peta_versi LIMIT 1").fetchone() is None

    def _start_postgres(self) -> None:
        self.postgres = None
        if not postgres.is_running(self.data_dir):
            rotate(self.data_dir.logs / "postgres.log")
            self.postgres = postgres.start(self.data_dir, die_with_us=True)
        # One that already runs belongs to a command of this user; it is taken over when it ends.
        postgres.ensure_database(self.data_dir)

    def web_environment(self) -> dict[str, str]:
        """What web processes and worker may know: the web role's connection and the keys, not the owner's."""
        secrets = self.data_dir.secrets()
        env = {key: value for key, value in os.environ.items() if key not in OWNER_ONLY}
        env["DATABASE_WEB_URL"] = database_url(self.data_dir, WEB)
        env["PETAJABATAN_DB"] = WEB
        if self.demo and not env.get("PETAJABATAN_ORIGINS"):
            env.setdefault("PETAJABATAN_ALAMAT", f"http://localhost:{self.port}")
        env["SECRET_KEY"] = os.environ.get("SECRET_KEY") or secrets["django"]
        env["PETAJABATAN_KUNCI_CAKUPAN"] = os.environ.get("PETAJABATAN_KUNCI_CAKUPAN") or secrets["cakupan"]
        return env

    def _web_command(self) -> list[str]:
        # Slow clients hold a thread while they send; with few processes there are more threads each.
        threads = 8 if self.workers <= 4 else 4
        return [
            sys.executable, "-m", "granian", "--interface", "wsgi",
            "--host", self.host, "--port", str(self.port),
            "--workers", str(self.workers), "--blocking-threads", str(threads), "--no-ws",
            "--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "5",
            "--log-level", "warning", "petajabatan.config.wsgi:application",
        ]  # fmt: skip

    def _child(self, name: str, env: dict[str, str], *arguments: str) -> int:
        """Run a command to its end, or until we are asked to stop; its messages go to our stderr."""
        command = [*_program(name), "--json", *arguments]
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)  # noqa: S603
        while process.poll() is None:
            if self._stop.wait(0.05):
                process.terminate()
                process.wait(STOP_WITHIN)
        return process.returncode

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        web = self.children[0]
        while time.monotonic() < deadline and web.alive and not self._stop.is_set():
            self._keep_postgres()
            with contextlib.suppress(OSError):
                answer = urllib.request.urlopen(self._health_url(), timeout=5)  # noqa: S310
                if answer.status == 200:
                    return
            self._stop.wait(0.1)
        if not self._stop.is_set():
            raise StartError(f"Proses web tidak menyala; akhir {web.log}:\n{tail(web.log)}")

    def _health_url(self) -> str:
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104
        return f"http://{host}:{self.port}/sehat"

    # -- while serving ------------------------------------------------------------------------------

    def _watch(self) -> None:
        while not self._stop.wait(0.2):
            if self._keep_postgres():
                for child in self.children:
                    if child.revive():
                        self._say(f"Proses {child.name} berhenti dan dinyalakan lagi (lihat {child.log}).")

    def _keep_postgres(self) -> bool:
        """Start a PostgreSQL of ours that has died again; whether it runs."""
        if not self.embedded or self._postgres_alive():
            return True
        self._say("PostgreSQL berhenti; menyalakannya lagi …")
        try:
            self._start_postgres()
        except (postgres.PostgresError, OSError) as error:
            self._say(f"Belum berhasil: {error}")
            self._stop.wait(2)
            return False
        self._say("PostgreSQL menyala lagi.")
        for child in self.children:
            child.excuse()
        return True

    def _postgres_alive(self) -> bool:
        if self.postgres is not None:
            return self.postgres.poll() is None
        return postgres.is_running(self.data_dir)

    def _shutdown(self) -> None:
        if self.children:
            self._say("Menghentikan …")
        deadline = time.monotonic() + STOP_WITHIN
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.stop(deadline)
        if self.postgres is not None:
            postgres.stop(self.postgres)

    # -- words --------------------------------------------------------------------------------------

    def _say(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    def _announce(self) -> None:
        address = f"http://localhost:{self.port}"
        accounts = self._demo_accounts()
        if self.json_output:
            print(
                json.dumps({"ok": True, "alamat": address, "pid": os.getpid(), "akun": accounts}), flush=True
            )
            return
        lines = [f"\nPeta Jabatan siap: {address}", f"  Folder data: {self.data_dir.root}"]
        if accounts:
            lines += [f"  Akun contoh, sandi {SANDI_DEMO}:"]
            lines += [f"    {name:<20} {AKUN_DEMO[name]}" for name in accounts]
        print("\n".join([*lines, "  Ctrl-C menghentikan semuanya.\n"]), flush=True)

    def _demo_accounts(self) -> list[str]:
        if os.environ.get("PETAJABATAN_MODE", "demo") != "demo":
            return []
        import psycopg

        known: set[str] = set()
        # A database that dies just now is no reason to end: it is started again in a moment.
        with (
            contextlib.suppress(psycopg.OperationalError),
            psycopg.connect(database_url(self.data_dir, WEB)) as conn,
        ):
            rows = conn.execute(
                "SELECT username FROM pengguna WHERE is_active AND username = ANY(%s)", [list(AKUN_DEMO)]
            )
            known = {row[0] for row in rows}
        return [name for name in AKUN_DEMO if name in known]


def _program(name: str) -> list[str]:
    return [sys.executable, "-m", "petajabatan", name]
