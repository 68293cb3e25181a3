"""The board read from kept figures is the board counted over all boxes, of a version and of a draft."""

from __future__ import annotations

import random
from typing import Any
from unittest.mock import patch

import pytest
from django.core.paginator import Paginator
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from petajabatan.anjab.queries.infojab_angka import figures_of, summary_of_draft
from petajabatan.anjab.queries.infojab_nilai import fields_today, needed_when_empty
from petajabatan.anjab.queries.infojab_papan import SARINGAN, board_of, missing_boxes, with_choices
from petajabatan.anjab.queries.infojab_peta import Sudut, path_of, user_of, users_of, view_of
from petajabatan.anjab.queries.infojab_rinci import DaftarPemakai
from petajabatan.anjab.queries.tukar import (
    Cakupan,
    Sumber,
    boxes_of_scope,
    count_of_scope,
    draft_source,
    offered_units,
    published_source,
    walk,
)
from petajabatan.anjab.rules.infojab_lengkap import (
    DIHITUNG,
    NilaiKotak,
    Rekap,
    empty_scores,
    name_of,
    score_box,
    score_section,
    score_sheet,
    sections_complete,
)
from petajabatan.anjab.tests.infojab_uji import LEMBAR, LENGKAP, publish
from petajabatan.jabatan.rules.isian import DICETAK
from petajabatan.testing.factories import make_posisi, make_unor
from petajabatan.testing.personas import PASSWORD
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules.operasi import (
    BuatInfojab,
    HapusPosisi,
    HapusUnor,
    KoreksiNama,
    PindahPosisi,
    PindahUnor,
    TambahPosisi,
    TambahUnor,
    TulisIsian,
    UbahInfojab,
    UbahK,
    UbahKelas,
)
from petajabatan.usulan.services import add_operations, create_usulan
from petajabatan.usulan.tests.conftest import Peta

pytestmark = pytest.mark.django_db


class Hitungan:
    """Everything counted over all boxes of a source, one by one."""

    def __init__(self, source: Sumber) -> None:
        fields = fields_today()
        empty = empty_scores(fields)
        self.unit = {unit.id: unit for unit, _path in walk(source.view)}
        self.kotak = {
            key: sorted(source.view.kotak([key])[key], key=lambda b: (not b.kepala, b.urutan, b.id))
            for key in self.unit
        }
        boxes = [box for group in self.kotak.values() for box in group]
        sections = source.sections({box.infojab_id for box in boxes if box.infojab_id is not None})
        sheets = source.sheets([box.id for box in boxes])
        self.nilai: dict[int, NilaiKotak] = {
            box.id: score_box(
                {
                    code: score_section(code, isi, fields)
                    for code, isi in sections.get(box.infojab_id, {}).items()
                    if code in DICETAK
                },
                score_sheet(sheets.get(box.id)),
                empty,
                kelas=box.kelas,
                kepala=box.kepala,
            )
            for box in boxes
            if box.infojab_id is not None
        }

    def bawah(self, unor_id: int) -> list[int]:
        found = [unor_id]
        for key, unit in self.unit.items():  # parents come first
            if unit.atasan_id in found:
                found.append(key)
        return found

    def isi(self, units: list[int]) -> list[Any]:
        return [
            box
            for key in units
            for box in self.kotak[key]
            if box.kepala or box.infojab_id is not None or box.k != 0
        ]

    def rekap(self, units: list[int]) -> Rekap:
        total = Rekap()
        for box in self.isi(units):
            total.add(self.nilai.get(box.id), needed_when_empty())
        return total

    def keadaan(self, box: Any) -> str:
        score = self.nilai.get(box.id)
        return "tanpa" if score is None else "lengkap" if score.penuh else "belum"


def same(sudut: Sudut, source: Sumber) -> None:
    """Every board of the map, with every filter, whole and by pages."""
    plain = Hitungan(source)
    assert list(figures_of(sudut).urutan.ids) == list(plain.unit)
    for unor_id in plain.unit:
        below = plain.bawah(unor_id)
        for bawah in (False, True):
            shown = plain.isi(below if bawah else [unor_id])
            for saring in SARINGAN:
                board = board_of(sudut, unor_id, saring, bawah=bawah)
                wanted = [box for box in shown if saring in ("semua", plain.keadaan(box))]
                assert board.hitung[saring] == len(board.kotak) == len(wanted)
                pages = Paginator(board.kotak, 4)
                rows = [row for n in pages.page_range for row in pages.page(n)]
                assert [row.kotak.id for row in rows] == [box.id for box in wanted]
                assert [row.nilai for row in rows] == [plain.nilai.get(box.id) for box in wanted]
                assert [row.unit for row in rows] == [plain.unit[box.unor_id].nama for box in wanted]
        assert board.rekap == plain.rekap(below) and board.sendiri == plain.rekap([unor_id])
        assert [(u.id, rekap) for u, rekap in board.anak] == [
            (key, plain.rekap(plain.bawah(key)))
            for key, unit in plain.unit.items()
            if unit.atasan_id == unor_id
        ]
        done = sections_complete(plain.nilai[b.id] for b in plain.isi(below) if b.infojab_id is not None)
        assert board.bagian == [(name_of(code), done[code]) for code in DIHITUNG if code != "unit_kerja"]
        assert board.diam == sum(len(plain.kotak[key]) for key in below) - len(plain.isi(below))
        bare = [box for box in plain.isi(below) if box.infojab_id is None]
        n, boxes = missing_boxes(sudut, unor_id, paling=500)
        assert n == len(bare) and {box.id for box in boxes} == {box.id for box in bare}
        for row in with_choices(sudut, list(board.kotak)):
            mine = row.kotak.jabatan_id or row.kotak.nama
            others = {
                box.infojab_id
                for group in plain.kotak.values()
                for box in group
                if (box.jabatan_id or box.nama) == mine and box.infojab_id is not None
            }
            assert row.sama == (len(others) if row.nilai is None else 0)


