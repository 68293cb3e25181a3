"""The worker processes of a run: work is handed out as workers become free, results come back as they are
done."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any


class ReguGagal(RuntimeError):
    """A worker ended before its work was done; its message stands on stderr."""


class Regu:
    """``n`` workers for the length of a ``with`` block. ``mb``: peak memory of each so far, in MB."""

    def __init__(self, n: int, pengantar: dict[str, Any]) -> None:
        env = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[3])}
        self._proses = [
            subprocess.Popen(
                [sys.executable, "-m", "petajabatan.simulasi.services.pekerja"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env,
            )
            for _ in range(n)
        ]  # fmt: skip
        self.mb: dict[int, float] = {}
        for p in self._proses:
            self._kirim(p, pengantar)

    def __enter__(self) -> Regu:
        return self

    def __exit__(
        self, jenis: type[BaseException] | None, galat: BaseException | None, jejak: TracebackType | None
    ) -> None:
        for p in self._proses:
            assert p.stdin is not None
            p.stdin.close()
            if jenis is not None:
                p.terminate()
        for p in self._proses:
            p.wait()

    @staticmethod
    def _kirim(p: subprocess.Popen[bytes], isi: dict[str, Any]) -> None:
        assert p.stdin is not None
        try:
            p.stdin.write(json.dumps(isi).encode() + b"\n")
            p.stdin.flush()
        except BrokenPipeError as error:
            raise ReguGagal("Sebuah proses pekerja berhenti.") from error

    def kerjakan(self, tugas: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Hand out the work in its order; yields each piece with its result, in the order of completion."""
        antre = [{**t, "n": n} for n, t in enumerate(tugas)]
        sisa, berikut = len(antre), 0
        with selectors.DefaultSelector() as pilih:
            for p in self._proses:
                assert p.stdout is not None
                pilih.register(p.stdout, selectors.EVENT_READ, p)
                if berikut < len(antre):
                    self._kirim(p, antre[berikut])
                    berikut += 1
            while sisa:
                for kunci, _ in pilih.select():
                    p = kunci.data
                    baris = p.stdout.readline()
                    if not baris:
                        raise ReguGagal("Sebuah proses pekerja berhenti.")
                    jawab = json.loads(baris)
                    self.mb[p.pid] = jawab["mb"]
                    sisa -= 1
                    if berikut < len(antre):
                        self._kirim(p, antre[berikut])
                        berikut += 1
                    yield tugas[jawab["n"]], jawab["hasil"]
