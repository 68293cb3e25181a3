"""The ikhtisar pattern, tasks told twice, and the completeness of an informasi jabatan."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petajabatan.jabatan import data_abk
from petajabatan.jabatan.rules.ikhtisar import PenilaianIkhtisar, check_ikhtisar, near_duplicates
from petajabatan.jabatan.rules.kelengkapan import check_completeness, recap_completeness
from petajabatan.jabatan.tests.abk_uji import AMBANG, HARI, contoh_setjen, perlu_contoh

PENANDA = data_abk.ikhtisar_markers()
ISIAN = data_abk.infojab_fields(HARI)


def periksa(teks: str) -> tuple[PenilaianIkhtisar, list[str]]:
    found = check_ikhtisar(teks, PENANDA)
    return found, [t.kode for t in found.temuan]


def test_a_sentence_of_the_pattern_is_taken_apart_without_a_word() -> None:
    found, codes = periksa(
        "Melaksanakan penyusunan laporan keuangan untuk pimpinan dengan cara mengumpulkan data sesuai dengan "
        "ketentuan agar laporan selesai tepat waktu."
    )
    assert codes == [] and found.lengkap
    assert found.apa == "Melaksanakan penyusunan laporan keuangan untuk pimpinan"
    assert found.bagaimana == "dengan cara mengumpulkan data sesuai dengan ketentuan"
    assert found.mengapa == "agar laporan selesai tepat waktu"


@pytest.mark.parametrize(
    ("teks", "bagaimana", "mengapa"),
    [
        ("Menyusun jadwal sesuai dengan disposisi atasan untuk kelancaran rapat",
         "sesuai dengan disposisi atasan", "untuk kelancaran rapat"),
        ("Mengolah data melalui aplikasi guna bahan kebijakan", "melalui aplikasi", "guna bahan kebijakan"),
        ("Memimpin bidang berdasarkan peraturan dalam rangka perbaikan kinerja",
         "berdasarkan peraturan", "dalam rangka perbaikan kinerja"),
        ("Menyiapkan bahan secara cermat untuk rapat sebagai pedoman kerja",
         "secara cermat untuk rapat", "sebagai pedoman kerja"),
    ],
)  # fmt: skip
def test_other_words_for_how_and_why_are_known(teks: str, bagaimana: str, mengapa: str) -> None:
    found, codes = periksa(teks)
    assert (found.bagaimana, found.mengapa, codes) == (bagaimana, mengapa, [])


@pytest.mark.parametrize(
    ("teks", "kode"),
    [
        ("", ["ikhtisar-kosong"]),
        ("   ", ["ikhtisar-kosong"]),
        ("x" * 5_000_000, ["ikhtisar-panjang"]),
        ("Menyusun laporan", ["ikhtisar-bagaimana", "ikhtisar-mengapa"]),
        ("Menyusun laporan agar tertib", ["ikhtisar-bagaimana"]),
        ("Menyusun laporan dengan cara mengetik", ["ikhtisar-mengapa"]),
        ("Menyusun laporan dengan cara mengetik agar", ["ikhtisar-mengapa"]),
        ("Menyusun dengan cara mengetik agar rapi", ["ikhtisar-apa"]),
        ("Laporan bulanan dengan cara mengetik agar rapi", ["ikhtisar-kata-kerja"]),
        ("Menyusun laporan agar rapi dengan cara mengetik", ["ikhtisar-urutan"]),
        ("Menyusun laporan dengan cara mengetik agar rapi. Mengarsipkan surat.", ["ikhtisar-kalimat"]),
    ],
)
def test_what_is_missing_from_an_ikhtisar_is_said(teks: str, kode: list[str]) -> None:
    found, codes = periksa(teks)
    assert codes == kode
    assert all(t.perbaikan and t.kolom == "ikhtisar" for t in found.temuan)


_KATA = ["menyusun", "dengan", "cara", "agar", "untuk", ".", "data"]


@given(st.text(max_size=200) | st.lists(st.sampled_from(_KATA)).map(" ".join))
def test_no_text_breaks_the_check_and_parts_are_parts_of_the_text(teks: str) -> None:
    found, _ = periksa(teks)
    for part in (found.apa, found.bagaimana, found.mengapa):
        assert part in " ".join(teks.split())


def test_tasks_told_twice_are_pointed_out_with_what_differs() -> None:
    tasks = [
        "Menyusun laporan kegiatan bulanan bidang",
        "Menyusun laporan kegiatan bulanan Bidang.",
        "Menyusun laporan kegiatan bulanan pada bidang",
        "Membuat laporan kegiatan bulanan bidang",
        "Menyusun laporan kegiatan tahap 1",
        "Menyusun laporan kegiatan tahap 2",
        "Mengarsipkan surat masuk dan surat keluar",
        "",
    ]
    pairs = near_duplicates(tasks, AMBANG.tugas_kembar)
    told = {(p.pertama, p.kedua): (p.temuan.kode, p.temuan.tingkat, p.beda) for p in pairs}
    assert told == {
        (1, 2): ("tugas-kembar", "peringatan", ()),
        (1, 3): ("tugas-kembar", "peringatan", ("pada",)),
        (2, 3): ("tugas-kembar", "peringatan", ("pada",)),
        (1, 4): ("tugas-beda-kata-kerja", "catatan", ("membuat", "menyusun")),
        (2, 4): ("tugas-beda-kata-kerja", "catatan", ("membuat", "menyusun")),
    }
    assert pairs[0].kemiripan == 100 and (pairs[0].temuan.baris, pairs[0].temuan.kolom) == (2, "uraian")


@perlu_contoh
def test_the_tasks_of_real_posts_are_not_called_twins() -> None:
    for rows in contoh_setjen().values():
        assert near_duplicates([row["uraian_tugas"] for row in rows], AMBANG.tugas_kembar) == []


def lengkap() -> dict[str, object]:
    content: dict[str, object] = {}
    for field in ISIAN:
        if field.bentuk == "kelas":
            content[field.kode] = 7
        elif field.bentuk == "tabel":
            content[field.kode] = [dict.fromkeys(field.kolom, "isi")]
        else:
            content[field.kode] = ["isi"] if field.bentuk == "daftar" else "isi"
    return content


def test_the_form_has_17_sections_and_15_components_in_order() -> None:
    sections = list(dict.fromkeys((field.nomor, field.bagian) for field in ISIAN))
    assert [number for number, _ in sections] == list(range(1, 18))
    assert {field.komponen for field in ISIAN} == set(range(1, 16))
    assert {f.nomor for f in ISIAN if f.komponen == 1} == {1, 2, 3}
    assert len([f for f in ISIAN if f.bagian == "lingkungan"]) == 9
    assert len({f.kode for f in ISIAN}) == len(ISIAN)
    assert data_abk.infojab_fields(dt.date(2000, 1, 1)) == ()


def test_a_full_form_is_complete_and_an_empty_one_says_what_is_missing() -> None:
    full = check_completeness(lengkap(), ISIAN)
    assert (full.persen, full.lengkap, full.komponen_lengkap, full.temuan) == (100, True, 15, ())
    empty = check_completeness({}, ISIAN)
    assert (empty.persen, empty.lengkap, empty.komponen_lengkap) == (0, False, 0)
    assert len(empty.temuan) == sum(field.wajib for field in ISIAN)
    assert all(t.tempat and t.perbaikan and t.kode == "infojab-belum-lengkap" for t in empty.temuan)


@pytest.mark.parametrize("kode", [field.kode for field in ISIAN if field.wajib])
def test_each_required_field_counts(kode: str) -> None:
    content = lengkap()
    del content[kode]
    found = check_completeness(content, ISIAN)
    assert found.persen < 100 and [t.kolom for t in found.temuan] == [kode]
    [gap] = [part for part in found.bagian if not part.lengkap]
    assert gap.terisi == gap.wajib - 1


def test_a_dash_is_an_answer_only_where_there_may_be_nothing() -> None:
    found = check_completeness(lengkap() | {"risiko": "-", "diklat_teknis": ["-"], "umur": "–"}, ISIAN)
    assert found.lengkap
    [finding] = check_completeness(lengkap() | {"wewenang": ["-"]}, ISIAN).temuan
    assert finding.kolom == "wewenang" and "-" in finding.kalimat


def test_a_row_without_one_of_its_columns_is_named_with_its_number() -> None:
    rows = [{"hasil": "Laporan", "satuan": "dokumen"}, {"hasil": "Rencana", "satuan": " "}]
    [finding] = check_completeness(lengkap() | {"hasil_kerja": rows}, ISIAN).temuan
    assert (finding.baris, finding.kolom, finding.tempat) == (2, "hasil_kerja.satuan", "7. Hasil kerja")


@pytest.mark.parametrize("kelas", [0, 18, True, "tujuh", 7.5])
def test_a_class_is_a_whole_number_from_1_to_17(kelas: object) -> None:
    assert [t.kolom for t in check_completeness(lengkap() | {"kelas": kelas}, ISIAN).temuan] == ["kelas"]


def test_a_unit_adds_up_its_posts() -> None:
    full, empty = check_completeness(lengkap(), ISIAN), check_completeness(lengkap() | {"kelas": None}, ISIAN)
    recap = recap_completeness([full, empty, full])
    assert (recap.infojab, recap.lengkap) == (3, 2)
    assert (recap.per_bagian["kelas"], recap.per_bagian["ikhtisar"]) == (2, 3)
