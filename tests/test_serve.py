"""``petajabatan serve`` as a process: starts, survives killings, stops whole, and says what is in the way."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from tests.conftest import Situs, start_situs

from petajabatan.runtime.data_dir import DataDir
from petajabatan.runtime.postgres import embedded_url

pytestmark = pytest.mark.server


def processes_of(data: Path) -> dict[int, str]:
    """Processes that serve this data folder, pid → command line."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            environment = (entry / "environ").read_bytes()
        except OSError:
            continue
        if f"PETAJABATAN_DATA={data}".encode() in environment or str(data) in command:
            found[int(entry.name)] = command
    return found


def pids_of(data: Path, part: str) -> set[int]:
    return {pid for pid, command in processes_of(data).items() if part in command}


def started(pid: int) -> int:
    """Clock ticks since boot; process ids wrap around and say nothing about age."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19])
    except OSError:
        return sys.maxsize


def pid_of(data: Path, part: str) -> int:
    """The process among those that started first."""
    return min(pids_of(data, part), key=lambda pid: (started(pid), pid))


def wait_until(condition: Callable[[], bool], seconds: float = 120) -> None:
    """Long enough for any machine: what is asked is whether, not how fast."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} seconds")


def health(situs: Situs) -> dict:
    try:
        return httpx.get(f"{situs.url}/sehat", timeout=5).json()
    except (httpx.HTTPError, ValueError):
        return {"status": "tidak menjawab"}


