"""Recording training and certificates people have, from the records of SIASN.

"Export Data ASN" has no such columns; the records come one list at a time: rw-diklat, rw-kursus, sertifikasi.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.izin import require
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Temuan, refuse
from petajabatan.pegawai.rules.kompetensi import KUNCI_REFERENSI, Daftar, read_records
from petajabatan.pegawai.services.impor import recount

CONTOH = 20
"""Findings of one kind that are told one by one."""


@dataclass
class LaporanKompetensi:
    """What became of the records: taken, of those without a reference of ours, and findings."""

    dibaca: int = 0
    dicatat: int = 0
    tanpa_acuan: int = 0
    temuan: list[Temuan] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not any(t.tingkat == "galat" for t in self.temuan)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"temuan": [t.as_dict() for t in self.temuan]}


_FILE = Path(__file__).resolve().parent.parent / "sql" / "kompetensi.sql"
_SQL = {
    name: body.strip()
    for name, body in re.findall(r"^-- name: (\w+)\n(.*?)(?=^-- name: |\Z)", _FILE.read_text(), re.M | re.S)
}


def read_json(path: Path) -> list[Mapping[str, Any]]:
    """The records of a file: an array, or an answer of SIASN with the array in ``data``. Raises Ditolak."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        content = None
    rows = content.get("data") if isinstance(content, dict) else content
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        refuse(
            "berkas-tidak-terbaca",
            "Berkas ini bukan larik riwayat JSON.",
            "Simpan jawaban SIASN apa adanya.",
            nilai=path.name,
        )
    return rows


def record_training(
    actor: Actor,
    instansi_id: int,
    daftar: Daftar,
    records: Iterable[Mapping[str, Any]],
    sumber: str = "SIASN",
) -> LaporanKompetensi:
    """Record these for people of an instansi; the same record a second time changes the first.

    People not of the instansi are reported, never taken over. Raises PermissionDenied. The caller has opened
    the actor's scope. A fixed number of statements whatever the size.
    """
    require(actor, *roles_that_may("pegawai"), instansi_id=instansi_id)
    wanted = list(records)
    rows, found = read_records(daftar, wanted)
    report = LaporanKompetensi(len(wanted), temuan=found)
    params: dict[str, Any] = {"baris": json.dumps(rows), "instansi": instansi_id, "sumber": sumber[:80],
              "bagian": KUNCI_REFERENSI[daftar]}  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SQL["cocokkan"], params)
        cursor.execute(_SQL["catat_sertifikasi" if daftar == "sertifikasi" else "catat_diklat"], params)
        report.dicatat = cursor.rowcount
        cursor.execute(_SQL["kabar"])
        told = cursor.fetchall()
        cursor.execute("DROP TABLE kompetensi_cocok")
        if report.dicatat:
            recount(instansi_id, today())  # a new B stamp, by which counts of qualifications are kept
    strangers = [row for row in told if row[1]]
    report.tanpa_acuan = sum(not row[1] for row in told)
    report.temuan += [
        Temuan("kompetensi-orang-lain", "peringatan", "Bukan pegawai instansi ini; dilewati.",
               "Impor pegawainya lebih dahulu, atau kirim ke instansinya.", baris=row[0])
        for row in strangers[:CONTOH]
    ]  # fmt: skip
    report.temuan += [
        Temuan("kompetensi-tanpa-acuan", "catatan",
               f"“{row[2]}” tidak ada dalam daftar; disimpan menurut namanya.",
               "Impor daftar referensinya agar dapat dibandingkan dengan syarat jabatan.", baris=row[0])
        for row in [r for r in told if not r[1]][:CONTOH]
    ]  # fmt: skip
    return report
