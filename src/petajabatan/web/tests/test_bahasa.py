"""The English side of the pages: a whole catalogue, and no Indonesian left where people navigate."""

from __future__ import annotations

import ast
import gettext
import re
import string
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from petajabatan.organisasi.models import DasarHukum, PetaVersi
from petajabatan.referensi.katalog import DAFTAR
from petajabatan.web import menu

FOLDER = Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES"
PERCENT = re.compile(r"%(?:\(\w+\))?[sd]|%%")
LITERAL = re.compile(r"""{%\s*translate\s+(["'])(.+?)\1""")
GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop"}
FIELD = re.compile(r"{\w+}")
TAG = re.compile(r"</?[a-z][^>]*>", re.I)


def catalogue() -> Catalog:
    with (FOLDER / "django.po").open("rb") as file:
        return read_po(file, locale="en")


def entries() -> Iterator[tuple[Message, str, str]]:
    """Message, source and English; each plural form against the source's plural."""
    for message in catalogue():
        if not message.id:
            continue
        if isinstance(message.id, str):
            yield message, message.id, str(message.string)
        else:
            for english in message.string:
                yield message, message.id[-1], english


def placeholders(text: str) -> list[str]:
    fields = []
    if "%" not in text:
        fields = [
            f"{{{name}}}" for _lead, name, _spec, _conv in string.Formatter().parse(text) if name is not None
        ]
    return sorted(PERCENT.findall(text) + fields)


def test_every_entry_is_translated_and_none_is_fuzzy():
    assert sum(1 for _ in entries()) > 700
    assert [source for message, source, english in entries() if message.fuzzy or not english.strip()] == []


def test_placeholders_and_markup_are_the_same_on_both_sides():
    for _message, source, english in entries():
        assert placeholders(source) == placeholders(english), source
        assert sorted(TAG.findall(source)) == sorted(TAG.findall(english)), source


def test_no_sentence_is_left_as_it_was():
    same = [
        FIELD.sub(" ", PERCENT.sub(" ", source)) for _m, source, english in entries() if source == english
    ]
    assert [text for text in same if len(re.findall(r"[^\W\d_]{3,}", text)) > 3] == []


def test_every_text_of_the_package_is_in_the_catalogue():
    """A new text in a template or module without its English fails here, not on somebody's screen."""
    known = {source for _m, source, _e in entries()}
    root = Path(settings.PACKAGE_DIR)
    missing = []
    for path in root.rglob("templates/**/*.html"):
        text = path.read_text()
        found = LITERAL.findall(text)
        missing += [f"{path.relative_to(root)}: {t}" for _quote, t in found if t not in known]
    for path in root.rglob("*.py"):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GETTEXT:
                first = node.args[0] if node.args else None
                if (
                    isinstance(first, ast.Constant)
                    and isinstance(first.value, str)
                    and first.value not in known
                ):
                    missing.append(f"{path.relative_to(root)}: {first.value}")
    assert missing == [], "run `make pesan` and translate them"


def test_the_compiled_catalogue_is_in_step_with_the_texts():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message, source, english in entries():
        if isinstance(message.id, str):
            assert compiled.gettext(source) == english, f"run `make pesan`: {source}"
    known = {source for _m, source, _e in entries()}
    stale = {key for key in compiled._catalog if isinstance(key, str) and key} - known
    assert not stale, f"run `make pesan`: {stale}"


def test_comments_name_files_of_the_package_only():
    root = Path(settings.PACKAGE_DIR)
    for message in catalogue():
        for path, _line in message.locations:
            assert not Path(path).is_absolute() and (root / path).exists(), f"run `make pesan`: {path}"


def test_words_that_come_from_data_are_in_the_catalogue():
    known = {source for _m, source, _e in entries()}
    words = {c.judul for d in DAFTAR.values() for c in d.kolom} | {d.kelompok for d in DAFTAR.values()}
    words |= {s.judul for d in DAFTAR.values() for s in d.saringan}
    words |= {d.uraian for d in DAFTAR.values() if d.uraian}
    words |= {str(label) for label in (*DasarHukum.Status.labels, *PetaVersi.Jenis.labels)}
    assert words - known == set(), "add them to referensi/kata.py, then run `make pesan`"


