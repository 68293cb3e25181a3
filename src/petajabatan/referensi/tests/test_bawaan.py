"""What the product ships."""

from __future__ import annotations

import itertools

import pytest

from petajabatan.inti.actor import sistem
from petajabatan.referensi.models import (
    AturanBUP,
    Eselon,
    FaktorKelas,
    GajiPokok,
    Golongan,
    ImporReferensi,
    Jenjang,
    KodeSyarat,
    NilaiKelas,
    RentangKelas,
    Tunjangan,
    UrusanPemerintahan,
)
from petajabatan.referensi.services import load_shipped

ACTOR = sistem("uji")


@pytest.fixture(autouse=True)
def _loaded(db: None) -> None:
    load_shipped(ACTOR)


def test_the_lists_have_the_rows_the_regulations_have() -> None:
    groups = list(UrusanPemerintahan.objects.values_list("kelompok", flat=True))
    assert [groups.count(g) for g in ("wajib-dasar", "wajib-nondasar", "pilihan")] == [6, 18, 8]
    assert Golongan.objects.filter(jenis="PNS").count() == Golongan.objects.filter(jenis="PPPK").count() == 17
    assert KodeSyarat.objects.count() == 77 and FaktorKelas.objects.count() == 78
    assert Eselon.objects.get(kode="22").jabatan_asn == "JPT PRATAMA"
    assert Jenjang.objects.get(kode="MA").koefisien_ak == 37.5
    assert Jenjang.objects.get(kode="PELAKSANA").koefisien_ak is None


def test_salary_tables_are_complete_and_agree_with_each_other() -> None:
    pns = dict(GajiPokok.objects.filter(jenis="PNS").order_by("id").values_list("id", "rupiah"))
    pppk = dict(GajiPokok.objects.filter(jenis="PPPK").order_by("id").values_list("id", "rupiah"))
    assert len(pns) == len(pppk) == 272
    for a, b in zip(pns.values(), pppk.values(), strict=True):
        assert abs(b / a - 1.15) < 0.0001
    cell = GajiPokok.objects.get(jenis="PNS", golongan="III/a", mkg=0)
    assert cell.rupiah == 2_785_700 and cell.sumber == "PP 5/2024" and str(cell.berlaku_dari) == "2024-01-01"
    assert GajiPokok.objects.get(jenis="PPPK", golongan="XVII", mkg=32).rupiah == 7_329_000
    assert Tunjangan.objects.get(jenis="struktural", kunci="II.b").rupiah == 2_025_000
    assert Tunjangan.objects.get(jenis="tukin", kunci="BKN 12").rupiah == 9_896_000


def test_classes_cover_every_reachable_score_without_overlap() -> None:
    rows = list(NilaiKelas.objects.order_by("kelas"))
    assert [r.kelas for r in rows] == list(range(1, 18))
    for lower, upper in itertools.pairwise(rows):
        assert lower.nilai_maks is not None and upper.nilai_min == lower.nilai_maks + 5
    assert rows[0].nilai_min == 190 and rows[-1].nilai_maks is None
    lowest: dict[tuple[str, str], int] = {}
    for f in FaktorKelas.objects.filter(jenis="fungsional"):
        lowest[f.jenis, f.faktor] = min(lowest.get((f.jenis, f.faktor), 9999), f.nilai)
    assert sum(lowest.values()) == 190, "all factors at their lowest level are the floor of kelas 1"


def test_the_most_specific_retirement_age_is_there_for_every_jenjang() -> None:
    ages = {r.jenjang_id: r.usia for r in AturanBUP.objects.filter(kelompok_nama="")}
    assert set(ages) == set(Jenjang.objects.exclude(kode="XX").values_list("kode", flat=True))
    assert (ages["UT"], ages["MA"], ages["MU"], ages["PELAKSANA"]) == (65, 60, 58, 58)
    assert AturanBUP.objects.get(kelompok_nama="Guru").usia == 60


def test_every_row_names_its_source_and_habits_are_marked_as_such() -> None:
    for model in (
        AturanBUP,
        Eselon,
        FaktorKelas,
        GajiPokok,
        Golongan,
        Jenjang,
        KodeSyarat,
        NilaiKelas,
        Tunjangan,
    ):
        assert not model.objects.filter(sumber="").exists()
    assert not RentangKelas.objects.exclude(sumber__contains="kebiasaan").exists()


def test_loading_again_does_nothing() -> None:
    before = ImporReferensi.objects.count()
    report = load_shipped(ACTOR)
    assert all(row.sudah for row in report.berkas) and ImporReferensi.objects.count() == before


def test_what_an_import_corrected_stays_corrected() -> None:
    KodeSyarat.objects.filter(kode="G").update(deskripsi="dari impor", sumber="impor")
    Golongan.objects.filter(kode="11").update(pangkat="Juru Muda (impor)", sumber="impor")
    Golongan.objects.filter(kode="12").update(pangkat="salah")
    ImporReferensi.objects.filter(bawaan=True).update(sidik="berkas bawaan lama")
    report = load_shipped(ACTOR)
    assert report.total()["berubah"] == 1
    assert Golongan.objects.get(kode="11").pangkat == "Juru Muda (impor)"
    assert Golongan.objects.get(kode="12").pangkat == "Juru Muda Tingkat I"
    assert KodeSyarat.objects.get(kelompok="bakat", kode="G").deskripsi == "dari impor"
