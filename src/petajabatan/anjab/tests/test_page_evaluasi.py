"""The page of a factor sheet and the tables of classes."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from petajabatan.akun.models import Pengguna
from petajabatan.anjab.queries.evaluasi import classes_of, groups_of
from petajabatan.anjab.queries.infojab_peta import Sudut
from petajabatan.anjab.queries.lembar_evaluasi import KOTAK_MAKS, about_class, sheet_in_draft
from petajabatan.anjab.tests.infojab_uji import publish
from petajabatan.inti.actor import Actor, sistem
from petajabatan.jabatan.models import PosisiRiwayat
from petajabatan.referensi.models import KelasNasional
from petajabatan.referensi.services import load_shipped
from petajabatan.testing.factories import make_instansi, make_posisi
from petajabatan.testing.personas import PERSONAS, make_persona
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.queries.isian import contents_of
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.rules.kelas import national_of
from petajabatan.usulan.rules.operasi import BuatInfojab, UbahInfojab, UbahKelas, UbahUnor
from petajabatan.usulan.rules.pandangan import kotak_pada
from petajabatan.usulan.services import add_operations, create_usulan
from petajabatan.usulan.tests.conftest import Peta, make_peta
from petajabatan.usulan.tests.pembuat import account
from petajabatan.usulan.tests.test_services_evaluasi import (
    CONTOH,
    begin,
    decide,
    faktor,
    kelas,
    write,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def peta(db: None) -> Peta:
    load_shipped(sistem("uji"))
    return make_peta()


@pytest.fixture
def draf(peta: Peta) -> tuple[Usulan, int]:
    return begin(peta, peta.kotak_lain.pk)


@pytest.fixture
def evaluator(peta: Peta) -> Actor:
    return account("evaluator", "instansi-operator-evajab", "instansi", instansi_id=peta.instansi.pk)


def login(name: str) -> Client:
    client = Client()
    user = Pengguna.objects.get(username=name)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(name: str, draf: tuple[Usulan, int]) -> str:
    return reverse(f"anjab:evaluasi-{name}", args=[draf[0].pk, draf[1]])


def form(
    levels: dict[str, int] | None = None, alasan: str = "Sesuai tugasnya.", **more: str
) -> dict[str, str]:
    values = {f"level.{kode}": str(level) for kode, level in (levels or CONTOH).items()}
    return values | {f"alasan.{kode}": alasan for kode in (levels or CONTOH)} | more


def save(client: Client, draf: tuple[Usulan, int], isi: Any, **more: Any) -> Any:
    body = {"operasi": [{"jenis": "tulis-isian", "isi": isi}], "kunci": "k1"} | more
    return client.post(address("simpan", draf), json.dumps(body), content_type="application/json")


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_sheet_shows_every_factor_with_the_points_of_its_levels(
    draf: tuple[Usulan, int], evaluator: Actor
) -> None:
    page = text(login("evaluator").get(address("lembar", draf)))
    for kode in CONTOH:
        assert f'name="level.{kode}"' in page and f'name="alasan.{kode}"' in page
    assert 'data-poin="1850"' in page and "Belum diisi" in page
    assert "Validasi menetapkan" not in page


def test_a_change_is_saved_by_itself_and_the_result_comes_back(
    peta: Peta, draf: tuple[Usulan, int], evaluator: Actor
) -> None:
    client = login("evaluator")
    done = save(client, draf, faktor(CONTOH))
    assert done.status_code == 200
    body = done.json()
    assert "1.460" in body["hasil"] and "siap divalidasi" in body["hasil"] and body["revisi"] == 2
    again = save(client, draf, faktor(CONTOH))  # the same key: carried out once
    assert again.json()["revisi"] == 2
    usulan, key = draf
    assert contents_of(usulan, [key])[key]["evaluasi"]["faktor"]["F1"]["level"] == 5


def test_a_gap_is_saved_too_and_told_without_a_total(draf: tuple[Usulan, int], evaluator: Actor) -> None:
    isi = faktor(CONTOH)
    isi["faktor"]["F1"] = {"level": None, "alasan": "Belum yakin."}
    hasil = save(login("evaluator"), draf, isi).json()["hasil"]
    assert "belum dipilih levelnya" in hasil and "siap divalidasi" not in hasil


def test_the_form_without_script_saves_and_says_so(draf: tuple[Usulan, int], evaluator: Actor) -> None:
    client = login("evaluator")
    assert client.post(address("lembar", draf), form()).status_code == 302
    page = text(client.get(address("lembar", draf)))
    assert "1.460" in page and "Menunggu validasi" in page and "Lembar evaluasi tersimpan." in page


def test_what_is_refused_is_not_lost(draf: tuple[Usulan, int], evaluator: Actor) -> None:
    usulan, key = draf
    client = login("evaluator")
    answer = client.post(address("lembar", draf), form(alasan="x" * 10_001))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "x" * 10_001 in page and "paling banyak" in page
    stale = client.post(address("lembar", draf), form(alasan="Tulisan saya.", revisi="1"))
    assert stale.status_code == 302
    write(sistem("lain"), usulan, key, faktor(CONTOH | {"F1": 4}))
    stale = client.post(address("lembar", draf), form(alasan="Tulisan lain.", revisi="2"))
    assert stale.status_code == 422 and "Tulisan lain." in stale.content.decode()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"bukan json", 400),
        (b"[]", 400),
        (b'{"operasi": []}', 400),
        (b'{"operasi": [{"isi": "teks"}]}', 400),
        (b'{"operasi": [{"isi": {"faktor": "x"}}]}', 422),
        (b'{"operasi": [{"isi": {"faktor": {"F1": {"level": "1e9"}}}}]}', 422),
        (b'{"operasi": [{"isi": {}}], "revisi": "satu"}', 400),
    ],
)
def test_bad_input_is_answered_with_a_finding(
    draf: tuple[Usulan, int], evaluator: Actor, body: bytes, status: int
) -> None:
    answer = login("evaluator").post(address("simpan", draf), body, content_type="application/json")
    assert answer.status_code == status and answer.json()["temuan"][0]["perbaikan"]


def test_a_stale_page_learns_who_changed_the_sheet_and_sees_it_as_it_is(
    peta: Peta, draf: tuple[Usulan, int], evaluator: Actor
) -> None:
    web = login("evaluator")
    first = save(web, draf, faktor(CONTOH)).json()
    assert "Ditulis" in first["riwayat"] and "Menunggu validasi" in first["hasil"]
    decide(peta.penyetuju, *draf)
    late = save(web, draf, faktor(CONTOH | {"F1": 6}), kunci="k2", revisi=first["revisi"])
    said = late.json()
    assert late.status_code == 409 and peta.penyetuju.nama in said["temuan"][0]["kalimat"]
    assert "Divalidasi" in said["hasil"] and "Divalidasi" in said["riwayat"]
    again = save(web, draf, faktor(CONTOH | {"F1": 6}), kunci="k3", revisi=said["revisi"])
    assert again.status_code == 200 and "Menunggu validasi" in again.json()["hasil"]


def test_a_sheet_without_all_reasons_does_not_wait_for_validation_yet(
    draf: tuple[Usulan, int], evaluator: Actor
) -> None:
    said = save(login("evaluator"), draf, faktor(CONTOH, alasan="")).json()["hasil"]
    assert "Belum lengkap" in said and "Menunggu validasi" not in said


def test_an_unknown_level_is_kept_and_told(draf: tuple[Usulan, int], evaluator: Actor) -> None:
    hasil = save(login("evaluator"), draf, faktor(CONTOH | {"F8": 9})).json()["hasil"]
    assert "tanpa level 9" in hasil


def test_the_validator_validates_on_the_page_and_the_boxes_follow(
    peta: Peta, draf: tuple[Usulan, int], evaluator: Actor
) -> None:
    usulan, key = draf
    write(evaluator, usulan, key)
    client = login("penyetuju")
    page = text(client.get(address("lembar", draf)))
    assert (
        "Validasi menetapkan kelas 2 jabatan" in page and 'fieldset class="evaluasi-semua" disabled' in page
    )
    assert client.post(address("putuskan", draf), {"putusan": "divalidasi"}).status_code == 302
    assert kelas(usulan, peta.kotak.pk, peta.kotak_lain.pk) == [9, 9]
    page = text(client.get(address("lembar", draf)))
    assert "Divalidasi" in page and "Penyetuju" in page and "Ditulis" in page


def test_a_refused_decision_keeps_the_reason_that_was_typed(
    draf: tuple[Usulan, int], evaluator: Actor
) -> None:
    write(evaluator, draf[0], draf[1], {"faktor": {"F1": {"level": 5, "alasan": ""}}})
    answer = login("penyetuju").post(
        address("putuskan", draf), {"putusan": "divalidasi", "catatan": "Sudah saya baca."}
    )
    assert answer.status_code == 422
    assert "Sudah saya baca." in answer.content.decode() and "belum beralasan" in answer.content.decode()


def test_outside_the_usual_range_is_a_warning_on_the_sheet(
    draf: tuple[Usulan, int], evaluator: Actor
) -> None:
    high = dict.fromkeys(CONTOH, 3) | {"F1": 9, "F2": 5, "F3": 5}
    write(evaluator, draf[0], draf[1], faktor(high))
    page = text(login("evaluator").get(address("lembar", draf)))
    assert "di luar yang lazim" in page


@pytest.mark.parametrize("nama", list(PERSONAS))
def test_every_persona_meets_the_sheet_as_its_role_allows(
    peta: Peta, draf: tuple[Usulan, int], nama: str
) -> None:
    lain = make_instansi("Kabupaten Lain")
    if not Pengguna.objects.filter(username=nama).exists():
        where = lain if nama == "orang_luar" else peta.instansi
        make_persona(nama, instansi_id=where.pk, pegawai_id=peta.orang.pk if nama == "pegawai" else None)
    client = login(nama)
    reads = nama in ("operator", "penyetuju", "monitor", "verifikator", "admin")
    assert client.get(address("lembar", draf)).status_code == (200 if reads else 404)
    assert client.get(reverse("anjab:evaluasi-draf", args=[draf[0].pk])).status_code == (
        200 if reads else 404
    )
    writes = {"operator": 200, "admin": 200, "penyetuju": 422}
    expected = writes.get(nama, 403 if reads else 404)
    assert save(client, draf, faktor(CONTOH)).status_code == expected
    write(sistem("uji"), draf[0], draf[1])
    decides = client.post(address("putuskan", draf), {"putusan": "dikembalikan", "catatan": "x"})
    assert decides.status_code == (302 if nama == "penyetuju" else 422 if nama in writes else expected)
    published = reverse("anjab:kelas", args=[peta.instansi.pk])
    assert client.get(published).status_code == 200


def test_the_comparison_finds_the_same_jabatan_with_two_classes_and_filters(
    peta: Peta, draf: tuple[Usulan, int], evaluator: Actor
) -> None:
    usulan, key = draf
    write(evaluator, usulan, key)
    url = reverse("anjab:evaluasi-draf", args=[usulan.pk])
    client = login("evaluator")
    page = text(client.get(url))
    assert "Pengadministrasi Perkantoran" in page and "1.460 → 9" in page
    assert "Kelas berbeda dari lembarnya" in page
    only = text(client.get(url, {"tanda": "beda-lembar"}))
    assert "Kepala Bidang Anggaran" not in only.split("<tbody>")[1]
    decide(peta.penyetuju, usulan, key)
    assert "Tidak ada jabatan yang cocok" in text(client.get(url, {"tanda": "beda-lembar"}))


def test_the_recap_counts_boxes_k_and_b_per_class(
    peta: Peta, draf: tuple[Usulan, int], evaluator: Actor
) -> None:
    usulan, key = draf
    write(evaluator, usulan, key)
    decide(peta.penyetuju, usulan, key)
    old = login("evaluator").get(reverse("anjab:kelas", args=[peta.instansi.pk]), {"tab": "rekap"})
    by_class = {r.kelas: r for r in old.context["rekap"]}
    assert [by_class[n].kotak for n in (6, 9, 11, 14)] == [2, 1, 2, 1] and by_class[6].k == 5
    new = login("evaluator").get(reverse("anjab:evaluasi-draf", args=[usulan.pk]), {"tab": "rekap"})
    by_class = {r.kelas: r for r in new.context["rekap"]}
    assert [by_class[n].kotak for n in (6, 9, 17)] == [0, 3, 0]
    assert old.context["jumlah"].kotak == new.context["jumlah"].kotak == 6


def test_the_workbook_holds_both_tables(peta: Peta, draf: tuple[Usulan, int]) -> None:
    KelasNasional.objects.create(jabatan=peta.jabatan, kelas=5, sumber="Lampiran buatan untuk uji")
    answer = login("operator").get(reverse("anjab:kelas", args=[peta.instansi.pk]), {"bentuk": "xlsx"})
    book = load_workbook(io.BytesIO(answer.content))
    rekap = {row[0]: row for row in book["Rekap"].iter_rows(min_row=4, values_only=True)}
    assert rekap[6][1:3] == (2, 5) and rekap["Jumlah"][1] == 6
    rows = {row[0]: row for row in book["Perbandingan"].iter_rows(min_row=4, values_only=True)}
    row = rows["Pengadministrasi Perkantoran"]
    assert row[3] == 2 and row[7] == "6 (2 kotak)" and row[11] == 5
    assert "Kelas berbeda dari ketetapan nasional" in row[13]


def test_the_boxes_behind_a_number_open_in_the_drawer(peta: Peta, draf: tuple[Usulan, int]) -> None:
    url = reverse("anjab:kelas-rincian", args=[peta.instansi.pk])
    client = login("operator")
    page = text(client.get(url, {"kelas": "6"}))
    assert "Bidang Anggaran" in page and reverse("anjab:kelas", args=[peta.instansi.pk]) in page
    assert "<html" in page and "<html" not in text(client.get(url, {"kelas": "6"}, HTTP_HX_REQUEST="true"))
    shown = text(client.get(url, {"usulan": draf[0].pk, "posisi": peta.kotak.pk}))
    assert reverse("anjab:evaluasi-lembar", args=[draf[0].pk, draf[1]]) in shown


def test_the_comparison_costs_the_same_statements_on_any_map(
    peta: Peta, draf: tuple[Usulan, int], django_assert_max_num_queries: Any
) -> None:
    for n in range(10):
        make_posisi(peta.seksi, f"Petugas {n}", jenis="pelaksana", jabatan=peta.jabatan_lain, k=1, urutan=n)
    sudut = Sudut(peta.instansi.pk, 1, draf[0])
    groups_of(sudut)
    with django_assert_max_num_queries(13):
        assert sum(row.kotak for row in classes_of(sudut, peta.instansi).kelompok) == 16


def test_a_draft_of_one_s_own_can_be_begun_by_the_evaluator(peta: Peta, evaluator: Actor) -> None:
    made = create_usulan(evaluator, peta.instansi.pk, judul="Evaluasi", layanan="infojab")
    assert made.layanan == "infojab"
    page = login("evaluator").get(reverse("usulan:baru"))
    assert page.status_code == 200


def test_a_jabatan_with_a_sheet_for_some_boxes_says_for_how_many_and_every_box_leads_on(peta: Peta) -> None:
    twin = make_posisi(peta.bidang, peta.jabatan.nama or "", jenis="pelaksana", jabatan=peta.jabatan, k=1)
    usulan, key = begin(peta)
    write(peta.operator, usulan, key)
    web = login("operator")
    said = text(web.get(reverse("anjab:evaluasi-draf", args=[usulan.pk])))
    assert re.search(r"1 dari \d+ berlembar", said)
    drawer = reverse("anjab:kelas-rincian", args=[peta.instansi.pk])
    board = reverse("anjab:infojab-papan", args=[usulan.pk]) + f"?unit={peta.bidang.pk}"
    shown = text(web.get(drawer, {"usulan": usulan.pk, "posisi": twin.pk}))
    assert board in shown and reverse("anjab:evaluasi-lembar", args=[usulan.pk, key]) in shown
    for page in (board, reverse("anjab:infojab-terbit", args=[peta.instansi.pk]) + f"?unit={peta.bidang.pk}"):
        assert web.get(page).status_code == 200
    assert "anjab" in text(web.get(drawer, {"posisi": twin.pk}))


def test_a_slip_in_the_search_of_classes_is_forgiven_and_said(peta: Peta) -> None:
    web, page = login("operator"), reverse("anjab:kelas", args=[peta.instansi.pk])
    asked = {"q": "perkantoran pengadminstrasi"}
    slip = web.get(page, asked)
    assert [row["r"].nama for row in slip.context["baris"]] == [peta.jabatan.nama]
    assert "Tidak ada yang bernama “perkantoran pengadminstrasi”" in text(slip)
    assert "Tidak ada yang bernama" not in text(web.get(page, {"q": "perkantoran pengadministrasi"}))
    assert "Tidak ada jabatan yang cocok" in text(web.get(page, asked | {"jenis": "fungsional"}))
    book = load_workbook(io.BytesIO(web.get(page, asked | {"bentuk": "xlsx"}).content))
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert peta.jabatan.nama in cells and "Kepala Dinas" not in cells


def test_a_sheet_lists_its_first_boxes_and_judges_all_of_them(peta: Peta) -> None:
    first = create_usulan(peta.operator, peta.instansi.pk, judul="Pejabat", layanan="infojab")
    heads = list(
        PosisiRiwayat.objects.filter(instansi=peta.instansi, kepala=True).values_list("posisi_id", flat=True)
    )
    made = add_operations(peta.operator, first.pk, [BuatInfojab(id=-1, posisi_id=tuple(heads))])
    key = made.id_baru[-1]
    publish(peta, first)
    struktural = {
        name: {"level": 2, "alasan": "Sesuai."} for name in ("F1", "F2", "F3", "F4A", "F4B", "F5", "F6")
    }
    usulan, _other = begin(peta, peta.kotak_lain.pk)
    write(peta.operator, usulan, key, {"faktor": struktural})
    Usulan.objects.filter(pk=usulan.pk).update(layanan="sotk")
    steps = [
        UbahInfojab(posisi_id=heads[1], infojab_id=None),
        UbahUnor(unor_id=peta.seksi.pk, eselon="31"),
        UbahKelas(posisi_id=heads[3], kelas=10),
        UbahInfojab(posisi_id=heads[1], infojab_id=key),
    ]
    for step in (None, *steps):
        if step is not None:
            add_operations(sistem("uji"), usulan.pk, [step])
        now = Usulan.objects.get(pk=usulan.pk)
        view = PandanganDraf(now)
        served = kotak_pada(view, view.pemakai([key])[key])
        sheet = sheet_in_draft(now, key, 2)
        assert sheet.banyak == len(served) and [b.isi for b in sheet.kotak] == served[:2]
        whole = sheet_in_draft(now, key)
        assert [box.isi for box in whole.kotak] == served and whole.temuan == sheet.temuan
        every = [(box, national_of(view, box)) for box in served]
        assert sheet.hasil.kelas is not None
        about = about_class(view, every, sheet.isi, sheet.hasil.kelas, now)
        assert about and list(sheet.temuan)[-len(about) :] == about


def test_the_page_tells_how_many_boxes_a_sheet_serves_when_it_lists_some(peta: Peta) -> None:
    more = [
        make_posisi(
            peta.bidang, peta.jabatan.nama or "", jenis="pelaksana", jabatan=peta.jabatan, urutan=n
        ).pk
        for n in range(KOTAK_MAKS)
    ]
    usulan, key = begin(peta, *more)
    page = text(login("operator").get(address("lembar", (usulan, key))))
    assert "Ditampilkan 50 yang pertama dari 51 jabatan." in page
