"""Where this installation keeps what it must not lose: database, documents, logs, secrets."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path


def default_data_dir() -> Path:
    """The data folder when nobody names one: ``/var/lib/petajabatan`` for root, else the user's."""
    if os.name == "posix" and os.geteuid() == 0:
        return Path("/var/lib/petajabatan")
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "petajabatan"


@dataclass(frozen=True)
class DataDir:
    """The folder and the fixed places inside it."""

    root: Path

    @classmethod
    def from_env(cls) -> DataDir:
        named = os.environ.get("PETAJABATAN_DATA")
        return cls(Path(named).expanduser().resolve() if named else default_data_dir())

    @property
    def pgdata(self) -> Path:
        return self.root / "postgres"

    @property
    def berkas(self) -> Path:
        return self.root / "berkas"

    @property
    def logs(self) -> Path:
        return self.root / "log"

    @property
    def secrets_file(self) -> Path:
        return self.root / "rahasia.json"

    def prepare(self) -> None:
        """Create the folders; only modes inside the data folder are touched."""
        self.root.mkdir(parents=True, exist_ok=True)
        for sub in (self.berkas, self.logs):
            sub.mkdir(exist_ok=True)
            sub.chmod(0o750)

    def secrets(self) -> dict[str, str]:
        """Secrets of this installation, made on the first call and kept (file mode 600)."""
        path = self.secrets_file
        known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        missing = {"django", "cakupan", "db_pemilik", "db_web"} - known.keys()
        if missing:
            self.prepare()
            known |= {name: secrets.token_urlsafe(40) for name in missing}
            temporary = path.with_suffix(".baru")
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                json.dump(known, file)
            temporary.replace(path)
        return known
