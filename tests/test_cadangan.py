"""Backup and restore as an operator does them: with the scripts, while the server is serving."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.conftest import Situs, start_situs
from tests.test_impor_mati import environment, in_product
from tests.test_serve import health, wait_until

from petajabatan.runtime.data_dir import DataDir
from petajabatan.runtime.postgres import embedded_url

pytestmark = pytest.mark.server
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def ruang() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="petajabatan-cadangan-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture(scope="module")
def cadangan(situs: Situs, ruang: Path) -> Path:
    """A backup of the running demo, with one stored document."""
    in_product(
        situs,
        "import io\nfrom petajabatan.inti.berkas import store_file\n"
        "from petajabatan.interop.models import Webhook\n"
        "from petajabatan.interop.umpan import last_number\n"
        "store_file(actor, io.BytesIO(b'nama;k\\n'), 'contoh.csv', 'uji')\n"
        "Webhook.objects.create(nama='Uji', url='https://contoh.invalid/', rahasia='', pemilik_id=0,"
        " pengelola=[0], posisi=last_number())",
    )
    for _ in range(2):
        done = script(situs, "cadangkan.sh", str(ruang / "simpan"), "1")
        assert done.returncode == 0, done.stderr
    files = list((ruang / "simpan").iterdir())
    assert [f.name.startswith("peta-") for f in files] == [True], "the older of two is let go"
    assert files[0].stat().st_mode & 0o077 == 0
    return files[0]


def script(situs: Situs | None, name: str, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    base = environment(situs) if situs else {k: v for k, v in os.environ.items() if k != "PETAJABATAN_DATA"}
    program = Path(sys.executable).parent / "petajabatan"
    return subprocess.run(
        [str(ROOT / "scripts" / name), *arguments],
        env={**base, "PETAJABATAN": str(program), "PETAJABATAN_MODE": "demo", **env},
        capture_output=True, text=True,
    )  # fmt: skip


def counts(url: str) -> dict[str, int]:
    tables = (
        "instansi",
        "unor_riwayat",
        "posisi_riwayat",
        "pegawai",
        "riwayat_jabatan",
        "pengguna",
        "berkas",
    )
    with psycopg.connect(url) as conn:
        return {t: conn.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables}


def test_a_restored_folder_serves_the_same_map(situs, cadangan, ruang):
    new = ruang / "baru"
    env = dict.fromkeys(("DATABASE_URL", "DATABASE_WEB_URL"), "")
    done = script(None, "pulihkan.sh", str(cadangan), str(new), **env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "semua dipenuhi" in done.stdout
    running = start_situs(new)
    try:
        wait_until(lambda: health(running)["status"] == "baik")
        there, here = (embedded_url(DataDir(d), web=False) for d in (situs.data, new))
        assert counts(here) == counts(there)
        assert counts(here)["pegawai"] > 0
        with psycopg.connect(here) as conn:
            assert conn.execute("SELECT count(*) FROM peta_versi WHERE transaksi <> '0'").fetchone() == (0,)
            paused = conn.execute("SELECT dijeda IS NOT NULL, alasan_jeda FROM webhook").fetchall()
            assert paused == [(True, "dipulihkan")], "a restored copy tells nobody anything by itself"
        chain = [sys.executable, "-m", "petajabatan", "periksa", "audit", "--data-dir", str(new)]
        proof = subprocess.run(chain, env=environment(running), capture_output=True, text=True)
        assert proof.returncode == 0, proof.stdout + proof.stderr
        assert "utuh" in proof.stdout
        stored = sorted(p.name for p in (situs.data / "berkas").glob("??/??/*"))
        assert sorted(p.name for p in (new / "berkas").glob("??/??/*")) == stored != []
    finally:
        running.stop()


def test_a_full_folder_and_a_foreign_file_are_refused(cadangan, ruang, situs):
    full = script(None, "pulihkan.sh", str(cadangan), str(situs.data), DATABASE_URL="")
    assert full.returncode == 1
    assert "sudah terisi" in full.stderr
    foreign = ruang / "lain.tar"
    foreign.write_bytes(b"bukan tar")
    wrong = script(None, "pulihkan.sh", str(foreign), str(ruang / "kosong"), DATABASE_URL="")
    assert wrong.returncode == 1
    assert "tidak dapat dibaca" in wrong.stderr


def test_a_server_of_ones_own_is_restored_too(cadangan, ruang):
    """From the embedded server into the suite's server, when its tools are new enough to read the dump."""
    given = os.environ["DATABASE_URL"]
    path, _, query = given.partition("?")
    server, rest = path.rsplit("/", 1)[0], f"?{query}" if query else ""
    name = f"pulih_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(f"{server}/postgres{rest}", autocommit=True) as conn:
        if conn.info.server_version < 180000:
            pytest.skip("a dump of PostgreSQL 18 is not for an older server")
        conn.execute(f"CREATE DATABASE {name}")
    from petajabatan.runtime.postgres import binaries

    url = f"{server}/{name}{rest}"
    tools = str(binaries(DataDir.from_env()))
    try:
        done = script(
            None,
            "pulihkan.sh",
            str(cadangan),
            str(ruang / "luar"),
            DATABASE_URL=url,
            PETAJABATAN_PG_BIN=tools,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert counts(url)["pegawai"] > 0
        again = subprocess.run(
            [sys.executable, "-m", "petajabatan", "pulihkan", str(cadangan), "--json"],
            env=environment_for(ruang / "luar2", url, tools), capture_output=True, text=True,
        )  # fmt: skip
        assert again.returncode == 1
        assert "tidak kosong" in json.loads(again.stdout)["galat"]
    finally:
        with psycopg.connect(f"{server}/postgres{rest}", autocommit=True) as conn:
            conn.execute(f"DROP DATABASE {name} WITH (FORCE)")


def environment_for(data: Path, url: str, tools: str) -> dict[str, str]:
    return {**os.environ, "PETAJABATAN_DATA": str(data), "DATABASE_URL": url, "PETAJABATAN_PG_BIN": tools}
