"""The legal basis: recording, replacing, documents, units that stand on it; and external codes."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import Http404
from django.test import Client
from django.urls import reverse

from petajabatan.akun.queries import actor_of
from petajabatan.inti.actor import sistem
from petajabatan.inti.temuan import Ditolak
from petajabatan.organisasi import queries, services
from petajabatan.organisasi.models import DasarHukum, KodeUnor
from petajabatan.organisasi.rules.dasar import Peraturan, check_regulation, check_replacement
from petajabatan.testing import factories as make
from petajabatan.testing.personas import PERSONAS, make_persona

UJI = sistem("uji")
HARI = dt.date(2026, 11, 23)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def add(instansi, nomor="45", tahun=2021, **more) -> DasarHukum:
    return services.add_legal_basis(UJI, instansi.pk, jenis="Perbup", nomor=nomor, tahun=tahun,
                                    **{"tentang": "Kedudukan dan susunan organisasi"} | more)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "kode"),
    [
        (Peraturan("", "1", 2020, "X"), "kosong"),
        (Peraturan("Perda", "", 2020, "X"), "kosong"),
        (Peraturan("Perda", "1", 2020, ""), "kosong"),
        (Peraturan("P" * 41, "1", 2020, "X"), "terlalu-panjang"),
        (Peraturan("Perda", "1", 1900, "X"), "tahun-tak-wajar"),
        (Peraturan("Perda", "1", 2028, "X"), "tahun-tak-wajar"),
        (Peraturan("Perda", "1", 2020, "X", dt.date(2021, 1, 1)), "tanggal-tak-cocok"),
    ],
)
def test_every_fault_of_a_regulation_is_named(rule, kode):
    assert [t.kode for t in check_regulation(rule, HARI)] == [kode]


@pytest.mark.parametrize(
    ("status", "pengganti", "kode"),
    [
        ("hilang", None, "status-tak-dikenal"),
        ("dicabut", None, "tanpa-pengganti"),
        ("dicabut", 99, "pengganti-lain-instansi"),
        ("diubah", 2, "pengganti-lebih-lama"),
        ("dicabut", 1, "pengganti-melingkar"),
        ("dicabut", 3, "pengganti-melingkar"),
        ("dicabut", 4, None),
        ("berlaku", None, None),
    ],
)
def test_a_replacement_must_be_newer_and_lead_forward(status, pengganti, kode):
    rules = {1: (2020, None), 2: (2019, None), 3: (2021, 1), 4: (2021, None)}
    assert [t.kode for t in check_replacement(1, status, pengganti, rules)] == ([kode] if kode else [])


@pytest.mark.django_db
def test_a_regulation_is_recorded_once_and_replaced(peta_a):
    old = add(peta_a.instansi)
    with pytest.raises(Ditolak, match="sudah tercatat"):
        add(peta_a.instansi, nomor=" 45 ")
    new = add(peta_a.instansi, "10", 2024)
    services.mark_legal_basis(UJI, old.pk, "dicabut", new.pk)
    old.refresh_from_db()
    assert (old.status, old.diganti_oleh_id) == ("dicabut", new.pk)
    services.mark_legal_basis(UJI, old.pk, "berlaku")
    old.refresh_from_db()
    assert old.diganti_oleh_id is None
    with pytest.raises(Http404):
        services.mark_legal_basis(UJI, 10**9, "berlaku")


@pytest.mark.django_db
def test_units_on_a_repealed_regulation_are_listed(db):
    from django.db import transaction

    instansi = make.make_instansi()
    old, new = add(instansi), add(instansi, "1", 2025)
    with transaction.atomic():
        make.make_version(instansi)
        root = make.make_unor(instansi, "Kabupaten")
        make.make_unor(instansi, "Dinas Lama", root, dasar_hukum=old, pasal="Pasal 7", halaman="12")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert queries.units_on_repealed(instansi.pk) == []
    services.mark_legal_basis(UJI, old.pk, "dicabut", new.pk)
    (row,) = queries.units_on_repealed(instansi.pk)
    assert (row.nama, row.pasal, row.dasar_hukum) == ("Dinas Lama", "Pasal 7", "Perbup Nomor 45 Tahun 2021")
    assert queries.units_governed(old.pk) == [row] and queries.units_governed(new.pk) == []
    assert {b.dasar.pk: b.n_unor for b in queries.legal_bases(instansi.pk)} == {old.pk: 1, new.pk: 0}


@pytest.mark.django_db
def test_the_list_of_units_on_repealed_regulations_counts_pages_and_says_where_they_hang(db):
    from django.db import transaction

    instansi = make.make_instansi()
    old, new = add(instansi), add(instansi, "1", 2025)
    with transaction.atomic():
        make.make_version(instansi)
        root = make.make_unor(instansi, "Kabupaten")
        dinas = make.make_unor(instansi, "Dinas Kesehatan", root)
        for n in range(60):
            upt = make.make_unor(instansi, f"Puskesmas {n:02}", dinas, urutan=n)
            make.make_unor(instansi, "Subbagian Tata Usaha", upt, dasar_hukum=old)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    services.mark_legal_basis(UJI, old.pk, "dicabut", new.pk)
    client = login("operator", instansi_id=instansi.pk)
    url = reverse("organisasi:dasar-hukum", args=[instansi.pk])
    first, second = (client.get(url, {"hal": n}).content.decode() for n in "12")
    assert "60 unit." in first and "60 unit." in second
    shown = [set(re.findall(r"Dinas Kesehatan › Puskesmas \d\d", html)) for html in (first, second)]
    assert [len(names) for names in shown] == [50, 10] and len(shown[0] | shown[1]) == 60


@pytest.mark.django_db
def test_a_code_belongs_to_one_unit_at_a_time(peta_a, peta_b):
    link = services.link_code(UJI, peta_a.bidang.pk, "NPSN", " 20311111 ")
    assert services.link_code(UJI, peta_a.bidang.pk, "npsn", "20311111").pk == link.pk
    with pytest.raises(Ditolak, match="Kabupaten Alfa"):
        services.link_code(UJI, peta_b.bidang.pk, "npsn", "20311111")
    for jenis, kode in (("npsn", "12"), ("ktp", "1"), ("lokal", "x")):
        with pytest.raises(Ditolak):
            services.link_code(UJI, peta_a.bidang.pk, jenis, kode)
    services.unlink_code(UJI, link.pk)
    assert services.link_code(UJI, peta_b.bidang.pk, "npsn", "20311111").unor_id == peta_b.bidang.pk
    assert KodeUnor.objects.filter(kode="20311111").count() == 2
    with pytest.raises(Http404):
        services.link_code(UJI, 10**9, "npsn", "20311111")


@pytest.mark.django_db
def test_outsiders_may_neither_record_nor_link(peta_a, peta_b):
    row = add(peta_a.instansi)
    actor = actor_of(make_persona("orang_luar", instansi_id=peta_b.instansi.pk))
    for call in (
        lambda: services.add_legal_basis(
            actor, peta_a.instansi.pk, jenis="Perda", nomor="1", tahun=2020, tentang="X"
        ),
        lambda: services.mark_legal_basis(actor, row.pk, "berlaku"),
        lambda: services.attach_document(actor, row.pk, io.BytesIO(PDF), "x.pdf"),
        lambda: services.link_code(actor, peta_a.bidang.pk, "npsn", "20311111"),
    ):
        with pytest.raises(PermissionDenied):
            call()


def login(name, **where) -> Client:
    client = Client()
    client.force_login(make_persona(name, **where), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.django_db
def test_an_operator_records_a_regulation_with_its_document(peta_a, settings, tmp_path):
    settings.BERKAS_ROOT = tmp_path
    client = login("operator", instansi_id=peta_a.instansi.pk)
    page = reverse("organisasi:dasar-hukum", args=[peta_a.instansi.pk])
    assert "Belum ada dasar hukum" in client.get(page).content.decode()
    form = {"jenis": "Perbup", "nomor": "45", "tahun": "2021", "tentang": "Susunan", "tanggal": ""}
    assert client.post(page, form | {"tahun": "1899"}).status_code == 422
    answer = client.post(page, form)
    assert answer.status_code == 302
    assert client.post(page, form).status_code == 422
    row = DasarHukum.objects.get(instansi=peta_a.instansi)
    paper = reverse("organisasi:dasar-hukum-naskah", args=[row.pk])
    assert client.get(paper).status_code == 404
    wrong = client.post(paper, {"berkas": SimpleUploadedFile("x.pdf", b"a;b\n1;2\n")})
    assert wrong.status_code == 422 and "bukan PDF" in wrong.content.decode()
    assert client.post(paper, {"berkas": SimpleUploadedFile("naskah.pdf", PDF)}).status_code == 302
    assert b"".join(client.get(paper).streaming_content) == PDF
    status = reverse("organisasi:dasar-hukum-status", args=[row.pk])
    refused = client.post(status, {"status": "dicabut", "diganti_oleh": ""})
    assert refused.status_code == 422 and "Catat peraturan itu" in refused.content.decode()
    assert client.get(status).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("name", PERSONAS)
def test_everybody_reads_regulations_and_only_own_operators_write(peta_a, peta_b, name):
    row = add(peta_a.instansi)
    where = peta_b.instansi.pk if name == "orang_luar" else peta_a.instansi.pk
    client = login(name, instansi_id=where, pegawai_id=peta_a.orang[0].pk)
    page = reverse("organisasi:dasar-hukum", args=[peta_a.instansi.pk])
    detail = reverse("organisasi:dasar-hukum-rinci", args=[row.pk])
    writes = name in ("operator", "penyetuju", "admin")
    for url in (page, detail):
        answer = client.get(url)
        assert answer.status_code == 200
        assert (
            "csrfmiddlewaretoken" in answer.content.decode().partition("<main")[2].partition("</main")[0]
        ) == writes
    form = {"jenis": "Perda", "nomor": "9", "tahun": "2020", "tentang": "X"}
    assert client.post(page, form).status_code == (302 if writes else 403)
    status = client.post(reverse("organisasi:dasar-hukum-status", args=[row.pk]), {"status": "berlaku"})
    assert status.status_code == (302 if writes else 403)


@pytest.mark.django_db
def test_strangers_are_asked_to_sign_in(peta_a):
    page = reverse("organisasi:dasar-hukum", args=[peta_a.instansi.pk])
    assert Client().get(page).status_code == 302
