"""Classes counted in groups are those counted box by box, published and in a draft."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.urls import reverse

from petajabatan.anjab.queries.evaluasi import (
    boxes_of_class,
    boxes_of_row,
    classes_of,
    groups_of,
    row_of_box,
)
from petajabatan.anjab.queries.infojab_peta import Sudut
from petajabatan.anjab.rules.banding_kelas import BarisBanding, Kelompok, add_up, compare, recap, row_key
from petajabatan.anjab.tests.test_page_evaluasi import login
from petajabatan.inti.actor import sistem
from petajabatan.inti.jam import today
from petajabatan.jabatan.models import PosisiRiwayat
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.pegawai.models import BezettingPosisi
from petajabatan.referensi.models import ImporReferensi, KelasNasional
from petajabatan.referensi.services import load_shipped
from petajabatan.testing.factories import make_jabatan, make_pegawai, make_posisi
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.isian import contents_of
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.rules.operasi import (
    HapusPosisi,
    KoreksiNama,
    PindahPosisi,
    TambahPosisi,
    UbahInfojab,
    UbahK,
    UbahKelas,
)
from petajabatan.usulan.services import add_operations
from petajabatan.usulan.tests.conftest import Peta, make_peta
from petajabatan.usulan.tests.test_services_evaluasi import begin, decide, write

pytestmark = pytest.mark.django_db
JENIS = ("struktural", "fungsional", "pelaksana")


@pytest.fixture
def peta(db: None) -> Peta:
    """With thirty more boxes, some alike, some people on them, and a class set nationally."""
    load_shipped(sistem("uji"))
    peta = make_peta()
    dice = random.Random(7)
    third = make_jabatan("Analis Uji Ahli Muda", "fungsional", jenjang_id="MU")
    jabatan = [peta.jabatan, peta.jabatan_lain, third]
    KelasNasional.objects.create(jabatan=peta.jabatan_lain, kelas=7, sumber="Lampiran buatan untuk uji")
    for n in range(30):
        which = dice.choice(jabatan)
        box = make_posisi(
            dice.choice([peta.dinas, peta.bidang, peta.bidang_lain, peta.seksi]), which.nama or "",
            jenis=which.jenis, jabatan=which, jenjang_id=which.jenjang_id, urutan=n + 5,
            k=dice.choice([None, 0, 1, 4]), kelas=dice.choice([None, 6, 7, 9]),
        )  # fmt: skip
        if dice.random() < 0.4:
            make_pegawai(peta.instansi, f"Orang {n}", box)
    return peta


Kotak = dict[int, dict[str, Any]]


def boxes_of(peta: Peta, usulan: Usulan | None, versi: int) -> Kotak:
    """Every box of the map as it is, one by one."""
    b = dict(BezettingPosisi.objects.values_list("posisi_id", "b"))
    live = PosisiRiwayat.objects.filter(instansi=peta.instansi, sejak__lte=versi, hingga__gt=versi)
    found = {
        r.posisi_id: {
            "nama": r.nama, "jenis": r.jenis, "jabatan": r.jabatan_id, "jenjang": r.jenjang_id,
            "kelas": r.kelas, "k": r.k or 0, "infojab": r.infojab_id,
        }
        for r in live
    }  # fmt: skip
    if usulan is not None:
        view = PandanganDraf(Usulan.objects.get(pk=usulan.pk))
        touched = [key for objek, key in view.disentuh() if objek == "posisi"]
        for key, state in view.keadaan("posisi", touched).items():
            found.pop(key, None)
            isi: Any = state.isi
            if isi is not None:
                found[key] = {
                    "nama": isi.nama, "jenis": isi.jenis, "jabatan": isi.jabatan_id, "jenjang": isi.jenjang,
                    "kelas": isi.kelas, "k": isi.k or 0, "infojab": isi.infojab_id,
                }  # fmt: skip
    for key, row in found.items():
        row["b"] = b.get(key, 0)
    return found


def plain(
    kotak: Kotak, lembar: dict[int, tuple[str, int | None]], nasional: dict[int, int]
) -> dict[Any, Any]:
    """The comparison, counted over all boxes."""
    rows: dict[Any, list[dict[str, Any]]] = {}
    for box in kotak.values():
        rows.setdefault(row_key(box["jenis"], box["jabatan"], box["jenjang"], box["nama"]), []).append(box)
    found = {}
    for key, boxes in rows.items():
        sheets = {box["infojab"] for box in boxes} & set(lembar)
        known = {box["kelas"] for box in boxes} - {None}
        marks = []
        if len(known) > 1:
            marks.append("beda-kelas")
        if any(
            box["infojab"] in sheets and lembar[box["infojab"]][1] not in (None, box["kelas"])
            for box in boxes
        ):
            marks.append("beda-lembar")
        if any(box["infojab"] not in sheets for box in boxes):
            marks.append("tanpa-lembar")
        if any(lembar[sheet][0] != "divalidasi" for sheet in sheets):
            marks.append("belum-divalidasi")
        if key[1] in nasional and known - {nasional[key[1]]}:
            marks.append("beda-nasional")
        classes = {
            kelas: sum(box["kelas"] == kelas for box in boxes) for kelas in {b["kelas"] for b in boxes}
        }
        found[key] = (
            len(boxes), sum(b["k"] for b in boxes), sum(b["b"] for b in boxes), classes, sheets,
            sum(box["infojab"] in sheets for box in boxes), marks,
        )  # fmt: skip
    return found


def told(rows: list[BarisBanding]) -> dict[Any, Any]:
    return {
        row_key(row.jenis, row.jabatan_id, row.jenjang, row.nama): (
            row.kotak, row.k, row.b, dict(row.kelas), {s.infojab_id for s in row.lembar}, row.berlembar,
            list(row.tanda),
        )
        for row in rows
    }  # fmt: skip


def check(peta: Peta, usulan: Usulan | None, versi: int, sheets: list[int]) -> None:
    """Comparison, recap and drawers beside the boxes themselves."""
    if usulan is not None:
        usulan.refresh_from_db()
    sudut = Sudut(peta.instansi.pk, versi, usulan)
    kotak = boxes_of(peta, usulan, versi)
    contents = contents_of(usulan, sheets) if usulan is not None else {}
    lembar: dict[int, tuple[str, int | None]] = {}
    for key, parts in contents.items():
        isi = parts.get("evaluasi")
        if isi:
            lembar[key] = (isi["status"], 9)
    classes = classes_of(sudut, peta.instansi)
    assert told(classes.banding) == plain(kotak, lembar, {peta.jabatan_lain.pk: 7})
    for row in recap(classes.kelompok):
        here = [box for box in kotak.values() if box["kelas"] == row.kelas]
        assert (row.kotak, row.k, row.b) == (len(here), sum(b["k"] for b in here), sum(b["b"] for b in here))
        assert [row.struktural, row.fungsional, row.pelaksana] == [
            sum(box["jenis"] == jenis for box in here) for jenis in JENIS
        ]
        behind = boxes_of_class(sudut, row.kelas)
        assert behind.banyak == row.kotak
        assert [b.id for b in behind.kotak] == sorted(k for k, b in kotak.items() if b["kelas"] == row.kelas)
    for key, box in kotak.items():
        row_of = row_of_box(sudut, key)
        assert row_of == row_key(box["jenis"], box["jabatan"], box["jenjang"], box["nama"])
        name, behind = boxes_of_row(sudut, row_of)
        assert name == box["nama"] and key in {b.id for b in behind.kotak}
        assert behind.banyak == len(behind.kotak) and sum(b.b for b in behind.kotak) == sum(
            group.b for group in groups_of(sudut) if group.kunci == row_of
        )


def test_groups_of_a_draft_are_its_boxes_whatever_it_does_to_them(peta: Peta) -> None:
    check(peta, None, 1, [])
    boxes = list(
        PosisiRiwayat.objects.filter(instansi=peta.instansi, jabatan=peta.jabatan).order_by("posisi_id")
    )
    usulan, key = begin(peta, peta.kotak_lain.pk, boxes[3].posisi_id)
    check(peta, usulan, 1, [key])
    write(peta.operator, usulan, key)
    check(peta, usulan, 1, [key])
    steps: list[Any] = [
        UbahKelas(posisi_id=boxes[4].posisi_id, kelas=8),
        UbahKelas(posisi_id=boxes[5].posisi_id, kelas=None),
        UbahK(posisi_id=boxes[4].posisi_id, k=9),
        UbahInfojab(posisi_id=boxes[6].posisi_id, infojab_id=key),
        UbahInfojab(posisi_id=boxes[3].posisi_id, infojab_id=None),
    ]
    add_operations(sistem("uji"), usulan.pk, steps)
    check(peta, usulan, 1, [key])
    Usulan.objects.filter(pk=usulan.pk).update(layanan="sotk")
    steps = [
        HapusPosisi(posisi_id=next(
            key for key, box in boxes_of(peta, usulan, 1).items()
            if box["jabatan"] and not box["b"] and not box["infojab"]
        )),
        PindahPosisi(posisi_id=boxes[4].posisi_id, unor_id=peta.seksi.pk),
        TambahPosisi(
            id=-1, unor_id=peta.seksi.pk, jenis_posisi="pelaksana", jabatan_id=peta.jabatan_lain.pk, kelas=5,
            k=2,
        ),
        KoreksiNama(posisi_id=peta.kepala.pk, nama="Kepala Bidang Angaran"),
    ]  # fmt: skip
    add_operations(sistem("uji"), usulan.pk, steps)
    check(peta, usulan, 1, [key])
    Usulan.objects.filter(pk=usulan.pk).update(layanan="infojab")
    decide(peta.penyetuju, usulan, key)
    check(peta, usulan, 1, [key])
    check(peta, None, 1, [])


def test_groups_add_up_and_those_without_a_box_go() -> None:
    one = Kelompok("pelaksana", 3, None, 6, None, "Pengelola Data", 2, 5, 1)
    other = one._replace(kelas=7, kotak=1, k=1, b=0)
    gone = other._replace(kotak=-1, k=-1)
    more = one._replace(kotak=-1, k=-2, b=-1, nama="Pengelola Data Senior")
    assert add_up([one, other], [gone, more]) == [one._replace(kotak=1, k=3, b=0)]
    by_name = [
        one._replace(jabatan_id=None, nama=name, kotak=n) for name, n in (("KEPALA A", 1), ("Kepala  a", 2))
    ]
    (row,) = compare(by_name, {})
    assert (row.nama, row.kotak, row.kelas) == ("Kepala  a", 3, [(6, 3)])


def test_a_jabatan_is_called_as_the_reference_calls_it_and_the_map_spells_it() -> None:
    heads = Kelompok("fungsional", 8, "MA", 11, None, "Kepala Sekolah Satu", 9, 9, 9)
    posts = heads._replace(kelas=10, nama="Guru Ahli Madya", kotak=1)
    assert [row.nama for row in compare([heads, posts], {}, {8: "GURU AHLI MADYA"})] == ["Guru Ahli Madya"]
    assert [row.nama for row in compare([heads], {}, {8: "Guru Ahli Madya"})] == ["Guru Ahli Madya"]
    assert [row.nama for row in compare([heads, posts], {})] == ["Kepala Sekolah Satu"]


def test_the_page_leads_to_the_boxes_of_each_row_with_and_without_a_jabatan(peta: Peta) -> None:
    web = login("operator")
    page = web.get(reverse("anjab:kelas", args=[peta.instansi.pk]))
    drawer = reverse("anjab:kelas-rincian", args=[peta.instansi.pk])
    for row in page.context["baris"]:
        shown = web.get(f"{drawer}?versi=1&{row['kunci']}")
        assert shown.context["banyak"] == row["r"].kotak == len(shown.context["kotak"])
        assert shown.context["judul"] == row["r"].nama
    for nothing in ("posisi=999999999", "jenis=pelaksana&nama=tidak+ada", "kelas=abc", ""):
        assert web.get(f"{drawer}?{nothing}").context["banyak"] == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_follows_every_edit_every_count_of_b_and_every_import() -> None:
    load_shipped(sistem("uji"))
    peta = make_peta()
    usulan, key = begin(peta, peta.kotak_lain.pk)

    def told() -> tuple[list[tuple[int | None, int]], int, list[str], tuple[str, ...]]:
        usulan.refresh_from_db()
        sudut = Sudut(peta.instansi.pk, 1, usulan)
        (row,) = (r for r in classes_of(sudut, peta.instansi).banding if r.jabatan_id == peta.jabatan.pk)
        return row.kelas, row.b, [sheet.status for sheet in row.lembar], row.tanda

    assert told() == told() == ([(6, 2)], 1, [], ("tanpa-lembar",))
    write(peta.operator, usulan, key)
    assert told()[2:] == (["diisi"], ("beda-lembar", "belum-divalidasi"))
    decide(peta.penyetuju, usulan, key)
    assert told() == ([(9, 2)], 1, ["divalidasi"], ())
    make_pegawai(peta.instansi, "Rudi Uji", peta.kotak)
    fetch("SELECT hitung_bezetting(%(i)s, %(h)s)", {"i": peta.instansi.pk, "h": today()})
    assert told() == ([(9, 2)], 2, ["divalidasi"], ())
    KelasNasional.objects.create(jabatan=peta.jabatan, kelas=5, sumber="Lampiran buatan untuk uji")
    ImporReferensi.objects.create(daftar="kelas-nasional", berkas="uji.csv", sidik="x", isi_sha256="x")
    assert told()[3] == ("beda-nasional",)
