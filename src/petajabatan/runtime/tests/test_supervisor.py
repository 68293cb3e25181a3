"""``serve``: what it says when it is ready."""

from __future__ import annotations

import json

from petajabatan.runtime.data_dir import DataDir
from petajabatan.runtime.supervisor import Supervisor


def test_a_database_that_dies_as_serve_gets_ready_does_not_end_it(tmp_path, capsys, monkeypatch):
    """It says that it is ready, without the accounts it could not read, and goes on to watch."""
    monkeypatch.setenv("PETAJABATAN_MODE", "demo")
    for name in ("DATABASE_URL", "DATABASE_WEB_URL"):
        monkeypatch.delenv(name, raising=False)
    data_dir = DataDir(tmp_path / "data")
    data_dir.prepare()
    Supervisor(data_dir, port=8123, json_output=True)._announce()
    said = json.loads(capsys.readouterr().out)
    assert (said["alamat"], said["akun"]) == ("http://localhost:8123", [])