def infojab(n: int, posisi: tuple[int, ...], acak: random.Random) -> list[Any]:
    """A new one for these boxes, with some of its sections and some of their sheets."""
    steps: list[Any] = [BuatInfojab(id=-n, posisi_id=posisi)]
    whole = acak.random() < 0.5
    steps += [
        TulisIsian(infojab_id=-n, bagian=code, isi=isi)
        for code, isi in LENGKAP.items()
        if whole or acak.random() < 0.6
    ]
    return steps + [
        TulisIsian(posisi_id=key, bagian="abk", isi=LEMBAR) for key in posisi if acak.random() < 0.6
    ]


@pytest.fixture
def besar(peta: Peta) -> tuple[Peta, list[int], list[int], list[int]]:
    """The map with nine more units and forty more boxes, a third of them described and published: units,
    boxes, informasi jabatan."""
    acak = random.Random(7)
    units = [peta.bidang, peta.bidang_lain, peta.seksi]
    boxes: list[int] = [peta.kotak.pk, peta.kotak_lain.pk]
    with transaction.atomic():
        for n in range(9):
            units.append(make_unor(peta.instansi, f"Unit {n}", acak.choice(units), urutan=acak.randint(1, 4)))
        for n in range(40):
            jabatan = acak.choice([peta.jabatan, peta.jabatan_lain])
            boxes.append(
                make_posisi(
                    acak.choice(units), jabatan.nama or "", jenis="pelaksana", jabatan=jabatan,
                    k=acak.choice([None, 0, 1, 2]), kelas=acak.choice([None, 6, 7]), urutan=n + 5,
                ).pk
            )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Pertama", layanan="infojab")
    described = acak.sample(boxes, 16)
    steps = [step for n in range(4) for step in infojab(n + 1, tuple(described[4 * n : 4 * n + 4]), acak)]
    made = add_operations(peta.operator, usulan.pk, steps).id_baru
    publish(peta, usulan)
    return peta, [unit.pk for unit in units], boxes, sorted(made[-n] for n in range(1, 5))


def test_the_board_of_a_version_is_counted_right(besar: Any) -> None:
    peta = besar[0]
    same(Sudut(peta.instansi.pk, 2), published_source(peta.instansi.pk, 2))
    same(Sudut(peta.instansi.pk, 1), published_source(peta.instansi.pk, 1))


def test_the_board_of_a_draft_is_counted_right(besar: Any) -> None:
    peta, units, boxes, described = besar
    acak = random.Random(3)
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Kedua", layanan="sotk")
    bare = boxes[-12:]
    for steps in (
        [],
        [TulisIsian(infojab_id=described[0], bagian="prestasi", isi=None),
         TulisIsian(infojab_id=described[1], bagian="tugas_pokok", isi=None),
         TulisIsian(posisi_id=boxes[1], bagian="abk", isi=LEMBAR)],
        [UbahK(posisi_id=boxes[3], k=0), UbahKelas(posisi_id=boxes[4], kelas=None),
         UbahInfojab(posisi_id=boxes[5], infojab_id=described[2]),
         UbahInfojab(posisi_id=boxes[6], infojab_id=described[1])],
        [TambahPosisi(id=-1, unor_id=units[4], jenis_posisi="pelaksana", jabatan_id=peta.jabatan.pk, k=2),
         PindahPosisi(posisi_id=boxes[7], unor_id=units[0]),
         PindahPosisi(posisi_id=boxes[8], unor_id=units[5])],
        infojab(2, tuple(bare[:3]), acak),
        [HapusPosisi(posisi_id=boxes[9]), KoreksiNama(unor_id=units[2], nama="Seksi Pendataann")],
        [TambahUnor(id=-3, atasan_id=units[0], sesudah=0, nama="Seksi Tambahan", kepala=False,
                    jenis_unor="kelompok"),
         TambahPosisi(id=-4, unor_id=-3, jenis_posisi="pelaksana", jabatan_id=peta.jabatan_lain.pk, k=1)],
        [PindahUnor(unor_id=units[1], atasan_id=peta.dinas.pk, sesudah=0)],
        [HapusUnor(unor_id=units[-1], cabang=True)],
    ):  # fmt: skip
        if steps:
            add_operations(peta.operator, usulan.pk, steps)
        now = Usulan.objects.get(pk=usulan.pk)
        same(view_of(now), draft_source(now))


