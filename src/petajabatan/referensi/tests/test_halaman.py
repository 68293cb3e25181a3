"""Pages of the references, tried by the personas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from petajabatan.inti.actor import sistem
from petajabatan.inti.models import Pekerjaan
from petajabatan.inti.pelaksanaan import carry_out
from petajabatan.referensi.katalog import DAFTAR
from petajabatan.referensi.models import (
    Eselon,
    ImporReferensi,
    Instansi,
    Jabatan,
    KamusKompetensi,
    MasterUnor,
    TemuanReferensi,
)
from petajabatan.referensi.queries import overview
from petajabatan.referensi.services import import_referensi, load_shipped
from petajabatan.referensi.tests import berkas_uji as uji
from petajabatan.testing.personas import PASSWORD, make_persona

ACTOR = sistem("uji")


@pytest.fixture(scope="module")
def _terimpor(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    folder = uji.official_folder(tmp_path_factory.mktemp("resmi"))
    with django_db_blocker.unblock(), transaction.atomic():
        load_shipped(ACTOR)
        import_referensi(ACTOR, folder)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def masuk(_terimpor: Path, db: None) -> Any:
    def sign_in(persona: str) -> Client:
        make_persona(persona, instansi_id=Instansi.objects.get(id_siasn=uji.REMBANG).pk)
        client = Client()
        assert client.login(username=persona, password=PASSWORD)
        return client

    return sign_in


def text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def test_the_overview_lists_every_list_with_its_state(masuk: Any) -> None:
    client = masuk("pemantau")
    with CaptureQueriesContext(connection) as captured:
        page = text(client.get("/referensi/"))
    for entry in DAFTAR.values():
        assert f"/referensi/{entry.kode}/" in page
    assert "Impor terakhir" in page and "/referensi/impor/" not in page
    assert len(captured) < 60, "one statement per table, not per list"


def test_lists_are_counted_again_after_an_import_and_the_dictionary_each_time(masuk: Any) -> None:
    def told() -> dict[str, int]:
        return {row.daftar.kode: row.jumlah for row in overview()}

    before = told()
    assert before["eselon"] == Eselon.objects.filter(aktif=True).count()
    Eselon.objects.create(kode="98", nama="IX.z")
    KamusKompetensi.objects.create(kode="UJI.1", jenis="teknis", nama="Kompetensi uji")
    assert told() == before | {"kamus-kompetensi": before["kamus-kompetensi"] + 1}
    ImporReferensi.objects.create(daftar="eselon", berkas="uji.csv", sidik="x", isi_sha256="x")
    assert told()["eselon"] == before["eselon"] + 1


def test_somebody_who_has_not_signed_in_is_sent_to_the_login(db: None) -> None:
    for path in ("/referensi/", "/referensi/instansi/", "/referensi/temuan/", "/referensi/temuan.csv"):
        assert Client().get(path).status_code == 302


@pytest.mark.parametrize("kode", list(DAFTAR))
def test_every_list_can_be_opened_and_its_first_row_looked_at(masuk: Any, kode: str) -> None:
    client = masuk("pegawai")
    assert DAFTAR[kode].judul in text(client.get(f"/referensi/{kode}/"))
    row = DAFTAR[kode].rows().first()
    if row is not None:
        assert "Sumber" in text(client.get(f"/referensi/{kode}/{row.pk}/", headers={"HX-Request": "true"}))
        assert "<h1>" in text(client.get(f"/referensi/{kode}/{row.pk}/"))


def test_a_list_is_searched_with_typing_errors_and_filtered(masuk: Any) -> None:
    client = masuk("operator")
    assert "PENGADMINISTRASI UMUM" in text(client.get("/referensi/jabatan-pelaksana/?q=pengadministrasi+umm"))
    page = text(client.get("/referensi/jabatan-fungsional/?jenjang=UT"))
    assert "Analis Anggaran Ahli Utama" in page and "Guru Ahli Pertama" not in page
    page = text(client.get("/referensi/sekolah/?provinsi=33&kabupaten=33.17"))
    assert "SDN SUMBER" in page and "SMA TERBALIK" not in page
    assert "SDN SUMBER" in text(client.get("/referensi/sekolah/?provinsi=33&kabupaten=93.01")), (
        "a regency of the province chosen before is left out of account"
    )
    assert "Tidak ada yang cocok" in text(client.get("/referensi/instansi/?q=qqqq"))


def test_a_code_that_a_filter_offers_is_told_in_words(masuk: Any) -> None:
    client = masuk("pemantau")
    Instansi.objects.filter(id_siasn=uji.REMBANG).update(jenis_instansi="KO")
    page = text(client.get("/referensi/instansi/?q=rembang"))
    assert ">Kementerian koordinator</td>" in page and ">KO</td>" not in page
    client.cookies["django_language"] = "en"
    assert ">Coordinating ministry</td>" in text(client.get("/referensi/instansi/?q=rembang"))


@pytest.mark.parametrize(
    "address",
    [
        "/referensi/instansi/?hal=99999999999",
        "/referensi/instansi/?hal=x&q=%25",
        "/referensi/wilayah/?tingkat=abc",
        "/referensi/sekolah/?provinsi=%27--",
        "/referensi/temuan/?daftar=x&kode=%27&q=%25",
    ],
)
def test_odd_addresses_break_nothing(masuk: Any, address: str) -> None:
    text(masuk("operator").get(address))


def test_a_nul_in_the_address_is_refused_as_a_bad_request(masuk: Any) -> None:
    client = masuk("operator")
    for address in ("/referensi/instansi/?q=%00", "/referensi/temuan/?kode=%00"):
        assert client.get(address).status_code == 400


@pytest.mark.parametrize(
    "address", ["/referensi/entah/", "/referensi/instansi/99999999999999/", "/referensi/instansi/abc/"]
)
def test_what_is_not_there_is_not_found(masuk: Any, address: str) -> None:
    assert masuk("operator").get(address).status_code == 404


def test_findings_are_filtered_and_downloaded_without_formulas(masuk: Any) -> None:
    client = masuk("pemantau")
    TemuanReferensi.objects.create(daftar="instansi", kode="uji", kunci="=1+1", kalimat='=HYPERLINK("x")')
    page = text(client.get("/referensi/temuan/?kode=bup-nol"))
    assert "mempunyai BUP 0" in page and "HYPERLINK" not in page
    lines = text(client.get("/referensi/temuan.csv?daftar=instansi")).splitlines()
    assert lines[0].startswith("\ufeffdaftar,kode") and len(lines) == 1 + 5
    assert any("\"'=HYPERLINK" in line for line in lines)


def test_rejected_rows_are_shown_whole_with_the_reason(masuk: Any) -> None:
    page = text(masuk("pemantau").get("/referensi/tolakan/?berkas=jabatanFungsional.json.gz"))
    assert "Umur Salah" in page and "bukan bilangan bulat" in page


@pytest.mark.parametrize("persona", ["operator", "verifikator", "pemantau", "pegawai"])
def test_only_admin_pusat_reaches_the_import(masuk: Any, persona: str) -> None:
    assert masuk(persona).get("/referensi/impor/").status_code == 403


def test_an_upload_becomes_a_job_that_imports(masuk: Any, tmp_path: Path) -> None:
    client = masuk("admin")
    assert "Impor referensi" in text(client.get("/referensi/impor/"))
    path = uji.write_json(tmp_path, "rumpunJabatan", [{"id": "R9", "nama": "Rumpun Baru", "kodeCepat": "9"}])
    upload = SimpleUploadedFile("rumpunJabatan.json.gz", path.read_bytes())
    answer = client.post("/referensi/impor/", {"sumber": "unggah", "berkas": upload})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    job = Pekerjaan.objects.get(jenis="impor-referensi")
    done = carry_out(job.pk)
    assert done.status == "selesai", done.galat
    assert done.hasil["total"]["ditambah"] == 1
    assert "Rumpun Baru" in text(client.get("/referensi/rumpun-jabatan/"))


def test_a_row_says_where_it_is_used(masuk: Any, peta_a: Any) -> None:
    row = Jabatan.objects.get(nama="Pengolah Data Kabupaten Alfa")
    page = text(masuk("pemantau").get(f"/referensi/jabatan-pelaksana/{row.pk}/"))
    assert "posisi pada peta" in page
    unused = MasterUnor.objects.filter(jenis="sekolah").first()
    assert unused is not None
    page = text(masuk("operator").get(f"/referensi/sekolah/{unused.pk}/"))
    assert "Belum dipakai" in page
