"""The peta jabatan page in a real browser: pointer, keyboard, touch, both themes, no serious axe finding."""

from __future__ import annotations

import re

import pytest
from tests.layar import point_of, serious, settled

pytestmark = pytest.mark.browser
PETA = "/peta/6413/"
CHART = "document.querySelector('#peta').peta.chart"
READY = "#peta[data-siap]"


def open_map(halaman, query: str = "", akun: str = "operator"):
    halaman.masuk(akun)
    halaman.buka(PETA + query)
    page = halaman.page
    page.wait_for_selector(READY)
    return page


def position(page) -> tuple[float, float, float]:
    return tuple(
        page.evaluate(
            "() => { const p = document.querySelector('#peta').peta.chart.pos; return [p.x, p.y, p.z] }"
        )
    )


def find(page, words: str) -> None:
    page.fill("[data-cari]", words)
    page.wait_for_selector(".peta-hasil")
    page.press("[data-cari]", "Enter")
    page.wait_for_selector("#laci:not([hidden]) [data-judul]")
    settled(page)


def test_drag_pans_wheel_and_buttons_zoom_and_the_url_remembers(halaman):
    page = open_map(halaman)
    box = page.locator("canvas[data-bagan]").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 40
    before = position(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 120, y - 160, steps=6)
    page.wait_for_timeout(120)
    page.mouse.up()
    panned = position(page)
    assert panned[1] > before[1] + 50 / before[2]
    page.mouse.wheel(0, -400)
    page.wait_for_function(f"() => document.querySelector('#peta').peta.chart.pos.z > {panned[2]} * 1.3")
    page.click("[data-aksi=kecil]")
    settled(page)
    page.wait_for_function(
        """() => { const p = document.querySelector('#peta').peta.chart.pos;
          const kept = (new URLSearchParams(location.search).get('pos') || '').split(/[,~_]/).map(Number);
          return Math.abs(kept[0] - p.x) <= 1 && Math.abs(kept[1] - p.y) <= 1 }"""
    )
    kept = position(page)
    page.reload()
    page.wait_for_selector(READY)
    assert position(page) == pytest.approx(kept, abs=1)
    halaman.tanpa_galat()


def test_search_loads_the_way_selects_and_opens_the_drawer(halaman):
    page = open_map(halaman)
    find(page, "puskesmas sarang ii")
    assert page.inner_text("#laci-judul") == "Puskesmas Sarang II"
    assert page.locator("[data-jejak] li").all_inner_texts()[-1] == "Puskesmas Sarang II"
    key = re.search(r"pilih=(u\d+)", page.url)[1]
    x, _ = point_of(page, key)
    assert x < page.locator("#laci").bounding_box()["x"], "the found box lies under the drawer"
    assert "pos=" in page.url
    page.reload()
    page.wait_for_selector(READY)
    assert page.evaluate("key => document.querySelector('#peta').peta.chart.scene.byKey.has(key)", key)
    page.wait_for_selector(f"#laci:not([hidden]) [data-pilih={key}]")
    halaman.tanpa_galat()


@pytest.mark.parametrize(("lebar", "tinggi"), [(1440, 900), (1024, 600), (390, 720)])
def test_nothing_that_explains_the_chart_covers_it(halaman, lebar, tinggi):
    halaman.page.set_viewport_size({"width": lebar, "height": tinggi})
    page = open_map(halaman)
    surface, legend = (page.locator(s).bounding_box() for s in ("canvas[data-bagan]", ".peta-arti"))
    assert surface["y"] + surface["height"] <= legend["y"] + 1
    assert legend["y"] + legend["height"] <= tinggi + 1
    top = page.locator("[data-aksi=besar]").bounding_box()
    assert top["y"] >= surface["y"], "the first button is cut off"
    halaman.tanpa_galat()


def test_a_link_to_a_place_opens_it(halaman):
    page = open_map(halaman)
    find(page, "puskesmas sarang ii")
    key = re.search(r"pilih=(u\d+)", page.url)[1]
    page.click("#laci a[href*='/posisi/'] >> nth=0")
    page.wait_for_selector("#laci a[data-pilih^=p]")
    box = page.get_attribute("#laci a[data-pilih^=p]", "data-pilih")
    page.keyboard.press("Escape")
    page.check("input[data-kosong]")
    settled(page)
    empty = page.evaluate(
        """() => { for (const n of document.querySelector('#peta').peta.chart.scene.nodes) {
          const b = n.unit.kotak.find(b => !b.k && !b.b);
          if (b) return `p${b.id}` } }"""
    )
    for chosen in (key, box, empty):
        page.goto(page.url.split("?")[0] + f"?pilih={chosen}")
        page.wait_for_selector(READY)
        page.wait_for_selector(f"#laci:not([hidden]) [data-pilih={chosen}]")
        settled(page)
        x, y = point_of(page, page.evaluate(f"() => {CHART}.selected"))
        surface = page.locator("canvas[data-bagan]").bounding_box()
        assert surface["x"] < x < page.locator("#laci").bounding_box()["x"]
        assert surface["y"] < y < surface["y"] + surface["height"]
    halaman.tanpa_galat()


