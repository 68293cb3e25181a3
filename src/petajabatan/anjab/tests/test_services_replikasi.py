"""Copying posts with their informasi jabatan and ABK sheets: new, completed, never doubled, undone
together."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from petajabatan.anjab.queries.replikasi import search_target
from petajabatan.anjab.rules.replikasi import Pilihan
from petajabatan.anjab.services.replikasi import Permintaan, preview, propose, replicate
from petajabatan.anjab.tasks_replikasi import run_replication
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.models import Pekerjaan
from petajabatan.inti.pekerjaan import Kemajuan, Konteks
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.models import PosisiRiwayat
from petajabatan.referensi.models import Jabatan
from petajabatan.testing.factories import make_instansi, make_jabatan, make_posisi, make_unor, make_version
from petajabatan.usulan.models import Operasi, Usulan, UsulanIsian, UsulanPosisi
from petajabatan.usulan.queries.isian import contents_of, sheets_of
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.rules.operasi import BuatInfojab, TambahPosisi, TulisIsian, UbahK
from petajabatan.usulan.services import add_operations, create_usulan, redo, undo
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.pembuat import account
from petajabatan.usulan.tests.test_services_isian import publish

pytestmark = pytest.mark.django_db
IKHTISAR = {"ikhtisar": "Mengolah data pegawai dengan cara memeriksa berkas agar data selalu benar."}
TUGAS = {"tugas_pokok": [{"uraian": "Memeriksa berkas", "hasil": "Dokumen"}]}
SHEET = {"baris": [{"uraian": "Memeriksa berkas", "volume": "48", "norma": "4800", "tugas": 1}]}


def draft(peta: Peta, **more: Any) -> Usulan:
    return create_usulan(peta.operator, peta.instansi.pk, judul="Salin", dasar_hukum_id=peta.dasar.pk, **more)


def describe(peta: Peta, usulan: Usulan, posisi_id: int) -> None:
    steps = [
        BuatInfojab(id=-1, posisi_id=(posisi_id,)),
        TulisIsian(infojab_id=-1, bagian="ikhtisar", isi=IKHTISAR),
        TulisIsian(infojab_id=-1, bagian="tugas_pokok", isi=TUGAS),
        TulisIsian(posisi_id=posisi_id, bagian="abk", isi=SHEET),
    ]
    add_operations(peta.operator, usulan.pk, steps)


def test_a_draft_of_a_branch_is_offered_units_inside_it_only(peta: Peta) -> None:
    inside = {peta.bidang.pk, peta.seksi.pk}
    whole, branch = draft(peta), draft(peta, cabang_id=peta.bidang.pk)
    for teks in ("bidang", "seksi", "dinas"):
        offered = {u.id for u in search_target(branch, teks)}
        assert offered == {u.id for u in search_target(whole, teks)} & inside, teks
    assert {u.id for u in search_target(whole, "dinas")} - inside


@pytest.fixture
def sumber(peta: Peta) -> int:
    """The source of the copies: Bidang Anggaran with its one described post, published."""
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Isi", layanan="infojab")
    describe(peta, usulan, peta.kotak.pk)
    publish(peta, usulan)
    return peta.bidang.pk


def boxes(usulan: Usulan, unor_id: int) -> list[Any]:
    usulan.refresh_from_db()
    return [b for b in PandanganDraf(usulan).kotak([unor_id])[unor_id] if not b.kepala]


def wanted(sumber: int, *targets: int, **choice: bool) -> Permintaan:
    return Permintaan(sumber, tuple((sumber, key) for key in targets), None, Pilihan(**choice))


def test_a_post_comes_with_kelas_need_description_and_sheet_into_several_units(
    peta: Peta, sumber: int
) -> None:
    usulan = draft(peta)
    made = replicate(peta.operator, usulan.pk, wanted(sumber, peta.seksi.pk, peta.dinas.pk))
    assert made.rencana.ringkas() == {
        "jabatan_baru": 2, "jabatan_dilengkapi": 0, "jabatan_sudah_ada": 0, "bagian_infojab": 6,
        "baris_abk": 2, "k_berubah": 0, "selisih_k": 0,
    }  # fmt: skip
    (one,), (two,) = boxes(usulan, peta.seksi.pk), boxes(usulan, peta.dinas.pk)
    assert (one.jabatan_id, one.kelas, one.k) == (peta.jabatan.pk, 6, 3)  # 48 × 4.800 ÷ 75.000
    assert one.infojab_id == two.infojab_id is not None
    said = contents_of(usulan, [one.infojab_id])[one.infojab_id]
    assert said["ikhtisar"] == IKHTISAR and said["tugas_pokok"]["tugas_pokok"][0]["id"] == 1
    assert set(sheets_of(usulan, [one.id, two.id])) == {one.id, two.id}
    assert Operasi.objects.filter(usulan=usulan).values("kelompok").distinct().count() == 1
    assert "Bidang Anggaran" in Operasi.objects.filter(usulan=usulan).first().alasan


def test_each_copy_may_have_a_description_of_its_own(peta: Peta, sumber: int) -> None:
    usulan = draft(peta)
    replicate(peta.operator, usulan.pk, wanted(sumber, peta.seksi.pk, peta.dinas.pk, bersama=False))
    (one,), (two,) = boxes(usulan, peta.seksi.pk), boxes(usulan, peta.dinas.pk)
    assert one.infojab_id != two.infojab_id


def test_without_the_need_the_sheet_brings_norms_and_leaves_volumes_open(peta: Peta, sumber: int) -> None:
    usulan = draft(peta)
    replicate(peta.operator, usulan.pk, wanted(sumber, peta.seksi.pk, k=False))
    (box,) = boxes(usulan, peta.seksi.pk)
    (row,) = sheets_of(usulan, [box.id])[box.id].isi["baris"]
    assert box.k is None and row["volume"] is None and row["norma"] == "4800"


def test_the_same_request_again_does_nothing_and_a_job_run_twice_neither(peta: Peta, sumber: int) -> None:
    usulan = draft(peta)
    request = wanted(sumber, peta.seksi.pk, peta.bidang_lain.pk)
    job = Pekerjaan.objects.create(
        jenis="anjab-replikasi", judul="x", masukan=request.as_dict() | {"usulan_id": usulan.pk},
        pemilik_id=peta.operator.id, instansi_id=peta.instansi.pk,
    )  # fmt: skip
    for n in (1, 2):
        result = run_replication(Konteks(job, peta.operator, Kemajuan()))
        assert bool(result.isi["operasi"]) == (n == 1)
    made = replicate(peta.operator, usulan.pk, request)
    assert made.edit is None and made.rencana.sudah_ada == 2
    assert len(boxes(usulan, peta.seksi.pk)) == 1


def test_a_post_that_is_there_is_completed_and_what_it_says_is_not_overwritten(
    peta: Peta, sumber: int
) -> None:
    usulan = draft(peta)
    own = {"ikhtisar": "Mengurus aset dengan cara mencatat agar aset tercatat."}
    steps = [
        BuatInfojab(id=-1, posisi_id=(peta.kotak_lain.pk,)),
        TulisIsian(infojab_id=-1, bagian="ikhtisar", isi=own),
    ]
    mine = add_operations(peta.operator, usulan.pk, steps).id_baru[-1]
    made = replicate(peta.operator, usulan.pk, wanted(sumber, peta.bidang_lain.pk))
    assert (made.rencana.baru, made.rencana.dilengkapi) == (0, 1)
    said = contents_of(usulan, [mine])[mine]
    assert said["ikhtisar"] == own and "tugas_pokok" in said
    assert len(boxes(usulan, peta.bidang_lain.pk)) == 1


def test_the_need_of_a_post_that_is_there_changes_only_where_it_is_asked_for(peta: Peta, sumber: int) -> None:
    usulan = draft(peta)
    (held,) = boxes(usulan, peta.bidang_lain.pk)
    add_operations(peta.operator, usulan.pk, [UbahK(posisi_id=held.id, k=7)])
    request = wanted(sumber, peta.bidang_lain.pk)
    (row,) = preview(peta.operator, usulan.pk, request).rencana.salin
    assert (row.k_lembar, row.k_berubah, row.selisih_k) == (3, False, 0)
    replicate(peta.operator, usulan.pk, request)
    assert boxes(usulan, peta.bidang_lain.pk)[0].k == 7
    (work,) = sheets_of(usulan, [held.id])[held.id].isi["baris"]
    assert (work["volume"], work["norma"]) == (None, "4800")
    undo(peta.operator, usulan.pk)
    made = replicate(peta.operator, usulan.pk, wanted(sumber, peta.bidang_lain.pk, ubah_k=True))
    assert (made.rencana.ringkas()["k_berubah"], made.rencana.ringkas()["selisih_k"]) == (1, -4)
    assert boxes(usulan, peta.bidang_lain.pk)[0].k == 3


def test_undo_takes_all_of_it_back_at_once_and_redo_brings_it_again(peta: Peta, sumber: int) -> None:
    usulan = draft(peta)
    replicate(peta.operator, usulan.pk, wanted(sumber, peta.seksi.pk, peta.dinas.pk))
    undo(peta.operator, usulan.pk)
    assert not UsulanPosisi.objects.filter(usulan=usulan).exists()
    assert not UsulanIsian.objects.filter(usulan=usulan).exists()
    redo(peta.operator, usulan.pk)
    assert len(boxes(usulan, peta.seksi.pk)) == 1


def test_heads_stay_behind_and_a_jabatan_no_longer_used_too(peta: Peta, sumber: int) -> None:
    Jabatan.objects.filter(pk=peta.jabatan.pk).update(aktif=False)
    usulan = draft(peta)
    seen = preview(peta.operator, usulan.pk, wanted(sumber, peta.seksi.pk))
    assert {t.kode for t in seen.rencana.temuan} == {"pimpinan-tidak-disalin", "jabatan-tidak-aktif"}
    assert not seen.rencana.salin and not Operasi.objects.filter(usulan=usulan).exists()


def test_any_published_unit_may_be_the_source_and_what_is_its_own_stays_there(peta: Peta) -> None:
    other = make_instansi("Kabupaten Lain")
    make_version(other)
    unit = make_unor(other, "Bidang Anggaran", nama_jabatan="Kepala Bidang")
    make_posisi(
        unit, peta.jabatan_lain.nama or "", jenis="pelaksana", jabatan=peta.jabatan_lain, k=2, kelas=6
    )
    usulan = draft(peta)
    asal, pairs = propose(peta.operator, usulan.pk, unit.pk, [peta.bidang.pk])
    assert asal.versi == 1 and asal.instansi == "Kabupaten Lain" and not asal.isi.sendiri
    assert [(j.sumber, j.tujuan) for j in pairs] == [(unit.pk, peta.bidang.pk)]
    replicate(peta.operator, usulan.pk, wanted(unit.pk, peta.bidang.pk))
    assert {b.jabatan_id for b in boxes(usulan, peta.bidang.pk)} == {peta.jabatan.pk, peta.jabatan_lain.pk}


def test_a_unit_that_only_the_draft_has_may_be_the_source(peta: Peta) -> None:
    usulan = draft(peta)
    box = TambahPosisi(
        id=-1, unor_id=peta.seksi.pk, jenis_posisi="pelaksana", jabatan_id=peta.jabatan_lain.pk, k=1, kelas=5
    )
    key = add_operations(peta.operator, usulan.pk, [box]).id_baru[-1]
    describe(peta, usulan, key)
    made = replicate(peta.operator, usulan.pk, wanted(peta.seksi.pk, peta.dinas.pk))
    assert made.rencana.ringkas()["bagian_infojab"] == 3


def test_only_chosen_posts_come(peta: Peta, sumber: int) -> None:
    lain = make_jabatan("Pengelola Keuangan")
    row = PosisiRiwayat.objects.get(posisi=peta.kotak, hingga=2147483647)
    make_posisi(
        peta.bidang, "Pengelola Keuangan", sejak=row.sejak, jenis="pelaksana", jabatan=lain, k=1, kelas=6
    )
    usulan = draft(peta)
    request = Permintaan(sumber, ((sumber, peta.seksi.pk),), (peta.kotak.pk,))
    replicate(peta.operator, usulan.pk, request)
    assert [b.jabatan_id for b in boxes(usulan, peta.seksi.pk)] == [peta.jabatan.pk]


def test_who_only_writes_descriptions_completes_posts_and_adds_none(peta: Peta, sumber: int) -> None:
    penulis = account("penulis", "instansi-operator-infojab", "instansi", instansi_id=peta.instansi.pk)
    usulan = create_usulan(penulis, peta.instansi.pk, judul="Isi", layanan="infojab")
    made = replicate(penulis, usulan.pk, wanted(sumber, peta.bidang_lain.pk, peta.seksi.pk))
    assert (made.rencana.baru, made.rencana.dilengkapi) == (0, 1)
    assert "jabatan-belum-ada" in {t.kode for t in made.rencana.temuan}


def test_others_are_kept_out_and_strange_units_are_refused(peta: Peta, sumber: int) -> None:
    usulan = draft(peta)
    other = make_instansi("Kabupaten Lain")
    luar = account("luar", "instansi-operator-sotk", "instansi", instansi_id=other.pk)
    with pytest.raises((PermissionDenied, Http404)), scope_of(luar):
        replicate(luar, usulan.pk, wanted(sumber, peta.seksi.pk))
    with pytest.raises(PermissionDenied):
        preview(peta.penyetuju, usulan.pk, wanted(sumber, peta.seksi.pk))
    for request, kode in (
        (wanted(99_999_999, peta.seksi.pk), "sumber-tidak-ada"),
        (Permintaan(sumber, ((peta.dinas.pk, peta.seksi.pk),)), "pasangan-tidak-dikenal"),
        (wanted(sumber, 99_999_999), "tujuan-tidak-ada"),
    ):
        with pytest.raises(Ditolak) as caught:
            replicate(peta.operator, usulan.pk, request)
        assert caught.value.temuan[0].kode == kode
