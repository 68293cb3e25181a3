"""Findings on the pages and in the API: in words, with links, one problem once."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from petajabatan.akun.models import Pengguna
from petajabatan.usulan.models import KonflikUsulan, TemuanUsulan, Usulan
from petajabatan.usulan.rules.operasi import TambahUnor
from petajabatan.usulan.services import add_operations
from petajabatan.usulan.services.transisi import findings_for
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.klien import draft, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def usulan(peta: Peta) -> Usulan:
    """Two new units without a legal basis, and what else the checks say about them."""
    made = draft(peta)
    add_operations(
        peta.operator,
        made.pk,
        [
            TambahUnor(id=-1, atasan_id=peta.bidang.pk, nama="Seksi Pelaporan", eselon="41"),
            TambahUnor(id=-2, atasan_id=peta.bidang_lain.pk, nama="Seksi Gudang", eselon="41"),
        ],
    )
    made.refresh_from_db()
    assert TemuanUsulan.objects.filter(usulan=made, kode="unit-baru-tanpa-dasar").count() == 2
    return made


@pytest.fixture
def client(peta: Peta) -> Client:
    client = Client()
    client.force_login(Pengguna.objects.get(pk=peta.operator.id))
    return client


def tab(client: Client, usulan: Usulan, **saring: str) -> str:
    answer = client.get(reverse("usulan:rinci", args=[usulan.pk]), {"tab": "temuan", **saring})
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_problem_stands_once_with_a_link_to_every_place_and_to_its_help(client, usulan):
    html = tab(client, usulan)
    help_page = reverse("usulan:cek-rinci", args=["unit-baru-tanpa-dasar"])
    assert html.count(f'href="{help_page}"') == 1
    assert html.count("<strong>Unit baru tanpa dasar hukum</strong>") == 1
    rows = TemuanUsulan.objects.filter(usulan=usulan, kode="unit-baru-tanpa-dasar")
    for row in rows:
        place = f"{reverse('sunting:peta', args=[usulan.pk])}?pilih=u{row.objek_id}"
        assert f'href="{place}"' in html
        assert client.get(place).status_code == 200
    assert client.get(help_page).status_code == 200


def test_the_worst_comes_first_and_the_filter_speaks_in_words(client, usulan):
    html = tab(client, usulan)
    marks = re.findall(r'<li class="temuan-(\w+)">', html)
    rank = ["galat", "peringatan", "catatan"]
    assert marks == sorted(marks, key=rank.index) and {"galat", "peringatan"} <= set(marks)
    assert re.search(r">Galat: Unit baru tanpa dasar hukum \(2\)</option>", html)
    only = tab(client, usulan, tingkat="galat")
    assert set(re.findall(r'<li class="temuan-(\w+)">', only)) == {"galat"}


def test_many_places_are_counted_and_one_click_away(client, usulan, peta):
    TemuanUsulan.objects.bulk_create(
        TemuanUsulan(
            usulan=usulan, instansi_id=usulan.instansi_id, objek="unor", objek_id=peta.seksi.pk,
            kode="unit-tanpa-staf", tingkat="catatan", kalimat=f"Kalimat {n}.", perbaikan="Tambah staf.",
            tempat=f"Tempat {n:03}",
        )
        for n in range(60)
    )  # fmt: skip
    html = tab(client, usulan, tingkat="catatan")
    assert "Tempat 009" in html and "Tempat 010" not in html
    link = re.search(r'href="(\?tab=temuan&amp;tingkat=catatan&amp;kode=unit-tanpa-staf)"', html)
    assert link
    total = TemuanUsulan.objects.filter(usulan=usulan, kode="unit-tanpa-staf", bawaan=False).count()
    all_of_it = tab(client, usulan, tingkat="catatan", kode="unit-tanpa-staf")
    assert f"{total} tempat" in all_of_it and "Tempat 040" in all_of_it
    assert "Tempat 059" in tab(client, usulan, tingkat="catatan", kode="unit-tanpa-staf", hal="2")


def test_pages_and_api_show_no_internals(client, usulan, peta):
    TemuanUsulan.objects.create(
        usulan=usulan, instansi_id=usulan.instansi_id, objek="posisi", objek_id=peta.kotak.pk,
        kode="nama-saudara-ganda", tingkat="galat", kalimat="Ada kotak yang sama.", perbaikan="Hapus satu.",
        tempat="Dinas Uji", kolom="infojab_id", nilai=f"unor:{peta.bidang.pk}",
    )  # fmt: skip
    KonflikUsulan.objects.create(
        usulan=usulan, instansi_id=usulan.instansi_id, objek="unor", objek_id=peta.bidang.pk,
        kolom="atasan_id", versi=2,
    )  # fmt: skip
    shown = tab(client, usulan) + client.get(
        reverse("usulan:tindakan", args=[usulan.pk, "ajukan-ke-penyetuju"])
    ).content.decode() + client.get(reverse("usulan:rinci", args=[usulan.pk])).content.decode()  # fmt: skip
    for raw in ("infojab_id", "unor:", "posisi:", "atasan_id"):
        assert raw not in shown, raw
    body = person("operator")("GET", f"/usulan/{usulan.pk}/temuan", expect=200).json()
    row = next(t for t in body["isi"] if t["kode"] == "nama-saudara-ganda")
    assert (row["kolom"], row["nilai"]) == ("Informasi jabatan", "")
    assert row["tautan"].endswith(f"/peta/?pilih=p{peta.kotak.pk}")
    assert row["bantuan"] == reverse("usulan:cek-rinci", args=["nama-saudara-ganda"])


def test_the_gate_names_the_places_and_lets_no_problem_hide_another(client, usulan, peta):
    answer = client.post(
        reverse("usulan:tindakan", args=[usulan.pk, "ajukan-ke-penyetuju"]), {"revisi": usulan.revisi}
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    for row in TemuanUsulan.objects.filter(usulan=usulan, kode="unit-baru-tanpa-dasar"):
        assert f"?pilih=u{row.objek_id}" in html
    assert reverse("usulan:cek-rinci", args=["unit-baru-tanpa-dasar"]) in html
    common = {"usulan": usulan, "instansi_id": usulan.instansi_id, "objek": "unor", "objek_id": peta.seksi.pk}
    TemuanUsulan.objects.filter(usulan=usulan).delete()
    TemuanUsulan.objects.bulk_create(
        TemuanUsulan(**common, kode=kode, tingkat="galat", kalimat="k", perbaikan="p")
        for kode in [*["nama-kosong"] * 30, "urusan-tidak-dikenal"]
    )
    found = findings_for(peta.operator, usulan, "ajukan-ke-penyetuju")
    assert {t.kode for t in found} == {"nama-kosong", "urusan-tidak-dikenal", "galat-lainnya"}
    assert found[-1].tautan.endswith("?tab=temuan&tingkat=galat")
