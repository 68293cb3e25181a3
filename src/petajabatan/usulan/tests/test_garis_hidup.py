"""The life line of a unit over several usulan."""

from __future__ import annotations

import pytest
from django.urls import reverse

from petajabatan.inti.jam import today
from petajabatan.jabatan.models import PosisiRiwayat
from petajabatan.jabatan.queries import posisi_detail
from petajabatan.jabatan.queries.garis import life_line
from petajabatan.testing.personas import PASSWORD
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.services import add_operations, create_usulan
from petajabatan.usulan.services.terbit import Penetapan, publish_usulan
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.test_services_draf import approve

pytestmark = pytest.mark.django_db


def publish(peta: Peta, *operations) -> int:
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Penataan", dasar_hukum_id=peta.dasar.pk)
    done = add_operations(peta.operator, usulan.pk, list(operations))
    approve(usulan)
    publish_usulan(peta.penyetuju, usulan.pk, Penetapan("1", today(), today()))
    return done.id_baru.get(-1, 0)


def test_a_life_line_tells_corrections_moves_and_successors(peta: Peta, client) -> None:
    publish(peta, op.KoreksiNama(unor_id=peta.seksi.pk, nama="Seksi Pendataann"))
    publish(peta, op.PindahUnor(unor_id=peta.seksi.pk, atasan_id=peta.bidang_lain.pk))
    new = publish(peta, op.GantiNama(id=-1, unor_id=peta.seksi.pk, nama="Seksi Perpajakan", pasal="Pasal 7"))
    old_line, new_line = life_line("unor", peta.seksi.pk), life_line("unor", new)
    assert [e.perubahan for e in old_line] == [("tambah",), ("ganti-nama",), ("pindah",), ("hapus",)]
    assert [(e.versi, bool(e.usulan_id)) for e in old_line] == [(1, False), (2, True), (3, True), (4, True)]
    assert [r.nama for r in old_line[-1].penerus] == ["Seksi Perpajakan"]
    assert [r.nama for r in new_line[0].pendahulu] == ["Seksi Pendataann"]
    newest = publish(peta, op.GantiNama(id=-1, unor_id=new, nama="Seksi Retribusi"))
    assert [r.nama for r in life_line("unor", newest)[0].pendahulu] == ["Seksi Perpajakan"]

    client.login(username="operator", password=PASSWORD)
    address = reverse("peta:garis", args=[peta.instansi.kode_cepat, "unor", peta.seksi.pk])
    page = client.get(address).content.decode()
    assert "Seksi Perpajakan" in page and "Seksi Pendataann" in page
    assert "<!doctype html>" in client.get(address).content.decode().lower()
    fragment = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith("<div data-judul=")
    strange = reverse("peta:garis", args=[peta.instansi.kode_cepat, "unor", 10**9])
    assert client.get(strange).status_code == 404


def test_a_box_has_a_life_line_too(peta: Peta) -> None:
    publish(peta, op.UbahK(posisi_id=peta.kotak.pk, k=9), op.UbahKelas(posisi_id=peta.kotak.pk, kelas=7))
    publish(peta, op.HapusPosisi(posisi_id=peta.kotak.pk, penerus=peta.kotak_lain.pk))
    line = life_line("posisi", peta.kotak.pk)
    assert [e.perubahan for e in line] == [("tambah",), ("ubah-k", "ubah-kelas"), ("hapus",)]
    assert line[1].kolom["k"] == (3, 9)
    assert [r.id for r in line[-1].penerus] == [peta.kotak_lain.pk]
    assert posisi_detail(peta.kotak.pk).penerus == (peta.kotak_lain.pk,)


def test_an_old_link_to_an_ended_unit_says_when_it_ended_and_who_carries_it_on(peta: Peta, client) -> None:
    new = publish(peta, op.GantiNama(id=-1, unor_id=peta.seksi.pk, nama="Seksi Perpajakan", pasal="Pasal 7"))
    client.login(username="operator", password=PASSWORD)
    address = reverse("peta:unor", args=[peta.instansi.kode_cepat, peta.seksi.pk])
    page = client.get(address).content.decode()
    assert "Berakhir pada versi 2" in page and f"?pilih=u{new}" in page and "Seksi Perpajakan" in page
    before = client.get(address, {"versi": 1}).content.decode()
    assert "berakhir pada versi 2" in before and "diteruskan oleh" in before and f"?pilih=u{new}" in before
    head = posisi_of_unit(peta.seksi.pk)
    page = client.get(reverse("peta:posisi", args=[peta.instansi.kode_cepat, head])).content.decode()
    assert "Berakhir pada versi 2" in page and "Kepala Seksi Perpajakan" in page
    assert client.get(reverse("peta:unor", args=[peta.instansi.kode_cepat, 10**9])).status_code == 404


def posisi_of_unit(unor_id: int) -> int:
    return PosisiRiwayat.objects.filter(unor_id=unor_id, kepala=True).values_list("posisi_id", flat=True)[0]