def run(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    hidden = (
        "DATABASE_URL",
        "DATABASE_WEB_URL",
        "PETAJABATAN_DB",
        "DJANGO_SETTINGS_MODULE",
        "PETAJABATAN_DATA",
    )
    environment = {k: v for k, v in os.environ.items() if k not in hidden} | {
        "PETAJABATAN_MODE": "demo",
        **env,
    }
    return subprocess.run(
        [sys.executable, "-m", "petajabatan", *arguments],
        env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="petajabatan-serve-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture(scope="module")
def kosong(folder: Path) -> Iterator[Situs]:
    """A server without demo data that these tests may mistreat."""
    running = start_situs(folder / "data", "--tanpa-demo")
    yield running
    if running.proses.poll() is None:
        running.stop()


def test_health_names_database_version_and_worker(kosong):
    wait_until(lambda: health(kosong)["status"] == "baik")
    isi = health(kosong)
    assert isi["versi"]
    assert int(isi["basis_data"]["versi"].split(".")[0]) >= 15
    assert (isi["pekerja"]["hidup"], isi["antrean"]) == (True, 0)


def test_web_and_worker_never_hold_the_owners_credentials(kosong):
    owner = DataDir(kosong.data).secrets()["db_pemilik"].encode()
    checked = 0
    for pid, command in processes_of(kosong.data).items():
        if "granian" in command or "petajabatan worker" in command:
            environment = Path(f"/proc/{pid}/environ").read_bytes()
            assert owner not in environment
            assert b"DATABASE_URL=" not in environment
            checked += 1
    assert checked >= 3
    with psycopg.connect(embedded_url(DataDir(kosong.data), web=True)) as conn:
        role = conn.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert role.fetchone() == (False, False, False)


@pytest.mark.parametrize("part", ["bin/postgres -D", "granian", "petajabatan worker"])
def test_what_is_killed_comes_back(kosong, part):
    wait_until(lambda: health(kosong)["status"] == "baik")
    before = pids_of(kosong.data, part)
    os.kill(pid_of(kosong.data, part), signal.SIGKILL)
    wait_until(lambda: (now := pids_of(kosong.data, part)) and not now & before)
    wait_until(lambda: health(kosong)["status"] == "baik")


def test_a_database_killed_while_serve_gets_ready_comes_back_too(folder):
    data = folder / "sambil-mulai"

    def kill() -> None:
        wait_until(lambda: bool(pids_of(data, "granian")))
        os.kill(pid_of(data, "bin/postgres -D"), signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    running = start_situs(data, "--tanpa-demo")
    killer.join()
    wait_until(lambda: health(running)["status"] == "baik")
    assert "PostgreSQL menyala lagi" in running.catatan.read_text()
    assert running.stop() == 0


def test_a_backend_that_calculates_on_does_not_keep_a_killed_database_down(kosong):
    """It would notice the death of its postmaster at its next wait, and this one never waits."""
    wait_until(lambda: health(kosong)["status"] == "baik")
    conn = psycopg.connect(embedded_url(DataDir(kosong.data), web=True), autocommit=True)
    busy = conn.info.backend_pid
    conn.pgconn.send_query(b"DO $$ BEGIN LOOP END LOOP; END $$")
    os.kill(pid_of(kosong.data, "bin/postgres -D"), signal.SIGKILL)
    wait_until(lambda: health(kosong)["status"] == "baik" and not Path(f"/proc/{busy}").exists())
    conn.close()


def test_a_killed_web_worker_comes_back(kosong):
    wait_until(lambda: health(kosong)["status"] == "baik")
    parent = pid_of(kosong.data, "granian")
    before = pids_of(kosong.data, "granian")
    victim = max(before - {parent}, key=started)
    os.kill(victim, signal.SIGKILL)
    wait_until(lambda: pids_of(kosong.data, "granian") > before - {victim})
    assert pid_of(kosong.data, "granian") == parent
    wait_until(lambda: health(kosong)["status"] == "baik")


def test_a_second_serve_on_the_folder_or_the_port_is_told_so(kosong, folder):
    twice = run("serve", "--port", "0", "--data-dir", str(kosong.data), "--json")
    assert twice.returncode == 1
    assert "sedang dilayani (pid" in json.loads(twice.stdout)["galat"]
    port = kosong.url.rsplit(":", 1)[1]
    taken = run("serve", "--port", port, "--data-dir", str(folder / "lain"))
    assert taken.returncode == 1
    assert f"Port {port} sudah dipakai" in taken.stderr
    assert not (folder / "lain" / "postgres").exists()


def test_a_second_serve_is_told_so_while_the_first_starts_its_web_process_again(kosong, folder):
    wait_until(lambda: health(kosong)["status"] == "baik")
    port = kosong.url.rsplit(":", 1)[1]
    os.kill(pid_of(kosong.data, "granian"), signal.SIGKILL)
    wait_until(lambda: health(kosong)["status"] == "tidak menjawab")
    taken = run("serve", "--port", port, "--data-dir", str(folder / "lain"))
    assert taken.returncode == 1
    assert f"Port {port} sudah dipakai" in taken.stderr
    wait_until(lambda: health(kosong)["status"] == "baik")


def test_a_killed_serve_leaves_no_orphan_and_the_next_one_starts(kosong, folder):
    with psycopg.connect(embedded_url(DataDir(kosong.data), web=False), autocommit=True) as conn:
        conn.execute("CREATE TABLE tetap_ada (n int); INSERT INTO tetap_ada VALUES (7)")
    kosong.proses.kill()
    kosong.proses.wait()
    wait_until(lambda: processes_of(kosong.data) == {})
    again = start_situs(kosong.data, "--tanpa-demo")
    with psycopg.connect(embedded_url(DataDir(kosong.data), web=False)) as conn:
        assert conn.execute("SELECT n FROM tetap_ada").fetchone() == (7,)
    assert again.stop() == 0
    wait_until(lambda: processes_of(kosong.data) == {})
    assert "Menghentikan" in again.catatan.read_text()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_serve_told_to_stop_while_it_still_sets_up_leaves_nothing(folder, number):
    data = folder / f"dini-{number}"
    process = subprocess.Popen(
        [sys.executable, "-m", "petajabatan", "serve", "--port", "0", "--data-dir", str(data)],
        env={k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"PETAJABATAN_MODE": "demo"},
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(b"Memeriksa"):
            break
    process.send_signal(number)
    assert process.wait(30) == 0
    assert processes_of(data) == {}


def test_no_mode_outside_the_data_folder_changes(folder):
    data = folder / "a" / "b" / "data"
    data.parent.mkdir(parents=True)
    parents = [p for p in data.parents if p != Path("/")]
    data.parent.chmod(0o751)
    package = Path(sys.prefix)
    before = {p: stat.S_IMODE(p.stat().st_mode) for p in (*parents, package, *package.parents)}
    running = start_situs(data, "--tanpa-demo")
    running.stop()
    assert {p: stat.S_IMODE(p.stat().st_mode) for p in before} == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")
def test_a_folder_the_servers_user_cannot_reach_is_named(folder):
    closed = folder / "tertutup"
    closed.mkdir(mode=0o700)
    done = run("serve", "--port", "0", "--data-dir", str(closed / "data"))
    assert done.returncode == 1
    assert f"{closed}, yang tertutup" in done.stderr
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_an_unwritable_folder_is_named():
    done = run("serve", "--port", "0", "--data-dir", "/proc/petajabatan")
    assert done.returncode == 1
    assert "/proc/petajabatan tidak dapat ditulis" in done.stderr
    assert "--data-dir" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_is_named(folder):
    small = folder / "kecil"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(small)], capture_output=True, text=True
    )
    if mounted.returncode != 0:
        pytest.skip(f"cannot mount a small disk here: {mounted.stderr.strip()}")
    try:
        low = run("serve", "--port", "0", "--data-dir", str(small / "data"))
        _fill(small / "penuh")
        full = run("serve", "--port", "0", "--data-dir", str(small / "data"))
    finally:
        subprocess.run(["umount", str(small)], check=True)
    assert (low.returncode, full.returncode) == (1, 1)
    assert "Disk hampir penuh" in low.stderr
    assert "Disk penuh" in full.stderr


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 65536)
        except OSError:
            pass


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://x@localhost/peta", "harus berbentuk postgresql://"),
        ("postgresql://admin:rahasia-sekali@127.0.0.1:1/peta", "tidak dapat dipakai (127.0.0.1:1"),
    ],
)
def test_an_unusable_database_url_is_named_without_its_password(folder, url, sentence):
    done = run("serve", "--port", "0", "--data-dir", str(folder / "luar"), DATABASE_URL=url)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "rahasia-sekali" not in done.stderr


