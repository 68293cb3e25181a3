"""The editor of informasi jabatan beside others: two sessions, long pages, rows from a spreadsheet."""

from __future__ import annotations

import pytest
from tests.test_browser_infojab import begin, saved

pytestmark = pytest.mark.browser


@pytest.fixture
def rekan(peramban, buat_halaman):
    """A second person in a browser of their own."""
    context = peramban.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID")
    yield buat_halaman(context.new_page())
    context.close()


def test_a_conflict_never_takes_the_focus_and_decides_nothing_by_itself(halaman, rekan, situs) -> None:
    page, usulan, key = begin(halaman, situs)
    rekan.masuk("operator")
    rekan.buka(f"/anjab/usulan/{usulan}/infojab/{key}/")
    other = rekan.page
    other.wait_for_selector("#infojab[data-siap]")
    other.fill("#b-ikhtisar textarea", "Tulisan rekan kerja")
    other.keyboard.press("Control+s")
    saved(other, "ikhtisar")

    page.fill("#b-ikhtisar textarea", "Tulisan saya")
    page.focus("#b-wewenang textarea")
    page.wait_for_selector("#b-ikhtisar .ij-bentrok:not([hidden])")
    page.keyboard.type("Meminta data ")
    page.keyboard.press("Space")
    page.keyboard.type("dan laporan")
    assert page.input_value("#b-wewenang textarea") == "Meminta data  dan laporan"
    assert page.is_visible("#b-ikhtisar .ij-bentrok")
    assert page.input_value("#b-ikhtisar textarea") == "Tulisan saya"
    assert "rekan" in page.inner_text("#b-ikhtisar .ij-bentrok")
    page.keyboard.press("Control+s")
    saved(page, "wewenang")
    other.reload()
    other.wait_for_selector("#infojab[data-siap]")
    assert other.input_value("#b-ikhtisar textarea") == "Tulisan rekan kerja"

    # A reload decides nothing either: both texts are there again.
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.wait_for_selector("#b-ikhtisar .ij-bentrok:not([hidden])")
    assert page.input_value("#b-ikhtisar textarea") == "Tulisan saya"
    assert page.evaluate("document.activeElement.closest('.ij-bentrok') === null")
    page.click("#b-ikhtisar .ij-bentrok button:has-text('Pakai yang tersimpan')")
    assert page.input_value("#b-ikhtisar textarea") == "Tulisan rekan kerja"


@pytest.mark.parametrize("width", [1440, 360])
def test_the_top_bar_stays_to_the_end_of_a_long_page(halaman, situs, width) -> None:
    page, _usulan, _key = begin(halaman, situs)
    page.set_viewport_size({"width": width, "height": 780})
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_function("scrollY > 1500")
    assert page.evaluate("document.querySelector('.bilah').getBoundingClientRect().top") == 0
    if width > 1000:
        assert page.evaluate(
            "document.querySelector('.samping').getBoundingClientRect().top"
            " - document.querySelector('.bilah').offsetHeight"
        ) == pytest.approx(0, abs=1)


def test_years_that_are_no_number_are_told_beside_the_field_and_stay_typed(halaman, situs) -> None:
    page, _usulan, _key = begin(halaman, situs)
    field = "#b-kualifikasi fieldset:has(input[data-kolom=tahun])"
    if not page.locator(f"{field} textarea").count():
        page.click(f"{field} .ij-bawah button")
    page.fill(f"{field} textarea", "Bidang hukum")
    page.fill(f"{field} input[data-kolom=tahun]", "dua")
    page.wait_for_selector(f"{field} .galat")
    assert "bilangan bulat" in page.inner_text(f"{field} .galat")
    assert page.get_attribute(f"{field} input[data-kolom=tahun]", "aria-invalid") == "true"
    assert page.input_value(f"{field} input[data-kolom=tahun]") == "dua"
    page.fill(f"{field} input[data-kolom=tahun]", "2")
    saved(page, "kualifikasi")
    assert page.locator(f"{field} .galat").count() == 0


def test_rows_of_a_spreadsheet_become_rows_and_columns(halaman, situs) -> None:
    page, _usulan, _key = begin(halaman, situs)
    rows = "1\tMengolah data\tData terolah\tdokumen\r\n2\tMenyusun laporan\tLaporan\tlaporan\r\n"
    paste = """([selector, text]) => {
      const target = document.querySelector(selector);
      target.focus();
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      target.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
    }"""
    page.evaluate(paste, ["#b-tugas_pokok textarea[data-kolom=uraian]", rows])
    page.evaluate(paste, ["#b-wewenang textarea", "Meminta data\nMenolak berkas\n"])
    saved(page, "tugas_pokok")
    saved(page, "wewenang")
    page.reload()
    page.wait_for_selector("#infojab[data-siap]")
    cells = "[...document.querySelectorAll('%s')].map(c => c.value)"
    for column, wanted in (
        ("uraian", ["Mengolah data", "Menyusun laporan"]),
        ("hasil", ["Data terolah", "Laporan"]),
        ("satuan", ["dokumen", "laporan"]),
    ):
        assert page.evaluate(cells % f"#b-tugas_pokok textarea[data-kolom={column}]") == wanted
    assert page.evaluate(cells % "#b-wewenang textarea") == ["Meminta data", "Menolak berkas"]
