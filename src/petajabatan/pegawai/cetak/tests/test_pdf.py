"""The PDF itself: read back with pypdf. Real typst, no database."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader

from petajabatan.jabatan.rules.peta import Peta, rollup
from petajabatan.pegawai.cetak import render
from petajabatan.pegawai.cetak.angka import number, signed
from petajabatan.pegawai.cetak.dokumen import Dokumen, compose
from petajabatan.pegawai.cetak.render import render_pdf
from petajabatan.pegawai.cetak.tests.contoh import IDENTITAS, Pembuat, kabupaten

JAHAT = (
    'Dinas #sys.inputs $x^2$ *tebal* _miring_ `kode` "kutip" \\u{41} [isi] <label> @acuan // ujung',
    '#read("/etc/passwd")',
    "'; drop table pegawai; -- ~ = + - 1. judul",
)


def read(doc: Dokumen) -> PdfReader:
    return PdfReader(io.BytesIO(render_pdf(doc)))


def squeezed(text: str) -> str:
    """Without white space: lines are broken where the box ends."""
    return re.sub(r"\s+", "", text)


def all_text(reader: PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in reader.pages))


def test_every_unit_title_post_and_total_can_be_read_back() -> None:
    peta = kabupaten()
    doc = compose(peta, IDENTITAS)
    reader = read(doc)
    assert len(reader.pages) == doc.jumlah_halaman
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in reader.pages} == {(1191, 842)}
    text = all_text(reader).casefold()
    for unit in peta.simpul.values():
        assert squeezed(unit.nama).casefold() in text, unit.nama
    first = squeezed(reader.pages[0].extract_text())
    total = rollup(peta)
    assert f"TOTAL{number(total.b)}{number(total.k)}{signed(total.selisih)}" in first
    for sheet, _ in doc.bagan:
        page = squeezed(reader.pages[doc.halaman[sheet.nomor] - 1].extract_text())
        t = sheet.total
        assert f"TOTAL{number(t.b)}{number(t.k)}{signed(t.selisih)}" in page, sheet.judul


def test_the_foot_names_instansi_version_dates_page_and_hash() -> None:
    reader = read(compose(kabupaten(1, 0, 0, 0), IDENTITAS))
    for i, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert "Pemerintah Kab. Contoh · peta jabatan versi 3, berlaku 1 Januari 2026" in text
        assert "dicetak 23 November 2026 · sidik versi 9f8e7d6c5b4a3928" in text
        assert f"Halaman {i} dari {len(reader.pages)}" in text


def nasty() -> Peta:
    m = Pembuat()
    dinas = m.unit(JAHAT[0], None, f"Kepala {JAHAT[0]}", eselon="II.b", kelas=14)
    m.box(dinas, JAHAT[1], "fungsional", 9, 2, 1)
    m.box(dinas, JAHAT[2], "pelaksana", 6, 1, 3)
    bidang = m.unit("Bidang #{panic()}", dinas, "Kepala Bidang #{panic()}", eselon="III.a", kelas=11)
    m.box(bidang, "$ sum_(k=0)^n k $", "pelaksana", 6, 1, 0)
    return m.build()


def test_markup_in_names_is_only_text() -> None:
    """Content travels as JSON; nothing of it is evaluated."""
    text = all_text(read(compose(nasty(), IDENTITAS, dari=1)))
    for name in (*JAHAT[1:], JAHAT[0].upper(), "BIDANG #{PANIC()}", "$ sum_(k=0)^n k $"):
        assert squeezed(name) in text
    assert "root:" not in text


def test_only_the_shipped_fonts_are_used_and_they_are_embedded() -> None:
    fonts = set()
    for page in read(compose(kabupaten(1, 1, 1, 1), IDENTITAS)).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descendant["/FontDescriptor"].get_object())
            fonts.add(str(font.get_object()["/BaseFont"]).split("+")[-1].split("-Identity")[0])
    assert fonts and all(name.startswith("IBMPlexSans") for name in fonts), fonts


def test_the_print_needs_no_colour() -> None:
    """Only shades of grey, so that a black-and-white printer loses nothing."""
    found = 0
    for page in read(compose(kabupaten(1, 1, 1, 1), IDENTITAS)).pages:
        content = page.get_contents().get_data().decode("latin-1")
        assert not re.search(r"[\d.] (rg|RG|k|K)\b", content)  # neither RGB nor CMYK
        for values in re.findall(r"\b(?:cs|CS)\s+([\d.\s]+?)\s+(?:scn|SCN|sc|SC)\b", content):
            found += 1
            assert len(values.split()) == 1  # one component: grey
    assert found


def test_batches_are_joined_in_order_with_bookmarks(monkeypatch) -> None:
    monkeypatch.setattr(render, "HALAMAN_PER_KUMPULAN", 4)
    doc = compose(kabupaten(), IDENTITAS)
    told: list[tuple[int, int | None, str]] = []
    reader = PdfReader(
        io.BytesIO(render_pdf(doc, kemajuan=lambda n, total, what: told.append((n, total, what))))
    )
    assert len(reader.pages) == doc.jumlah_halaman > 8
    for i, page in enumerate(reader.pages, start=1):
        assert f"Halaman {i} dari" in page.extract_text()
    assert [n for n, _, what in told if what == "menyusun halaman"] == list(range(0, doc.jumlah_halaman, 4))

    def flat(items: list) -> list:
        return [x for item in items for x in (flat(item) if isinstance(item, list) else [item])]

    marks = {item.title: reader.get_destination_page_number(item) + 1 for item in flat(reader.outline)}
    assert (
        marks["Dinas Kesehatan"]
        == doc.halaman[next(s.nomor for s in doc.rencana.lembar if s.judul == "Dinas Kesehatan")]
    )
    assert marks["Ikhtisar dan indeks"] == 1


def test_the_same_map_prints_the_same_bytes() -> None:
    doc = compose(kabupaten(1, 1, 1, 1), IDENTITAS)
    assert render_pdf(doc) == render_pdf(doc)
