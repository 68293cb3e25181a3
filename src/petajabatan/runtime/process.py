"""Child processes: started in a session of their own, stopped with everything they started."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
LOG_MAX = 20 << 20
"""Bytes after which a log is set aside as ``.1`` at the next start."""


def die_with_parent(signal_number: int) -> Callable[[], None] | None:
    """What to run between fork and exec so that a killed parent leaves no orphan (Linux only)."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)

    return ask


def rotate(path: Path) -> None:
    """Set a large log aside; one older log is kept."""
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size > LOG_MAX:
            path.replace(path.with_name(path.name + ".1"))


def tail(path: Path, lines: int = 12) -> str:
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


@dataclass
class Child:
    """A process that is to live as long as we do."""

    name: str
    command: list[str]
    env: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    next_start: float = field(default=0.0)

    def start(self) -> None:
        rotate(self.log)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                self.command, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, preexec_fn=die_with_parent(signal.SIGTERM),
            )  # fmt: skip
        self.started = time.monotonic()

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def revive(self) -> bool:
        """Start again if dead, waiting longer after each quick death; returns whether it was started."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None and self.next_start <= self.started:
            self._signal(signal.SIGKILL)  # what it had started must not keep the port
            self.failures = 0 if now - self.started > 60 else self.failures + 1
            self.next_start = now + min(30.0, 0.2 * 2**self.failures)
        if self.alive or now < self.next_start:
            return False
        self.start()
        return True

    def excuse(self) -> None:
        """Earlier deaths had a cause that is gone: the next start waits for nothing."""
        self.failures, self.next_start = 0, 0.0

    def _signal(self, number: int) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def ask_to_stop(self) -> None:
        if self.alive and self.process is not None:
            self.process.send_signal(signal.SIGTERM)

    def stop(self, deadline: float) -> None:
        """Wait until the deadline (monotonic), then kill the whole session."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, deadline - time.monotonic()))
        self._signal(signal.SIGKILL)
        self.process.wait()
