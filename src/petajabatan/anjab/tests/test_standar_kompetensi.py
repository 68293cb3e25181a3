"""Standards of jabatan and the dictionary of competencies: services, pages, API, walls."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from petajabatan.akun.models import Pengguna
from petajabatan.anjab.queries.kompetensi import dictionary, standards_for_boxes, standards_in_force
from petajabatan.anjab.rules.kompetensi import BarisKompetensi, key_of
from petajabatan.anjab.services.kompetensi import (
    add_competency,
    discard_standard,
    return_standard,
    validate_standard,
    write_level,
    write_standard,
)
from petajabatan.inti.actor import Actor, sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.temuan import Ditolak
from petajabatan.jabatan.models import BarisStandar, StandarKompetensi
from petajabatan.referensi.models import KamusKompetensi
from petajabatan.referensi.services import load_shipped
from petajabatan.testing.factories import make_instansi
from petajabatan.testing.personas import PERSONAS, make_persona
from petajabatan.usulan.tests.conftest import Peta, make_peta
from petajabatan.usulan.tests.klien import machine, person
from petajabatan.usulan.tests.pembuat import account

pytestmark = pytest.mark.django_db
DARI = dt.date(2026, 1, 1)


@pytest.fixture
def peta(db: None) -> Peta:
    load_shipped(sistem("uji"))
    return make_peta()


@pytest.fixture
def penulis(peta: Peta) -> Actor:
    return account("penulis", "instansi-operator-standar-komp-jab", "instansi", instansi_id=peta.instansi.pk)


@pytest.fixture
def validator(peta: Peta) -> Actor:
    return account(
        "validator", "instansi-validator-standar-komp-jab", "instansi", instansi_id=peta.instansi.pk
    )


def rows(level: int = 2) -> list[BarisKompetensi]:
    ids = KamusKompetensi.objects.exclude(jenis="teknis").order_by("urutan").values_list("id", flat=True)
    return [BarisKompetensi(key, level, "Mampu menjalankannya sehari-hari.") for key in ids]


def draft(peta: Peta, actor: Actor, **more: Any) -> StandarKompetensi:
    values = {
        "jabatan_id": peta.jabatan.pk, "nama": "", "berlaku_dari": DARI, "dasar_hukum": "Perbup 3/2026",
        "baris": rows(),
    } | more  # fmt: skip
    return write_standard(actor, peta.instansi.pk, **values)


def refused(call) -> list[str]:
    with pytest.raises(Ditolak) as caught:
        call()
    return [t.kode for t in caught.value.temuan]


def login(name: str) -> Client:
    client = Client()
    user = Pengguna.objects.get(username=name)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_dictionary_ships_the_nine_of_the_regulation_and_invents_no_level(peta: Peta) -> None:
    found = dictionary()
    assert [sum(e.jenis == jenis for e in found) for jenis in ("manajerial", "sosio-kultural", "teknis")] == [
        8, 1, 0,
    ]  # fmt: skip
    assert {e.nama for e in found} >= {"Integritas", "Perekat Bangsa", "Pengembangan Diri dan Orang Lain"}
    assert all(len(e.level) == 5 and e.terisi == 0 for e in found)


def test_a_standard_is_written_validated_and_holds_from_its_first_day(
    peta: Peta, penulis: Actor, validator: Actor
) -> None:
    row = draft(peta, penulis)
    key = [row.kunci]
    assert row.nama == peta.jabatan.nama and not standards_in_force(peta.instansi.pk, key, DARI)
    done = validate_standard(validator, row.pk)
    assert (done.status, done.diputus_oleh) == ("divalidasi", validator.nama)
    assert not standards_in_force(peta.instansi.pk, key, dt.date(2025, 12, 31))
    found = standards_in_force(peta.instansi.pk, key, DARI)[0]
    assert len(found.baris) == 9 and {b["level"] for b in found.baris} == {2}


def test_a_newer_edition_ends_the_one_before_it(peta: Peta, penulis: Actor, validator: Actor) -> None:
    first = draft(peta, penulis)
    validate_standard(validator, first.pk)
    second = draft(peta, penulis, berlaku_dari=dt.date(2027, 7, 1), baris=rows(3))
    validate_standard(validator, second.pk)
    first.refresh_from_db()
    assert first.berlaku_hingga == dt.date(2027, 6, 30)
    for day, level in ((dt.date(2027, 6, 30), 2), (dt.date(2027, 7, 1), 3)):
        assert standards_in_force(peta.instansi.pk, [first.kunci], day)[0].baris[0]["level"] == level
    third = draft(peta, penulis, berlaku_dari=dt.date(2027, 1, 1))
    assert refused(lambda: validate_standard(validator, third.pk)) == ["masa-bertumpuk"]


def test_what_is_validated_is_not_changed_any_more_not_even_past_the_services(
    peta: Peta, penulis: Actor, validator: Actor
) -> None:
    row = draft(peta, penulis)
    validate_standard(validator, row.pk)
    assert refused(lambda: draft(peta, penulis, standar_id=row.pk)) == ["standar-tetap"]
    assert refused(lambda: discard_standard(penulis, row.pk)) == ["standar-tetap"]
    with pytest.raises(IntegrityError), transaction.atomic():
        BarisStandar.objects.filter(standar=row).update(level=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        StandarKompetensi.objects.filter(pk=row.pk).update(status="draf")


def test_validating_needs_every_obligatory_competency_and_the_legal_basis(
    peta: Peta, penulis: Actor, validator: Actor
) -> None:
    row = draft(peta, penulis, baris=rows()[1:], dasar_hukum="")
    found = refused(lambda: validate_standard(validator, row.pk))
    assert found.count("kompetensi-wajib-kosong") == 1 and "dasar-hukum-kosong" in found
    empty = draft(peta, penulis, jabatan_id=peta.jabatan_lain.pk, baris=[])
    assert "standar-kosong" in refused(lambda: validate_standard(validator, empty.pk))


def test_bad_rows_are_refused_with_their_place(peta: Peta, penulis: Actor) -> None:
    key = rows()[0].kompetensi_id
    assert refused(lambda: draft(peta, penulis, baris=[BarisKompetensi(key, 6)])) == ["level-tidak-dikenal"]
    assert refused(lambda: draft(peta, penulis, baris=[BarisKompetensi(10**8, 1)])) == [
        "kompetensi-tidak-dikenal"
    ]
    twice = [BarisKompetensi(key, 1), BarisKompetensi(key, 2)]
    assert refused(lambda: draft(peta, penulis, baris=twice)) == ["kompetensi-ganda"]
    before = dt.date(2025, 1, 1)
    assert refused(lambda: draft(peta, penulis, berlaku_hingga=before)) == ["masa-terbalik"]
    assert refused(lambda: draft(peta, penulis, baris=[BarisKompetensi(key, 1, "x" * 10_001)])) == [
        "teks-terlalu-panjang"
    ]


def test_one_draft_per_jabatan_and_no_change_unseen(peta: Peta, penulis: Actor) -> None:
    row = draft(peta, penulis)
    assert refused(lambda: draft(peta, penulis)) == ["draf-sudah-ada"]
    draft(peta, penulis, standar_id=row.pk, revisi=1, baris=rows()[:3])
    assert BarisStandar.objects.filter(standar=row, level__isnull=False).count() == 3
    assert refused(lambda: draft(peta, penulis, standar_id=row.pk, revisi=1)) == ["objek-sudah-berubah"]


def test_a_return_needs_a_reason_which_the_writer_reads(peta: Peta, penulis: Actor, validator: Actor) -> None:
    row = draft(peta, penulis)
    assert refused(lambda: return_standard(validator, row.pk, " ")) == ["pengembalian-tanpa-alasan"]
    return_standard(validator, row.pk, "Level Integritas terlalu rendah.")
    page = login("penulis").get(reverse("anjab:standar-ubah", args=[row.pk])).content.decode()
    assert "Level Integritas terlalu rendah." in page


def test_each_role_does_its_own_part_only(peta: Peta, penulis: Actor, validator: Actor) -> None:
    row = draft(peta, penulis)
    with pytest.raises(PermissionDenied):
        validate_standard(penulis, row.pk)
    with pytest.raises(PermissionDenied):
        draft(peta, validator)
    with pytest.raises(PermissionDenied):
        discard_standard(validator, row.pk)
    lain = make_instansi("Kabupaten Lain")
    outsider = account("luar", "instansi-operator-standar-komp-jab", "instansi", instansi_id=lain.pk)
    with pytest.raises(PermissionDenied):
        draft(peta, outsider)


def test_a_structural_post_is_known_by_its_name(peta: Peta, penulis: Actor, validator: Actor) -> None:
    row = draft(peta, penulis, jabatan_id=None, nama="Kepala  Bidang Anggaran")
    validate_standard(validator, row.pk)
    found = standards_for_boxes(peta.instansi.pk, [(None, "KEPALA BIDANG ANGGARAN")], DARI)
    assert [s.standar.pk for s in found] == [row.pk] and row.kunci == key_of(None, "kepala bidang anggaran")


def test_another_instansi_reads_what_is_validated_and_no_draft(
    peta: Peta, penulis: Actor, validator: Actor
) -> None:
    row = draft(peta, penulis)
    lain = make_instansi("Kabupaten Lain")
    outsider = account("luar", "instansi-operator-standar-komp-jab", "instansi", instansi_id=lain.pk)
    with scope_of(outsider):
        assert not StandarKompetensi.objects.filter(pk=row.pk).exists()
        assert not BarisStandar.objects.filter(standar_id=row.pk).exists()
        with pytest.raises(Http404):
            validate_standard(outsider, row.pk)
    validate_standard(validator, row.pk)
    with scope_of(outsider):
        assert BarisStandar.objects.filter(standar_id=row.pk).count() == 9
        assert StandarKompetensi.objects.filter(pk=row.pk).update(catatan="x") == 0


def test_a_level_text_needs_its_source_and_can_be_marked_missing_again(peta: Peta) -> None:
    admin = account("penjaga", "admin-pusat", "nasional")
    key = KamusKompetensi.objects.get(nama="Integritas").pk
    assert refused(lambda: write_level(admin, key, 1, uraian="Teks tanpa asal.")) == ["sumber-kosong"]
    write_level(admin, key, 1, uraian="Teks buatan untuk uji.", sumber="Lampiran buatan")
    assert dictionary(ids=[key])[0].level[0].uraian == "Teks buatan untuk uji."
    write_level(admin, key, 1, uraian="", sumber="Lampiran buatan")
    assert dictionary(ids=[key])[0].terisi == 0
    with pytest.raises(Http404):
        write_level(admin, key, 6, uraian="x", sumber="y")


def test_a_pembina_adds_teknis_competencies_and_an_operator_does_not(peta: Peta, penulis: Actor) -> None:
    pembina = account("binaan", "pembina", "nasional")
    made = add_competency(pembina, kode="TEK-UJI", nama="Pengelolaan Arsip Uji", sumber="Lampiran buatan")
    assert made.jenis == "teknis"
    assert refused(lambda: add_competency(pembina, kode="tek-uji", nama="Lain", sumber="x")) == [
        "kode-sudah-ada"
    ]
    with pytest.raises(PermissionDenied):
        add_competency(penulis, kode="TEK-2", nama="Lain", sumber="x")


def values(**more: str) -> dict[str, str]:
    made = {"berlaku_dari": "2026-02-01", "berlaku_hingga": "", "dasar_hukum": "Perbup 3/2026"}
    for row in rows(3):
        made |= {f"level.{row.kompetensi_id}": "3", f"indikator.{row.kompetensi_id}": "Tampak."}
    return made | more


def test_the_pages_carry_a_standard_from_nothing_to_validated(
    peta: Peta, penulis: Actor, validator: Actor
) -> None:
    teknis = add_competency(sistem("uji"), kode="TEK-UJI", nama="Arsip Uji", sumber="Lampiran buatan")
    client = login("penulis")
    listed = client.get(reverse("anjab:standar", args=[peta.instansi.pk])).content.decode()
    assert "Pengadministrasi Perkantoran" in listed and "Tulis standar" in listed
    new = f"{reverse('anjab:standar-baru', args=[peta.instansi.pk])}?jabatan={peta.jabatan.pk}"
    assert "belum ada sumber" in client.get(new).content.decode()
    more = {"baru.1.kompetensi": str(teknis.pk), "baru.1.level": "2", "baru.1.indikator": "Menata arsip."}
    done = client.post(new, values(**more))
    assert done.status_code == 302
    row = StandarKompetensi.objects.get()
    assert BarisStandar.objects.filter(standar=row).count() == 10
    boss = login("validator")
    page = boss.get(done["Location"]).content.decode()
    assert "Menata arsip." in page and "Putusan validator" in page
    address = reverse("anjab:standar-putuskan", args=[row.pk])
    assert boss.post(address, {"putusan": "validasi", "revisi": str(row.revisi)}).status_code == 302
    row.refresh_from_db()
    assert row.status == "divalidasi"
    again = client.get(f"{new}&dari={row.pk}").content.decode()
    assert "Menata arsip." in again


def test_a_refused_form_keeps_what_was_typed(peta: Peta, penulis: Actor, validator: Actor) -> None:
    client = login("penulis")
    new = f"{reverse('anjab:standar-baru', args=[peta.instansi.pk])}?jabatan={peta.jabatan.pk}"
    key = rows()[0].kompetensi_id
    for bad in ({"berlaku_dari": "kemarin"}, {f"level.{key}": "9"}, {"berlaku_hingga": "2025-01-01"}):
        answer = client.post(new, values(**{f"indikator.{key}": "Tulisan panjang saya."} | bad))
        assert answer.status_code == 422 and "Tulisan panjang saya." in answer.content.decode()
    row = draft(peta, penulis, baris=rows()[1:])
    answer = login("validator").post(
        reverse("anjab:standar-putuskan", args=[row.pk]),
        {"putusan": "validasi", "catatan": "Sudah saya cek."},
    )
    assert answer.status_code == 422 and "Sudah saya cek." in answer.content.decode()


def test_an_indicator_without_a_level_is_kept_in_the_draft(peta: Peta, penulis: Actor) -> None:
    client = login("penulis")
    new = f"{reverse('anjab:standar-baru', args=[peta.instansi.pk])}?jabatan={peta.jabatan.pk}"
    key = rows()[0].kompetensi_id
    client.post(new, values(**{f"level.{key}": "", f"indikator.{key}": "Belum tahu levelnya."}))
    row = StandarKompetensi.objects.get()
    page = client.get(reverse("anjab:standar-ubah", args=[row.pk])).content.decode()
    assert "Belum tahu levelnya." in page


@pytest.mark.parametrize("nama", list(PERSONAS))
def test_every_persona_meets_these_pages_as_its_role_allows(
    peta: Peta, penulis: Actor, validator: Actor, nama: str
) -> None:
    lain = make_instansi("Kabupaten Lain")
    if not Pengguna.objects.filter(username=nama).exists():
        where = lain if nama == "orang_luar" else peta.instansi
        make_persona(nama, instansi_id=where.pk, pegawai_id=peta.orang.pk if nama == "pegawai" else None)
    client = login(nama)
    written = draft(peta, penulis)
    for page in (
        reverse("anjab:standar", args=[peta.instansi.pk]), reverse("anjab:kamus"),
        reverse("anjab:kamus-rinci", args=[rows()[0].kompetensi_id]),
    ):  # fmt: skip
        assert client.get(page).status_code == 200
    reads = nama in ("operator", "penyetuju", "monitor", "verifikator", "admin")
    assert client.get(reverse("anjab:standar-rinci", args=[written.pk])).status_code == (
        200 if reads else 404
    )
    new = reverse("anjab:standar-baru", args=[peta.instansi.pk])
    assert client.post(f"{new}?jabatan={peta.jabatan_lain.pk}", values()).status_code == 403
    decide = client.post(reverse("anjab:standar-putuskan", args=[written.pk]), {"putusan": "validasi"})
    assert decide.status_code == (403 if reads else 404)
    edits = nama in ("admin", "pembina")
    body = {"level": "1", "uraian": "Teks buatan.", "sumber": "Lampiran buatan"}
    page = reverse("anjab:kamus-rinci", args=[rows()[0].kompetensi_id])
    assert client.post(page, body).status_code == (302 if edits else 403)


def test_the_include_shows_the_standard_beside_the_informasi_jabatan(
    peta: Peta, penulis: Actor, validator: Actor
) -> None:
    validate_standard(validator, draft(peta, penulis).pk)
    found = standards_for_boxes(peta.instansi.pk, [(peta.jabatan.pk, "")], DARI)
    shown = render_to_string("anjab/_standar_kompetensi.html", {"standar_kompetensi": found})
    assert "Integritas" in shown and "Perbup 3/2026" in shown
    assert "Belum ada" in render_to_string("anjab/_standar_kompetensi.html", {"standar_kompetensi": []})


def test_the_api_gives_dictionary_and_standard(peta: Peta, penulis: Actor, validator: Actor) -> None:
    validate_standard(validator, draft(peta, penulis).pk)
    api = person("penulis")
    kamus = api("GET", "/kamus-kompetensi", jenis="manajerial", expect=200).json()["isi"]
    assert len(kamus) == 8 and kamus[0]["level"][0] == {
        "level": 1, "uraian": None, "indikator": None, "sumber": "",
    }  # fmt: skip
    api("GET", "/kamus-kompetensi", jenis="lain", expect=422)
    path = f"/instansi/{peta.instansi.pk}/standar-kompetensi"
    row = api("GET", path, jabatan_id=peta.jabatan.pk, expect=200).json()
    assert row["dasar_hukum"] == "Perbup 3/2026" and len(row["kompetensi"]) == 9
    api("GET", path, jabatan_id=peta.jabatan.pk, tanggal="2020-01-01", expect=404)
    api("GET", path, expect=422)
    api("GET", path, nama="Kepala", expect=404)
    assert machine("usulan:baca")("GET", path, jabatan_id=peta.jabatan.pk, expect=200)
    assert Client().get(f"/api/v1{path}").status_code == 401