def test_a_click_opens_the_unit_a_second_opens_what_is_below(halaman):
    page = open_map(halaman)
    find(page, "dinas kesehatan")
    key = re.search(r"pilih=(u\d+)", page.url)[1]
    page.keyboard.press("Escape")
    count = "() => document.querySelector('#peta').peta.chart.scene.nodes.length"
    before = page.evaluate(count)
    page.mouse.dblclick(*point_of(page, key))
    settled(page)
    assert page.evaluate(count) > before + 10
    page.mouse.click(*point_of(page, key))
    page.wait_for_selector("#laci:not([hidden])")
    assert page.inner_text("#laci-judul") == "Dinas Kesehatan"
    halaman.tanpa_galat()


def test_every_figure_of_the_drawer_explains_itself(halaman):
    page = open_map(halaman)
    find(page, "dinas kesehatan")
    page.click("#laci .peta-empat a >> nth=1")
    page.wait_for_selector("#laci .penjelasan")
    assert page.inner_text("#laci-judul") == "K Dinas Kesehatan"
    page.click("#laci tbody a >> nth=1")
    page.wait_for_function("() => document.querySelector('#laci-judul').textContent !== 'K Dinas Kesehatan'")
    assert page.inner_text("#laci-judul").startswith("K ")
    assert "Sumber" in page.inner_text("#laci-isi")
    halaman.tanpa_galat()


def test_the_whole_page_can_be_walked_by_keyboard_alone(halaman):
    page = open_map(halaman)
    page.keyboard.press("Tab")
    for _ in range(60):
        if page.evaluate("() => document.activeElement.getAttribute('role')") == "treeitem":
            break
        page.keyboard.press("Tab")
    active = "() => document.activeElement.textContent"
    level = "() => Number(document.activeElement.getAttribute('aria-level'))"
    assert page.evaluate(active).startswith("Pemerintah Kabupaten Rembang.")
    assert page.evaluate("() => document.querySelector('#peta').peta.chart.focused !== null")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(level) == 2
    page.keyboard.press("End")
    last = page.evaluate(active)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    while page.evaluate("() => document.activeElement.getAttribute('aria-expanded')") is None:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("+")
    page.wait_for_function("() => document.activeElement.getAttribute('aria-expanded') === 'true'")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(level) == 3
    page.keyboard.press("Enter")
    page.wait_for_selector("#laci:not([hidden])")
    page.keyboard.press("Escape")
    assert page.evaluate(level) == 3, "the keyboard comes back to where it was"
    page.keyboard.press("s")
    page.wait_for_selector("#laci .penjelasan")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("-")
    assert page.evaluate("() => document.activeElement.getAttribute('aria-expanded')") == "false"
    z = position(page)[2]
    page.keyboard.press("z")
    page.wait_for_function(f"() => document.querySelector('#peta').peta.chart.pos.z > {z}")
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.hasAttribute('data-cari')")
    assert last
    halaman.tanpa_galat()


def test_focus_and_open_all_survive_a_reload(halaman):
    page = open_map(halaman)
    find(page, "dinas kesehatan")
    page.keyboard.press("Escape")
    page.click("[data-aksi=fokus]")
    page.click("[data-aksi=buka]")
    settled(page)
    assert "fokus=" in page.url and "buka=" in page.url and "*" in page.url
    count = "() => document.querySelector('#peta').peta.chart.scene.nodes.length"
    shown = page.evaluate(count)
    assert shown > 50
    page.reload()
    page.wait_for_selector(READY)
    settled(page)
    assert page.evaluate(count) == shown
    assert (
        page.evaluate("() => document.querySelector('#peta').peta.chart.scene.nodes[0].unit.nama")
        == "Dinas Kesehatan"
    )
    halaman.tanpa_galat()


def test_empty_boxes_are_shown_by_the_switch(halaman):
    page = open_map(halaman)
    boxes = f"{CHART}.scene.nodes.reduce((n, x) => n + x.unit.kotak.length, 0)"
    before = page.evaluate(f"() => {boxes}")
    page.check("[data-kosong]")
    page.wait_for_function(f"() => {boxes} > {before}")
    settled(page)
    assert "kosong=1" in page.url
    halaman.tanpa_galat()


