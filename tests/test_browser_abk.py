"""The ABK grid in a real browser: typing, keys, pasting from a spreadsheet, lost connection, undo, phone."""

from __future__ import annotations

import re

import pytest
from tests.layar import draft, serious

pytestmark = pytest.mark.browser
CELL = "tr[data-baris='{}'] [data-kolom={}]"


@pytest.fixture
def lembar(situs, halaman):
    """The grid of a box without a sheet, in a fresh draft: its page and address."""
    usulan = draft(situs, "buat", "operator", "Beban kerja")
    halaman.masuk("operator")
    halaman.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    halaman.buka(f"/anjab/usulan/{usulan}/abk/?q=Pranata%20Komputer")
    halaman.page.locator("tbody th a").first.click()
    halaman.page.wait_for_selector("tr[data-baris]")
    return halaman.page


def cell(page, row: int, column: str):
    return page.locator(CELL.format(row, column))


def saved(page, revisi: int | None = None) -> None:
    words = f"revisi {revisi}" if revisi else "Tersimpan"
    page.wait_for_function("w => document.querySelector('[data-keadaan]').textContent.includes(w)", arg=words)


def shown(page, name: str, text: str) -> None:
    page.wait_for_function(
        "([n, t]) => document.querySelector(`#abk [data-${n}]`).textContent.trim().startsWith(t)",
        arg=[name, text],
    )


def paste(page, row: int, column: str, text: str) -> None:
    page.evaluate("t => navigator.clipboard.writeText(t)", text)
    cell(page, row, column).click()
    page.keyboard.press("Control+V")


def test_a_sheet_is_typed_by_keyboard_alone_and_is_there_after_a_reload(halaman, lembar):
    page = lembar
    cell(page, 0, "uraian").focus()
    page.keyboard.type("Menyiapkan bahan rencana kerja")
    page.keyboard.press("Tab")
    page.keyboard.type("dokumen")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("24")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("4800")
    shown(page, "jumlah", "1,5360")
    shown(page, "k", "2")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('tr').dataset.baris") == "1"
    page.keyboard.type("1 jam 30 menit")
    page.keyboard.press("ArrowLeft")  # inside the text
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.closest('tr').dataset.baris") == "0"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Alt+Delete")
    saved(page)
    assert cell(page, 0, "norma").input_value() == "4.800"
    page.reload()
    page.wait_for_selector("tr[data-baris]")
    shown(page, "jumlah", "1,5360")
    assert cell(page, 0, "uraian").input_value() == "Menyiapkan bahan rencana kerja"
    formula = page.locator("tr[data-baris='0'] [data-sel=rumus]").inner_text()
    assert re.sub(r"\s+", " ", formula) == "24 × 4.800 ÷ 75.000"
    halaman.tanpa_galat()


def test_a_block_from_a_spreadsheet_is_read_with_findings_by_row_and_column(halaman, lembar):
    page = lembar
    block = (
        "No\tUraian Tugas\tVolume\tNorma Waktu\n"
        "1\tMenilai berkas\t1,250.5\t30\n"
        '2\t"Mengolah\nsurat"\t=A1\t90\n'
        "3\t<p>Rapat&nbsp;tim</p>\t12\t#REF!\n"
    )
    paste(page, 0, "uraian", block)
    page.wait_for_selector("[data-tempelan]:not([hidden]) li")
    told = page.locator("[data-tempelan]").inner_text()
    assert "3 baris dibaca" in told
    assert "Baris 2, kolom volume" in told and "Baris 3, kolom norma" in told
    page.wait_for_function("() => document.querySelector('[data-kolom=volume]').value === '1.250,5'")
    assert cell(page, 1, "uraian").input_value() == "Mengolah surat"
    assert cell(page, 1, "volume").input_value() == "=A1"
    assert cell(page, 2, "uraian").input_value() == "Rapat tim"
    shown(page, "jumlah", "–")
    saved(page)
    page.reload()  # what could not be read is still there
    page.wait_for_selector("tr[data-baris]")
    assert cell(page, 1, "volume").input_value() == "=A1"
    assert cell(page, 2, "norma").input_value() == "#REF!"
    page.locator("[data-temuan] button", has_text="Ke selnya").first.click()
    page.keyboard.type("48")
    cell(page, 2, "norma").fill("60")
    shown(page, "jumlah", "0,5674")
    halaman.tanpa_galat()


