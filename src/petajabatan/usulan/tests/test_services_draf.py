"""Editing a draft in the database."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404

from petajabatan.akun.queries import actor_of
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.jam import JAKARTA
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.models import PosisiRiwayat, UnorTotalRiwayat
from petajabatan.organisasi.models import SELAMANYA, UnorRiwayat
from petajabatan.pegawai.models import RiwayatJabatan
from petajabatan.testing.factories import make_instansi, make_jabatan, make_posisi, make_unor, make_version
from petajabatan.testing.personas import make_persona
from petajabatan.usulan.models import (
    KonflikUsulan,
    Operasi,
    Persetujuan,
    TemuanUsulan,
    Usulan,
    UsulanTotal,
    UsulanUnor,
)
from petajabatan.usulan.queries.alur import summary_of
from petajabatan.usulan.queries.draf import net_changes, whole_draft
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.queries.selaras import open_conflicts
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.rules.cek import jalankan
from petajabatan.usulan.rules.jejak import affected
from petajabatan.usulan.rules.pandangan import unor_of
from petajabatan.usulan.services import add_operations, create_usulan, redo, undo
from petajabatan.usulan.services.selaras import decide, rebase, recompute_totals
from petajabatan.usulan.services.terbit import Penetapan, publish_usulan
from petajabatan.usulan.tests.conftest import Peta

pytestmark = pytest.mark.django_db
HARI_INI = dt.datetime.now(JAKARTA).date()
BESOK = Penetapan("800/1", HARI_INI, HARI_INI + dt.timedelta(days=1))


def draft(peta: Peta, **more) -> Usulan:
    more.setdefault("dasar_hukum_id", peta.dasar.pk)
    return create_usulan(peta.operator, peta.instansi.pk, judul="Penataan bidang", **more)


def approve(usulan: Usulan) -> None:
    for pihak in ("instansi", "bkn"):
        Persetujuan.objects.create(
            usulan=usulan, instansi_id=usulan.instansi_id, pihak=pihak, revisi=usulan.revisi
        )
    for status in ("menunggu_persetujuan", "diajukan", "diverifikasi", "disetujui"):
        usulan.status = status
        usulan.save(update_fields=["status"])


def refused(call, *args, **kwargs) -> set[str]:
    with pytest.raises(Ditolak) as caught:
        call(*args, **kwargs)
    return {t.kode for t in caught.value.temuan}


def test_a_new_unit_brings_its_head_and_boxes_in_one_request(peta: Peta) -> None:
    usulan = draft(peta)
    done = add_operations(
        peta.operator,
        usulan.pk,
        [
            {"jenis": "tambah-unor", "id": -1, "atasan_id": peta.dinas.pk, "nama": "Bidang Baru",
             "nama_jabatan": "Kepala Bidang Baru", "eselon": "31"},
            {"jenis": "tambah-posisi", "unor_id": -1, "jenis_posisi": "pelaksana",
             "jabatan_id": peta.jabatan.pk, "k": 4, "kelas": 6},
        ],
    )  # fmt: skip
    view = PandanganDraf(usulan)
    made = unor_of(view, done.id_baru[-1])
    assert made is not None and made.urutan == 3
    assert [box.k for box in view.kotak([made.id])[made.id]] == [1, 4]
    assert UsulanTotal.objects.get(usulan=usulan, unor_id=peta.dinas.pk).k == 5
    assert not UnorRiwayat.objects.filter(unor_id=made.id).exists()


def test_undo_and_redo_lead_back_and_forth_until_a_new_edit(peta: Peta) -> None:
    usulan = draft(peta)
    add_operations(peta.operator, usulan.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=7)])
    add_operations(
        peta.operator, usulan.pk, [op.PindahUnor(unor_id=peta.seksi.pk, atasan_id=peta.bidang_lain.pk)]
    )
    undo(peta.operator, usulan.pk)
    undo(peta.operator, usulan.pk)
    assert net_changes(usulan) == [] and not UsulanTotal.objects.filter(usulan=usulan).exists()
    redo(peta.operator, usulan.pk)
    redo(peta.operator, usulan.pk)
    assert {p.id for p in net_changes(usulan)} >= {peta.kotak.pk, peta.seksi.pk}
    undo(peta.operator, usulan.pk)
    add_operations(peta.operator, usulan.pk, [op.UbahKelas(posisi_id=peta.kotak.pk, kelas=7)])
    before = Operasi.objects.filter(usulan=usulan).count()
    redo(peta.operator, usulan.pk)
    assert Operasi.objects.filter(usulan=usulan).count() == before


def test_the_same_request_twice_is_carried_out_once(peta: Peta) -> None:
    usulan = draft(peta)
    one = add_operations(peta.operator, usulan.pk, [_tambah(peta)], kunci="a")
    two = add_operations(peta.operator, usulan.pk, [_tambah(peta)], kunci="a")
    assert two.diulang and two.nomor == one.nomor and two.id_baru == one.id_baru
    assert UsulanUnor.objects.filter(usulan=usulan).count() == 1


def _tambah(peta: Peta, nama: str = "Bidang Baru") -> op.TambahUnor:
    return op.TambahUnor(atasan_id=peta.dinas.pk, nama=nama)


def test_the_same_draft_twice_is_made_once(peta: Peta) -> None:
    assert draft(peta, kunci="k").pk == draft(peta, kunci="k").pk


def test_a_stale_page_changes_other_things_but_not_what_somebody_changed(peta: Peta) -> None:
    usulan = draft(peta)
    add_operations(peta.operator, usulan.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=7)])
    add_operations(peta.operator, usulan.pk, [op.UbahK(posisi_id=peta.kotak_lain.pk, k=7)], revisi=0)
    with pytest.raises(Ditolak) as caught:
        add_operations(peta.operator, usulan.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=8)], revisi=0)
    assert caught.value.temuan[0].kode == "objek-sudah-berubah"
    assert "Operator" in caught.value.temuan[0].kalimat


def test_one_refused_operation_refuses_the_whole_request(peta: Peta) -> None:
    usulan = draft(peta)
    codes = refused(
        add_operations, peta.operator, usulan.pk, [_tambah(peta), op.PindahUnor(unor_id=1, atasan_id=2)]
    )
    assert codes == {"unor-tidak-ada"}
    assert net_changes(usulan) == [] and Usulan.objects.get(pk=usulan.pk).revisi == 0


def test_a_unit_with_people_is_not_removed_without_a_successor(peta: Peta) -> None:
    usulan = draft(peta)
    assert "hapus-tanpa-penerus" in refused(
        add_operations, peta.operator, usulan.pk, [op.HapusUnor(unor_id=peta.bidang.pk, cabang=True)]
    )
    add_operations(
        peta.operator, usulan.pk,
        [op.HapusUnor(unor_id=peta.bidang.pk, cabang=True, penerus=(peta.bidang_lain.pk,))],
    )  # fmt: skip
    box = next(p for p in net_changes(usulan) if p.id == peta.kotak.pk and p.objek == "posisi")
    assert box.sesudah.penerus == (peta.kotak_lain.pk,)


def test_a_rename_that_is_a_reorganisation_is_refused_and_can_be_turned_into_add_and_remove(
    peta: Peta,
) -> None:
    usulan = draft(peta)
    with pytest.raises(Ditolak) as caught:
        add_operations(
            peta.operator, usulan.pk, [op.KoreksiNama(unor_id=peta.bidang.pk, nama="Bidang Perbendaharaan")]
        )
    assert caught.value.temuan[0].kode == "bukan-koreksi" and "jarak" in caught.value.temuan[0].nilai
    done = add_operations(
        peta.operator, usulan.pk,
        [op.GantiNama(id=-1, unor_id=peta.bidang.pk, nama="Bidang Perbendaharaan",
                      nama_jabatan="Kepala Bidang Perbendaharaan", dasar_hukum_id=peta.dasar.pk)],
    )  # fmt: skip
    new = done.id_baru[-1]
    view = PandanganDraf(usulan)
    assert view.keadaan("unor", [peta.bidang.pk])[peta.bidang.pk].penerus == (new,)
    assert [u.id for u in view.anak([new])[new]] == [peta.seksi.pk]
    assert [u.id for u in view.anak([peta.dinas.pk])[peta.dinas.pk]] == [new, peta.bidang_lain.pk]
    head = view.keadaan("posisi", [peta.kepala.pk])[peta.kepala.pk]
    assert not head.hidup and head.penerus
    undo(peta.operator, usulan.pk)
    assert net_changes(usulan) == []


def test_the_head_of_a_renamed_unit_takes_the_new_name_where_it_had_the_old_one(peta: Peta) -> None:
    usulan = draft(peta)
    step = op.GantiNama(id=-1, unor_id=peta.bidang.pk, nama="Bidang Perbendaharaan")
    new = add_operations(peta.operator, usulan.pk, [step]).id_baru[-1]
    view = PandanganDraf(usulan)
    unit = view.keadaan("unor", [new])[new].isi
    assert unit is not None and unit.nama_jabatan == "Kepala Bidang Perbendaharaan"
    assert [b.nama for b in view.kotak([new])[new] if b.kepala] == ["Kepala Bidang Perbendaharaan"]


def test_merging_puts_like_with_like_and_adds_up_their_need(peta: Peta) -> None:
    nomor = make_version(peta.instansi)
    twin = make_unor(
        peta.instansi,
        "SEKSI  Pendataan",
        peta.bidang_lain,
        sejak=nomor,
        nama_jabatan="Kepala Seksi Pendataan",
    )
    other = make_posisi(
        peta.bidang, peta.jabatan_lain.nama, jenis="pelaksana", jabatan=peta.jabatan_lain, k=1
    )
    usulan = draft(peta)
    add_operations(
        peta.operator, usulan.pk, [op.GabungUnor(unor_id=(peta.bidang.pk,), menjadi=peta.bidang_lain.pk)]
    )
    view = PandanganDraf(usulan)
    assert [u.id for u in view.anak([peta.bidang_lain.pk])[peta.bidang_lain.pk]] == [twin.pk]
    boxes = {b.id: b.k for b in view.kotak([peta.bidang_lain.pk])[peta.bidang_lain.pk] if not b.kepala}
    assert boxes == {peta.kotak_lain.pk: 5, other.pk: 1}
    gone = view.keadaan("posisi", [peta.kotak.pk])[peta.kotak.pk]
    assert (gone.isi, gone.penerus) == (None, (peta.kotak_lain.pk,))
    assert view.keadaan("unor", [peta.seksi.pk])[peta.seksi.pk].penerus == (twin.pk,)


def test_a_merge_names_the_seat_of_the_head_that_goes(peta: Peta) -> None:
    """As the API hands it over, keys of text; a placeholder may stand for a box of the same request."""
    usulan = draft(peta)
    done = add_operations(
        peta.operator,
        usulan.pk,
        [
            {"jenis": "tambah-posisi", "id": -1, "unor_id": peta.bidang_lain.pk,
             "jenis_posisi": "pelaksana", "jabatan_id": peta.jabatan_lain.pk, "k": 1},
            {"jenis": "gabung-unor", "unor_id": [peta.bidang.pk], "menjadi": peta.bidang_lain.pk,
             "penerus_posisi": {str(peta.kepala.pk): -1}},
        ],
    )  # fmt: skip
    view = PandanganDraf(usulan)
    assert view.keadaan("posisi", [peta.kepala.pk])[peta.kepala.pk].penerus == (done.id_baru[-1],)
    assert done.temuan == []
    usulan = draft(peta)
    merge = op.GabungUnor(unor_id=(peta.bidang.pk,), menjadi=peta.bidang_lain.pk)
    assert [t.kode for t in add_operations(peta.operator, usulan.pk, [merge]).temuan] == ["orang-tanpa-kursi"]


def test_a_functional_head_keeps_the_name_of_its_duty(peta: Peta) -> None:
    bidan = make_jabatan("Bidan Ahli Muda", jenis="fungsional")
    nomor = make_version(peta.instansi)
    faskes = make_unor(peta.instansi, "Puskesmas Lasem", peta.dinas, sejak=nomor, urutan=9,
                       jenis="faskes", nama_jabatan="Kepala Puskesmas Lasem")  # fmt: skip
    make_posisi(
        faskes, "Kepala Puskesmas Lasem", jenis="fungsional", jabatan=bidan, kepala=True, k=1, kelas=9
    )
    usulan = draft(peta)
    done = add_operations(
        peta.operator, usulan.pk,
        [op.GantiNama(id=-1, unor_id=faskes.pk, nama="Puskesmas Rawat Inap Lasem",
                      nama_jabatan="Kepala Puskesmas Rawat Inap Lasem", dasar_hukum_id=peta.dasar.pk)],
    )  # fmt: skip
    (head,) = PandanganDraf(usulan).kotak([done.id_baru[-1]])[done.id_baru[-1]]
    assert (head.nama, head.jenis, head.jabatan_id) == (
        "Kepala Puskesmas Rawat Inap Lasem", "fungsional", bidan.pk,
    )  # fmt: skip


def test_a_typing_error_is_corrected_together_with_the_head(peta: Peta) -> None:
    usulan = draft(peta)
    add_operations(
        peta.operator, usulan.pk,
        [op.KoreksiNama(unor_id=peta.bidang.pk, nama="Bidang Angaran", nama_jabatan="Kepala Bidang Angaran")],
    )  # fmt: skip
    box = PandanganDraf(usulan).keadaan("posisi", [peta.kepala.pk])[peta.kepala.pk].isi
    assert box is not None and box.nama == "Kepala Bidang Angaran"
    told = Operasi.objects.get(usulan=usulan).ringkas
    assert "Bidang Angaran (jarak 0,0" in told and "ambang" in told


def test_stored_totals_and_findings_equal_those_from_scratch(peta: Peta) -> None:
    usulan = draft(peta)
    add_operations(peta.operator, usulan.pk, [_tambah(peta, "Bidang Aset"), _tambah(peta, "Bidang Aset")])
    add_operations(
        peta.operator, usulan.pk, [op.PindahUnor(unor_id=peta.seksi.pk, atasan_id=peta.bidang_lain.pk)]
    )
    add_operations(peta.operator, usulan.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=0)])
    add_operations(
        peta.operator, usulan.pk,
        [op.HapusUnor(unor_id=peta.bidang.pk, penerus=(peta.bidang_lain.pk,), cabang=True)],
    )  # fmt: skip
    kept = set(
        UsulanTotal.objects.filter(usulan=usulan).values_list("unor_id", "k", "b", "n_posisi", "n_unor")
    )
    found = set(
        TemuanUsulan.objects.filter(usulan=usulan).values_list("objek", "objek_id", "kode", "nilai", "bawaan")
    )
    assert found
    recompute_totals(usulan)
    gone = {p.id for p in net_changes(usulan) if not p.sesudah.hidup}
    fresh = set(
        UsulanTotal.objects.filter(usulan=usulan).values_list("unor_id", "k", "b", "n_posisi", "n_unor")
    )
    assert {row for row in kept if row[0] not in gone} == {row for row in fresh if row[0] not in gone}
    view = PandanganDraf(usulan)
    whole = jalankan(view, affected(view, net_changes(usulan)), view.dasar())
    assert found == {(t.objek, t.id, t.temuan.kode, t.temuan.nilai, t.bawaan) for t in whole}


def test_publishing_gives_the_map_that_replaying_the_draft_gives(peta: Peta) -> None:
    usulan = draft(peta)
    add_operations(
        peta.operator, usulan.pk,
        [op.GantiNama(unor_id=peta.bidang.pk, nama="Bidang Perbendaharaan",
                      nama_jabatan="Kepala Bidang Perbendaharaan")],
    )  # fmt: skip
    add_operations(peta.operator, usulan.pk, [op.UbahK(posisi_id=peta.kotak_lain.pk, k=9)])
    want = whole_draft(usulan)
    approve(usulan)
    version = publish_usulan(peta.penyetuju, usulan.pk, BESOK)
    assert (version.nomor, version.usulan_id) == (2, usulan.pk)
    usulan.refresh_from_db()
    assert (usulan.status, usulan.versi_terbit) == ("ditetapkan", 2)
    usulan.dasar_versi = 2
    got = whole_draft(usulan, draf=False)
    assert {u.id: u for u in got.units()} == {u.id: u for u in want.units()}
    assert {p.id: p for p in got.boxes()} == {p.id: p for p in want.boxes()}
    root = UnorTotalRiwayat.objects.get(unor=peta.dinas, hingga=SELAMANYA)
    assert root.k == sum(p.k or 0 for p in want.boxes())
    last = UnorRiwayat.objects.get(unor=peta.bidang, hingga=2)
    assert last.penerus
    assert publish_usulan(peta.penyetuju, usulan.pk, BESOK).nomor == 2


def test_people_of_a_replaced_unit_are_placed_provisionally(peta: Peta) -> None:
    usulan = draft(peta)
    add_operations(
        peta.operator, usulan.pk,
        [op.HapusUnor(unor_id=peta.bidang.pk, penerus=(peta.bidang_lain.pk,), cabang=True)],
    )  # fmt: skip
    approve(usulan)
    publish_usulan(peta.penyetuju, usulan.pk, BESOK)
    rows = RiwayatJabatan.objects.filter(pegawai=peta.orang).order_by("masa")
    assert [(r.posisi_id, r.sementara) for r in rows] == [(peta.kotak.pk, False), (peta.kotak_lain.pk, True)]


def test_another_usulan_published_meanwhile_is_no_obstacle_where_nothing_conflicts(peta: Peta) -> None:
    one, two = draft(peta), draft(peta)
    add_operations(peta.operator, one.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=9)])
    add_operations(peta.operator, two.pk, [op.UbahK(posisi_id=peta.kotak_lain.pk, k=8)])
    add_operations(peta.operator, two.pk, [op.UbahKelas(posisi_id=peta.kotak.pk, kelas=7)])
    approve(one), approve(two)
    publish_usulan(peta.penyetuju, one.pk, BESOK)
    publish_usulan(peta.penyetuju, two.pk, BESOK)
    now = PosisiRiwayat.objects.get(posisi=peta.kotak, hingga=SELAMANYA)
    assert (now.k, now.kelas) == (9, 7)


def test_a_conflict_is_decided_by_a_person_and_stays_decided(peta: Peta) -> None:
    one, two = draft(peta), draft(peta)
    add_operations(peta.operator, one.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=9)])
    add_operations(peta.operator, two.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=5)])
    approve(one)
    publish_usulan(peta.penyetuju, one.pk, BESOK)
    result = rebase(peta.operator, two.pk)
    assert not result.selaras and [(c.kolom, c.milik_usulan, c.milik_terbit) for c in result.konflik] == [
        ("k", 5, 9)
    ]
    again = rebase(peta.operator, two.pk)
    assert len(again.konflik) == 1 and KonflikUsulan.objects.count() == 1
    done = decide(peta.operator, two.pk, result.konflik[0].pk, "usulan")
    assert done.selaras and Usulan.objects.get(pk=two.pk).dasar_versi == 2
    (step,) = net_changes(two)
    assert (step.sebelum.isi.k, step.sesudah.isi.k) == (9, 5)


def test_a_unit_added_under_one_that_was_removed_meanwhile_is_a_conflict(peta: Peta) -> None:
    one, two = draft(peta), draft(peta)
    add_operations(
        peta.operator, one.pk,
        [op.HapusUnor(unor_id=peta.bidang.pk, penerus=(peta.bidang_lain.pk,), cabang=True)],
    )  # fmt: skip
    made = add_operations(
        peta.operator, two.pk, [op.TambahUnor(id=-1, atasan_id=peta.bidang.pk, nama="Seksi Baru")]
    )
    approve(one)
    publish_usulan(peta.penyetuju, one.pk, BESOK)
    result = rebase(peta.operator, two.pk)
    assert [c.kolom for c in result.konflik] == ["atasan"]
    decide(peta.operator, two.pk, result.konflik[0].pk, "usulan")
    unit = unor_of(PandanganDraf(Usulan.objects.get(pk=two.pk)), made.id_baru[-1])
    assert unit is not None and unit.atasan_id == peta.bidang_lain.pk


def _removal_against_a_move(peta: Peta) -> tuple[Usulan, int]:
    """A draft that removes the first bidang with all in it, and its rebase onto a version that renamed the
    seksi there; the id of the only conflict."""
    one, two = draft(peta), draft(peta)
    add_operations(peta.operator, two.pk, [op.UbahK(posisi_id=peta.kotak_lain.pk, k=7)])
    add_operations(
        peta.operator, two.pk,
        [op.HapusUnor(unor_id=peta.bidang.pk, penerus=(peta.bidang_lain.pk,), cabang=True)],
    )  # fmt: skip
    add_operations(
        peta.operator, one.pk, [op.PindahUnor(unor_id=peta.seksi.pk, atasan_id=peta.bidang_lain.pk)]
    )
    approve(one)
    publish_usulan(peta.penyetuju, one.pk, BESOK)
    result = rebase(peta.operator, two.pk)
    (conflict,) = result.konflik
    assert (conflict.objek, conflict.objek_id, conflict.kolom) == ("unor", peta.bidang.pk, "*")
    along = conflict.milik_terbit["_ikut"]
    assert along["unor"] == [peta.seksi.pk] and peta.kotak.pk in along["posisi"] and len(along["posisi"]) == 3
    assert along["sebab"] == [["unor", peta.seksi.pk]]
    return two, conflict.pk


def test_a_removal_decided_for_the_published_map_brings_back_all_it_removed(peta: Peta) -> None:
    two, conflict = _removal_against_a_move(peta)
    assert decide(peta.operator, two.pk, conflict, "terbit").selaras
    two.refresh_from_db()
    assert [(p.objek, p.id) for p in net_changes(two)] == [("posisi", peta.kotak_lain.pk)]
    assert not TemuanUsulan.objects.filter(usulan=two, bawaan=False, tingkat="galat").exists()
    active = Operasi.objects.filter(usulan=two, aktif=True, membatalkan=None).exclude(jenis="selaras")
    assert [row.jenis for row in active] == ["ubah-k"]
    told = Operasi.objects.get(usulan=two, jenis="selaras")
    assert "tidak jadi: Hapus" in told.ringkas
    undo(peta.operator, two.pk)
    assert net_changes(two) == []
    redo(peta.operator, two.pk)
    assert [(p.objek, p.id) for p in net_changes(two)] == [("posisi", peta.kotak_lain.pk)]


def test_a_removal_decided_for_the_draft_removes_all_of_it(peta: Peta) -> None:
    two, conflict = _removal_against_a_move(peta)
    assert decide(peta.operator, two.pk, conflict, "usulan").selaras
    two.refresh_from_db()
    gone = {(p.objek, p.id) for p in net_changes(two) if not p.sesudah.hidup}
    assert {("unor", peta.bidang.pk), ("unor", peta.seksi.pk), ("posisi", peta.kotak.pk)} <= gone
    assert len(gone) == 5


def test_who_moves_into_a_unit_being_removed_makes_its_removal_a_question(peta: Peta) -> None:
    one, two = draft(peta), draft(peta)
    add_operations(
        peta.operator, two.pk,
        [op.HapusUnor(unor_id=peta.bidang.pk, penerus=(peta.bidang_lain.pk,), cabang=True)],
    )  # fmt: skip
    add_operations(peta.operator, one.pk, [_tambah_jabatan(peta)])
    approve(one)
    publish_usulan(peta.penyetuju, one.pk, BESOK)
    (conflict,) = rebase(peta.operator, two.pk).konflik
    assert (conflict.objek, conflict.objek_id) == ("unor", peta.bidang.pk)
    assert decide(peta.operator, two.pk, conflict.pk, "terbit").selaras
    assert net_changes(two) == []


def test_a_conflict_that_an_edit_settles_is_asked_no_more(peta: Peta) -> None:
    one, two = draft(peta), draft(peta)
    add_operations(peta.operator, one.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=9)])
    add_operations(peta.operator, two.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=5)])
    approve(one)
    publish_usulan(peta.penyetuju, one.pk, BESOK)
    assert not rebase(peta.operator, two.pk).selaras
    add_operations(peta.operator, two.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=9)])
    assert rebase(peta.operator, two.pk).selaras
    assert open_conflicts(two) == [] and summary_of(two).konflik == 0


def _tambah_jabatan(peta: Peta) -> op.TambahPosisi:
    return op.TambahPosisi(
        id=-1, unor_id=peta.bidang.pk, jenis_posisi="pelaksana", jabatan_id=peta.jabatan_lain.pk, k=2, kelas=6
    )


def test_only_a_draft_takes_operations_even_from_raw_sql(peta: Peta) -> None:
    usulan = draft(peta)
    approve(usulan)
    assert refused(add_operations, peta.operator, usulan.pk, [_tambah(peta)]) == {"usulan-terkunci"}
    with pytest.raises(DatabaseError, match="hanya ditambahkan pada draf"), transaction.atomic():
        Operasi.objects.create(
            usulan=usulan, instansi_id=peta.instansi.pk, nomor=1, kelompok=1, jenis="x", isi={}, perubahan=[]
        )


def test_an_operation_once_made_is_not_changed(peta: Peta) -> None:
    usulan = draft(peta)
    add_operations(peta.operator, usulan.pk, [_tambah(peta)])
    with pytest.raises(DatabaseError, match="tidak diubah"), transaction.atomic():
        Operasi.objects.filter(usulan=usulan).update(alasan="lain")
    with pytest.raises(DatabaseError, match="tidak dihapus"), transaction.atomic():
        Operasi.objects.filter(usulan=usulan).delete()


def test_nobody_outside_sees_or_edits_a_draft(peta: Peta) -> None:
    usulan = draft(peta)
    add_operations(peta.operator, usulan.pk, [_tambah(peta)])
    other = make_instansi("Pemerintah Kab. Lain")
    make_version(other)
    make_unor(other, "Dinas Lain")
    stranger = actor_of(make_persona("orang_luar", instansi_id=other.pk))
    with scope_of(stranger):
        assert (
            not Usulan.objects.exists() and not Operasi.objects.exists() and not UsulanUnor.objects.exists()
        )
        with pytest.raises(Http404):
            add_operations(stranger, usulan.pk, [_tambah(peta)])
    with pytest.raises(PermissionDenied):
        add_operations(stranger, usulan.pk, [_tambah(peta)])
    with pytest.raises(PermissionDenied):
        create_usulan(stranger, peta.instansi.pk, judul="x")
    with scope_of(peta.operator):
        add_operations(peta.operator, usulan.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=4)])
        assert UsulanUnor.objects.filter(usulan=usulan).count() == 1


def test_the_web_role_publishes_only_through_its_own_instansi(peta: Peta) -> None:
    usulan = draft(peta)
    add_operations(peta.operator, usulan.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=4)])
    approve(usulan)
    with scope_of(peta.penyetuju):
        assert publish_usulan(peta.penyetuju, usulan.pk, BESOK).nomor == 2
    with pytest.raises(PermissionDenied):
        publish_usulan(peta.operator, usulan.pk, BESOK)


def test_a_version_never_takes_effect_in_the_past(peta: Peta) -> None:
    usulan = draft(peta)
    add_operations(peta.operator, usulan.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=4)])
    approve(usulan)
    yesterday = HARI_INI - dt.timedelta(days=1)
    kemarin = Penetapan("800/1", yesterday, yesterday)
    assert refused(publish_usulan, peta.penyetuju, usulan.pk, kemarin) == {"berlaku-lampau"}


def test_a_decision_is_made_already_and_not_after_it_takes_effect(peta: Peta) -> None:
    usulan = draft(peta)
    add_operations(peta.operator, usulan.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=4)])
    approve(usulan)
    later = Penetapan("800/1", HARI_INI + dt.timedelta(days=9), HARI_INI + dt.timedelta(days=1))
    with pytest.raises(Ditolak) as error:
        publish_usulan(peta.penyetuju, usulan.pk, later)
    assert {(t.kode, t.kolom) for t in error.value.temuan} == {
        ("keputusan-mendatang", "tanggal"), ("keputusan-sesudah-berlaku", "tanggal"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "nothing",
    [
        lambda p: op.GabungUnor(unor_id=(p.bidang.pk,), menjadi=p.bidang.pk),
        lambda p: op.PecahUnor(unor_id=p.bidang.pk),
    ],
)
def test_a_merge_or_split_of_nothing_is_told(peta: Peta, nothing) -> None:
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Penataan")
    with pytest.raises(Ditolak) as refused:
        add_operations(peta.operator, usulan.pk, [nothing(peta)])
    assert refused.value.temuan[0].kode == "tanpa-akibat"
