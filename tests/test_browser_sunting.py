"""Working in an usulan as on the map itself, in a real browser: pointer, keyboard, lost connection, phone."""

from __future__ import annotations

import json
import re

import pytest
from tests.layar import draft, point_of, serious, settled

pytestmark = pytest.mark.browser
READY = "#peta[data-sunting]"


@pytest.fixture
def usulan(situs) -> int:
    return draft(situs, "buat", "operator", "Penataan perangkat daerah")


def open_draft(halaman, usulan: int, query: str = "", akun: str = "operator"):
    halaman.masuk(akun)
    halaman.buka(f"/usulan/{usulan}/peta/{query}")
    page = halaman.page
    page.wait_for_selector(READY)
    return page


def go_to(page, words: str) -> str:
    """Search, open the drawer, and tell the key of what was found."""
    page.fill("[data-cari]", words)
    page.wait_for_selector(".peta-hasil")
    page.press("[data-cari]", "Enter")
    page.wait_for_selector("#laci:not([hidden]) [data-objek]")
    settled(page)
    return page.get_attribute("#laci [data-objek]", "data-objek")


def saved(page, revisi: int) -> None:
    page.wait_for_function(
        "n => document.querySelector('[data-keadaan]').textContent.includes(`revisi ${n} `)", arg=revisi
    )
    settled(page)


def unfold(page) -> None:
    """Open the unit of the row that has the keyboard."""
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.getAttribute('aria-expanded') === 'true'")
    settled(page)


def unit(page, key: str) -> dict:
    """A unit as the browser holds it."""
    return page.evaluate(
        """key => { const n = document.querySelector('#peta').peta.chart.scene.byKey.get(key);
          return n && { nama: n.unit.nama, tanda: n.unit.tanda, atasan: n.unit.atasan, k: n.unit.k } }""",
        key,
    )


def total(page, name: str) -> str:
    return (
        page.locator("[data-total] div", has=page.locator(f"dt:text-is('{name}')")).locator("dd").inner_text()
    )


def test_a_unit_with_a_post_is_added_and_undone_and_done_again(halaman, usulan):
    page = open_draft(halaman, usulan)
    go_to(page, "dinas kesehatan")
    page.click("#laci [data-form=tambah-unor]")
    page.fill("#laci input[name=nama]", "Bidang Kesehatan Digital")
    page.fill("#laci input[name=nama_jabatan]", "Kepala Bidang Kesehatan Digital")
    page.select_option("#laci select[name=eselon]", label="III.b · Administrator")
    page.click("#laci form .btn-primary")
    page.wait_for_selector("#laci [data-judul='Bidang Kesehatan Digital']")
    saved(page, 1)
    key = page.get_attribute("#laci [data-objek]", "data-objek")
    assert unit(page, key)["tanda"] == "tambah"
    assert "(+1)" in total(page, "Unit") and "(+1)" in total(page, "K")
    x, _ = point_of(page, key)
    assert x < page.locator("#laci").bounding_box()["x"], "the new box lies under the drawer"

    page.click("#laci [data-form=tambah-posisi]")
    page.fill("#laci [data-bidang=jabatan_id] input[type=search]", "pengadministrasi perkantoran")
    page.click("#laci [data-bidang=jabatan_id] .peta-hasil >> nth=0")
    page.fill("#laci input[name=kelas]", "5")
    page.fill("#laci input[name=k]", "3")
    page.click("#laci form .btn-primary")
    page.wait_for_selector("#laci [data-objek^=p]")
    saved(page, 2)
    assert unit(page, key)["k"] == 4 and "(+4)" in total(page, "K")

    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    saved(page, 3)
    assert unit(page, key)["k"] == 1
    page.keyboard.press("Control+z")
    saved(page, 4)
    assert unit(page, key) is None and "(" not in total(page, "Unit")
    page.click("[data-aksi=ulang]")
    saved(page, 5)
    page.keyboard.press("Control+Shift+z")
    saved(page, 6)
    page.reload()
    page.wait_for_selector(READY)
    assert "(+4)" in total(page, "K")
    halaman.tanpa_galat()


