"""The recap over columns is the recap counted plainly: published, in drafts, every view, filter, branch."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from petajabatan.akun.models import Pengguna
from petajabatan.anjab.queries.abk_peta import PetaAbk, draft_map, published_map
from petajabatan.anjab.queries.abk_rekap import KotakAbk, RekapInstansi, draft_recap, hints, published_recap
from petajabatan.anjab.views import abk_rekap
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak
from petajabatan.pegawai.models import RiwayatJabatan
from petajabatan.testing.factories import make_pegawai, make_posisi, make_unor
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.services import add_operations, create_usulan
from petajabatan.usulan.services.terbit import Penetapan, publish_usulan
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.test_services_draf import approve

pytestmark = pytest.mark.django_db
CARI = ("", "kepala", "data", "seksi 1", "data pengelola", "tidak ada di sini")
NAMA = (
    "Pengelola Data",
    "pengelola  data",
    "PENGELOLA DATA",
    "Arsiparis",
    "Pranata Komputer",
    "Analis Straße",
)


def sheet(rng: random.Random) -> dict[str, Any] | None:
    """A sheet of some rows, some with a gap, some of another approach or working time; seldom none."""
    if rng.random() < 0.15:
        return None
    rows: list[dict[str, Any]] = [
        {
            "uraian": f"Tugas {n}",
            "volume": str(rng.randint(1, 40)),
            "norma": str(rng.choice((4800, 60000, 113250))),
        }
        for n in range(rng.randint(1, 3))
    ]
    if rng.random() < 0.2:
        rows[0]["norma"] = None
    if rng.random() < 0.3:
        rows.append(
            {"uraian": "Lain", "volume": str(rng.randint(1, 99)), "norma": "7", "pendekatan": "objek"}
        )
    if rng.random() < 0.3:
        rows = [{"uraian": "Sama", "volume": "2", "norma": "60000"}]
    return {"baris": rows} | ({"waktu": "2004"} if rng.random() < 0.2 else {})


def grow(peta: Peta, rng: random.Random) -> None:
    """More units and boxes on the small map, with people on some."""
    with transaction.atomic():
        units = [peta.dinas, peta.bidang, peta.bidang_lain, peta.seksi]
        for n in range(12):
            units.append(
                make_unor(peta.instansi, f"Seksi {n}", rng.choice(units), urutan=rng.randint(1, 3),
                          nama_jabatan=f"Kepala Seksi {n}", dasar_hukum=peta.dasar)
            )  # fmt: skip
        for unit in units[4:]:
            for n in range(rng.choice((0, 1, 3, 6))):
                box = make_posisi(unit, rng.choice(NAMA), jenis="pelaksana", jabatan=peta.jabatan_lain,
                                  k=rng.choice((None, 0, 0, 1, 4)), urutan=n // 2)  # fmt: skip
                for who in range(rng.choice((0, 0, 1, 2))):
                    make_pegawai(peta.instansi, f"Orang {box.pk} {who}", box)


def change(peta: Peta, usulan: Usulan, rng: random.Random, banyak: int) -> Counter[str]:
    """Operations at random, those that are refused left out; how many of each kind were carried out."""
    done: Counter[str] = Counter()
    for n in range(banyak):
        usulan.refresh_from_db()
        rekap = draft_recap(usulan)
        units = list(rekap.induk)
        boxes = [box.posisi_id for box in rekap.kotak]
        one, other, unit = rng.choice(boxes), rng.choice(boxes), rng.choice(units)
        operation = rng.choice(
            [
                op.TambahUnor(atasan_id=unit, nama=f"Bidang Baru {n}", nama_jabatan="Kepala Baru",
                              eselon="31", dasar_hukum_id=peta.dasar.pk),
                op.PindahUnor(unor_id=rng.choice(units), atasan_id=unit),
                op.HapusUnor(unor_id=rng.choice(units), penerus=(unit,)),
                op.KoreksiNama(unor_id=unit, nama=rekap.nama_unit[unit] + "s"),
                op.TambahPosisi(unor_id=unit, jenis_posisi="pelaksana", jabatan_id=peta.jabatan_lain.pk,
                                k=rng.choice((None, 0, 2))),
                op.HapusPosisi(posisi_id=one, penerus=other),
                op.HapusPosisi(posisi_id=one),
                op.PindahPosisi(posisi_id=one, unor_id=unit),
                op.UbahK(posisi_id=one, k=rng.choice((None, 0, 5))),
                op.TulisIsian(posisi_id=one, bagian="abk", isi=sheet(rng)),
            ]
        )  # fmt: skip
        try:
            add_operations(peta.operator, usulan.pk, [operation])
        except Ditolak:
            continue
        done[operation.jenis] += 1
    usulan.refresh_from_db()
    return done


def write_sheets(peta: Peta, usulan: Usulan, rng: random.Random) -> None:
    boxes = [box.posisi_id for box in draft_recap(usulan).kotak if not box.kepala]
    for key in rng.sample(boxes, len(boxes) * 2 // 3):
        isi = sheet(rng)
        if isi is not None:
            add_operations(peta.operator, usulan.pk, [op.TulisIsian(posisi_id=key, bagian="abk", isi=isi)])
    usulan.refresh_from_db()


def compare(fast: PetaAbk, plain: RekapInstansi) -> None:
    isi = fast.isi
    assert (fast.versi, fast.hari_b, isi.branches()) == (plain.versi, plain.hari_b, plain.branches())
    assert list(isi.urutan.ids) == list(plain.induk)
    assert isi.unit == [plain.nama_unit[key] for key in plain.induk]
    assert [isi.box(n) for n in isi.branch(None)] == plain.kotak
    assert not isi.branch(-5)
    for unit in (None, *plain.induk):
        boxes, places = plain.branch(unit), isi.branch(unit)
        assert fast.total(places, "x") == plain.total(boxes, "x")
        for cari in CARI:
            names = isi.find(places, cari).nama if cari else None
            for tanpa in (False, True):
                wanted = chosen(boxes, cari, tanpa)
                found = isi.choose(places, names, tanpa=tanpa)
                assert [isi.box(n) for n in found] == wanted
                assert fast.per_unit(found, isi.units(found)) == plain.per_unit(wanted)
                assert fast.per_jabatan(found, isi.jabatan(found)) == plain.per_jabatan(wanted)
                with_sheet = [isi.box(n) for n in isi.with_sheet(found)]
                assert hints(plain.acuan, with_sheet) == hints(plain.acuan, wanted)
            shown = isi.choose(places, names, tampak=True)
            assert [isi.box(n) for n in shown] == [
                b for b in chosen(boxes, cari, False) if b.lembar or b.k or b.b
            ]


def chosen(boxes: list[KotakAbk], cari: str, tanpa: bool) -> list[KotakAbk]:
    return [
        b
        for b in boxes
        if any(all(word in name.casefold() for word in cari.split()) for name in (b.jabatan, b.unit))
        and not (tanpa and b.jumlah is not None)
    ]


@pytest.mark.parametrize("benih", range(3))
def test_columns_say_what_counting_every_box_says(
    peta: Peta, benih: int, django_capture_on_commit_callbacks: Any
) -> None:
    rng = random.Random(benih)
    grow(peta, rng)
    compare(published_map(peta.instansi.pk), published_recap(peta.instansi.pk))
    first = create_usulan(peta.operator, peta.instansi.pk, judul="Lembar", dasar_hukum_id=peta.dasar.pk)
    write_sheets(peta, first, rng)
    compare(draft_map(first), draft_recap(first))
    change(peta, first, rng, 25)
    compare(draft_map(first), draft_recap(first))
    approve(first)
    publish_usulan(peta.penyetuju, first.pk, Penetapan("800/1", today(), today()))
    for version in (1, 2, None):
        compare(published_map(peta.instansi.pk, version), published_recap(peta.instansi.pk, version))
    second = create_usulan(peta.operator, peta.instansi.pk, judul="Penataan", dasar_hukum_id=peta.dasar.pk)
    done: Counter[str] = Counter()
    for _ in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            draft_map(second)
        done += change(peta, second, rng, 25)
        for _look in ("first", "kept"):
            with django_capture_on_commit_callbacks(execute=True):
                compare(draft_map(second), draft_recap(second))
    assert len(done) >= 7, done


def come(peta: Peta, nama: str, sejak: dt.date) -> None:
    """Somebody takes a seat on the box of the small map, and B is counted anew."""
    person = make_pegawai(peta.instansi, nama, peta.kotak)
    RiwayatJabatan.objects.filter(pegawai=person).update(masa=(sejak, None))
    with connection.cursor() as cursor:
        cursor.execute("SELECT hitung_bezetting(%s, %s)", [peta.instansi.pk, today()])


def test_who_comes_is_counted_on_the_day_it_is_about(
    peta: Peta, django_capture_on_commit_callbacks: Any
) -> None:
    def look() -> list[int]:
        """B of the box: as published, of the version before, in the draft on that version."""
        seen = []
        with django_capture_on_commit_callbacks(execute=True):
            for fast, plain in (
                (published_map(peta.instansi.pk), published_recap(peta.instansi.pk)),
                (published_map(peta.instansi.pk, 1), published_recap(peta.instansi.pk, 1)),
                (draft_map(waiting), draft_recap(waiting)),
            ):
                compare(fast, plain)
                seen += [box.b for box in plain.kotak if box.posisi_id == peta.kotak.pk]
        return seen

    waiting = create_usulan(peta.operator, peta.instansi.pk, judul="Menunggu", dasar_hukum_id=peta.dasar.pk)
    add_operations(peta.operator, waiting.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=4)])
    other = create_usulan(peta.operator, peta.instansi.pk, judul="Terbit", dasar_hukum_id=peta.dasar.pk)
    add_operations(peta.operator, other.pk, [op.UbahK(posisi_id=peta.kotak.pk, k=7)])
    approve(other)
    publish_usulan(peta.penyetuju, other.pk, Penetapan("800/1", today(), today()))
    waiting.refresh_from_db()
    assert look() == [1, 1, 1]
    come(peta, "Datang Hari Ini", today())
    assert look() == [2, 1, 2]
    come(peta, "Ada Sejak Dulu", dt.date(2021, 1, 1))
    assert look() == [3, 2, 3]


@pytest.mark.parametrize("lihat", ["kotak", "unit", "jabatan", "petunjuk"])
def test_pages_hold_every_row_once_and_in_order(
    peta: Peta, lihat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(7)
    grow(peta, rng)
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Lembar", dasar_hukum_id=peta.dasar.pk)
    write_sheets(peta, usulan, rng)
    change(peta, usulan, rng, 20)
    monkeypatch.setattr(abk_rekap, "PER_HALAMAN", 4)
    client = Client()
    client.force_login(Pengguna.objects.get(username="operator"), "django.contrib.auth.backends.ModelBackend")
    draft = (reverse("anjab:abk-rekap-draf", args=[usulan.pk]), draft_recap(usulan))
    published = (reverse("anjab:abk-rekap", args=[peta.instansi.pk]), published_recap(peta.instansi.pk))
    for address, plain in (draft, published):
        for unor, cari, tanpa in ((None, "", False), (peta.bidang.pk, "", False), (None, "Data", True)):
            boxes = plain.branch(unor)
            shown = chosen(boxes, cari.casefold(), tanpa)
            wanted: list[Any] = {
                "kotak": [(b, plain.total([b], "")) for b in shown if tanpa or b.lembar or b.k or b.b],
                "unit": plain.per_unit(shown),
                "jabatan": sorted(plain.per_jabatan(shown), key=lambda row: row.nama.casefold()),
                "petunjuk": hints(plain.acuan, shown),
            }[lihat]
            asked = {"lihat": lihat, "unor": unor or "", "q": cari, "tanpa": int(tanpa)}
            found, hal, context = [], 1, None
            while context is None or context["halaman"].has_next():
                context = client.get(address, asked | {"hal": hal}).context
                rows = list(context["halaman"].object_list)
                found += rows if lihat == "petunjuk" else [r[:2] if lihat == "kotak" else r[0] for r in rows]
                hal += 1
            assert found == wanted and context["halaman"].paginator.count == len(wanted)
            name = plain.nama_unit[unor] if unor else peta.instansi.nama
            assert context["total"] == plain.total(boxes, name)


def test_what_is_kept_is_not_read_again(
    peta: Peta, django_capture_on_commit_callbacks: Any, django_assert_num_queries: Any
) -> None:
    usulan = create_usulan(peta.operator, peta.instansi.pk, judul="Lembar", dasar_hukum_id=peta.dasar.pk)
    change(peta, usulan, random.Random(1), 10)
    with django_capture_on_commit_callbacks(execute=True):
        draft_map(usulan)
    with django_assert_num_queries(3):  # the clock, the stamp of B, whether units move
        draft_map(usulan)


def test_a_row_names_the_unit_above_but_not_the_root(peta: Peta) -> None:
    isi = published_map(peta.instansi.pk).isi
    above = {isi.unit[n]: isi.above(n) for n in range(len(isi.unit))}
    assert above == {
        "Dinas Uji": "", "Bidang Anggaran": "", "Seksi Pendataan": "Bidang Anggaran", "Bidang Aset": "",
    }  # fmt: skip
