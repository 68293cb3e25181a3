"""A worker process of the simulator: takes one JSON line per piece of work from stdin, answers one line each.

It ends when stdin closes, so it never outlives the command that started it; a piece of work is one
transaction.
No Django: it needs the owner's connection only.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
from typing import Any

import psycopg

from petajabatan.simulasi.rules.rencana import Tugas
from petajabatan.simulasi.services import tunda
from petajabatan.simulasi.services.muat import Pemuat
from petajabatan.simulasi.services.tutup import tutup_instansi

SETELAN = (
    "-c synchronous_commit=off -c maintenance_work_mem=320MB -c work_mem=96MB -c"
    " random_page_cost=1.1 -c jit=off"
    " -c max_parallel_maintenance_workers=0 -c max_parallel_workers_per_gather=0"
)
"""Settings of a worker's session: two of them fit two cores and well under 2 GB."""


class Pekerja:
    """Does what the lines ask for: ``isi``, ``indeks``, ``tutup``, ``sahkan``, ``sql``."""

    def __init__(self, pengantar: dict[str, Any]) -> None:
        self.conn = psycopg.connect(pengantar["url"], options=SETELAN, autocommit=True)
        self.pengantar = pengantar
        self._pemuat: Pemuat | None = None

    def kerjakan(self, tugas: dict[str, Any]) -> dict[str, Any]:
        """Carry out one piece of work."""
        p, apa = self.pengantar, tugas["apa"]
        if apa == "isi":
            if self._pemuat is None:
                self._pemuat = Pemuat(self.conn, p["simulasi"], p["benih"], p["skala"])
            return self._pemuat.isi(Tugas(**tugas["tugas"]))
        self._pemuat = None
        if apa == "indeks":
            tunda.bangun(self.conn, tugas["tabel"], [tuple(x) for x in tugas["pekerjaan"]])
        elif apa == "tutup":
            hari = dt.date.fromisoformat(p["hari"])
            tutup_instansi(self.conn, p["simulasi"], tugas["instansi"], hari, p["sidik"])
        elif apa == "sahkan":
            tunda.sahkan_asing(self.conn, tugas["tabel"], tugas["nama"])
        else:
            self.conn.execute(tugas["sql"].encode())
        return {}


def main() -> int:
    """Read the introduction, then work until stdin closes."""
    pekerja = Pekerja(json.loads(sys.stdin.readline()))
    for baris in sys.stdin:
        tugas = json.loads(baris)
        hasil = pekerja.kerjakan(tugas)
        puncak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"n": tugas["n"], "hasil": hasil, "mb": puncak}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
