"""Documents: known by content, stored by hash, seen inside the scope only; bombs and disguises refused."""

from __future__ import annotations

import gzip
import io
import itertools
import zipfile

import openpyxl
import pytest

from petajabatan.akun.queries import actor_of
from petajabatan.inti.actor import sistem
from petajabatan.inti.berkas import content_path, open_file, store_file
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.models import Audit, Berkas
from petajabatan.inti.temuan import Ditolak
from petajabatan.testing.personas import make_persona

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.BERKAS_ROOT = tmp_path / "berkas"


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def workbook() -> bytes:
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["nama", "k"])
    book.save(buffer)
    return buffer.getvalue()


def store(content: bytes, nama: str = "unor.csv") -> Berkas:
    return store_file(sistem("uji"), io.BytesIO(content), nama, "impor")


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"%PDF-1.7 isi", "application/pdf"),
        (b"\xff\xd8\xff\xe0 isi", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n isi", "image/png"),
        (b"nip;nama\n'199001;Sri\n", "text/csv"),
        ("nama\nSt. Maria – Ñ\n".encode("cp1252"), "text/csv"),
        ("nama\tk\n".encode("utf-16"), "text/csv"),
        (b'\xef\xbb\xbf [{"Id": 1}]', "application/json"),
        (gzip.compress(b"[]", mtime=0), "application/gzip"),
        (zipped(a=b"b"), "application/zip"),
        (workbook(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
    ids=itertools.count(),
)
def test_the_content_says_what_a_file_is(content, media):
    row = store(content, "nama.yang-bohong")
    assert (row.jenis_isi, row.ukuran) == (media, len(content))
    assert content_path(row.sha256).read_bytes() == content


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "berkas-kosong"),
        (b"\x7fELF\x02\x01\x01\x00", "jenis-berkas-ditolak"),
        (b"<svg onload=alert(1)>", "jenis-berkas-ditolak"),
        (gzip.compress(b"\0" * (80 << 20), mtime=0), "berkas-mengembang"),
        (gzip.compress(b"[]" * 1000, mtime=0)[:-9], "berkas-rusak"),
        (zipped(a=b"\0" * (80 << 20)), "berkas-mengembang"),
        (zipped(a=b"b" * 100)[:60], "berkas-rusak"),
        (zipped(xl__vbaProject=b"", **{"xl__vbaProject.bin": b"x"}), "berkas-bermakro"),
    ],
    ids=itertools.count(),
)
def test_what_cannot_be_trusted_is_refused_and_leaves_nothing(content, code, settings):
    with pytest.raises(Ditolak) as refusal:
        store(content)
    assert [t.kode for t in refusal.value.temuan] == [code]
    assert [p for p in settings.BERKAS_ROOT.rglob("*") if p.is_file()] == []
    assert not Berkas.objects.exists()


def test_a_zip_that_lies_about_its_sizes_is_refused():
    bomb = bytearray(zipped(a=b"\0" * (80 << 20)))
    real = (80 << 20).to_bytes(4, "little")
    assert bomb.count(real) == 2
    with pytest.raises(Ditolak) as refusal:
        store(bytes(bomb.replace(real, (1000).to_bytes(4, "little"))))
    assert refusal.value.temuan[0].kode in ("berkas-rusak", "berkas-mengembang")


def test_a_file_over_the_limit_is_refused(settings):
    settings.UPLOAD_MAX_BYTES = 10
    with pytest.raises(Ditolak) as refusal:
        store(b"nama;k\n" * 2)
    assert refusal.value.temuan[0].kode == "berkas-terlalu-besar"


@pytest.mark.parametrize(
    "nama", ["../../etc/passwd", "C:\\Users\\x\\passwd", "/etc/passwd", "\u202epasswd\x00"]
)
def test_a_name_never_becomes_a_path(nama, settings):
    row = store(b"nama;k\n", nama)
    assert row.nama == "passwd"
    files = [p for p in settings.BERKAS_ROOT.rglob("*") if p.is_file()]
    assert [p.name for p in files] == [row.sha256]


def test_the_same_content_is_kept_once(settings):
    first, second = store(b"nama;k\n"), store(b"nama;k\n", "lain.csv")
    assert first.pk != second.pk
    assert len([p for p in settings.BERKAS_ROOT.rglob("*") if p.is_file()]) == 1


def test_a_file_opens_for_its_owner_and_inside_the_scope_only(peta_a, peta_b):
    operator = actor_of(make_persona("operator", instansi_id=peta_a.instansi.id))
    outsider = actor_of(make_persona("orang_luar", instansi_id=peta_b.instansi.id))
    with scope_of(operator):
        row = store_file(operator, io.BytesIO(b"nama;k\n"), "unor.csv", "impor", peta_a.instansi.id)
        with open_file(operator, row) as file:
            assert file.read() == b"nama;k\n"
    with scope_of(outsider), pytest.raises(Berkas.DoesNotExist):
        open_file(outsider, row)
    assert Audit.objects.filter(aksi="baca", objek="berkas", aktor=str(operator.id)).count() == 1


@pytest.mark.parametrize(("offset", "value", "kode"), [(6, 1, "berkas-bersandi"), (8, 9, "berkas-rusak")])
def test_a_locked_zip_and_one_packed_in_an_unknown_way_are_told_apart(offset, value, kode):
    content = bytearray(zipped(a=b"b"))
    content[offset] = value  # the local header, then the directory: a flag, or the way of compressing
    content[content.index(b"PK\x01\x02") + offset + 2] = value
    with pytest.raises(Ditolak) as refused:
        store(bytes(content), "kiriman.zip")
    assert [t.kode for t in refused.value.temuan] == [kode]
