"""The history of one section: what was published, and what this draft did to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from petajabatan.anjab.queries.infojab_nilai import fields_today
from petajabatan.anjab.queries.infojab_peta import Sudut, as_json
from petajabatan.anjab.rules.infojab_banding import BarisBanding, compare_sections
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.isian import isian_id

BERDEKATAN = dt.timedelta(minutes=15)
"""Saves of one person on one section closer together than this are one entry."""
OPERASI_MAKS = 400
_VERSIONS = """SELECT r.isi, v.nomor, v.berlaku, v.ditetapkan_pada, v.keterangan, v.usulan_id, r.hingga
FROM isian_riwayat r JOIN peta_versi v ON v.instansi_id = r.instansi_id AND v.nomor = r.sejak
WHERE r.isian_id = %(id)s AND r.instansi_id = %(instansi)s ORDER BY r.sejak"""
_OPERATIONS = """SELECT o.nomor, o.oleh, o.pada, o.jenis, o.aktif, e.langkah->2->'isi', e.langkah->4->'isi'
FROM usulan_operasi o
CROSS JOIN LATERAL jsonb_array_elements(o.perubahan) AS e(langkah)
WHERE o.usulan_id = %(usulan)s AND o.perubahan @> jsonb_build_array(
    jsonb_build_array('isian', %(id)s::bigint))
  AND e.langkah->>0 = 'isian' AND (e.langkah->>1)::bigint = %(id)s
ORDER BY o.nomor DESC LIMIT %(maks)s"""


@dataclass
class Peristiwa:
    """A change of a section. ``versi``: published with it; else ``operasi`` of the draft (several saves close
    together are one, ``kali``). ``beda``: what changed."""

    oleh: str
    pada: dt.datetime
    beda: list[BarisBanding]
    versi: int | None = None
    berlaku: dt.date | None = None
    keterangan: str = ""
    usulan_id: int | None = None
    operasi: int | None = None
    jenis: str = ""
    aktif: bool = True
    kali: int = 1
    sejak: dt.datetime | None = None


def history_of(sudut: Sudut, infojab_id: int, bagian: str) -> list[Peristiwa]:
    """Newest first: operations of the draft, then versions. Two statements."""
    key = isian_id(bagian, infojab_id=infojab_id)
    fields = fields_today()
    params = sudut.params | {"id": key, "maks": OPERASI_MAKS}
    found: list[Peristiwa] = []
    open_before: Any = None
    last: tuple[Peristiwa, Any] | None = None
    for nomor, oleh, pada, jenis, aktif, before, after in (
        fetch(_OPERATIONS, params) if sudut.usulan is not None else ()
    ):
        old, new = as_json(before), as_json(after)
        if last is not None and _one_entry(last[0], oleh, pada, jenis, aktif):
            event, newest = last
            event.kali, event.sejak, event.operasi = event.kali + 1, pada, nomor
            event.beda = compare_sections(bagian, old, newest, fields)
            continue
        event = Peristiwa(
            oleh, pada, compare_sections(bagian, old, new, fields), operasi=nomor, jenis=jenis, aktif=aktif,
            sejak=pada,
        )  # fmt: skip
        found.append(event)
        last = (event, new)
    versions: list[Peristiwa] = []
    end: int | None = None
    for isi, nomor, berlaku, pada, keterangan, usulan_id, hingga in fetch(_VERSIONS, params):
        content = as_json(isi)
        if end is not None and end < nomor:
            open_before = None
        versions.append(
            Peristiwa(
                "",
                pada,
                compare_sections(bagian, open_before, content, fields),
                versi=nomor,
                berlaku=berlaku,
                keterangan=keterangan,
                usulan_id=usulan_id,
            )
        )
        open_before, end = content, hingga
    return found + versions[::-1]


def _one_entry(event: Peristiwa, oleh: str, pada: dt.datetime, jenis: str, aktif: bool) -> bool:
    return (
        event.oleh == oleh
        and event.aktif == aktif
        and event.jenis == jenis == "tulis-isian"
        and (event.sejak or event.pada) - pada <= BERDEKATAN
    )