def test_hours_pasted_as_minutes_are_pointed_out_and_read_again(halaman, lembar):
    page = lembar
    paste(page, 0, "uraian", "Menyusun\tlap\t12\t2\nMenilai\tlap\t12\t4\nMengolah\tlap\t12\t8\n")
    page.wait_for_selector("[data-tempelan]:not([hidden]) button:has-text('sebagai jam')")
    page.click("[data-tempelan] button:has-text('sebagai jam')")
    shown(page, "jumlah", "0,1344")
    assert cell(page, 2, "norma").input_value() == "480"
    saved(page)
    halaman.tanpa_galat()


def test_nothing_typed_is_lost_while_the_connection_is_gone(halaman, lembar):
    page = lembar
    cell(page, 0, "uraian").fill("Menyusun laporan")
    cell(page, 0, "volume").fill("24")
    saved(page)
    page.context.set_offline(True)
    cell(page, 0, "norma").fill("4800")
    page.wait_for_function("() => document.querySelector('[data-keadaan]').dataset.keadaan === 'putus'")
    assert "terputus" in page.locator("[data-keadaan]").inner_text()
    page.context.set_offline(False)
    saved(page)
    page.reload()
    page.wait_for_selector("tr[data-baris]")
    shown(page, "jumlah", "1,5360")


def test_five_megabytes_in_one_cell_stay_on_the_page_and_the_rest_is_saved(halaman, lembar):
    page = lembar
    cell(page, 0, "uraian").fill("Menyusun laporan")
    cell(page, 0, "volume").fill("24")
    cell(page, 0, "norma").fill("4800")
    saved(page)
    page.evaluate(
        """() => { const t = document.querySelector("tr[data-baris='0'] [data-kolom=uraian]");
          t.value = 'kata '.repeat(1000000); t.dispatchEvent(new Event('input', {bubbles: true})) }"""
    )
    cell(page, 0, "volume").fill("48")
    shown(page, "jumlah", "3,0720")
    page.wait_for_function("() => document.querySelector('[data-keadaan]').textContent.includes('kecuali')")
    assert "5.000.000 huruf" in page.locator("[data-temuan]").inner_text()
    assert page.evaluate("document.querySelector('[data-kolom=uraian]').value.length") == 5_000_000
    page.reload()
    page.wait_for_selector("tr[data-baris]")
    shown(page, "jumlah", "3,0720")
    assert cell(page, 0, "uraian").input_value() == "Menyusun laporan"


def test_a_cell_that_cannot_be_read_shows_what_was_typed_and_not_the_figure_before(halaman, lembar):
    page = lembar
    cell(page, 0, "uraian").fill("Menyusun laporan")
    cell(page, 0, "volume").fill("24")
    norm = cell(page, 0, "norma")
    norm.fill("1:30")
    norm.press("Tab")
    page.wait_for_function("() => document.querySelector('[data-kolom=norma]').value === '90'")
    for typed in ("12/3", "abc", ""):
        norm.fill(typed)
        norm.press("Tab")
        shown(page, "jumlah", "–")
        saved(page)
        assert norm.input_value() == typed
        norm.fill("90")
        norm.press("Tab")
        shown(page, "jumlah", "0,0288")
    halaman.tanpa_galat()


def test_a_row_of_equipment_says_what_each_of_its_boxes_is(halaman, lembar):
    page = lembar
    cell(page, 0, "uraian").fill("Menjalankan mesin")
    page.select_option("tr[data-baris='0'] [data-pilih=pendekatan]", "peralatan")
    labels = page.locator("tr[data-baris='0'] .abk-sebutan").all_inner_texts()
    assert len(labels) == 4 and {"Pegawai per kelompok", "Giliran"} <= set(labels)
    assert not any("menit" in text for text in labels)
    halaman.tanpa_galat()


