"""Writing the synthetic people: COPY into temporary tables, then one INSERT … SELECT per table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from petajabatan.demo.bentuk import PENANDA_ID, Susunan
from petajabatan.demo.muat_peta import jabatan_id
from petajabatan.demo.orang import OrangDemo
from petajabatan.demo.orang import pendidikan as daftar_pendidikan
from petajabatan.organisasi.models import SELAMANYA

SUMBER = "demo (orang buatan)"

_TAHAP = """
CREATE TEMP TABLE demo_pegawai (
  id bigint, nip text, id_siasn text, nama text, gelar_depan text, gelar_belakang text, tanggal_lahir date,
  jenis_kelamin text, jenis text, kedudukan_hukum text, golongan text, tmt_golongan date, mk_tahun smallint,
  mk_bulan smallint, tmt_cpns date, tmt_pns date, tingkat text, pendidikan_id int, tahun_lulus smallint
) ON COMMIT DROP;
CREATE TEMP TABLE demo_riwayat (
  pegawai_id bigint, posisi_id bigint, unor_id bigint, jabatan_id int, nama_unor text, nama_jabatan text,
  dari date, sampai date, jenis text, sementara boolean
) ON COMMIT DROP;
"""
_TULIS = """
INSERT INTO pegawai (id, instansi_id, nip, id_siasn, nama, gelar_depan, gelar_belakang, tanggal_lahir,
  jenis_kelamin, jenis, kedudukan_hukum, golongan, tmt_golongan, mk_tahun, mk_bulan, tmt_cpns, tmt_pns,
  tingkat_pendidikan_id, pendidikan_id, tahun_lulus, sintetis, diperbarui)
SELECT id, %(instansi)s, nip, id_siasn, nama, gelar_depan, gelar_belakang, tanggal_lahir, jenis_kelamin,
  jenis, kedudukan_hukum, golongan, tmt_golongan, mk_tahun, mk_bulan, tmt_cpns, tmt_pns, tingkat,
  pendidikan_id, tahun_lulus, true, now()
FROM demo_pegawai ORDER BY id;
INSERT INTO riwayat_jabatan (pegawai_id, instansi_id, posisi_id, unor_id, jabatan_id, nama_unor, nama_jabatan,
  masa, jenis, sementara, sumber)
SELECT pegawai_id, %(instansi)s, posisi_id, unor_id, jabatan_id, nama_unor, nama_jabatan,
  daterange(dari, sampai), jenis, sementara, %(sumber)s
FROM demo_riwayat;
DROP TABLE demo_pegawai, demo_riwayat;
"""


def person_id(nip: str) -> str:
    """Stable id of a synthetic person, shaped like a SIASN id and recognisable as the demonstration's."""
    return (PENANDA_ID + hashlib.sha256(f"orang/{nip}".encode()).hexdigest()[: 32 - len(PENANDA_ID)]).upper()


def muat_orang(
    instansi_id: int,
    susunan: Susunan,
    orang: list[OrangDemo],
    jabatan: dict[str, int],
    pendidikan: dict[str, int],
) -> dict[str, int]:
    """Write people and their assignments; returns our id of each by NIP.

    ``jabatan`` and ``pendidikan``: our ids by SIASN id. The map has been published before.
    """
    unor, posisi = _unor(instansi_id), _posisi(instansi_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('pegawai', 'id')) FROM generate_series(1, %s)",
            [len(orang)],
        )
        nomor = {o.nip: row[0] for o, row in zip(orang, cursor.fetchall(), strict=True)}
        cursor.execute(_TAHAP)
    _copy("demo_pegawai", (_pegawai(nomor[o.nip], o, pendidikan) for o in orang))

    def riwayat() -> Iterator[tuple[Any, ...]]:
        for o in orang:
            for t in o.tugas:
                unor_id = unor.get(susunan.unit_id(t.unit)) if t.unit else None
                posisi_id = posisi.get((unor_id, t.kotak)) if unor_id and t.kotak else None
                jab = jabatan[jabatan_id(t.jabatan)] if t.jabatan else None
                yield (
                    nomor[o.nip], posisi_id, unor_id, jab, t.nama_unor, t.nama_jabatan, t.dari, t.sampai,
                    t.jenis, t.sementara,
                )  # fmt: skip

    _copy("demo_riwayat", riwayat())
    with connection.cursor() as cursor:
        for pernyataan in _TULIS.strip().split(";\n"):
            cursor.execute(pernyataan, {"instansi": instansi_id, "sumber": SUMBER})
    return nomor


def _pegawai(nomor: int, o: OrangDemo, pendidikan: dict[str, int]) -> tuple[Any, ...]:
    pend = daftar_pendidikan()[o.pendidikan]
    return (
        nomor, o.nip, person_id(o.nip), o.nama, o.gelar_depan, o.gelar_belakang, o.lahir, o.kelamin, o.jenis,
        o.kedudukan, o.golongan, o.tmt_golongan, o.mk_tahun, o.mk_bulan, o.tmt_cpns, o.tmt_pns,
        pend["tingkat"], pendidikan[pend["id_siasn"]], o.tahun_lulus,
    )  # fmt: skip


def _copy(tabel: str, baris: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {tabel} FROM STDIN") as copy:
        for row in baris:
            copy.write_row(row)


def _unor(instansi_id: int) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_siasn, id FROM unor WHERE instansi_id = %s", [instansi_id])
        return dict(cursor.fetchall())


def _posisi(instansi_id: int) -> dict[tuple[int | None, str], int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unor_id, nama, posisi_id FROM posisi_riwayat WHERE instansi_id = %s AND hingga = %s",
            [instansi_id, SELAMANYA],
        )
        return {(unor_id, nama): posisi_id for unor_id, nama, posisi_id in cursor.fetchall()}
