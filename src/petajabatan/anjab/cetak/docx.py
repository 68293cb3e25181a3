"""DOCX of informasi jabatan: what an office goes on working with in its word processor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, Any
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from petajabatan.anjab.cetak.sumber import Cetak
from petajabatan.anjab.cetak.susunan import JUDUL, BagianCetak, Blok, Cetakan
from petajabatan.inti.pekerjaan import Kemajuan

LEBAR = 9_640
"""Width of the text, twentieths of a point (170 mm)."""
HURUF = "Arial Narrow"
_NOMOR = 480
_TAK_SAH = {c: None for c in range(32) if c not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


def write_docx(cetak: Cetak, target: IO[bytes], *, kemajuan: Kemajuan | None = None) -> None:
    """One file, each post from a new page on. Text is never anything but text."""
    report = kemajuan or Kemajuan()
    doc = _blank(cetak)
    for n, post in enumerate(cetak.cetakan):
        report(n, len(cetak.cetakan), "menulis dokumen")
        if n:
            doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _post(doc, post)
    doc.save(target)


def _blank(cetak: Cetak) -> DocumentType:
    doc: DocumentType = Document()
    doc.core_properties.title = clean(cetak.judul)[:200]
    doc.core_properties.author = clean(cetak.instansi)[:200]
    page = doc.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(22), Mm(18)
    page.top_margin = page.bottom_margin = Mm(18)
    style: Any = doc.styles["Normal"]
    style.font.name, style.font.size = HURUF, Pt(10)
    style.paragraph_format.space_after = Pt(2)
    foot = page.footer.paragraphs[0]
    foot.text = clean(cetak.kaki)
    foot.runs[0].font.size = Pt(7)
    return doc


def clean(text: str) -> str:
    """Characters that XML does not have are left out."""
    return text.translate(_TAK_SAH)


def _post(doc: DocumentType, post: Cetakan) -> None:
    for text, size in ((JUDUL, 14), (post.nama.upper(), 11), (post.kotak.unit, 9)):
        p = doc.add_paragraph()
        p.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = p.add_run(clean(text))
        run.bold, run.font.size = size > 9, Pt(size)
    for part in post.bagian:
        _section(doc, part)


def _section(doc: DocumentType, part: BagianCetak) -> None:
    first = part.blok[0]
    short = len(part.blok) == 1 and first.jenis == "teks" and len(first.teks) < 90
    p = doc.add_paragraph()
    p.paragraph_format.space_before = Pt(6)
    p.paragraph_format.keep_with_next = not short
    p.add_run(f"{part.nomor}. {part.judul.upper()}").bold = True
    if short:
        p.add_run(f": {clean(first.teks)}")
        return
    for block in part.blok:
        _block(doc, block)


def _block(doc: DocumentType, block: Blok) -> None:
    if block.jenis == "teks":
        p = doc.add_paragraph(clean(block.teks))
        p.paragraph_format.left_indent = Mm(8)
    elif block.jenis == "daftar":
        rows = [(f"{n}.", text) for n, (text,) in enumerate(block.baris, 1)]
        _put(doc, _table(rows, (_NOMOR, LEBAR - _NOMOR), border=False))
    elif block.jenis == "pasangan":
        pairs = [(label, ":" if value else "", value) for label, value in block.baris]
        _put(doc, _table(pairs, (2_700, 200, LEBAR - 2_900), border=False))
    else:
        weights = [weight for _, weight in block.kolom]
        unit = (LEBAR - _NOMOR) / sum(weights)
        widths = (_NOMOR, *(int(weight * unit) for weight in weights))
        numbered = [(str(n), *row) for n, row in enumerate(block.baris, 1)]
        head = ("No.", *(title for title, _ in block.kolom))
        _put(doc, _table(numbered, widths, head=head, foot=block.kaki, figures=block.angka))


def _put(doc: DocumentType, xml: str) -> None:
    """Tables are written as a whole: cell by cell, the library takes seconds per document."""
    body: Any = doc.element.body
    body.insert(len(body) - 1, parse_xml(xml))
    doc.add_paragraph().paragraph_format.space_after = Pt(0)


def _table(
    rows: Iterable[Sequence[str]],
    widths: Sequence[int],
    *,
    border: bool = True,
    head: Sequence[str] = (),
    foot: Sequence[tuple[str, str]] = (),
    figures: int = 0,
) -> str:
    style = "single" if border else "nil"
    edges = "".join(
        f'<w:{side} w:val="{style}" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    out = [
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    ]
    if head:
        cells = "".join(_cell(text, w, bold=True, align="center", shade=True)
                        for text, w in zip(head, widths, strict=True))  # fmt: skip
        out.append(f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>")
    for row in rows:
        cells = "".join(
            _cell(text, w, align="right" if border and (i == 0 or i >= len(widths) - figures) else "left")
            for i, (text, w) in enumerate(zip(row, widths, strict=True))
        )
        out.append(f"<w:tr>{cells}</w:tr>")
    for label, value in foot:
        wide = _cell(label, sum(widths[:-1]), bold=True, align="right", shade=True, span=len(widths) - 1)
        out.append(f"<w:tr>{wide}{_cell(value, widths[-1], bold=True, align='right', shade=True)}</w:tr>")
    return "".join(out) + "</w:tbl>"


def _cell(
    text: str, width: int, *, bold: bool = False, align: str = "left", shade: bool = False, span: int = 1
) -> str:
    lines = [escape(line) for line in clean(text).split("\n")]
    run = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    look = '<w:rPr><w:b/><w:sz w:val="18"/></w:rPr>' if bold else '<w:rPr><w:sz w:val="18"/></w:rPr>'
    more = (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + (
        '<w:shd w:val="clear" w:color="auto" w:fill="E8E8E8"/>' if shade else ""
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr><w:p><w:pPr>'
        f'<w:spacing w:after="20"/><w:jc w:val="{align}"/></w:pPr><w:r>{look}{run}</w:r></w:p></w:tc>'
    )
