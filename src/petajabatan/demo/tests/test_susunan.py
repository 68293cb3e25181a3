"""The composed organisations are sound: one tree, one seat per head, known codes, plausible classes."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

import petajabatan.referensi
from petajabatan.demo import sumber
from petajabatan.demo.bentuk import BENIH, Susunan, acak, bulatkan
from petajabatan.demo.susunan import jenjang_kotak
from petajabatan.demo.susunan_pusat import susun_pusat
from petajabatan.demo.susunan_rembang import guru_dibutuhkan, susun_rembang
from petajabatan.demo.susunan_versi import pusat_versi_2, rembang_versi_2
from petajabatan.jabatan.rules.peta import Kotak, Peta, Simpul, build_peta, rollup

REFERENSI = Path(petajabatan.referensi.__file__).parent / "data"


def rows(nama: str) -> list[dict[str, str]]:
    with (REFERENSI / f"{nama}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def susunan_semua() -> dict[str, Susunan]:
    rembang, pusat = susun_rembang(), susun_pusat()
    return {
        "rembang-1": rembang,
        "rembang-2": rembang_versi_2(rembang),
        "pusat-1": pusat,
        "pusat-2": pusat_versi_2(pusat),
    }


SEMUA = susunan_semua()
semua = pytest.mark.parametrize("susunan", SEMUA.values(), ids=SEMUA.keys())


def peta_of(susunan: Susunan) -> Peta:
    nomor = {kunci: n for n, kunci in enumerate(susunan.unit, 1)}
    units = [
        Simpul(nomor[u.kunci], nomor[u.atasan] if u.atasan else None, u.nama, urutan=n)
        for n, u in enumerate(susunan.unit.values())
    ]
    boxes = [
        Kotak(n * 100 + i, nomor[u.kunci], k.nama, k.jenis, kelas=k.kelas, k=k.k, kepala=k.kepala, b=k.isi)
        for n, u in enumerate(susunan.unit.values())
        for i, k in enumerate(u.kotak)
    ]
    return build_peta(1, 1, None, units, boxes)


@semua
def test_units_form_one_tree_and_parents_come_first(susunan):
    peta = peta_of(susunan)
    assert len(peta.simpul) == len(susunan.unit)
    seen: set[str | None] = {None}
    for unit in susunan.unit.values():
        assert unit.atasan in seen, unit
        seen.add(unit.kunci)


def test_totals_of_rembang_are_those_we_published():
    total = rollup(peta_of(SEMUA["rembang-1"]))
    assert (total.n_unor, total.n_posisi, total.k, total.b) == (494, 3516, 5679, 4953)
    assert total.k_kosong == 0


def test_both_versions_differ_in_units_needs_and_names():
    awal, kini = SEMUA["rembang-1"], SEMUA["rembang-2"]
    assert set(kini.unit) - set(awal.unit) == {"bappeda-5"}
    assert set(awal.unit) - set(kini.unit) == {"upt-rph", "upt-rph-tu"}
    assert awal.unit["upt-lablh"].atasan != kini.unit["upt-lablh"].atasan
    assert awal.unit["dinkominfo-2"].nama != kini.unit["dinkominfo-2"].nama
    k_awal, k_kini = (sum(k.k for u in s.unit.values() for k in u.kotak) for s in (awal, kini))
    assert k_awal != k_kini


@semua
def test_every_head_has_one_seat_and_a_unit_at_most_one_head(susunan):
    for unit in susunan.unit.values():
        heads = [k for k in unit.kotak if k.kepala]
        assert len(heads) <= 1, unit
        for head in heads:
            assert head.k == 1 and head.isi in (0, 1)
            assert (head.jenis == "fungsional") == (unit.ragam in ("sekolah", "puskesmas"))


@semua
def test_boxes_of_a_unit_have_distinct_names(susunan):
    for unit in susunan.unit.values():
        assert not [n for n, c in Counter(k.nama for k in unit.kotak).items() if c > 1], unit


@semua
def test_functional_and_pelaksana_boxes_name_a_known_jabatan(susunan):
    for unit in susunan.unit.values():
        for kotak in unit.kotak:
            if kotak.jenis == "struktural":
                assert kotak.jabatan is None
            else:
                assert sumber.jabatan()[kotak.jabatan.lower()]["jenis"] == kotak.jenis


@semua
def test_classes_lie_in_the_usual_range_of_their_jenjang(susunan):
    daerah = susunan.instansi == susun_rembang().instansi
    ranges = {
        r["jenjang"]: (int(r["kelas_min"]), int(r["kelas_maks"]))
        for r in rows("rentang_kelas")
        if r["tingkat_instansi"] in ("", "daerah" if daerah else "pusat")
    }
    for unit in susunan.unit.values():
        for kotak in unit.kotak:
            low, high = ranges.get(jenjang_kotak(unit, kotak) or "", (1, 17))
            # A sekretaris daerah (II.a) is paid one class above the heads of dinas.
            assert low <= kotak.kelas <= high or unit.kunci == "setda", (unit.nama, kotak.nama, kotak.kelas)


@semua
def test_codes_of_units_are_known_to_the_references(susunan):
    eselon, urusan = {r["kode"] for r in rows("eselon")}, {r["kode"] for r in rows("urusan_pemerintahan")}
    wilayah = {r["kode"] for r in sumber.baris("wilayah")}
    jenjang = {r["kode"] for r in rows("jenjang")}
    for unit in susunan.unit.values():
        assert unit.eselon is None or unit.eselon in eselon
        assert set(unit.urusan) <= urusan, unit
        assert unit.wilayah is None or unit.wilayah in wilayah
        assert all(jenjang_kotak(unit, k) in jenjang for k in unit.kotak if k.jabatan or unit.eselon)


def test_no_external_code_and_no_id_occurs_twice():
    both = (SEMUA["rembang-2"], SEMUA["pusat-2"])
    codes = Counter(c for s in both for u in s.unit.values() for c in u.kode)
    assert max(codes.values()) == 1
    assert len([c for c in codes if c[0] == "puskesmas"]) == 17
    assert len([c for c in codes if c[0] == "npsn"]) == 48
    ids = [s.unit_id(k) for s in both for k in s.unit]
    assert len(set(ids)) == len(ids)
    assert all(len(i) == 32 and i.startswith("DE30") for i in ids)


def test_the_kabupaten_is_whole():
    count = Counter(u.ragam for u in SEMUA["rembang-1"].unit.values())
    assert count["kecamatan"] == 14 and count["kelurahan"] == 7 and count["puskesmas"] == 17
    assert count["opd"] >= 20 and count["asisten"] == 3 and count["sekolah"] == 48
    assert len({u.wilayah for u in SEMUA["rembang-1"].unit.values()}) == 14
    assert 120 <= len(SEMUA["pusat-1"].unit) <= 200
    assert sum(u.ragam == "kanreg" for u in SEMUA["pusat-1"].unit.values()) == 14


def test_towns_have_more_people_than_needed_more_often_than_remote_kecamatan():
    def cover(wilayah: str) -> float:
        boxes = [k for u in SEMUA["rembang-1"].unit.values() if u.wilayah == wilayah and u.ragam == "sekolah"
                 for k in u.kotak]  # fmt: skip
        return sum(k.isi for k in boxes) / sum(k.k for k in boxes)

    assert min(cover("33.17.10"), cover("33.17.14")) > max(cover("33.17.03"), cover("33.17.04"))


def test_placeholders_and_overfull_boxes_occur_as_in_real_maps():
    boxes = [k for u in SEMUA["rembang-1"].unit.values() for k in u.kotak]
    assert sum(not k.k and not k.isi for k in boxes) > 300
    assert any(not k.k and k.isi for k in boxes)
    assert any(k.isi > k.k > 0 for k in boxes) and any(k.isi < k.k for k in boxes)


def test_health_workers_of_a_puskesmas_are_those_of_the_source():
    row = next(r for r in sumber.baris("puskesmas_rembang") if r["nama"] == "Gunem")
    unit = SEMUA["rembang-1"].unit[f"pkm-{row['kode']}"]
    nurses = sum(k.isi for k in unit.kotak if k.nama.startswith("Perawat") and not k.kepala)
    assert nurses == int(row["perawat"]) == 14


def test_teachers_needed_follow_classes():
    assert guru_dibutuhkan("SD", 6) == 8
    assert guru_dibutuhkan("SMP", 9) == 15  # 9 × 36 ÷ 24 = 13,5 → 14, and one counsellor


def test_every_data_file_names_its_sources():
    for path in sumber.FOLDER.glob("*.csv"):
        content = sumber.baris(path.stem)
        assert content, path
        if path.stem not in ("nama_orang", "unit_rembang", "unit_pusat"):
            assert all(r["sumber"] for r in content), path


def test_chance_is_the_same_for_the_same_key_only():
    assert acak("a").random() == acak("a", benih=BENIH).random() != acak("b").random()
    rnd = acak("bulat")
    assert {bulatkan(2.3, rnd) for _ in range(50)} == {2, 3}
    assert bulatkan(2.0, rnd) == 2
