"""Proving the audit chains: every record reached, none changed, missing, added or cut off.

The hashes are computed here once more from the columns, independently of the database's own function, while
records stream through a cursor: memory does not grow with their number. The bytes are those of docs/audit.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.inti.temuan import Ditolak, Temuan

SEKALIGUS = 10_000
"""Records fetched at a time."""
LAMA_TERTUNDA = "10 minutes"
"""Age from which a record that still waits for its seal is reported."""

Kepala = dict[int, tuple[int, str]]
"""Chain → number of its last record and that record's hash (hex)."""

_FIELDS = (
    "a.id::text, to_char(a.pada AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), a.aktor,"
    " a.permintaan, a.instansi_id::text, a.aksi, a.objek, a.jumlah::text, a.rincian::text"
)
_STREAM = f"""SELECT r.rantai, r.nomor, r.audit_id, r.hash, {_FIELDS} FROM audit_rantai r
LEFT JOIN audit a ON a.id = r.audit_id ORDER BY r.rantai, r.nomor"""
_OUTSIDE = """SELECT a.id, coalesce(a.instansi_id, 0) FROM audit a
WHERE NOT EXISTS (SELECT FROM audit_rantai r WHERE r.audit_id = a.id)
AND NOT EXISTS (SELECT FROM audit_tertunda t WHERE t.audit_id = a.id) ORDER BY a.id"""

_SENTENCES = {
    "audit-berubah": (
        "Catatan audit, atau segel sebelum catatan ini, telah diubah: sidiknya tidak cocok.",
        "Bandingkan catatan ini dengan cadangan terakhir yang terbukti utuh, dan selidiki siapa pemilik basis"
        " data yang mengubahnya.",
    ),
    "audit-hilang": (
        "Catatan audit yang pernah disegel tidak ada lagi.",
        "Pulihkan catatan ini dari cadangan, dan selidiki siapa yang menghapusnya.",
    ),
    "audit-rantai-bolong": (
        "Rantai audit bolong: segel pada nomor ini tidak ada lagi.",
        "Pulihkan segel dan catatannya dari cadangan.",
    ),
    "audit-terpotong": (
        "Ujung rantai audit terpotong: kepala rantai mencatat lebih banyak segel daripada yang ada.",
        "Pulihkan catatan terakhir dari cadangan.",
    ),
    "audit-kepala-beda": (
        "Kepala rantai audit tidak cocok dengan segel terakhirnya.",
        "Bandingkan kepala rantai dengan cadangan; segel ditambahkan atau kepala diubah dengan tangan.",
    ),
    "audit-di-luar-rantai": (
        "Catatan audit disisipkan di luar rantai: tidak pernah disegel.",
        "Periksa asal catatan ini; pemicu z_segel dimatikan ketika ia ditulis.",
    ),
    "audit-kepala-lama": (
        "Kepala rantai yang disimpan dahulu tidak lagi terdapat dalam rantai: rantai ditulis ulang.",
        "Bandingkan dengan cadangan dari waktu kepala itu disimpan.",
    ),
}

AUDIT = tuple(kode for kode in _SENTENCES if kode != "audit-kepala-lama")
"""What a proof without heads kept elsewhere can find broken."""


def canonical(rantai: int, nomor: int, fields: Sequence[str | None]) -> bytes:
    """The bytes that are hashed: ``audit1,`` and each field as ``<bytes>:<UTF-8>,`` (NULL: ``-,``)."""
    parts = [b"audit1,"]
    for value in (str(rantai), str(nomor), *fields):
        if value is None:
            parts.append(b"-,")
        else:
            raw = value.encode()
            parts.append(b"%d:%b," % (len(raw), raw))
    return b"".join(parts)


def genesis(rantai: int) -> bytes:
    """What stands before the first record of a chain."""
    return hashlib.sha256(f"petajabatan audit {rantai}".encode()).digest()


@dataclass
class BuktiAudit:
    """What came of a proof: records and chains seen, findings, the heads found."""

    catatan: int = 0
    rantai: int = 0
    tertunda: int = 0
    jumlah: dict[str, int] = field(default_factory=dict)
    temuan: list[Temuan] = field(default_factory=list)
    kepala: Kepala = field(default_factory=dict)

    @property
    def utuh(self) -> bool:
        return not self.jumlah

    def add(self, kode: str, tempat: str, contoh: int, nilai: str = "") -> None:
        self.jumlah[kode] = self.jumlah.get(kode, 0) + 1
        if self.jumlah[kode] <= contoh:
            kalimat, perbaikan = _SENTENCES[kode]
            self.temuan.append(Temuan(kode, "galat", kalimat, perbaikan, tempat=tempat, nilai=nilai))


