"""An usulan in a real browser: made, commented, documented; its tabs and forms on a desktop and a phone."""

from __future__ import annotations

import re

import pytest
from tests.langkah_usulan import DINAS, READY, go_to, open_form
from tests.layar import serious

pytestmark = pytest.mark.browser
TAB = ("ringkasan", "operasi", "temuan", "dokumen", "komentar", "riwayat")


def make_usulan(halaman, judul: str) -> str:
    """A new usulan through the form; returns its address."""
    page = halaman.page
    halaman.buka("/usulan/baru/")
    page.fill("input[name=judul]", judul)
    page.get_by_role("button", name="Buat usulan").click()
    page.wait_for_url(re.compile(r"/usulan/\d+/$"))
    return page.url.removeprefix(halaman.situs.url)


def test_an_operator_makes_an_usulan_and_finds_her_way_by_keyboard(halaman, tmp_path):
    halaman.masuk("operator")
    page = halaman.page
    address = make_usulan(halaman, "Penataan Dinas Kesehatan")
    # The obvious next step, what stands in its way, and its remedy.
    page.get_by_role("link", name="Ajukan ke penyetuju").first.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Usulan ini belum berisi perubahan.").wait_for()
    # A remark, by keyboard alone.
    halaman.buka(f"{address}?tab=komentar")
    page.locator("textarea[name=isi]").first.focus()
    page.keyboard.type("Mohon diperiksa susunannya")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Mohon diperiksa susunannya").first.wait_for()
    # A document, and one that is not what its name says: told, nothing kept.
    halaman.buka(f"{address}?tab=dokumen")
    good = tmp_path / "naskah.pdf"
    good.write_bytes(b"%PDF-1.7\n%%EOF\n")
    page.set_input_files("input[name=berkas]", str(good))
    page.get_by_role("button", name="Unggah", exact=True).click()
    page.get_by_role("link", name="naskah.pdf").wait_for()
    problems = []
    for tab in TAB:
        halaman.buka(f"{address}?tab={tab}")
        problems += [f"{tab}: {v}" for v in serious(page)]
    for action in ("ajukan-ke-penyetuju", "batalkan"):
        halaman.buka(f"{address}tindakan/{action}/")
        problems += [f"{action}: {v}" for v in serious(page)]
    assert problems == []
    halaman.tanpa_galat()


def test_no_page_of_an_usulan_applies_an_inline_style(halaman):
    """The policy refuses them, and the console would say so: not in pages, and not when a drawer replaces a
    field that has a style of its own (the browser gives one to whatever is resized)."""
    halaman.masuk("operator")
    page = halaman.page
    address = make_usulan(halaman, "Tanpa gaya sebaris")
    for path in (*(f"?tab={tab}" for tab in TAB), "ubah/", "lembar/", "beda/", "selaras/"):
        halaman.buka(address + path)
    halaman.buka(f"{address}peta/")
    page.wait_for_selector(READY)
    unit = go_to(page, DINAS)[1:]
    open_form(page, "koreksi-nama")
    field = page.locator("#laci #f-nama")
    field.evaluate("e => { e.style.width = '20rem'; e.dataset.lama = '1'; }")
    again = f"{address}peta/unor/{unit}/form/koreksi-nama/"
    page.evaluate("url => htmx.ajax('GET', url, {target: '#laci-isi'})", again)
    page.wait_for_selector("#laci #f-nama:not([data-lama])")
    page.wait_for_function("() => !document.querySelector('.htmx-added, .htmx-settling, .htmx-swapping')")
    assert field.get_attribute("style") is None
    halaman.tanpa_galat()


def test_an_usulan_holds_on_a_phone(situs, peramban, buat_halaman):
    context = peramban.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    halaman = buat_halaman(page)
    try:
        halaman.masuk("operator")
        address = make_usulan(
            halaman, "Perubahan nomenklatur kecamatan " + "yang judulnya panjang sekali " * 4
        )
        problems = []
        for path in ("/usulan/", *(f"{address}?tab={tab}" for tab in TAB), f"{address}tindakan/batalkan/"):
            halaman.buka(path)
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 361:
                problems.append(f"{path}: {width} px lebar")
            problems += [f"{path}: {v}" for v in serious(page)]
        assert problems == []
        halaman.tanpa_galat()
    finally:
        context.close()


def test_the_verification_page_needs_no_account(halaman):
    halaman.buka("/keputusan/")
    page = halaman.page
    page.fill("input[name=kode]", "abcd 2345 efgh 6789")
    page.get_by_role("button", name="Periksa").click()
    page.get_by_text("Tidak ada keputusan dengan kode ABCD2345EFGH6789").wait_for()
    assert serious(page) == []
