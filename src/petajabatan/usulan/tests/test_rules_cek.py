"""Every check finds its fault, lets the near case pass, and says what to do."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from petajabatan.usulan.dokumen_cek import halaman
from petajabatan.usulan.rules.cek import SEMUA_CEK, jalankan
from petajabatan.usulan.rules.cek.dasar import Cek, cek
from petajabatan.usulan.rules.objek import Kunci
from petajabatan.usulan.rules.operasi import UbahK
from petajabatan.usulan.rules.pandangan import PetaDraf
from petajabatan.usulan.rules.ringkas import ringkas
from petajabatan.usulan.tests.kasus_cek import KASUS
from petajabatan.usulan.tests.peta_uji import ACUAN, STAF, Peta, p


def semua(view: PetaDraf) -> list[Kunci]:
    units = [("unor", unit.id) for unit in view.units()]
    return [*units, *(("posisi", box.id) for box in view.boxes()), *view.disentuh()]  # type: ignore[list-item]


def temuan(peta: Peta) -> dict[str, list[Any]]:
    view = peta.bangun()
    found: dict[str, list[Any]] = {}
    for row in jalankan(view, semua(view), view.dasar()):
        found.setdefault(row.temuan.kode, []).append(row)
    return found


def test_the_sound_map_has_no_finding_at_all() -> None:
    assert temuan(Peta()) == {}


@pytest.mark.parametrize("kode", SEMUA_CEK)
def test_a_check_finds_its_fault_and_lets_the_near_case_pass(kode: str) -> None:
    assert kode in KASUS, f"the check {kode} has no cases"
    failing, passing = KASUS[kode]
    found = temuan(failing).get(kode, [])
    assert found, f"{kode} does not find its failing case: {sorted(temuan(failing))}"
    assert kode not in temuan(passing), [t.temuan.kalimat for t in temuan(passing)[kode]]
    for row in found:
        said = row.temuan
        assert said.tingkat == SEMUA_CEK[kode].tingkat and said.tempat and said.perbaikan.endswith(".")
        assert said.kalimat.endswith((".", "…")) and "None" not in said.kalimat


def test_numbers_in_sentences_have_their_points_and_values_stay_as_they_are() -> None:
    found = temuan(Peta(draf=(p(STAF, k=5000),), orang={STAF: 12345}))
    said = {kode: (found[kode][0].temuan.kalimat, found[kode][0].temuan.nilai) for kode in found}
    assert "K 5.000, padahal 12.345 pegawai" in said["k-di-bawah-b"][0] and said["k-di-bawah-b"][1] == "5000"
    assert "K 5.000, lebih dari 200." in said["k-terlalu-besar"][0]
    assert "menjadi 5.000." in said["k-berubah-tajam"][0] and said["k-berubah-tajam"][1] == "3→5000"


def test_an_operation_tells_numbers_with_their_points() -> None:
    assert ringkas(Peta().bangun(), UbahK(posisi_id=STAF, k=5000)).endswith(": 3 → 5.000")


def test_no_case_belongs_to_a_check_that_is_gone() -> None:
    assert KASUS.keys() <= SEMUA_CEK.keys()


@pytest.mark.parametrize("kode", [k for k, c in SEMUA_CEK.items() if c.tingkat == "galat"])
def test_a_galat_that_the_published_map_has_too_is_brought_along(kode: str) -> None:
    """What stops a gate stops it only where the draft brings it in."""
    view = KASUS[kode][0].bangun()
    fresh = [t for t in jalankan(view, semua(view), view.dasar()) if t.temuan.kode == kode]
    assert fresh and not any(t.bawaan for t in fresh)
    people = {"orang": view._people, "orang_unor": view._people_unit, "kode": view._codes}
    published = PetaDraf(1, view.units(), view.boxes(), ACUAN, isian=view.sections(), **people)
    again = jalankan(published, semua(published), published.dasar())
    assert all(t.bawaan for t in again)


def test_every_check_says_what_why_on_which_source_and_what_to_do() -> None:
    for check in SEMUA_CEK.values():
        for text in (check.apa, check.sebab, check.perbaikan, check.contoh):
            assert text[0].isupper() or text[0] in "“0123456789", check.kode
            assert text.endswith((".", "”")) and "  " not in text, (check.kode, text)
        assert check.sumber and check.judul and check.fungsi.__doc__, check.kode
    assert len({c.judul for c in SEMUA_CEK.values()}) == len(SEMUA_CEK)


def test_a_code_is_registered_once() -> None:
    taken: Cek = next(iter(SEMUA_CEK.values()))
    texts = {"apa": "A.", "sebab": "B.", "sumber": "C", "perbaikan": "D.", "contoh": "E."}
    with pytest.raises(ValueError, match=taken.kode):
        cek(taken.kode, "x", "galat", "unor", **texts)(taken.fungsi)


def test_without_a_limit_in_force_a_check_is_silent() -> None:
    view = KASUS["k-terlalu-besar"][0].bangun()
    view.acuan = replace(ACUAN, kebijakan={})
    assert "k-terlalu-besar" not in {t.temuan.kode for t in jalankan(view, semua(view))}


def test_the_documentation_is_what_the_registry_says() -> None:
    """docs/usulan-cek.md: python -m petajabatan.usulan.dokumen_cek > docs/usulan-cek.md"""
    page = Path(__file__).resolve().parents[4] / "docs" / "usulan-cek.md"
    text = page.read_text(encoding="utf-8")
    for check in SEMUA_CEK.values():
        assert f"({check.kode})=" in text, check.kode
    assert text == halaman()


def test_every_limit_a_check_asks_for_is_in_the_table() -> None:
    sources = "".join(inspect.getsource(check.fungsi) for check in SEMUA_CEK.values())
    asked = set(re.findall(r'batas\("(\w+)"\)', sources))
    assert asked == set(ACUAN.kebijakan)


@pytest.mark.parametrize("kode", ["pegawai-tanpa-penerus", "nama-saudara-ganda", "k-berubah-tajam"])
def test_the_galat_alone_are_the_galat_of_all(kode: str) -> None:
    view = KASUS[kode][0].bangun()
    base, keys = view.dasar(), semua(view)
    errors = [row for row in jalankan(view, keys, base) if row.temuan.tingkat == "galat"]
    assert jalankan(view, keys, base, "galat") == errors