def test_a_unit_is_dragged_under_another_and_escape_gives_the_drag_up(halaman, usulan):
    page = open_draft(halaman, usulan)
    moved = go_to(page, "Dinas Kelautan dan Perikanan")
    page.keyboard.press("Escape")
    target = page.evaluate(
        """() => { const c = document.querySelector('#peta').peta.chart;
          return [...c.scene.byKey.values()].find(
            (n) => n.unit.nama === 'Dinas Pertanian dan Pangan').kunci }"""
    )
    page.wait_for_selector("#laci", state="hidden")
    settled(page)
    page.click("[data-aksi=pas]")
    settled(page)

    def drag(*, give_up: bool) -> None:
        x, y = point_of(page, moved, 0.2)
        tx, ty = point_of(page, target, 0.2)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move((x + tx) / 2, (y + ty) / 2, steps=4)
        page.mouse.move(tx, ty, steps=4)
        assert page.evaluate("() => document.querySelector('#peta').peta.chart.tujuan") == target
        if give_up:
            page.keyboard.press("Escape")
        page.mouse.up()

    drag(give_up=True)
    drag(give_up=False)
    saved(page, 1)  # what was given up has stored nothing
    assert unit(page, moved)["tanda"] == "pindah"
    assert f"u{unit(page, moved)['atasan']}" == target
    halaman.tanpa_galat()


def test_a_rename_that_is_a_reorganisation_becomes_a_new_unit(halaman, usulan):
    page = open_draft(halaman, usulan)
    old = go_to(page, "Dinas Kelautan dan Perikanan")
    page.click("#laci [data-form=koreksi-nama]")
    page.fill("form[data-jenis=koreksi-nama] input[name=nama]", "Dinas Kelautan dan Perikanann")
    page.wait_for_selector("[data-putusan=koreksi]")
    assert page.locator("[data-ganti]").is_hidden()
    page.fill("form[data-jenis=koreksi-nama] input[name=nama]", "Dinas Ekonomi Biru dan Kemaritiman")
    page.wait_for_selector("[data-putusan=reorganisasi]")
    assert "jarak" in page.inner_text("[data-nilai]")
    assert page.locator("form[data-jenis=koreksi-nama] .btn-primary").is_disabled()
    title = "Kepala Dinas Ekonomi Biru dan Kemaritiman"
    page.fill("form[data-jenis=koreksi-nama] input[name=nama_jabatan]", title)
    page.wait_for_function(
        "title => document.querySelector('[data-ganti] input[name=nama_jabatan]').value === title", arg=title
    )
    page.select_option("[data-ganti] select[name=dasar_hukum_id]", index=1)
    page.click("[data-ganti] .btn-primary")
    page.wait_for_selector("#laci [data-judul='Dinas Ekonomi Biru dan Kemaritiman']")
    saved(page, 1)
    assert unit(page, old)["tanda"] == "hapus"
    new = page.get_attribute("#laci [data-objek]", "data-objek")
    assert unit(page, new)["tanda"] == "tambah"
    halaman.tanpa_galat()


def test_rows_of_a_spreadsheet_are_checked_and_applied_all_or_none(halaman, usulan):
    page = open_draft(halaman, usulan, "?lihat=tabel")
    go_to(page, "Dinas Kelautan dan Perikanan")
    page.keyboard.press("Escape")
    page.click("[data-aksi=tempel]")
    page.fill(
        "#sunting-tempel-isi",
        "Unit\tJabatan\tKelas\tK\nBidang Budidaya Baru\t\t\t\n"
        "Bidang Budidaya Baru\tPengadministrasi Perkantoran\t99\t2\n\tJabatan Yang Tidak Ada\t5\tdua\n",
    )
    page.click("dialog .btn:text-is('Periksa')")
    page.wait_for_selector("dialog tr.salah")
    assert page.locator("dialog tr.salah").count() == 2
    text = page.inner_text("dialog .sunting-tempel")
    assert "1–17" in text and "tidak ada dalam referensi" in text
    assert page.locator("[data-dialog] .btn-primary").is_disabled()
    page.fill(
        "#sunting-tempel-isi",
        "Bidang Budidaya Baru\nBidang Budidaya Baru\tPengadministrasi Perkantoran\t5\t2\n",
    )
    page.click("dialog .btn:text-is('Periksa')")
    page.wait_for_selector("[data-dialog] .btn-primary:enabled")
    page.click("[data-dialog] .btn-primary")
    saved(page, 1)
    page.wait_for_selector(".peta-baris.tanda-tambah:has-text('Bidang Budidaya Baru')")
    assert "(+2)" in total(page, "K")
    halaman.tanpa_galat()


