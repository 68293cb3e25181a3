"""The page of an usulan, for what one asks of it after the first hour: merging, adding row after row, a
branch of one's own, two people at once."""

from __future__ import annotations

import json

import pytest
from tests.layar import draft, serious, settled
from tests.test_browser_sunting import go_to, open_draft, saved, unfold, unit

pytestmark = pytest.mark.browser


@pytest.fixture
def usulan(situs) -> int:
    return draft(situs, "buat", "operator", "Penataan perangkat daerah")


def press_until(page, selector: str, key: str = "Tab", most: int = 14) -> None:
    for _ in range(most):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} is not reached by {key}")


def test_posts_are_added_one_after_the_other_by_keyboard_alone_and_with_typing_errors(halaman, usulan):
    page = open_draft(halaman, usulan)
    key = go_to(page, "dinas kesehatan")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.wait_for_selector("#laci select[name=jenis_posisi]:focus")
    page.keyboard.press("Tab")
    for n, (typed, meant) in enumerate(
        [("perawt", "Perawat"), ("analis sdm aparatr", "Analis Sumber Daya Manusia Aparatur")], 1
    ):
        page.wait_for_selector("#laci [data-bidang=jabatan_id] input[type=search]:focus")
        page.keyboard.type(typed)
        page.wait_for_selector("#laci .peta-hasil")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        chosen = page.inner_text("#laci [data-bidang=jabatan_id] [data-terpilih] li span")
        assert chosen.startswith(meant)
        assert page.input_value("#laci select[name=jenis_posisi]") == "fungsional"
        press_until(page, "input[name=k]")
        page.keyboard.type("2")
        press_until(page, "[data-lagi]")
        page.keyboard.press("Enter")
        saved(page, n)
        page.wait_for_function(
            "nama => document.querySelector('[data-lagi-status]').textContent.startsWith(nama)", arg=chosen
        )
        assert page.locator("#laci [data-bidang=jabatan_id] [data-terpilih] li").count() == 0
        assert page.input_value("#laci input[name=k]") == ""
    assert unit(page, key)["tanda"] == ""
    assert "(+4)" in page.locator("[data-total]").inner_text()
    halaman.tanpa_galat()


def test_a_merge_asks_where_the_head_goes_and_a_new_unit_which_kelas_its_head_has(halaman, usulan):
    page = open_draft(halaman, usulan)
    key = go_to(page, "dinas kesehatan")
    page.click("#laci [data-form=tambah-unor]")
    page.fill("#laci input[name=nama]", "Bidang Kesehatan Digital")
    page.fill("#laci input[name=nama_jabatan]", "Kepala Bidang Kesehatan Digital")
    hint = "#laci [data-bidang=kelas_kepala] .bantuan"
    assert "Lazimnya" not in page.inner_text(hint)
    page.select_option("#laci select[name=eselon]", label="III.b · Administrator")
    assert "Lazimnya kelas 11–12" in page.inner_text(hint)
    page.fill("#laci input[name=kelas_kepala]", "18")
    page.click("#laci form .btn-primary")
    assert "1–17" in page.inner_text("#laci [data-bidang=kelas_kepala] .galat")
    page.fill("#laci input[name=kelas_kepala]", "11")
    page.click("#laci form .btn-primary")
    page.wait_for_selector("#laci [data-judul='Bidang Kesehatan Digital']")
    saved(page, 1)
    new = page.get_attribute("#laci [data-objek]", "data-objek")
    order = page.evaluate(
        """key => { const s = document.querySelector('#peta').sunting.page.app.store;
          return s.units.get(Number(key.slice(1))).anak.map((id) => s.units.get(id).jenis) }""",
        key,
    )
    assert order == sorted(order, key=lambda kind: kind != "struktural"), "behind the puskesmas"

    old = go_to(page, "Bidang Kesehatan Masyarakat")
    page.click("#laci [data-form=gabung-unor]")
    page.fill("#laci [data-bidang=menjadi] input[type=search]", "Bidang Kesehatan Digital")
    page.click("#laci [data-bidang=menjadi] .peta-hasil >> nth=0")
    page.wait_for_selector("#laci [data-lebur] select")
    assert "1 orang tanpa kursi" in page.inner_text("#laci [data-lebur]")
    assert serious(page) == []
    page.select_option("#laci [data-lebur] select >> nth=0", index=1)
    page.click("#laci form .btn-danger")
    saved(page, 2)
    assert unit(page, old)["tanda"] == "hapus"
    assert "tanpa kursi" not in page.locator("#pemberitahuan").inner_text()
    page.wait_for_selector("#laci tr.sunting-dihapus")
    page.click("#laci tr.sunting-dihapus a >> nth=0")
    page.wait_for_selector("#laci [data-objek^=p] .sunting-tanda")
    assert "Penerus: Kepala Bidang Kesehatan Digital" in page.inner_text("#laci .sunting-tanda")
    assert unit(page, new)["tanda"] == "tambah"
    halaman.tanpa_galat()


