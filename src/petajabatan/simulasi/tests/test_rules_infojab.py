"""Skeletons of informasi jabatan and ABK sheets: sound, invented, and never against the map."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petajabatan.jabatan.data_abk import abk_reference, ikhtisar_markers, infojab_fields, working_times
from petajabatan.jabatan.rules.abk.lembar import compute_sheet
from petajabatan.jabatan.rules.ikhtisar import check_ikhtisar
from petajabatan.jabatan.rules.isian import isian_of, tidy
from petajabatan.simulasi.rules.data import baris, sebaran
from petajabatan.simulasi.rules.infojab import MENIT_SETAHUN, TUGAS_MIN, WAKTU, Isian, Penjelas, golongan
from petajabatan.simulasi.rules.pemda import susun_pemda
from petajabatan.simulasi.tests.contoh import bahan, rujukan

HARI = dt.date(2026, 11, 28)
ACUAN = abk_reference(HARI)


def described(benih: int = 1) -> tuple[Penjelas, list[Isian], dict[int, object]]:
    material = bahan("KAB", 40)
    units = susun_pemda(material, rujukan(), benih, 1.0)
    ids, n = [], 0
    for u in units:
        ids.append(range(1000 + n, 1000 + n + len(u.kotak)))
        n += len(u.kotak)
    made = Penjelas(material.id_siasn, 1000, benih)
    made.pilih(units)
    boxes = {
        key: box for u, keys in zip(units, ids, strict=True) for key, box in zip(keys, u.kotak, strict=True)
    }
    return made, list(made.isian(units, ids)), boxes


def test_the_norm_of_working_time_is_the_one_the_product_knows():
    (known,) = (w for w in working_times() if w.kode == WAKTU)
    assert known.menit_setahun == MENIT_SETAHUN


def test_every_sheet_gives_the_need_of_its_box_without_an_error():
    made, sections, boxes = described()
    sheets = [s for s in sections if s.bagian == "abk"]
    assert len(sheets) == made.n_lembar > 10
    for s in sheets:
        box = boxes[s.posisi_id]
        result = compute_sheet(s.isi, box.jenis, ACUAN)
        assert result.k == box.k and box.jenis == "pelaksana" and not box.kepala
        assert not [t for t in result.temuan if t.tingkat == "galat"]
        tasks = {row["tugas"] for row in s.isi["baris"]}
        assert tasks == {number for number, _ in made.kerangka[box.jabatan_id].tugas}


@given(k=st.integers(1, 400), benih=st.integers(0, 10**6))
def test_a_sheet_rounds_to_the_need_it_was_made_for(k, benih):
    maker = Penjelas("X", 0, benih)
    for row in baris("tugas_jabatan"):
        tasks = tuple(enumerate(golongan(row["awalan"].split(";")[0]).tugas, 1))
        assert compute_sheet(maker.lembar(k, tasks), "pelaksana", ACUAN).k == k


def test_what_is_written_is_what_an_editor_would_store():
    _, sections, _ = described()
    fields = infojab_fields(HARI)
    for s in sections:
        clean = tidy(s.bagian, s.isi, fields)
        assert clean.isi == s.isi and not clean.temuan, s
        owner = s.posisi_id if s.bagian == "abk" else s.infojab_id
        assert isian_of(s.isian_id) == (owner, s.bagian)
    assert len({s.isian_id for s in sections}) == len(sections)


def test_an_ikhtisar_tells_what_how_and_why():
    made, _, _ = described()
    for one in made.kerangka.values():
        found = check_ikhtisar(one.isi["ikhtisar"]["ikhtisar"], ikhtisar_markers())
        assert found.lengkap, one.isi["ikhtisar"]
        assert one.isi["identitas"]["nama_jabatan"] in found.apa
        assert TUGAS_MIN <= len(one.isi["tugas_pokok"]["tugas_pokok"]) <= 7


def test_about_the_stated_share_is_described_and_the_same_seed_describes_the_same():
    made, sections, boxes = described()
    jabatan = {box.jabatan_id for box in boxes.values() if box.jabatan_id is not None}
    assert abs(len(made.kerangka) / len(jabatan) - sebaran()["infojab"]) < 0.15
    assert described()[1] == sections and described(2)[1] != sections


@pytest.mark.parametrize("nama", ["Perawat Ahli Muda", "Bidan Terampil", "Guru Ahli Pertama", "Entah Apa"])
def test_every_jabatan_has_a_kind_of_work(nama):
    assert len(golongan(nama).tugas) >= TUGAS_MIN
    assert (golongan(nama) == golongan("Radiografer Mahir")) == (nama.split()[0] in ("Perawat", "Bidan"))
