"""Who takes the seats of a unit that goes, and what a new unit brings along: on a small map in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from petajabatan.inti.temuan import Temuan
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.rules.cek import jalankan
from petajabatan.usulan.rules.jejak import affected
from petajabatan.usulan.rules.majemuk import pimpinan_lebur, urai
from petajabatan.usulan.rules.pandangan import PetaDraf, posisi_of
from petajabatan.usulan.rules.terapkan import terapkan
from petajabatan.usulan.tests.peta_uji import (
    BIDANG,
    BIDANG_LAIN,
    DINAS,
    SEKSI,
    SEKSI_ASET,
    STAF,
    Peta,
    u,
)

KEPALA, KEPALA_LAIN, KEPALA_SEKSI = 100 * BIDANG, 100 * BIDANG_LAIN, 100 * SEKSI


def carry_out(view: PetaDraf, whole: Any) -> list[Temuan]:
    """What the operation has to say; the first refusal ends it."""
    ids: Iterator[int] = iter(range(5000, 6000))
    said: list[Temuan] = []
    for part in urai(view, whole, lambda _kind: next(ids)):
        result = terapkan(view, part)
        said += result.temuan
        if result.ditolak:
            break
        view.take(result.perubahan)
    return said


def heirs(view: PetaDraf, posisi_id: int) -> tuple[int, ...]:
    return view.keadaan("posisi", [posisi_id])[posisi_id].penerus


def test_people_of_a_head_go_to_the_box_named_for_them() -> None:
    view = Peta(orang={KEPALA: 1, STAF: 2}).bangun()
    done = carry_out(
        view, op.GabungUnor(unor_id=(BIDANG,), menjadi=BIDANG_LAIN, penerus_posisi={KEPALA: KEPALA_LAIN})
    )
    assert heirs(view, KEPALA) == (KEPALA_LAIN,)
    assert [t.kode for t in done] == []


def test_a_head_without_a_successor_leaves_its_people_without_a_seat_and_that_is_told() -> None:
    view = Peta(orang={KEPALA: 1}).bangun()
    told = carry_out(view, op.GabungUnor(unor_id=(BIDANG,), menjadi=BIDANG_LAIN))
    assert heirs(view, KEPALA) == ()
    assert [(t.kode, t.tingkat) for t in told] == [("orang-tanpa-kursi", "peringatan")]
    assert told[0].kalimat.startswith("1 orang tanpa kursi: Kepala Bidang Anggaran")
    assert carry_out(Peta().bangun(), op.GabungUnor(unor_id=(BIDANG,), menjadi=BIDANG_LAIN)) == []


def test_a_successor_that_went_into_its_twin_means_the_twin() -> None:
    view = Peta(orang={KEPALA: 1}).bangun()
    carry_out(view, op.GabungUnor(unor_id=(BIDANG,), menjadi=BIDANG_LAIN, penerus_posisi={KEPALA: STAF}))
    twin = 100 * BIDANG_LAIN + 1
    assert posisi_of(view, STAF) is None and heirs(view, KEPALA) == heirs(view, STAF) == (twin,)


def test_heads_below_that_meet_a_namesake_are_asked_for_too() -> None:
    view = Peta(draf=(u(SEKSI_ASET, nama="Seksi Penganggaran"),), orang={KEPALA_SEKSI: 1}).bangun()
    gone = {box.id: [b.id for b in takers] for box, takers in pimpinan_lebur(view, BIDANG, BIDANG_LAIN)}
    assert gone == {  # the staff of both sides is alike and becomes one box
        KEPALA: [KEPALA_LAIN, KEPALA_LAIN + 1],
        KEPALA_SEKSI: [100 * SEKSI_ASET, 100 * SEKSI_ASET + 1],
    }
    named = {KEPALA_SEKSI: 100 * SEKSI_ASET}
    carry_out(view, op.GabungUnor(unor_id=(BIDANG,), menjadi=BIDANG_LAIN, penerus_posisi=named))
    assert heirs(view, KEPALA_SEKSI) == (100 * SEKSI_ASET,)
    assert [box.id for box, _ in pimpinan_lebur(Peta().bangun(), BIDANG, BIDANG_LAIN)] == [KEPALA]


@pytest.mark.parametrize(
    ("named", "kode"),
    [
        ({KEPALA_SEKSI: KEPALA_LAIN}, "jabatan-bukan-milik-unit"),  # its unit goes over whole
        ({KEPALA: 999_999}, "penerus-jabatan-tidak-ada"),
        ({KEPALA: KEPALA}, "penerus-jabatan-tidak-ada"),
    ],
)
def test_successors_that_make_no_sense_are_refused(named: dict[int, int | None], kode: str) -> None:
    told = carry_out(
        Peta().bangun(), op.GabungUnor(unor_id=(BIDANG,), menjadi=BIDANG_LAIN, penerus_posisi=named)
    )
    assert kode in {t.kode for t in told if t.tingkat == "galat"}


def _new(**more: Any) -> op.TambahUnor:
    values: dict[str, Any] = {"id": 500, "atasan_id": DINAS, "nama": "Bidang Data", "dasar_hukum_id": 1}
    values |= {"nama_jabatan": "Kepala Bidang Data", "eselon": "32", "pasal": "9"} | more
    return op.TambahUnor(**values)


@pytest.mark.parametrize(("kelas", "found"), [(11, False), (None, True)])
def test_a_new_unit_whose_head_has_a_kelas_starts_without_a_warning_about_it(
    kelas: int | None, found: bool
) -> None:
    view = Peta().bangun()
    assert carry_out(view, _new(kelas_kepala=kelas)) == []
    assert [box.kelas for box in view.kotak([500])[500]] == [kelas]
    said = jalankan(view, affected(view, view.perubahan()), view.dasar())
    assert ("kelas-kosong" in {t.temuan.kode for t in said}) is found


@pytest.mark.parametrize("missing", [{"eselon": None}, {"nama_jabatan": ""}, {"kepala": False}])
def test_a_kelas_for_a_head_that_is_not_made_is_refused_at_its_field(missing: dict[str, Any]) -> None:
    (told,) = carry_out(Peta().bangun(), _new(kelas_kepala=11, **missing))
    assert (told.kode, told.kolom) == ("kelas-tanpa-pimpinan", "kelas_kepala")


def test_the_unit_of_a_new_name_keeps_the_kelas_of_its_head() -> None:
    view = Peta(orang={KEPALA: 1}).bangun()
    assert carry_out(view, op.GantiNama(id=500, unor_id=BIDANG, nama="Bidang Perbendaharaan")) == []
    (head, *_rest) = view.kotak([500])[500]
    assert (head.kepala, head.kelas) == (True, 11)
    assert heirs(view, KEPALA) == (head.id,)
