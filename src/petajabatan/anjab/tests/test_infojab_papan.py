"""Completeness counted short (lists) and long (editor), the board of a draft and of a version."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from petajabatan.anjab.queries.infojab_angka import figures_of, summary_of_draft
from petajabatan.anjab.queries.infojab_nilai import fields_today, scores_of
from petajabatan.anjab.queries.infojab_papan import board_of, with_choices
from petajabatan.anjab.queries.infojab_peta import Sudut, boxes, view_of
from petajabatan.anjab.queries.infojab_rinci import detail_as_of, detail_of_draft
from petajabatan.anjab.rules.infojab_lengkap import (
    empty_scores,
    score_box,
    score_section,
    score_sheet,
)
from petajabatan.anjab.tests.infojab_uji import LEMBAR, LENGKAP, draft, publish, write
from petajabatan.testing.factories import make_posisi
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules.operasi import TulisIsian, UbahK
from petajabatan.usulan.services import add_operations
from petajabatan.usulan.tests.conftest import Peta, make_peta

pytestmark = pytest.mark.django_db


def score(isi, lembar=None, *, kelas=7, kepala=False):
    fields = fields_today()
    parts = {code: score_section(code, content, fields) for code, content in isi.items()}
    return score_box(parts, score_sheet(lembar), empty_scores(fields), kelas=kelas, kepala=kepala)


def test_a_written_informasi_jabatan_with_its_sheet_lacks_nothing() -> None:
    done = score(LENGKAP, LEMBAR)
    assert done.penuh and done.persen == 100


def test_tasks_without_volume_and_time_are_not_complete_except_for_a_head() -> None:
    assert "tugas_pokok" not in score(LENGKAP).lengkap
    part = {"baris": LEMBAR["baris"][:1]}
    assert "tugas_pokok" not in score(LENGKAP, part).lengkap
    assert "tugas_pokok" in score(LENGKAP, kepala=True).lengkap
    assert "tugas_pokok" in score(LENGKAP, {"dari": "rekomendasi", "rekomendasi": {"k": 3}}).lengkap


def test_a_sheet_that_names_no_task_numbers_is_matched_by_its_words() -> None:
    rows = [{k: v for k, v in row.items() if k != "tugas"} for row in LEMBAR["baris"]]
    rows[0]["uraian"] = "MENERIMA  surat masuk"
    assert score(LENGKAP, {"baris": rows}).penuh


def test_a_missing_class_is_a_gap() -> None:
    assert "kelas" not in score(LENGKAP, LEMBAR, kelas=None).lengkap


@pytest.mark.parametrize("left_out", sorted(LENGKAP))
def test_the_short_count_is_that_of_the_editor(peta: Peta, left_out: str) -> None:
    usulan = draft(peta)
    some = {code: isi for code, isi in LENGKAP.items() if code != left_out}
    key = write(peta, usulan, **some)
    view = view_of(Usulan.objects.get(pk=usulan.pk))
    long = detail_of_draft(view, key).kelengkapan
    short = scores_of(view, list(boxes(view, [peta.kotak.pk]).values()))[peta.kotak.pk]
    assert short.persen == long.persen
    assert short.terisi == sum(part.terisi for part in long.bagian)


def test_the_board_adds_up_what_is_below_and_goes_from_red_to_green(peta: Peta) -> None:
    usulan = draft(peta)
    view = view_of(usulan)
    before = board_of(view, None)
    assert (before.rekap.kotak, before.rekap.ada, before.rekap.keadaan) == (6, 0, "belum")
    write(peta, usulan)
    board = board_of(view, peta.bidang.pk)
    assert (board.rekap.kotak, board.rekap.ada, board.rekap.lengkap) == (3, 1, 1)
    assert board.rekap.keadaan == "berjalan" and board.sendiri.kotak == 2
    assert {row.kotak.id: row.keadaan for row in board.kotak} == {
        peta.kepala.pk: "belum", peta.kotak.pk: "lengkap",
    }  # fmt: skip
    assert dict(board.bagian)["Ikhtisar jabatan"] == 1
    assert [unit.nama for unit in board.jalur] == ["Dinas Uji"]
    assert [row.kotak.id for row in board_of(view, None, "lengkap", bawah=True).kotak] == [peta.kotak.pk]


def test_the_board_of_a_version_shows_what_was_published(peta: Peta) -> None:
    usulan = draft(peta)
    key = write(peta, usulan)
    publish(peta, usulan)
    assert board_of(Sudut(peta.instansi.pk, 1), None).rekap.ada == 0
    board = board_of(Sudut(peta.instansi.pk, 2), peta.bidang.pk)
    assert board.rekap.lengkap == 1
    assert detail_as_of(Sudut(peta.instansi.pk, 2), key).kelengkapan.lengkap


def test_a_later_edit_is_counted_anew(peta: Peta) -> None:
    usulan = draft(peta)
    key = write(peta, usulan)
    view = view_of(usulan)
    assert board_of(view, None).rekap.lengkap == 1
    add_operations(peta.operator, usulan.pk, [TulisIsian(infojab_id=key, bagian="prestasi", isi=None)])
    assert board_of(view, None).rekap.lengkap == 0


def test_a_box_for_which_nobody_is_needed_is_left_out_and_told(peta: Peta) -> None:
    usulan = draft(peta)
    add_operations(peta.operator, usulan.pk, [UbahK(posisi_id=peta.kotak.pk, k=0)])
    board = board_of(view_of(usulan), peta.bidang.pk)
    assert (board.rekap.kotak, board.diam) == (2, 1)


def test_a_bare_box_is_told_how_many_informasi_jabatan_of_its_jabatan_there_are(peta: Peta) -> None:
    usulan = draft(peta)
    write(peta, usulan)
    board = board_of(view_of(usulan), peta.bidang_lain.pk)
    rows = {row.kotak.id: row.sama for row in with_choices(view_of(usulan), board.kotak)}
    assert rows[peta.kotak_lain.pk] == 1 and 0 in rows.values()


def test_the_summary_of_a_draft_counts_what_it_touches(peta: Peta) -> None:
    usulan = draft(peta)
    assert summary_of_draft(view_of(usulan)).kotak == 0
    write(peta, usulan)
    write(peta, usulan, posisi=peta.kotak_lain.pk, prestasi={"prestasi": "Baik"})
    total = summary_of_draft(view_of(usulan))
    assert (total.kotak, total.lengkap) == (2, 1)


def test_a_unit_of_another_map_is_not_found(peta: Peta) -> None:
    with pytest.raises(Http404):
        board_of(view_of(draft(peta)), 999_999)


def test_the_number_of_statements_depends_on_neither_boxes_nor_sections(peta: Peta) -> None:
    usulan = draft(peta)
    write(peta, usulan)
    first, again = [], []
    for n in (0, 30):
        for i in range(n):
            make_posisi(
                peta.bidang, f"Jabatan {i}", jenis="pelaksana", jabatan=peta.jabatan_lain, k=1, urutan=i + 5
            )
        cache.clear()  # the map of a version does not change but in tests
        for counts in (first, again):
            with CaptureQueriesContext(connection) as seen:
                board = board_of(view_of(usulan), peta.bidang.pk)
                assert len(list(board.kotak)) == 2 + n
            counts.append(len(seen))
        assert board.rekap.kotak == 3 + n
    assert first[1] <= first[0] and again[1] <= again[0] <= 30


def test_figures_that_are_kept_cost_no_statement(transactional_db: None) -> None:
    peta = make_peta()
    usulan = draft(peta)
    write(peta, usulan)
    view = view_of(Usulan.objects.get(pk=usulan.pk))
    figures_of(view)
    with CaptureQueriesContext(connection) as seen:
        board = board_of(view, None)
    assert len(seen) == 2 and board.rekap.ada == 1  # whether units move; names
    write(peta, usulan, posisi=peta.kotak_lain.pk)
    assert board_of(view_of(Usulan.objects.get(pk=usulan.pk)), None).rekap.ada == 2
