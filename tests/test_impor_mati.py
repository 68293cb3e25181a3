"""``kill -9`` in the middle of an import, against the real server: all of it or nothing of it.

The middle is made exact by a lock: an owner's transaction holds a table the import has to write, the test
waits until the import stands at that lock, and then kills.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from tests.conftest import Situs, start_situs
from tests.test_serve import health, pid_of, wait_until

from petajabatan.runtime.data_dir import DataDir
from petajabatan.runtime.postgres import embedded_url

pytestmark = pytest.mark.server
N = 2000


@pytest.fixture(scope="module")
def peladen() -> Iterator[Situs]:
    with tempfile.TemporaryDirectory(prefix="petajabatan-mati-") as name:
        Path(name).chmod(0o711)
        running = start_situs(Path(name) / "data", "--tanpa-demo")
        yield running
        running.stop()


def owner(situs: Situs) -> psycopg.Connection:
    return psycopg.connect(embedded_url(DataDir(situs.data), web=False))


def environment(situs: Situs) -> dict[str, str]:
    hidden = ("DATABASE_URL", "DATABASE_WEB_URL", "PETAJABATAN_DB", "DJANGO_SETTINGS_MODULE")
    return {k: v for k, v in os.environ.items() if k not in hidden} | {
        "PETAJABATAN_DATA": str(situs.data),
        "PETAJABATAN_MODE": "demo",
    }


def in_product(situs: Situs, code: str) -> str:
    """Run code inside the product's own surroundings, as the web role with nationwide scope."""
    before = (
        "from petajabatan.runtime.install import setup_django; setup_django('web')\n"
        "from petajabatan.inti.actor import sistem\n"
        "from petajabatan.inti.dinding import scope_of\n"
        "actor = sistem('uji')\n"
        "with scope_of(actor):\n"
    )
    body = "\n".join(f"    {line}" for line in code.strip().splitlines())
    done = subprocess.run(
        [sys.executable, "-c", before + body], env=environment(situs), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def instansi(peladen) -> tuple[int, str]:
    """A fresh instansi without a map: its id and code."""
    made = in_product(
        peladen,
        """
import uuid
from petajabatan.referensi.models import Instansi
kode = uuid.uuid4().hex[:8]
row = Instansi.objects.create(id_siasn=f"MATI-{kode}", nama=f"Kabupaten {kode}", jenis="D", kode_cepat=kode)
print(row.pk, kode)
""",
    )
    number, kode = made.split()
    return int(number), kode


def unor_file(folder: Path, kode: str, n: int = N) -> Path:
    rows = [
        {"Id": f"{kode}-0", "InstansiId": f"MATI-{kode}", "NamaUnor": f"Kabupaten {kode}", "DiatasanId": ""}
    ]
    rows += [
        {
            "Id": f"{kode}-{i}",
            "InstansiId": f"MATI-{kode}",
            "NamaUnor": f"Unit {i}",
            "DiatasanId": f"{kode}-{(i - 1) // 10}",
        }
        for i in range(1, n)
    ]
    path = folder / "unor.json"
    path.write_text(json.dumps({"data": rows}))
    return path


def start_import(situs: Situs, what: str, path: Path, kode: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "petajabatan", "impor", what, str(path), "--instansi", kode, "--json"],
        env=environment(situs), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@contextmanager
def held(situs: Situs, table: str) -> Iterator[psycopg.Connection]:
    """Hold a table so that the import stops at its first write to it."""
    conn = owner(situs)
    try:
        conn.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        yield conn
    finally:
        conn.close()


def somebody_waits_for(situs: Situs, table: str) -> bool:
    with owner(situs) as conn:
        return bool(
            conn.execute(
                "SELECT 1 FROM pg_locks WHERE relation = to_regclass(%s) AND NOT granted", [table]
            ).fetchone()
        )


TABLES = ("peta_versi", "unor", "unor_riwayat", "unor_kini", "unor_total_riwayat", "ringkasan_instansi")


def stored(situs: Situs, instansi_id: int) -> dict[str, int]:
    with owner(situs) as conn:
        return {
            table: conn.execute(
                f"SELECT count(*) FROM {table} WHERE instansi_id = %s", [instansi_id]
            ).fetchone()[0]
            for table in (*TABLES, "pegawai", "riwayat_jabatan")
        }


def nothing(counts: dict[str, int]) -> bool:
    return not any(counts.values())


def everything(counts: dict[str, int], n: int = N) -> bool:
    return (
        counts["peta_versi"],
        counts["unor_riwayat"],
        counts["unor_kini"],
        counts["unor_total_riwayat"],
    ) == (
        1,
        n,
        n,
        n,
    )


def sound(situs: Situs) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "petajabatan", "periksa", "--penuh", "--json"],
        env=environment(situs), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("table", ["unor_riwayat", "ringkasan_instansi"])
