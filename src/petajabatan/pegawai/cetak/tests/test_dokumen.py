"""What is printed: sheets, arrangement, references, figures. Without typst and without a database."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from petajabatan.jabatan.rules.peta import Peta, rollup
from petajabatan.pegawai.cetak.angka import long_date, number, signed
from petajabatan.pegawai.cetak.dokumen import Dokumen, compose
from petajabatan.pegawai.cetak.ikhtisar import kelas_rows, recap_rows
from petajabatan.pegawai.cetak.tests.contoh import IDENTITAS, Pembuat, kabupaten
from petajabatan.pegawai.cetak.ukur_huruf import text_width, wrap


def document(peta: Peta, **options: object) -> Dokumen:
    return compose(peta, IDENTITAS, **options)  # type: ignore[arg-type]


def texts(doc: Dokumen) -> str:
    """All words of the boxes and tables, page after page."""
    words: list[str] = []
    for page in doc.pages():
        words += [page["judul"], page["subjudul"]]
        if page["bentuk"] == "bagan":
            for box in page["bagan"]["kotak"]:
                words += [" ".join(t for t, _ in box["baris"]), *box["sel"]]
            for table in page["bagan"]["tabel"]:
                words += [cell.replace("\n", " ") for row in table["baris"] for cell in row]
    return "\n".join(words)


def test_every_jpt_pratama_with_units_has_its_own_sheet_and_a_staf_ahli_has_not() -> None:
    doc = document(kabupaten())
    heads = {sheet.kepala.nama for sheet in doc.rencana.lembar if sheet.jenis == "unit"}
    assert {"Sekretariat Daerah", "Asisten 1", "Asisten 2", "Dinas 1", "Dinas Kesehatan"} <= heads
    assert "Staf Ahli Hukum" not in heads
    assert "Bidang Dinas 1 1" not in heads


def test_puskesmas_schools_and_kecamatan_are_grouped_and_a_large_hospital_stands_alone() -> None:
    doc = document(kabupaten())
    groups = {(s.kepala.nama, s.kelompok): len(s.anggota) for s in doc.rencana.lembar if s.anggota}
    assert groups == {
        ("Dinas Kesehatan", "faskes"): 7,
        ("Dinas Pendidikan", "sekolah"): 12,
        ("Pemerintah Kabupaten Contoh", "kecamatan"): 4,
    }
    assert "RSUD Contoh" in {s.kepala.nama for s in doc.rencana.lembar if s.jenis == "unit"}


def test_every_unit_is_drawn_in_full_exactly_once() -> None:
    peta = kabupaten()
    doc = document(peta)
    drawn = [unit.id for sheet in doc.rencana.lembar for unit in doc.rencana.units_of(sheet)]
    assert sorted(drawn) == sorted(peta.simpul)


def test_every_post_and_every_head_is_on_paper() -> None:
    peta = kabupaten()
    doc = document(peta, kosong=True)
    rows = sum(
        len(table["baris"])
        for page in doc.pages()
        if page["bentuk"] == "bagan"
        for table in page["bagan"]["tabel"]
    )
    assert rows == sum(1 for unit in peta.simpul.values() for k in unit.kotak if not k.kepala)
    words = texts(doc)
    for unit in peta.simpul.values():
        assert unit.nama in words or unit.nama.upper() in words


def test_a_dinas_fits_one_page() -> None:
    doc = document(kabupaten())
    for sheet, pages in doc.bagan:
        if sheet.kepala.nama.startswith("Dinas") and sheet.jenis == "unit":
            assert len(pages) == 1
            assert pages[0].skala >= 0.75


def test_page_numbers_of_index_and_references_agree() -> None:
    doc = document(kabupaten())
    pages = list(doc.pages())
    assert len(pages) == doc.jumlah_halaman
    for sheet, _ in doc.bagan:
        assert sheet.judul.upper() in pages[doc.halaman[sheet.nomor] - 1]["judul"]
    index = {
        r["sel"][1]: r["sel"][6] for p in pages if p["bentuk"] == "ikhtisar" for c in p["kolom"] for r in c
    }
    assert index["Dinas Kesehatan"] == str(
        doc.halaman[doc.rencana.lembar_unit[_id(doc, "Dinas Kesehatan")].nomor]
    )
    for nama in ("Puskesmas 7", "SD Negeri 12", "Kecamatan 4"):
        assert nama in texts_of(pages[int(index[nama]) - 1])
    root = pages[doc.halaman[0] - 1]
    reference = next(b for b in root["bagan"]["kotak"] if b["baris"][0][0] == "KEPALA DINAS KESEHATAN")
    assert f"hal. {index['Dinas Kesehatan']}" in reference["baris"][-1][0]


def _id(doc: Dokumen, nama: str) -> int:
    return next(u.id for u in doc.peta.simpul.values() if u.nama == nama)


def texts_of(page: dict) -> str:
    return " ".join(t for box in page["bagan"]["kotak"] for t, _ in box["baris"])


def test_empty_boxes_are_hidden_unless_asked_for_and_the_foot_says_so() -> None:
    m = Pembuat()
    dinas = m.unit("Dinas Uji", None, "Kepala Dinas Uji", eselon="II.b", kelas=14)
    m.box(dinas, "Arsiparis Ahli Pertama", "fungsional", 8, 0, 0)
    m.box(dinas, "Perencana Ahli Muda", "fungsional", 9, 2, 1)
    peta = m.build()
    hidden, full = document(peta), document(peta, kosong=True)
    assert "Arsiparis" not in texts(hidden) and "Arsiparis" in texts(full)
    assert "tidak dicetak" in hidden.common()["keterangan_kosong"]
    assert "ikut dicetak" in full.common()["keterangan_kosong"]


def test_an_undetermined_need_is_a_dash_never_zero() -> None:
    m = Pembuat()
    dinas = m.unit("Dinas Uji", None, "Kepala Dinas Uji", eselon="II.b", kelas=14)
    m.box(dinas, "Perencana Ahli Muda", "fungsional", 9, None, 1)
    doc = document(m.build())
    page = next(p for p in doc.pages() if p["bentuk"] == "bagan")
    assert page["bagan"]["tabel"][0]["baris"][0][3:] == ["1", "–", "–"]
    assert page["catatan"] == ["1 jabatan belum ber-K; tidak dihitung sebagai nol"]


def test_totals_of_the_recap_equal_those_of_the_map() -> None:
    peta = kabupaten()
    total = rollup(peta)
    rows, summed = recap_rows(peta.walk())
    assert rows[-1] == ["TOTAL", number(total.b), number(total.k), signed(total.b - total.k)]
    assert (summed.b, summed.k) == (total.b, total.k)
    assert [r[0] for r in rows] == [
        "Eselon I", "Eselon II", "Eselon III", "Eselon IV", "JF", "Pelaksana", "TOTAL",
    ]  # fmt: skip
    per_kelas = kelas_rows(total)
    assert per_kelas[-1][1:] == rows[-1][1:]
    plain = [int(r[1].replace(".", "")) for r in per_kelas[:-1]]
    assert sum(plain) == total.b


def test_a_hospital_too_large_for_a_page_goes_on_with_markers() -> None:
    m = Pembuat()
    rs = m.unit("RSUP Besar", None, "Direktur Utama RSUP Besar", eselon="II.a", kelas=15)
    m.posts(rs, "fungsional", 260)
    for i in range(24):
        unit = m.unit(f"Instalasi {i + 1}", rs, f"Kepala Instalasi {i + 1}", eselon="III.b", kelas=11)
        m.posts(unit, "fungsional", 22)
    doc = document(m.build(), kosong=True)
    pages = [p for p in doc.pages() if p["bentuk"] == "bagan"]
    assert len(pages) > 1
    for i, page in enumerate(pages):
        assert (page["dari"] is None) == (i == 0)
        assert (page["ke"] is None) == (i == len(pages) - 1)
        assert any(
            "DIREKTUR UTAMA RSUP BESAR" in " ".join(t for t, _ in b["baris"]) for b in page["bagan"]["kotak"]
        )
    labels = [label["teks"] for p in pages for label in p["bagan"]["label"]]
    assert "lanjutan KELOMPOK JABATAN FUNGSIONAL" in labels
    assert sum(len(t["baris"]) for p in pages for t in p["bagan"]["tabel"]) == 260 + 24 * 22


def rectangles(page: dict) -> list[tuple[float, float, float, float]]:
    boxes = [(b["x"], b["y"], b["x"] + b["w"], b["y"] + b["h"]) for b in page["bagan"]["kotak"]]
    for t in page["bagan"]["tabel"]:
        height = t["kepala"] * (2 if t["judul"] else 1) + sum(t["tinggi"])
        boxes.append((t["x"], t["y"], t["x"] + sum(t["kolom"]), t["y"] + height))
    return boxes


def assert_clean(doc: Dokumen) -> None:
    """Nothing on any page overlaps, leaves the paper, or touches recap and foot."""
    for page in doc.pages():
        if page["bentuk"] != "bagan":
            continue
        found = rectangles(page)
        for x1, y1, x2, y2 in found:
            assert x1 >= 9.9 and x2 <= 410.1 and y1 >= 24.9 and y2 <= 280, page["judul"]
            if page["rekap"]:
                recap = 8 + 3.4 * (len(page["rekap"]) + 1) + 4 * len(page["catatan"])
                assert x2 <= 346 or y1 >= recap, page["judul"]
        for (ax1, ay1, ax2, ay2), (bx1, by1, bx2, by2) in combinations(found, 2):
            apart = ax2 <= bx1 + 0.02 or bx2 <= ax1 + 0.02 or ay2 <= by1 + 0.02 or by2 <= ay1 + 0.02
            assert apart, page["judul"]


def test_nothing_overlaps_in_a_whole_regency() -> None:
    assert_clean(document(kabupaten(), kosong=True))


@st.composite
def maps(draw: st.DrawFn) -> Peta:
    m = Pembuat()
    n = draw(st.integers(1, 25))
    for i in range(n):
        parent = None if i == 0 else draw(st.integers(1, i))
        eselon = draw(st.sampled_from(["I.a", "II.a", "II.b", "III.a", "IV.a", None]))
        jenis = draw(st.sampled_from(["struktural", "faskes", "sekolah", "kecamatan", "kelurahan", "upt"]))
        title = draw(
            st.sampled_from(["", "Kepala", "Kepala Bidang Pengelolaan Barang Milik Daerah dan Aset"])
        )
        unit = m.unit(f"Unit {i}", parent, title, eselon=eselon, jenis=jenis, kelas=9)
        for jenis_posisi in ("fungsional", "pelaksana"):
            m.posts(unit, jenis_posisi, draw(st.sampled_from([0, 0, 1, 4, 40])))
    return m.build()


@given(maps())
@settings(max_examples=60, deadline=None)
def test_any_map_is_laid_out_clean_and_complete(peta: Peta) -> None:
    doc = document(peta, kosong=True)
    assert_clean(doc)
    drawn = sorted(unit.id for sheet in doc.rencana.lembar for unit in doc.rencana.units_of(sheet))
    assert drawn == sorted(peta.simpul)
    rows = sum(len(t["baris"]) for p in doc.pages() if p["bentuk"] == "bagan" for t in p["bagan"]["tabel"])
    assert rows == sum(1 for u in peta.simpul.values() for k in u.kotak if not k.kepala)


def test_lines_never_exceed_the_width_and_no_character_is_lost() -> None:
    name = "Analis Sumber Daya Manusia Aparatur Ahli Muda Pneumonoultramicroscopicsilicovolcanoconiosis"
    lines = wrap(name, 3000, 7.0)
    assert all(text_width(line, 7.0) <= 3000 for line in lines)
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert wrap("", 3000, 7.0) == ("",)


def test_the_shipped_font_has_the_signs_of_a_map() -> None:
    """U+2212 minus and the others are wider than the fallback of an unknown character would make them."""
    from petajabatan.pegawai.cetak.ukur_huruf import _advances

    for bold in (False, True):
        widths, _, _ = _advances(bold)
        for sign in "−+±–·→←›…éÉ×":
            assert ord(sign) in widths, sign


def test_figures_are_written_the_indonesian_way_with_their_sign() -> None:
    import datetime as dt

    assert [signed(v) for v in (None, 0, 3, -1250)] == ["–", "0", "+3", "−1.250"]
    assert number(12500) == "12.500"
    assert long_date(dt.date(2026, 11, 3)) == "3 November 2026"