def test_what_if_is_beside_until_it_is_applied_and_undo_takes_it_back(halaman, lembar):
    page = lembar
    cell(page, 0, "uraian").fill("Menyusun laporan")
    cell(page, 0, "volume").fill("24")
    cell(page, 0, "norma").fill("4800")
    saved(page)
    page.fill("#andai-volume", "+50%")
    page.wait_for_selector("[data-andai-hasil] button")
    assert "2,3040" in page.locator("[data-andai-hasil]").inner_text()
    shown(page, "jumlah", "1,5360")
    page.fill("#andai-volume", "banyak")
    page.wait_for_selector("[data-temuan] li:has-text('bukan faktor')")
    assert "“banyak” bukan faktor" in page.locator("[data-andai-hasil]").inner_text()
    page.fill("#andai-volume", "1,5")
    page.wait_for_selector("[data-andai-hasil] button")
    page.click("[data-andai-hasil] button")
    shown(page, "jumlah", "2,3040")
    saved(page)
    page.click("[data-aksi=urung]")
    shown(page, "jumlah", "1,5360")
    assert cell(page, 0, "volume").input_value() == "24"
    page.click("#abk [data-k]")
    page.wait_for_selector("#laci:not([hidden]) .abk-langkah")
    assert "24 × 4.800 menit ÷ 75.000 menit = 1,5360" in page.locator("#laci").inner_text()
    halaman.tanpa_galat()


def test_two_people_on_one_sheet_are_asked_whose_it_shall_be(halaman, lembar, peramban, buat_halaman):
    page = lembar
    cell(page, 0, "uraian").fill("Menyusun laporan")
    saved(page)
    other = peramban.new_context(viewport={"width": 1280, "height": 800}, locale="id-ID")
    second = buat_halaman(other.new_page())
    second.masuk("operator")
    second.page.goto(page.url)
    second.page.wait_for_selector("tr[data-baris]")
    cell(second.page, 0, "uraian").fill("Menilai laporan")
    saved(second.page, 2)
    cell(page, 0, "volume").fill("12")
    page.wait_for_selector("dialog[data-tanya][open]")
    # A key meant for the grid decides nothing: the text has the focus.
    assert page.evaluate("document.activeElement.hasAttribute('data-tanya-isi')")
    page.keyboard.press("Space")
    assert page.locator("dialog[data-tanya][open]").count() == 1
    page.click("dialog[data-tanya] button:has-text('Muat punya mereka')")
    page.wait_for_function(
        "() => document.querySelector(\"[data-kolom=uraian]\").value === 'Menilai laporan'"
    )
    # What was typed here is kept, over a reload too, until it is used.
    page.reload()
    page.wait_for_selector("[data-tersisih]:not([hidden])")
    page.click("[data-tersisih] button:has-text('Pakai punya saya')")
    saved(page, 3)
    assert cell(page, 0, "uraian").input_value() == "Menyusun laporan"
    assert cell(page, 0, "volume").input_value() == "12"
    assert page.locator("[data-tersisih]").is_hidden()
    other.close()


@pytest.mark.parametrize("tema", ["light", "dark"])
def test_grid_and_recap_are_accessible_and_fit_a_phone(halaman, lembar, tema):
    page = lembar
    page.emulate_media(color_scheme=tema)
    paste(page, 0, "uraian", "Menyusun\tlap\t12\tx\nMenilai\tlap\t12\t400\n")
    page.wait_for_selector("[data-tempelan]:not([hidden])")
    saved(page)
    assert serious(page) == []
    grid = page.url
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for address in (
            grid,
            re.sub(r"abk/\d+/", "abk/", grid),
            re.sub(r"abk/\d+/", "abk/?lihat=unit", grid),
        ):
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert serious(page) == []
    halaman.tanpa_galat()
