"""The draft as chart and table: the same documents as the published map, with marks."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from petajabatan.akun.queries import actor_of
from petajabatan.inti.dinding import scope_of
from petajabatan.testing.factories import make_instansi
from petajabatan.testing.personas import make_persona
from petajabatan.usulan.services import add_operations, create_usulan
from petajabatan.web.peta.tests.conftest import wide_map
from petajabatan.web.sunting.tests.conftest import persona

pytestmark = pytest.mark.django_db


def units(document: dict) -> dict[int, list]:
    return {row[0]: row for row in document["unor"]}


def boxes(document: dict) -> dict[int, list]:
    return {row[0]: row for row in document["kotak"]}


def test_an_untouched_draft_shows_what_the_map_shows(layar):
    draft = layar.data("awal", kosong=1)
    kode = layar.peta.instansi.kode_cepat or f"id-{layar.peta.instansi.pk}"
    base = layar.client.get(f"/peta/{kode}/awal?kosong=1")
    published = base.json()
    assert [row[:11] for row in draft["unor"]] == published["unor"]
    assert [row[:10] for row in draft["kotak"]] == published["kotak"]
    assert {row[12] for row in draft["unor"]} == {""} and {row[10] for row in draft["kotak"]} == {""}
    assert sorted(draft["lengkap"]) == sorted(published["lengkap"]) and draft["akar"] == published["akar"]


def test_every_kind_of_change_is_marked_with_the_value_before(layar):
    p = layar.peta
    done = layar.ubah(
        {"jenis": "tambah-unor", "id": -1, "atasan_id": p.dinas.pk, "nama": "Bidang Baru", "eselon": "31",
         "nama_jabatan": "Kepala Bidang Baru"},
        {"jenis": "ubah-k", "posisi_id": p.kotak.pk, "k": 7},
        {"jenis": "pindah-unor", "unor_id": p.seksi.pk, "atasan_id": p.bidang_lain.pk},
        {"jenis": "koreksi-nama", "unor_id": p.bidang.pk, "nama": "Bidang Anggarann"},
    )  # fmt: skip
    shown = layar.data("awal", kosong=1)
    marks = {row[2]: row[12] for row in shown["unor"]}
    assert marks == {
        "Dinas Uji": "", "Bidang Anggarann": "ubah", "Bidang Aset": "", "Seksi Pendataan": "pindah",
        "Bidang Baru": "tambah",
    }  # fmt: skip
    assert units(shown)[p.bidang.pk][13] == {"nama": "Bidang Anggaran"}
    assert boxes(shown)[p.kotak.pk][6] == 7
    assert boxes(shown)[p.kotak.pk][10:] == ["ubah", {"k": 3}]
    assert units(shown)[p.seksi.pk][1] == p.bidang_lain.pk
    assert done["ringkasan"]["sesudah"]["k"] - done["ringkasan"]["sebelum"]["k"] == 5


def test_a_removed_branch_stays_visible_under_what_it_hung_on_and_counts_no_more(layar):
    p = layar.peta
    done = layar.ubah(
        {"jenis": "hapus-unor", "unor_id": p.bidang.pk, "cabang": True, "penerus": [p.bidang_lain.pk]}
    )
    shown = layar.data(f"bawah/{p.dinas.pk}", kosong=1)
    assert units(shown)[p.bidang.pk][12] == units(shown)[p.seksi.pk][12] == "hapus"
    assert units(shown)[p.bidang.pk][10:12] == [0, 1]
    assert units(shown)[p.seksi.pk][1] == p.bidang.pk
    heir = boxes(shown)[p.kotak_lain.pk]
    assert heir[7] == 1, "people of the removed box count where its successor stands"
    assert boxes(shown)[p.kotak.pk][10] == "hapus"
    assert units(shown)[p.dinas.pk][10] == 2 and done["ringkasan"]["sesudah"]["n_unor"] == 2
    assert [row[1] for row in done["anak"] if row[0] == p.dinas.pk] == [[p.bidang.pk, p.bidang_lain.pk]]


def test_only_what_changed_and_the_way_to_it(layar):
    p = layar.peta
    layar.ubah({"jenis": "ubah-k", "posisi_id": p.kotak.pk, "k": 9})
    shown = layar.data("awal", hanya=1)
    assert set(units(shown)) == {p.dinas.pk, p.bidang.pk}
    assert p.kotak_lain.pk not in boxes(shown) and p.kotak.pk in boxes(shown)
    assert set(shown["lengkap"]) == {p.dinas.pk, p.bidang.pk}


def test_the_way_to_a_moved_unit_leads_through_its_new_place(layar):
    p = layar.peta
    layar.ubah({"jenis": "pindah-unor", "unor_id": p.seksi.pk, "atasan_id": p.bidang_lain.pk})
    shown = layar.data(f"jalur/{p.seksi.pk}")
    assert p.bidang_lain.pk in shown["lengkap"] and p.bidang.pk not in shown["lengkap"]
    assert p.seksi.pk in units(layar.data(f"anak/{p.bidang_lain.pk}"))
    assert p.seksi.pk not in units(layar.data(f"anak/{p.bidang.pk}"))


def test_search_finds_new_names_and_not_removed_ones(layar):
    p = layar.peta
    layar.ubah(
        {"jenis": "tambah-unor", "atasan_id": p.dinas.pk, "nama": "Bidang Statistik Sektoral"},
        {"jenis": "hapus-unor", "unor_id": p.seksi.pk, "penerus": [p.bidang.pk]},
    )
    assert [h["nama"] for h in layar.data("cari", q="statistk sektoral")["hasil"]] == [
        "Bidang Statistik Sektoral"
    ]
    assert layar.data("cari", q="Seksi Pendataan", apa="unor")["hasil"] == []


def test_jabatan_are_looked_up_in_the_reference_lists(layar):
    found = layar.data("cari", q="perkantoran pengadmin", apa="jabatan")["hasil"]
    assert found[0]["nama"] == "Pengadministrasi Perkantoran" and found[0]["id"] == layar.peta.jabatan.pk


@pytest.mark.parametrize("name", ["pemantau", "pembina", "pegawai", "orang_luar"])
def test_who_may_not_see_the_draft_does_not_learn_that_it_exists(client, layar, name):
    client.force_login(persona(name, make_instansi().pk))
    for path in ("", "awal", f"unor/{layar.peta.dinas.pk}/", "temuan", "kabar"):
        assert client.get(layar.dasar + path).status_code == 404, path
    answer = client.post(
        f"/usulan/{layar.usulan.pk}/operasi",
        '{"operasi":[{"jenis":"ubah-k"}]}',
        content_type="application/json",
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["verifikator", "penyetuju"])
def test_who_reads_but_does_not_draft_gets_the_page_without_tools(client, layar, name):
    client.force_login(persona(name, layar.peta.instansi.pk))
    text = client.get(layar.dasar).content.decode()
    assert "Hanya baca" in text and 'data-aksi="urung"' not in text
    drawer = client.get(f"{layar.dasar}unor/{layar.peta.bidang.pk}/").content.decode()
    assert "Bidang Anggaran" in drawer and "Tambah jabatan" not in drawer
    assert client.get(f"{layar.dasar}unor/{layar.peta.bidang.pk}/form/hapus-unor/").status_code == 404
    answer = layar.post(
        "operasi", {"operasi": [{"jenis": "ubah-k", "posisi_id": layar.peta.kotak.pk, "k": 9}]}
    )
    assert answer.status_code == 403 and answer.json()["temuan"][0]["kode"] == "tidak-berwenang"


def test_a_unit_and_a_post_are_remarked_on_where_they_are_shown(client, layar):
    """By the verifikator who only reads, answered by the operator who edits."""
    p, url = layar.peta, f"/usulan/{layar.usulan.pk}/komentar/"
    client.force_login(persona("verifikator", p.instansi.pk))
    drawers = {
        ("unor", p.bidang.pk, f"u{p.bidang.pk}"): f"{layar.dasar}unor/{p.bidang.pk}/",
        ("posisi", p.kotak.pk, f"p{p.kotak.pk}"): f"{layar.dasar}posisi/{p.kotak.pk}/",
    }
    for (objek, key, pilih), drawer in drawers.items():
        text = client.get(drawer).content.decode()
        values = dict(
            re.findall(r'<input type="hidden" name="(objek|objek_id|kembali)" value="([^"]*)"', text)
        )
        assert values == {"objek": objek, "objek_id": str(key), "kembali": f"{layar.dasar}?pilih={pilih}"}
        answer = client.post(url, values | {"isi": f"Dasarnya mana? {objek}", "minta": "1"})
        assert answer.status_code == 302 and answer["Location"].startswith(values["kembali"])
        assert f"Dasarnya mana? {objek}" in client.get(drawer).content.decode()
    other = client.get(f"{layar.dasar}unor/{p.bidang_lain.pk}/").content.decode()
    assert "Dasarnya mana?" not in other and "Komentari unit ini" in other
    # The operator finds it, on the map and on the tab, and answers it there.
    client.force_login(layar.pengguna)
    drawer = drawers["unor", p.bidang.pk, f"u{p.bidang.pk}"]
    text = layar.client.get(drawer).content.decode()
    assert "Dasarnya mana? unor" in text and 'name="minta"' not in text
    thread = re.search(r'name="balasan" value="(\d+)"', text)[1]
    layar.client.post(url, {"isi": "Perbup 1/2020", "balasan": thread, "kembali": f"{layar.dasar}?pilih=u1"})
    assert "Perbup 1/2020" in layar.client.get(drawer).content.decode()
    tab = layar.client.get(f"/usulan/{layar.usulan.pk}/?tab=komentar").content.decode()
    assert f'{layar.dasar}?pilih=u{p.bidang.pk}">Bidang Anggaran</a>' in tab
    client.force_login(persona("monitor", p.instansi.pk))
    assert "Komentari unit ini" not in client.get(drawer).content.decode()


def test_a_draft_handed_over_can_only_be_read(layar):
    for status in ("menunggu_persetujuan", "diajukan"):
        layar.usulan.status = status
        layar.usulan.save(update_fields=["status"])
    assert "Hanya baca" in layar.get().content.decode()


def test_no_inline_script_or_style(layar):
    layar.ubah({"jenis": "ubah-k", "posisi_id": layar.peta.kotak.pk, "k": 9})
    for path in ("peta/", "peta/?lihat=tabel", "beda/", "beda/?lihat=bagan", "selaras/"):
        answer = layar.client.get(f"/usulan/{layar.usulan.pk}/{path}")
        assert answer.status_code == 200, path
        text = answer.content.decode()
        assert not re.search(r"<script(?![^>]*(src=|application/json))", text), path
        assert " style=" not in text, path


def test_number_of_statements_depends_neither_on_the_map_nor_on_the_draft(client):
    """Reading and editing cost as many statements on 11 units as on 2,001, after 1 edit as after 300."""
    counts: dict[str, set[int]] = {}
    for name, n, edits in (("operator", 10, 1), ("orang_luar", 2000, 300)):
        instansi, ids = wide_map(n)
        operator = make_persona(name, instansi_id=instansi.pk)
        actor = actor_of(operator)
        with scope_of(actor):
            usulan = create_usulan(actor, instansi.pk, judul="Besar")
            add_operations(
                actor, usulan.pk,
                [
                    {"jenis": "tambah-unor", "atasan_id": ids[1], "nama": f"Unit baru {i}"}
                    for i in range(edits)
                ],
            )  # fmt: skip
        client.force_login(operator)
        base = f"/usulan/{usulan.pk}/peta/"
        client.get(base)
        for path in ("", "awal", f"anak/{ids[0]}", f"bawah/{ids[1]}", f"jalur/{ids[-1]}", "awal?hanya=1",
                     f"unor/{ids[2]}/", "temuan", "kabar", "keadaan", "perubahan",
                     "cari?q=unit+baru"):  # fmt: skip
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert client.get(base + path).status_code == 200, path
            counts.setdefault(re.sub(r"\d+", "n", path), set()).add(len(seen))
        for k in (1, 2):
            change = {"jenis": "ubah-unor", "unor_id": ids[3], "pasal": f"Pasal {k}"}
            body = json.dumps({"operasi": [change]})
            with CaptureQueriesContext(connection) as seen:
                answer = client.post(f"/usulan/{usulan.pk}/operasi", body, content_type="application/json")
            assert answer.status_code == 200, answer.content
        counts.setdefault("operasi", set()).add(len(seen))
    uneven = {path: seen for path, seen in counts.items() if len(seen) > 1}
    assert not uneven, uneven
