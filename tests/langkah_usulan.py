"""Steps people take on an usulan, in a browser: for the walk and for the pictures of the guide."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.conftest import Halaman
from tests.layar import settled

READY = "#peta[data-sunting]"
DINAS = "Dinas Komunikasi dan Informatika"
BARU = "Bidang Keamanan Siber"
SALAH = "Bidang Perikanan Budidaya dan Penguatan Daya Saing"
BETUL = "Bidang Perikanan Budi Daya dan Penguatan Daya Saing"
LAMA, NAMA_BARU = "Bidang Statistik dan Persandian", "Bidang Statistik Sektoral dan Satu Data"
SEKSI, PENERUS = "Seksi Kesejahteraan Rakyat", "Seksi Pemberdayaan Masyarakat dan Desa"
KECAMATAN = "Kecamatan Sumber"


def saved(page: Any, revisi: int) -> None:
    page.wait_for_function(
        "n => document.querySelector('[data-keadaan]').textContent.includes(`revisi ${n} `)", arg=revisi
    )
    settled(page)


def revision(page: Any) -> int:
    return int(re.search(r"revisi (\d+) ", page.inner_text("[data-keadaan]") + " ")[1])


def edited(page: Any, act: Callable[[], None]) -> None:
    """Do something that is one action on the draft and wait until it is stored."""
    before = revision(page)
    act()
    saved(page, before + 1)


def go_to(page: Any, words: str, dalam: str = "") -> str:
    """Find a unit or post by name (the one in ``dalam``) and open its drawer; returns its key."""
    page.keyboard.press("Escape")
    page.fill("[data-cari]", words)
    found = page.locator("#peta-daftar-hasil .peta-hasil", has_text=words)
    if dalam:
        found = found.filter(has_text=dalam)
    found.first.wait_for()
    found.first.click()
    page.wait_for_selector(f"#laci:not([hidden]) [data-judul='{words}']")
    settled(page)
    return page.get_attribute("#laci [data-objek]", "data-objek")


def choose(page: Any, bidang: str, words: str, dalam: str = "") -> None:
    """Pick a candidate in a search field of the drawer's form."""
    box = page.locator(f"#laci [data-bidang={bidang}]")
    box.locator("input[type=search]").fill(words)
    found = box.locator(".peta-hasil", has_text=words)
    if dalam:
        found = found.filter(has_text=dalam)
    found.first.click()
    box.locator("[data-terpilih] li").first.wait_for()


def open_form(page: Any, jenis: str) -> None:
    page.click(f"#laci [data-form={jenis}]")
    page.wait_for_selector(f"#laci form[data-jenis={jenis}]")


def send(page: Any) -> None:
    edited(page, lambda: page.locator("#laci form.sunting-form .sunting-kaki button").first.click())


def add_unit_with_three_posts(page: Any) -> None:
    go_to(page, DINAS)
    open_form(page, "tambah-unor")
    page.fill("#laci input[name=nama]", BARU)
    page.fill("#laci input[name=nama_jabatan]", f"Kepala {BARU}")
    page.select_option("#laci select[name=eselon]", label="III.b · Administrator")
    page.fill("#laci input[name=pasal]", "Pasal 12")
    send(page)
    page.wait_for_selector(f"#laci [data-judul='{BARU}']")
    unit = page.get_attribute("#laci [data-objek]", "data-objek")
    for jenis, jabatan, kelas, k in (
        ("fungsional", "Pranata Komputer Ahli Pertama", 8, 2),
        ("fungsional", "Sandiman Ahli Pertama", 8, 1),
        ("pelaksana", "Pengadministrasi Perkantoran", 5, 1),
    ):
        open_form(page, "tambah-posisi")
        page.select_option("#laci select[name=jenis_posisi]", jenis)
        choose(page, "jabatan_id", jabatan)
        page.fill("#laci input[name=kelas]", str(kelas))
        page.fill("#laci input[name=k]", str(k))
        send(page)
        page.wait_for_selector(f"#laci [data-judul='{jabatan}']")
        page.click(f"#laci a[href$='/unor/{unit[1:]}/']")
        page.wait_for_selector(f"#laci [data-judul='{BARU}']")
    assert page.locator("#laci-isi tbody tr").count() == 4


def correct_a_typing_error(page: Any) -> None:
    go_to(page, SALAH)
    open_form(page, "koreksi-nama")
    page.fill("form[data-jenis=koreksi-nama] input[name=nama]", BETUL)
    page.fill("form[data-jenis=koreksi-nama] input[name=nama_jabatan]", f"Kepala {BETUL}")
    page.wait_for_selector("[data-putusan=koreksi]")
    send(page)
    page.wait_for_selector(f"#laci [data-judul='{BETUL}']")


def turn_a_forbidden_rename_into_add_and_remove(page: Any) -> None:
    go_to(page, LAMA)
    open_form(page, "koreksi-nama")
    form = page.locator("form[data-jenis=koreksi-nama]")
    form.locator("input[name=nama]").fill(NAMA_BARU)
    form.locator("input[name=nama_jabatan]").fill(f"Kepala {NAMA_BARU}")
    page.wait_for_selector("[data-putusan=reorganisasi]")
    assert form.locator(".btn-primary").is_disabled()
    edited(page, lambda: page.click("[data-ganti] .btn-primary"))
    page.wait_for_selector(f"#laci [data-judul='{NAMA_BARU}']")


def remove_a_seksi(page: Any) -> None:
    go_to(page, SEKSI, KECAMATAN)
    open_form(page, "hapus-unor")
    choose(page, "penerus", PENERUS, KECAMATAN)
    send(page)
    page.wait_for_selector("#laci .sunting-tanda.tanda-hapus")
    assert f"Penerus: {PENERUS}" in page.inner_text("#laci .sunting-tanda")


def action(halaman: Halaman, usulan: str, nama: str, **isian: str) -> None:
    """Take a step on its own page, from the buttons of the usulan."""
    page = halaman.page
    halaman.buka(usulan)
    page.locator(".halaman-aksi, header, main").get_by_role("link", name=nama, exact=True).first.click()
    page.wait_for_url("**/tindakan/**")
    for name, value in isian.items():
        if name == "surat":
            page.set_input_files("input[name=surat]", value)
        else:
            page.fill(f"[name={name}]", value)
    page.locator("main form").get_by_role("button", name=nama, exact=True).click()
    page.wait_for_url(re.compile(rf"{re.escape(usulan)}$"))


def job_done(page: Any) -> None:
    page.wait_for_url("**/pekerjaan/**")
    page.get_by_text("Selesai", exact=True).first.wait_for(timeout=60_000)
