"""Informasi jabatan by the API: the form, published ones, those of a draft, suggestions."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from petajabatan.akun.models import Pengguna
from petajabatan.anjab.tests.infojab_uji import LENGKAP, draft, publish, write
from petajabatan.jabatan.rules.isian import DICETAK, isian_id
from petajabatan.testing.factories import make_instansi
from petajabatan.testing.personas import make_persona
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.klien import Klien

pytestmark = pytest.mark.django_db


@pytest.fixture
def usulan(peta: Peta) -> Usulan:
    return draft(peta)


@pytest.fixture
def ask(peta: Peta) -> Klien:
    return Klien(Pengguna.objects.get(username="operator"))


def get(ask: Klien, path: str, expect: int = 200, **params: Any) -> Any:
    return ask("GET", path, expect=expect, **params).json()


def test_the_form_names_sections_fields_and_code_lists(ask: Klien) -> None:
    form = get(ask, "/infojab/bentuk")
    assert [part["kode"] for part in form["bagian"]] == list(DICETAK)
    tasks = next(part for part in form["bagian"] if part["kode"] == "tugas_pokok")["isian"][0]
    assert [(k["kode"], k["dari_abk"]) for k in tasks["kolom"]][-2:] == [("volume", True), ("waktu", True)]


def test_a_draft_is_read_section_by_section_with_what_is_published(
    peta: Peta, usulan: Usulan, ask: Klien
) -> None:
    key = write(peta, usulan)
    publish(peta, usulan)
    other = draft(peta)
    step = {"jenis": "tulis-isian", "infojab_id": key, "bagian": "prestasi", "isi": {"prestasi": "Unggul"}}
    ask("POST", f"/usulan/{other.pk}/operasi", {"operasi": [step]}, expect=201)
    body = get(ask, f"/usulan/{other.pk}/infojab/{key}")
    part = body["bagian"]["prestasi"]
    assert (part["isi"], part["terbit"]) == ({"prestasi": "Unggul"}, LENGKAP["prestasi"])
    assert part["isian_id"] == isian_id("prestasi", infojab_id=key) and part["berubah"]
    assert body["persen"] == 100 and body["unit_kerja"][-1]["nama"] == "Bidang Anggaran"
    remark = {
        "isi": "Terlalu singkat", "objek": "isian", "objek_id": part["isian_id"], "bagian": "prestasi",
    }  # fmt: skip
    ask("POST", f"/usulan/{other.pk}/komentar", remark, expect=201)
    again = get(ask, f"/usulan/{other.pk}/infojab/{key}")
    assert again["bagian"]["prestasi"]["komentar_terbuka"] == 1


def test_published_ones_are_listed_page_by_page_and_read_as_of_a_version(
    peta: Peta, usulan: Usulan, ask: Klien
) -> None:
    keys = [write(peta, usulan), write(peta, usulan, posisi=peta.kotak_lain.pk)]
    publish(peta, usulan)
    kode = peta.instansi.kode_cepat
    first = get(ask, f"/instansi/{kode}/infojab", batas=1)
    second = get(ask, f"/instansi/{kode}/infojab", batas=1, kursor=first["berikutnya"])
    assert [row["id"] for row in first["isi"] + second["isi"]] == keys and second["berikutnya"] is None
    assert first["isi"][0]["posisi"] == [peta.kotak.pk] and first["isi"][0]["persen"] == 100
    one = get(ask, f"/infojab/{keys[0]}")
    assert one["isi"]["ikhtisar"] == LENGKAP["ikhtisar"] and one["versi"] == 2
    get(ask, f"/infojab/{keys[0]}", 404, versi=1)
    get(ask, "/infojab/999999999", 404)


def test_completeness_by_unit(peta: Peta, usulan: Usulan, ask: Klien) -> None:
    write(peta, usulan)
    board = get(ask, f"/usulan/{usulan.pk}/infojab/kelengkapan")
    assert (board["kotak"], board["lengkap"]) == (6, 1)
    assert {u["nama"]: u["lengkap"] for u in board["bawahan"]} == {"Bidang Anggaran": 1, "Bidang Aset": 0}
    published = get(ask, f"/instansi/{peta.instansi.kode_cepat}/infojab/kelengkapan", unor=peta.bidang.pk)
    assert (published["ada"], published["keadaan"]) == (0, "belum")


def test_suggestions_carry_their_score_and_source(peta: Peta, usulan: Usulan, ask: Klien) -> None:
    key = write(peta, usulan)
    publish(peta, usulan)
    other = draft(peta)
    mine = write(peta, other, posisi=peta.kotak_lain.pk, identitas={"nama_jabatan": "Pengadministrasi"})
    rows = get(ask, f"/usulan/{other.pk}/infojab/{mine}/saran/tugas_pokok")["isi"]
    assert [row["teks"] for row in rows] == ["Menerima surat masuk", "Menyusun arsip dinamis"]
    assert rows[0]["infojab_id"] == key and rows[0]["mirip_jabatan"] == 100 and rows[0]["versi"] == 2
    assert "id" not in rows[0]["isi"]
    get(ask, f"/usulan/{other.pk}/infojab/{mine}/saran/abk", 404)


def test_a_post_that_does_not_use_it_is_not_answered_with_another_one(
    peta: Peta, usulan: Usulan, ask: Klien
) -> None:
    key, foreign = write(peta, usulan), peta.kotak_lain.pk
    for path in (f"/usulan/{usulan.pk}/infojab/{key}", f"/usulan/{usulan.pk}/infojab/{key}/saran/wewenang"):
        assert get(ask, path, posisi=peta.kotak.pk)
        assert str(foreign) in get(ask, path, 404, posisi=foreign)["detail"]
    publish(peta, usulan)
    assert get(ask, f"/infojab/{key}", posisi=peta.kotak.pk)["posisi_id"] == peta.kotak.pk
    assert str(foreign) in get(ask, f"/infojab/{key}", 404, posisi=foreign)["detail"]


def test_a_post_of_this_draft_is_a_source_too(peta: Peta, usulan: Usulan, ask: Klien) -> None:
    write(peta, usulan)
    mine = write(peta, usulan, posisi=peta.kotak_lain.pk, identitas={"nama_jabatan": "Pengadministrasi"})
    rows = get(ask, f"/usulan/{usulan.pk}/infojab/{mine}/saran/wewenang")["isi"]
    assert [(row["teks"], row["versi"]) for row in rows] == [("Meminta kelengkapan surat", 0)]


def test_drafts_stay_behind_their_wall(peta: Peta, usulan: Usulan) -> None:
    key = write(peta, usulan)
    outsider = Klien(make_persona("orang_luar", instansi_id=make_instansi("Kabupaten Lain").pk))
    for path in (
        f"/usulan/{usulan.pk}/infojab/{key}",
        f"/usulan/{usulan.pk}/infojab/{key}/saran/ikhtisar",
        f"/usulan/{usulan.pk}/infojab/kelengkapan",
    ):
        get(outsider, path, 404)
    get(outsider, "/infojab/bentuk")
    assert Client().get(f"/api/v1/infojab/{key}").status_code == 401
