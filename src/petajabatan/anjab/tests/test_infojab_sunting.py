"""The editor: opening, saving, conflicts, refusals; who may; panels beside a section."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from petajabatan.akun.models import Pengguna
from petajabatan.anjab.tests.infojab_uji import LEMBAR, LENGKAP, draft, publish, write
from petajabatan.jabatan.rules.isian import isian_id
from petajabatan.testing.personas import PERSONAS, make_persona
from petajabatan.usulan.models import Komentar, Operasi, Usulan
from petajabatan.usulan.queries.isian import contents_of
from petajabatan.usulan.rules.operasi import TulisIsian, UbahK
from petajabatan.usulan.services import add_operations, create_usulan
from petajabatan.usulan.services.komentar import add_comment
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.pembuat import account

pytestmark = pytest.mark.django_db
BACA = {"operator", "penyetuju", "monitor", "verifikator", "admin"}


class Orang:
    """A browser of one persona."""

    def __init__(self, nama: str) -> None:
        self.client = Client()
        self.client.force_login(
            Pengguna.objects.get(username=nama), backend="django.contrib.auth.backends.ModelBackend"
        )

    def get(self, name: str, *args: Any, **query: Any) -> Any:
        return self.client.get(reverse(f"anjab:{name}", args=args), query)

    def save(self, usulan: Usulan, key: int, bagian: str, isi: Any, **more: Any) -> Any:
        return self.client.post(
            reverse("anjab:infojab-simpan", args=[usulan.pk, key, bagian]),
            json.dumps({"isi": isi} | more),
            content_type="application/json",
        )


@pytest.fixture
def usulan(peta: Peta) -> Usulan:
    return draft(peta)


@pytest.fixture
def operator(peta: Peta) -> Orang:
    return Orang("operator")


def contents(usulan: Usulan, key: int) -> dict[str, Any]:
    return contents_of(Usulan.objects.get(pk=usulan.pk), [key])[key]


@pytest.mark.parametrize("nama", [*PERSONAS, "penulis"])
def test_who_may_read_and_who_may_write(peta: Peta, usulan: Usulan, nama: str) -> None:
    key = write(peta, usulan)
    if nama == "penulis":
        account("penulis", "instansi-operator-infojab", "instansi", instansi_id=peta.instansi.pk)
    elif not Pengguna.objects.filter(username=nama).exists():
        other = nama == "orang_luar"
        from petajabatan.testing.factories import make_instansi

        instansi = make_instansi("Kabupaten Lain") if other else peta.instansi
        make_persona(nama, instansi_id=instansi.pk, pegawai_id=peta.orang.pk if nama == "pegawai" else None)
    who = Orang(nama)
    reads = nama in BACA or nama == "penulis"
    for page, args in (
        ("infojab-papan", [usulan.pk]),
        ("infojab-sunting", [usulan.pk, key]),
        ("infojab-banding", [usulan.pk, key, "ikhtisar"]),
        ("infojab-saran", [usulan.pk, key, "ikhtisar"]),
        ("infojab-riwayat", [usulan.pk, key, "ikhtisar"]),
        ("infojab-komentar", [usulan.pk, key, "ikhtisar"]),
        ("infojab-acuan", [usulan.pk]),
    ):
        assert who.get(page, *args).status_code == (200 if reads else 404), page
    writes = nama in ("operator", "penulis", "admin")
    answer = who.save(usulan, key, "prestasi", {"prestasi": "Sangat baik"})
    assert answer.status_code == (200 if writes else 403 if reads else 404)
    assert (contents(usulan, key)["prestasi"]["prestasi"] == "Sangat baik") == writes


def test_nobody_is_told_that_the_session_has_ended(peta: Peta, usulan: Usulan) -> None:
    key = write(peta, usulan)
    url = reverse("anjab:infojab-simpan", args=[usulan.pk, key, "prestasi"])
    assert Client().post(url, "{}", content_type="application/json").status_code == 401


def test_a_section_is_saved_and_its_completeness_told(peta: Peta, usulan: Usulan, operator: Orang) -> None:
    key = write(peta, usulan, identitas={"nama_jabatan": "Pengadministrasi"})
    answer = operator.save(usulan, key, "ikhtisar", {"ikhtisar": "Menyusun laporan."}, kunci="a").json()
    assert contents(usulan, key)["ikhtisar"] == {"ikhtisar": "Menyusun laporan."}
    assert (answer["keadaan"]["terisi"], answer["keadaan"]["wajib"]) == (1, 1)
    assert {t["kode"] for t in answer["keadaan"]["bantuan"]} == {"ikhtisar-bagaimana", "ikhtisar-mengapa"}
    assert answer["keadaan"]["pola"]["apa"] == "Menyusun laporan"


def test_the_same_content_again_leaves_no_operation(peta: Peta, usulan: Usulan, operator: Orang) -> None:
    key = write(peta, usulan)
    before = Operasi.objects.filter(usulan=usulan).count()
    answer = operator.save(
        usulan, key, "ikhtisar", LENGKAP["ikhtisar"] | {"ikhtisar": " " + LENGKAP["ikhtisar"]["ikhtisar"]}
    )
    assert answer.status_code == 200
    assert Operasi.objects.filter(usulan=usulan).count() == before


def test_the_same_key_again_changes_nothing(peta: Peta, usulan: Usulan, operator: Orang) -> None:
    key = write(peta, usulan)
    operator.save(usulan, key, "prestasi", {"prestasi": "Satu"}, kunci="k1")
    operator.save(usulan, key, "prestasi", {"prestasi": "Dua"}, kunci="k2")
    assert operator.save(usulan, key, "prestasi", {"prestasi": "Satu"}, kunci="k1").status_code == 200
    assert contents(usulan, key)["prestasi"] == {"prestasi": "Dua"}


def test_who_comes_second_is_told_by_whom_and_gets_both_texts(peta: Peta, usulan: Usulan) -> None:
    key = write(peta, usulan)
    usulan.refresh_from_db()
    account("penulis", "instansi-operator-infojab", "instansi", instansi_id=peta.instansi.pk)
    Orang("penulis").save(usulan, key, "prestasi", {"prestasi": "Kerja baik"}, revisi=usulan.revisi)
    late = Orang("operator").save(
        usulan, key, "prestasi", {"prestasi": "Kerja luar biasa"}, revisi=usulan.revisi
    )
    body = late.json()
    assert late.status_code == 409
    assert "sudah diubah oleh Penulis" in body["temuan"][0]["kalimat"]
    assert body["isi"] == {"prestasi": "Kerja baik"} and "luar biasa" in body["beda"]
    again = Orang("operator").save(
        usulan, key, "prestasi", {"prestasi": "Kerja luar biasa"}, revisi=body["revisi"]
    )
    assert again.status_code == 200
    assert contents(usulan, key)["prestasi"] == {"prestasi": "Kerja luar biasa"}


def test_a_text_of_five_megabytes_is_refused_beside_its_field(
    peta: Peta, usulan: Usulan, operator: Orang
) -> None:
    key = write(peta, usulan)
    answer = operator.save(usulan, key, "ikhtisar", {"ikhtisar": "kata " * 1_000_000})
    assert answer.status_code == 422
    assert answer.json()["temuan"][0] | {} and answer.json()["temuan"][0]["kolom"] == "ikhtisar"
    assert contents(usulan, key)["ikhtisar"] == LENGKAP["ikhtisar"]


@pytest.mark.parametrize("isi", ["teks", 7, ["a"], {"lain": "x"}, {"ikhtisar": {"a": 1}}])
def test_content_of_the_wrong_shape_is_a_finding(
    peta: Peta, usulan: Usulan, operator: Orang, isi: Any
) -> None:
    key = write(peta, usulan)
    answer = operator.save(usulan, key, "ikhtisar", isi)
    assert answer.status_code == 422 and answer.json()["temuan"]
    assert contents(usulan, key)["ikhtisar"] == LENGKAP["ikhtisar"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"a"', b"[" * 5000])
def test_a_body_that_is_no_object_is_a_finding(
    peta: Peta, usulan: Usulan, operator: Orang, body: bytes
) -> None:
    key = write(peta, usulan)
    url = reverse("anjab:infojab-simpan", args=[usulan.pk, key, "ikhtisar"])
    assert operator.client.post(url, body or b"null", content_type="application/json").status_code == 400


@pytest.mark.parametrize("bagian", ["abk", "evaluasi", "lain"])
def test_other_sections_are_not_written_here(
    peta: Peta, usulan: Usulan, operator: Orang, bagian: str
) -> None:
    key = write(peta, usulan)
    assert (
        operator.save(usulan, key, bagian, {"a": "b"}).json()["temuan"][0]["kode"] == "bagian-tidak-dikenal"
    )
    assert operator.get("infojab-banding", usulan.pk, key, bagian).status_code == 404


def test_html_of_a_word_processor_is_cleaned_and_said(peta: Peta, usulan: Usulan, operator: Orang) -> None:
    key = write(peta, usulan)
    answer = operator.save(usulan, key, "prestasi", {"prestasi": "<p class=MsoNormal>Kerja <b>baik</b></p>"})
    assert contents(usulan, key)["prestasi"] == {"prestasi": "Kerja baik"}
    assert [t["kode"] for t in answer.json()["pesan"]] == ["format-dibuang"]


def test_like_tasks_are_pointed_out(peta: Peta, usulan: Usulan, operator: Orang) -> None:
    key = write(peta, usulan)
    rows = [
        {"uraian": "Menyusun laporan keuangan bulanan dinas", "hasil": "Laporan"},
        {"uraian": "Menyusun laporan keuangan bulanan", "hasil": "Laporan"},
    ]
    answer = operator.save(usulan, key, "tugas_pokok", {"tugas_pokok": rows}).json()
    hint = answer["keadaan"]["bantuan"][0]
    assert hint["kode"].startswith("tugas-") and hint["baris"] == 2


def test_the_page_holds_every_printed_section_and_its_data(
    peta: Peta, usulan: Usulan, operator: Orang
) -> None:
    key = write(peta, usulan)
    page = operator.get("infojab-sunting", usulan.pk, key, posisi=peta.kotak.pk).content.decode()
    for number in ("1–2.", "3.", "4.", "6.", "16.", "17."):
        assert f">{number} " in page
    assert "Bidang Anggaran" in page and "Kelas 6" in page and 'id="infojab-data"' in page
    assert "style=" not in page and "onclick" not in page


def test_a_box_that_does_not_use_it_is_told_with_the_way_to_its_own(
    peta: Peta, usulan: Usulan, operator: Orang
) -> None:
    key, other = write(peta, usulan), write(peta, usulan, posisi=peta.kotak_lain.pk)

    def page(name: str, pk: int, posisi: object, **more: object) -> str:
        return " ".join(operator.get(name, pk, key, posisi=posisi, **more).content.decode().split())

    shown = "Yang ditampilkan: Pengadministrasi Perkantoran, Bidang Anggaran."
    said = f"tidak memakai informasi jabatan ini. {shown}"
    draft = page("infojab-sunting", usulan.pk, peta.kotak_lain.pk)
    own = reverse("anjab:infojab-sunting", args=[usulan.pk, other])
    assert said in draft and f'href="{own}?posisi={peta.kotak_lain.pk}"' in draft
    bare = page("infojab-sunting", usulan.pk, peta.kepala.pk)
    board = reverse("anjab:infojab-papan", args=[usulan.pk])
    assert said in bare and f'href="{board}?unit={peta.bidang.pk}"' in bare
    for nobody in (10**12, "x", -1):
        assert "Jabatan yang diminta tidak ada pada peta ini." in page("infojab-sunting", usulan.pk, nobody)
    publish(peta, usulan)
    own = reverse("anjab:infojab-baca", args=[peta.instansi.pk, other])
    published = page("infojab-baca", peta.instansi.pk, peta.kotak_lain.pk, versi=2)
    assert said in published and f'href="{own}?versi=2&amp;posisi={peta.kotak_lain.pk}"' in published
    for right in (peta.kotak.pk, ""):
        assert "Yang ditampilkan: " not in page("infojab-baca", peta.instansi.pk, right)


def test_a_locked_usulan_is_read_and_not_written(peta: Peta, usulan: Usulan, operator: Orang) -> None:
    key = write(peta, usulan)
    publish(peta, usulan)
    page = operator.get("infojab-sunting", usulan.pk, key).content.decode()
    assert "Hanya baca." in page and "infojab-data" not in page
    assert operator.save(usulan, key, "prestasi", {"prestasi": "Lain"}).status_code == 409


def test_the_published_text_stands_beside_with_changed_words_marked(
    peta: Peta, usulan: Usulan, operator: Orang
) -> None:
    key = write(peta, usulan)
    publish(peta, usulan)
    other = draft(peta)
    add_operations(
        peta.operator, other.pk,
        [TulisIsian(infojab_id=key, bagian="ikhtisar",
                    isi={"ikhtisar": LENGKAP["ikhtisar"]["ikhtisar"].replace("berkas", "naskah")})],
    )  # fmt: skip
    page = operator.get("infojab-banding", other.pk, key, "ikhtisar").content.decode()
    assert "berkas" in page.split("<del>")[-1].split("</del>")[0]
    assert "naskah" in page.split("<ins>")[-1].split("</ins>")[0]
    same = operator.get("infojab-banding", other.pk, key, "prestasi").content.decode()
    assert "Sama dengan versi 2." in same


def test_history_tells_versions_and_the_saves_of_this_draft(
    peta: Peta, usulan: Usulan, operator: Orang
) -> None:
    key = write(peta, usulan)
    publish(peta, usulan)
    other = draft(peta)
    for text in ("Satu", "Satu dua", "Satu dua tiga"):
        operator.save(other, key, "prestasi", {"prestasi": text})
    page = operator.get("infojab-riwayat", other.pk, key, "prestasi").content.decode()
    assert "3 kali simpan" in page and "Versi 2" in page and "Operator" in page


def test_a_verifikator_comments_a_section_and_the_operator_sees_the_count(
    peta: Peta, usulan: Usulan, operator: Orang
) -> None:
    key = write(peta, usulan)
    who = Orang("verifikator")
    url = reverse("anjab:infojab-komentar", args=[usulan.pk, key, "ikhtisar"])
    page = who.client.post(url, {"isi": "Tujuannya belum jelas", "minta": "1"}).content.decode()
    row = Komentar.objects.get()
    assert (row.objek, row.objek_id, row.bagian) == (
        "isian", isian_id("ikhtisar", infojab_id=key), "ikhtisar",
    )  # fmt: skip
    assert 'data-komentar-terbuka="1"' in page
    shown = operator.get("infojab-sunting", usulan.pk, key).content.decode()
    assert "<span data-n-komentar>1</span>" in shown
    operator.client.post(url, {"isi": "Sudah dilengkapi", "balasan": row.pk})
    closed = who.client.post(url, {"komentar": row.pk, "keadaan": "selesai"}).content.decode()
    assert 'data-komentar-terbuka="0"' in closed and "Sudah dilengkapi" in closed
    tab = operator.client.get(reverse("usulan:rinci", args=[usulan.pk]) + "?tab=komentar").content.decode()
    assert reverse("anjab:infojab-sunting", args=[usulan.pk, key]) in tab


def test_an_empty_comment_is_refused_and_said(peta: Peta, usulan: Usulan, operator: Orang) -> None:
    key = write(peta, usulan)
    url = reverse("anjab:infojab-komentar", args=[usulan.pk, key, "ikhtisar"])
    page = operator.client.post(url, {"isi": "  "}, headers={"HX-Request": "true"})
    assert page.status_code == 200 and "masih kosong" in page.content.decode()


def test_a_comment_names_its_section_truly(peta: Peta, usulan: Usulan) -> None:
    from petajabatan.inti.temuan import Ditolak

    key = write(peta, usulan)
    for objek_id, bagian in ((key * 64 + 63, ""), (isian_id("prestasi", infojab_id=key), "ikhtisar")):
        with pytest.raises(Ditolak):
            add_comment(peta.operator, usulan.pk, "Keliru", objek="isian", objek_id=objek_id, bagian=bagian)


def test_begin_and_use_from_the_board(peta: Peta, usulan: Usulan, operator: Orang) -> None:
    url = reverse("anjab:infojab-mulai", args=[usulan.pk])
    answer = operator.client.post(url, {"posisi": peta.kotak.pk})
    assert answer.status_code == 302 and f"posisi={peta.kotak.pk}" in answer["Location"]
    key = int(answer["Location"].split("/infojab/")[1].split("/")[0])
    assert contents(usulan, key)["identitas"]["nama_jabatan"] == "Pengadministrasi Perkantoran"
    choice = operator.get("infojab-pilih", usulan.pk, posisi=peta.kotak_lain.pk).content.decode()
    assert f'name="infojab" value="{key}"' in choice
    operator.client.post(url, {"posisi": peta.kotak_lain.pk, "infojab": key})
    page = operator.get("infojab-sunting", usulan.pk, key).content.decode()
    assert "Dipakai 2 jabatan" in page
    refused = operator.client.post(url, {"posisi": peta.kotak.pk, "infojab": 999_999}, follow=True)
    assert "tidak ada pada peta usulan ini" in refused.content.decode()
    nothing = operator.client.post(url, {}, follow=True)
    assert "Pilih 1 sampai" in nothing.content.decode()


def test_the_board_offers_what_to_do_next(peta: Peta, usulan: Usulan, operator: Orang) -> None:
    page = operator.get("infojab-papan", usulan.pk, unit=peta.bidang.pk).content.decode()
    assert "Buat informasi jabatan" in page and "Kepala Bidang Anggaran" in page
    write(peta, usulan)
    page = operator.get("infojab-papan", usulan.pk, unit=peta.bidang_lain.pk).content.decode()
    assert "Pakai yang sudah ada (1)" in page
    assert operator.get("infojab-papan", usulan.pk, unit=999_999).status_code == 404


def test_published_pages_are_for_everybody_signed_in(peta: Peta, usulan: Usulan) -> None:
    key = write(peta, usulan)
    publish(peta, usulan)
    make_persona("pembina")
    who = Orang("pembina")
    page = who.get("infojab-baca", peta.instansi.pk, key).content.decode()
    assert "Menerima surat masuk" in page and "0,6400" in page and "versi 2" in page
    assert "1,6000" in page and "di luar uraian tugas" not in page
    assert who.get("infojab-baca", peta.instansi.pk, key, versi=1).status_code == 404
    assert who.get("infojab-baca", peta.instansi.pk, key, versi="x").status_code == 404
    board = who.get("infojab-terbit", peta.instansi.pk, bawah=1).content.decode()
    assert "Pengadministrasi Perkantoran" in board and "Buat informasi jabatan" not in board
    assert Client().get(reverse("anjab:infojab-terbit", args=[peta.instansi.pk])).status_code == 302


def test_suggestions_come_from_published_posts_of_the_same_jabatan_with_their_source(
    peta: Peta, usulan: Usulan, operator: Orang
) -> None:
    key = write(peta, usulan)
    publish(peta, usulan)
    other = draft(peta)
    mine = write(peta, other, posisi=peta.kotak_lain.pk, identitas={"nama_jabatan": "Pengadministrasi"})
    page = operator.get("infojab-saran", other.pk, mine, "tugas_pokok").content.decode()
    assert "Menerima surat masuk" in page and "jabatan sama" in page and "versi 2" in page
    assert reverse("anjab:infojab-baca", args=[peta.instansi.pk, key]) in page
    operator.save(
        other, mine, "tugas_pokok", {"tugas_pokok": [{"uraian": "Menerima surat masuk", "hasil": "Surat"}]}
    )
    page = operator.get("infojab-saran", other.pk, mine, "tugas_pokok").content.decode()
    assert "Menerima surat masuk" not in page and "Menyusun arsip dinamis" in page


def test_a_post_without_jabatan_gets_suggestions_by_name(peta: Peta, usulan: Usulan, operator: Orang) -> None:
    write(peta, usulan, posisi=peta.kepala.pk, wewenang={"wewenang": ["Menandatangani surat keluar"]})
    publish(peta, usulan)
    other = draft(peta)
    from petajabatan.jabatan.models import PosisiRiwayat

    head = PosisiRiwayat.objects.get(nama="Kepala Bidang Aset", hingga=2147483647).posisi_id
    mine = write(peta, other, posisi=head, identitas={"nama_jabatan": "Kepala Bidang Aset"})
    page = operator.get("infojab-saran", other.pk, mine, "wewenang").content.decode()
    assert "Menandatangani surat keluar" in page and "Kepala Bidang Anggaran (mirip" in page


def test_references_are_found_for_their_field(peta: Peta, usulan: Usulan, operator: Orang) -> None:
    from petajabatan.referensi.models import Diklat, Pendidikan, TingkatPendidikan

    level = TingkatPendidikan.objects.create(kode="40", nama="S-1", urutan=9, sumber="uji")
    row = Pendidikan.objects.create(id_siasn="P1", nama="S-1 AKUNTANSI", tingkat=level, sumber="uji")
    Diklat.objects.create(
        jenis="struktural", kunci="D1", nama="PELATIHAN KEPEMIMPINAN ADMINISTRATOR", sumber="uji"
    )
    Diklat.objects.create(jenis="kursus", kunci="D2", nama="PELATIHAN KEARSIPAN", sumber="uji")
    hits = operator.get("infojab-acuan", usulan.pk, isian="pendidikan", q="akuntansi").json()["hasil"]
    assert hits == [{"id": row.pk, "nama": "S-1 AKUNTANSI", "jalur": "S-1", "tingkat": "S-1"}]

    def names(isian: str, q: str) -> list[str]:
        return [
            hit["nama"] for hit in operator.get("infojab-acuan", usulan.pk, isian=isian, q=q).json()["hasil"]
        ]

    assert names("diklat_kepemimpinan", "pelatihan") == ["PELATIHAN KEPEMIMPINAN ADMINISTRATOR"]
    assert names("diklat_teknis", "pelatihan") == ["PELATIHAN KEARSIPAN"]
    assert names("dasar_hukum", "Perbup 2020")[0].startswith("Perbup Nomor 1 Tahun 2020")
    assert names("lain", "pelatihan") == [] and names("pendidikan", "a") == []


def test_the_usulan_tells_how_many_of_its_posts_are_complete(
    peta: Peta, usulan: Usulan, operator: Orang
) -> None:
    def overview() -> str:
        return operator.client.get(reverse("usulan:rinci", args=[usulan.pk])).content.decode()

    first = overview()
    assert "Belum ada informasi jabatan yang disentuh" in first
    board = reverse("anjab:infojab-papan", args=[usulan.pk])
    assert f'<a class="btn btn-primary" href="{board}">' in first
    write(peta, usulan)
    assert "lengkap 1 dari 1 jabatan" in overview()
    assert "lengkap 1 dari 1 jabatan" in operator.get("infojab-ringkas", usulan.pk).content.decode()


def test_an_usulan_of_sotk_that_holds_informasi_jabatan_tells_how_complete_it_is(
    peta: Peta, operator: Orang
) -> None:
    sotk = create_usulan(peta.operator, peta.instansi.pk, judul="Penataan")
    address = reverse("usulan:rinci", args=[sotk.pk])
    assert "Belum ada informasi jabatan" not in operator.client.get(address).content.decode()
    write(peta, sotk)
    assert "lengkap 1 dari 1 jabatan" in operator.client.get(address).content.decode()


@pytest.mark.parametrize(("cara", "made"), [("nama", 5), ("kotak", 6)])
def test_all_that_is_missing_is_begun_at_once_and_the_counts_are_told_before(
    peta: Peta, usulan: Usulan, operator: Orang, cara: str, made: int
) -> None:
    page = operator.get("infojab-papan", usulan.pk).content.decode()
    assert "Satu per nama jabatan: 5 informasi jabatan dipakai 6 jabatan" in page
    assert "Satu per kotak: 6 informasi jabatan" in page
    address = reverse("anjab:infojab-mulai-semua", args=[usulan.pk])
    form = {"cara": cara, "kunci": f"semua-{cara}"}
    answer = operator.client.post(address, form, follow=True).content.decode()
    assert f"{made} informasi jabatan dibuat untuk 6 jabatan." in answer
    assert "Buat semua yang belum ada" not in answer
    assert Operasi.objects.filter(usulan=usulan, jenis="buat-infojab").count() == made
    assert "Pilih 1 sampai" in operator.client.post(address, {}, follow=True).content.decode()


def test_only_the_boxes_of_the_unit_asked_for_are_begun(peta: Peta, usulan: Usulan, operator: Orang) -> None:
    address = reverse("anjab:infojab-mulai-semua", args=[usulan.pk])
    operator.client.post(address, {"unit": peta.bidang.pk, "cara": "kotak"})
    assert Operasi.objects.filter(usulan=usulan, jenis="buat-infojab").count() == 3


def test_a_box_of_the_draft_and_of_the_map_leads_to_its_informasi_jabatan(
    peta: Peta, usulan: Usulan, operator: Orang
) -> None:
    drawer = reverse("sunting:posisi", args=[usulan.pk, peta.kotak.pk])
    assert "Buat informasi jabatan" in operator.client.get(drawer).content.decode()
    key = write(peta, usulan)
    assert (
        reverse("anjab:infojab-sunting", args=[usulan.pk, key])
        in operator.client.get(drawer).content.decode()
    )
    publish(peta, usulan)
    shown = reverse("peta:posisi", args=[peta.instansi.kode_cepat, peta.kotak.pk]) + "?versi=2"
    assert (
        reverse("anjab:infojab-baca", args=[peta.instansi.pk, key])
        in operator.client.get(shown).content.decode()
    )
    before = reverse("peta:posisi", args=[peta.instansi.kode_cepat, peta.kotak.pk]) + "?versi=1"
    assert "Belum mempunyai informasi jabatan" in operator.client.get(before).content.decode()


def test_the_finding_of_a_missing_one_leads_to_beginning_it(
    peta: Peta, usulan: Usulan, operator: Orang
) -> None:
    add_operations(peta.operator, usulan.pk, [UbahK(posisi_id=peta.kotak.pk, k=4)])
    drawer = operator.client.get(
        reverse("sunting:temuan", args=[usulan.pk]) + "?tingkat=bawaan"
    ).content.decode()
    drawer += operator.client.get(reverse("sunting:temuan", args=[usulan.pk])).content.decode()
    assert f"{reverse('anjab:infojab-pilih', args=[usulan.pk])}?posisi={peta.kotak.pk}" in drawer


def test_what_the_sheet_holds_besides_the_tasks_is_read_with_sum_and_k(
    peta: Peta, usulan: Usulan, operator: Orang
) -> None:
    key = write(peta, usulan)
    more = {"uraian": "Mendampingi rapat", "volume": "750", "norma": "100"}
    sheet = {"baris": [*LEMBAR["baris"], more]}
    add_operations(peta.operator, usulan.pk, [TulisIsian(posisi_id=peta.kotak.pk, bagian="abk", isi=sheet)])
    text = operator.get("infojab-sunting", usulan.pk, key).content.decode()
    rest = text[text.index('class="card-body ij-beban"') :].split("</section>")[0]
    assert "Mendampingi rapat" in rest and "1,0000" in rest and "Menerima surat masuk" not in rest
    assert "2,6000" in rest and "<dd>3</dd>" in rest
    publish(peta, usulan)
    page = operator.get("infojab-baca", peta.instansi.pk, key).content.decode()
    assert "Mendampingi rapat" in page and "2,6000" in page


def test_who_evaluates_reads_the_informasi_jabatan_and_cannot_write_it(peta: Peta, usulan: Usulan) -> None:
    key = write(peta, usulan)
    account("evajab", "instansi-operator-evajab", "instansi", instansi_id=peta.instansi.pk)
    who = Orang("evajab")
    page = who.get("infojab-sunting", usulan.pk, key).content.decode()
    assert "Hanya baca." in page and 'id="infojab-data"' not in page
    board = who.get("infojab-papan", usulan.pk, bawah=1).content.decode()
    assert "Hanya baca." in board and "Buat informasi jabatan" not in board
    assert who.save(usulan, key, "prestasi", {"prestasi": "x"}).status_code in (403, 422)
