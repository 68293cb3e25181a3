"""Documents and remarks: what is taken, who sees it, what can be withdrawn, resolved and opened again."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from petajabatan.inti.dinding import scope_of
from petajabatan.inti.models import Audit, Berkas, Notifikasi
from petajabatan.inti.temuan import Ditolak
from petajabatan.usulan.models import Dokumen, Komentar
from petajabatan.usulan.services import dokumen as layanan_dokumen
from petajabatan.usulan.services.dokumen import add_document, open_document, withdraw_document
from petajabatan.usulan.services.komentar import add_comment, reopen_comment, resolve_comment
from petajabatan.usulan.tests.pembuat import (
    PDF,
    Orang,
    account,
    do,
    letter,
    make_usulan,
    sign,
    submitted,
    taken,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.BERKAS_ROOT = tmp_path / "berkas"


@pytest.fixture
def orang(peta_a, peta_b):
    return Orang(peta_a.instansi.pk, peta_a.orang[0].pk, peta_b.instansi.pk)


def add(actor, usulan, content=PDF, nama="bukti.pdf", **values) -> Dokumen:
    with scope_of(actor):
        return add_document(actor, usulan.pk, io.BytesIO(content), nama, **values)


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(Ditolak) as refused:
        call(*args, **kwargs)
    return refused.value.temuan[0].kode


def in_scope(actor, call, *args, **kwargs):
    with scope_of(actor):
        return call(actor, *args, **kwargs)


def workbook() -> bytes:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


def word() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "nama"),
    [
        (PDF, "a.pdf"),
        (b"\xff\xd8\xff\xe0 isi", "a.jpg"),
        (b"\x89PNG\r\n\x1a\n isi", "a.png"),
        (workbook(), "a.xlsx"),
        (word(), "a.docx"),
    ],
    ids=["pdf", "jpg", "png", "xlsx", "docx"],
)
def test_the_five_kinds_are_taken(orang, peta_a, content, nama):
    usulan = make_usulan(peta_a.instansi)
    row = add(orang["operator"], usulan, content, nama)
    assert (row.berkas.ukuran, len(row.berkas.sha256), row.berkas.instansi_id) == (
        len(content),
        64,
        usulan.instansi_id,
    )


@pytest.mark.parametrize(
    ("content", "nama", "code"),
    [
        (b"MZ\x90\x00\x03\x00\x00\x00", "laporan.pdf", "jenis-berkas-ditolak"),
        (b"nip;nama\n1;Sri\n", "data.xlsx", "jenis-dokumen-ditolak"),
        (b'{"a": 1}', "a.docx", "jenis-dokumen-ditolak"),
        (b"", "kosong.pdf", "berkas-kosong"),
    ],
    ids=["exe renamed", "csv renamed", "json renamed", "empty"],
)
def test_what_the_content_is_decides_not_the_name(orang, peta_a, content, nama, code):
    usulan = make_usulan(peta_a.instansi)
    assert refusal(add, orang["operator"], usulan, content, nama) == code
    assert not Dokumen.objects.exists()
    assert not Berkas.objects.exists()


def test_a_document_above_the_limit_is_refused_while_it_is_read(orang, peta_a, monkeypatch):
    monkeypatch.setattr(layanan_dokumen, "UKURAN_MAKS", 1 << 20)
    usulan = make_usulan(peta_a.instansi)
    assert refusal(add, orang["operator"], usulan, PDF + b"x" * (1 << 20)) == "dokumen-terlalu-besar"
    assert add(orang["operator"], usulan, PDF + b"x" * ((1 << 20) - len(PDF))).pk


def test_the_limit_is_twenty_megabytes():
    assert layanan_dokumen.UKURAN_MAKS == 20 * 1024 * 1024


def test_the_signed_letter_is_a_pdf(orang, peta_a):
    usulan = make_usulan(peta_a.instansi)
    found = refusal(add, orang["operator"], usulan, b"\xff\xd8\xff\xe0 isi", "surat.jpg", jenis="surat")
    assert found == "jenis-dokumen-ditolak"


def test_the_same_document_pressed_twice_hangs_once(orang, peta_a):
    usulan = make_usulan(peta_a.instansi)
    first = add(orang["operator"], usulan)
    assert add(orang["operator"], usulan).pk == first.pk
    assert add(orang["operator"], usulan, jenis="naskah").pk != first.pk


def test_documents_are_added_by_the_side_the_usulan_stands_with(orang, peta_a):
    usulan = submitted(orang, peta_a.instansi)
    assert refusal(add, orang["operator"], usulan) == "dokumen-terkunci"
    assert refusal(add, orang["verifikator"], usulan) == "dokumen-terkunci"
    do(orang["verifikator"], usulan, "ambil")
    assert add(orang["verifikator"], usulan).oleh_id == orang["verifikator"].id
    for name in ("monitor", "pemantau", "pembina", "pegawai", "orang_luar", "admin"):
        with pytest.raises((Http404, PermissionDenied)):
            add(orang[name], usulan)


def test_a_document_is_withdrawn_never_deleted(orang, peta_a):
    usulan = make_usulan(peta_a.instansi)
    row = add(orang["operator"], usulan)
    assert in_scope(orang["operator"], withdraw_document, row.pk).ditarik_pada
    assert in_scope(orang["operator"], withdraw_document, row.pk).ditarik_pada
    _, stream = in_scope(orang["operator"], open_document, row.pk)
    assert stream.read() == PDF
    assert Audit.objects.filter(aksi="baca", objek="berkas").exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Dokumen.objects.filter(pk=row.pk).update(jenis="naskah")


def test_a_letter_under_a_signature_in_effect_stays(orang, peta_a):
    usulan = do(orang["operator"], make_usulan(peta_a.instansi), "ajukan-ke-penyetuju")
    surat = letter(orang["penyetuju"], usulan)
    sign(orang, usulan)
    assert refusal(in_scope, orang["penyetuju"], withdraw_document, surat.dokumen_id) == "dokumen-terkunci"
    do(orang["operator"], usulan, "tarik")
    assert in_scope(orang["penyetuju"], withdraw_document, surat.dokumen_id).ditarik_pada


def test_another_side_s_document_is_not_withdrawn(orang, peta_a):
    usulan = taken(orang, peta_a.instansi)
    theirs = Dokumen.objects.get(usulan=usulan)
    assert refusal(in_scope, orang["verifikator"], withdraw_document, theirs.pk) == "dokumen-terkunci"


def test_documents_are_read_inside_the_scope_only(orang, peta_a):
    row = add(orang["operator"], make_usulan(peta_a.instansi))
    for name in ("penyetuju", "monitor", "verifikator", "admin"):
        assert in_scope(orang[name], open_document, row.pk)[1].read() == PDF
    for name in ("orang_luar", "pemantau", "pembina", "pegawai"):
        with pytest.raises(Http404):
            in_scope(orang[name], open_document, row.pk)


def test_a_subtree_operator_reads_the_documents_of_its_usulan_only(orang, peta_a):
    scope = {"instansi_id": peta_a.instansi.pk, "sasaran_id": peta_a.dinas.pk}
    actor = account("operator.dinas", "instansi-operator-sotk", "unor", **scope)
    own = add(orang["operator"], make_usulan(peta_a.instansi, cabang_id=peta_a.dinas.pk))
    other = add(orang["operator"], make_usulan(peta_a.instansi), b"%PDF-1.7 lain")
    assert in_scope(actor, open_document, own.pk)[1].read() == PDF
    with pytest.raises(Http404):
        in_scope(actor, open_document, other.pk)
    with scope_of(actor), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM berkas")
        assert [row[0] for row in cursor.fetchall()] == [own.berkas_id]


def comment(actor, usulan, isi="Mengapa K naik?", **values) -> Komentar:
    return in_scope(actor, add_comment, usulan.pk, isi, **values)


def test_a_remark_stands_on_an_operation_and_its_answer_in_the_thread(orang, peta_a):
    usulan = taken(orang, peta_a.instansi)
    asked = comment(orang["verifikator"], usulan, operasi_nomor=1, minta_perbaikan=True)
    answer = comment(orang["operator"], usulan, "Menurut ABK 2026", balasan_untuk=asked.pk)
    again = comment(orang["verifikator"], usulan, "Baik", balasan_untuk=answer.pk)
    assert (answer.operasi_nomor, answer.balasan_untuk_id, again.balasan_untuk_id) == (1, asked.pk, asked.pk)
    assert (asked.pihak, answer.pihak) == ("bkn", "instansi")
    titles = set(Notifikasi.objects.filter(penerima_id=orang["operator"].id).values_list("judul", flat=True))
    assert f"Permintaan perbaikan pada usulan {usulan.nomor}" in titles
    assert Notifikasi.objects.filter(
        penerima_id=orang["verifikator"].id, judul__startswith="Komentar"
    ).exists()


def test_a_remark_pressed_twice_stands_once(orang, peta_a):
    usulan = make_usulan(peta_a.instansi)
    first = comment(orang["operator"], usulan)
    assert comment(orang["operator"], usulan).pk == first.pk
    assert comment(orang["operator"], usulan, "Yang lain").pk != first.pk


def test_an_operator_does_not_ask_for_repair(orang, peta_a):
    with pytest.raises(PermissionDenied):
        comment(orang["operator"], make_usulan(peta_a.instansi), minta_perbaikan=True)


def test_a_side_closes_and_opens_its_own_threads(orang, peta_a):
    usulan = taken(orang, peta_a.instansi)
    asked = comment(orang["verifikator"], usulan, minta_perbaikan=True)
    assert refusal(in_scope, orang["operator"], resolve_comment, asked.pk) == "komentar-pihak-lain"
    closed = in_scope(orang["verifikator_dua"], resolve_comment, asked.pk)
    assert closed.selesai_oleh == orang["verifikator_dua"].nama
    assert in_scope(orang["verifikator"], reopen_comment, asked.pk).selesai_pada is None


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"isi": "  "}, "komentar-kosong"),
        ({"isi": "x" * 4001}, "komentar-terlalu-panjang"),
        ({"operasi_nomor": 99}, "operasi-tidak-ada"),
        ({"objek": "unor"}, "objek-tidak-sah"),
        ({"objek": "pegawai", "objek_id": 1}, "objek-tidak-sah"),
    ],
)
def test_a_remark_without_sense_is_refused(orang, peta_a, values, code):
    assert refusal(comment, orang["operator"], make_usulan(peta_a.instansi), **values) == code


def test_what_was_said_stays_as_it_was_said(orang, peta_a):
    row = comment(orang["operator"], make_usulan(peta_a.instansi))
    with pytest.raises(DatabaseError), transaction.atomic():
        Komentar.objects.filter(pk=row.pk).update(isi="lain")
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_those_who_only_look_say_nothing(orang, peta_a):
    usulan = make_usulan(peta_a.instansi)
    for name in ("monitor", "admin", "pemantau", "pembina", "pegawai", "orang_luar"):
        with pytest.raises((Http404, PermissionDenied)):
            comment(orang[name], usulan)
