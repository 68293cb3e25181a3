"""Structures: sound trees with plausible heads and boxes, the same for the same seed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petajabatan.simulasi.rules.bentuk import Bahan, Unit
from petajabatan.simulasi.rules.data import baris, ragam
from petajabatan.simulasi.rules.fasilitas import guru_dibutuhkan, nama_wajar
from petajabatan.simulasi.rules.pemda import susun_pemda
from petajabatan.simulasi.rules.pusat import susun_pusat
from petajabatan.simulasi.rules.susun import bagi, daya_tarik
from petajabatan.simulasi.tests.contoh import bahan, rujukan

KEPALA_FUNGSIONAL = {"sekolah", "faskes", "perwakilan"}


def susun(isi: Bahan, benih: int = 1, skala: float = 1.0) -> list[Unit]:
    if isi.jenis == "PUSAT":
        return susun_pusat(isi, rujukan(), benih, skala)
    return susun_pemda(isi, rujukan(), benih, skala)


@pytest.mark.parametrize("jenis", ["PUSAT", "PROV", "KAB", "KOT"])
@pytest.mark.parametrize("skala", [1.0, 1.7])
def test_a_structure_is_one_tree_whose_units_follow_their_heads(jenis, skala):
    units = susun(bahan(jenis), skala=skala)
    assert units[0].atasan is None
    assert all(u.atasan is not None and u.atasan < i for i, u in enumerate(units) if i)


@pytest.mark.parametrize("jenis", ["PUSAT", "PROV", "KAB", "KOT"])
def test_every_box_obeys_the_rules_of_the_map(jenis):
    for unit in susun(bahan(jenis)):
        heads = [k for k in unit.kotak if k.kepala]
        assert len(heads) <= 1
        assert all(k.k == 1 and k.isi <= 1 for k in heads)
        assert all(k.jenis == "struktural" or unit.jenis in KEPALA_FUNGSIONAL for k in heads), unit
        for k in unit.kotak:
            assert 1 <= k.kelas <= 17 and k.k >= 0 and k.isi >= 0
            assert (k.jabatan_id is None) == (k.jenis == "struktural")
        names = [(k.nama, k.kepala) for k in unit.kotak]
        assert len(names) == len(set(names)), "a jabatan has one box on a unit"


@pytest.mark.parametrize("jenis", ["PUSAT", "KAB"])
def test_the_same_seed_gives_the_same_structure_and_another_seed_another(jenis):
    assert susun(bahan(jenis), 7) == susun(bahan(jenis), 7)
    assert susun(bahan(jenis), 7) != susun(bahan(jenis), 8)


def test_schools_stand_on_their_kecamatan_and_carry_their_npsn():
    units = susun(bahan(sekolah=40))
    schools = [u for u in units if u.jenis == "sekolah"]
    assert {u.wilayah for u in schools} == {"33.17.01"}
    active = [kode for u in schools for _, kode, aktif in u.kode if aktif]
    assert len(active) == len(set(active)), "no school is linked twice"
    assert len(active) >= 36
    korwil = {units[u.atasan].nama for u in schools}
    assert korwil == {"Koordinator Wilayah Bidang Pendidikan Kecamatan Sumber"}


def test_above_scale_one_units_of_service_stand_several_times():
    once, twice = susun(bahan(), skala=1.0), susun(bahan(), skala=2.0)
    count = [sum(u.jenis in ("sekolah", "faskes") for u in units) for units in (once, twice)]
    assert count[1] == 2 * count[0]
    assert sum(k.k for u in twice for k in u.kotak) > 1.5 * sum(k.k for u in once for k in u.kotak)


def test_posts_are_filled_better_in_towns_than_in_remote_places():
    kota = [daya_tarik(1, f"33.7{n}") for n in range(1, 6)]
    jauh = [daya_tarik(1, f"94.0{n}") for n in range(1, 6)]
    assert min(kota) > 1.3 * max(jauh)
    kecamatan = [daya_tarik(1, f"33.17.{n:02}") for n in range(1, 80)]
    assert len({round(x, 3) for x in kecamatan}) == 3


@given(st.integers(0, 5000), st.lists(st.floats(0.01, 1), min_size=1, max_size=8))
def test_shares_of_a_whole_number_add_up_to_it(total, weights):
    parts = bagi(total, tuple((str(i), w / sum(weights)) for i, w in enumerate(weights)))
    assert sum(n for _, n in parts) == total
    assert all(n >= 0 for _, n in parts)


@pytest.mark.parametrize(
    ("bentuk", "kelas", "guru"), [("SD", 6, 8), ("SD", 12, 16), ("SMP", 9, 15), ("SMA", 18, 35)]
)
def test_teachers_follow_from_classes_and_lessons(bentuk, kelas, guru):
    assert guru_dibutuhkan(bentuk, kelas) == guru


@given(st.text(max_size=60))
def test_names_of_the_masters_never_break_a_copy_line(text):
    assert not set(nama_wajar(text)) & set("\t\n\r\\")


def test_every_kind_of_unit_the_data_files_name_is_known():
    named = {r["ragam"] for nama in ("perangkat_daerah", "vertikal") for r in baris(nama)}
    assert named <= ragam().keys()


@pytest.mark.parametrize(
    "nama", ["perangkat_daerah", "pusat", "vertikal", "ragam", "sebaran", "padanan_wilayah"]
)
def test_every_row_of_the_data_names_its_source(nama):
    assert all(row["sumber"] for row in baris(nama))
