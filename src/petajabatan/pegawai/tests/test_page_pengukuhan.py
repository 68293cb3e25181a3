"""The daftar pengukuhan on screen and its exports, as each persona."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.urls import reverse
from pypdf import PdfReader

from petajabatan.akun.queries import actor_of
from petajabatan.inti.berkas import open_file
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.jam import move_to, today
from petajabatan.inti.models import Audit, Pekerjaan
from petajabatan.pegawai.cetak.pengukuhan import export_confirmations_pdf, export_confirmations_xlsx
from petajabatan.pegawai.models import Pegawai, Pengukuhan, RiwayatJabatan
from petajabatan.pegawai.queries import Saring
from petajabatan.pegawai.tests.reorganisasi import reorganise, settle
from petajabatan.pegawai.tests.test_queries_peta import statements
from petajabatan.testing import factories as make
from petajabatan.testing.personas import PERSONAS, make_persona

SEES = {"operator", "penyetuju", "verifikator", "admin"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def r(peta_a, peta_b):
    settle()
    person = make.make_pegawai(peta_a.instansi, "Tanpa Kotak")
    RiwayatJabatan.objects.create(
        pegawai=person, instansi=peta_a.instansi, unor=peta_a.bidang, masa=("2020-01-01", None)
    )
    made = reorganise(peta_a)
    made.tanpa, made.lain = person, peta_b
    return made


def confirmable(r) -> None:
    """The first day of the version has come."""
    move_to(r.berlaku)


def sign_in(client, r, name):
    home = r.lain if name == "orang_luar" else r.peta
    person = r.peta.orang[1].id if name == "pegawai" else None
    user = make_persona(name, instansi_id=home.instansi.id, pegawai_id=person)
    client.force_login(user)
    return user


def url(r, name="pengukuhan", *args) -> str:
    return reverse(f"pegawai:{name}", args=[r.peta.instansi.id, *args])


@pytest.mark.parametrize("name", PERSONAS)
def test_every_persona_gets_what_the_matrix_says(client, r, name):
    sign_in(client, r, name)
    row = Pengukuhan.objects.get(pegawai=r.peta.orang[1])
    for address in (url(r), url(r, "pengukuhan-satu", row.pk)):
        answer = client.get(address)
        assert answer.status_code == (200 if name in SEES else 403), address
        text = answer.content.decode()
        assert (r.peta.orang[1].nip in text) == (name in SEES)
        assert ("Kukuhkan" in text) == (name in {"operator", "penyetuju", "admin"})
    answer = client.post(url(r, "pengukuhan-ekspor"), {"bentuk": "xlsx"})
    assert answer.status_code == (302 if name in SEES else 403)


def test_nobody_reads_it_without_signing_in(client, r):
    assert client.get(url(r)).status_code == 302
    assert client.post(url(r, "pengukuhan-ekspor")).status_code == 302


def test_the_list_shows_from_where_to_where_and_filters(client, r):
    sign_in(client, r, "operator")
    text = client.get(url(r)).content.decode()
    for word in ("Bidang SD Kabupaten Alfa", "Bidang Sekolah", "3 penugasan: 3 menunggu", "1 tanpa kursi"):
        assert word in text
    seatless = client.get(url(r), {"tanpa_kursi": "1"}).content.decode()
    assert "Tanpa Kotak" in seatless and "Budi" not in seatless
    assert "Unit pengganti tidak mempunyai kotak yang ditunjuk" in seatless
    found = client.get(url(r), {"q": "budi"}).content.decode()
    assert "Budi" in found and "Ani" not in found
    assert "Tidak ada yang cocok" in client.get(url(r), {"versi": "1"}).content.decode()
    for odd in ({"versi": "x"}, {"versi": "9" * 30}, {"status": "?"}, {"hal": "-1"}):
        assert client.get(url(r), odd).status_code == 200


def test_chosen_rows_are_confirmed_with_number_and_date(client, r):
    confirmable(r)
    sign_in(client, r, "penyetuju")
    key = Pengukuhan.objects.get(pegawai=r.peta.orang[1]).pk
    decision = {"nomor": "821/77", "tanggal": today().isoformat()}
    none = client.post(url(r), decision)
    assert none.status_code == 422
    assert "Belum ada baris yang dipilih" in none.content.decode()
    empty = client.post(url(r), {"id": [key], "nomor": "", "tanggal": ""})
    assert empty.status_code == 422
    assert re.search(rf'value="{key}"[^>]* checked', empty.content.decode())
    done = client.post(url(r), decision | {"id": [key]}, follow=True)
    assert "1 penempatan dikukuhkan" in done.content.decode()
    assert "821/77" in done.content.decode()
    assert set(Pengukuhan.objects.values_list("status", flat=True)) == {"menunggu", "dikukuhkan"}


def test_everybody_with_a_seat_is_confirmed_at_once(client, r):
    confirmable(r)
    sign_in(client, r, "operator")
    decision = {"nomor": "821/78", "tanggal": today().isoformat(), "semua": "1"}
    done = client.post(url(r), decision, follow=True).content.decode()
    assert "2 penempatan dikukuhkan" in done
    assert Pengukuhan.objects.get(status="menunggu").pegawai_id == r.tanpa.id


def test_who_goes_to_another_instansi_is_confirmed_there_and_seen_there_at_once(client, r):
    Pengukuhan.objects.filter(instansi=r.peta.instansi).update(instansi_baru=r.lain.instansi)
    confirmable(r)
    sign_in(client, r, "penyetuju")
    text = client.get(url(r)).content.decode()
    assert text.count("dikukuhkan oleh Kabupaten Beta") == 3
    assert "3 penugasan beralih ke instansi lain" in text
    assert 'name="id"' not in text and "Kukuhkan yang dipilih" not in text and ">Pilih<" not in text
    key = Pengukuhan.objects.get(pegawai=r.peta.orang[1]).pk
    one = client.get(url(r, "pengukuhan-satu", key)).content.decode()
    assert "beralih ke Kabupaten Beta" in one and "Kotak jabatan menurut keputusan" not in one
    decision = {"nomor": "821/78", "tanggal": today().isoformat(), "semua": "1"}
    assert client.post(url(r), decision).status_code == 422
    there = reverse("pegawai:pengukuhan", args=[r.lain.instansi.id])
    client.force_login(make_persona("operator", instansi_id=r.lain.instansi.id))
    text = client.get(there).content.decode()
    assert "3 menunggu" in text and r.peta.orang[1].nama in text and text.count('name="id"') == 2
    assert r.peta.orang[1].nama not in client.get(there, {"versi": "semua"}).content.decode()


def test_those_who_come_are_announced_beside_ones_own(client, r):
    row = Pengukuhan.objects.filter(instansi=r.peta.instansi).first()
    Pengukuhan.objects.filter(pk=row.pk).update(instansi=r.lain.instansi, instansi_baru=r.peta.instansi)
    sign_in(client, r, "operator")
    text = client.get(url(r)).content.decode()
    assert "1 pegawai dari instansi lain menunggu pengukuhan di sini" in text
    assert "(1 menunggu)" in text and row.nama not in text


def test_a_refusal_says_why_and_keeps_what_was_typed(client, r):
    sign_in(client, r, "operator")
    key = Pengukuhan.objects.get(pegawai=r.tanpa).pk
    early = client.post(url(r, "pengukuhan-satu", key), {"nomor": "821/79", "tanggal": today().isoformat()})
    assert early.status_code == 422
    assert f"baru berlaku {r.berlaku.isoformat()}" in early.content.decode()
    confirmable(r)
    answer = client.post(url(r), {"id": [key], "nomor": "821/79", "tanggal": today().isoformat()})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "belum mempunyai kursi" in text and "821/79" in text


def test_one_person_gets_the_seat_of_the_decision(client, r):
    confirmable(r)
    sign_in(client, r, "operator")
    key = Pengukuhan.objects.get(pegawai=r.tanpa).pk
    page = client.get(url(r, "pengukuhan-satu", key), {"q": "Kepala Dinas"}).content.decode()
    for word in ("Kepala Bidang Sekolah", "Kepala Dinas", "terisi"):
        assert word in page
    decision = {"nomor": "821/80", "tanggal": today().isoformat(), "posisi": r.kepala_baru.id}
    taken = client.post(url(r, "pengukuhan-satu", key), decision | {"posisi": r.peta.kepala.id})
    assert taken.status_code == 422
    assert "sudah ada pejabat definitifnya" in taken.content.decode()
    assert client.post(url(r, "pengukuhan-satu", key), decision).status_code == 302
    assert Pengukuhan.objects.get(pk=key).posisi_baru_id == r.kepala_baru.id
    assert client.get(url(r, "pengukuhan-satu", 10**12)).status_code == 404


def test_a_confirmation_is_withdrawn_on_the_page_of_one_person(client, r):
    confirmable(r)
    sign_in(client, r, "operator")
    page = url(r, "pengukuhan-satu", Pengukuhan.objects.get(pegawai=r.peta.orang[1]).pk)
    assert "Cabut pengukuhan" not in client.get(page).content.decode()
    decision = {"nomor": "821/80", "tanggal": today().isoformat()}
    assert client.post(page, decision).status_code == 302
    assert "Cabut pengukuhan" in client.get(page).content.decode()
    assert client.post(page, {"cabut": "1", "alasan": ""}).status_code == 422
    done = client.post(page, {"cabut": "1", "alasan": "salah nomor"}, follow=True).content.decode()
    assert "Pengukuhan dicabut" in done
    assert Pengukuhan.objects.get(pegawai=r.peta.orang[1]).status == "menunggu"


def test_the_number_of_statements_does_not_depend_on_size(client, r):
    sign_in(client, r, "operator")
    client.get(url(r))
    few = statements(lambda: client.get(url(r)))
    first = Pengukuhan.objects.get(pegawai=r.peta.orang[1])
    for n in range(20):
        person = make.make_pegawai(r.peta.instansi, f"Orang {n}")
        seat = RiwayatJabatan.objects.create(
            pegawai=person, instansi=r.peta.instansi, unor=r.unor_baru, masa=("2020-01-01", None)
        )
        first.pk, first.pegawai, first.riwayat_lama, first.nama = None, person, seat, person.nama
        first.save(force_insert=True)
    assert statements(lambda: client.get(url(r))) == few
    assert "Orang 19" in client.get(url(r)).content.decode()


def test_a_person_sees_her_own_provisional_placement(client, r):
    sign_in(client, r, "pegawai")
    text = client.get(reverse("pegawai:rinci", args=[r.peta.orang[1].id])).content.decode()
    assert "Penempatan sementara" in text
    assert "Bidang Sekolah" in text
    assert "menunggu keputusan pengukuhan" in text
    assert client.get(url(r)).status_code == 403


def test_an_account_without_a_language_of_code_reads_plain_text(client, r):
    """Names that look like markup stay text."""
    Pengukuhan.objects.update(nama="<script>alert(1)</script>", nama_unor_baru="<b>")
    sign_in(client, r, "operator")
    text = client.get(url(r)).content.decode()
    assert "<script>alert" not in text and "&lt;script&gt;" in text


def test_the_spreadsheet_holds_the_whole_list_and_no_formula(r):
    Pegawai.objects.filter(pk=r.tanpa.pk).update(nama="=1+1")
    Pengukuhan.objects.filter(pegawai=r.tanpa).update(nama="=1+1")
    actor = actor_of(make_persona("operator", instansi_id=r.peta.instansi.id))
    with scope_of(actor):
        data = export_confirmations_xlsx(actor, r.peta.instansi.id, Saring(versi=r.versi))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    evil = [cell for cell in cells if cell.value == "=1+1"]
    assert len(evil) == 1 and evil[0].data_type == "s" and evil[0].quotePrefix
    values = {cell.value for cell in cells}
    assert {"Bidang Sekolah", "Bidang SD Kabupaten Alfa", "3 penugasan", r.tanpa.nip} <= values
    assert any("tanpa kursi" in str(v) for v in values)
    assert Audit.objects.filter(aksi="ekspor", objek="pengukuhan", jumlah=3).exists()


def test_the_print_is_an_annex_with_every_person(r):
    actor = actor_of(make_persona("operator", instansi_id=r.peta.instansi.id))
    with scope_of(actor):
        data = export_confirmations_pdf(actor, r.peta.instansi.id, Saring(versi=r.versi))
        empty = export_confirmations_pdf(actor, r.peta.instansi.id, Saring(versi=1))
    text = PdfReader(io.BytesIO(data)).pages[0].extract_text()
    for word in ("DAFTAR PENGUKUHAN", "Kabupaten Alfa", "versi 2", "Budi", "Bidang Sekolah", "Halaman 1"):
        assert word in text
    assert "Tidak ada pegawai" in PdfReader(io.BytesIO(empty)).pages[0].extract_text()


@pytest.mark.parametrize("name", ["monitor", "pegawai", "pemantau", "orang_luar"])
def test_exports_refuse_those_who_see_no_names(r, name):
    from django.core.exceptions import PermissionDenied

    home = r.lain if name == "orang_luar" else r.peta
    actor = actor_of(make_persona(name, instansi_id=home.instansi.id, pegawai_id=r.peta.orang[1].id))
    for export in (export_confirmations_xlsx, export_confirmations_pdf):
        with scope_of(actor), pytest.raises(PermissionDenied):
            export(actor, r.peta.instansi.id, Saring())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("bentuk", ["xlsx", "pdf"])
def test_exports_are_jobs_whose_file_belongs_to_the_one_who_asked(client, r, bentuk):
    from petajabatan.inti.pelaksanaan import carry_out

    user = sign_in(client, r, "operator")
    client.post(url(r, "pengukuhan-ekspor") + "?tanpa_kursi=1&q=Tanpa", {"bentuk": bentuk})
    job = Pekerjaan.objects.get(jenis="ekspor-pengukuhan")
    assert "Tanpa" not in str(job.masukan)
    carry_out(job.pk)
    job.refresh_from_db()
    assert job.status == "selesai", job.galat
    assert job.berkas_hasil.instansi_id is None
    assert job.berkas_hasil.nama.endswith(f"-v2.{bentuk}")
    actor = actor_of(user)
    with scope_of(actor):
        stream = open_file(actor, job.berkas_hasil)
        content = b"".join(stream) if not hasattr(stream, "read") else stream.read()
    assert content[:2] == (b"PK" if bentuk == "xlsx" else b"%P")