@pytest.mark.parametrize("victim", ["bin/postgres -D", "impor"])
def test_a_killed_unit_import_leaves_all_or_nothing(peladen, instansi, tmp_path, table, victim):
    """At the first row, and at the last one: inside COMMIT, when everything else is written."""
    instansi_id, kode = instansi
    path = unor_file(tmp_path, kode)
    with held(peladen, table):
        process = start_import(peladen, "unor", path, kode)
        wait_until(lambda: somebody_waits_for(peladen, table))
        if victim == "impor":
            process.kill()
        else:
            os.kill(pid_of(peladen.data, victim), signal.SIGKILL)
        out, err = process.communicate(timeout=60)
    assert process.returncode != 0
    wait_until(lambda: health(peladen)["status"] in ("baik", "terganggu"))
    wait_until(lambda: not_importing(peladen))
    counts = stored(peladen, instansi_id)
    if victim == "impor" and table == "ringkasan_instansi":
        # The server had been told to commit; without the client it may still finish what it was told.
        assert nothing(counts) or everything(counts), counts
    else:
        assert nothing(counts), counts
    if victim != "impor":
        assert "terputus" in err
        assert "Traceback" not in err
    again = start_import(peladen, "unor", path, kode)
    out, err = again.communicate(timeout=120)
    assert again.returncode == 0, out + err
    assert everything(stored(peladen, instansi_id))
    sound(peladen)


def not_importing(situs: Situs) -> bool:
    with owner(situs) as conn:
        return not conn.execute(
            "SELECT 1 FROM pg_stat_activity WHERE usename = 'petajabatan_web' AND xact_start IS NOT NULL"
            " AND state <> 'idle'"
        ).fetchone()


def test_a_killed_people_import_leaves_nothing(peladen, instansi, tmp_path):
    from petajabatan.pegawai.tests.ekspor import orang, write_csv

    instansi_id, kode = instansi
    loaded = start_import(peladen, "unor", unor_file(tmp_path, kode, 20), kode)
    out, err = loaded.communicate(timeout=120)
    assert loaded.returncode == 0, out + err
    rows = [
        orang(
            f"198001012005011{i:03}", f"Orang {i}",
            unor_id=f"{kode}-{i % 20}", unor_nama="Unit", instansi_kerja_id=f"MATI-{kode}",
            jabatan_nama="Pengolah",
        )
        for i in range(1, 400)
    ]  # fmt: skip
    path = write_csv(tmp_path / "asn.csv", rows)
    with held(peladen, "riwayat_jabatan"):
        process = start_import(peladen, "pegawai", path, kode)
        wait_until(lambda: somebody_waits_for(peladen, "riwayat_jabatan"))
        os.kill(pid_of(peladen.data, "bin/postgres -D"), signal.SIGKILL)
        process.communicate(timeout=60)
    assert process.returncode != 0
    wait_until(lambda: health(peladen)["status"] in ("baik", "terganggu"))
    counts = stored(peladen, instansi_id)
    assert (counts["pegawai"], counts["riwayat_jabatan"]) == (0, 0)
    again = start_import(peladen, "pegawai", path, kode)
    out, err = again.communicate(timeout=120)
    assert again.returncode == 0, out + err
    assert stored(peladen, instansi_id)["pegawai"] == 399
    sound(peladen)


SUBMIT = """
from pathlib import Path
from petajabatan.inti.berkas import store_file
from petajabatan.inti.pekerjaan import submit_job
with Path({path!r}).open("rb") as file:
    berkas = store_file(actor, file, "unor.json", "impor", {instansi_id})
print(submit_job(actor, "impor-unor", "Uji", {{"instansi_id": {instansi_id}}}, berkas=berkas).pk)
"""


@pytest.mark.parametrize("victim", ["petajabatan worker", "bin/postgres -D"])
def test_a_job_whose_worker_or_database_is_killed_is_done_once_and_whole(peladen, instansi, tmp_path, victim):
    instansi_id, kode = instansi
    wait_until(lambda: health(peladen)["status"] == "baik")
    code = SUBMIT.format(path=str(unor_file(tmp_path, kode)), instansi_id=instansi_id)
    with held(peladen, "unor_riwayat"):
        job = in_product(peladen, code)
        wait_until(lambda: somebody_waits_for(peladen, "unor_riwayat"))
        assert job_row(peladen, job)[0] == "berjalan"
        os.kill(pid_of(peladen.data, victim), signal.SIGKILL)
    wait_until(lambda: health(peladen)["status"] == "baik")
    wait_until(lambda: job_row(peladen, job)[0] not in ("antre", "berjalan"))
    status, tries = job_row(peladen, job)
    assert (status, tries) == ("selesai", 2)
    assert everything(stored(peladen, instansi_id))
    sound(peladen)


def job_row(situs: Situs, job: str) -> tuple:
    with owner(situs) as conn:
        return conn.execute("SELECT status, percobaan FROM pekerjaan WHERE id = %s", [job]).fetchone()


def test_a_killed_web_process_leaves_a_running_import_alone(peladen, instansi, tmp_path):
    """The import runs in the worker: the page that started it may die."""
    instansi_id, kode = instansi
    wait_until(lambda: health(peladen)["status"] == "baik")
    code = SUBMIT.format(path=str(unor_file(tmp_path, kode)), instansi_id=instansi_id)
    with held(peladen, "unor_riwayat"):
        job = in_product(peladen, code)
        wait_until(lambda: somebody_waits_for(peladen, "unor_riwayat"))
        os.kill(pid_of(peladen.data, "granian"), signal.SIGKILL)
    wait_until(lambda: job_row(peladen, job) == ("selesai", 1))
    assert everything(stored(peladen, instansi_id))
    wait_until(lambda: health(peladen)["status"] == "baik")
