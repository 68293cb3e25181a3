"""The transition table and its guards, without a database."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.temuan import Temuan
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.tetapan import terms, thresholds
from petajabatan.usulan.rules import alur
from petajabatan.usulan.rules.alur import TABEL, Fakta, Isian, guard, transition_of

TANGGAL = dt.date(2026, 3, 2)
SURAT = Isian(surat=True, nomor="1", tanggal=TANGGAL, alasan="karena")
GALAT = Temuan("x", "galat", "x", "x")


def codes(tindakan: str, fakta: Fakta, isian: Isian = SURAT) -> list[str]:
    step = transition_of(tindakan, fakta.status)
    assert step is not None
    return [t.kode for t in guard(step, fakta, isian)]


def test_the_database_allows_the_same_pairs_of_states():
    sql = (Path(alur.__file__).parents[1] / "sql/0002_dinding.sql").read_text()
    pairs = set(re.findall(r"'(\w+)>(\w+)'", sql))
    ours = {(t.dari, t.ke) for t in TABEL if t.dari != t.ke}
    assert ours == pairs


def test_every_state_is_known_and_can_be_left_or_is_final():
    assert set(alur.STATUS) == set(Usulan.Status.values)
    assert {t.dari for t in TABEL} == set(alur.STATUS) - alur.AKHIR
    assert all(t.tindakan in alur.JUDUL for t in TABEL)
    assert len({(t.tindakan, t.dari) for t in TABEL}) == len(TABEL)


def test_every_right_is_held_by_some_role():
    for layanan in ("sotk", "infojab"):
        for step in TABEL:
            for right in alur.rights_of(step.tindakan, layanan, "sebagian", step.dari):
                assert roles_that_may(right), (step, right)


@pytest.mark.parametrize("step", [t for t in TABEL if t.alasan], ids=lambda t: f"{t.tindakan}-{t.dari}")
def test_sending_back_and_ending_want_a_reason(step):
    fakta = Fakta(step.dari, 1, n_operasi=1)
    assert "alasan-kosong" in [t.kode for t in guard(step, fakta, Isian(alasan="  "))]
    assert "alasan-kosong" not in [t.kode for t in guard(step, fakta, Isian(alasan="sebab"))]


@pytest.mark.parametrize("step", [t for t in TABEL if t.gerbang], ids=lambda t: f"{t.tindakan}-{t.dari}")
def test_a_gate_stops_an_empty_a_faulty_and_a_conflicting_draft(step):
    def found(**values):
        fakta = Fakta(step.dari, 1, **{"n_operasi": 1, "aktor": 1, "verifikator": 1} | values)
        return {t.kode for t in guard(step, fakta, SURAT)}

    assert "usulan-kosong" in found(n_operasi=0)
    assert "usulan-kosong" not in found(n_operasi=0, jenis="pembatalan")
    assert "x" in found(temuan_gerbang=(GALAT,))
    assert "konflik-terbuka" in found(n_konflik=2)
    assert not {"usulan-kosong", "x", "konflik-terbuka"} & found()


def test_a_stale_page_is_refused_and_a_missing_revision_is_not():
    fakta = Fakta("draf", 7, n_operasi=1)
    assert codes("ajukan-ke-penyetuju", fakta, Isian(revisi=6)) == ["usulan-sudah-berubah"]
    assert codes("ajukan-ke-penyetuju", fakta, Isian(revisi=7)) == []
    assert codes("ajukan-ke-penyetuju", fakta, Isian()) == []


def test_signing_wants_the_letter_its_number_and_its_date():
    fakta = Fakta("menunggu_persetujuan", 1, n_operasi=1)
    assert codes("tanda-tangani", fakta, Isian()) == [
        "surat-belum-ada",
        "nomor-surat-kosong",
        "tanggal-surat-kosong",
    ]
    assert codes("tanda-tangani", fakta) == []
    day = dt.date(2026, 3, 2)
    letter = Isian(surat=True, nomor="1", tanggal=day, hari=day)
    assert codes("tanda-tangani", fakta, letter) == []
    tomorrow = replace(letter, tanggal=day + dt.timedelta(days=1))
    assert codes("tanda-tangani", fakta, tomorrow) == ["tanggal-surat-mendatang"]


def test_requests_for_repair_must_be_answered_before_handing_over_again():
    assert codes("ajukan-ke-penyetuju", Fakta("perbaikan", 1, n_operasi=1, n_permintaan=2)) == [
        "perbaikan-belum-dijawab"
    ]


def test_only_the_holder_decides_and_another_one_lets_go_with_a_reason():
    other = Fakta("diverifikasi", 1, n_operasi=1, aktor=2, verifikator=1)
    holder = Fakta("diverifikasi", 1, n_operasi=1, aktor=1, verifikator=1)
    for tindakan in ("setujui", "tolak", "minta-perbaikan"):
        assert codes(tindakan, other) == ["bukan-pemeriksanya"]
        assert codes(tindakan, holder) == []
    assert codes("lepas", other, Isian()) == ["alasan-kosong"]
    assert codes("lepas", holder, Isian()) == []


def test_a_large_change_needs_somebody_else_s_eyes_too():
    values = {"n_operasi": 1, "aktor": 1, "verifikator": 1, "besar": ("120 operasi, batas 100",)}
    assert codes("setujui", Fakta("diverifikasi", 1, **values)) == ["perlu-mata-kedua"]
    assert codes("setujui", Fakta("diverifikasi", 1, **values, pemeriksa_kedua=frozenset({1}))) == [
        "perlu-mata-kedua"
    ]
    assert codes("setujui", Fakta("diverifikasi", 1, **values, pemeriksa_kedua=frozenset({2}))) == []
    assert codes("periksa-kedua", Fakta("diverifikasi", 1, **values)) == ["mata-kedua-orang-lain"]
    assert codes("periksa-kedua", Fakta("diverifikasi", 1, **values | {"aktor": 2})) == []


def test_a_part_of_a_bundle_is_published_only_with_all_others_approved():
    values = {"n_operasi": 1, "setuju_instansi": True, "setuju_bkn": True, "jenis": "lintas"}
    assert codes("tetapkan", Fakta("disetujui", 1, **values, lintas=(("B", "diverifikasi"),))) == [
        "bagian-belum-disetujui"
    ]
    assert codes("tetapkan", Fakta("disetujui", 1, **values, lintas=(("B", "disetujui"),))) == []
    assert alur.rights_of("tetapkan", "sotk", "lintas") == ("verifikasi",)
    assert alur.rights_of("tetapkan", "sotk", "sebagian") == ("tetapkan",)


def test_publishing_wants_both_signatures_in_effect():
    assert codes("tetapkan", Fakta("disetujui", 1, n_operasi=1, setuju_bkn=True)) == ["persetujuan-gugur"]
    assert codes("tetapkan", Fakta("disetujui", 1, n_operasi=1, setuju_instansi=True)) == [
        "persetujuan-gugur"
    ]


def test_a_wrong_state_is_explained():
    assert alur.refuse_state("ambil", Fakta("diverifikasi", 1)).kode == "sudah-diambil"
    assert alur.refuse_state("tarik", Fakta("diverifikasi", 1)).kode == "sudah-diambil"
    found = alur.refuse_state("setujui", Fakta("draf", 1))
    assert found.kode == "tindakan-tidak-berlaku"
    assert "Sedang diverifikasi" in found.kalimat


def test_terms_and_thresholds_are_dated_data_with_a_source():
    assert all(row.sumber for row in (*terms(), *thresholds()))
    assert {row.kunci for row in terms()} <= set(alur.STATUS)
    assert alur.due_date(terms(), "diajukan", TANGGAL) == TANGGAL + dt.timedelta(days=3)
    assert alur.due_date(terms(), "draf", TANGGAL) is None
    assert alur.due_date(terms(), "diajukan", dt.date(2020, 1, 1)) is None


def test_the_latest_figure_in_force_counts():
    rows = [
        alur.Tetapan(dt.date(2026, 1, 1), "operasi", 100, "x"),
        alur.Tetapan(dt.date(2027, 1, 1), "operasi", 10, "x"),
    ]
    assert alur.large_by(rows, TANGGAL, {"operasi": 100, "unit": 9}) == ()
    assert alur.large_by(rows, TANGGAL, {"operasi": 101}) == ("101 operasi, batas 100",)
    assert alur.large_by(rows, dt.date(2027, 1, 1), {"operasi": 11}) == ("11 operasi, batas 10",)
