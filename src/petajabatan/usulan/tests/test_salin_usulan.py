"""An usulan that came to nothing is done again as a new draft."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from petajabatan.akun.models import Pengguna
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak
from petajabatan.usulan.models import Operasi, Usulan
from petajabatan.usulan.queries.draf import net_changes, whole_draft
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.services import add_operations, create_usulan, undo
from petajabatan.usulan.services.salin import copy_usulan
from petajabatan.usulan.services.terbit import Penetapan, publish_usulan
from petajabatan.usulan.services.transisi import move
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.test_services_draf import approve

pytestmark = pytest.mark.django_db


def names(usulan: Usulan) -> tuple[list, list]:
    """The map of a draft without its ids."""
    peta = whole_draft(usulan)
    unit = {u.id: u for u in peta.units()}
    return (
        sorted(
            (u.nama, unit[u.atasan_id].nama if u.atasan_id else "", u.eselon or "") for u in unit.values()
        ),
        sorted((p.nama, unit[p.unor_id].nama, p.k or 0, p.kepala) for p in peta.boxes()),
    )


def given_up(peta: Peta) -> Usulan:
    """A draft that adds a bidang with a box, moves and removes, and is given up."""
    usulan = create_usulan(
        peta.operator, peta.instansi.pk, judul="Penataan", keterangan="Semula", dasar_hukum_id=peta.dasar.pk
    )
    add_operations(
        peta.operator, usulan.pk,
        [
            {"jenis": "tambah-unor", "id": -1, "atasan_id": peta.dinas.pk, "nama": "Bidang Baru",
             "nama_jabatan": "Kepala Bidang Baru", "eselon": "31"},
            {"jenis": "tambah-posisi", "id": -2, "unor_id": -1, "jenis_posisi": "pelaksana",
             "jabatan_id": peta.jabatan.pk, "k": 4, "kelas": 6},
        ],
    )  # fmt: skip
    add_operations(peta.operator, usulan.pk, [op.UbahK(posisi_id=peta.kotak_lain.pk, k=8, sumber="abk")])
    new = next(u.id for u in whole_draft(usulan).units() if u.nama == "Bidang Baru")
    box = next(p.id for p in whole_draft(usulan).boxes() if p.unor_id == new and not p.kepala)
    heirs = {peta.kotak.pk: box}
    gone = op.HapusUnor(unor_id=peta.bidang.pk, penerus=(new,), cabang=True, penerus_posisi=heirs)
    add_operations(peta.operator, usulan.pk, [gone])
    add_operations(peta.operator, usulan.pk, [op.UbahK(posisi_id=peta.kotak_lain.pk, k=50, sumber="abk")])
    undo(peta.operator, usulan.pk)
    usulan.refresh_from_db()
    return usulan


def test_a_copy_says_of_the_same_map_what_the_old_one_said(peta: Peta) -> None:
    old = given_up(peta)
    wanted = names(old)
    move(peta.operator, old.pk, "batalkan", alasan="salah tanggal")
    done = copy_usulan(peta.operator, old.pk, kunci="k1")
    assert done.temuan == [] and done.disalin == 5
    assert names(done.usulan) == wanted
    assert done.usulan.status == "draf" and f"Salinan usulan {old.nomor}" in done.usulan.keterangan
    fresh = {p.kunci for p in net_changes(done.usulan) if not p.sebelum.hidup}
    assert fresh.isdisjoint({p.kunci for p in net_changes(old)})
    assert copy_usulan(peta.operator, old.pk, kunci="k1").usulan.pk == done.usulan.pk
    assert Operasi.objects.filter(usulan=done.usulan).order_by("-kelompok")[0].kelompok == 3
    undo(peta.operator, done.usulan.pk)
    assert "Bidang Anggaran" in {u.nama for u in whole_draft(done.usulan).units()}


def test_what_no_longer_fits_is_left_out_and_named(peta: Peta) -> None:
    old = given_up(peta)
    move(peta.operator, old.pk, "batalkan", alasan="tidak jadi")
    other = create_usulan(peta.operator, peta.instansi.pk, judul="Lain", dasar_hukum_id=peta.dasar.pk)
    add_operations(
        peta.operator, other.pk,
        [op.HapusUnor(unor_id=peta.bidang.pk, penerus=(peta.bidang_lain.pk,), cabang=True),
         op.UbahK(posisi_id=peta.kotak_lain.pk, k=9, sumber="abk")],
    )  # fmt: skip
    approve(other)
    publish_usulan(peta.penyetuju, other.pk, Penetapan("800/1", today(), today() + dt.timedelta(days=1)))
    done = copy_usulan(peta.operator, old.pk)
    assert [(t.kode, t.tingkat) for t in done.temuan] == [
        ("operasi-bergeser", "peringatan"), ("operasi-tidak-disalin", "galat"),
    ]  # fmt: skip
    assert done.disalin == 4 and "Bidang Anggaran" in done.temuan[1].kalimat
    assert "Tidak ikut disalin (1 operasi)" in done.usulan.keterangan
    assert "Bidang Baru" in {u.nama for u in whole_draft(done.usulan).units()}


def test_only_what_came_to_nothing_is_copied_and_only_by_who_drafts(peta: Peta) -> None:
    usulan = given_up(peta)
    with pytest.raises(Ditolak):
        copy_usulan(peta.operator, usulan.pk)
    move(peta.operator, usulan.pk, "batalkan", alasan="tidak jadi")
    with pytest.raises(PermissionDenied):
        copy_usulan(peta.penyetuju, usulan.pk)
    assert Usulan.objects.count() == 1


def test_the_page_offers_the_copy_and_tells_how_it_went(peta: Peta, client) -> None:
    usulan = given_up(peta)
    move(peta.operator, usulan.pk, "batalkan", alasan="tidak jadi")
    client.force_login(Pengguna.objects.get(pk=peta.operator.id))
    url = reverse("usulan:salin", args=[usulan.pk])
    assert url in client.get(reverse("usulan:rinci", args=[usulan.pk])).content.decode()
    assert "5 operasi" in client.get(url).content.decode()
    for _ in range(2):
        shown = client.post(url, {"kunci": "satu"}).content.decode()
        new = Usulan.objects.exclude(pk=usulan.pk).get()
        assert reverse("usulan:rinci", args=[new.pk]) in shown
    assert client.get(reverse("usulan:rinci", args=[new.pk])).status_code == 200
