"""An usulan from its first line to the version in force, walked by three people in a real browser.

A server of its own: the walk publishes a version and moves the business clock.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from tests.conftest import Halaman, Situs, start_situs
from tests.langkah_usulan import (
    BARU,
    BETUL,
    LAMA,
    NAMA_BARU,
    PENERUS,
    READY,
    SEKSI,
    action,
    add_unit_with_three_posts,
    correct_a_typing_error,
    edited,
    go_to,
    job_done,
    remove_a_seksi,
    turn_a_forbidden_rename_into_add_and_remove,
)
from tests.layar import serious
from tests.test_serve import wait_until

pytestmark = pytest.mark.browser

PETA = "/peta/6413/"


@pytest.fixture(scope="module")
def kantor() -> Iterator[Situs]:
    """A running demo for this walk alone."""
    with tempfile.TemporaryDirectory(prefix="petajabatan-jalan-") as name:
        Path(name).chmod(0o711)
        running = start_situs(Path(name) / "data", "--workers", "1")
        yield running
        running.stop()


@dataclass
class Pelaku:
    """The people of the walk, each signed in on a desktop of their own."""

    peramban: object
    situs: Situs
    halaman: dict[str, Halaman] = field(default_factory=dict)
    periksa: list[str] = field(default_factory=list)

    def __getitem__(self, akun: str) -> Halaman:
        if akun not in self.halaman:
            self.halaman[akun] = self.orang_luar()
            self.halaman[akun].masuk(akun)
        return self.halaman[akun]

    def orang_luar(self) -> Halaman:
        """Somebody without an account, at a desktop of her own."""
        context = self.peramban.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID")
        page = context.new_page()
        current = Halaman(page, self.situs)
        page.on("console", lambda m: current.galat.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: current.galat.append(str(e)))
        page.on("dialog", lambda dialog: dialog.accept())
        return current

    def axe(self, akun: str, nama: str) -> None:
        self.periksa += [f"{nama}: {v}" for v in serious(self[akun].page)]

    def tutup(self) -> None:
        for current in self.halaman.values():
            current.page.context.close()


@pytest.fixture
def pelaku(peramban, kantor) -> Iterator[Pelaku]:
    people = Pelaku(peramban, kantor)
    yield people
    people.tutup()


def petajabatan(situs: Situs, *arguments: str) -> dict:
    """The command line against the data folder of the running server."""
    hidden = ("DATABASE_URL", "DATABASE_WEB_URL", "PETAJABATAN_DB", "DJANGO_SETTINGS_MODULE")
    environment = {k: v for k, v in os.environ.items() if k not in hidden} | {
        "PETAJABATAN_DATA": str(situs.data),
        "PETAJABATAN_MODE": "demo",
    }
    done = subprocess.run(
        [sys.executable, "-m", "petajabatan", *arguments, "--json"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def import_a_spreadsheet(pelaku: Pelaku, usulan: str, folder: Path) -> None:
    """Export the draft, change a K in it, bring it back."""
    halaman = pelaku["operator"]
    page = halaman.page
    halaman.buka(f"{usulan}lembar/")
    pelaku.axe("operator", "lembar")
    page.get_by_role("button", name="Buat buku kerja").click()
    job_done(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh hasil").click()
    path = folder / "draf.xlsx"
    download.value.save_as(path)
    book = openpyxl.load_workbook(path)
    sheet = book["Posisi"]
    titles = [str(cell.value) for cell in sheet[1]]
    name, k = titles.index("Nama Jabatan"), titles.index("Kebutuhan (K)")
    for row in sheet.iter_rows(min_row=2):
        if row[name].value == "Sandiman Ahli Pertama":
            row[k].value = 2
    book.save(path)
    halaman.buka(f"{usulan}lembar/")
    page.set_input_files("input[name=berkas]", str(path))
    page.get_by_role("button", name="Terapkan", exact=True).click()
    job_done(page)


def hari(situs: Situs) -> dt.date:
    return dt.date.fromisoformat(petajabatan(situs, "jam")["hari"])


def remark_on_an_operation(halaman: Halaman, usulan: str) -> None:
    """The verifikator asks for a repair on the first operation."""
    page = halaman.page
    halaman.buka(f"{usulan}?tab=operasi")
    first = page.locator(".usulan-operasi > li").first
    first.get_by_text("Komentari").click()
    first.locator("textarea").fill("Isi kelas jabatan pimpinannya.")
    first.get_by_label("Minta perbaikan").check()
    first.get_by_role("button", name="Kirim komentar").click()
    page.get_by_text("Isi kelas jabatan pimpinannya.").first.wait_for()


def repair(halaman: Halaman, usulan: str) -> None:
    page = halaman.page
    halaman.buka(f"{usulan}peta/")
    page.wait_for_selector(READY)
    go_to(page, f"Kepala {BARU}")
    page.fill("#sunting-kelas", "11")
    edited(page, lambda: page.get_by_role("button", name="Simpan kelas").click())


def answer_all(halaman: Halaman, usulan: str) -> None:
    """Every open request of BKN is answered."""
    page = halaman.page
    halaman.buka(f"{usulan}?tab=komentar")
    threads = page.locator("article.usulan-utas")
    for n in range(threads.count()):
        thread = threads.nth(n)
        thread.get_by_text("Jawab").first.click()
        thread.locator("textarea").first.fill("Sudah diisi kelas 11.")
        thread.get_by_role("button", name="Jawab").click()
        page.wait_for_load_state()
        threads.nth(n).get_by_text("dijawab").wait_for()


def decision_can_be_verified(pelaku: Pelaku, usulan: str, nomor: str, keadaan: str) -> str:
    """Its PDF is made, and its public page tells a stranger what is decided; returns the code."""
    page = pelaku["penyetuju"].page
    pdf = page.get_by_role("link", name="Unduh PDF")

    def made() -> bool:
        pelaku["penyetuju"].buka(usulan)
        return bool(pdf.count())

    wait_until(made)
    with page.expect_download() as download:
        pdf.click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    code = page.locator("a[href^='/keputusan/']").first.inner_text()
    stranger = pelaku.orang_luar()
    stranger.buka(f"/keputusan/{code}/")
    text = stranger.page.inner_text("main")
    assert nomor in text and keadaan in text and "Kab. Rembang" in text
    pelaku.periksa += [f"keputusan: {v}" for v in serious(stranger.page)]
    stranger.tanpa_galat()
    stranger.page.context.close()
    return code


def open_published(page, words: str) -> None:
    page.keyboard.press("Escape")
    page.fill("[data-cari]", words)
    page.locator("#peta-daftar-hasil .peta-hasil", has_text=words).first.click()
    page.wait_for_selector(f"#laci:not([hidden]) [data-judul='{words}']")


def test_from_a_new_usulan_to_the_version_in_force(pelaku, kantor, tmp_path):
    operator = pelaku["operator"]
    page = operator.page
    operator.buka("/usulan/")
    page.get_by_role("link", name=re.compile("Usulan baru")).first.click()
    page.wait_for_url("**/usulan/baru/**")
    pelaku.axe("operator", "baru")
    page.fill("input[name=judul]", "Penataan Diskominfo dan Kecamatan Sumber")
    page.select_option("select[name=dasar_hukum]", index=1)
    page.get_by_role("button", name="Buat usulan").click()
    page.wait_for_url(re.compile(r"/usulan/\d+/$"))
    usulan = page.url.removeprefix(kantor.url)
    page.get_by_role("link", name="Sunting pada peta").first.click()
    page.wait_for_selector(READY)

    add_unit_with_three_posts(page)
    correct_a_typing_error(page)
    turn_a_forbidden_rename_into_add_and_remove(page)
    remove_a_seksi(page)
    pelaku.axe("operator", "peta usulan")
    import_a_spreadsheet(pelaku, usulan, tmp_path)

    # Findings: no galat is left.
    operator.buka(f"{usulan}?tab=temuan&tingkat=galat")
    page.get_by_text("Tidak ada temuan.").wait_for()
    pelaku.axe("operator", "temuan")
    operator.buka(usulan)
    pelaku.axe("operator", "usulan")
    action(operator, usulan, "Ajukan ke penyetuju")

    # The instansi signs, BKN takes it, asks, and sends it back.
    letter = tmp_path / "surat.pdf"
    letter.write_bytes(b"%PDF-1.7\n%%EOF\n")
    signature = {"surat": str(letter), "nomor": "061/17/2026", "tanggal": hari(kantor).isoformat()}
    action(pelaku["penyetuju"], usulan, "Tanda tangani dan ajukan", **signature)
    verifikator = pelaku["verifikator"]
    verifikator.buka("/usulan/kerja/")
    pelaku.axe("verifikator", "daftar kerja")
    verifikator.page.get_by_role("button", name="Ambil").first.click()
    verifikator.page.get_by_text("Diambil verifikator").first.wait_for()
    remark_on_an_operation(verifikator, usulan)
    pelaku.axe("verifikator", "operasi")
    action(verifikator, usulan, "Minta perbaikan", alasan="Kelas jabatan kepala bidang belum diisi.")

    # Repaired, answered, signed again, approved.
    repair(operator, usulan)
    answer_all(operator, usulan)
    action(operator, usulan, "Ajukan ke penyetuju")
    action(pelaku["penyetuju"], usulan, "Tanda tangani dan ajukan", **signature)
    verifikator.buka("/usulan/kerja/")
    verifikator.page.get_by_role("button", name="Ambil").first.click()
    verifikator.page.get_by_text("Diambil verifikator").first.wait_for()
    action(verifikator, usulan, "Setujui")

    # Decided for tomorrow: today's map stays as it is, the decision can be verified by anybody.
    besok = hari(kantor) + dt.timedelta(days=1)
    decision = {"nomor": "100.3.3.2/12/2026", "tanggal": hari(kantor).isoformat()}
    action(pelaku["penyetuju"], usulan, "Tetapkan", **decision, berlaku=besok.isoformat())
    pelaku.axe("penyetuju", "ditetapkan")
    code = decision_can_be_verified(pelaku, usulan, decision["nomor"], "Akan berlaku")
    operator.buka(PETA)
    page.wait_for_selector("#peta[data-siap]")
    assert "Versi 2" in page.inner_text(".peta-versi summary")

    # The day comes.
    petajabatan(kantor, "jam", "--ke", besok.isoformat())
    operator.buka(PETA)
    page.wait_for_selector("#peta[data-siap]")
    assert "Versi 3" in page.inner_text(".peta-versi summary")
    open_published(page, BARU)
    open_published(page, BETUL)
    open_published(page, NAMA_BARU)
    operator.buka(f"{PETA}?lihat=beda")
    text = page.inner_text("main")
    assert all(name in text for name in (BARU, BETUL, NAMA_BARU, SEKSI, "Sandiman Ahli Pertama"))
    pelaku.axe("operator", "perbedaan")
    operator.buka(f"{PETA}?versi=2")
    page.wait_for_selector("#peta[data-siap]")
    open_published(page, LAMA)
    assert decision_can_be_verified(pelaku, usulan, decision["nomor"], "Berlaku") == code

    # Who moved, and where to.
    operator.buka(usulan)
    page.get_by_role("link", name="Daftar pengukuhan").last.click()
    page.get_by_role("cell", name=NAMA_BARU).first.wait_for()
    listed = page.inner_text("#daftar-pengukuhan")
    assert PENERUS in listed and LAMA in listed and "sementara" in listed
    pelaku.axe("operator", "pengukuhan")

    assert petajabatan(kantor, "periksa")["ok"]
    assert pelaku.periksa == []
    for halaman in pelaku.halaman.values():
        halaman.tanpa_galat()
