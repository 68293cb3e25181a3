"""Jobs and imports on screen."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from petajabatan.inti.models import Berkas, Pekerjaan
from petajabatan.testing.personas import PERSONAS
from petajabatan.usulan.models import Usulan


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_findings_are_filtered_and_paged(client, orang, pekerjaan):
    client.force_login(orang["operator"])
    url = reverse("web:pekerjaan-rinci", args=[pekerjaan.pk])
    everything = client.get(url).content.decode()
    assert everything.count('class="temuan-') == 50
    assert "1–50 dari 62" in everything
    errors = client.get(url, {"tingkat": "galat"}).content.decode()
    assert errors.count('class="temuan-') == 1 and "baris 2" in errors
    assert client.get(url, {"hal": "abc"}).status_code == 200


def test_findings_come_as_csv_without_formulas(client, orang, pekerjaan):
    client.force_login(orang["operator"])
    answer = client.get(reverse("web:pekerjaan-temuan-csv", args=[pekerjaan.pk]))
    rows = list(csv.DictReader(io.StringIO(body(answer).decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 62
    assert rows[0]["nilai"] == "'=1+1" and rows[1]["nilai"] == "'@SUM(A1)"
    assert "attachment" in answer["Content-Disposition"]


def test_findings_come_as_xlsx_where_text_stays_text(client, orang, pekerjaan):
    client.force_login(orang["operator"])
    answer = client.get(reverse("web:pekerjaan-temuan-xlsx", args=[pekerjaan.pk]) + "?tingkat=galat")
    sheet = load_workbook(io.BytesIO(body(answer))).active
    assert [c.value for c in sheet[1]][:3] == ["tingkat", "kode", "baris"]
    assert sheet.max_row == 2
    assert sheet["E2"].value == "=1+1" and sheet["E2"].data_type == "s"


@pytest.mark.parametrize("bentuk", ["csv", "xlsx"])
def test_findings_of_others_do_not_exist(client, orang, pekerjaan, bentuk):
    client.force_login(orang["orang_luar"])
    assert client.get(reverse(f"web:pekerjaan-temuan-{bentuk}", args=[pekerjaan.pk])).status_code == 404


def test_progress_asks_again_until_the_job_ends(client, orang, pekerjaan):
    client.force_login(orang["operator"])
    url = reverse("web:pekerjaan-kemajuan", args=[pekerjaan.pk])
    Pekerjaan.objects.filter(pk=pekerjaan.pk).update(status="berjalan", selesai_n=1500, total_n=3000)
    running = client.get(url)
    text = running.content.decode()
    assert 'hx-trigger="every 1s"' in text and 'value="1500"' in text and "1.500" in text
    assert "HX-Refresh" not in running
    Pekerjaan.objects.filter(pk=pekerjaan.pk).update(status="selesai")
    ended = client.get(url)
    assert ended["HX-Refresh"] == "true" and "every 1s" not in ended.content.decode()


def test_a_waiting_job_is_cancelled_by_its_owner_only(client, orang, pekerjaan):
    Pekerjaan.objects.filter(pk=pekerjaan.pk).update(status="antre")
    url = reverse("web:pekerjaan-batal", args=[pekerjaan.pk])
    client.force_login(orang["penyetuju"])
    assert client.post(url).status_code == 403
    client.force_login(orang["operator"])
    assert client.post(url).status_code == 302
    pekerjaan.refresh_from_db()
    assert pekerjaan.status == "batal"


def test_a_failed_job_is_tried_again_as_a_new_one(client, orang, pekerjaan):
    Pekerjaan.objects.filter(pk=pekerjaan.pk).update(status="gagal", galat="Kesalahan di dalam sistem")
    client.force_login(orang["operator"])
    assert (
        "Kesalahan di dalam sistem"
        in client.get(reverse("web:pekerjaan-rinci", args=[pekerjaan.pk])).content.decode()
    )
    answer = client.post(reverse("web:pekerjaan-ulang", args=[pekerjaan.pk]))
    again = Pekerjaan.objects.exclude(pk=pekerjaan.pk).get()
    assert answer.url == reverse("web:pekerjaan-rinci", args=[again.pk])
    assert again.status == "antre" and again.masukan == pekerjaan.masukan


def test_the_list_shows_mine_or_those_of_my_instansi(client, orang, pekerjaan):
    client.force_login(orang["penyetuju"])
    assert pekerjaan.judul not in client.get(reverse("web:pekerjaan")).content.decode()
    assert pekerjaan.judul in client.get(reverse("web:pekerjaan") + "?milik=instansi").content.decode()
    client.force_login(orang["orang_luar"])
    assert pekerjaan.judul not in client.get(reverse("web:pekerjaan") + "?milik=instansi").content.decode()


UNOR = [
    {"Id": "A", "DiatasanId": "", "NamaUnor": "Pemerintah Uji", "EselonId": "", "NamaJabatan": "Bupati"},
    {"Id": "B", "DiatasanId": "A", "NamaUnor": "Dinas Uji", "EselonId": "", "NamaJabatan": "Kepala Dinas"},
]


def upload(client, instansi_id, nama="ref-unor.json", isi=None, page="web:impor-unor", **extra):
    content = json.dumps(UNOR).encode() if isi is None else isi
    return client.post(
        reverse(page), {"instansi": instansi_id, "berkas": SimpleUploadedFile(nama, content), **extra}
    )


def test_an_upload_becomes_a_check_and_stores_nothing_else(client, orang, peta_a):
    client.force_login(orang["operator"])
    answer = upload(client, peta_a.instansi.id, berlaku="2026-12-01")
    job = Pekerjaan.objects.get()
    assert answer.url == reverse("web:pekerjaan-rinci", args=[job.pk])
    assert job.jenis == "impor-unor" and job.masukan["periksa"] is True
    assert job.masukan["berlaku"] == "2026-12-01" and job.instansi_id == peta_a.instansi.id
    assert Berkas.objects.get().nama == "ref-unor.json"


def test_an_upload_for_another_instansi_is_refused(client, orang, peta_b):
    client.force_login(orang["operator"])
    answer = upload(client, peta_b.instansi.id)
    assert answer.status_code == 200, "the choice does not offer it"
    assert not Pekerjaan.objects.exists() and not Berkas.objects.exists()


@pytest.mark.parametrize(
    ("isi", "kalimat"), [(b"", "Berkas kosong"), (b"\x00\x01\x02", "bukan jenis yang diterima")]
)
def test_a_file_that_cannot_be_read_is_refused_with_a_remedy(client, orang, peta_a, isi, kalimat):
    client.force_login(orang["operator"])
    answer = upload(client, peta_a.instansi.id, isi=isi)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert kalimat in text and 'class="perbaikan"' in text
    assert not Pekerjaan.objects.exists()


def test_people_are_kept_reduced_and_seen_by_their_uploader_only(client, orang, peta_a):
    """Roles that see counts only read other jobs of the instansi, but not this one."""
    client.force_login(orang["operator"])
    head = "nip_baru;nama;nik;nomor_hp\r\n199001012015011001;SITI;3317010101900001;0812\r\n"
    answer = upload(client, peta_a.instansi.id, "asn.csv", head.encode(), page="web:impor-pegawai")
    assert answer.status_code == 302
    job = Pekerjaan.objects.get()
    from petajabatan.inti.berkas import content_path

    kept = content_path(job.berkas_masukan.sha256).read_text()
    assert "SITI" in kept and "3317010101900001" not in kept and "0812" not in kept
    assert client.get(answer.url).status_code == 200
    for name in set(PERSONAS) - {"operator", "verifikator", "admin"}:
        client.force_login(orang[name])
        assert client.get(answer.url).status_code == 404, name


def test_people_uploaded_as_units_are_refused_before_anything_is_kept(client, orang, peta_a):
    """Roles that see counts only may read unit imports of the instansi; names must not get there."""
    client.force_login(orang["operator"])
    head = "nip_baru;nama;unor_id;jabatan_nama\n199001012015011001;Rahasia Sekali;U1;Pengolah Data\n"
    answer = upload(client, peta_a.instansi.id, "unor.csv", head.encode())
    assert answer.status_code == 422
    assert "Impor pegawai" in answer.content.decode()
    assert not Berkas.objects.exists()
    assert not Pekerjaan.objects.exists()


def test_a_checked_file_says_whether_it_becomes_a_version_or_a_draft(client, orang, peta_a):
    client.force_login(orang["operator"])
    page = upload(client, peta_a.instansi.id).url
    Pekerjaan.objects.update(status="selesai")
    text = client.get(page).content.decode()
    assert "Impor sekarang" in text and "draf usulan" not in text
    Usulan.objects.create(instansi=peta_a.instansi, judul="Penataan", dasar_versi=1)
    text = client.get(page).content.decode()
    assert "Jadikan draf usulan" in text and "Impor sekarang" not in text


def test_only_a_finished_check_goes_on_to_the_import(client, orang, peta_a):
    client.force_login(orang["operator"])
    upload(client, peta_a.instansi.id)
    check = Pekerjaan.objects.get()
    url = reverse("web:impor-lanjut", args=[check.pk])
    assert client.post(url).status_code == 403
    Pekerjaan.objects.filter(pk=check.pk).update(status="selesai")
    assert "Impor sekarang" in client.get(reverse("web:pekerjaan-rinci", args=[check.pk])).content.decode()
    client.force_login(orang["penyetuju"])
    assert client.post(url).status_code == 403
    client.force_login(orang["operator"])
    client.post(url)
    job = Pekerjaan.objects.exclude(pk=check.pk).get()
    assert job.masukan["periksa"] is False and job.berkas_masukan_id == check.berkas_masukan_id


def test_the_wizard_really_imports(client, orang, peta_b, transactional_db):
    """Upload, check by the worker's own function, confirm, import: the second instansi gets its units."""
    from petajabatan.inti.pelaksanaan import carry_out
    from petajabatan.organisasi.models import PetaVersi
    from petajabatan.testing.factories import make_instansi

    baru = make_instansi("Pemerintah Kab. Baru")
    client.force_login(orang["admin"])
    rows = [row | {"InstansiId": baru.id_siasn} for row in UNOR]
    answer = upload(client, baru.pk, isi=json.dumps(rows).encode())
    check = carry_out(Pekerjaan.objects.get().pk)
    page = client.get(answer.url).content.decode()
    assert check.status == "selesai", (check.galat, list(check.temuan.values("kode", "kalimat")))
    assert not PetaVersi.objects.filter(instansi=baru).exists()
    assert "Impor sekarang" in page
    client.post(reverse("web:impor-lanjut", args=[check.pk]))
    done = carry_out(Pekerjaan.objects.exclude(pk=check.pk).get().pk)
    assert done.status == "selesai"
    assert PetaVersi.objects.get(instansi=baru).nomor == 1
    home = client.get(reverse("web:instansi-rinci", args=[baru.pk])).content.decode()
    assert "Belum ada peta jabatan" not in home


def test_templates_can_be_downloaded_by_those_who_import(client, orang, peta_a):
    with connection.cursor() as cursor:  # what a commit would do
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    client.force_login(orang["operator"])
    book = load_workbook(io.BytesIO(body(client.get(reverse("web:templat-unor") + "?isi=1"))))
    names = [row[2] for row in book["Unor"].iter_rows(min_row=2, values_only=True) if any(row)]
    assert any("Dinas Pendidikan" in str(name) for name in names), names
    people = body(client.get(reverse("web:templat-pegawai"))).decode("utf-8-sig")
    assert people.startswith("pns_id,nip_baru,nama")
    client.force_login(orang["monitor"])
    assert client.get(reverse("web:templat-unor")).status_code == 403


def test_findings_that_match_nothing_have_no_range_below_them(client, orang, pekerjaan):
    client.force_login(orang["operator"])
    url = reverse("web:pekerjaan-rinci", args=[pekerjaan.pk])
    assert 'class="halaman"' in client.get(url).content.decode()
    none = client.get(url, {"tingkat": "catatan", "kode": "nip-salah"}).content.decode()
    assert "Tidak ada temuan yang cocok" in none and 'class="halaman"' not in none
