"""The pages of copying, master and templates, as each persona meets them; and the same by API."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from petajabatan.akun.models import Pengguna
from petajabatan.anjab.berkas_templat import read_upload, write_json, write_xlsx
from petajabatan.anjab.models import TemplatPembina, TemplatVersi
from petajabatan.anjab.queries.templat import followers
from petajabatan.anjab.rules.simpangan import Simpangan
from petajabatan.anjab.tests.templat_uji import make_pembina, make_region, make_template, structure
from petajabatan.inti.actor import sistem
from petajabatan.inti.models import Pekerjaan
from petajabatan.inti.simpanan import forget
from petajabatan.inti.temuan import Ditolak
from petajabatan.referensi.models import Instansi, MasterUnor, Wilayah
from petajabatan.referensi.services import count_words
from petajabatan.testing.factories import make_instansi
from petajabatan.testing.personas import make_persona
from petajabatan.usulan.models import Operasi, Usulan
from petajabatan.usulan.services import create_usulan
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.klien import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def usulan(peta: Peta) -> Usulan:
    made = create_usulan(peta.operator, peta.instansi.pk, judul="Salin", dasar_hukum_id=peta.dasar.pk)
    return Usulan.objects.select_related("instansi").get(pk=made.pk)


def client(name: str) -> Client:
    made = Client()
    made.force_login(Pengguna.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    return made


def others(peta: Peta) -> None:
    for name in ("monitor", "admin", "pembina", "pemantau"):
        make_persona(name, instansi_id=peta.instansi.pk)
    make_persona("orang_luar", instansi_id=make_instansi("Kabupaten Lain").pk)
    make_persona("pegawai", pegawai_id=peta.orang.pk)


def test_pages_of_a_draft_open_for_those_who_draft_and_nobody_else(peta: Peta, usulan: Usulan) -> None:
    others(peta)
    for page in ("replikasi", "master", "templat", "templat/simpangan"):
        address = f"/anjab/usulan/{usulan.pk}/{page}/"
        assert client("operator").get(address).status_code == 200, page
        assert client("admin").get(address).status_code == 200, page
        for name in ("penyetuju", "verifikator", "monitor", "pembina", "pemantau", "orang_luar", "pegawai"):
            assert client(name).get(address).status_code in (403, 404), (page, name)
        assert Client().get(address).status_code == 302
        assert client("operator").get(f"/anjab/usulan/99999999/{page}/").status_code == 404


def test_a_post_is_copied_by_the_page_from_search_to_undoable_action(peta: Peta, usulan: Usulan) -> None:
    web = client("operator")
    address = f"/anjab/usulan/{usulan.pk}/replikasi/"
    page = web.get(address, {"q": "bidang angaran"}).content.decode()
    assert f"sumber={peta.bidang.pk}" in page
    chosen = {"sumber": peta.bidang.pk, "tujuan": [peta.bidang_lain.pk, peta.seksi.pk]}
    page = web.get(address, chosen).content.decode()
    assert "dari 100" in page and f'value="{peta.kotak.pk}" checked' in page
    form = chosen | {
        "dikirim": "1", "posisi": [peta.kotak.pk], "kelas": "1", "k": "1",
        "pasangan": [f"{peta.bidang.pk}:{peta.seksi.pk}", ""],
    }  # fmt: skip
    seen = web.post(address, form | {"tindakan": "pratinjau"})
    assert seen.status_code == 200 and "Salin sekarang" in seen.content.decode()
    assert not Operasi.objects.filter(usulan=usulan).exists()
    done = web.post(address, form | {"tindakan": "salin"})
    assert done.status_code == 302
    (row,) = Operasi.objects.filter(usulan=usulan)
    assert (row.jenis, row.isi["k"], row.isi["kelas"]) == ("tambah-posisi", 3, 6)
    again = web.post(address, form | {"tindakan": "pratinjau"}).content.decode()
    assert "tidak ada yang perlu disalin" in again


def test_what_cannot_be_copied_says_so_and_keeps_what_was_chosen(peta: Peta, usulan: Usulan) -> None:
    web = client("operator")
    address = f"/anjab/usulan/{usulan.pk}/replikasi/"
    answer = web.post(
        address, {"dikirim": "1", "sumber": peta.bidang.pk, "tujuan": peta.seksi.pk, "posisi": peta.kotak.pk}
    )
    assert answer.status_code == 422 and "Belum ada unit tujuan yang dipasangkan" in answer.content.decode()
    assert f'value="{peta.seksi.pk}" checked' in answer.content.decode()
    for strange in ("99999999999", "abc", "-1", "9" * 40):
        assert web.get(address, {"sumber": strange, "tujuan": strange}).status_code in (200, 422)
    bad = {"dikirim": "1", "sumber": peta.bidang.pk, "pasangan": f"{peta.dinas.pk}:{peta.seksi.pk}"}
    assert web.post(address, bad).status_code == 422


def test_units_of_the_master_and_their_template_come_by_the_page(peta: Peta, usulan: Usulan) -> None:
    sumber, _bulu, _sekolah, jauh = make_region(peta.instansi)
    _, versi = make_template(make_pembina())
    web = client("operator")
    address = f"/anjab/usulan/{usulan.pk}/master/"
    page = web.get(address, {"q": "puskesmas sumbre", "qa": "dinas uji"}).content.decode()
    assert "Puskesmas Sumber" in page and "Puskesmas Jauh" not in page and "belum dipetakan" in page
    assert web.post(address, {"master": sumber.pk}).status_code == 422
    form = {"master": sumber.pk, "atasan": peta.dinas.pk, "versi": versi.pk}
    assert web.post(address, form).status_code == 302
    page = web.get(address, {"q": "puskesmas sumber"}).content.decode()
    assert "dalam usulan ini" in page
    assert web.post(address, form | {"master": jauh.pk}).status_code == 422
    page = web.get(f"/anjab/usulan/{usulan.pk}/templat/simpangan/").content.decode()
    assert "Puskesmas Sumber" in page and "sesuai" in page


def test_an_instansi_without_a_region_chooses_one_or_searches_the_nation(peta: Peta, usulan: Usulan) -> None:
    _sumber, bulu, sekolah, jauh = make_region(peta.instansi)
    Wilayah.objects.filter(pk__in=["33.17", "33.18"]).update(induk_id="33")
    Instansi.objects.filter(pk=peta.instansi.pk).update(wilayah_id=None)
    web = client("operator")
    address = f"/anjab/usulan/{usulan.pk}/master/"

    def shown(**chosen: Any) -> tuple[set[str], str]:
        answer = web.get(address, chosen)
        return {row["m"].kunci for row in answer.context["baris"]}, answer.content.decode()

    keys, page = shown()
    assert not keys and "Pilih provinsi" in page and "Jawa Tengah" in page and "Kecamatan" not in page
    keys, page = shown(q="puskesmas")
    assert {bulu.kunci, jauh.kunci} <= keys and sekolah.kunci not in keys
    assert shown(q=sekolah.kunci)[0] == {sekolah.kunci}
    keys, page = shown(provinsi="33", jenis="puskesmas")
    assert len(keys) == 3 and "Rembang" in page and ">Bulu<" in page
    assert shown(provinsi="33", kabupaten="33.18")[0] == {jauh.kunci}
    assert shown(provinsi="33", q="puskesmas jahu")[0] >= {jauh.kunci}
    assert len(shown(provinsi="33", kabupaten="34.01")[0]) == 4, "a kabupaten of another province is dropped"
    assert shown(provinsi="99", kabupaten="x")[0] == set()


def test_units_whose_master_names_no_kecamatan_are_a_choice_and_counted_beside_the_others(
    peta: Peta, usulan: Usulan
) -> None:
    sumber, bulu, sekolah, jauh = make_region(peta.instansi)
    MasterUnor.objects.filter(pk__in=[sumber.pk, bulu.pk, jauh.pk]).update(kecamatan="")
    web = client("operator")
    address = f"/anjab/usulan/{usulan.pk}/master/"

    def shown(**chosen: Any) -> tuple[set[str], str]:
        answer = web.get(address, chosen)
        return {row["m"].kunci for row in answer.context["baris"]}, answer.content.decode()

    keys, page = shown(kecamatan="Rembang")
    assert keys == {sekolah.kunci} and "2 unit lain (puskesmas, rumah sakit) tanpa kecamatan" in page
    assert "?kecamatan=-" in page and ">Tanpa kecamatan<" in page
    keys, page = shown(kecamatan="-")
    assert keys == {sumber.kunci, bulu.kunci} and "unit lain" not in page
    assert "1 unit lain" in shown(kecamatan="Rembang", q="bulu")[1]
    assert "unit lain" not in shown(kecamatan="Rembang", jenis="sekolah")[1]
    MasterUnor.objects.update(kecamatan="Rembang")
    forget()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache_bersama")
    assert "Tanpa kecamatan" not in shown()[1]


def test_who_sees_several_regions_is_told_which_one_a_unit_is_in(peta: Peta, usulan: Usulan) -> None:
    make_region(peta.instansi)
    Wilayah.objects.filter(pk__in=["33.17", "33.18"]).update(induk_id="33")
    web = client("operator")
    address = f"/anjab/usulan/{usulan.pk}/master/"
    head = '<th scope="col">Kabupaten/kota</th>'
    assert head not in web.get(address).content.decode()
    for own, chosen, told in (
        ("33", {}, True),
        (None, {"q": "puskesmas"}, True),
        (None, {"provinsi": "33"}, True),
        (None, {"provinsi": "33", "kabupaten": "33.18"}, False),
    ):
        Instansi.objects.filter(pk=peta.instansi.pk).update(wilayah_id=own)
        page = web.get(address, chosen).content.decode()
        assert (head in page) == told, (own, chosen)
        assert ('<td>Pati<div class="redup">Jawa Tengah</div></td>' in page) == told, (own, chosen)


def test_typing_errors_are_forgiven_in_the_whole_nation_too(peta: Peta, usulan: Usulan) -> None:
    sumber, _bulu, sekolah, jauh = make_region(peta.instansi)
    Instansi.objects.filter(pk=peta.instansi.pk).update(wilayah_id=None)
    count_words(sistem("uji"))
    web = client("operator")

    def shown(**chosen: Any) -> list[str]:
        answer = web.get(f"/anjab/usulan/{usulan.pk}/master/", chosen)
        return [row["m"].kunci for row in answer.context["baris"]]

    assert shown(q="puskesms jauh") == [jauh.kunci]
    assert shown(q="sumber puskesmas") == [sumber.kunci]
    assert shown(q="sd negri leteh") == [sekolah.kunci]
    assert shown(q="sd negri leteh", jenis="puskesmas") == []
    assert shown(q="zzzz qqqq") == []
    with CaptureQueriesContext(connection) as captured:
        shown(q="sd negri leteh")
    assert sum("kata_referensi" in q["sql"] for q in captured) <= 2


def test_a_template_is_compared_and_applied_by_the_page(peta: Peta, usulan: Usulan) -> None:
    _, versi = make_template(make_pembina())
    web = client("operator")
    address = f"/anjab/usulan/{usulan.pk}/templat/"
    chosen = {"versi": versi.pk, "unor": [peta.bidang_lain.pk], "q": "bidang"}
    page = web.get(address, chosen).content.decode()
    assert "Jabatan belum ada" in page and "Bidan Terampil" in page
    ticked = set(re.findall(r'name="jenis" value="([a-z-]+)" checked', page))
    assert ticked == {"unit-kurang", "jabatan-kurang", "isian-kurang"}
    assert {"unit-kurang", "kelas-beda", "k-beda", "jabatan-lebih"} <= set(
        re.findall(r'name="jenis" value="([a-z-]+)"', page)
    )
    kinds = ["jabatan-kurang", "unit-kurang"]
    assert web.post(address, chosen | {"jenis": kinds, "tindakan": "terapkan"}).status_code == 302
    assert followers(usulan) == {peta.bidang_lain.pk: versi.pk}
    report = f"/anjab/usulan/{usulan.pk}/templat/simpangan/"
    assert "Jabatan di luar templat" in web.get(report).content.decode()
    assert web.post(report, {"unor": peta.bidang_lain.pk, "jenis": ["jabatan-lebih"]}).status_code == 302
    assert "Jabatan di luar templat</" not in web.get(report).content.decode()


def test_many_at_once_become_a_job(peta: Peta, usulan: Usulan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("petajabatan.anjab.views.master.LANGSUNG", 1)
    rows = make_region(peta.instansi)
    form = {"master": [rows[0].pk, rows[1].pk], "atasan": peta.dinas.pk}
    answer = client("operator").post(f"/anjab/usulan/{usulan.pk}/master/", form)
    job = Pekerjaan.objects.get(jenis="anjab-master")
    assert answer.status_code == 302 and job.masukan["master_id"] == [rows[0].pk, rows[1].pk]


def test_a_pembina_writes_and_publishes_by_form_and_by_file(peta: Peta) -> None:
    p = make_pembina()
    web = client("pembina.uji")
    assert "Templat baru" in web.get("/anjab/templat/").content.decode()
    answer = web.post("/anjab/templat/baru/", {"pembina": p.instansi.pk, "nama": "Puskesmas"})
    templat = TemplatPembina.objects.get()
    assert answer["Location"].endswith(f"/anjab/templat/{templat.pk}/versi/1/")
    address = f"/anjab/templat/{templat.pk}/versi/1/"
    form: dict[str, Any] = {
        "tindakan": "simpan", "u_kunci": ["unit", ""], "u_nama": ["Puskesmas", ""], "u_atasan": ["", ""],
        "u_jenis": ["faskes", "struktural"], "u_eselon": ["", ""], "u_nama_jabatan": ["Kepala Puskesmas", ""],
        "p_unit": ["unit", "unit"], "p_kunci": ["", ""], "p_jabatan": ["Bidan Terampill", ""],
        "p_jenis": ["", ""],
        "p_kelas": ["6", ""], "p_k": ["4", ""], "p_kepala": ["", ""],
    }  # fmt: skip
    wrong = web.post(address, form)
    assert wrong.status_code == 422 and "Bidan Terampill" in wrong.content.decode()
    form["p_jabatan"] = ["bidan terampil", ""]
    assert web.post(address, form).status_code == 302
    upload = SimpleUploadedFile("t.json", json.dumps(structure(p)).encode())
    assert web.post(address, {"tindakan": "unggah", "berkas": upload}).status_code == 302
    assert web.post(address, form | {"p_k": ["5", ""]}).status_code == 302
    assert web.post(address, {"tindakan": "terbitkan"}).status_code == 302
    row = TemplatVersi.objects.get()
    assert row.terbit and row.isi["unit"][0]["posisi"][0]["k"] == 5
    for path in (f"/anjab/templat/{templat.pk}/", address, f"{address}json/", f"{address}xlsx/"):
        for name in ("pembina.uji", "operator"):
            assert client(name).get(path).status_code == 200, path
    others(peta)
    assert client("operator").post("/anjab/templat/baru/", {"nama": "x"}).status_code == 403
    for name in ("operator", "orang_luar", "pegawai", "pemantau", "verifikator"):
        assert client(name).get(f"/anjab/templat/{templat.pk}/versi/2/").status_code == 403, name


def test_a_template_comes_back_whole_from_both_kinds_of_file(db: None) -> None:
    p = make_pembina()
    raw = structure(p)
    raw["unit"][0]["posisi"][1]["isian"]["tugas_pokok"] = {
        "tugas_pokok": [{"uraian": "=HITUNG()", "hasil": "Dokumen", "tahapan": ["satu", "dua"]}]
    }
    templat, one = make_template(p, raw)
    from petajabatan.anjab.services.templat import save_version

    for data, name in ((write_json(one.isi), "t.json"), (write_xlsx(one.isi), "t.xlsx")):
        made, _ = save_version(p.actor, templat.pk, read_upload(io.BytesIO(data), name))
        assert made.isi == one.isi, name


def test_broken_files_are_refused_with_a_finding_and_never_an_error(db: None) -> None:
    book = write_xlsx({"unit": []})
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4096
    for data in (b"", b"{", b"[" * 100_000, b"%PDF-1.7", book[:200], locked, b"x" * (6 << 20), b"\x00\x01"):
        with pytest.raises(Ditolak):
            read_upload(io.BytesIO(data), "t.xlsx")


def test_the_same_by_api(peta: Peta, usulan: Usulan) -> None:
    rows = make_region(peta.instansi)
    _, versi = make_template(make_pembina())
    api, path = person("operator"), f"/usulan/{usulan.pk}"
    found = api("GET", f"{path}/replikasi/sumber", q="bidang angaran", expect=200).json()
    assert found["isi"][0]["id"] == peta.bidang.pk
    pairs = api(
        "POST",
        f"{path}/replikasi/pasangan",
        {"sumber": peta.bidang.pk, "tujuan": [peta.bidang_lain.pk]},
        expect=200,
    ).json()
    assert pairs["isi"][0]["skor"] == sum(a["nilai"] for a in pairs["isi"][0]["alasan"])
    body = {"sumber": peta.bidang.pk, "pasangan": [[peta.bidang.pk, peta.seksi.pk]]}
    seen = api("POST", f"{path}/replikasi/pratinjau", body, expect=200).json()
    assert seen["jabatan_baru"] == 1 and seen["isi"][0]["unor_id"] == peta.seksi.pk
    done = api("POST", f"{path}/replikasi", body, kunci="satu", expect=201).json()
    again = api("POST", f"{path}/replikasi", body, kunci="satu", expect=201)
    assert again.json() == done and again["Idempotency-Replayed"] == "true"
    assert api("POST", f"{path}/replikasi", body, kunci="dua", expect=201).json()["operasi"] == 0
    masters = api("GET", f"{path}/master", jenis="puskesmas", belum="true", expect=200).json()["isi"]
    assert {m["kode"] for m in masters} == {"1031851", "1031852"}
    taken = api(
        "POST", f"{path}/master",
        {"master_id": [rows[0].pk], "atasan_id": peta.dinas.pk, "versi_id": versi.pk}, expect=201,
    ).json()  # fmt: skip
    assert len(taken["unor_id"]) == 1
    (listed,) = api("GET", "/templat-pembina", expect=200).json()["isi"]
    assert listed["versi"][0]["id"] == versi.pk
    assert api("GET", f"/templat-pembina/{listed['id']}/versi/1", expect=200).json()["isi"]["unit"]
    apply = {"versi_id": versi.pk, "unor_id": [peta.bidang_lain.pk]}
    assert api("POST", f"{path}/templat/banding", apply, expect=200).json()["isi"][0]["simpangan"]
    assert api("POST", f"{path}/templat", apply, expect=201).json()["unit"] == 1
    report = api("GET", f"{path}/templat/simpangan", expect=200).json()["isi"]
    assert {row["mengikuti"] for row in report} == {1}
    others(peta)
    for name in ("penyetuju", "verifikator", "monitor", "pemantau", "orang_luar", "pegawai"):
        for call in (("replikasi", body), ("templat", apply), ("replikasi/pratinjau", body)):
            assert person(name)("POST", f"{path}/{call[0]}", call[1]).status_code in (403, 404), (
                name,
                call[0],
            )


def test_deviations_tell_k_with_its_points() -> None:
    differs = Simpangan("k-beda", 1, "Seksi", "Guru", "12500", "–")
    lacks = Simpangan("jabatan-kurang", 1, "Seksi", "Guru", "K 12.500", "tidak ada")
    rows = {
        "r": {"unit": {"nama": "Seksi", "id": 1}},
        "simpangan": [(one, "x", True) for one in (differs, lacks)],
    }
    page = render_to_string("anjab/templat/_hasil.html", {"hasil": [rows]})
    assert "<td>12.500</td><td>–</td>" in page and "<td>K 12.500</td><td>tidak ada</td>" in page
