"""Writing an informasi jabatan in a real browser: by keyboard, over a lost connection, beside others."""

from __future__ import annotations

import json
import re

import pytest
from tests.layar import draft, serious

pytestmark = pytest.mark.browser
SAVED = "#b-{} [data-simpan][data-rupa=tersimpan]:not(:empty)"
IKHTISAR = "Menyusun rencana kerja dengan cara mengolah data sektoral agar pembangunan tepat sasaran."


def begin(halaman, situs) -> tuple[object, int, int]:
    """The operator begins an informasi jabatan from the board; page, usulan, informasi jabatan."""
    usulan = draft(situs, "buat", "operator", "Informasi jabatan")
    halaman.masuk("operator")
    halaman.buka(f"/anjab/usulan/{usulan}/infojab/?bawah=1&saring=tanpa")
    page = halaman.page
    page.locator("button:has-text('Buat informasi jabatan')").first.click()
    page.wait_for_selector("#infojab[data-siap]")
    return page, usulan, int(re.search(r"/infojab/(\d+)/", page.url)[1])


def saved(page, section: str) -> None:
    page.wait_for_selector(SAVED.format(section))


def test_a_post_is_written_by_keyboard_and_its_completeness_grows(halaman, situs) -> None:
    page, usulan, _key = begin(halaman, situs)
    assert not serious(page)
    before = page.inner_text("[data-persen]")
    page.focus("#b-ikhtisar textarea")
    page.keyboard.type(IKHTISAR)
    page.keyboard.press("Control+s")
    saved(page, "ikhtisar")
    assert page.inner_text("#b-ikhtisar .ij-pola dd >> nth=2").startswith("agar pembangunan")
    page.keyboard.press("Alt+PageDown")  # to kualifikasi
    page.focus("#b-tugas_pokok textarea")
    for text in ("Mengolah data", "Data terolah", "dokumen", "Menyusun laporan", "Laporan", "laporan"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    saved(page, "tugas_pokok")
    page.focus("#b-tugas_pokok .ij-baris-semua .ij-baris:nth-child(2) textarea")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Control+s")
    page.focus("#b-syarat .ij-kode input")
    page.keyboard.press("Space")
    saved(page, "syarat")
    saved(page, "tugas_pokok")
    page.reload()
    page.wait_for_selector("#infojab[data-siap]")
    first = "#b-tugas_pokok .ij-baris-semua .ij-baris:nth-child(1) textarea[data-kolom=uraian]"
    assert page.input_value(first) == "Menyusun laporan"
    assert page.is_checked("#b-syarat .ij-kode input >> nth=0")
    assert page.inner_text("[data-persen]") != before
    assert draft(situs, "hitung", str(usulan), "operator", "tulis-isian") >= 3
    halaman.tanpa_galat()


def test_nothing_typed_is_lost_over_a_lost_connection_and_a_reload(halaman, situs) -> None:
    page, _usulan, key = begin(halaman, situs)
    blocked = re.compile(rf"/infojab/{key}/bagian/prestasi/$")
    page.route(blocked, lambda route: route.abort())
    page.fill("#b-prestasi textarea", "Laporan selalu tepat waktu")
    page.wait_for_selector("[data-keadaan][data-rupa=putus]")
    assert "dicoba lagi" in page.inner_text("[data-keadaan]")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.wait_for_selector("#infojab[data-siap]")
    assert page.input_value("#b-prestasi textarea") == "Laporan selalu tepat waktu"
    page.unroute(blocked)
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page, "prestasi")
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('infojab:')).length") == 0
    page.reload()
    page.wait_for_selector("#infojab[data-siap]")
    assert page.input_value("#b-prestasi textarea") == "Laporan selalu tepat waktu"


def test_who_comes_second_keeps_the_text_and_decides(halaman, situs) -> None:
    page, usulan, key = begin(halaman, situs)
    step = [{"jenis": "tulis-isian", "infojab_id": key, "bagian": "prestasi", "isi": {"prestasi": "Baik"}}]
    draft(situs, "operasi", str(usulan), "operator", json.dumps(step))
    page.fill("#b-prestasi textarea", "Sangat baik")
    page.wait_for_selector("#b-prestasi .ij-bentrok:not([hidden])")
    assert "sudah diubah oleh" in page.inner_text("#b-prestasi .ij-bentrok")
    assert page.input_value("#b-prestasi textarea") == "Sangat baik"
    page.click("#b-prestasi .ij-bentrok button:has-text('Pakai tulisan saya')")
    saved(page, "prestasi")
    page.reload()
    page.wait_for_selector("#infojab[data-siap]")
    assert page.input_value("#b-prestasi textarea") == "Sangat baik"


def test_what_is_refused_stands_beside_its_field(halaman, situs) -> None:
    page, _usulan, _key = begin(halaman, situs)
    page.fill("#b-prestasi textarea", "kata " * 3000)
    page.wait_for_selector("#b-prestasi .galat")
    assert "paling banyak" in page.inner_text("#b-prestasi .galat")
    assert len(page.input_value("#b-prestasi textarea")) == 15000
    page.fill("#b-prestasi textarea", "Baik")
    saved(page, "prestasi")
    assert page.locator("#b-prestasi .galat").count() == 0


def test_panels_open_beside_a_section_and_a_remark_is_counted(halaman, situs) -> None:
    page, _usulan, _key = begin(halaman, situs)
    for panel, words in (("banding", "seluruhnya baru"), ("saran", "Saran"), ("riwayat", "Riwayat")):
        page.click(f"#b-ikhtisar [data-buka={panel}]")
        page.wait_for_selector(f"#b-ikhtisar [data-panel]:has-text('{words}')")
    page.click("#b-ikhtisar [data-buka=komentar]")
    page.fill("#b-ikhtisar .ij-komentar textarea[name=isi]", "Sebutkan tujuannya")
    page.click("#b-ikhtisar .ij-komentar > form .btn")
    page.wait_for_selector("#b-ikhtisar [data-panel] article")
    assert page.inner_text("#b-ikhtisar [data-buka=komentar] [data-n-komentar]") == "1"
    assert not serious(page)
    halaman.tanpa_galat()


def test_the_editor_and_the_board_fit_a_phone(halaman, situs) -> None:
    page, usulan, _key = begin(halaman, situs)
    page.set_viewport_size({"width": 360, "height": 780})
    width = "() => document.documentElement.scrollWidth"
    page.reload()
    page.wait_for_selector("#infojab[data-siap]")
    assert page.evaluate(width) <= 360
    halaman.buka(f"/anjab/usulan/{usulan}/infojab/?bawah=1")
    assert page.evaluate(width) <= 360
    assert not serious(page)
