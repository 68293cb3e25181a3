"""Processor time of processes and all they started: what a request costs whatever else runs (Linux)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

DETAK = os.sysconf("SC_CLK_TCK")


def _stat() -> dict[int, tuple[int, float]]:
    """Parent and used processor seconds of every process; waited-for children count with their parent."""
    hasil = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            bagian = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        hasil[int(path.parent.name)] = (int(bagian[1]), sum(map(int, bagian[11:15])) / DETAK)
    return hasil


def seconds(roots: Iterable[int]) -> float:
    """Processor seconds used so far by these processes and everything below them."""
    stat = _stat()
    anak: dict[int, list[int]] = {}
    for pid, (induk, _) in stat.items():
        anak.setdefault(induk, []).append(pid)
    jumlah, antre, lihat = 0.0, list(roots), set()
    while antre:
        pid = antre.pop()
        if pid in lihat or pid not in stat:
            continue
        lihat.add(pid)
        jumlah += stat[pid][1]
        antre += anak.get(pid, [])
    return jumlah