# Words of navigation, buttons and headings that an English page must not show. Data (names of units, titles
# of official lists, findings) stays Indonesian, so only words that data does not hold are listed.
INDONESIAN = re.compile(
    r"\b(Beranda|Masuk|Keluar|Cetak|Impor|Unggah|Unduh|Perbedaan|Temuan|Pekerjaan|Administrasi|Siapa|Tampilan|"
    r"Langsung|Bantuan|Tutup|Bagan|Rekap|Daftar|Cari|Semua|Berlaku|Nama|Kode|Jenis|Sebelumnya|Berikutnya|"
    r"belum|yang|atau|dengan|untuk|adalah|tidak)\b"
)
SCRIPT = re.compile(r"<(script|style)\b.*?</\1>", re.S | re.I)
ATTRIBUTE = re.compile(r'\s(?:aria-label|title|placeholder|data-galat|data-putus)="([^"]*)"')
LANGUAGE_NAME = "Bahasa Indonesia"


def visible(html: str) -> str:
    html = SCRIPT.sub(" ", html)
    spoken = " ".join(ATTRIBUTE.findall(html))
    return unescape(re.sub(r"<[^>]*>", " ", html) + " " + spoken).replace(LANGUAGE_NAME, "")


@pytest.fixture
def inggris(client, orang):
    client.force_login(orang["operator"])
    client.post(reverse("web:setelan"), {"bahasa": "en"})
    return client


def assert_english(answer) -> str:
    assert answer.status_code == 200
    html = answer.content.decode()
    assert re.search(r'<html[^>]*\blang="en"', html)
    assert answer["Content-Language"] == "en"
    text = visible(html)
    found = INDONESIAN.search(text)
    assert not found, text[max(0, found.start() - 80) : found.end() + 80]
    return text


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("web:beranda", "Home"),
        ("web:instansi", "List of instansi"),
        ("web:impor-unor", "Import unor"),
        ("web:impor-pegawai", "Import pegawai"),
        ("web:pekerjaan", "Jobs"),
        ("web:bantuan", "Help"),
        ("web:akun-saya", "My account"),
    ],
)
def test_pages_are_english_for_somebody_who_chose_english(inggris, page, heading):
    text = assert_english(inggris.get(reverse(page)))
    assert heading in text and "Sign out" in text


@pytest.mark.parametrize("lihat", ["", "tabel", "rekap", "beda"])
def test_the_map_is_english_in_every_view(inggris, peta_a, lihat):
    address = reverse("peta:instansi", args=[peta_a.instansi.id])
    answer = inggris.get(address, follow=True)
    address = answer.request["PATH_INFO"]
    text = assert_english(inggris.get(address, {"lihat": lihat} if lihat else {}))
    assert "Differences" in text and "Summary" in text


def test_an_instansi_and_its_regulations_are_english(inggris, peta_a):
    assert "Map versions" in assert_english(
        inggris.get(reverse("web:instansi-rinci", args=[peta_a.instansi.id]))
    )
    assert "Regulation" in assert_english(
        inggris.get(reverse("organisasi:dasar-hukum", args=[peta_a.instansi.id]))
    )


def test_reference_lists_have_english_headings_and_filters(inggris):
    text = visible(inggris.get(reverse("referensi:isi", args=["jabatan-fungsional"])).content.decode())
    assert "No longer in the list" in text and "Search a name or code" in text
    assert "Tidak lagi dalam daftar" not in text and "Keadaan" not in text
    text = visible(inggris.get(reverse("referensi:daftar")).content.decode())
    assert "Other code lists" in text and "Last import" in text and "Daftar kode lain" not in text


def test_sign_in_follows_the_language_cookie(client, db):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    text = assert_english(client.get(reverse("account_login")))
    assert "Sign in to Peta Jabatan" in text


def test_every_entry_of_the_menu_has_an_english_name():
    for _title, listed in menu.DAFTAR:
        for entry in listed:
            with translation.override("en"):
                english = str(entry.nama)
            assert not INDONESIAN.search(english), english
