"""The pictures of the guide's chapters on informasi jabatan, ABK and classes, along the walk of the tests.

Called by ``tangkap_layar.py``; needs a fresh demo, because it publishes a version.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from gambar_usulan import SURAT, Juru, today  # noqa: E402
from tests.langkah_anjab import (  # noqa: E402
    ASAL,
    JABATAN,
    JUDUL,
    SUBBAG,
    TUJUAN,
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
    validate,
    write_sections,
)  # fmt: skip
from tests.langkah_usulan import action  # noqa: E402

NAMES = (
    "anjab-papan", "anjab-tulis", "anjab-saran", "anjab-abk", "anjab-sebab", "anjab-rekap", "anjab-salin",
    "anjab-pratinjau", "anjab-master", "anjab-templat", "anjab-evaluasi", "anjab-kelas", "anjab-cetak",
    "anjab-impor", "anjab-lengkap", "anjab-baca", "anjab-kualifikasi", "anjab-standar", "hp-anjab-papan",
    "hp-anjab-tulis", "hp-anjab-abk", "hp-anjab-evaluasi",
)  # fmt: skip
HP = 390


def capture(browser: Any, address: str, names: tuple[str, ...], take: Callable[[Any, str], None]) -> None:
    """Walk, and take the named pictures on the way. ``take(page, name)`` stores one."""
    juru = Juru(browser, address, names, take)
    penulis = juru("penulis")
    usulan = make_usulan(penulis)
    editor = begin(penulis, usulan)
    written(juru, editor)
    measured(juru, usulan, editor)
    copied(juru, usulan)
    evaluated(juru, usulan, editor)
    with tempfile.TemporaryDirectory(prefix="petajabatan-gambar-") as folder:
        exchanged(juru, usulan, editor, Path(folder) / "informasi-jabatan.xlsx")
    decided(juru, f"/usulan/{usulan}/")
    read(juru)


def show(page: Any, section: str) -> None:
    """Bring a section of the editor below the bar at the top."""
    page.evaluate(
        "s => scrollTo(0, document.querySelector(s).getBoundingClientRect().top + scrollY - 70)", section
    )


def phone(juru: Juru, akun: str, address: str, ready: str, name: str, section: str = "") -> None:
    """The same page on a phone."""
    halaman = juru(akun, HP)
    halaman.buka(address)
    halaman.page.wait_for_selector(ready)
    if section:
        show(halaman.page, section)
    juru.foto(halaman.page, name)


def written(juru: Juru, editor: str) -> None:
    page = juru("penulis").page
    write_sections(page)
    show(page, "#b-ikhtisar")
    juru.foto(page, "anjab-tulis")
    phone(juru, "penulis", editor, "#infojab[data-siap]", "hp-anjab-tulis", "#b-tugas_pokok")


def measured(juru: Juru, usulan: str, editor: str) -> None:
    halaman = juru("penulis")
    page = halaman.page
    halaman.buka(editor)
    page.wait_for_selector("#infojab[data-siap]")
    open_sheet(page)
    paste_rows(page)
    juru.foto(page, "anjab-abk")
    phone(juru, "penulis", page.url.removeprefix(halaman.situs.url), "tr[data-baris]", "hp-anjab-abk")
    page.click("#abk [data-k]")
    page.wait_for_selector("#laci:not([hidden]) .abk-langkah")
    juru.foto(page, "anjab-sebab")


def copied(juru: Juru, usulan: str) -> None:
    halaman = juru("operator")
    page = halaman.page
    choose_source_and_target(halaman, usulan)
    page.locator("#form-salin").scroll_into_view_if_needed()
    show(page, "#form-salin")
    juru.foto(page, "anjab-salin")
    look_at_the_copy(page)
    page.evaluate("scrollTo(0, 0)")
    juru.foto(page, "anjab-pratinjau")
    copy_now(page)
    halaman.buka(f"/anjab/usulan/{usulan}/master/")
    juru.foto(page, "anjab-master")
    halaman.buka("/anjab/templat/")
    page.locator("main table a").first.click()
    page.wait_for_load_state()
    juru.foto(page, "anjab-templat")


def evaluated(juru: Juru, usulan: str, editor: str) -> None:
    sheet = evaluate(juru("evaluator"), editor)
    evaluator, penyetuju = juru("evaluator"), juru("penyetuju")
    evaluator.page.evaluate("scrollTo(0, 0)")
    juru.foto(evaluator.page, "anjab-evaluasi")
    phone(juru, "penyetuju", sheet, "#lembar-evaluasi", "hp-anjab-evaluasi", "#hasil-evaluasi")
    validate(penyetuju, sheet)
    penyetuju.buka(f"/anjab/usulan/{usulan}/evaluasi/?q={JABATAN.split()[0]}")
    juru.foto(penyetuju.page, "anjab-kelas")


def exchanged(juru: Juru, usulan: str, editor: str, path: Path) -> None:
    penulis = juru("penulis")
    page = penulis.page
    board(penulis, usulan, TUJUAN)
    juru.foto(page, "anjab-papan")
    phone(juru, "penulis", page.url.removeprefix(penulis.situs.url), ".ij-jalur", "hp-anjab-papan")
    export_workbook(penulis, path)
    penulis.buka(editor)
    page.get_by_role("link", name="Cetak", exact=True).first.click()
    page.get_by_role("button", name="Buat berkas").wait_for()
    juru.foto(page, "anjab-cetak")
    fill_workbook(path)
    check_workbook(penulis, usulan, path)
    penulis.buka(f"/anjab/usulan/{usulan}/impor/")
    juru.foto(page, "anjab-impor")
    apply_workbook(penulis, usulan)
    board(penulis, usulan, TUJUAN)
    juru.foto(page, "anjab-lengkap")
    begin(penulis, usulan, "Subbagian Program dan Keuangan")
    page.click("#b-tugas_pokok [data-buka=saran]")
    page.locator("#b-tugas_pokok [data-panel] button", has_text="Ambil").first.wait_for()
    show(page, "#b-tugas_pokok")
    juru.foto(page, "anjab-saran")


def decided(juru: Juru, usulan: str) -> None:
    hari = today().isoformat()
    action(juru("penulis"), usulan, "Ajukan ke penyetuju")
    with tempfile.TemporaryDirectory(prefix="petajabatan-gambar-") as folder:
        letter = Path(folder) / "surat-pengantar.pdf"
        letter.write_bytes(SURAT)
        signature = {"surat": str(letter), "nomor": "061/18/2026", "tanggal": hari}
        action(juru("penyetuju"), usulan, "Tanda tangani dan ajukan", **signature)
    page = juru("verifikator").page
    juru("verifikator").buka("/usulan/kerja/")
    page.get_by_role("row").filter(has_text=JUDUL).get_by_role("button", name="Ambil").click()
    page.get_by_text("Diambil verifikator").first.wait_for()
    action(juru("verifikator.dua"), usulan, "Setujui sebagai pemeriksa kedua")
    action(juru("verifikator"), usulan, "Setujui")
    decision = {"nomor": "100.3.3.2/13/2026", "tanggal": hari, "berlaku": hari}
    action(juru("penyetuju"), usulan, "Tetapkan", **decision)


def read(juru: Juru) -> None:
    operator = juru("operator")
    page = operator.page
    operator.buka("/")
    page.get_by_role("link", name="Informasi jabatan", exact=True).first.click()
    go_down(page, ASAL, f"Sekretariat {ASAL}", SUBBAG)
    page.get_by_role("rowheader").get_by_role("link", name=JABATAN).click()
    page.locator("#b-ikhtisar").wait_for()
    juru.foto(page, "anjab-baca")
    page.get_by_role("link", name="Rekap beban kerja", exact=True).click()
    page.select_option("#unor", label=TUJUAN)
    page.get_by_role("button", name="Tampilkan").click()
    page.wait_for_url("**unor=**")
    juru.foto(page, "anjab-rekap")
    page.get_by_role("link", name="Peta kualifikasi", exact=True).click()
    page.get_by_role("rowheader").get_by_role("link", name=TUJUAN, exact=True).click()
    page.get_by_role("rowheader", name=f"{TUJUAN} seluruhnya").wait_for()
    juru.foto(page, "anjab-kualifikasi")
    evaluator = juru("evaluator")
    page = evaluator.page
    evaluator.buka("/")
    page.get_by_role("link", name="Standar kompetensi", exact=True).click()
    page.wait_for_url("**/standar-kompetensi/")
    evaluator.buka(page.url.removeprefix(evaluator.situs.url) + "?keadaan=draf")
    page.get_by_role("link", name="draf", exact=True).first.click()
    page.wait_for_url(re.compile(r"/standar-kompetensi/\d+/$"))
    juru.foto(page, "anjab-standar")