def test_a_server_of_ones_own_serves_through_its_unprivileged_role(folder):
    """Runs on whatever server the suite runs on: the embedded one, or Debian's PostgreSQL 15."""
    given = os.environ["DATABASE_URL"]
    path, _, query = given.partition("?")
    name = f"luar_{uuid.uuid4().hex[:8]}"
    owner, url = (
        f"{path.rsplit('/', 1)[0]}/{db}" + (f"?{query}" if query else "") for db in ("postgres", name)
    )
    with psycopg.connect(owner, autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name}")
    data = folder / "sendiri"
    running = start_situs(data, "--tanpa-demo", DATABASE_URL=url)
    try:
        wait_until(lambda: health(running)["status"] == "baik")
        with psycopg.connect(owner) as conn:
            users = conn.execute(
                "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = %s", [name]
            ).fetchall()
        assert users == [("petajabatan_web",)]
        assert not (data / "postgres").exists()
    finally:
        running.stop()
        with psycopg.connect(owner, autocommit=True) as conn:
            conn.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_slow_client_does_not_starve_the_others(kosong_baru):
    """A dozen clients that never finish their request must not keep the next one waiting."""
    host, port = "127.0.0.1", int(kosong_baru.url.rsplit(":", 1)[1])
    slow = []
    for _ in range(12):
        sock = socket.create_connection((host, port))
        sock.sendall(
            b"POST /akun/login/ HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nlogin="
        )
        slow.append(sock)
    try:
        for _ in range(10):  # one that had to wait for them would wait for ever
            assert httpx.get(f"{kosong_baru.url}/sehat", timeout=60).status_code == 200
    finally:
        for sock in slow:
            sock.close()


@pytest.fixture(scope="module")
def kosong_baru(folder: Path) -> Iterator[Situs]:
    running = start_situs(folder / "baru", "--tanpa-demo", PORT="")
    yield running
    running.stop()
