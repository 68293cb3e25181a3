"""Checks of a unit file: every fault gets its own finding with row, column, value and remedy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petajabatan.organisasi.rules.baris import BarisKode, BarisPosisi, BarisUnor
from petajabatan.organisasi.rules.catatan import TERSIMPAN, Catatan
from petajabatan.organisasi.rules.muatan import UnorMuatan, wants_head
from petajabatan.organisasi.rules.periksa import Acuan, check_units, find_cycles, split_urusan, wilayah_code
from petajabatan.organisasi.rules.periksa_posisi import AcuanJabatan, JabatanAcuan, check_boxes, check_codes

ACUAN = Acuan(
    "INST-A",
    "Kabupaten Alfa",
    {"22": ("22",), "iib": ("22",), "10": ("10",), "11": ("11",), "ia": ("10", "11")},
    {"struktural": "struktural", "upt": "upt", "sekolah": "sekolah"},
    frozenset({"33.17"}),
    frozenset({"1.01"}),
    {"perbupnomor45tahun2021": 7},
    {"MILIK-B": "Kabupaten Beta"},
    frozenset({5}),
    frozenset({"dikenal"}),
)


def row(baris, kunci, atasan="", nama="Unit", **more) -> BarisUnor:
    return BarisUnor(baris, kunci, atasan, nama, **more)


def check(*rows: BarisUnor, siasn=False) -> tuple[list[UnorMuatan], Catatan]:
    notes = Catatan("berkas.csv")
    return check_units(list(rows), ACUAN, notes, siasn=siasn), notes


ROOT = row(2, "A", nama="Akar")
FAULTS = [
    ("tanpa-akar", [row(2, "A", "B"), row(3, "B", "A")], "Id Atasan", None),
    ("melingkar", [ROOT, row(3, "B", "C", "Bidang B"), row(4, "C", "B", "Seksi C")], "Id Atasan", "Seksi C"),
    ("melingkar", [ROOT, row(3, "B", "B", "Diri")], "Id Atasan", "Diri (baris 3) → Diri"),
    ("akar-ganda", [ROOT, row(3, "B", nama="Akar Dua")], "Id Atasan", "Akar Dua"),
    ("atasan-tidak-ada", [ROOT, row(3, "B", "Z")], "Id Atasan", "Z"),
    ("id-ganda", [ROOT, row(3, "A", "A", "Kembar")], "Id Unor", "baris 2 (Akar) dan baris 3 (Kembar)"),
    ("tanpa-id", [ROOT, row(3, "", "A")], "Id Unor", None),
    ("nama-kosong", [ROOT, row(3, "B", "A", "")], "Nama Unor", "B"),
    ("terlalu-panjang", [ROOT, row(3, "B", "A", "x" * 251)], "Nama Unor", "251"),
    ("terlalu-panjang", [ROOT, row(3, "B" * 43, "A")], "Id Unor", "43"),
    ("terlalu-panjang", [ROOT, row(3, "B", "A", pasal="x" * 61)], "Pasal", "61"),
    ("milik-instansi-lain", [ROOT, row(3, "MILIK-B", "A")], "Id Unor", "Kabupaten Beta"),
    ("id-tak-dikenal", [ROOT, row(3, "PJ-9", "A")], "Id Unor", "PJ-9"),
    ("eselon-tak-dikenal", [ROOT, row(3, "B", "A", eselon="77")], "Eselon", "77"),
    ("eselon-ganda", [ROOT, row(3, "B", "A", eselon="I.a")], "Eselon", "10, 11"),
    ("jenis-tak-dikenal", [ROOT, row(3, "B", "A", jenis="dinasty")], "Jenis Unor", "dinasty"),
    ("wilayah-tak-dikenal", [ROOT, row(3, "B", "A", wilayah="99.99")], "Kode Wilayah", "99.99"),
    ("urusan-tak-dikenal", [ROOT, row(3, "B", "A", urusan="1.01, 7.77")], "Urusan", "7.77"),
    ("dasar-hukum-tak-dikenal", [ROOT, row(3, "B", "A", dasar_hukum="Perbup 1/2000")], "Dasar Hukum", "2000"),
    ("instansi-lain", [row(2, "A", instansi="INST-B")], "InstansiId", "INST-B"),
    ("tanpa-baris", [], "", None),
]


@pytest.mark.parametrize(("kode", "rows", "kolom", "says"), FAULTS)
def test_every_fault_has_its_finding(kode, rows, kolom, says):
    _, notes = check(*rows)
    findings = [t for t in notes.temuan if t.kode == kode]
    assert findings and notes.galat
    finding = findings[0]
    assert finding.tingkat == "galat" and finding.perbaikan and finding.tempat == "berkas.csv"
    assert finding.kolom == kolom
    if says is not None:
        assert says in finding.kalimat
    if kode not in ("tanpa-akar", "tanpa-baris"):
        assert finding.baris in {r.baris for r in rows}


def test_a_sound_file_has_no_finding_and_keeps_its_order():
    units, notes = check(
        row(5, "B", "A", "Dinas", eselon="II.b", jenis="UPT", wilayah="3317", urusan="1.01;1.01"),
        row(6, "A", nama="Akar"),
        row(7, "dikenal", "A", dasar_hukum="PERBUP Nomor 45 Tahun 2021", pasal="Pasal 4", halaman="12"),
        row(8, "PJ-5", "B"),
    )
    assert notes.temuan == []
    assert [u.kunci for u in units] == ["B", "A", "dikenal", "PJ-5"]
    assert (units[0].eselon, units[0].jenis, units[0].wilayah, units[0].urusan) == (
        "22",
        "upt",
        "33.17",
        ("1.01",),
    )
    assert (units[2].dasar_hukum_id, units[2].id_siasn, units[3].id) == (7, "dikenal", 5)
    assert units[0].id_siasn is None


def test_ids_of_siasn_files_are_siasn_ids():
    units, _ = check(row(1, "8ae483c58426ce0e01842d4054630282"), siasn=False)
    assert units[0].id_siasn == "8ae483c58426ce0e01842d4054630282"
    units, _ = check(row(1, "17"), siasn=True)
    assert units[0].id_siasn == "17"


def test_an_unknown_siasn_kind_is_only_noted():
    notes = Catatan()
    soft = Acuan("INST-A", "Alfa", {}, {"upt": "upt"}, jenis_wajib_dikenal=False)
    units = check_units([row(1, "A", jenis="3")], soft, notes, siasn=True)
    assert (notes.galat, notes.jumlah["jenis-tak-dikenal"], units[0].jenis) == (0, 1, "struktural")


def test_findings_are_capped_in_display_but_all_counted():
    rows = [ROOT, *(row(n, f"B{n}", "TIDAK-ADA") for n in range(3, 1003))]
    _, notes = check(*rows)
    assert notes.jumlah["atasan-tidak-ada"] == 1000 == notes.galat
    assert len(notes.temuan) == TERSIMPAN + 1
    assert "1000" in notes.temuan[-1].kalimat or "1000" in notes.temuan[0].kalimat


@given(st.dictionaries(st.integers(0, 30), st.integers(-5, 30), max_size=30))
def test_cycles_are_exactly_the_units_that_reach_themselves(relation):
    atasan = {str(k): (str(v) if v >= 0 else "") for k, v in relation.items()}
    found = find_cycles(atasan)
    members = [key for cycle in found for key in cycle]
    assert len(members) == len(set(members))
    for cycle in found:
        assert all(atasan[key] == cycle[(i + 1) % len(cycle)] for i, key in enumerate(cycle))
    for key in atasan:
        seen, at = set(), atasan[key]
        while at in atasan and at not in seen and at != key:
            seen.add(at)
            at = atasan[at]
        assert (at == key) == (key in members)


def test_a_chain_of_a_hundred_thousand_units_is_no_problem():
    chain = {str(i): str(i + 1) for i in range(100_000)}
    assert find_cycles(chain) == []
    assert len(find_cycles(chain | {"100000": "0"})[0]) == 100_001


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3317", "33.17"),
        ("33.17.01", "33.17.01"),
        ("3317012001", "33.17.01.2001"),
        ("x", "x"),
        ("123", "123"),
    ],
)
def test_region_codes_are_read_with_and_without_dots(text, code):
    assert wilayah_code(text) == code


def test_affairs_are_split_at_commas_and_semicolons():
    assert split_urusan("1.01, 1.02; 1.01") == ("1.01", "1.02")


def test_a_head_follows_from_post_and_eselon():
    assert wants_head(UnorMuatan("A", None, "Dinas", "Kepala", eselon="22"))
    assert not wants_head(UnorMuatan("A", None, "Kabupaten", "Bupati"))
    assert not wants_head(UnorMuatan("A", None, "Kelompok", "Ketua", eselon="99"))


JAB = AcuanJabatan(
    {
        "analisdata": [JabatanAcuan(1, "pelaksana", "Analis Data")],
        "arsiparisterampil": [JabatanAcuan(2, "fungsional", "Arsiparis Terampil", "TR")],
        "kembar": [JabatanAcuan(3, "pelaksana", "Kembar"), JabatanAcuan(4, "pelaksana", "KEMBAR")],
        "lama": [JabatanAcuan(5, "pelaksana", "Lama", aktif=False), JabatanAcuan(6, "pelaksana", "Lama")],
    },
    {
        "ID4": [JabatanAcuan(4, "pelaksana", "KEMBAR")],
        "ID2": [JabatanAcuan(2, "fungsional", "Arsiparis Terampil", "TR")],
    },
    saran=lambda nama, jenis: ["Analis Data"],
    kepala_fungsional=frozenset({"sekolah"}),
)
UNITS = [UnorMuatan("A", None, "Dinas"), UnorMuatan("S", "A", "SDN 1", jenis="sekolah")]


def boxes(*rows: BarisPosisi):
    notes = Catatan("Posisi")
    return check_boxes(list(rows), UNITS, JAB, notes), notes


def head(baris: int, nama: str, **more: str) -> BarisPosisi:
    return BarisPosisi(baris, "A", nama, "struktural", kepala="ya", **more)


BOX_FAULTS = [
    ("unit-posisi-tidak-ada", [BarisPosisi(2, "Z", "Analis Data")], "Id Unor", "Z"),
    ("nama-kosong", [BarisPosisi(2, "A", "")], "Nama Jabatan", None),
    ("terlalu-panjang", [BarisPosisi(2, "A", "x" * 251)], "Nama Jabatan", "251"),
    ("jenis-jabatan-tak-dikenal", [BarisPosisi(2, "A", "Analis Data", "x")], "Jenis Jabatan", "x"),
    ("jabatan-tak-dikenal", [BarisPosisi(2, "A", "Analis Dato", "pelaksana")], "Nama Jabatan", "Analis Dato"),
    ("jabatan-tak-dikenal", [BarisPosisi(2, "A", "X", id_jabatan="ID9")], "Id Jabatan", "ID9"),
    ("jabatan-ganda", [BarisPosisi(2, "A", "kembar")], "Nama Jabatan", "2 jabatan"),
    ("kelas-di-luar-1-17", [BarisPosisi(2, "A", "Analis Data", kelas="18")], "Kelas", "18"),
    ("kelas-di-luar-1-17", [BarisPosisi(2, "A", "Analis Data", kelas="0")], "Kelas", "0"),
    ("kelas-di-luar-1-17", [BarisPosisi(2, "A", "Analis Data", kelas="7.5")], "Kelas", "7.5"),
    ("k-bukan-bilangan", [BarisPosisi(2, "A", "Analis Data", k="-1")], "Kebutuhan (K)", "-1"),
    ("k-bukan-bilangan", [BarisPosisi(2, "A", "Analis Data", k="dua")], "Kebutuhan (K)", "dua"),
    ("k-bukan-bilangan", [BarisPosisi(2, "A", "Analis Data", k="1,5")], "Kebutuhan (K)", "1,5"),
    ("k-bukan-bilangan", [BarisPosisi(2, "A", "Analis Data", k="100001")], "Kebutuhan (K)", "100001"),
    ("kepala-bukan-ya-tidak", [BarisPosisi(2, "A", "Analis Data", kepala="mungkin")], "Kepala", "mungkin"),
    ("kepala-bukan-satu", [head(2, "Kepala", k="2")], "Kebutuhan (K)", "2"),
    ("kepala-ganda", [head(2, "Kadin"), head(3, "Plt")], "Kepala", "Kadin (baris 2)"),
    (
        "kepala-bukan-struktural",
        [BarisPosisi(2, "A", "Arsiparis Terampil", kepala="ya")],
        "Kepala",
        "pejabat fungsional",
    ),
    ("kepala-bukan-struktural", [BarisPosisi(2, "S", "Analis Data", kepala="ya")], "Kepala", "pelaksana"),
]  # fmt: skip


@pytest.mark.parametrize(("kode", "rows", "kolom", "says"), BOX_FAULTS)
def test_every_fault_of_a_box_has_its_finding(kode, rows, kolom, says):
    _, notes = boxes(*rows)
    finding = next(t for t in notes.temuan if t.kode == kode)
    assert (finding.tempat, finding.kolom, finding.tingkat) == ("Posisi", kolom, "galat")
    assert finding.perbaikan and finding.baris in {r.baris for r in rows}
    assert says is None or says in finding.kalimat


def test_unknown_names_come_with_suggestions():
    _, notes = boxes(BarisPosisi(2, "A", "Analis Dato", "pelaksana"))
    assert "Analis Data" in notes.temuan[0].perbaikan


def test_sound_boxes_take_kind_and_level_from_the_reference():
    made, notes = boxes(
        BarisPosisi(2, "A", "Kepala Dinas", "struktural", kepala="ya", kelas="14"),
        BarisPosisi(3, "A", "ANALIS data", k="0"),
        BarisPosisi(4, "A", "arsiparis terampil", "JF", kelas="6", k="3"),
        BarisPosisi(5, "A", "bebas", id_jabatan="ID4"),
        BarisPosisi(6, "A", "Lama"),
        BarisPosisi(7, "S", "Arsiparis Terampil", kepala="ya"),
        BarisPosisi(8, "S", "Analis Data", kelas="-", k=""),
    )
    head, _ = boxes(BarisPosisi(2, "S", "Kepala SDN 1", id_jabatan="ID2", kepala="ya"))
    assert (head[0].nama, head[0].jabatan_id) == ("Kepala SDN 1", 2)
    assert notes.temuan == []
    assert [(p.jenis, p.jabatan_id, p.nama, p.jenjang, p.kelas, p.k, p.kepala) for p in made] == [
        ("struktural", None, "Kepala Dinas", None, 14, 1, True),
        ("pelaksana", 1, "ANALIS data", None, None, 0, False),
        ("fungsional", 2, "arsiparis terampil", "TR", 6, 3, False),
        ("pelaksana", 4, "KEMBAR", None, None, None, False),
        ("pelaksana", 6, "Lama", None, None, None, False),
        ("fungsional", 2, "Arsiparis Terampil", "TR", None, 1, True),
        ("pelaksana", 1, "Analis Data", None, None, None, False),
    ]


@pytest.mark.parametrize(
    ("kode", "row_", "kolom"),
    [
        ("jenis-kode-tak-dikenal", BarisKode(2, "S", "ktp", "1"), "Jenis Kode"),
        ("kode-tak-sah", BarisKode(2, "S", "npsn", "2031"), "Kode"),
        ("unit-kode-tidak-ada", BarisKode(2, "Z", "npsn", "20314567"), "Id Unor"),
        ("kode-ganda", BarisKode(3, "A", "NPSN", "20319999"), "Kode"),
    ],
)
def test_every_fault_of_a_code_has_its_finding(kode, row_, kolom):
    notes = Catatan("Kode")
    check_codes([BarisKode(1, "S", "npsn", "20319999"), row_], UNITS, notes)
    assert [(t.kode, t.kolom, t.baris) for t in notes.temuan] == [(kode, kolom, row_.baris)]
