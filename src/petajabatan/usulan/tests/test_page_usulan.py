"""Pages of the workflow: persona × page, what they offer, forms, downloads, the public page."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from petajabatan.akun.models import Pengguna
from petajabatan.inti.jam import today
from petajabatan.inti.models import Notifikasi
from petajabatan.testing.personas import PERSONAS
from petajabatan.usulan import kata
from petajabatan.usulan.models import Dokumen, Keputusan, Komentar, Lintas, Persetujuan, Usulan
from petajabatan.usulan.rules import alur
from petajabatan.usulan.services.transisi import findings_for
from petajabatan.usulan.tests.pembuat import PDF, Orang, account, approved, do, make_usulan, submitted, taken

pytestmark = pytest.mark.django_db
BACA = {"operator", "penyetuju", "monitor", "verifikator", "admin"}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.BERKAS_ROOT = tmp_path / "berkas"


@pytest.fixture
def orang(peta_a, peta_b):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return Orang(peta_a.instansi.pk, peta_a.orang[0].pk, peta_b.instansi.pk)


@pytest.fixture
def masuk(client, orang):
    def sign_in(name: str):
        client.force_login(Pengguna.objects.get(pk=orang[name].id))
        return client

    return sign_in


def text(answer) -> str:
    return answer.content.decode()


def page(usulan: Usulan, tab: str = "") -> str:
    return reverse("usulan:rinci", args=[usulan.pk]) + (f"?tab={tab}" if tab else "")


def act(usulan: Usulan, tindakan: str) -> str:
    return reverse("usulan:tindakan", args=[usulan.pk, tindakan])


def test_words_of_pages_and_rules_are_the_same():
    assert dict(kata.STATUS) == dict(alur.STATUS)
    assert dict(kata.TINDAKAN) == dict(alur.JUDUL)
    assert set(kata.PENJELASAN) == set(alur.JUDUL) <= set(kata.RIWAYAT)
    assert set(kata.WARNA) == set(kata.MENUNGGU) == set(alur.STATUS)


@pytest.mark.parametrize("name", PERSONAS)
def test_every_persona_gets_what_the_matrix_says(masuk, orang, peta_a, name):
    usulan = make_usulan(peta_a.instansi)
    client = masuk(name)
    reads = name in BACA
    expected = {
        reverse("usulan:daftar"): 200 if reads or name == "orang_luar" else 403,
        reverse("usulan:kerja"): 200 if name == "verifikator" else 403,
        reverse("usulan:baru"): 200 if name in ("operator", "orang_luar") else 403,
        reverse("usulan:lintas"): 200 if name == "verifikator" else 403,
        **{page(usulan, tab): 200 if reads else 404 if name == "orang_luar" else 403 for tab in TAB},
        act(usulan, "ajukan-ke-penyetuju"): 200 if name == "operator" else 403 if reads else 404,
        act(usulan, "setujui"): 200 if name == "verifikator" else 403 if reads else 404,
    }
    assert {url: client.get(url).status_code for url in expected} == expected
    if not reads:
        assert usulan.judul not in text(client.get(reverse("usulan:daftar")))


TAB = ("ringkasan", "operasi", "temuan", "dokumen", "komentar", "riwayat")


def test_nobody_signed_in_is_sent_to_the_login_page(client, orang, peta_a):
    usulan = make_usulan(peta_a.instansi)
    for url in (reverse("usulan:daftar"), page(usulan), act(usulan, "setujui")):
        assert "/akun/" in client.get(url)["Location"]


@pytest.mark.parametrize(
    ("status", "name", "buttons"),
    [
        ("draf", "operator", ["Ajukan ke penyetuju", "Batalkan usulan"]),
        ("draf", "penyetuju", []),
        ("menunggu_persetujuan", "penyetuju", ["Tanda tangani dan ajukan", "Kembalikan", "Batalkan usulan"]),
        ("menunggu_persetujuan", "operator", ["Tarik kembali"]),
        ("diajukan", "verifikator", ["Ambil"]),
        ("diajukan", "operator", ["Tarik kembali"]),
        ("diverifikasi", "verifikator", ["Setujui", "Lepas", "Minta perbaikan", "Tolak"]),
        ("diverifikasi", "verifikator_dua", ["Lepas dari pemegangnya"]),
        ("disetujui", "penyetuju", ["Tetapkan", "Kembalikan", "Batalkan usulan"]),
        ("disetujui", "verifikator", ["Minta perbaikan"]),
        ("disetujui", "monitor", []),
    ],
)
def test_the_page_offers_each_person_what_may_be_done_now(masuk, orang, peta_a, status, name, buttons):
    make = {
        "draf": lambda: make_usulan(peta_a.instansi),
        "menunggu_persetujuan": lambda: do(
            orang["operator"], make_usulan(peta_a.instansi), "ajukan-ke-penyetuju"
        ),
        "diajukan": lambda: submitted(orang, peta_a.instansi),
        "diverifikasi": lambda: taken(orang, peta_a.instansi),
        "disetujui": lambda: approved(orang, peta_a.instansi),
    }
    usulan = make[status]()
    html = text(masuk(name).get(page(usulan, "riwayat")))
    head = html[html.index('class="kepala-aksi"') : html.index("usulan-kepala")]
    shown = re.findall(r">([^<>]+)</(?:a|button)>", head)
    known = {*kata.TINDAKAN.values(), kata.LEPAS_LAIN[0]}
    assert [name for name in shown if name in known] == buttons


def test_what_another_holds_is_let_go_under_another_name_and_never_without_a_reason(masuk, orang, peta_a):
    usulan = taken(orang, peta_a.instansi)
    client = masuk("verifikator_dua")
    form = text(client.get(act(usulan, "lepas")))
    assert "Lepas dari pemegangnya" in form and "dipegang verifikator lain" in form
    sent = {"revisi": usulan.revisi}
    assert client.post(act(usulan, "lepas"), sent).status_code == 422
    assert Usulan.objects.get(pk=usulan.pk).verifikator_id == orang["verifikator"].id
    assert client.post(act(usulan, "lepas"), sent | {"alasan": "pemegang cuti"}).status_code == 302
    assert Usulan.objects.get(pk=usulan.pk).verifikator_id is None


def test_the_whole_way_by_its_pages(masuk, orang, peta_a):
    usulan = make_usulan(peta_a.instansi)

    def press(name, tindakan, **values):
        usulan.refresh_from_db()
        answer = masuk(name).post(act(usulan, tindakan), {"revisi": usulan.revisi} | values)
        assert answer.status_code == 302, text(answer)
        usulan.refresh_from_db()
        return usulan.status

    assert press("operator", "ajukan-ke-penyetuju") == "menunggu_persetujuan"
    letter = SimpleUploadedFile("surat.pdf", PDF, "application/pdf")
    assert (
        press("penyetuju", "tanda-tangani", surat=letter, nomor="1/2026", tanggal="2026-03-02") == "diajukan"
    )
    assert press("verifikator", "ambil") == "diverifikasi"
    assert press("verifikator", "minta-perbaikan", alasan="K tanpa ABK") == "perbaikan"
    asked = Komentar.objects.get(usulan=usulan)
    masuk("operator").post(
        reverse("usulan:komentar", args=[usulan.pk]), {"isi": "Terlampir", "balasan": asked.pk}
    )
    assert press("operator", "ajukan-ke-penyetuju") == "menunggu_persetujuan"
    held = Dokumen.objects.get(usulan=usulan)
    assert (
        press("penyetuju", "tanda-tangani", dokumen=held.pk, nomor="2/2026", tanggal="2026-03-09")
        == "diajukan"
    )
    assert press("verifikator", "ambil") == "diverifikasi"
    assert press("verifikator", "setujui", alasan="Sesuai ABK") == "disetujui"
    tomorrow = today() + dt.timedelta(days=1)
    values = {"nomor": "800/1", "tanggal": today().isoformat(), "berlaku": tomorrow.isoformat()}
    assert press("penyetuju", "tetapkan", **values) == "ditetapkan"
    row = Keputusan.objects.get(usulan=usulan)
    html = text(masuk("operator").get(page(usulan)))
    assert row.kode in html and "tetapi belum berlaku" in html
    for tab in TAB:
        assert masuk("verifikator").get(page(usulan, tab)).status_code == 200
    # Before its day the version can be taken back, with a reason.
    client = masuk("penyetuju")
    cancel = reverse("usulan:batal-versi", args=[usulan.pk])
    assert cancel in text(client.get(page(usulan)))
    assert client.post(cancel, {"alasan": ""}).status_code == 422
    assert client.post(cancel, {"alasan": "tanggalnya keliru"}).status_code == 302
    row.refresh_from_db()
    assert row.dibatalkan_versi == 3
    assert "Versi terjadwal dibatalkan" in text(client.get(page(usulan, "riwayat")))
    # Afterwards no page takes it for a version to come, and those concerned have been told.
    html = text(client.get(page(usulan)))
    assert "Versi dibatalkan" in html and 'lencana-baik">Ditetapkan' not in html
    assert "Versinya dibatalkan sebelum berlaku" in html and "Sudah menjadi versi peta" not in html
    assert "Versi dibatalkan" in text(client.get(reverse("usulan:daftar")))
    assert reverse("usulan:salin", args=[usulan.pk]) not in html  # copying is for who drafts
    assert reverse("usulan:salin", args=[usulan.pk]) in text(masuk("operator").get(page(usulan)))
    client = masuk("penyetuju")
    html = text(client.get(reverse("peta:peta", args=[peta_a.instansi.kode_cepat]), {"versi": 2}))
    assert "Versi 2 dibatalkan oleh versi 3 sebelum mulai berlaku" in html
    assert "Versi 2 belum berlaku" not in html
    options = re.findall(r'<option value="([123])".*?\((\w+)\)</option>', html)
    assert options == [("3", "terjadwal"), ("2", "dibatalkan"), ("1", "berlaku")]
    kabar = Notifikasi.objects.filter(kunci__contains=f"usulan:{usulan.pk}:batalkan-versi:")
    assert orang["operator"].id in set(kabar.values_list("penerima_id", flat=True))
    assert orang["penyetuju"].id not in set(kabar.values_list("penerima_id", flat=True))
    assert {k.isi for k in kabar} == {f"{usulan.judul}\ntanggalnya keliru"}


def test_a_refused_action_says_why_beside_its_field_and_changes_nothing(masuk, orang, peta_a):
    usulan = do(orang["operator"], make_usulan(peta_a.instansi), "ajukan-ke-penyetuju")
    client = masuk("penyetuju")
    answer = client.post(act(usulan, "tanda-tangani"), {"revisi": usulan.revisi})
    assert answer.status_code == 422
    assert "Surat pengantar yang sudah ditandatangani belum diunggah" in text(answer)
    assert client.post(act(usulan, "kembalikan"), {"revisi": usulan.revisi}).status_code == 422
    stale = client.post(act(usulan, "kembalikan"), {"revisi": 99, "alasan": "x"})
    assert stale.status_code == 422
    assert "berubah sejak Anda membukanya" in text(stale)
    usulan.refresh_from_db()
    assert usulan.status == "menunggu_persetujuan"


def test_a_refused_letter_is_told_beside_its_field_and_the_rest_stays_typed(masuk, orang, peta_a):
    usulan = do(orang["operator"], make_usulan(peta_a.instansi), "ajukan-ke-penyetuju")
    values = {
        "revisi": usulan.revisi,
        "nomor": "800/12/2026",
        "tanggal": "2026-03-02",
        "alasan": "Hasil rapat staf",
        "surat": SimpleUploadedFile("pindaian.pdf", b"MZ\x90\x00\x03", "application/pdf"),
    }
    html = text(masuk("penyetuju").post(act(usulan, "tanda-tangani"), values))
    message = re.search(r'<div class="galat" id="id_surat_galat">(.*?)</div>', html, re.S)
    assert message and "bukan jenis yang diterima" in message[1]
    assert html.count("bukan jenis yang diterima") == 1
    assert 'value="800/12/2026"' in html and 'value="2026-03-02"' in html and "Hasil rapat staf" in html
    word = SimpleUploadedFile("surat.pdf", b"", "application/pdf")
    html = text(masuk("penyetuju").post(act(usulan, "tanda-tangani"), values | {"surat": word}))
    assert re.search(r'id="id_surat_galat">.*?Berkas ini kosong', html, re.S)


def test_what_must_be_repaired_stands_on_the_first_tab(masuk, orang, peta_a):
    usulan = taken(orang, peta_a.instansi, operasi=60)
    send = reverse("usulan:komentar", args=[usulan.pk])
    client = masuk("verifikator")
    client.post(send, {"isi": "K tanpa ABK", "operasi": "55", "minta": "1"})
    asked = Komentar.objects.get(usulan=usulan)
    assert "Yang harus diperbaiki" not in text(client.get(page(usulan)))
    usulan.refresh_from_db()
    values = {"revisi": usulan.revisi, "alasan": "Lengkapi ABK tiap jabatan"}
    assert client.post(act(usulan, "minta-perbaikan"), values).status_code == 302
    client = masuk("operator")
    html = text(client.get(page(usulan)))
    card = html[html.index('id="perbaikan"') : html.index("Langkah berikutnya")]
    assert "Lengkapi ABK tiap jabatan" in card and orang["verifikator"].nama in card
    assert "K tanpa ABK" in card
    link = re.search(r'href="(\?tab=operasi[^"]*)"', card)[1].replace("&amp;", "&")
    assert link.endswith(f"#k{asked.pk}")
    # The operation is on the second page of the list; the link opens that one.
    assert f'id="k{asked.pk}"' in text(client.get(page(usulan) + link.split("#")[0]))
    do(orang["operator"], usulan, "batalkan", alasan="tidak jadi")
    assert "Yang harus diperbaiki" not in text(client.get(page(usulan)))


def test_the_second_pair_of_eyes_is_asked_once(masuk, orang, peta_a):
    usulan = taken(orang, peta_a.instansi, operasi=101)
    client = masuk("verifikator_dua")
    assert "Setujui sebagai pemeriksa kedua" in text(client.get(page(usulan)))
    do(orang["verifikator_dua"], usulan, "periksa-kedua")
    html = text(client.get(page(usulan)))
    assert "Setujui sebagai pemeriksa kedua" not in html
    assert "sudah menyetujuinya sebagai pemeriksa kedua" in html
    third = account("verifikator.tiga", "verifikator-bkn", "nasional")
    assert [t.kode for t in findings_for(third, usulan, "periksa-kedua")] == ["sudah-diperiksa-kedua"]


def test_the_history_names_roles_in_words(masuk, orang, peta_a):
    usulan = taken(orang, peta_a.instansi)
    html = text(masuk("operator").get(page(usulan, "riwayat")))
    assert "instansi-operator-sotk" not in html and "verifikator-bkn" not in html
    for name in ("Operator SOTK", "Penetapan SOTK", "Verifikator BKN"):
        assert f"· {name}" in html


def test_no_page_has_an_inline_style(masuk, orang, peta_a):
    """The content security policy refuses them."""
    usulan = taken(orang, peta_a.instansi, operasi=101)
    pages = {
        "operator": [reverse("usulan:daftar"), reverse("usulan:baru"), reverse("usulan:cek"),
                     reverse("usulan:otk"), reverse("usulan:ubah", args=[usulan.pk]),
                     reverse("usulan:lembar", args=[usulan.pk]), *(page(usulan, tab) for tab in TAB)],
        "verifikator": [reverse("usulan:kerja"), reverse("usulan:lintas"), act(usulan, "setujui"),
                        act(usulan, "minta-perbaikan"), *(page(usulan, tab) for tab in TAB)],
        "penyetuju": [act(usulan, "tanda-tangani"), act(usulan, "tetapkan")],
    }  # fmt: skip
    for name, addresses in pages.items():
        client = masuk(name)
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert not re.search(r"<style|\sstyle\s*=", text(answer)), address


def test_a_stale_publishing_page_publishes_nothing(masuk, orang, peta_a):
    usulan = approved(orang, peta_a.instansi)
    day = today().isoformat()
    values = {"revisi": 99, "nomor": "1", "tanggal": day, "berlaku": day}
    assert masuk("penyetuju").post(act(usulan, "tetapkan"), values).status_code == 422
    assert not Keputusan.objects.exists()


def test_a_renamed_program_is_refused_at_signing(masuk, orang, peta_a):
    usulan = do(orang["operator"], make_usulan(peta_a.instansi), "ajukan-ke-penyetuju")
    upload = SimpleUploadedFile("surat.pdf", b"MZ\x90\x00\x03", "application/pdf")
    values = {"revisi": usulan.revisi, "surat": upload, "nomor": "1", "tanggal": "2026-03-02"}
    answer = masuk("penyetuju").post(act(usulan, "tanda-tangani"), values)
    assert answer.status_code == 422
    assert "bukan jenis yang diterima" in text(answer)
    assert not Persetujuan.objects.exists()


def test_a_new_usulan_is_made_once_however_often_it_is_sent(masuk, orang, peta_a):
    client = masuk("operator")
    html = text(client.get(reverse("usulan:baru")))
    key = re.search(r'name="kunci" value="(\w+)"', html)[1]
    values = {"judul": "Penataan kecamatan", "jenis": "sebagian", "kunci": key, "kabari_pegawai": "on"}
    first = client.post(reverse("usulan:baru"), values)
    assert first.status_code == 302
    assert client.post(reverse("usulan:baru"), values)["Location"] == first["Location"]
    usulan = Usulan.objects.get()
    assert (usulan.judul, usulan.kabari_pegawai, usulan.instansi_id) == (
        "Penataan kecamatan",
        True,
        peta_a.instansi.pk,
    )
    assert client.post(reverse("usulan:baru"), {"judul": "", "jenis": "sebagian"}).status_code == 422


def test_an_operator_makes_none_for_another_instansi(masuk, orang, peta_b):
    values = {"judul": "x", "jenis": "sebagian", "instansi": peta_b.instansi.pk}
    assert masuk("operator").post(reverse("usulan:baru"), values).status_code == 403


def test_a_subtree_operator_makes_one_for_the_own_unit(client, orang, peta_a):
    scope = {"instansi_id": peta_a.instansi.pk, "sasaran_id": peta_a.dinas.pk}
    actor = account("operator.dinas", "instansi-operator-sotk", "unor", **scope)
    client.force_login(Pengguna.objects.get(pk=actor.id))
    assert "Dinas Pendidikan" in text(client.get(reverse("usulan:baru")))
    values = {"judul": "Penataan dinas", "jenis": "sebagian", "cabang": peta_a.dinas.pk}
    answer = client.post(reverse("usulan:baru"), values)
    assert answer.status_code == 302, text(answer)
    assert Usulan.objects.get().cabang_id == peta_a.dinas.pk
    assert client.get(answer["Location"]).status_code == 200
    values["cabang"] = peta_a.akar.pk
    assert client.post(reverse("usulan:baru"), values).status_code == 422


def test_bkn_opens_a_bundle_of_instansi_it_searched_for(masuk, orang, peta_a, peta_b):
    client = masuk("verifikator")
    url, one, two = reverse("usulan:lintas"), str(peta_a.instansi.pk), str(peta_b.instansi.pk)
    wrong = client.post(url, {"judul": "Urusan", "instansi": [one, "x", "9" * 30]})
    assert (wrong.status_code, Lintas.objects.count()) == (422, 0)
    assert "Pilih instansi yang terlibat" in text(wrong) and f'value="{one}" checked' in text(wrong)
    assert 'value="Urusan"' in text(wrong)
    found = client.get(url, {"q": "beta", "instansi": one}, HTTP_HX_REQUEST="true")
    assert f'value="{one}" checked' in text(found) and f'value="{two}">' in text(found)
    assert "<html" not in text(found)
    searched = client.post(url, {"judul": "Urusan", "q": "beta", "instansi": one, "cari": "1"})
    assert searched.status_code == 200 and f'value="{two}">' in text(searched)
    assert 'value="Urusan"' in text(searched)
    assert "Tidak ada instansi lain yang cocok" in text(client.get(url, {"q": "entah"}))
    answer = client.post(url, {"judul": "Urusan", "instansi": [one, two]})
    assert answer.status_code == 302, text(answer)
    html = text(client.get(answer["Location"]))
    assert "Kabupaten Alfa" in html and "Kabupaten Beta" in html
    # Whoever reads all of the bundle has a link to the other part; its own people read their own part.
    first, second = Usulan.objects.order_by("instansi_id")
    assert page(second) in text(client.get(page(first)))
    assert page(second) not in text(masuk("operator").get(page(first)))


def test_who_publishes_a_bundle_sees_all_its_parts(masuk, orang, peta_a, peta_b):
    lintas = Lintas.objects.create(judul="Urusan")
    first = make_usulan(peta_a.instansi, lintas=lintas, jenis="lintas", status="disetujui")
    second = make_usulan(peta_b.instansi, lintas=lintas, jenis="lintas", operasi=2, status="diverifikasi")
    html = text(masuk("verifikator").get(act(first, "tetapkan")))
    assert "Semua bagian usulan lintas ini" in html
    for part in (first, second):
        assert part.nomor in html and page(part) in html
    assert "Kabupaten Beta" in html and "Sedang diverifikasi" in html


def test_the_list_filters_counts_and_finds_by_number(masuk, orang, peta_a):
    one = make_usulan(peta_a.instansi, judul="Penataan RSUD")
    two = submitted(orang, peta_a.instansi)
    client = masuk("operator")
    url = reverse("usulan:daftar")
    assert "Penataan RSUD" in text(client.get(url)) and two.nomor in text(client.get(url))
    assert two.nomor not in text(client.get(url, {"status": "draf"}))
    assert two.nomor not in text(client.get(url, {"milik": "menunggu"}))
    assert one.nomor in text(client.get(url, {"milik": "menunggu"}))
    assert one.nomor in text(client.get(url, {"q": "rsud"}))
    assert two.nomor in text(client.get(url, {"q": two.nomor.lower()}))
    assert one.nomor not in text(client.get(url, {"q": two.nomor.lower()}))
    assert one.nomor not in text(client.get(url, {"umur": "7"}))
    Usulan.objects.filter(pk=two.pk).update(tenggat=today() - dt.timedelta(days=1))
    late = text(client.get(url, {"lambat": "1"}))
    assert two.nomor in late and "lewat" in late and one.nomor not in late
    assert client.get(url, {"hal": "99", "status": "x", "umur": "y", "instansi": "z"}).status_code == 200


def test_an_empty_list_says_how_to_begin(masuk, orang):
    assert "Buat usulan pertama" in text(masuk("operator").get(reverse("usulan:daftar")))
    assert "Buat usulan pertama" not in text(masuk("verifikator").get(reverse("usulan:daftar")))


def test_the_list_and_the_detail_take_a_fixed_number_of_statements(
    masuk, orang, peta_a, django_assert_max_num_queries
):
    client = masuk("operator")
    for _ in range(3):
        make_usulan(peta_a.instansi, operasi=5)
    usulan = Usulan.objects.first()
    client.get(page(usulan))
    with django_assert_max_num_queries(22):
        client.get(reverse("usulan:daftar"))
    for tab in TAB:
        with django_assert_max_num_queries(40):
            client.get(page(usulan, tab))


def test_the_work_list_is_ordered_by_urgency_and_takes_and_releases(masuk, orang, peta_a):
    later = submitted(orang, peta_a.instansi, judul="Nanti")
    sooner = submitted(orang, peta_a.instansi, judul="Segera", operasi=101)
    Usulan.objects.filter(pk=sooner.pk).update(tenggat=today() - dt.timedelta(days=2))
    client = masuk("verifikator")
    url = reverse("usulan:kerja")
    html = text(client.get(url))
    assert html.index("Segera") < html.index("Nanti")
    assert "besar" in html
    assert client.post(act(sooner, "ambil"), {"revisi": sooner.revisi}).status_code == 302
    assert "Segera" in text(client.get(url, {"penugasan": "saya"}))
    assert "Segera" not in text(client.get(url, {"penugasan": "bebas"}))
    other = masuk("verifikator_dua")
    assert "Segera" in text(other.get(url, {"penugasan": "mata-kedua"}))
    assert other.post(act(sooner, "periksa-kedua"), {"revisi": sooner.revisi}).status_code == 302
    assert "Segera" not in text(other.get(url, {"penugasan": "mata-kedua"}))
    assert later.nomor in text(other.get(url, {"penugasan": "bebas"}))


def test_remarks_are_written_on_an_operation_answered_closed_and_opened(masuk, orang, peta_a):
    usulan = taken(orang, peta_a.instansi)
    send = reverse("usulan:komentar", args=[usulan.pk])
    client = masuk("verifikator")
    answer = client.post(send, {"isi": "<b>Mengapa?</b>", "operasi": "1", "minta": "1"})
    row = Komentar.objects.get(usulan=usulan)
    assert answer["Location"].endswith(f"#k{row.pk}")
    html = text(client.get(page(usulan, "operasi")))
    assert "&lt;b&gt;Mengapa?&lt;/b&gt;" in html and "<b>Mengapa" not in html
    state = reverse("usulan:komentar-keadaan", args=[row.pk])
    client.post(state, {"keadaan": "selesai", "usulan": usulan.pk})
    row.refresh_from_db()
    assert row.selesai_pada
    client.post(state, {"keadaan": "buka", "usulan": usulan.pk})
    row.refresh_from_db()
    assert row.selesai_pada is None
    refused = masuk("operator").post(state, {"keadaan": "selesai", "usulan": usulan.pk}, follow=True)
    assert "ditutup oleh pihak yang menulisnya" in text(refused)
    away = client.post(send, {"isi": "x", "kembali": "https://jahat.example/"})
    assert away["Location"].startswith(page(usulan))


def test_documents_are_uploaded_downloaded_and_withdrawn(masuk, orang, peta_a):
    usulan = make_usulan(peta_a.instansi)
    client = masuk("operator")
    send = reverse("usulan:dokumen-tambah", args=[usulan.pk])
    wrong = client.post(send, {"berkas": SimpleUploadedFile("a.pdf", b"MZ\x90\x00"), "jenis": "bukti"})
    assert wrong.status_code == 422 and "bukan jenis yang diterima" in text(wrong)
    answer = client.post(send, {"berkas": SimpleUploadedFile("bukti.pdf", PDF), "jenis": "bukti"})
    assert answer.status_code == 302
    row = Dokumen.objects.get()
    assert "bukti.pdf" in text(client.get(page(usulan, "dokumen")))
    got = client.get(reverse("usulan:dokumen", args=[row.pk]))
    assert b"".join(got.streaming_content) == PDF
    assert got["Content-Disposition"].startswith("attachment")
    assert (
        client.post(reverse("usulan:dokumen-tarik", args=[row.pk]), {"usulan": usulan.pk}).status_code == 302
    )
    row.refresh_from_db()
    assert row.ditarik_pada
    for name in ("orang_luar", "pemantau", "pegawai"):
        assert masuk(name).get(reverse("usulan:dokumen", args=[row.pk])).status_code == 404


@pytest.fixture
def decided(orang, peta_a):
    from petajabatan.inti.dinding import scope_of
    from petajabatan.usulan.services.terbit import Penetapan, publish_usulan

    usulan = approved(orang, peta_a.instansi)
    with scope_of(orang["penyetuju"]):
        publish_usulan(orang["penyetuju"], usulan.pk, Penetapan("800/77", today(), today()))
    return Keputusan.objects.get(usulan=usulan)


def test_anybody_verifies_a_decision_and_learns_nothing_else(client, orang, peta_a, decided):
    url = reverse("keputusan", args=[decided.kode])
    html = text(client.get(url))
    for part in ("Kabupaten Alfa", "800/77", decided.hash_peta, "Berlaku"):
        assert part in html
    usulan = decided.usulan
    for secret in (
        usulan.judul,
        usulan.nomor,
        "Penyetuju",
        "Operator",
        "Pengolah Data",
        peta_a.orang[1].nama,
    ):
        assert secret not in html, secret
    assert "Sama:" in text(
        client.get(url, {"hash": f" {decided.hash_peta[:32]} {decided.hash_peta[32:].upper()}"})
    )
    assert "Berbeda:" in text(client.get(url, {"hash": "0" * 64}))


def test_a_code_is_found_however_it_is_typed_and_an_unknown_one_is_told(client, decided):
    spaced = " ".join(re.findall("....", decided.kode.lower()))
    answer = client.get(reverse("keputusan-cari"), {"kode": spaced}, follow=True)
    assert answer.status_code == 200 and "800/77" in text(answer)
    unknown = client.get(reverse("keputusan", args=["A" * 16]))
    assert unknown.status_code == 404 and "Tidak ada keputusan" in text(unknown)
    assert client.get(reverse("keputusan-cari")).status_code == 200


def test_guessing_codes_is_slowed_down(client, decided, settings):
    settings.KEPUTUSAN_BATAS = "3/m/ip"
    answers = [client.get(reverse("keputusan", args=[f"{n:A>16}"])).status_code for n in range(2, 7)]
    assert answers == [404, 404, 404, 429, 429]


def test_the_document_is_for_those_in_scope(masuk, orang, decided):
    url = reverse("usulan:keputusan-unduh", args=[decided.usulan_id])
    assert masuk("operator").get(url).status_code == 404  # not made yet
    from petajabatan.inti.models import Pekerjaan

    again = reverse("usulan:keputusan-buat", args=[decided.usulan_id])
    assert masuk("penyetuju").post(again).status_code == 302
    assert masuk("operator").post(again).status_code == 403
    assert Pekerjaan.objects.filter(jenis="cetak-keputusan").count() == 2
    assert masuk("orang_luar").get(url).status_code == 404


def test_the_notice_switch_and_sending_now(masuk, orang, peta_a):
    usulan = make_usulan(peta_a.instansi)
    client = masuk("operator")
    url = reverse("usulan:kabari", args=[usulan.pk])
    client.post(url, {"kabari": "1"})
    usulan.refresh_from_db()
    assert usulan.kabari_pegawai
    assert "0 pegawai dikabari" in text(client.post(url, {"kirim": "1"}, follow=True))
    assert masuk("monitor").post(url, {"kabari": "0"}).status_code == 403


def test_menu_leads_operators_to_usulan_and_verifiers_to_their_work(masuk, orang):
    assert reverse("usulan:daftar") in text(masuk("operator").get("/"))
    assert reverse("usulan:kerja") not in text(masuk("operator").get("/"))
    assert reverse("usulan:kerja") in text(masuk("verifikator").get("/"))
    assert reverse("usulan:daftar") not in text(masuk("pegawai").get("/"))