def test_a_closed_unit_tells_how_much_changed_inside_it(halaman, usulan):
    page = open_draft(halaman, usulan, "?lihat=tabel")
    go_to(page, "Dinas Kelautan dan Perikanan")
    page.click("#laci [data-form=tambah-unor]")
    page.fill("#laci input[name=nama]", "Bidang Budidaya Baru")
    page.click("#laci form .btn-primary")
    saved(page, 1)
    row = page.locator(".peta-baris", has_text="Dinas Kelautan dan Perikanan").first
    assert row.locator(".tanda-dalam").count() == 0, "what is open shows its changes itself"
    row.locator("[data-lipat]").click()
    assert row.locator(".tanda-dalam").inner_text() == "1 perubahan di dalamnya"
    halaman.buka(f"/usulan/{usulan}/peta/?lihat=tabel")
    page.wait_for_selector("#peta[data-sunting]")
    row.locator(".tanda-dalam").wait_for()
    label = page.evaluate(
        """() => { const p = document.querySelector('#peta').sunting.page;
          return p.tree.label(p.table.all.find((r) => r.unit.nama === 'Dinas Kelautan dan Perikanan')) }"""
    )
    assert "(1 perubahan di dalamnya)" in label
    page.click("[data-aksi=urung]")
    saved(page, 2)
    row.locator(".tanda-dalam").wait_for(state="detached")
    halaman.tanpa_galat()


def test_an_operator_of_a_branch_finds_tools_only_inside_it(halaman, situs):
    branch = draft(situs, "cabang", "operator.dinkes", "Penataan dinas")
    page = open_draft(halaman, branch, akun="operator.dinkes")
    assert "dibatasi pada Dinas Kesehatan" in page.inner_text(".peta-catatan >> nth=0")
    go_to(page, "Dinas Kelautan dan Perikanan")
    assert page.locator("#laci [data-form]").count() == 0
    assert "dibatasi pada Dinas Kesehatan" in page.inner_text("#laci [data-luar-cabang]")
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-pohon] [tabindex='0']:focus")
    page.keyboard.press("n")
    page.wait_for_selector("#pemberitahuan :text('di luar cakupan usulan ini')")
    assert page.locator("#laci").is_hidden()
    go_to(page, "puskesmas sarang ii")
    assert page.locator("#laci [data-form=tambah-posisi]").count() == 1
    halaman.tanpa_galat()


def test_an_edit_over_an_undo_of_another_is_explained_and_keeps_what_was_typed(
    halaman, peramban, buat_halaman, usulan
):
    page = open_draft(halaman, usulan)
    key = go_to(page, "Bidang Kesehatan Masyarakat")
    page.click("#laci [data-form=ubah-unor]")
    page.fill("#laci input[name=pasal]", "Pasal 7")
    page.click("#laci form .btn-primary")
    saved(page, 1)

    context = peramban.new_context(viewport={"width": 1280, "height": 800}, locale="id-ID")
    other = open_draft(buat_halaman(context.new_page()), usulan)
    assert go_to(other, "Bidang Kesehatan Masyarakat") == key
    other.click("#laci [data-form=ubah-unor]")
    other.wait_for_selector("#laci [data-formulir=ubah-unor]")

    page.click("[data-aksi=urung]")
    saved(page, 2)

    other.fill("#laci input[name=pasal]", "Pasal 9 ayat (2)")
    other.click("#laci form .btn-primary")
    other.wait_for_selector("#pemberitahuan :text('mengurungkan')")
    assert "mengurungkan" in other.inner_text("#laci form > [data-galat]")
    assert other.input_value("#laci input[name=pasal]") == "Pasal 9 ayat (2)"
    other.click("#pemberitahuan .btn")
    other.wait_for_function("() => document.querySelector('[data-keadaan]').textContent.includes('revisi 2')")
    settled(other)
    assert other.input_value("#laci input[name=pasal]") == "Pasal 9 ayat (2)"
    other.click("#laci form .btn-primary")
    saved(other, 3)
    context.close()


def test_a_figure_typed_over_a_change_of_another_is_offered_again(halaman, usulan, situs):
    page = open_draft(halaman, usulan, "?lihat=tabel")
    go_to(page, "Bagian Hukum")
    page.keyboard.press("Escape")
    unfold(page)
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    key = page.evaluate(
        "() => { const p = document.querySelector('#peta').sunting.page; return p.table.current.kunci }"
    )
    page.keyboard.press("Enter")
    page.wait_for_selector("input.kisi-isi-k:focus")
    change = [{"jenis": "ubah-k", "posisi_id": int(key[1:]), "k": 5}]
    draft(situs, "operasi", str(usulan), "operator", json.dumps(change))
    page.keyboard.press("Control+a")
    page.keyboard.type("17")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pemberitahuan :text('sudah diubah oleh')")
    page.click("#pemberitahuan .btn")
    page.wait_for_function(
        "() => document.activeElement.matches('input.kisi-isi-k') && document.activeElement.value === '17'"
    )
    assert "5" in page.locator(f"[data-i='{page.evaluate(ROW, key)}'] [data-ukuran=k]").inner_text()
    page.keyboard.press("Enter")
    saved(page, 2)


ROW = """key => document.querySelector('#peta').sunting.page.table.all.findIndex((r) => r.kunci === key)"""
