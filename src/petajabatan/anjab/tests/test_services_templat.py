"""Templates of a pembina: who publishes, what is refused, and how units come to follow them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from petajabatan.anjab.models import TemplatPembina, TemplatUnor, TemplatVersi
from petajabatan.anjab.queries.master import SaringMaster, mapped, search_master
from petajabatan.anjab.queries.templat import followers, published_followers, templates_for
from petajabatan.anjab.rules.nama_master import unit_name
from petajabatan.anjab.rules.ringkas_simpangan import Dampak
from petajabatan.anjab.rules.simpangan import DILENGKAPI
from petajabatan.anjab.services.templat import create_template, publish_version, save_version
from petajabatan.anjab.services.templat_terap import (
    add_from_master,
    apply_template,
    compare_units,
    deviations,
    impact_of,
)
from petajabatan.anjab.tests.templat_uji import (
    Pembina,
    make_pembina,
    make_region,
    make_template,
    next_version,
    structure,
)
from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.temuan import Ditolak
from petajabatan.organisasi.models import KodeUnor
from petajabatan.usulan.models import Operasi, TemuanUsulan, Usulan
from petajabatan.usulan.queries.isian import contents_of
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.services import create_usulan, undo
from petajabatan.usulan.services.batal import cancel_version
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.test_services_isian import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def pembina(db: None) -> Pembina:
    return make_pembina()


def draft(peta: Peta) -> Usulan:
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Templat", dasar_hukum_id=peta.dasar.pk)
    return Usulan.objects.select_related("instansi").get(pk=usulan.pk)


def codes(call: Any) -> list[str]:
    with pytest.raises(Ditolak) as caught:
        call()
    return [t.kode for t in caught.value.temuan]


def kinds(rows: list[Any]) -> list[list[str]]:
    return [sorted({s.jenis for s in row.simpangan}) for row in rows]


def test_a_ministry_publishes_versions_that_never_change_again(pembina: Pembina) -> None:
    templat, one = make_template(pembina)
    assert (one.nomor, one.status, one.terbit_oleh) == (1, "terbit", "Pembina Uji")
    assert publish_version(pembina.actor, templat.pk, 1).pk == one.pk
    two, _ = save_version(pembina.actor, templat.pk, structure(pembina), catatan="bidan bertambah")
    again, _ = save_version(pembina.actor, templat.pk, structure(pembina), catatan="bidan bertambah dua")
    assert (two.nomor, again.pk) == (2, two.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        TemplatVersi.objects.filter(pk=one.pk).update(catatan="lain")


def test_names_of_jabatan_are_found_and_unknown_ones_offered_candidates(pembina: Pembina) -> None:
    templat = create_template(pembina.actor, pembina.instansi.pk, nama="Salah")
    raw = structure(pembina)
    raw["unit"][0]["posisi"][1] |= {"jabatan": "Bidan Terampill", "k": "banyak"}
    raw["unit"][1] |= {"atasan": "entah", "jenis": "warung"}
    with pytest.raises(Ditolak) as caught:
        save_version(pembina.actor, templat.pk, raw)
    found = {t.kode: t for t in caught.value.temuan}
    assert set(found) == {"jabatan-tidak-dikenal", "atasan-tidak-dikenal", "jenis-tidak-dikenal"}
    assert "Bidan Terampil" in found["jabatan-tidak-dikenal"].perbaikan
    assert not templat.versi.exists()
    for broken in ({}, [], None, {"unit": "x"}, {"unit": [{"nama": "A"}]}, {"unit": [1, 2]}):
        assert codes(lambda broken=broken: save_version(pembina.actor, templat.pk, broken))


def test_only_the_ministry_of_the_jabatan_publishes_and_the_database_says_so_too(
    peta: Peta, pembina: Pembina
) -> None:
    other = peta.instansi.pk
    with pytest.raises(PermissionDenied):
        create_template(pembina.actor, other, nama="Bukan binaan")
    for actor in (peta.operator, peta.penyetuju, peta.verifikator):
        with pytest.raises(PermissionDenied), scope_of(actor):
            create_template(actor, pembina.instansi.pk, nama="Bukan pembina")
    templat = create_template(pembina.actor, pembina.instansi.pk, nama="Draf")
    save_version(pembina.actor, templat.pk, structure(pembina))
    with scope_of(peta.operator):
        assert not TemplatVersi.objects.filter(templat=templat).exists()
        assert templat not in templates_for(peta.operator)
    for actor in (peta.operator, peta.verifikator):
        with pytest.raises(DatabaseError), transaction.atomic(), scope_of(actor):
            TemplatPembina.objects.create(pembina=pembina.instansi, nama=f"Langsung {actor.nama}")
    with scope_of(pembina.actor):
        TemplatPembina.objects.create(pembina=pembina.instansi, nama="Milik sendiri")
    with pytest.raises(DatabaseError), transaction.atomic(), scope_of(pembina.actor):
        TemplatPembina.objects.create(pembina_id=other, nama="Milik orang")


def test_units_of_the_master_arrive_with_their_key_and_the_posts_of_the_template(
    peta: Peta, pembina: Pembina
) -> None:
    sumber, bulu, sekolah, jauh = make_region(peta.instansi)
    _, versi = make_template(pembina)
    usulan = draft(peta)
    made = add_from_master(
        peta.operator, usulan.pk, [sumber.pk, bulu.pk], peta.dinas.pk, versi_id=versi.pk, kunci="x"
    )
    view = PandanganDraf(Usulan.objects.get(pk=usulan.pk))
    units = {u.nama: u for u in view.anak([peta.dinas.pk])[peta.dinas.pk]}
    assert {"Puskesmas Sumber", "Puskesmas Bulu"} <= set(units)
    unit = units["Puskesmas Sumber"]
    assert (unit.jenis, unit.wilayah, unit.nama_jabatan) == ("faskes", "33.17", "Kepala Puskesmas")
    head, midwife = view.kotak([unit.id])[unit.id]
    assert (head.kepala, head.nama, head.jenis, head.k) == (True, "Kepala Puskesmas", "fungsional", 1)
    assert (midwife.nama, midwife.k, midwife.kelas) == ("Bidan Terampil", 4, 6)
    assert contents_of(view.usulan, [midwife.infojab_id])[midwife.infojab_id]["ikhtisar"]
    (office,) = view.anak([unit.id])[unit.id]
    assert [b.nama for b in view.kotak([office.id])[office.id]] == [
        "Kepala Subbagian Tata Usaha", "Pengadministrasi Kesehatan",
    ]  # fmt: skip
    assert followers(view.usulan) == dict.fromkeys(made.unit, versi.pk)
    held = mapped(view.usulan, [sumber, sekolah])
    assert set(held) == {sumber.pk} and held[sumber.pk].draf
    again = add_from_master(peta.operator, usulan.pk, [sumber.pk], peta.dinas.pk, versi_id=versi.pk)
    assert again.edit is None and [t.kode for t in again.temuan] == ["sudah-dipetakan"]
    assert codes(lambda: add_from_master(peta.operator, usulan.pk, [jauh.pk], peta.dinas.pk)) == [
        "master-di-luar-wilayah"
    ]
    assert not TemuanUsulan.objects.filter(usulan=usulan, tingkat="galat", bawaan=False).exists()
    publish(peta, usulan)
    assert set(KodeUnor.objects.values_list("kode", flat=True)) == {"1031851", "1031852"}
    assert [(p.nomor, p.n) for p in published_followers(versi.templat_id)] == [(1, 2)]


def test_the_master_is_searched_with_typing_errors_and_by_what_is_not_mapped_yet(
    peta: Peta, pembina: Pembina
) -> None:
    sumber, _bulu, sekolah, _jauh = make_region(peta.instansi)
    usulan = draft(peta)

    def found(**values: Any) -> list[str]:
        return [m.kunci for m in search_master(usulan, SaringMaster(**values))]

    assert found(teks="puskesmas sumbre")[0] == sumber.kunci
    assert found(teks=sekolah.kunci) == [sekolah.kunci]
    assert found(jenis="puskesmas", kecamatan="bulu") == ["1031852"]
    add_from_master(peta.operator, usulan.pk, [sumber.pk, sekolah.pk], peta.dinas.pk)
    assert found(belum=True) == ["1031852"]
    assert unit_name("SD NEGERI 1 LETEH") == "SD Negeri 1 Leteh" and unit_name("SMA Kartika") == "SMA Kartika"


def test_applying_brings_units_in_line_once_and_says_how_they_deviate(peta: Peta, pembina: Pembina) -> None:
    _, versi = make_template(pembina)
    usulan = draft(peta)
    targets = [peta.bidang_lain.pk, peta.seksi.pk]
    before = compare_units(peta.operator, usulan.pk, versi.pk, targets)
    assert kinds(before)[0] == ["jabatan-kurang", "jabatan-lebih", "pimpinan-beda", "unit-kurang"]
    made = apply_template(peta.operator, usulan.pk, versi.pk, targets)
    assert made.edit is not None and followers(usulan) == dict.fromkeys(targets, versi.pk)
    after = deviations(peta.operator, usulan.pk)
    assert kinds(after) == [["jabatan-lebih", "pimpinan-beda"], ["pimpinan-beda"]]
    assert apply_template(peta.operator, usulan.pk, versi.pk, targets).edit is None
    assert TemplatUnor.objects.filter(usulan_id=usulan.pk).count() == 2
    undo(peta.operator, usulan.pk)
    assert followers(usulan) == {} and deviations(peta.operator, usulan.pk) == []


def test_when_the_template_moves_on_the_units_that_follow_are_shown_and_updated(
    peta: Peta, pembina: Pembina
) -> None:
    templat, versi = make_template(pembina)
    first = draft(peta)
    apply_template(peta.operator, first.pk, versi.pk, [peta.bidang_lain.pk])
    publish(peta, first)
    raw = structure(pembina)
    raw["unit"][0]["posisi"][1] |= {"k": 6, "kelas": 7}
    two = next_version(pembina, templat, raw)
    usulan = draft(peta)
    (row,) = deviations(peta.operator, usulan.pk)
    assert row.tertinggal and row.versi.pk == two.pk and row.ikut is not None and row.ikut.nomor == 1
    assert {s.jenis for s in row.simpangan} >= {"k-beda", "kelas-beda"}
    per_kind, total = impact_of([row])
    assert per_kind["k-beda"] == Dampak(kotak=1, dk=2) and per_kind["kelas-beda"] == Dampak(kotak=1)
    beyond = per_kind["jabatan-lebih"]
    assert (total.kotak, total.dk) == (1 + beyond.kotak, 2 + beyond.dk) and beyond.dk < 0
    unasked = apply_template(peta.operator, usulan.pk, two.pk, [row.unit.id])
    assert unasked.edit is None
    made = apply_template(peta.operator, usulan.pk, two.pk, [row.unit.id], jenis=("k-beda", "kelas-beda"))
    assert made.edit is not None and {p.objek for p in made.edit.perubahan} == {"posisi"}
    (row,) = deviations(peta.operator, usulan.pk)
    assert not row.tertinggal and not {s.jenis for s in row.simpangan} & {"k-beda", "kelas-beda"}
    removed = apply_template(
        peta.operator, usulan.pk, two.pk, [row.unit.id], jenis=(*DILENGKAPI, "jabatan-lebih")
    )
    assert removed.edit is not None
    assert "hapus-posisi" in Operasi.objects.filter(usulan=usulan).values_list("jenis", flat=True)
    assert [(p.nomor, p.n) for p in published_followers(templat.pk)] == [(1, 1)]


def test_a_cancelled_version_makes_its_units_follow_what_they_did_before(
    peta: Peta, pembina: Pembina
) -> None:
    templat, versi = make_template(pembina)
    usulan = draft(peta)
    apply_template(peta.operator, usulan.pk, versi.pk, [peta.bidang_lain.pk])
    publish(peta, usulan, days=1)
    cancel_version(peta.penyetuju, peta.instansi.pk, 2, "salah naskah")
    assert followers(draft(peta)) == {} and published_followers(templat.pk) == []


def test_a_grant_that_ended_opens_nothing(pembina: Pembina) -> None:
    from petajabatan.akun.models import Pengguna, Peran
    from petajabatan.akun.queries import actor_of

    Peran.objects.update(berlaku_sampai=dt.date(2021, 1, 1))
    actor = actor_of(Pengguna.objects.get(username="pembina.uji"))
    with pytest.raises(PermissionDenied), scope_of(actor):
        create_template(actor, pembina.instansi.pk, nama="Terlambat")
    with pytest.raises(DatabaseError), transaction.atomic(), scope_of(actor):
        TemplatPembina.objects.create(pembina=pembina.instansi, nama="Langsung")


def test_the_installation_itself_publishes_within_its_own_wall(pembina: Pembina) -> None:
    with scope_of(sistem("uji")):
        assert create_template(sistem("uji"), pembina.instansi.pk, nama="Contoh").pk
