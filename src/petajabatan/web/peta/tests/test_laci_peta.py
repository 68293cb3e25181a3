"""The drawer: unit, box, explanations of figures, recap with its drill-down, difference of versions."""

from __future__ import annotations

import html
import re

import pytest

from petajabatan.pegawai.models import Pegawai, RiwayatJabatan
from petajabatan.testing import factories as make
from petajabatan.testing.personas import PERSONAS, make_persona
from petajabatan.web.peta.tests.conftest import close_version, count_people

pytestmark = pytest.mark.django_db
SEES_NAMES = {"operator", "penyetuju", "verifikator", "admin"}


def get(client, peta, path, **query):
    answer = client.get(f"/peta/{peta.instansi.kode_cepat}/{path}", query)
    assert answer.status_code == 200, (path, answer.status_code)
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


@pytest.mark.parametrize("name", PERSONAS)
def test_names_only_for_those_who_may_see_them(client, peta_b, peta, name):
    instansi = peta_b.instansi if name == "orang_luar" else peta.instansi
    pegawai = peta.orang[0].id if name == "pegawai" else None
    client.force_login(make_persona(name, instansi_id=instansi.id, pegawai_id=pegawai))
    text = get(client, peta, f"posisi/{peta.staf.id}/")
    assert ("Budi Kabupaten Alfa" in text) == (name in SEES_NAMES)
    assert (peta.orang[1].nip in text) == (name in SEES_NAMES)
    assert "PNS 1 · CPNS 0 · PPPK 1" in text
    own = get(client, peta, f"posisi/{peta.kepala.id}/")
    assert ("Sri Kabupaten Alfa" in own) == (name in SEES_NAMES | {"pegawai"})


def test_a_unit_shows_its_place_boxes_and_history(client, second_version):
    peta = second_version
    client.force_login(make_persona("operator", instansi_id=peta.instansi.id))
    text = get(client, peta, f"unor/{peta.bidang.id}/")
    assert 'data-judul="Bidang Sekolah Dasar"' in text
    assert "Dinas Pendidikan Kabupaten Alfa</a>" in text
    assert "Versi 2" in text and "Versi 1" in text and "Bidang SD Kabupaten Alfa" in text
    assert "Pengolah Data Kabupaten Alfa" in text
    assert "1 jabatan kosong" in get(client, peta, f"unor/{peta.seksi.id}/")


def test_b_of_a_box_is_explained_by_kind_policy_and_people(client, peta):
    client.force_login(make_persona("operator", instansi_id=peta.instansi.id))
    text = get(client, peta, f"jelas/posisi/{peta.staf.id}/b/")
    assert "B = jumlah pegawai definitif = 1 PNS + 0 CPNS + 1 PPPK = 2 orang" in text
    assert "Budi Kabupaten Alfa" in text
    assert "<dt>Sumber</dt><dd>uji</dd>" in text


def test_b_says_whom_it_leaves_out_and_why(client, peta):
    for nama, jenis, kedudukan, penugasan in (
        ("Wati", "PPPK-PW", "01", "D"), ("Tono", "PNS", "15", "D"), ("Lia", "PNS", "01", "PLT"),
        ("Dedi", "PNS", "01", "PLT"), ("Rudi", "PNS", "01", "D"),
    ):  # fmt: skip
        orang = make.make_pegawai(peta.instansi, nama, peta.staf, jenis=jenis)
        Pegawai.objects.filter(pk=orang.pk).update(kedudukan_hukum=kedudukan)
        RiwayatJabatan.objects.filter(pegawai=orang).update(jenis=penugasan)
    RiwayatJabatan.objects.filter(pegawai__nama="Rudi").update(posisi=None)
    count_people(peta.instansi.id)
    client.force_login(make_persona("monitor", instansi_id=peta.instansi.id))
    told = "1 PPPK paruh waktu, 2 Plt., 1 tidak aktif."
    for ukuran in ("b", "selisih"):
        box = get(client, peta, f"jelas/posisi/{peta.staf.id}/{ukuran}/")
        assert f"Di jabatan ini tetapi di luar B: {told}" in box
        unit = get(client, peta, f"jelas/unor/{peta.bidang.id}/{ukuran}/")
        assert f"Di jabatan unit ini sendiri tetapi di luar B: {told}" in unit
        above = get(client, peta, f"jelas/unor/{peta.dinas.id}/{ukuran}/")
        assert "unit ini sendiri tetapi di luar B" not in above, "nobody on its own boxes"
        for text in (unit, above):
            assert "1 PPPK paruh waktu di unit ini atau di bawahnya" in text
            assert "1 pegawai di unit ini atau di bawahnya tanpa jabatan dalam peta" in text
    assert "di luar B:" not in get(client, peta, f"jelas/posisi/{peta.kepala.id}/b/")


def test_k_of_a_box_shows_how_it_changed(client, second_version):
    peta = second_version
    client.force_login(make_persona("operator", instansi_id=peta.instansi.id))
    text = get(client, peta, f"jelas/posisi/{peta.staf.id}/k/")
    assert "K = 2 orang" in text
    assert "sejak versi 2" in text and "sejak versi 1" in text
    assert "satu kursi" in get(client, peta, f"jelas/posisi/{peta.kepala.id}/k/")


def test_the_difference_of_a_box_and_of_a_unit_adds_up(client, peta):
    client.force_login(make_persona("operator", instansi_id=peta.instansi.id))
    assert "B − K = 2 − 4 = −2" in get(client, peta, f"jelas/posisi/{peta.staf.id}/selisih/")
    text = get(client, peta, f"jelas/unor/{peta.dinas.id}/selisih/")
    assert "B − K = unit ini 0 + 1 unit langsung di bawahnya −3 = −3" in text
    assert "B − K = 3 − 6 = −3" in text
    text = get(client, peta, f"jelas/unor/{peta.dinas.id}/k/")
    assert "K = unit ini 1 + 1 unit langsung di bawahnya 5 = 6" in text


