"""The content of a draft as values: net steps, the whole map with it, the published state of objects."""

from __future__ import annotations

from collections.abc import Iterable

from petajabatan.jabatan.queries.peta import collector_paused, fetch
from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.acuan import AcuanDb, people_on_boxes, people_without_box
from petajabatan.usulan.queries.pandangan import (
    BOX_COLUMNS,
    SECTION_COLUMNS,
    UNIT_COLUMNS,
    isi_of_json,
    row_of,
)
from petajabatan.usulan.rules.objek import OBJEK, OBJEK_PETA, TIADA, Keadaan, Kunci, Objek, Perubahan
from petajabatan.usulan.rules.pandangan import PetaDraf

_NET = {
    "unor": "SELECT unor_id, sebelum, sesudah, penerus FROM usulan_unor WHERE usulan_id = %(usulan)s"
    " ORDER BY 1",
    "isian": "SELECT isian_id, sebelum, sesudah, penerus FROM usulan_isian WHERE usulan_id = %(usulan)s"
    " ORDER BY 1",
    "posisi": "SELECT posisi_id, sebelum, sesudah, penerus FROM usulan_posisi WHERE usulan_id = %(usulan)s"
    " ORDER BY 1",
}
# The last row of an object's history in its instansi: live, or how it ended.
_LAST = {
    "unor": f"""SELECT DISTINCT ON (r.unor_id) r.hingga = 2147483647, r.penerus, {UNIT_COLUMNS}
FROM unor_riwayat r WHERE r.unor_id = ANY(%(ids)s) AND r.instansi_id = %(instansi)s
ORDER BY r.unor_id, r.sejak DESC""",
    "posisi": f"""SELECT DISTINCT ON (r.posisi_id) r.hingga = 2147483647, r.penerus, {BOX_COLUMNS}
FROM posisi_riwayat r WHERE r.posisi_id = ANY(%(ids)s) AND r.instansi_id = %(instansi)s
ORDER BY r.posisi_id, r.sejak DESC""",
    "isian": f"""SELECT DISTINCT ON (r.isian_id) r.hingga = 2147483647, '{{}}'::bigint[], {SECTION_COLUMNS}
FROM isian_riwayat r WHERE r.isian_id = ANY(%(ids)s) AND r.instansi_id = %(instansi)s
ORDER BY r.isian_id, r.sejak DESC""",
}
_WHOLE = {
    "unor": f"SELECT {UNIT_COLUMNS} FROM unor_riwayat r WHERE r.instansi_id = %(instansi)s"
    " AND r.sejak <= %(versi)s AND r.hingga > %(versi)s",
    "posisi": f"SELECT {BOX_COLUMNS} FROM posisi_riwayat r WHERE r.instansi_id = %(instansi)s"
    " AND r.sejak <= %(versi)s AND r.hingga > %(versi)s",
}
_PEOPLE = """SELECT b.posisi_id, b.b FROM bezetting_posisi b WHERE b.instansi_id = %(instansi)s AND b.b > 0"""


def net_changes(usulan: Usulan, jenis: tuple[Objek, ...] = OBJEK) -> list[Perubahan]:
    """The draft as one step per touched object of these kinds. One statement each."""
    return [
        Perubahan(
            objek,
            key,
            Keadaan(isi_of_json(objek, before)),
            Keadaan(isi_of_json(objek, after), tuple(penerus)),
        )
        for objek in jenis
        for key, before, after, penerus in fetch(_NET[objek], {"usulan": usulan.pk})
    ]


def published_states(instansi_id: int, kunci: Iterable[Kunci]) -> dict[Kunci, Keadaan]:
    """What the last published version says of these objects: live, removed with successors, or ``TIADA`` for
    those it never had. Three statements at most."""
    keys = list(kunci)
    found: dict[Kunci, Keadaan] = dict.fromkeys(keys, TIADA)
    for objek in OBJEK:
        ids = [key for kind, key in keys if kind == objek]
        if not ids:
            continue
        for alive, penerus, *values in fetch(_LAST[objek], {"ids": ids, "instansi": instansi_id}):
            row = row_of(objek, values)
            found[objek, row.id] = Keadaan(row) if alive else Keadaan(None, tuple(penerus))
    return found


def whole_draft(
    usulan: Usulan, acuan: AcuanDb | None = None, *, draf: bool = True, semua_orang: bool = False
) -> PetaDraf:
    """The whole map in memory with the draft laid over it (``draf`` False: the base alone). People are B by
    policy, for totals; ``semua_orang``: everybody who holds a seat in any way, as the rules of removal count.
    Seven statements at most."""
    params = {"instansi": usulan.instansi_id, "versi": usulan.dasar_versi}
    with collector_paused():
        units = [row for v in fetch(_WHOLE["unor"], params) if isinstance(row := row_of("unor", v), IsiUnor)]
        boxes = [
            row for v in fetch(_WHOLE["posisi"], params) if isinstance(row := row_of("posisi", v), IsiPosisi)
        ]
        loose: dict[int, int] = {}
        if semua_orang:
            people = people_on_boxes([box.id for box in boxes])
            loose = people_without_box(usulan.instansi_id, [unit.id for unit in units])
        else:
            people = dict(fetch(_PEOPLE, params))
        peta = PetaDraf(
            usulan.instansi_id,
            units,
            boxes,
            acuan or AcuanDb(usulan.instansi_id),
            orang=people,
            orang_unor=loose,
        )
        if draf:
            peta.take(net_changes(usulan, OBJEK_PETA))
    return peta
