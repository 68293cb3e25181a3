"""What the database itself refuses, to everybody, its owner included."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from petajabatan.pegawai.tests.test_walls import commit_deferred

NEVER_DELETED = (
    "unor",
    "posisi",
    "unor_riwayat",
    "posisi_riwayat",
    "peta_versi",
    "pegawai",
    "riwayat_jabatan",
)


def refused(sql: str, *params: object, says: str | None = None) -> None:
    """The statement fails at once, or when its transaction ends."""
    with pytest.raises(DatabaseError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def peta(peta_a):
    commit_deferred()
    return peta_a


@pytest.mark.parametrize("table", NEVER_DELETED)
def test_rows_of_the_map_and_people_are_never_deleted(peta, table):
    refused(f"DELETE FROM {table}", says="tidak dihapus|tidak diubah atau dihapus")
    refused(f"TRUNCATE {table} CASCADE", says="tidak dihapus|tidak diubah atau dihapus")


@pytest.mark.parametrize("sql", ["UPDATE audit SET aktor = 'x'", "DELETE FROM audit", "TRUNCATE audit"])
def test_the_audit_is_only_added_to(peta, sql):
    refused(sql, says="audit hanya dapat ditambah")


def test_a_person_sits_in_one_definitive_seat_a_day(peta):
    refused(
        "INSERT INTO riwayat_jabatan (pegawai_id, instansi_id, posisi_id, unor_id, nama_jabatan, nama_unor,"
        " jenis, masa, sementara, sumber) SELECT pegawai_id, instansi_id, %s, %s, nama_jabatan, nama_unor,"
        " 'D', masa, sementara, sumber FROM riwayat_jabatan WHERE pegawai_id = %s",
        peta.kepala.id, peta.dinas.id, peta.orang[1].id,
        says="satu_kursi_definitif_per_hari",
    )  # fmt: skip


def test_a_unit_has_one_head_with_one_seat(peta):
    refused("UPDATE posisi_riwayat SET k = 2 WHERE kepala", says="posisi_kepala_satu_kursi|tidak diubah")
    refused(
        "WITH baru AS (INSERT INTO posisi (instansi_id) VALUES (%s) RETURNING id)"
        " INSERT INTO posisi_riwayat (posisi_id, instansi_id, unor_id, sejak, hingga, urutan, nama, jenis,"
        " kepala, k) SELECT id, %s, %s, 1, 2147483647, 9, 'Kepala kedua', 'struktural', true, 1 FROM baru",
        peta.instansi.id, peta.instansi.id, peta.dinas.id,
        says="kepala",
    )  # fmt: skip


def test_a_unit_keeps_its_id_and_its_way_to_the_top(peta):
    refused("UPDATE unor SET id = id + 1000000 WHERE id = %s", peta.bidang.id)
    refused("UPDATE unor_riwayat SET atasan_id = %s WHERE unor_id = %s", peta.bidang.id, peta.dinas.id)