def test_the_table_is_edited_by_keyboard_alone(halaman, usulan):
    page = open_draft(halaman, usulan, "?lihat=tabel")
    go_to(page, "Bagian Hukum")
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-tabel] [tabindex='0']:focus")
    active = "() => document.activeElement.closest('[data-i]').querySelector('.peta-nama').textContent"
    assert page.evaluate(active) == "Bagian Hukum"
    unfold(page)
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    name = page.evaluate(active)
    before = page.evaluate("() => document.activeElement.querySelector('[data-ukuran=k]').textContent")
    page.keyboard.press("Enter")
    page.wait_for_selector("input.kisi-isi-k:focus")
    page.keyboard.type("17")
    page.keyboard.press("Shift+Tab")
    page.wait_for_selector("input.kisi-isi-kelas:focus")
    saved(page, 1)
    page.keyboard.press("Escape")
    row = page.locator(".peta-baris", has_text=name).first
    assert re.sub(r"\s+", " ", row.locator("[data-kolom=k]").inner_text()) == f"{before} 17"
    page.keyboard.press("Control+z")
    saved(page, 2)
    assert row.locator("[data-kolom=k]").inner_text() == before
    halaman.tanpa_galat()


def test_the_chart_is_edited_by_keyboard_alone(halaman, usulan):
    page = open_draft(halaman, usulan)
    key = go_to(page, "Dinas Kelautan dan Perikanan")
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-pohon] [tabindex='0']:focus")
    order = """key => { const c = document.querySelector('#peta').peta.chart;
      const n = c.scene.byKey.get(key); return n.atas.anak.findIndex((m) => m.kunci === key) }"""
    before = page.evaluate(order, key)
    page.keyboard.press("Alt+ArrowUp")
    saved(page, 1)
    assert page.evaluate(order, key) == before - 1
    page.keyboard.press("m")
    page.wait_for_selector("#laci [data-formulir=pindah-unor] input[type=search]:focus")
    page.keyboard.type("dinas pertanian")
    page.wait_for_selector("#laci .peta-hasil")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#laci [data-terpilih] li")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('form .btn-primary')"):
            break
    page.keyboard.press("Enter")
    saved(page, 2)
    assert unit(page, key)["tanda"] == "pindah"
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+ArrowLeft")
    saved(page, 3)
    assert unit(page, key)["tanda"] == ""
    halaman.tanpa_galat()


def test_an_edit_without_connection_is_kept_retried_and_carried_out_once(halaman, usulan, situs):
    page = open_draft(halaman, usulan)
    go_to(page, "dinas kesehatan")
    page.click("#laci [data-form=tambah-unor]")
    page.wait_for_selector("#laci form[data-jenis=tambah-unor]")
    page.fill("#laci input[name=nama]", "Bidang Tanpa Sambungan")
    context = page.context
    context.set_offline(True)
    page.click("#laci form .btn-primary")
    page.wait_for_selector("[data-keadaan][data-apa=putus]")
    assert "Belum tersimpan" in page.inner_text("[data-keadaan]")
    page.wait_for_event("requestfailed")  # tried again in vain
    context.set_offline(False)
    saved(page, 1)
    assert draft(situs, "hitung", str(usulan), "operator", "tambah-unor") == 1
    assert all("ERR_INTERNET_DISCONNECTED" in line for line in halaman.galat), halaman.galat


def test_a_lost_answer_does_not_double_the_edit(halaman, usulan, situs):
    page = open_draft(halaman, usulan)
    go_to(page, "dinas kesehatan")
    lost = []

    def lose(route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)
            route.abort("connectionreset")

    page.route(re.compile(r"/operasi$"), lose)
    page.click("#laci [data-form=tambah-unor]")
    page.wait_for_selector("#laci form[data-jenis=tambah-unor]")
    page.fill("#laci input[name=nama]", "Bidang Jawaban Hilang")
    page.click("#laci form .btn-primary")
    saved(page, 1)
    assert lost == [200]
    assert draft(situs, "hitung", str(usulan), "operator", "tambah-unor") == 1