def _place(rantai: int, nomor: int | None = None, audit_id: int | None = None) -> str:
    parts = [f"instansi {rantai}" if rantai else "tanpa instansi"]
    parts += [f"nomor {nomor}"] if nomor is not None else []
    parts += [f"catatan {audit_id}"] if audit_id is not None else []
    return ", ".join(parts)


def heads() -> Kepala:
    """Where each chain ends now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rantai, nomor, encode(hash, 'hex') FROM audit_kepala ORDER BY 1")
        return {rantai: (nomor, sidik) for rantai, nomor, sidik in cursor.fetchall()}


def _stream() -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_STREAM)
        while rows := cursor.fetchmany(SEKALIGUS):
            yield from rows


def prove(*, contoh: int = 50, kemajuan: Kemajuan | None = None, dahulu: Kepala | None = None) -> BuktiAudit:
    """Prove every chain, inside the caller's (nationwide) scope; the server may go on working meanwhile.

    ``dahulu``: heads kept outside the database, each of which must still stand in its chain: this alone finds
    a database owner who rewrote a whole chain. At most ``contoh`` findings of each kind are kept, the first
    ones of each chain first.
    """
    report, proof = kemajuan or Kemajuan(), BuktiAudit()
    before = heads()  # chains only grow: what stands now must be found below
    total = sum(nomor for nomor, _ in before.values())
    expected = {(r, n): sidik for r, (n, sidik) in (dahulu or {}).items()}
    last: Kepala = {}
    chain, at, seal = None, 0, b""
    for rantai, nomor, audit_id, stored, *fields in _stream():
        if rantai != chain:
            chain, at, seal = rantai, 0, genesis(rantai)
            proof.rantai += 1
        if nomor != at + 1:
            proof.add("audit-rantai-bolong", _place(rantai, at + 1), contoh)
        elif fields[0] is None:
            proof.add("audit-hilang", _place(rantai, nomor, audit_id), contoh)
        elif hashlib.sha256(seal + canonical(rantai, nomor, fields)).digest() != bytes(stored):
            proof.add("audit-berubah", _place(rantai, nomor, audit_id), contoh)
        at, seal = nomor, bytes(stored)
        last[rantai] = (nomor, seal.hex())
        if expected and expected.get((rantai, nomor)) == seal.hex():
            del expected[rantai, nomor]
        if before.get(rantai, (0, ""))[0] == nomor and before[rantai][1] != seal.hex():
            proof.add("audit-kepala-beda", _place(rantai, nomor), contoh)
        proof.catatan += 1
        if proof.catatan % SEKALIGUS == 0:
            report(proof.catatan, total, "membuktikan rantai audit")
    _prove_ends(proof, before, last, contoh)
    for rantai, nomor in sorted(expected):
        proof.add("audit-kepala-lama", _place(rantai, nomor), contoh)
    _prove_outside(proof, contoh)
    return proof


def _prove_ends(proof: BuktiAudit, before: Kepala, last: Kepala, contoh: int) -> None:
    proof.kepala = heads()
    for rantai, (nomor, _) in before.items():
        if last.get(rantai, (0, ""))[0] < nomor:
            proof.add("audit-terpotong", _place(rantai, last.get(rantai, (0, ""))[0] + 1), contoh)
    for rantai, (nomor, _) in last.items():
        if proof.kepala.get(rantai, (0, ""))[0] < nomor:
            proof.add("audit-kepala-beda", _place(rantai, nomor), contoh)


def _prove_outside(proof: BuktiAudit, contoh: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_OUTSIDE)
        for audit_id, rantai in cursor.fetchall():
            proof.add("audit-di-luar-rantai", _place(rantai, audit_id=audit_id), contoh)
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE sejak < now() - %s::interval) FROM audit_tertunda",
            [LAMA_TERTUNDA],
        )
        proof.tertunda, old = cursor.fetchone()
    if old:
        proof.temuan.append(
            Temuan(
                "audit-belum-disegel",
                "peringatan",
                f"{old} catatan audit sudah lama menunggu segelnya.",
                "Pastikan pekerja berjalan (petajabatan worker); ia menyegelnya.",
            )
        )


def save_heads(path: Path, kepala: Kepala) -> None:
    """Write heads to a file that is to be kept away from the database and its owner."""
    body = {str(rantai): list(end) for rantai, end in sorted(kepala.items())}
    path.write_text(json.dumps({"kepala_audit": body}, indent=1) + "\n")


def read_heads(path: Path) -> Kepala:
    """Heads written by ``save_heads``. Raises Ditolak for any other file."""
    try:
        body = json.loads(path.read_text())["kepala_audit"]
        return {int(rantai): (int(end[0]), str(end[1])) for rantai, end in body.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise Ditolak(
            [
                Temuan(
                    "kepala-tak-terbaca",
                    "galat",
                    f"Berkas {path} bukan simpanan kepala rantai audit.",
                    "Pakai berkas dari petajabatan periksa audit --simpan-kepala.",
                )
            ]
        ) from error
