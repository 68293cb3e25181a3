"""A unit of one instansi is carried on by a unit of another one, in a bundle."""

from __future__ import annotations

import pytest
from django.urls import reverse

from petajabatan.akun.models import Pengguna
from petajabatan.akun.queries import actor_of
from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.jam import today
from petajabatan.inti.models import Notifikasi
from petajabatan.pegawai.tests.reorganisasi import settle
from petajabatan.testing.factories import make_instansi, make_unor, make_version
from petajabatan.testing.personas import make_persona
from petajabatan.usulan.models import Operasi, Usulan
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.services import add_operations
from petajabatan.usulan.services.lintas import create_bundle
from petajabatan.usulan.services.terbit import Penetapan, publish_bundle
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.pembuat import account
from petajabatan.usulan.tests.test_services_draf import approve

pytestmark = pytest.mark.django_db


@pytest.fixture
def bundle(peta: Peta):
    """The bundle's part of the map under test, and a unit of the other part."""
    other = make_instansi("Badan Penerima")
    for _ in range(3):  # its versions have numbers of their own
        make_version(other)
    root = make_unor(other, "Badan Penerima")
    heir = make_unor(other, "Deputi Anggaran", root, sejak=3)
    settle()
    with scope_of(peta.verifikator):
        made = create_bundle(peta.verifikator, "Pemindahan", [peta.instansi.pk, other.pk])
    return Usulan.objects.get(lintas=made, instansi=peta.instansi), heir, other


def test_successors_are_searched_in_the_other_instansi_of_the_bundle(peta: Peta, bundle, client) -> None:
    usulan, heir, _ = bundle
    client.force_login(Pengguna.objects.get(pk=peta.operator.id))
    base = reverse("sunting:peta", args=[usulan.pk])
    found = client.get(f"{base}cari", {"q": "deputi anggaran", "apa": "unor-lintas"}).json()["hasil"]
    (hit,) = [hit for hit in found if hit["nama"] == "Deputi Anggaran"]
    assert (hit["id"], hit["jalur"].split(" › ")[0]) == (heir.pk, "Badan Penerima")
    assert found[0] == hit  # what holds the words as typed comes first, of whichever instansi
    own = client.get(f"{base}cari", {"q": "deputi anggaran", "apa": "unor"}).json()["hasil"]
    assert heir.pk not in {hit["id"] for hit in own}
    both = client.get(f"{base}cari", {"q": "bidang aset", "apa": "unor-lintas"}).json()["hasil"]
    assert both[0]["id"] == peta.bidang_lain.pk
    outside = Usulan.objects.create(instansi=peta.instansi, judul="Biasa", dasar_versi=1)
    plain = reverse("sunting:peta", args=[outside.pk])
    alone = client.get(f"{plain}cari", {"q": "deputi anggaran", "apa": "unor-lintas"}).json()["hasil"]
    assert heir.pk not in {hit["id"] for hit in alone}


def test_the_sentence_names_the_successor_elsewhere(peta: Peta, bundle) -> None:
    usulan, heir, _ = bundle
    removal = op.HapusUnor(unor_id=peta.bidang.pk, penerus=(heir.pk,), cabang=True)
    with scope_of(peta.operator):
        add_operations(peta.operator, usulan.pk, [removal])
    told = Operasi.objects.get(usulan=usulan).ringkas
    assert told.endswith("penerus Deputi Anggaran, Badan Penerima")


def test_the_difference_names_the_successor_elsewhere(peta: Peta, bundle, client) -> None:
    usulan, heir, _ = bundle
    removal = op.HapusUnor(unor_id=peta.bidang.pk, penerus=(heir.pk,), cabang=True)
    with scope_of(peta.operator):
        add_operations(peta.operator, usulan.pk, [removal])
    client.force_login(Pengguna.objects.get(pk=peta.operator.id))
    text = client.get(f"/usulan/{usulan.pk}/beda/").content.decode()
    assert "Penerus: Deputi Anggaran" in text


def test_those_who_receive_people_are_told_when_it_is_published(peta: Peta, bundle) -> None:
    usulan, heir, other = bundle
    receiver = account("penerima", "instansi-penetapan-sotk", "instansi", instansi_id=other.pk)
    actor_of(make_persona("orang_luar", instansi_id=other.pk))
    removal = op.HapusUnor(unor_id=peta.bidang.pk, penerus=(heir.pk,), cabang=True)
    part = Usulan.objects.exclude(pk=usulan.pk).get()
    with scope_of(sistem("uji")):
        add_operations(sistem("uji"), usulan.pk, [removal])
        add_operations(sistem("uji"), part.pk, [op.UbahUnor(unor_id=heir.pk, halaman="3")])
    for row in (usulan, part):
        row.refresh_from_db()
        approve(row)
    with scope_of(peta.verifikator):
        publish_bundle(peta.verifikator, usulan.lintas_id, Penetapan("800/1", today(), today()))
    told = Notifikasi.objects.get(penerima_id=receiver.id, judul__contains="menunggu pengukuhan")
    assert told.judul.startswith("2 pegawai dari ")
    assert told.tautan == reverse("pegawai:pengukuhan", args=[other.pk]) + "?masuk=1"