def test_the_table_sorts_siblings_opens_rows_and_copies(halaman):
    page = open_map(halaman, "?lihat=tabel")
    names = lambda: page.locator("[data-baris] .peta-nama").all_inner_texts()  # noqa: E731
    assert names()[0] == "Pemerintah Kabupaten Rembang"
    page.click("[data-urut=k]")
    page.click("[data-urut=k]")
    assert names()[1] in ("Dinas Kesehatan", "Dinas Pendidikan, Pemuda dan Olahraga")
    assert page.get_attribute("[role=columnheader]:has([data-urut=k])", "aria-sort") == "descending"
    before = page.get_attribute("[data-tabel]", "aria-rowcount")
    page.click("[data-baris] [data-lipat] >> nth=1")
    page.wait_for_function(
        f"() => document.querySelector('[data-tabel]').getAttribute('aria-rowcount') !== '{before}'"
    )
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("[data-aksi=salin]")
    page.wait_for_function("() => document.querySelector('[data-status]').textContent !== ''")
    lines = page.evaluate("() => navigator.clipboard.readText()").splitlines()
    assert lines[0].split("\t")[0] == "Nama"
    assert lines[1].split("\t")[0] == "Pemerintah Kabupaten Rembang"
    b, k, diff = (int(x) for x in lines[1].split("\t")[4:7])
    assert b - k == diff and k > 1000
    page.click("[data-baris] [data-ukuran=k] >> nth=0")
    page.wait_for_selector("#laci .penjelasan")
    halaman.tanpa_galat()


def test_an_earlier_version_can_be_chosen(halaman):
    page = open_map(halaman)
    page.click(".peta-versi summary")
    page.select_option("#pilih-versi", "1")
    page.click(".peta-versi button")
    page.wait_for_selector(READY)
    assert "versi=1" in page.url
    assert "bukan versi yang kini berlaku" in page.inner_text(".peta-catatan")
    halaman.tanpa_galat()


@pytest.mark.parametrize("tema", ["light", "dark"])
@pytest.mark.parametrize("lebar", [1440, 390])
def test_no_serious_axe_finding(halaman, tema, lebar):
    page = halaman.page
    page.emulate_media(color_scheme=tema)
    page.set_viewport_size({"width": lebar, "height": 900})
    halaman.masuk("operator")
    for query in ("", "?lihat=tabel", "?lihat=rekap", "?lihat=beda"):
        halaman.buka(PETA + query)
        page.wait_for_load_state("networkidle")
        assert serious(page) == [], query
        wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{query} scrolls sideways by {wide} px"
    halaman.buka(PETA)
    page.wait_for_selector(READY)
    find(page, "dinas kesehatan")
    assert serious(page) == []
    halaman.tanpa_galat()


def test_touch_drags_and_pinches(situs, peramban):
    context = peramban.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="id-ID"
    )
    page = context.new_page()
    page.goto(f"{situs.url}/akun/login/")
    page.fill("input[name=login]", "operator")
    page.fill("input[name=password]", "peta-jabatan-demo")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/akun/login" not in url)
    page.goto(f"{situs.url}{PETA}")
    page.wait_for_selector(READY)
    cdp = context.new_cdp_session(page)
    box = page.locator("canvas[data-bagan]").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def touch(kind: str, *points: tuple[float, float]) -> None:
        cdp.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": px, "y": py, "id": i} for i, (px, py) in enumerate(points)]},
        )

    before = position(page)
    touch("touchStart", (x, y))
    for i in range(1, 6):
        touch("touchMove", (x, y - 20 * i))
    page.wait_for_timeout(120)
    touch("touchEnd")
    assert position(page)[1] > before[1] + 40
    before = position(page)
    touch("touchStart", (x - 30, y), (x + 30, y))
    for i in range(1, 6):
        touch("touchMove", (x - 30 - 12 * i, y), (x + 30 + 12 * i, y))
    touch("touchEnd")
    assert position(page)[2] > before[2] * 1.5
    key = page.evaluate("() => document.querySelector('#peta').peta.chart.nearest().kunci")
    page.evaluate("key => document.querySelector('#peta').peta.chart.centre(key, 0.8, false)", key)
    settled(page)
    page.touchscreen.tap(*point_of(page, key))
    page.wait_for_selector("#laci:not([hidden])")
    context.close()


def test_a_newcomer_finds_a_dinas_and_prints_it_as_the_readme_says(halaman):
    """The strip names the top while it is in sight; the drawer of what was found offers its print."""
    page = open_map(halaman)
    strip = page.locator("[data-jejak]")
    assert strip.inner_text().strip() == "Pemerintah Kabupaten Rembang"
    find(page, "dinas pendidkan")
    page.press("[data-cari]", "Enter")
    drawer = page.locator("#laci-isi")
    drawer.get_by_text("Jabatan di unit ini").first.wait_for()
    drawer.get_by_role("link", name="Cetak").click()
    page.wait_for_url(lambda url: "/cetak/" in url)
    assert "Dinas Pendidikan" in page.locator("select[name=unor] option:checked").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Buat berkas").click()
    assert download.value.suggested_filename.endswith(".pdf")
    assert download.value.path().read_bytes().startswith(b"%PDF")
    halaman.tanpa_galat()
