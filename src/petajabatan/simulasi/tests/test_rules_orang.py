"""People: NIP valid and never handed out twice, careers that agree with themselves, lines that COPY takes."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petajabatan.demo.orang import HARI_ACUAN
from petajabatan.pegawai.rules.nip import mismatches, parse_nip
from petajabatan.simulasi.rules.nama import Penamaan, daerah_nama
from petajabatan.simulasi.rules.orang import Kumpulan, Nip
from petajabatan.simulasi.rules.pemda import susun_pemda
from petajabatan.simulasi.rules.penduduk import Penduduk
from petajabatan.simulasi.rules.susun import generator
from petajabatan.simulasi.services.muat import PEGAWAI, RIWAYAT
from petajabatan.simulasi.tests.contoh import bahan, rujukan

KOLOM = [k.strip() for k in PEGAWAI.split(",")]
KURSI = [k.strip() for k in RIWAYAT.split(",")]


def penduduk(seri: int = 5, n_seri: int = 2, benih: int = 1):
    units = susun_pemda(bahan(sekolah=60), rujukan(), benih, 1.0)
    posisi, n = [], 0
    for u in units:
        posisi.append(range(n + 1, n + 1 + len(u.kotak)))
        n += len(u.kotak)
    orang: list[str] = []
    kursi: list[str] = []
    p = Penduduk(
        9, "C" * 32, "33.17", 1000, benih, Kumpulan(benih, {}), Nip(seri, n_seri), orang.append, kursi.append
    )
    hitung = p.isi(units, list(range(1, len(units) + 1)), posisi)
    return (
        [dict(zip(KOLOM, b.rstrip("\n").split("\t"), strict=True)) for b in orang],
        [dict(zip(KURSI, b.rstrip("\n").split("\t"), strict=True)) for b in kursi],
        hitung,
    )


@pytest.fixture(scope="module")
def isi():
    return penduduk()


def test_every_nip_is_valid_and_agrees_with_its_person(isi):
    for o in isi[0]:
        assert parse_nip(o["nip"]) is not None, o
        assert (
            mismatches(o["nip"], o["tanggal_lahir"], o["tmt_cpns"], o["jenis_kelamin"], o["jenis"]) == ()
        ), o


def test_no_nip_and_no_id_occurs_twice(isi):
    for kolom in ("nip", "id_siasn", "id"):
        assert max(Counter(o[kolom] for o in isi[0]).values()) == 1


def test_everybody_is_marked_synthetic_and_old_enough(isi):
    for o in isi[0]:
        assert o["sintetis"] == "t"
        lahir, mulai = (dt.date.fromisoformat(o[k]) for k in ("tanggal_lahir", "tmt_cpns"))
        assert (mulai - lahir).days > 17 * 365, o


def test_nobody_is_past_retirement_except_those_put_in_as_a_defect(isi):
    tua = [o for o in isi[0] if (HARI_ACUAN - dt.date.fromisoformat(o["tanggal_lahir"])).days > 60.2 * 365.25]
    assert len(tua) <= isi[2].cacat["lewat-bup"]


def test_definitive_seats_of_a_person_follow_one_another(isi):
    masa: dict[str, list[tuple[str, str]]] = {}
    for k in isi[1]:
        if k["jenis"] == "D":
            dari, sampai = k["masa"][1:-1].split(",")
            masa.setdefault(k["pegawai_id"], []).append((dari, sampai or "9999"))
    for rentang in masa.values():
        rentang.sort()
        assert all(a[1] <= b[0] and a[0] < a[1] for a, b in itertools.pairwise(rentang)), rentang
    assert len(masa) == len(isi[0]), "everybody has a seat"


def test_counts_are_those_of_the_lines(isi):
    orang, kursi, hitung = isi
    assert (hitung.orang, hitung.riwayat) == (len(orang), len(kursi))
    assert hitung.jenis == Counter(o["jenis"] for o in orang)
    assert hitung.cacat["unit-hilang"] == sum(k["unor_id"] == "\\N" for k in kursi)


def test_the_same_seed_gives_the_same_people_and_another_seed_others(isi):
    assert penduduk()[0] == isi[0]
    assert penduduk(benih=2)[0] != isi[0]


def test_two_instansi_with_their_own_serials_share_no_nip(isi):
    lain = penduduk(seri=7, n_seri=3)[0]
    assert not {o["nip"] for o in isi[0]} & {o["nip"] for o in lain}


@given(st.integers(1, 995), st.integers(1, 5))
def test_a_birth_day_yields_as_many_nip_as_there_are_serials(awal, banyak):
    pabrik = Nip(awal, banyak)
    lahir = dt.date(1985, 5, 17).toordinal()
    semua = [pabrik.nip(lahir, "2010041") for _ in range(banyak + 1)]
    assert semua[-1] is None
    assert semua[:-1] == [f"198505172010041{awal + n:03}" for n in range(banyak)]


@pytest.mark.parametrize(("awal", "banyak"), [(0, 1), (999, 2)])
def test_serials_outside_001_to_999_are_refused(awal, banyak):
    with pytest.raises(ValueError, match="001 and 999"):
        Nip(awal, banyak)


def test_names_follow_the_region():
    assert (
        daerah_nama("51.02") == "bali" and daerah_nama("73.01") == "sulawesi" and daerah_nama(None) == "jawa"
    )
    rnd, bali = generator(1, "nama"), Penamaan("51")
    depan = Counter(bali.nama("L", rnd).split()[0] for _ in range(500))
    assert {"Wayan", "Made", "Ketut"} <= {n for n, _ in depan.most_common(20)}
