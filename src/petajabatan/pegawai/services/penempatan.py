"""People follow their seats: provisional placement when a version ends boxes or units, and taking it back.

Publishing moves nobody in law. The old assignment ends where the new version begins, a provisional one
follows under the successor, and a row of the daftar pengukuhan waits for the decision letter. See
docs/penempatan.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.audit import record
from petajabatan.inti.izin import require
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.pegawai.services.impor import recount
from petajabatan.pegawai.services.kunci import lock_maps

_FILE = Path(__file__).resolve().parent.parent / "sql" / "penempatan.sql"
SQL: dict[str, str] = {
    name: body.strip()
    for name, body in re.findall(r"^-- name: (\w+)\n(.*?)(?=^-- name: |\Z)", _FILE.read_text(), re.M | re.S)
}


@dataclass(frozen=True, slots=True)
class PindahKursi:
    """Where the people of one box go. ``posisi_lama`` None: the people on the unit who have no box.

    ``posisi_baru`` None: onto ``unor_baru`` without a box; that None too: nowhere, left without a seat.
    ``instansi_baru``: the instansi of the successor when it is another one.
    """

    posisi_lama: int | None
    unor_lama: int
    posisi_baru: int | None = None
    unor_baru: int | None = None
    instansi_baru: int | None = None


@dataclass(frozen=True)
class HasilPenempatan:
    """Assignments moved, how many of them without a seat, and the people (ids) they belong to."""

    n: int = 0
    tanpa_kursi: int = 0
    pegawai_ids: tuple[int, ...] = ()

    @property
    def orang(self) -> int:
        return len(self.pegawai_ids)


def place_successors(
    actor: Actor,
    instansi_id: int,
    versi: int,
    berlaku: dt.date,
    pindah: Sequence[PindahKursi],
    *,
    usulan_id: int | None = None,
) -> HasilPenempatan:
    """Place everybody whose seat a version ends, provisionally, under the successor.

    Called in the transaction that publishes ``versi`` of ``instansi_id``, after its rows (and those of the
    instansi that receive) are written. Every assignment of any kind that reaches past ``berlaku`` ends there;
    one that begins only later becomes kind X as a whole. Several people onto one head box: one gets it, the
    others stand on the unit without a box. Calling it again changes nothing. A fixed number of statements.

    Raises PermissionDenied; ValueError when a box is named twice; Ditolak for successors that are not on the
    map (``penerus-tidak-aktif``) and when people remain on what the version ends (``masih-diduduki``).
    """
    _require_publisher(actor, instansi_id)
    twice = [box for box, n in Counter(p.posisi_lama for p in pindah if p.posisi_lama).items() if n > 1]
    if twice:
        raise ValueError(f"boxes named twice: {twice[:5]}")
    params: dict[str, Any] = {
        "instansi": instansi_id,
        "versi": versi,
        "berlaku": berlaku,
        "usulan": usulan_id,
        "sumber": f"penempatan sementara, peta versi {versi}"[:80],
        **{name: [getattr(p, name) for p in pindah] for name in PindahKursi.__slots__},
    }
    with transaction.atomic():
        lock_maps({instansi_id, *(p.instansi_baru for p in pindah if p.instansi_baru)})
        run("siapkan", params)
        _refuse_dead_successors(params)
        for step in ("kumpulkan", "asal_sebenarnya", "bentrok", "akhiri", "dudukkan", "gantikan", "catat"):
            run(step, params)
        run("pindah_instansi", params)
        _refuse_left_behind(params)
        n, without, people, targets = rows("hasil", params)[0]
        if n:
            settle_counts({instansi_id, *targets})
            rincian = {"versi": versi, "tanpa_kursi": without}
            record(actor, "tempatkan", "riwayat_jabatan", rincian, instansi_id=instansi_id, jumlah=n)
    return HasilPenempatan(n, without, tuple(people))


def cancel_placement(actor: Actor, instansi_id: int, versi: int) -> HasilPenempatan:
    """Take the placement of a scheduled version back, before its first day.

    New assignments become kind X, the old ones reach as far as before (or to the end the new ones were given
    meanwhile), the rows of the list are cancelled. A version that touched nobody gives an empty result.
    Raises PermissionDenied; Ditolak when the version is in force, a row has been confirmed, or a later
    version has moved the same people on.
    """
    _require_publisher(actor, instansi_id)
    params = {"instansi": instansi_id, "versi": versi}
    with transaction.atomic():
        lock_maps({instansi_id})
        n, berlaku, confirmed, built_on = rows("batal_keadaan", params)[0]
        if not n:
            return HasilPenempatan()
        _refuse_cancel(versi, berlaku, confirmed, built_on)
        for step in ("batal_kumpulkan", "batal_kursi_baru", "batal_kursi_lama", "batal_catat"):
            run(step, params)
        n, people, targets = rows("batal_hasil", params)[0]
        settle_counts({instansi_id, *targets})
        record(actor, "batalkan", "riwayat_jabatan", {"versi": versi}, instansi_id=instansi_id, jumlah=n)
    return HasilPenempatan(n, 0, tuple(people))


def _require_publisher(actor: Actor, instansi_id: int) -> None:
    require(actor, *roles_that_may("unor"), *roles_that_may("tetapkan"), instansi_id=instansi_id)


def settle_counts(instansi_ids: set[int]) -> None:
    """B of today anew, and with it the stamp that tells every page that seats have changed."""
    day = today()
    for instansi_id in sorted(instansi_ids):
        recount(instansi_id, day)


def _refuse_dead_successors(params: dict[str, Any]) -> None:
    found = [
        Temuan(
            "penerus-tidak-aktif",
            "galat",
            "Pengganti yang disebut tidak ada pada peta yang ditetapkan"
            f" ({f'posisi {box}' if box else f'unit {unit}'}).",
            "Pilih unit atau jabatan pengganti yang ada pada versi baru.",
            nilai=str(box or unit),
        )
        for box, unit in rows("tujuan_mati", params)
    ]
    if found:
        raise Ditolak(found)


def _refuse_left_behind(params: dict[str, Any]) -> None:
    found = [
        Temuan(
            "masih-diduduki",
            "galat",
            f"{f'Jabatan {box} pada {unit}' if box else f'Unit {unit}'} berakhir, tetapi {n} pegawai masih"
            " tercatat di sana.",
            "Sebutkan unit atau jabatan penggantinya.",
            tempat=unit or "",
            nilai=str(unit_id),
        )
        for unit, box, n, unit_id in rows("tertinggal", params)
    ]
    if found:
        raise Ditolak(found)


def _refuse_cancel(versi: int, berlaku: dt.date, confirmed: int, built_on: int) -> None:
    found = []
    if berlaku <= today():
        found.append(
            Temuan(
                "versi-sudah-berlaku",
                "galat",
                f"Versi {versi} sudah berlaku sejak {berlaku.isoformat()};"
                " penempatannya tidak dapat dibatalkan.",
                "Buat versi koreksi yang memindahkan pegawainya kembali.",
            )
        )
    if confirmed:
        found.append(
            Temuan(
                "pengukuhan-sudah-ditetapkan",
                "galat",
                f"{confirmed} pengukuhan dari versi {versi} sudah bernomor keputusan.",
                "Cabut dahulu keputusan pengukuhannya, atau buat versi koreksi.",
            )
        )
    if built_on:
        found.append(
            Temuan(
                "versi-sudah-dilanjutkan",
                "galat",
                f"Versi sesudah {versi} memindahkan {built_on} penugasan yang sama.",
                "Batalkan dahulu versi yang lebih baru.",
            )
        )
    if found:
        raise Ditolak(found)


def run(name: str, params: dict[str, Any]) -> None:
    """One named step of sql/penempatan.sql."""
    with connection.cursor() as cursor:
        cursor.execute(SQL[name], params)


def rows(name: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(SQL[name], params)
        return cursor.fetchall()
