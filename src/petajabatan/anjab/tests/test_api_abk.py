"""ABK by API: sheets, calculating, reasons, recaps; by persona and scope."""

from __future__ import annotations

import pytest

from petajabatan.anjab.queries.abk_rekap import draft_recap
from petajabatan.anjab.services.abk import save_sheet
from petajabatan.usulan.models import Operasi, Usulan
from petajabatan.usulan.services import create_usulan
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.klien import Klien, machine, operator_machine, person

pytestmark = pytest.mark.django_db
BODY = {"baris": [{"uraian": "Menyusun laporan", "volume": "24", "norma": "4800"}]}


@pytest.fixture
def usulan(peta: Peta) -> Usulan:
    made = create_usulan(peta.operator, peta.instansi.pk, judul="Beban kerja", layanan="infojab")
    save_sheet(peta.operator, made.pk, peta.kotak.pk, BODY)
    return made


def test_a_sheet_of_the_draft_comes_calculated_and_explained(peta: Peta, usulan: Usulan) -> None:
    klien = person("operator")
    path = f"/usulan/{usulan.pk}/posisi/{peta.kotak.pk}/abk"
    sheet = klien("GET", path, expect=200).json()
    assert (sheet["ada"], sheet["jumlah"], sheet["k"], sheet["revisi"]) == (True, "1.5360", 2, 1)
    assert sheet["baris"][0]["kebutuhan"] == "1,5360"
    why = klien("GET", f"{path}/sebab", expect=200).json()
    assert why["k"] == 2 and why["langkah"][0]["hitungan"] == "24 × 4.800 menit ÷ 75.000 menit"
    assert all(step["sumber"] for step in why["langkah"])


def test_the_published_sheet_and_reason_are_open_to_readers_of_the_map(peta: Peta, usulan: Usulan) -> None:
    klien = machine("peta:baca", ("pemantau", "nasional", None))
    sheet = klien("GET", f"/posisi/{peta.kotak.pk}/abk", expect=200).json()
    assert (sheet["ada"], sheet["jumlah"], sheet["versi"]) == (False, None, 1)  # not published yet
    assert klien("GET", f"/posisi/{peta.kotak.pk}/abk/sebab", expect=200).json()["k"] == 3
    klien("GET", "/posisi/999999999/abk", expect=404)
    klien("GET", f"/posisi/{peta.kotak.pk}/abk", versi=99, expect=404)


def test_calculating_stores_nothing_and_reads_what_people_write(peta: Peta, usulan: Usulan) -> None:
    klien = operator_machine(peta)
    path = f"/usulan/{usulan.pk}/posisi/{peta.kotak.pk}/abk/hitung"
    before = Operasi.objects.count()
    rows = [
        {"uraian": "Menyusun", "volume": "1.250,5", "norma": "60"},
        {"uraian": "Menilai", "volume": "12/3", "norma": "60"},
    ]
    answer = klien("POST", path, {"baris": rows, "andai": {"volume": "2"}}, expect=200).json()
    assert answer["baris"][0]["volume"] == "1250.5" and answer["baris"][1]["mentah"] == {"volume": "12/3"}
    assert answer["jumlah"] is None and answer["k"] is None
    assert ("abk-bukan-angka", 2, "volume") in {(t["kode"], t["baris"], t["kolom"]) for t in answer["temuan"]}
    assert Operasi.objects.count() == before
    klien("POST", path, {"baris": rows * 200}, expect=422)
    klien("POST", path, {"baris": [{"pendekatan": "lain"}]}, expect=422)


@pytest.mark.parametrize("menurut", ["unit", "jabatan"])
def test_recaps_come_page_by_page_and_add_up(peta: Peta, usulan: Usulan, menurut: str) -> None:
    klien = person("operator")
    path = f"/usulan/{usulan.pk}/abk/rekap"
    rows, kursor = [], None
    for _ in range(20):
        more = {"kursor": kursor} if kursor else {}
        page = klien("GET", path, menurut=menurut, batas=1, expect=200, **more).json()
        rows += page["isi"]
        kursor = page["berikutnya"]
        if not kursor:
            break
    total = page["total"]
    assert total["jumlah"] == "1.5360" and total["kotak"] == sum(r["kotak"] for r in rows)
    assert (total["k"], total["b"]) == (sum(r["k"] for r in rows), sum(r["b"] for r in rows))
    published = klien("GET", f"/instansi/{peta.instansi.pk}/abk/rekap", menurut=menurut, expect=200).json()
    assert published["total"]["jumlah"] is None and published["total"]["tanpa_abk"] == total["kotak"]
    klien("GET", f"/instansi/{peta.instansi.pk}/abk/rekap", versi=9, expect=404)
    klien("GET", path, kursor="bukan-kursor", expect=400)
    rekap = draft_recap(usulan)
    for unor in (None, peta.bidang.pk, 999_999_999):
        boxes = rekap.branch(unor)
        lines = rekap.per_unit(boxes) if menurut == "unit" else rekap.per_jabatan(boxes)
        page = klien("GET", path, menurut=menurut, expect=200, **({"unor": unor} if unor else {})).json()
        assert [(r["nama"], r["kotak"], r["k"], r["b"], r["tanpa_abk"]) for r in page["isi"]] == [
            (r.nama, r.kotak, r.k, r.b, r.tanpa_abk) for r in lines
        ]
        assert page["total"]["kotak"] == len(boxes)


def test_drafts_stay_behind_the_wall_and_the_scope(peta: Peta, usulan: Usulan) -> None:
    paths = [
        f"/usulan/{usulan.pk}/posisi/{peta.kotak.pk}/abk",
        f"/usulan/{usulan.pk}/posisi/{peta.kotak.pk}/abk/sebab",
        f"/usulan/{usulan.pk}/abk/rekap",
    ]
    narrow = operator_machine(peta, "peta:baca")
    outside = machine("usulan:baca", ("instansi-operator-sotk", "instansi", 1))
    for path in paths:
        narrow("GET", path, expect=403)
        outside("GET", path, expect=404)
        Klien()("GET", path, expect=401)
    hitung = f"{paths[0]}/hitung"
    narrow("POST", hitung, BODY, expect=403)
    outside("POST", hitung, BODY, expect=404)