def test_the_summary_of_a_draft_is_that_of_the_boxes_it_describes_anew(besar: Any) -> None:
    peta, _units, boxes, described = besar
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Kedua", layanan="infojab")
    add_operations(
        peta.operator,
        usulan.pk,
        [
            TulisIsian(infojab_id=described[3], bagian="prestasi", isi={"prestasi": "Cukup"}),
            TulisIsian(posisi_id=boxes[0], bagian="abk", isi=LEMBAR | {"waktu": "2004"}),
        ],
    )
    now = Usulan.objects.get(pk=usulan.pk)
    plain = Hitungan(draft_source(now))
    total = Rekap()
    for box in plain.isi(list(plain.unit)):
        if box.infojab_id == described[3] or box.id == boxes[0]:
            total.add(plain.nilai.get(box.id), needed_when_empty())
    assert summary_of_draft(view_of(now)) == total


def test_a_scope_is_counted_without_reading_its_boxes(besar: Any) -> None:
    peta, units, boxes, described = besar
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Kedua", layanan="sotk")
    add_operations(
        peta.operator,
        usulan.pk,
        [PindahPosisi(posisi_id=boxes[7], unor_id=units[0]), HapusPosisi(posisi_id=boxes[9])],
    )
    for source in (draft_source(Usulan.objects.get(pk=usulan.pk)), published_source(peta.instansi.pk, 2)):
        for scope in (
            {}, {"unor_id": units[0]}, {"posisi_id": tuple(boxes[:9])}, {"infojab_id": (described[0],)},
            {"infojab_id": tuple(described[:2]), "unor_id": units[1]},
            {"posisi_id": tuple(boxes), "infojab_id": (described[1],)},
        ):  # fmt: skip
            for bare in (False, True):
                cakupan = Cakupan(**scope, tanpa_infojab=bare)
                rows = boxes_of_scope(source, cakupan)
                described_rows = [row for row in rows if row.infojab_id is not None]
                assert count_of_scope(source, cakupan) == (len(rows), len(described_rows))


def test_the_units_offered_for_print_are_the_high_ones_and_the_one_asked_for(besar: Any) -> None:
    peta = besar[0]
    source = published_source(peta.instansi.pk, 2)
    assert offered_units(source, 600, peta.seksi.pk) == [
        (peta.dinas.pk, "Dinas Uji"), (peta.seksi.pk, "Bidang Anggaran › Seksi Pendataan"),
    ]  # fmt: skip
    assert offered_units(source, 600, None) == [(peta.dinas.pk, "Dinas Uji")]


def test_an_informasi_jabatan_of_many_boxes_shows_a_page_of_them_and_the_one_looked_at_from(
    besar: Any, client: Client
) -> None:
    peta, _units, boxes, described = besar
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Kedua", layanan="infojab")
    add_operations(
        peta.operator, usulan.pk, [UbahInfojab(posisi_id=key, infojab_id=described[0]) for key in boxes]
    )
    view = view_of(Usulan.objects.get(pk=usulan.pk))
    everybody = users_of(view, [described[0]])
    rows = DaftarPemakai(view, described[0])
    assert [box for box, _unit in rows] == everybody and len(rows) == len(boxes)
    assert set(rows.jabatan) == {(box.jabatan_id, box.nama) for box in everybody}
    for key in (None, boxes[5], peta.kepala.pk):
        assert user_of(view, described[0], key).id == (boxes[5] if key == boxes[5] else everybody[0].id)
    assert client.login(username="operator", password=PASSWORD)
    address = reverse("anjab:infojab-sunting", args=[usulan.pk, described[0]])
    last = everybody[-1]
    page = client.get(address, {"posisi": last.id})
    assert page.context["n_pemakai"] == len(boxes) and page.context["pemakai"][-1][0] == last
    with patch("petajabatan.anjab.views.infojab_dasar.PEMAKAI_SEHALAMAN", 10):
        page = client.get(address, {"posisi": last.id})
        assert [box for box, _unit in page.context["pemakai"]] == [last, *everybody[:10]]
        assert "hal=2" in page.content.decode()
        page = client.get(address, {"hal": 2})
        assert [box for box, _unit in page.context["pemakai"]] == [everybody[0], *everybody[10:20]]


def test_the_path_of_a_box_follows_the_draft(besar: Any) -> None:
    peta, _units, _boxes, _described = besar
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Kedua", layanan="sotk")
    add_operations(
        peta.operator, usulan.pk, [PindahUnor(unor_id=peta.seksi.pk, atasan_id=peta.bidang_lain.pk)]
    )
    view = view_of(Usulan.objects.get(pk=usulan.pk))
    assert [u.nama for u in path_of(view, peta.seksi.pk)] == ["Dinas Uji", "Bidang Aset", "Seksi Pendataan"]
    base = Sudut(peta.instansi.pk, 2)
    assert [u.nama for u in path_of(base, peta.seksi.pk)] == [
        "Dinas Uji",
        "Bidang Anggaran",
        "Seksi Pendataan",
    ]
