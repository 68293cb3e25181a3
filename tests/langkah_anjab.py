"""Steps people take on informasi jabatan, ABK and classes, in a browser: for the walk and for the pictures.

The story: one post of a dinas is written, its unit is copied to another dinas, and the rest of that dinas is
written in a spreadsheet, until nothing is missing there.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
from tests.conftest import Halaman
from tests.langkah_usulan import job_done

ASAL, TUJUAN = "Dinas Arsip dan Perpustakaan", "Dinas Komunikasi dan Informatika"
SUBBAG = "Subbagian Umum dan Kepegawaian"
JABATAN = "Pengadministrasi Perkantoran"
JUDUL = "Informasi jabatan perangkat daerah"
IKHTISAR = (
    "Melaksanakan administrasi perkantoran dengan cara mencatat, menyusun, dan menyimpan naskah dinas sesuai "
    "ketentuan agar pelayanan kantor tertib."
)
TUGAS = (
    ("Menerima, mencatat, dan meneruskan surat masuk", "Surat masuk tercatat", "surat"),
    ("Mengetik dan menomori naskah dinas keluar", "Naskah dinas siap kirim", "naskah"),
    ("Menyusun dan menyimpan arsip dinamis", "Arsip tersusun", "berkas"),
)
BLOK = (
    "Uraian tugas\tSatuan hasil\tVolume\tNorma waktu (menit)\n"
    f"{TUGAS[0][0]}\tsurat\t1.250,5\t60\n{TUGAS[1][0]}\tnaskah\t600\t60\n{TUGAS[2][0]}\tberkas\t900\t40\n"
)
"""As a spreadsheet puts it on the clipboard; Σ is 147.030 ÷ 75.000 = 1,9604."""
JUMLAH, K = "1,9604", "2"
DAFTAR: dict[str, dict[str, str]] = {
    "kualifikasi": {
        "Diklat kepemimpinan": "-", "Diklat fungsional": "-", "Diklat teknis": "Tata naskah dinas",
        "Pengalaman kerja": "-",
    },
    "tanggung_jawab": {"Tanggung jawab": "Ketelitian pencatatan surat"},
    "wewenang": {"Wewenang": "Menolak naskah yang tidak memenuhi tata naskah"},
    "syarat": {"Keterampilan kerja": "Mengoperasikan komputer"},
}  # fmt: skip
TABEL: dict[str, tuple[tuple[str, ...], ...]] = {
    "tugas_pokok": TUGAS,
    "hasil_kerja": tuple((hasil, satuan) for _, hasil, satuan in TUGAS),
    "bahan_kerja": (("Surat masuk dan disposisi", "Bahan pencatatan dan penerusan"),),
    "perangkat_kerja": (("Komputer dan pencetak", "Mengetik dan mencetak naskah"),),
    "korelasi": (("Kepala subbagian umum", "Sekretariat", "Menerima arahan dan melaporkan hasil"),),
    "risiko": (("Kelelahan mata", "Bekerja lama di depan layar"),),
}
TEKS: dict[str, dict[str, str]] = {
    "lingkungan": {
        "Lokasi kerja": "Di dalam ruangan", "Suhu": "Sejuk", "Udara": "Kering", "Luas ruangan": "Cukup",
        "Letak": "Rata", "Penerangan": "Terang", "Suara": "Tenang", "Keadaan tempat kerja": "Bersih",
        "Getaran": "-",
    },
    "syarat": {
        "Jenis kelamin": "Laki-laki atau perempuan", "Umur": "-", "Tinggi badan": "-", "Berat badan": "-",
        "Postur badan": "-", "Penampilan": "Rapi", "Keadaan fisik": "Sehat",
    },
    "prestasi": {"Prestasi kerja yang diharapkan": "Seluruh surat tercatat pada hari yang sama."},
}  # fmt: skip
KODE = ("Bakat kerja", "Temperamen kerja", "Minat kerja", "Upaya fisik", "Fungsi pekerjaan")
LEVEL = {"F1": 3, "F2": 1, "F3": 1, "F4": 2, "F5": 1, "F6": 1, "F7": 1, "F8": 1, "F9": 1}
"""540 points, kelas 5."""


def make_usulan(halaman: Halaman) -> str:
    """A new usulan of informasi jabatan through the form; returns its number in addresses."""
    page = halaman.page
    halaman.buka("/usulan/baru/")
    page.fill("input[name=judul]", JUDUL)
    if page.locator("select[name=layanan]").count():
        page.select_option("select[name=layanan]", "infojab")
    page.get_by_role("button", name="Buat usulan").click()
    page.wait_for_url(re.compile(r"/usulan/\d+/$"))
    return str(re.search(r"/usulan/(\d+)/", page.url)[1])  # type: ignore[index]


# -- the board of completeness ------------------------------------------------------------------------------


def board(halaman: Halaman, usulan: str, *units: str) -> None:
    """The board of the usulan, walked down unit by unit."""
    halaman.buka(f"/anjab/usulan/{usulan}/infojab/")
    go_down(halaman.page, *units)


def go_down(page: Any, *units: str) -> None:
    """On a board, unit by unit."""
    for name in units:
        page.get_by_role("rowheader").get_by_role("link", name=name, exact=True).click()
        page.locator(".ij-jalur [aria-current]", has_text=name).wait_for()


def state_of(page: Any) -> str:
    """What the board says of its unit: percentage and word."""
    return re.sub(r"\s+", " ", page.locator(".petak-angka dd").last.inner_text()).strip()


def begin(halaman: Halaman, usulan: str, subbagian: str = SUBBAG) -> str:
    """Begin the informasi jabatan of the post; returns the address of its editor."""
    page = halaman.page
    board(halaman, usulan, ASAL, f"Sekretariat {ASAL}", subbagian)
    page.locator(".ij-kotak tr", has_text=JABATAN).get_by_role("button", name=re.compile("^Buat")).click()
    page.wait_for_selector("#infojab[data-siap]")
    return str(page.url.removeprefix(halaman.situs.url))


# -- the editor ---------------------------------------------------------------------------------------------


def field(page: Any, section: str, name: str) -> Any:
    """A field of a section, by its printed name."""
    of_name = page.locator(".ij-nama", has_text=re.compile(f"^{re.escape(name)}"))
    return page.locator(f"#b-{section} .ij-isian").filter(has=of_name)


def write_list(page: Any, section: str, name: str, text: str) -> None:
    box = field(page, section, name)
    if not box.locator(".ij-baris textarea").count():
        box.get_by_role("button", name="+ Tambah baris").click()
    box.locator(".ij-baris textarea").first.fill(text)


def write_table(page: Any, section: str, rows: tuple[tuple[str, ...], ...]) -> None:
    """By keyboard: Enter goes to the next cell and, in the last, to a new row."""
    page.locator(f"#b-{section} .ij-baris-semua textarea").first.focus()
    cells = [cell for row in rows for cell in row]
    for n, cell in enumerate(cells, 1):
        page.keyboard.insert_text(cell)
        if n < len(cells):
            page.keyboard.press("Enter")


def choose_education(page: Any, words: str) -> str:
    """Bind the education to the reference; returns what was picked."""
    area = field(page, "kualifikasi", "Pendidikan formal").locator("textarea").first
    area.fill(words)
    page.locator("#b-kualifikasi .ij-calon:not([hidden]) [role=option][aria-selected]").first.wait_for()
    area.press("ArrowDown")
    area.press("Enter")
    page.locator("#b-kualifikasi .ij-terikat .ij-sudah").first.wait_for()
    return str(area.input_value())


def write_sections(page: Any) -> None:
    """Every section that nobody has written, until all of it is stored."""
    field(page, "ikhtisar", "Ikhtisar").locator("textarea").fill(IKHTISAR)
    choose_education(page, "SLTA")
    for section, lists in DAFTAR.items():
        for name, text in lists.items():
            write_list(page, section, name, text)
    for section, rows in TABEL.items():
        write_table(page, section, rows)
    for section, texts in TEKS.items():
        for name, text in texts.items():
            field(page, section, name).locator("textarea").fill(text)
    for name in KODE:
        field(page, "syarat", name).locator(".ij-kode input").first.check()
    stored(page)


def stored(page: Any) -> None:
    """Nothing typed is still on its way."""
    page.keyboard.press("Control+s")
    page.wait_for_function(
        """() => document.querySelector('[data-keadaan]').dataset.rupa === 'tersimpan' &&
          ![...document.querySelectorAll('[data-simpan]')].some(
            n => n.dataset.rupa && n.dataset.rupa !== 'tersimpan')"""
    )


def percent(page: Any) -> str:
    return str(page.inner_text("[data-persen]")).strip()


# -- the ABK sheet ------------------------------------------------------------------------------------------


def open_sheet(page: Any) -> None:
    """From the editor to the ABK sheet of the box."""
    page.locator("main, header").get_by_role("link", name="Lembar ABK", exact=True).first.click()
    page.wait_for_selector("tr[data-baris]")


def paste_rows(page: Any, block: str = BLOK) -> None:
    """Paste as a spreadsheet does it, into the first cell, and wait until it is calculated and stored."""
    cell = page.locator("tr[data-baris='0'] [data-kolom=uraian]")
    cell.focus()
    cell.evaluate(
        """(target, text) => {
          const held = new DataTransfer();
          held.setData('text/plain', text);
          target.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: held, bubbles: true, cancelable: true }));
        }""",
        block,
    )
    page.wait_for_function(
        """([n, t]) => document.querySelector(`#abk [data-${n}]`).textContent.trim().startsWith(t)""",
        arg=["jumlah", JUMLAH],
    )
    page.wait_for_function("() => document.querySelector('[data-keadaan]').textContent.includes('Tersimpan')")


# -- copying ------------------------------------------------------------------------------------------------


def choose_source_and_target(halaman: Halaman, usulan: str) -> None:
    """The subbagian of one dinas as source, that of the other as target; stops at the pairs."""
    page = halaman.page
    halaman.buka(f"/anjab/usulan/{usulan}/replikasi/")
    page.fill("#q", SUBBAG)
    page.get_by_role("button", name="Cari", exact=True).first.click()
    page.locator(".hasil-unit li", has_text=ASAL).get_by_role("link", name=SUBBAG).first.click()
    page.fill("#qt", f"{SUBBAG} {TUJUAN}")
    page.get_by_role("button", name="Cari", exact=True).last.click()
    page.locator("label.form-check", has_text=TUJUAN).filter(has_text=SUBBAG).first.click()
    page.get_by_role("button", name="Cocokkan dengan yang dicentang").click()
    page.locator("#form-salin").wait_for()


def look_at_the_copy(page: Any) -> None:
    page.get_by_role("button", name="Lihat pratinjau").click()
    page.locator("#pratinjau").wait_for()


def copy_now(page: Any) -> None:
    page.get_by_role("button", name="Salin sekarang").click()
    page.locator(".pesan", has_text=re.compile("disalin|dilengkapi", re.I)).first.wait_for()


# -- classes ------------------------------------------------------------------------------------------------


def evaluate(halaman: Halaman, editor: str) -> str:
    """The factor sheet of the post, from its editor; returns its address."""
    page = halaman.page
    halaman.buka(editor)
    page.get_by_role("link", name="Evaluasi jabatan", exact=True).first.click()
    page.wait_for_url(re.compile(r"/evaluasi/\d+/$"))
    for code, level in LEVEL.items():
        page.locator(f"input[name='level.{code}'][value='{level}']").check()
        page.fill(f"textarea[name='alasan.{code}']", "Menurut uraian tugas jabatan ini.")
    page.keyboard.press("Tab")
    page.locator("#ringkas-hasil", has_text="540").wait_for()
    page.locator("#hasil-evaluasi", has_text="siap divalidasi").wait_for()
    return str(page.url.removeprefix(halaman.situs.url))


def validate(halaman: Halaman, sheet: str) -> None:
    page = halaman.page
    halaman.buka(sheet)
    page.get_by_role("button", name="Validasi").click()
    page.get_by_text("Lembar divalidasi; kelas semua jabatan").wait_for()


# -- files --------------------------------------------------------------------------------------------------


def export_workbook(halaman: Halaman, path: Path) -> None:
    """From the board of a unit: everything about it as a workbook."""
    page = halaman.page
    page.get_by_role("link", name="Ekspor", exact=True).click()
    page.get_by_role("button", name="Buat berkas").click()
    job_done(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh hasil").click()
    download.value.save_as(path)


def _columns(sheet: Any) -> dict[str, int]:
    return {str(cell.value): n for n, cell in enumerate(sheet[1])}


def fill_workbook(path: Path) -> int:
    """Give every post that has none an informasi jabatan like the one written, and all but heads an ABK
    sheet; returns how many boxes were filled."""
    book = openpyxl.load_workbook(path)
    boxes, column = book["Jabatan"], _columns(book["Jabatan"])
    at = {name: column[name] for name in ("Id Posisi", "Id Infojab", "Unit", "Jabatan", "Jenis", "K")}
    rows = [{name: row[n] for name, n in at.items()} for row in boxes.iter_rows(min_row=2)]
    done = next(r for r in rows if r["Id Infojab"].value and r["Jabatan"].value == JABATAN)
    model = done["Id Infojab"].value
    codes: dict[str, Any] = {JABATAN: model}
    filled = []
    for row in rows:
        if row["Id Infojab"].value or not row["K"].value:
            continue
        name = row["Jabatan"].value
        fresh = name not in codes
        code = codes.setdefault(name, f"BARU-{len(codes)}")
        row["Id Infojab"].value = code
        filled.append(row)
        if fresh:
            _copy_sections(book, model, code, row["Unit"].value, name)
    _write_loads(book, [r for r in filled if r["Jenis"].value != "struktural"])
    book.save(path)
    return len(filled)


def _copy_sections(book: Any, model: Any, code: str, unit: str, jabatan: str) -> None:
    for sheet in book.worksheets:
        column = _columns(sheet)
        if sheet.title in ("Jabatan", "Petunjuk", "Evaluasi") or "Id Infojab" not in column:
            continue
        own = (column["Id Infojab"], column["Unit"], column["Jabatan"])
        for row in [[c.value for c in r] for r in sheet.iter_rows(min_row=2)]:
            if row[own[0]] != model:
                continue
            row[own[0]], row[own[1]], row[own[2]] = code, unit, jabatan
            if sheet.title == "Identitas":
                row = [jabatan if cell == JABATAN else cell for cell in row]
            sheet.append(row)


def _write_loads(book: Any, boxes: list[dict[str, Any]]) -> None:
    sheet = book["ABK"]
    column = _columns(sheet)
    for box in boxes:
        for task, _, unit in TUGAS:
            row: list[Any] = [None] * len(column)
            for name, value in (
                ("Id Posisi", box["Id Posisi"].value), ("Unit", box["Unit"].value),
                ("Jabatan", box["Jabatan"].value), ("Uraian", task), ("Satuan", unit),
                ("Pendekatan", "tugas"), ("Volume", 505 * box["K"].value), ("Norma", 50),
            ):  # fmt: skip
                row[column[name]] = value
            sheet.append(row)


def check_workbook(halaman: Halaman, usulan: str, path: Path) -> None:
    """Upload it, to be checked only; nothing is stored yet."""
    page = halaman.page
    halaman.buka(f"/anjab/usulan/{usulan}/impor/")
    page.set_input_files("input[name=berkas]", str(path))
    page.get_by_role("button", name="Periksa berkas").click()
    job_done(page)


def apply_workbook(halaman: Halaman, usulan: str) -> None:
    """Bring in the very file that was checked."""
    page = halaman.page
    halaman.buka(f"/anjab/usulan/{usulan}/impor/")
    page.get_by_role("button", name="Terapkan", exact=True).first.click()
    job_done(page)


def print_post(halaman: Halaman, editor: str, path: Path) -> None:
    """The official PDF of one post."""
    page = halaman.page
    halaman.buka(editor)
    page.get_by_role("link", name="Cetak", exact=True).first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Buat berkas").click()
    download.value.save_as(path)
