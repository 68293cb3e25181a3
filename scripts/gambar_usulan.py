"""The pictures of the guide's chapters on usulan: one is taken from its first line to a version.

Called by ``tangkap_layar.py``; needs a fresh demo, because it publishes a version. The steps are those of the
walk in ``tests``.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.conftest import Halaman, Situs  # noqa: E402
from tests.langkah_usulan import (  # noqa: E402
    BARU,
    KECAMATAN,
    LAMA,
    NAMA_BARU,
    PENERUS,
    READY,
    SEKSI,
    action,
    add_unit_with_three_posts,
    choose,
    correct_a_typing_error,
    edited,
    go_to,
    open_form,
    send,
    turn_a_forbidden_rename_into_add_and_remove,
)  # fmt: skip

NAMES = (
    "usulan-baru", "usulan-peta", "usulan-jabatan", "usulan-nama", "usulan-hapus", "usulan-tabel",
    "usulan-temuan", "usulan-lembar", "usulan-beda", "usulan-rinci", "usulan-tanda-tangan", "usulan-kerja",
    "usulan-komentar", "usulan-tetapkan", "usulan-terbit", "usulan-benturan", "keputusan", "pengukuhan",
    "otk", "usulan-daftar", "hp-usulan-peta", "hp-usulan-rinci",
)  # fmt: skip
SURAT = b"%PDF-1.7\n%%EOF\n"


class Juru:
    """Signs people in and takes the pictures asked for."""

    def __init__(self, browser: Any, address: str, names: tuple[str, ...], take: Callable[[Any, str], None]):
        self.browser, self.names, self.take = browser, names, take
        self.situs = Situs(address, Path(), None, Path())  # type: ignore[arg-type]
        self.pages: dict[tuple[str, int], Halaman] = {}

    def __call__(self, akun: str, width: int = 1440) -> Halaman:
        if (akun, width) not in self.pages:
            height = 900 if width > 600 else 844
            context = self.browser.new_context(viewport={"width": width, "height": height}, locale="id-ID")
            page = context.new_page()
            page.on("dialog", lambda dialog: dialog.accept())
            made = self.pages[akun, width] = Halaman(page, self.situs)
            if akun:
                made.masuk(akun)
        return self.pages[akun, width]

    def foto(self, page: Any, name: str) -> None:
        if name in self.names:
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(700)
            self.take(page, name)


def capture(browser: Any, address: str, names: tuple[str, ...], take: Callable[[Any, str], None]) -> None:
    """Walk, and take the named pictures on the way. ``take(page, name)`` stores one."""
    juru = Juru(browser, address, names, take)
    operator = juru("operator")
    other = make(juru, "Kebutuhan pegawai Diskominfo", foto="")
    go_to_draft(operator, other)
    go_to(operator.page, f"Kepala {LAMA}")
    operator.page.fill("#sunting-kelas", "12")
    edited(operator.page, lambda: operator.page.get_by_role("button", name="Simpan kelas").click())

    usulan = make(juru, "Penataan Diskominfo dan Kecamatan Sumber", foto="usulan-baru")
    edit_on_the_map(juru, usulan)
    before_handing_over(juru, usulan)
    signed_and_checked(juru, usulan)
    decided(juru, usulan, other)
    requests(juru)
    operator.buka("/usulan/")
    juru.foto(operator.page, "usulan-daftar")


def make(juru: Juru, judul: str, *, foto: str) -> str:
    """A new usulan; returns its address."""
    operator = juru("operator")
    page = operator.page
    operator.buka("/usulan/baru/")
    page.fill("input[name=judul]", judul)
    page.select_option("select[name=dasar_hukum]", index=1)
    juru.foto(page, foto)
    page.get_by_role("button", name="Buat usulan").click()
    page.wait_for_url(re.compile(r"/usulan/\d+/$"))
    return str(page.url.removeprefix(operator.situs.url))


def go_to_draft(halaman: Halaman, usulan: str, query: str = "") -> None:
    halaman.buka(f"{usulan}peta/{query}")
    halaman.page.wait_for_selector(READY)


def edit_on_the_map(juru: Juru, usulan: str) -> None:
    operator = juru("operator")
    page = operator.page
    go_to_draft(operator, usulan)
    add_unit_with_three_posts(page)
    juru.foto(page, "usulan-peta")
    open_form(page, "tambah-posisi")
    page.select_option("#laci select[name=jenis_posisi]", "fungsional")
    page.fill("#laci [data-bidang=jabatan_id] input[type=search]", "pranata komputer")
    page.wait_for_selector("#laci [data-bidang=jabatan_id] .peta-hasil")
    juru.foto(page, "usulan-jabatan")
    correct_a_typing_error(page)
    go_to(page, LAMA)
    open_form(page, "koreksi-nama")
    form = page.locator("form[data-jenis=koreksi-nama]")
    form.locator("input[name=nama]").fill(NAMA_BARU)
    form.locator("input[name=nama_jabatan]").fill(f"Kepala {NAMA_BARU}")
    page.wait_for_selector("[data-putusan=reorganisasi]")
    juru.foto(page, "usulan-nama")
    turn_a_forbidden_rename_into_add_and_remove(page)
    go_to(page, SEKSI, KECAMATAN)
    open_form(page, "hapus-unor")
    choose(page, "penerus", PENERUS, KECAMATAN)
    juru.foto(page, "usulan-hapus")
    send(page)
    page.wait_for_selector("#laci .sunting-tanda.tanda-hapus")
    page.keyboard.press("Escape")
    go_to_draft(operator, usulan, "?lihat=tabel")
    page.check("input[data-hanya]")
    page.wait_for_selector(".peta-baris.tanda-tambah")
    juru.foto(page, "usulan-tabel")
    phone = juru("operator", 390)
    go_to_draft(phone, usulan)
    go_to(phone.page, BARU)
    juru.foto(phone.page, "hp-usulan-peta")


def before_handing_over(juru: Juru, usulan: str) -> None:
    operator = juru("operator")
    page = operator.page
    go_to_draft(operator, usulan)
    page.click("[data-aksi=temuan]")
    page.wait_for_selector("#laci [data-temuan-laci]")
    juru.foto(page, "usulan-temuan")
    operator.buka(f"{usulan}lembar/")
    juru.foto(page, "usulan-lembar")
    operator.buka(f"{usulan}beda/")
    juru.foto(page, "usulan-beda")
    operator.buka(usulan)
    juru.foto(page, "usulan-rinci")
    phone = juru("operator", 390)
    phone.buka(usulan)
    juru.foto(phone.page, "hp-usulan-rinci")
    action(operator, usulan, "Ajukan ke penyetuju")


def signed_and_checked(juru: Juru, usulan: str) -> None:
    penyetuju, verifikator = juru("penyetuju"), juru("verifikator")
    page = penyetuju.page
    penyetuju.buka(f"{usulan}tindakan/tanda-tangani/")
    letter = {"name": "surat-pengantar.pdf", "mimeType": "application/pdf", "buffer": SURAT}
    page.set_input_files("input[name=surat]", letter)
    page.fill("input[name=nomor]", "061/17/2026")
    page.fill("input[name=tanggal]", today().isoformat())
    juru.foto(page, "usulan-tanda-tangan")
    page.locator("main form").get_by_role("button", name="Tanda tangani dan ajukan").click()
    page.wait_for_url(re.compile(rf"{re.escape(usulan)}$"))
    page = verifikator.page
    verifikator.buka("/usulan/kerja/")
    juru.foto(page, "usulan-kerja")
    page.get_by_role("button", name="Ambil").first.click()
    page.get_by_text("Diambil verifikator").first.wait_for()
    verifikator.buka(f"{usulan}?tab=operasi")
    first = page.locator(".usulan-operasi > li").first
    first.get_by_text("Komentari").click()
    first.locator("textarea").fill("Mohon lampirkan telaah pembentukan bidang ini.")
    first.get_by_role("button", name="Kirim komentar").click()
    first.get_by_text("telaah").first.wait_for()
    first.get_by_text("Komentari").click()
    first.locator("textarea").last.fill("Kelas jabatan pimpinannya belum diisi.")
    first.get_by_label("Minta perbaikan").check()
    first.scroll_into_view_if_needed()
    page.evaluate("() => scrollBy(0, -2000)")
    juru.foto(page, "usulan-komentar")
    action(verifikator, usulan, "Setujui")


def decided(juru: Juru, usulan: str, other: str) -> None:
    penyetuju, operator = juru("penyetuju"), juru("operator")
    page = penyetuju.page
    penyetuju.buka(f"{usulan}tindakan/tetapkan/")
    page.fill("input[name=nomor]", "100.3.3.2/12/2026")
    page.fill("input[name=berlaku]", (today() + dt.timedelta(days=1)).isoformat())
    juru.foto(page, "usulan-tetapkan")
    page.locator("main form").get_by_role("button", name="Tetapkan").click()
    page.wait_for_url(re.compile(rf"{re.escape(usulan)}$"))
    for _ in range(60):
        if page.get_by_role("link", name="Unduh PDF").count():
            break
        page.wait_for_timeout(500)
        penyetuju.buka(usulan)
    juru.foto(page, "usulan-terbit")
    code = page.locator("a[href^='/keputusan/']").first.inner_text()
    stranger = juru("")
    stranger.buka(f"/keputusan/{code}/")
    juru.foto(stranger.page, "keputusan")
    page.get_by_role("link", name="Daftar pengukuhan").last.click()
    page.wait_for_selector("#daftar-pengukuhan")
    juru.foto(page, "pengukuhan")
    operator.buka(f"{other}selaras/")
    operator.page.get_by_role("button", name="Selaraskan sekarang").click()
    operator.page.wait_for_selector(".sunting-konflik")
    juru.foto(operator.page, "usulan-benturan")


def requests(juru: Juru) -> None:
    operator = juru("operator")
    page = operator.page
    operator.buka("/usulan/otk/baru/")
    page.fill("input[name=judul]", "OTK baru Kabupaten Rembang 2027")
    page.locator("main form .btn-primary").click()
    page.wait_for_url(re.compile(r"/usulan/otk/\d+/$"))
    juru.foto(page, "otk")


def today() -> dt.date:
    return dt.datetime.now(dt.timezone(dt.timedelta(hours=7))).date()
