"""The checks in the database: what an edit costs, and that they read what it says."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from petajabatan.organisasi.models import KodeUnor
from petajabatan.testing.factories import make_pegawai, make_posisi, make_unor
from petajabatan.usulan.models import TemuanUsulan, Usulan
from petajabatan.usulan.queries.draf import net_changes
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.rules.cek import jalankan
from petajabatan.usulan.rules.jejak import affected
from petajabatan.usulan.services import add_operations, create_usulan, undo
from petajabatan.usulan.tests.conftest import Peta

pytestmark = pytest.mark.django_db
SQL_UBAH_K, SQL_TAMBAH_UNOR, SQL_HAPUS_UNOR = 39, 31, 49
"""Statements of one edit, its checks included; savepoints not counted."""


def draft(peta: Peta) -> Usulan:
    return create_usulan(peta.operator, peta.instansi.pk, judul="Penataan", dasar_hukum_id=peta.dasar.pk)


def grow(peta: Peta, n: int) -> None:
    """More units beside and below those that are edited, with boxes and people; the depth stays."""
    for i in range(n):
        unit = make_unor(peta.instansi, f"Bidang Lain {i}", peta.dinas, urutan=10 + i, eselon_id="31")
        make_unor(peta.instansi, f"Seksi Lain {i}", peta.bidang, urutan=10 + i, eselon_id="41")
        for place, above in enumerate((unit, peta.bidang)):
            box = make_posisi(
                above, peta.jabatan_lain.nama or "", jenis="pelaksana", jabatan=peta.jabatan_lain, k=1,
                kelas=6, urutan=20 + i + place,
            )  # fmt: skip
            make_pegawai(peta.instansi, f"Orang {i} {place}", box)


def statements(peta: Peta, usulan: Usulan, *operasi: object) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        add_operations(peta.operator, usulan.pk, operasi)
    return sum("SAVEPOINT" not in row["sql"] for row in seen.captured_queries)


def cost(peta: Peta, usulan: Usulan, n: int) -> tuple[int, int, int]:
    return (
        statements(peta, usulan, op.UbahK(posisi_id=peta.kotak.pk, k=4 + n)),
        statements(
            peta, usulan, op.TambahUnor(atasan_id=peta.bidang.pk, nama=f"Seksi Baru {n}", eselon="41")
        ),
        statements(peta, usulan, op.HapusUnor(unor_id=peta.seksi.pk, penerus=(peta.bidang.pk,))),
    )


def test_an_edit_costs_the_same_number_of_statements_on_any_map_and_after_any_operations(peta: Peta) -> None:
    cost(peta, draft(peta), 0)  # what is read once per process
    small = cost(peta, draft(peta), 1)
    grow(peta, 12)
    assert cost(peta, draft(peta), 2) == small
    late = draft(peta)
    for i in range(15):
        add_operations(
            peta.operator, late.pk,
            [op.UbahK(posisi_id=peta.kotak_lain.pk, k=20 + i),
             op.TambahUnor(atasan_id=peta.dinas.pk, nama=f"Bidang Tambahan {i}", eselon="31")],
        )  # fmt: skip
    assert cost(peta, late, 3) == small
    assert small == (SQL_UBAH_K, SQL_TAMBAH_UNOR, SQL_HAPUS_UNOR)


def test_stored_findings_equal_those_of_the_whole_draft_in_memory(peta: Peta) -> None:
    """Edit by edit the database keeps what the whole check finds."""
    KodeUnor.objects.create(unor=peta.seksi, instansi=peta.instansi, jenis="lokal", kode="S-1")
    make_pegawai(peta.instansi, "Tono Uji", peta.kotak_lain)
    usulan = draft(peta)
    edits: list[list[object]] = [
        [op.HapusPosisi(posisi_id=peta.kotak.pk, penerus=peta.kotak_lain.pk)],
        [op.UbahK(posisi_id=peta.kotak_lain.pk, k=1)],
        [op.TambahUnor(id=-1, atasan_id=peta.bidang.pk, nama="Seksi Pendatan", eselon="41"),
         op.TambahPosisi(unor_id=-1, jenis_posisi="pelaksana", jabatan_id=peta.jabatan.pk, k=2)],
        [op.HapusUnor(unor_id=peta.seksi.pk, penerus=(peta.bidang_lain.pk,))],
        [op.UbahUnor(unor_id=peta.bidang_lain.pk, eselon="41", jenis_unor="kelompok")],
        [op.PindahUnor(unor_id=peta.bidang_lain.pk, atasan_id=peta.bidang.pk)],
    ]  # fmt: skip
    for part in edits:
        add_operations(peta.operator, usulan.pk, part)
        _agrees(usulan)
    codes = set(TemuanUsulan.objects.filter(usulan=usulan, bawaan=False).values_list("kode", flat=True))
    assert codes >= {"penerus-kursi-kurang", "hapus-kode-aktif", "hapus-lalu-tambah", "kelompok-bereselon",
                     "pindah-antar-tingkat", "hapus-dasar-masih-berlaku"}  # fmt: skip
    for _ in edits:
        undo(peta.operator, usulan.pk)
        _agrees(usulan)
    assert not TemuanUsulan.objects.filter(usulan=usulan).exists()


def _agrees(usulan: Usulan) -> None:
    usulan.refresh_from_db()
    kept = set(
        TemuanUsulan.objects.filter(usulan=usulan).values_list(
            "objek", "objek_id", "kode", "nilai", "kalimat", "bawaan"
        )
    )
    view = PandanganDraf(usulan)
    found = jalankan(view, affected(view, net_changes(usulan)), view.dasar())
    assert kept == {(t.objek, t.id, t.temuan.kode, t.temuan.nilai, t.temuan.kalimat, t.bawaan) for t in found}