def test_what_was_not_saved_survives_a_reload(halaman, usulan, situs):
    page = open_draft(halaman, usulan)
    go_to(page, "dinas kesehatan")
    page.route(re.compile(r"/operasi$"), lambda route: route.abort("connectionreset"))
    page.click("#laci [data-form=tambah-unor]")
    page.wait_for_selector("#laci form[data-jenis=tambah-unor]")
    page.fill("#laci input[name=nama]", "Bidang Selamat")
    page.click("#laci form .btn-primary")
    page.wait_for_selector("[data-keadaan][data-apa=putus]")
    page.on("dialog", lambda dialog: dialog.accept())
    page.unroute_all()
    page.reload()
    page.wait_for_selector(READY)
    saved(page, 1)
    assert draft(situs, "hitung", str(usulan), "operator", "tambah-unor") == 1


def test_a_stale_page_is_told_whose_change_it_would_overwrite(halaman, usulan, situs):
    page = open_draft(halaman, usulan)
    go_to(page, "Dinas Kesehatan")
    page.click("#laci tbody a >> nth=0")
    page.wait_for_selector("#laci [data-objek^=p]")
    key = page.get_attribute("#laci [data-objek]", "data-objek")
    change = [{"jenis": "ubah-kelas", "posisi_id": int(key[1:]), "kelas": 12}]
    draft(situs, "operasi", str(usulan), "operator", json.dumps(change))
    page.fill("#sunting-kelas", "13")
    page.click("form:has(#sunting-kelas) .btn-primary")
    page.wait_for_selector("#pemberitahuan :text('sudah diubah oleh')")
    page.click("#pemberitahuan .btn")
    saved(page, 1)
    page.wait_for_function("() => document.querySelector('#sunting-kelas')?.value === '12'")
    beside = page.locator("form:has(#sunting-kelas) [data-galat]")
    assert beside.inner_text().startswith("Isian Anda tadi: 13.")


def test_many_rows_are_changed_at_once(halaman, usulan):
    page = open_draft(halaman, usulan, "?lihat=tabel")
    go_to(page, "Bagian Hukum")
    page.keyboard.press("Escape")
    unfold(page)
    for _ in range(2):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Shift+Space")
    page.wait_for_selector("[data-massal]:not([hidden])")
    page.click("[data-massal-aksi=kelas]")
    page.fill("dialog input[type=number]", "8")
    page.keyboard.press("Enter")
    saved(page, 1)
    assert page.locator(".peta-baris.tanda-ubah").count() == 2
    assert page.locator("[data-massal]").is_hidden()
    halaman.tanpa_galat()


def test_removing_a_unit_asks_who_carries_it_on(halaman, usulan):
    page = open_draft(halaman, usulan)
    key = go_to(page, "Dinas Kelautan dan Perikanan")
    page.click("#laci [data-form=hapus-unor]")
    page.wait_for_selector("#laci [data-formulir=hapus-unor]")
    assert "Pegawai yang menduduki jabatan" in page.inner_text("#laci")
    page.click("#laci form .btn-danger")
    assert "Wajib diisi" in page.inner_text("#laci [data-bidang=penerus]")
    heirs = "#laci [data-penerus] [data-terpilih] li"
    proposed = []
    for words in ("dinas kesehatan", "dinas pertanian"):
        for remove in page.locator("#laci [data-bidang=penerus] [data-terpilih] button").all():
            remove.click()
        assert page.locator(heirs).count() == 0, "proposals of the former successor are dropped"
        page.fill("#laci [data-bidang=penerus] input[type=search]", words)
        page.click("#laci [data-bidang=penerus] .peta-hasil >> nth=0")
        page.wait_for_selector("#laci [data-bidang=penerus] [data-terpilih] li")
        page.wait_for_load_state("networkidle")
        proposed.append({li.get_attribute("data-id") for li in page.locator(heirs).all()})
    # Only free seats of the chosen successor are proposed (usulan.rules.saran), none where all are taken.
    assert not proposed[0] & proposed[1]
    page.check("#laci input[name=cabang]")
    page.click("#laci form .btn-danger")
    page.wait_for_selector("#laci .sunting-tanda.tanda-hapus")
    saved(page, 1)
    assert "Penerus: Dinas Pertanian" in page.inner_text("#laci .sunting-tanda")
    assert unit(page, key)["tanda"] == "hapus"
    page.check("input[data-hanya]")
    settled(page)
    shown = page.evaluate("() => document.querySelector('#peta').peta.chart.scene.nodes.length")
    assert 3 <= shown < 60
    halaman.tanpa_galat()


