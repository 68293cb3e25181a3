"""What a command prints: one JSON object or readable text on stdout, progress and trouble on stderr."""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from petajabatan.inti.temuan import Temuan, count_by_code

SHOWN = 20
"""Findings shown on the terminal; all of them go into --json and --simpan-temuan."""


class GagalPerintah(Exception):
    """What was asked for did not hold: a sentence, a remedy, and the exit code."""

    def __init__(self, kalimat: str, perbaikan: str = "", kode: int = 1) -> None:
        super().__init__(kalimat)
        self.kalimat, self.perbaikan, self.kode = kalimat, perbaikan, kode


def wants_json(args: argparse.Namespace) -> bool:
    return bool(getattr(args, "json", False))


def say(text: str) -> None:
    """A line for people, on stderr, so that stdout holds the result only."""
    print(text, file=sys.stderr, flush=True)


def emit(args: argparse.Namespace, isi: dict[str, Any], text: str | Sequence[str]) -> None:
    """The result: ``isi`` with ``--json``, else ``text``."""
    if wants_json(args):
        print(json.dumps(isi, ensure_ascii=False, default=str))
    else:
        print(text if isinstance(text, str) else "\n".join(text))
    sys.stdout.flush()


def angka(n: float) -> str:
    """1.250 – thousands as Indonesians write them."""
    return f"{n:,}".replace(",", " ").replace(".", ",").replace(" ", ".")


def place(t: Temuan) -> str:
    parts = [t.tempat, f"baris {t.baris}" if t.baris else "", f"kolom {t.kolom}" if t.kolom else ""]
    shown = ", ".join(p for p in parts if p)
    return f"{shown}: {t.nilai!r}" if t.nilai else shown


def finding_lines(temuan: Sequence[Temuan], shown: int = SHOWN) -> list[str]:
    """Counts by code, then findings with their remedies: the worst first, two of each code before more."""
    if not temuan:
        return []
    lines = [f"Temuan: {angka(len(temuan))}"]
    lines += [f"  {angka(n):>9}  {kode}" for kode, n in count_by_code(temuan).items()]
    order = {"galat": 0, "peringatan": 1, "catatan": 2}
    earlier: Counter[str] = Counter()
    ranked = []
    for t in temuan:
        ranked.append((order[t.tingkat], earlier[t.kode] > 1, t))
        earlier[t.kode] += 1
    for *_, t in sorted(ranked, key=lambda item: item[:2])[:shown]:
        where = place(t)
        lines.append(f"- [{t.tingkat}] {t.kalimat}" + (f" ({where})" if where else ""))
        if t.perbaikan:
            lines.append(f"    Perbaikan: {t.perbaikan}")
    if len(temuan) > shown:
        lines.append(f"  … dan {angka(len(temuan) - shown)} lagi; semua dengan --json atau --simpan-temuan.")
    return lines


def save_findings_csv(path: Path, temuan: Iterable[Temuan]) -> None:
    """All findings as CSV that spreadsheets open; cells that would be formulas are neutralised."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        columns = ("tingkat", "kode", "baris", "kolom", "nilai", "tempat", "kalimat", "perbaikan")
        writer.writerow(columns)
        for t in temuan:
            row = ["" if (v := getattr(t, name)) is None else str(v) for name in columns]
            writer.writerow([f"'{v}" if v[:1] in "=+-@\t\r" and v else v for v in row])


class KemajuanTerminal:
    """Progress on stderr: one moving line on a terminal, a line every few seconds elsewhere."""

    def __init__(self, every: float = 3.0) -> None:
        self.tty = sys.stderr.isatty()
        self.every = 0.1 if self.tty else every
        self._last = 0.0 if self.tty else time.monotonic()  # short work says nothing into a log
        self._stage: str | None = None
        self._open = False

    def __call__(self, selesai: int, total: int | None = None, tahap: str = "") -> None:
        now = time.monotonic()
        if now - self._last < self.every and (not self.tty or (tahap == self._stage and selesai != total)):
            return
        new_stage = tahap != self._stage
        self._last, self._stage = now, tahap
        if not self.tty:
            of = f" dari {angka(total)}" if total else ""
            say(f"{dt.datetime.now():%H:%M:%S} {tahap or 'berjalan'}: {angka(selesai)}{of}")
            return
        if new_stage and self._open:
            sys.stderr.write("\n")
        if total:
            filled = min(30, 30 * selesai // total)
            bar = f"[{'█' * filled}{'·' * (30 - filled)}] {100 * selesai // total:3d}%"
        else:
            bar = angka(selesai)
        sys.stderr.write(f"\r\x1b[K{tahap:<32.32} {bar}")
        sys.stderr.flush()
        self._open = True

    def close(self) -> None:
        if self._open:
            sys.stderr.write("\n")
            self._open = False


def write_whole(path: Path, isi: bytes) -> None:
    """Whole or not at all: a full disk leaves the older file."""
    temporary = path.with_name(path.name + ".sementara")
    try:
        temporary.write_bytes(isi)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise GagalPerintah(f"{path} tidak dapat ditulis: {error.strerror}.") from error
