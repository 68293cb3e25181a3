"""The plan: a sample of the right size, ids and serial numbers that never meet."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petajabatan.simulasi.rules.periksa_hasil import beda_hitungan
from petajabatan.simulasi.rules.rencana import BLOK, SERI, Calon, pilih, rencanakan

KELOMPOK = ("pusat", "PROV", "KAB", "KOT")


def bangsa(n: int = 643) -> list[Calon]:
    return [Calon(i + 1, f"{i:032X}", KELOMPOK[i % 4], 400 + (i * 7919) % 12000) for i in range(n)]


@pytest.mark.parametrize("skala", [0.01, 0.1, 0.5])
def test_a_sample_holds_its_share_of_every_kind(skala):
    semua = bangsa()
    for kelompok in KELOMPOK:
        jumlah = sum(c.perkiraan for c in semua if c.kelompok == kelompok)
        terpilih = sum(c.perkiraan for c in pilih(semua, skala, 3) if c.kelompok == kelompok)
        assert abs(terpilih - skala * jumlah) < 7000


def test_from_scale_one_on_every_instansi_is_filled():
    assert len(pilih(bangsa(), 1, 1)) == len(pilih(bangsa(), 2, 1)) == 643


@given(st.floats(0.001, 2), st.integers(0, 99))
def test_ids_and_serials_of_two_instansi_never_meet(skala, benih):
    tugas = rencanakan(bangsa(), skala, benih)
    seri = sorted((t.seri, t.seri + t.n_seri) for t in tugas)
    assert seri[0][0] == 1 and seri[-1][1] <= SERI + 1
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(seri))
    assert len({t.blok for t in tugas}) == len(tugas) and all(
        t.blok % BLOK == 0 and t.blok >= BLOK for t in tugas
    )


def test_larger_instansi_have_more_serials():
    tugas = rencanakan([Calon(1, "A", "pusat", 230000), *bangsa(600)], 1, 1)
    assert tugas[0].instansi_id == 1 and tugas[0].n_seri > tugas[-1].n_seri == 1


def test_a_plan_that_leaves_no_serials_is_refused():
    with pytest.raises(ValueError, match="999"):
        rencanakan(bangsa(1000), 1, 1)


def test_counts_that_differ_are_told():
    ringkas = {"n_instansi": 2, "n_unor": 5, "n_posisi": 9, "n_pegawai": 7, "n_riwayat": 7, "n_kode": 0,
               "n_infojab": 0, "n_isian": 0,
               "jenis": [["PNS", 6], ["PPPK", 1]], "cacat": [["unit-hilang", 0]]}  # fmt: skip
    hitung = {"instansi": 2, "unor": 5, "posisi": 9, "orang": 7, "riwayat": 7, "kode": 0,
              "jenis": {"PNS": 6, "PPPK": 1}, "cacat": {"lewat-bup": 1}}  # fmt: skip
    assert beda_hitungan(hitung, ringkas) == []
    assert beda_hitungan({**hitung, "orang": 8}, ringkas) == ["orang: ditulis 8, terbaca 7"]
    assert beda_hitungan({**hitung, "jenis": {"PNS": 7}}, ringkas) != []
