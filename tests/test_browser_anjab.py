"""What posts are, from the first line to the published version, walked by five people in a real browser.

A server of its own: the walk publishes a version.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.conftest import Situs, start_situs
from tests.langkah_anjab import (
    IKHTISAR,
    JABATAN,
    JUDUL,
    JUMLAH,
    SUBBAG,
    TUGAS,
    TUJUAN,
    K,
    apply_workbook,
    begin,
    board,
    check_workbook,
    choose_source_and_target,
    copy_now,
    evaluate,
    export_workbook,
    fill_workbook,
    go_down,
    look_at_the_copy,
    make_usulan,
    open_sheet,
    paste_rows,
    percent,
    print_post,
    state_of,
    validate,
    write_sections,
)
from tests.langkah_usulan import action
from tests.test_browser_jalan import Pelaku, hari, petajabatan

pytestmark = pytest.mark.browser


@pytest.fixture
def pelaku(peramban) -> Iterator[Pelaku]:
    """The people of the walk, at a running demo for this walk alone."""
    with tempfile.TemporaryDirectory(prefix="petajabatan-anjab-") as name:
        Path(name).chmod(0o711)
        running: Situs = start_situs(Path(name) / "data", "--workers", "1")
        people = Pelaku(peramban, running)
        yield people
        people.tutup()
        running.stop()


def printed(path: Path) -> str:
    """The words of a PDF, single-spaced."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(path).pages))


def published(pelaku: Pelaku) -> None:
    """Somebody of the instansi reads it: the board and the post, the recap, the map of qualification."""
    halaman = pelaku["operator"]
    page = halaman.page
    halaman.buka("/")
    page.get_by_role("link", name="Informasi jabatan", exact=True).first.click()
    go_down(page, TUJUAN)
    assert state_of(page) == "100 % lengkap"
    go_down(page, f"Sekretariat {TUJUAN}", SUBBAG)
    page.get_by_role("rowheader").get_by_role("link", name=JABATAN).click()
    page.get_by_text(IKHTISAR).wait_for()
    text = page.inner_text("main")
    assert "versi 3" in text and "100 %" in text and "1.250,5" in text
    pelaku.axe("operator", "informasi jabatan terbit")
    page.get_by_role("link", name="Rekap beban kerja", exact=True).click()
    page.select_option("#unor", label=TUJUAN)
    page.fill("#q", SUBBAG)
    page.get_by_role("button", name="Tampilkan").click()
    page.get_by_role("row").filter(has_text=JABATAN).filter(has_text=JUMLAH).wait_for()
    page.get_by_role("link", name="Peta kualifikasi", exact=True).click()
    page.get_by_role("rowheader").get_by_role("link", name=TUJUAN, exact=True).click()
    whole = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=f"{TUJUAN} seluruhnya"))
    assert "%" in whole.inner_text()
    pelaku.axe("operator", "kualifikasi")


def test_from_an_empty_post_to_a_dinas_that_is_complete_and_published(pelaku, tmp_path):
    penulis, operator = pelaku["penulis"], pelaku["operator"]
    page = penulis.page

    # One post from nothing, its load pasted from a spreadsheet, until nothing is missing.
    usulan = make_usulan(penulis)
    address = f"/usulan/{usulan}/"
    editor = begin(penulis, usulan)
    write_sections(page)
    assert percent(page) == "97 %"
    open_sheet(page)
    paste_rows(page)
    assert page.inner_text("#abk [data-k]").strip() == K
    assert page.locator("tr[data-baris='0'] [data-kolom=volume]").input_value() == "1.250,5"
    penulis.buka(editor)
    page.wait_for_selector("#infojab[data-siap]")
    assert percent(page) == "100 %"
    pelaku.axe("penulis", "editor")

    # The other dinas has nothing; the subbagian is copied there, then its class is evaluated.
    board(penulis, usulan, TUJUAN)
    assert state_of(page) == "0 % belum ada"
    assert page.locator(".petak-angka .lencana-galat").count() == 1
    choose_source_and_target(operator, usulan)
    look_at_the_copy(operator.page)
    assert re.search(r"Dilengkapi\s+1\b", operator.page.inner_text("#pratinjau"))
    copy_now(operator.page)
    sheet = evaluate(pelaku["evaluator"], editor)
    validate(pelaku["penyetuju"], sheet)

    # What is printed is what was written, with the load beside its task.
    print_post(penulis, editor, tmp_path / "satu.pdf")
    text = printed(tmp_path / "satu.pdf")
    assert IKHTISAR in text and "17. KELAS JABATAN" in text
    assert f"{TUGAS[0][0]} {TUGAS[0][1]} 1.250,5 1 1.250 1,0004" in text
    assert text.count(TUGAS[2][0]) == 1

    # The rest of the dinas in a spreadsheet: exported, edited, checked, brought in.
    board(penulis, usulan, TUJUAN)
    assert state_of(page).endswith("belum lengkap")
    book = tmp_path / "dinas.xlsx"
    export_workbook(penulis, book)
    assert fill_workbook(book) > 40
    check_workbook(penulis, usulan, book)
    apply_workbook(penulis, usulan)
    board(penulis, usulan, TUJUAN)
    assert state_of(page) == "100 % lengkap"
    assert page.locator(".petak-angka .lencana-baik").count() == 1
    assert page.get_by_text("belum ada", exact=True).count() == 0
    pelaku.axe("penulis", "papan kelengkapan")

    # Handed over, signed, checked by two, decided: in force today.
    action(penulis, address, "Ajukan ke penyetuju")
    letter = tmp_path / "surat.pdf"
    letter.write_bytes(b"%PDF-1.7\n%%EOF\n")
    today = hari(pelaku.situs).isoformat()
    signature = {"surat": str(letter), "nomor": "061/17/2026", "tanggal": today}
    action(pelaku["penyetuju"], address, "Tanda tangani dan ajukan", **signature)
    verifikator = pelaku["verifikator"]
    verifikator.buka("/usulan/kerja/")
    verifikator.page.get_by_role("row").filter(has_text=JUDUL).get_by_role("button", name="Ambil").click()
    verifikator.page.get_by_text("Diambil verifikator").first.wait_for()
    action(pelaku["verifikator.dua"], address, "Setujui sebagai pemeriksa kedua")
    action(verifikator, address, "Setujui")
    decision = {"nomor": "100.3.3.2/12/2026", "tanggal": today, "berlaku": today}
    action(pelaku["penyetuju"], address, "Tetapkan", **decision)
    published(pelaku)

    assert petajabatan(pelaku.situs, "periksa")["ok"]
    assert pelaku.periksa == []
    for halaman in pelaku.halaman.values():
        halaman.tanpa_galat()