def test_a_link_to_a_place_of_the_draft_opens_it(halaman, usulan):
    page = open_draft(halaman, usulan)
    key = go_to(page, "puskesmas sarang ii")
    assert "pos=" in page.url
    page.reload()
    page.wait_for_selector(f"#laci:not([hidden]) [data-objek={key}]")
    page.goto(page.url.split("?")[0] + f"?pilih={key}")
    page.wait_for_selector(READY)
    page.wait_for_selector(f"#laci:not([hidden]) [data-objek={key}]")
    settled(page)
    x, _ = point_of(page, key)
    assert 0 < x < page.locator("#laci").bounding_box()["x"]
    halaman.tanpa_galat()


def test_a_reader_sees_the_draft_without_tools(halaman, usulan):
    page = open_draft(halaman, usulan, akun="verifikator")
    go_to(page, "dinas kesehatan")
    assert page.locator("#laci [data-form]").count() == 0
    assert "Hanya baca" in page.inner_text("[data-keadaan]")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[data-bantuan][open]")
    assert page.locator("#laci").is_hidden()
    halaman.tanpa_galat()


def test_before_and_after_stand_side_by_side(halaman, usulan, situs):
    page = open_draft(halaman, usulan)
    key = go_to(page, "Dinas Kelautan dan Perikanan")
    moves = [{"jenis": "ubah-unor", "unor_id": int(key[1:]), "pasal": "Pasal 99"},
             {"jenis": "tambah-unor", "atasan_id": int(key[1:]), "nama": "Bidang Tambahan"}]  # fmt: skip
    draft(situs, "operasi", str(usulan), "operator", json.dumps(moves))
    halaman.buka(f"/usulan/{usulan}/beda/")
    assert "Bidang Tambahan" in page.inner_text("main")
    halaman.buka(f"/usulan/{usulan}/beda/?lihat=bagan")
    page.wait_for_selector("#dua[data-siap]")
    box = page.locator("canvas[data-sisi=sesudah]").bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.wheel(0, -300)
    page.wait_for_function(
        """() => { const { before, after } = document.querySelector('#dua').dua;
          return after.pos.z > 0.6 && Math.abs(before.pos.z - after.pos.z) < 0.001 }"""
    )
    halaman.tanpa_galat()


def test_both_sides_fit_a_screen_with_two_pixels_to_the_unit(peramban, buat_halaman, usulan):
    context = peramban.new_context(
        viewport={"width": 1280, "height": 800}, device_scale_factor=2, locale="id-ID"
    )
    halaman = buat_halaman(context.new_page())
    halaman.masuk("operator")
    halaman.buka(f"/usulan/{usulan}/beda/?lihat=bagan")
    halaman.page.wait_for_selector("#dua[data-siap]")
    for side in ("sebelum", "sesudah"):
        canvas = halaman.page.locator(f"canvas[data-sisi={side}]").bounding_box()
        assert canvas["width"] <= 640 and canvas["height"] <= 800
    context.close()


@pytest.mark.parametrize("tema", ["light", "dark"])
def test_no_serious_finding_of_axe(halaman, usulan, situs, tema):
    page = halaman.page
    page.emulate_media(color_scheme=tema)
    open_draft(halaman, usulan)
    go_to(page, "dinas kesehatan")
    assert serious(page) == []
    page.click("#laci [data-form=hapus-unor]")
    page.wait_for_selector("#laci [data-formulir]")
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.click("[data-aksi=temuan]")
    page.wait_for_selector("#laci [data-temuan-laci]")
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.click("[data-aksi=tempel]")
    page.wait_for_selector("dialog[open]")
    assert serious(page) == []
    for path in ("peta/?lihat=tabel", "beda/", "beda/?lihat=bagan", "selaras/"):
        halaman.buka(f"/usulan/{usulan}/{path}")
        assert serious(page) == [], path


def test_it_fits_a_phone(peramban, buat_halaman, situs):
    key = draft(situs, "buat", "operator", "Penataan perangkat daerah di telepon")
    context = peramban.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, locale="id-ID"
    )
    halaman = buat_halaman(context.new_page())
    page = open_draft(halaman, key)
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    go_to(page, "dinas kesehatan")
    assert page.evaluate(wide) <= 0
    page.click("#laci [data-form=tambah-posisi]")
    page.wait_for_selector("#laci [data-formulir]")
    assert page.evaluate(wide) <= 0
    for path in ("peta/?lihat=tabel", "beda/", "beda/?lihat=bagan", "selaras/"):
        halaman.buka(f"/usulan/{key}/{path}")
        assert page.evaluate(wide) <= 0, path
    context.close()
