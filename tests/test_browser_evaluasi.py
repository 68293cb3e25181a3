"""A class evaluated in a real browser: levels and reasons saved by themselves, then validated on a phone."""

from __future__ import annotations

import re

import pytest
from tests.layar import serious

pytestmark = pytest.mark.browser


def to_the_sheet(halaman, akun: str, jabatan: str) -> str:
    """The sheet of a jabatan in the demonstration's draft; its address."""
    page = halaman.page
    halaman.masuk(akun)
    halaman.buka("/usulan/")
    page.get_by_role("link", name=re.compile("Evaluasi jabatan Dinas Kesehatan")).first.click()
    page.get_by_role("link", name="Kelas jabatan").last.click()
    page.fill("#q", jabatan)
    page.get_by_role("button", name="Cari").last.click()
    page.locator("tbody td a").first.click()
    page.wait_for_url(re.compile(r"/evaluasi/\d+/$"))
    return page.url.removeprefix(halaman.situs.url)


def test_a_sheet_is_filled_in_by_keyboard_and_validated(halaman, peramban, buat_halaman):
    address = to_the_sheet(halaman, "evaluator", "Kepala Bidang Kesehatan Masyarakat")
    page = halaman.page
    page.locator("input[name='level.F1']").nth(1).focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text("2.155, kelas 12").wait_for()
    page.locator("textarea[name='alasan.F1']").fill("Program berdampak pada seluruh kabupaten.")
    page.keyboard.press("Tab")
    page.locator("#keadaan-simpan", has_text="Tersimpan").wait_for()
    assert serious(page) == []
    page.reload()
    assert page.input_value("textarea[name='alasan.F1']") == "Program berdampak pada seluruh kabupaten."
    halaman.tanpa_galat()

    phone = peramban.new_context(viewport={"width": 360, "height": 740}, locale="id-ID")
    boss = buat_halaman(phone.new_page())
    boss.masuk("penyetuju")
    boss.buka(address)
    assert boss.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    boss.page.get_by_role("button", name="Validasi").click()
    boss.page.get_by_text("Lembar divalidasi; kelas semua jabatan").wait_for()
    boss.buka(re.sub(r"\d+/$", "?tanda=beda-lembar", address))
    assert boss.page.get_by_text("Kepala Bidang Kesehatan Masyarakat").count() == 0
    boss.tanpa_galat()
    phone.close()


def test_the_pages_of_classes_and_standards_have_no_serious_barrier(halaman):
    halaman.masuk("evaluator")
    page = halaman.page
    halaman.buka("/")
    for part in ("/kelas/", "/standar-kompetensi/"):
        halaman.buka(page.locator(f"nav a[href^='/anjab/'][href$='{part}']").first.get_attribute("href"))
        assert serious(page) == [], part
    halaman.buka(page.url.removeprefix(halaman.situs.url) + "?keadaan=draf")
    page.get_by_role("link", name="draf", exact=True).first.click()
    page.get_by_role("link", name="Ubah").click()
    assert serious(page) == []
    halaman.buka("/anjab/kamus-kompetensi/")
    assert serious(page) == []
    halaman.tanpa_galat()