def test_a_box_without_k_says_that_nothing_is_not_zero(client, peta):
    jabatan = make.make_jabatan("Arsiparis")
    nomor = make.make_version(peta.instansi)
    kotak = make.make_posisi(peta.bidang, "Arsiparis", sejak=nomor, jenis="pelaksana", jabatan=jabatan)
    close_version()
    client.force_login(make_persona("operator", instansi_id=peta.instansi.id))
    assert "Kosong bukan nol" in get(client, peta, f"jelas/posisi/{kotak.id}/k/")
    assert "belum ditetapkan" in get(client, peta, f"jelas/posisi/{kotak.id}/selisih/")
    assert "1 jabatan di unit ini belum mempunyai K" in get(client, peta, f"jelas/unor/{peta.bidang.id}/k/")


def test_what_the_drawer_shows_is_a_page_in_a_tab_of_its_own(client, peta):
    client.force_login(make_persona("operator", instansi_id=peta.instansi.id))
    dasar = f"/peta/{peta.instansi.kode_cepat}/"
    for path, title in (
        (f"unor/{peta.dinas.id}/", "Dinas Pendidikan Kabupaten Alfa"),
        (f"posisi/{peta.staf.id}/", "Pengolah Data Kabupaten Alfa"),
        (f"garis/unor/{peta.dinas.id}/", "Dinas Pendidikan Kabupaten Alfa"),
        (f"jelas/unor/{peta.dinas.id}/selisih/", "Selisih Dinas Pendidikan Kabupaten Alfa"),
        (f"jelas/posisi/{peta.staf.id}/b/?versi=1", "B Pengolah Data Kabupaten Alfa"),
        ("rekap/rincian/?kelompok=jenis&ukuran=k&kunci=pelaksana", "K · Pelaksana"),
    ):
        fragment = client.get(dasar + path, headers={"HX-Request": "true"}).content.decode()
        page = client.get(dasar + path).content.decode()
        assert "<html" not in fragment and page.count("<html") == 1, path
        assert fragment in page and f"<title>{title} — Peta Jabatan</title>" in page, path
        assert f'<li><a href="{dasar}?versi=1">Peta jabatan Kabupaten Alfa</a></li>' in page, path


def test_units_and_boxes_of_another_instansi_are_not_part_of_this_map(client, peta_b, peta):
    client.force_login(make_persona("verifikator"))
    dasar = f"/peta/{peta.instansi.kode_cepat}/"
    for path in (
        f"unor/{peta_b.bidang.id}/", f"posisi/{peta_b.staf.id}/", f"jelas/unor/{peta_b.bidang.id}/k/",
        f"jelas/posisi/{peta_b.staf.id}/b/", "unor/999999/", f"jelas/unor/{peta.bidang.id}/umur/",
    ):  # fmt: skip
        assert client.get(dasar + path).status_code == 404, path
    assert client.get(f"{dasar}anak/{peta_b.akar.id}").json()["unor"] == []
    assert client.get(f"{dasar}bawah/{peta_b.akar.id}").json()["unor"] == []


def test_the_recap_adds_up_and_leads_to_the_boxes(client, peta):
    client.force_login(make_persona("pemantau"))
    for kelompok in ("jenis", "jenjang", "kelas"):
        text = get(client, peta, "", lihat="rekap", kelompok=kelompok)
        total = text[text.index("<tfoot>") : text.index("</tfoot>")]
        assert re.findall(r'aria-label="[^"]*: (\S+)"', total) == ["3", "3", "6", "−3"], kelompok
        links = set(re.findall(r'hx-get="([^"]*rekap/rincian[^"]*)"', text))
        assert len(links) >= 8
        for link in links:
            assert client.get(link).status_code == 200
    text = get(client, peta, "rekap/rincian/", kelompok="jenis", kunci="pelaksana", ukuran="selisih")
    assert "Pengolah Data Kabupaten Alfa" in text and "Kepala Bidang" not in text
    assert "−2" in text


def test_a_recap_of_one_unit_counts_only_what_is_below(client, second_version):
    peta = second_version
    client.force_login(make_persona("pemantau"))
    text = get(client, peta, "", lihat="rekap", unor=peta.bidang.id)
    total = text[text.index("<tfoot>") : text.index("</tfoot>")]
    assert re.findall(r'aria-label="[^"]*: (\S+)"', total) == ["3", "2", "3", "−1"]
    old = get(client, peta, "", lihat="rekap", unor=peta.bidang.id, versi=1)
    total = old[old.index("<tfoot>") : old.index("</tfoot>")]
    assert re.findall(r'aria-label="[^"]*: (\S+)"', total) == ["2", "2", "5", "−3"]


def test_the_difference_of_two_versions_is_on_screen(client, second_version):
    peta = second_version
    client.force_login(make_persona("pemantau"))
    text = get(client, peta, "", lihat="beda", dari=1, ke=2)
    assert "6 → 4 (−2)" in text
    assert "ganti nama" in text and "K berubah" in text and "ditambah" in text
    assert "Seksi Baru" in text and "Bidang Sekolah Dasar" in text
    assert "Tidak ada perbedaan" in get(client, peta, "", lihat="beda", dari=2, ke=2)
    back = get(client, peta, "", lihat="beda", dari=2, ke=1)
    assert "4 → 6 (+2)" in back and "dihapus" in back
