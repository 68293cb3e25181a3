"""What the drawer asks, offers and keeps back; what closed units hide."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client

from petajabatan.akun.models import Pengguna, Peran
from petajabatan.akun.queries import actor_of
from petajabatan.inti.dinding import scope_of
from petajabatan.referensi.models import Eselon, Jabatan, Jenjang, RentangKelas
from petajabatan.testing.factories import make_jabatan
from petajabatan.testing.personas import PASSWORD
from petajabatan.usulan.services import create_usulan
from petajabatan.web.sunting.jejak import count_inside
from petajabatan.web.sunting.tests.conftest import Layar

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["unor/{0}/", "posisi/{1}/", "jelas/unor/{0}/k/", "temuan"])
def test_the_drawer_is_a_page_with_a_way_back_in_a_tab_of_its_own(layar, path):
    p = layar.peta
    path = path.format(p.bidang.pk, p.kepala.pk)
    page = layar.get(path).content.decode()
    assert "<!doctype html>" in page.lower() and f'<a href="{layar.dasar}">' in page
    fragment = layar.client.get(layar.dasar + path, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment and fragment.strip()[:200] in page


def test_a_merge_asks_for_the_seats_of_the_heads_that_go(layar):
    p = layar.peta
    text = layar.get(f"lebur/{p.bidang.pk}", menjadi=p.bidang_lain.pk).content.decode()
    assert f'name="penerus_posisi.{p.kepala.pk}"' in text and "1 orang tanpa kursi" in text
    assert "Kepala Bidang Aset" in text and "Pengadministrasi Perkantoran" in text
    head = p.bidang_lain
    nobody = layar.get(f"lebur/{head.pk}", menjadi=p.bidang.pk).content.decode()
    assert "Tidak ada pegawai" in nobody and "<select" not in nobody
    for odd in ("", "x", str(p.bidang.pk), "999999999"):
        assert layar.get(f"lebur/{p.bidang.pk}", menjadi=odd).status_code == 200


def test_a_merge_without_a_successor_says_who_is_left_without_a_seat(layar):
    p = layar.peta
    merge = {"jenis": "gabung-unor", "unor_id": [p.bidang.pk], "menjadi": p.bidang_lain.pk}
    assert [t["kode"] for t in layar.ubah(merge)["pesan"]] == ["orang-tanpa-kursi"]


def test_the_form_of_a_unit_offers_the_usual_kelas_of_its_head(layar):
    for kode, level in (("10", "JPT UTAMA"), ("11", "JPT MADYA")):
        Eselon.objects.get_or_create(kode=kode, defaults={"nama": "I.a", "jabatan_asn": level})
    adm, _ = Jenjang.objects.get_or_create(kode="ADM", defaults={"nama": "Administrator"})
    RentangKelas.objects.get_or_create(
        jenjang=adm, tingkat_instansi="", defaults={"kelas_min": 11, "kelas_maks": 12}
    )
    text = layar.get(f"unor/{layar.peta.dinas.pk}/form/tambah-unor/").content.decode()
    assert 'name="kelas_kepala"' in text and 'min="1" max="17"' in text
    assert "Lazimnya kelas 11–12 (Administrator)." in text
    assert "I.a · JPT Utama" in text and "I.a · JPT Madya" in text
    new = {"jenis": "tambah-unor", "id": -1, "atasan_id": layar.peta.dinas.pk, "nama": "Bidang Baru",
           "nama_jabatan": "Kepala Bidang Baru", "eselon": "31", "kelas_kepala": 11}  # fmt: skip
    assert [row[5] for row in layar.ubah(new)["dokumen"]["kotak"] if row[2] == "Kepala Bidang Baru"] == [11]
    refused = layar.post("operasi", {"operasi": [new | {"eselon": None}]})
    assert [t["kolom"] for t in refused.json()["temuan"]] == ["kelas_kepala"]


def test_a_new_unit_stands_behind_its_peers_or_where_one_says(layar):
    p = layar.peta
    text = layar.get(f"unor/{p.dinas.pk}/form/tambah-unor/").content.decode()
    assert f'<option value="{p.bidang.pk}">Bidang Anggaran</option>' in text and "Paling depan" in text
    sub = {"jenis": "tambah-unor", "atasan_id": p.dinas.pk, "nama": "UPT Arsip", "jenis_unor": "upt"}
    layar.ubah(sub)
    for nama, more in (("Bidang Baru", {}), ("Bidang Awal", {"sesudah": 0})):
        new = {"jenis": "tambah-unor", "atasan_id": p.dinas.pk, "nama": nama, "eselon": "31"}
        layar.ubah(new | more)
    shown = layar.data(f"anak/{p.dinas.pk}")["unor"]
    order = ["Bidang Awal", "Bidang Anggaran", "Bidang Aset", "Bidang Baru", "UPT Arsip"]
    assert [row[2] for row in shown] == order
    assert {row[2] for row in shown if not row[12]} == {"Bidang Anggaran", "Bidang Aset"}


@pytest.mark.parametrize("asked", ["pelaksana", "fungsional", ""])
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("perawt", "Perawat Mahir"),
        ("analis sdm aparatr", "Analis Sumber Daya Manusia Aparatur Ahli Muda"),
        ("aparatur sdm", "Analis Sumber Daya Manusia Aparatur Ahli Muda"),
        ("pengadministrsi perkantorn", "Pengadministrasi Perkantoran"),
    ],
)
def test_a_jabatan_is_found_as_people_type_it_whichever_kind_is_chosen(layar, asked, typed, meant):
    for nama in ("Perawat Mahir", "Analis Sumber Daya Manusia Aparatur Ahli Muda"):
        make_jabatan(nama, jenis="fungsional")
    found = layar.data("cari", q=typed, apa="jabatan", jenis=asked)["hasil"]
    assert found[0]["nama"] == meant
    assert found[0]["jenis"] == Jabatan.objects.get(pk=found[0]["id"]).jenis
    assert found[0]["jalur"].startswith(
        "Pelaksana" if found[0]["jenis"] == "pelaksana" else "Jabatan fungsional"
    )


def test_of_equals_the_kind_that_is_chosen_comes_first(layar):
    make_jabatan("Pranata Arsip", jenis="fungsional")
    make_jabatan("Pranata Arsip", jenis="pelaksana")
    for kind in ("pelaksana", "fungsional"):
        assert layar.data("cari", q="pranata arsip", apa="jabatan", jenis=kind)["hasil"][0]["jenis"] == kind


def test_only_the_form_of_a_post_offers_another_one(layar):
    p = layar.peta
    assert "data-lagi" in layar.get(f"unor/{p.bidang.pk}/form/tambah-posisi/").content.decode()
    assert "data-lagi" not in layar.get(f"unor/{p.bidang.pk}/form/tambah-unor/").content.decode()


# --- a draft bound to a branch


@pytest.fixture
def cabang(client: Client, layar: Layar) -> Layar:
    """The page of an operator whose grant is one bidang."""
    p = layar.peta
    user = Pengguna.objects.create_user("operator-cabang", password=PASSWORD, nama="Operator Cabang")
    Peran.objects.create(
        pengguna=user, peran="instansi-operator-sotk", lingkup="unor", instansi_id=p.instansi.pk,
        sasaran_id=p.bidang.pk, berlaku_dari=dt.date(2020, 1, 1),
    )  # fmt: skip
    actor = actor_of(user)
    with scope_of(actor):
        usulan = create_usulan(actor, p.instansi.pk, judul="Penataan bidang", cabang_id=p.bidang.pk)
    client.force_login(user)
    return Layar(client, usulan, p, user)


def test_tools_stand_only_inside_the_branch(cabang):
    p = cabang.peta
    for path in (f"unor/{p.bidang.pk}/", f"unor/{p.seksi.pk}/", f"posisi/{p.kotak.pk}/"):
        inside = cabang.get(path).content.decode()
        assert "sunting-tindakan" in inside and "data-luar-cabang" not in inside, path
    for path in (f"unor/{p.dinas.pk}/", f"unor/{p.bidang_lain.pk}/", f"posisi/{p.kotak_lain.pk}/"):
        outside = cabang.get(path).content.decode()
        assert "sunting-tindakan" not in outside and "Simpan K" not in outside, path
        assert "dibatasi pada Bidang Anggaran" in outside, path
    page = cabang.get().content.decode()
    assert f'data-cabang="{p.bidang.pk}"' in page and "dibatasi pada Bidang Anggaran" in page


def test_the_unit_of_the_branch_stays_where_it_is(cabang):
    text = cabang.get(f"unor/{cabang.peta.bidang.pk}/").content.decode()
    assert 'data-form="tambah-unor"' in text and 'data-form="hapus-unor"' in text
    assert 'data-form="pindah-unor"' not in text and 'data-form="gabung-unor"' not in text
    assert "data-geser" not in text


def test_a_form_outside_the_branch_says_why_there_is_none(cabang):
    p = cabang.peta
    for path in (f"unor/{p.dinas.pk}/form/tambah-unor/", f"posisi/{p.kotak_lain.pk}/form/hapus-posisi/"):
        text = cabang.get(path).content.decode()
        assert "sunting-form" not in text and "dibatasi pada Bidang Anggaran" in text
    assert "sunting-form" in cabang.get(f"unor/{p.seksi.pk}/form/tambah-unor/").content.decode()


def test_nothing_leaves_or_enters_a_branch(cabang):
    p = cabang.peta
    head = {"jenis": "tambah-unor", "nama": "Subbidang Baru", "atasan_id": p.bidang.pk}
    assert cabang.ubah(head)["revisi"] == 1
    for operasi in (
        {"jenis": "pindah-unor", "unor_id": p.seksi.pk, "atasan_id": p.bidang_lain.pk},
        {"jenis": "pindah-unor", "unor_id": p.bidang.pk, "atasan_id": p.bidang_lain.pk},
        {"jenis": "pindah-unor", "unor_id": p.bidang_lain.pk, "atasan_id": p.bidang.pk},
        {"jenis": "pindah-posisi", "posisi_id": p.kotak.pk, "unor_id": p.bidang_lain.pk},
        {"jenis": "tambah-unor", "nama": "Bidang Baru", "atasan_id": p.dinas.pk},
        {"jenis": "ubah-k", "posisi_id": p.kotak_lain.pk, "k": 9},
    ):
        refused = cabang.post("operasi", {"operasi": [operasi]})
        assert refused.status_code == 422, operasi
        assert [t["kode"] for t in refused.json()["temuan"]] == ["di-luar-cabang"], operasi


def test_only_units_inside_the_branch_are_offered_as_targets(cabang):
    p = cabang.peta
    cabang.ubah(
        {"jenis": "tambah-unor", "id": -1, "nama": "Subbidang Baru", "atasan_id": p.bidang.pk},
        {"jenis": "tambah-unor", "id": -2, "nama": "Subbidang Dalam", "atasan_id": -1},
        {"jenis": "tambah-unor", "id": -3, "nama": "Subbidang Dihapus", "atasan_id": p.bidang.pk},
    )
    made = {h["nama"]: h for h in cabang.data("cari", q="subbidang", apa="unor-tujuan")["hasil"]}
    cabang.ubah({"jenis": "hapus-unor", "unor_id": made["Subbidang Dihapus"]["id"]})
    assert made["Subbidang Dalam"]["jalur"] == "Bidang Anggaran › Subbidang Baru"
    for q in ("bidang", "dinas", "seksi", "subbidng", "subbidang dihapus"):
        everywhere = cabang.data("cari", q=q, apa="unor")["hasil"]
        offered = [h["id"] for h in cabang.data("cari", q=q, apa="unor-tujuan")["hasil"]]
        for unit in everywhere:
            move = {"jenis": "pindah-posisi", "posisi_id": p.kotak.pk, "unor_id": unit["id"]}
            refused = cabang.post("operasi", {"operasi": [move]})
            found = [] if refused.status_code == 200 else [t["kode"] for t in refused.json()["temuan"]]
            assert ("di-luar-cabang" in found) == (unit["id"] not in offered), (q, unit)
        assert made["Subbidang Dihapus"]["id"] not in offered
    for path in (
        f"unor/{p.seksi.pk}/form/pindah-unor/", f"unor/{p.seksi.pk}/form/gabung-unor/",
        f"unor/{p.bidang.pk}/form/pecah-unor/", f"posisi/{p.kotak.pk}/form/pindah-posisi/",
    ):  # fmt: skip
        text = cabang.get(path).content.decode()
        assert 'data-pilihan="unor-tujuan"' in text and 'data-pilihan="unor"' not in text, path
    assert 'data-pilihan="unor"' in cabang.get(f"unor/{p.seksi.pk}/form/hapus-unor/").content.decode()


def test_a_successor_may_stand_outside_the_branch(cabang):
    p = cabang.peta
    assert p.bidang_lain.pk in [h["id"] for h in cabang.data("cari", q="bidang", apa="unor")["hasil"]]
    gone = {"jenis": "hapus-unor", "unor_id": p.seksi.pk, "penerus": [p.bidang_lain.pk]}
    assert cabang.post("operasi", {"operasi": [gone]}).status_code == 200


def test_a_draft_of_the_whole_instansi_knows_no_branch(layar):
    assert "data-cabang" not in layar.get().content.decode()
    assert "data-luar-cabang" not in layar.get(f"unor/{layar.peta.dinas.pk}/").content.decode()
    anywhere = [layar.data("cari", q="bidang", apa=apa)["hasil"] for apa in ("unor", "unor-tujuan")]
    assert anywhere[0] and anywhere[0] == anywhere[1]


# --- what closed units hide


def test_each_unit_knows_how_much_changed_inside_it(layar):
    p = layar.peta
    assert layar.data("perubahan")["di_dalam"] == []
    layar.ubah(
        {"jenis": "ubah-k", "posisi_id": p.kotak.pk, "k": 9},
        {"jenis": "ubah-unor", "unor_id": p.seksi.pk, "pasal": "7"},
        {"jenis": "tambah-unor", "atasan_id": p.seksi.pk, "nama": "Subseksi Baru"},
        {"jenis": "hapus-posisi", "posisi_id": p.kotak_lain.pk},
    )
    inside = dict(layar.data("perubahan")["di_dalam"])
    assert inside == {p.seksi.pk: 1, p.bidang.pk: 3, p.bidang_lain.pk: 1, p.dinas.pk: 4}
    layar.ubah({"jenis": "pindah-unor", "unor_id": p.seksi.pk, "atasan_id": p.bidang_lain.pk})
    inside = dict(layar.data("perubahan")["di_dalam"])
    assert (inside[p.bidang.pk], inside[p.bidang_lain.pk], inside[p.dinas.pk]) == (1, 3, 4)
    for n in range(2):
        layar.post("urung", {"kunci": f"u{n}"})
    assert layar.data("perubahan")["di_dalam"] == []


def test_who_only_made_room_did_not_change(layar):
    p = layar.peta
    layar.ubah({"jenis": "pindah-unor", "unor_id": p.bidang_lain.pk, "atasan_id": p.dinas.pk, "sesudah": 0})
    assert layar.data("perubahan")["di_dalam"] == []


def test_a_loop_in_what_is_read_ends():
    assert count_inside([(1, 2, 1, 0), (2, 1, 0, 1)]) == {1: 1, 2: 2}


def test_words_of_the_page_reach_its_script(layar):
    text = layar.get().content.decode()
    words = json.loads(text.split('id="peta-teks" type="application/json">')[1].split("</script>")[0])
    assert words["tabel"]["dalam"] == words["pohon"]["dalam"] == "{n} perubahan di dalamnya"
