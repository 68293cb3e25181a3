"""Every demo role walks its main paths in a real browser: pages answer, the console stays silent, axe finds
nothing serious, on a desktop and on a phone."""

from __future__ import annotations

import pytest
from tests.layar import serious

pytestmark = pytest.mark.browser

REMBANG = "6413"
UMUM = (
    "/",
    "/instansi/",
    f"/peta/{REMBANG}/",
    "/referensi/",
    "/pekerjaan/",
    "/akun-saya/",
    "/bantuan/",
    "/tentang/",
)
JALUR: dict[str, tuple[str, ...]] = {
    "operator": (
        *UMUM,
        f"/peta/{REMBANG}/?lihat=tabel",
        f"/peta/{REMBANG}/?lihat=rekap",
        f"/peta/{REMBANG}/?lihat=beda",
        f"/cetak/{REMBANG}/",
        "/impor/unor/",
        "/impor/pegawai/",
        "/usulan/",
        "/usulan/?status=draf&umur=7&lambat=1",
        "/usulan/baru/",
        "/keputusan/",
    ),
    "penyetuju": (*UMUM, "/usulan/", "/usulan/?milik=menunggu"),
    "verifikator": (*UMUM, "/usulan/", "/usulan/kerja/", "/usulan/lintas/baru/"),
    "pembina.kemenkes": UMUM,
    "pembina.kemendikbud": UMUM,
    "pemantau": UMUM,
    "pegawai": UMUM,
    "admin": (*UMUM, "/administrasi/akun/", "/administrasi/matriks/", "/impor/unor/"),
}


def menu_links(page) -> list[str]:
    """Where the left navigation leads this person."""
    return page.eval_on_selector_all("nav a[href^='/']", "links => links.map(a => a.getAttribute('href'))")


@pytest.mark.parametrize("akun", JALUR)
def test_a_role_walks_its_pages_without_an_error(halaman, akun):
    halaman.masuk(akun)
    problems = []
    for path in dict.fromkeys((*JALUR[akun], *menu_links(halaman.page))):
        halaman.buka(path)
        halaman.page.wait_for_load_state("networkidle")
        problems += [f"{path}: {v}" for v in serious(halaman.page)]
    assert problems == []
    halaman.tanpa_galat()


@pytest.mark.parametrize("skema", ["light", "dark"])
def test_the_pages_hold_on_a_phone(situs, peramban, buat_halaman, skema):
    """No page is wider than 360 px, and axe stays silent there too."""
    context = peramban.new_context(
        viewport={"width": 360, "height": 740}, color_scheme=skema, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    halaman = buat_halaman(page)
    problems = []
    try:
        halaman.masuk("operator")
        for path in JALUR["operator"]:
            halaman.buka(path)
            page.wait_for_load_state("networkidle")
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 361:
                problems.append(f"{path}: {width} px lebar")
            problems += [f"{path}: {v}" for v in serious(page)]
        assert problems == []
        halaman.tanpa_galat()
    finally:
        context.close()


def test_signed_out_people_are_asked_to_sign_in(halaman):
    for path in ("/instansi/", f"/peta/{REMBANG}/", "/pegawai/saya/", "/impor/unor/"):
        halaman.page.goto(f"{halaman.situs.url}{path}")
        assert "/akun/login" in halaman.page.url


def test_the_login_page_fills_in_a_demo_account_with_one_click(halaman):
    page = halaman.page
    page.goto(f"{halaman.situs.url}/akun/login/")
    page.get_by_text("verifikator", exact=True).first.click()
    assert page.input_value("input[name=login]") == "verifikator"
    page.get_by_role("button", name="Masuk", exact=True).first.click()
    page.wait_for_url(lambda url: "/akun/login" not in url)
    halaman.tanpa_galat()


def test_english_is_one_switch_away(halaman):
    halaman.masuk("operator")
    halaman.page.context.add_cookies([{"name": "django_language", "value": "en", "url": halaman.situs.url}])
    halaman.buka("/")
    assert halaman.page.get_attribute("html", "lang") == "en"
    assert halaman.page.get_by_text("Home").count() > 0


def test_search_opens_with_the_keyboard_and_forgives_a_typing_error(halaman):
    halaman.masuk("operator")
    page = halaman.page
    page.keyboard.press("Control+k")
    page.keyboard.type("dinas kesehtan", delay=15)
    page.locator("#cari-hasil").get_by_text("Dinas Kesehatan").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/peta/" in url)
    halaman.tanpa_galat()


def test_a_number_explains_itself_and_the_drawer_closes_with_escape(halaman):
    halaman.masuk("operator")
    halaman.buka(f"/peta/{REMBANG}/")
    page = halaman.page
    page.locator("main [hx-target='#laci-isi']").first.click()
    page.locator("#laci-isi").get_by_text("Sumber").first.wait_for()
    page.keyboard.press("Escape")
    page.locator("#laci-isi").wait_for(state="hidden")
    halaman.tanpa_galat()
