"""Jabatan of the reference list as an import's boxes name them."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from rapidfuzz import fuzz, process, utils

from petajabatan.organisasi.models import KEPALA_FUNGSIONAL
from petajabatan.organisasi.rules.baris import BarisPosisi
from petajabatan.organisasi.rules.periksa_posisi import AcuanJabatan, JabatanAcuan, name_key

SARAN_MAKS = 60
"""Unknown names that get suggestions; comparing one with 70,000 names takes some 30 ms."""
SARAN, MIRIP_MIN = 3, 72
_BY_NAME = """SELECT id, jenis, nama, jenjang_id, aktif, id_siasn FROM jabatan
WHERE regexp_replace(lower(nama), '[^0-9a-z]', '', 'g') = ANY(%s) OR id_siasn = ANY(%s)"""


def jabatan_for(rows: list[BarisPosisi]) -> AcuanJabatan:
    """The jabatan that the rows name, by name and id, in one SQL statement; suggestions for unknown names
    read the whole list once, when the first is asked for."""
    names = {name_key(row.nama) for row in rows if row.nama}
    ids = {row.id_jabatan for row in rows if row.id_jabatan}
    found = AcuanJabatan(saran=_Saran(), kepala_fungsional=frozenset(KEPALA_FUNGSIONAL))
    with connection.cursor() as cursor:
        cursor.execute(_BY_NAME, [list(names), list(ids)])
        for jabatan_id, jenis, nama, jenjang, aktif, id_siasn in cursor.fetchall():
            jabatan = JabatanAcuan(jabatan_id, jenis, nama, jenjang, aktif, id_siasn or "")
            if jabatan.nama:
                found.menurut_nama.setdefault(name_key(jabatan.nama), []).append(jabatan)
            if jabatan.id_siasn:
                found.menurut_id.setdefault(jabatan.id_siasn, []).append(jabatan)
    return found


def similar_jabatan() -> Callable[[str], list[str]]:
    """Names of the reference list that look like an unknown one, best first; the list is read once, when the
    first is asked for."""
    saran = _Saran()
    return lambda nama: saran(nama, "")


class _Saran:
    """Names of the list that look like an unknown one, best first."""

    def __init__(self) -> None:
        self._asked: dict[tuple[str, str], list[str]] = {}
        self._names: dict[str, list[str]] = {}

    def __call__(self, nama: str, jenis: str) -> list[str]:
        key = (name_key(nama), jenis)
        if key not in self._asked:
            self._asked[key] = self._similar(nama, jenis) if len(self._asked) < SARAN_MAKS else []
        return self._asked[key]

    def _similar(self, nama: str, jenis: str) -> list[str]:
        if jenis not in self._names:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT DISTINCT nama FROM jabatan"
                    " WHERE nama IS NOT NULL AND aktif AND (%s = '' OR jenis = %s)",
                    [jenis, jenis],
                )
                self._names[jenis] = [row[0] for row in cursor.fetchall()]
        hits = process.extract(
            nama,
            self._names[jenis],
            scorer=fuzz.token_sort_ratio,
            processor=utils.default_process,
            limit=SARAN,
            score_cutoff=MIRIP_MIN,
        )
        return [hit[0] for hit in hits]
