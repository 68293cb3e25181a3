"""Pages and endpoints of ABK: by persona, with good and with bad input."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from petajabatan.akun.models import Pengguna, Peran
from petajabatan.anjab.queries.abk_rekap import draft_recap
from petajabatan.anjab.services.abk import save_sheet
from petajabatan.inti import jam
from petajabatan.jabatan.models import PilihanPembulatan
from petajabatan.testing.factories import make_instansi, make_posisi
from petajabatan.testing.personas import make_persona
from petajabatan.usulan.models import Dokumen, Operasi, Usulan
from petajabatan.usulan.services import create_usulan
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.pembuat import PDF, account

pytestmark = pytest.mark.django_db
ROW = {"uraian": "Menyusun laporan", "mentah": {"volume": "24", "norma": "4.800"}}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.BERKAS_ROOT = tmp_path / "berkas"


@pytest.fixture
def usulan(peta: Peta) -> Usulan:
    return create_usulan(peta.operator, peta.instansi.pk, judul="Beban kerja", layanan="infojab")


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(Pengguna.objects.get(username=name), "django.contrib.auth.backends.ModelBackend")
    return client


def other_persona(name: str, peta: Peta) -> Client:
    """A persona that the small map does not have: outsiders belong to another instansi."""
    own = name in ("monitor", "pegawai")
    user = make_persona(name, instansi_id=peta.instansi.pk if own else make_instansi().pk)
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, usulan: Usulan, peta: Peta) -> str:
    return reverse(f"anjab:{name}", args=[usulan.pk, peta.kotak.pk])


def post(client: Client, address: str, body: Any) -> Any:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(address, raw, content_type="application/json")


def test_the_grid_shows_the_sheet_with_its_sums_and_runs_no_inline_script(peta: Peta, usulan: Usulan) -> None:
    save_sheet(peta.operator, usulan.pk, peta.kotak.pk, {"baris": [ROW]})
    page = signed_in("operator").get(url("abk", usulan, peta))
    assert page.status_code == 200
    text = page.content.decode()
    data = json.loads(text.split('id="abk-data" type="application/json">')[1].split("</script>")[0])
    assert data["hasil"]["jumlah"] == "1.5360" and data["hasil"]["k"] == 2 and data["ubah"]
    assert data["isi"]["baris"][0]["norma"] == "4800" and data["waktu"][-1]["kode"]
    assert "style=" not in text and "onclick" not in text


@pytest.mark.parametrize(
    ("persona", "baca", "tulis"),
    [
        ("operator", 200, 200),
        ("penyetuju", 200, 403),
        ("verifikator", 200, 403),
        ("monitor", 200, 403),
        ("admin", 200, 200),
        ("pembina", 404, 404),
        ("pemantau", 404, 404),
        ("pegawai", 404, 404),
        ("orang_luar", 404, 404),
    ],
)
def test_who_reads_and_who_writes_a_sheet(
    peta: Peta, usulan: Usulan, persona: str, baca: int, tulis: int
) -> None:
    known = ("operator", "penyetuju", "verifikator")
    client = signed_in(persona) if persona in known else other_persona(persona, peta)
    for name in ("abk", "abk-sebab-draf"):
        assert client.get(url(name, usulan, peta)).status_code == baca, name
    for name in ("abk-hitung", "abk-baca", "abk-sebaran", "abk-keadaan"):
        body = {"baris": [ROW], "sel": [["Menyusun", "lap", "1", "60"]]}
        assert post(client, url(name, usulan, peta), body).status_code == baca, name
    assert client.get(reverse("anjab:abk-rekap-draf", args=[usulan.pk])).status_code == baca
    assert client.get(reverse("anjab:abk-unduh-draf", args=[usulan.pk])).status_code == baca
    answer = post(client, url("abk-simpan", usulan, peta), {"baris": [ROW]})
    assert answer.status_code == tulis
    assert Operasi.objects.filter(usulan=usulan).count() == (1 if tulis == 200 else 0)
    undone = post(client, url("abk-urung", usulan, peta), {})
    assert undone.status_code == tulis
    if tulis != 200:
        assert undone.json()["temuan"][0]["perbaikan"]
    # What is published may be read by everybody who has signed in.
    for name in ("abk-rekap", "abk-unduh", "abk-kebijakan"):
        assert client.get(reverse(f"anjab:{name}", args=[peta.instansi.pk])).status_code == 200, name
    assert client.get(reverse("anjab:abk-sebab", args=[peta.instansi.pk, peta.kotak.pk])).status_code == 200


def test_nobody_is_asked_to_sign_in_or_told_so(peta: Peta, usulan: Usulan) -> None:
    client = Client()
    for address in (url("abk", usulan, peta), reverse("anjab:abk-rekap", args=[peta.instansi.pk])):
        assert client.get(address).status_code == 302
    for name in ("abk-hitung", "abk-simpan", "abk-urung", "abk-dokumen"):
        assert post(client, url(name, usulan, peta), {}).status_code == 401


def test_calculating_writes_nothing_and_shows_what_if_beside(peta: Peta, usulan: Usulan) -> None:
    body = {"baris": [ROW], "andai": {"volume": "+100%", "norma": ""}}
    answer = post(signed_in("operator"), url("abk-hitung", usulan, peta), body).json()
    assert (answer["jumlah"], answer["k"], answer["andai"]["k"]) == ("1.5360", 2, 3)
    assert answer["baris"][0]["rumus"] == "24 × 4.800 menit ÷ 75.000 menit"
    assert not Operasi.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{", b"null", b'{"baris": 5}', b'{"baris": [1, null, "x", []]}', b"\xff",
        b'{"baris": [{"uraian": {"a": 1}, "volume": [], "norma": true, "mentah": 4, "pegawai": {}}]}',
        b'{"baris": [], "waktu": "tidak ada", "kebijakan": 7, "dari": [], "rekomendasi": {"k": "x"}}',
        b'{"baris": [], "rekomendasi": "x", "andai": {"volume": [], "norma": {}}}',
        b'{"sel": [[{}, []]], "mulai": 4, "baris_awal": -1, "pendekatan": [], "kunci": 5, "revisi": "x"}',
    ],
)  # fmt: skip
def test_whatever_is_sent_is_answered_with_findings(peta: Peta, usulan: Usulan, body: bytes) -> None:
    client = signed_in("operator")
    for name in ("abk-hitung", "abk-baca", "abk-sebaran", "abk-simpan", "abk-urung"):
        answer = post(client, url(name, usulan, peta), body)
        assert answer.status_code in (200, 400, 409, 422), (name, body)
        if answer.status_code != 200:
            assert answer.json()["temuan"][0]["kalimat"]


def test_a_stale_page_is_told_whose_change_it_would_overwrite(peta: Peta, usulan: Usulan) -> None:
    client = signed_in("operator")
    post(client, url("abk-simpan", usulan, peta), {"baris": [ROW]})
    other = {"baris": [{"uraian": "Lain", "mentah": {"volume": "1", "norma": "60"}}], "revisi": 0}
    answer = post(client, url("abk-simpan", usulan, peta), other)
    assert answer.status_code == 409
    assert answer.json()["temuan"][0]["kode"] == "objek-sudah-berubah"
    now = post(client, url("abk-keadaan", usulan, peta), {}).json()
    assert now["revisi"] == 1 and now["isi"]["baris"][0]["uraian"] == "Menyusun laporan"


def test_undo_brings_back_the_sheet_before(peta: Peta, usulan: Usulan) -> None:
    client = signed_in("operator")
    post(client, url("abk-simpan", usulan, peta), {"baris": [ROW]})
    answer = post(client, url("abk-urung", usulan, peta), {"revisi": 1}).json()
    assert answer["revisi"] == 2 and answer["isi"] == {"baris": []}


def test_the_recommendation_is_a_document_of_the_draft(peta: Peta, usulan: Usulan) -> None:
    box = make_posisi(peta.seksi, "Arsiparis", jenis="fungsional", jabatan=peta.jabatan_lain, k=1, urutan=5)
    account("penulis", "instansi-operator-infojab", "instansi", instansi_id=peta.instansi.pk)
    client, address = signed_in("penulis"), reverse("anjab:abk-dokumen", args=[usulan.pk, box.pk])
    upload = io.BytesIO(PDF)
    upload.name = "rekomendasi.pdf"
    answer = client.post(address, {"berkas": upload})
    assert answer.status_code == 200
    made = answer.json()
    row = Dokumen.objects.get(pk=int(made["id"]))
    assert row.usulan_id == usulan.pk and row.keterangan == "Rekomendasi pembina: Arsiparis"
    body = {
        "baris": [],
        "dari": "rekomendasi",
        "rekomendasi": {"k": "4", "pembina": "ANRI", "dokumen": "1", "berkas": made["id"]},
    }
    saved = post(client, reverse("anjab:abk-simpan", args=[usulan.pk, box.pk]), body).json()
    assert saved["hasil"]["k"] == 4
    page = client.get(reverse("anjab:abk", args=[usulan.pk, box.pk])).content.decode()
    assert "rekomendasi.pdf" in page
    assert client.post(address).status_code == 422
    bad = io.BytesIO(b"MZ bukan dokumen")
    bad.name = "virus.exe"
    assert client.post(address, {"berkas": bad}).status_code == 422
    other = io.BytesIO(PDF + b"%lain")
    other.name = "lain.pdf"
    assert signed_in("verifikator").post(address, {"berkas": other}).status_code == 422  # not in this state
    assert other_persona("orang_luar", peta).post(address, {"berkas": upload}).status_code == 404


def test_the_drawer_tells_rows_rounding_and_source(peta: Peta, usulan: Usulan) -> None:
    save_sheet(peta.operator, usulan.pk, peta.kotak.pk, {"baris": [ROW]})
    client = signed_in("operator")
    text = client.get(url("abk-sebab-draf", usulan, peta), headers={"HX-Request": "true"}).content.decode()
    for part in ("24 × 4.800 menit ÷ 75.000 menit = 1,5360", "PermenPANRB 1/2020", "rekomendasi", "<html"):
        assert (part in text) == (part != "<html")


@pytest.mark.parametrize("lihat", ["kotak", "jabatan", "unit", "petunjuk", "lain"])
def test_the_recap_is_shown_in_every_view(peta: Peta, usulan: Usulan, lihat: str) -> None:
    save_sheet(peta.operator, usulan.pk, peta.kotak.pk, {"baris": [ROW]})
    client = signed_in("operator")
    draft = client.get(reverse("anjab:abk-rekap-draf", args=[usulan.pk]), {"lihat": lihat})
    assert draft.status_code == 200 and "1,5360" in draft.content.decode()
    published = client.get(reverse("anjab:abk-rekap", args=[peta.instansi.pk]), {"lihat": lihat})
    assert published.status_code == 200 and "1,5360" not in published.content.decode()
    queries = {"unor": str(peta.bidang.pk), "q": "anggaran", "tanpa": "1", "hal": "x", "lihat": lihat}
    assert client.get(reverse("anjab:abk-rekap-draf", args=[usulan.pk]), queries).status_code == 200


@pytest.mark.parametrize("lihat", ["kotak", "jabatan", "unit"])
def test_a_slip_in_the_search_of_the_recap_is_forgiven_and_said(peta: Peta, lihat: str) -> None:
    client, page = signed_in("operator"), reverse("anjab:abk-rekap", args=[peta.instansi.pk])
    asked = {"unor": str(peta.seksi.pk), "lihat": lihat}
    right = client.get(page, asked | {"q": "pendataan"})
    slip = client.get(page, asked | {"q": "pendatan"})
    assert slip.context["halaman"].object_list == right.context["halaman"].object_list != []
    assert ("Tidak ada yang bernama “pendatan”" in slip.content.decode()) and not right.context["mirip"]
    assert not client.get(page, asked | {"q": "aset"}).context["halaman"].object_list


def test_the_figure_of_boxes_without_a_sheet_is_that_of_the_api_and_of_the_list(
    peta: Peta, usulan: Usulan
) -> None:
    save_sheet(peta.operator, usulan.pk, peta.kotak.pk, {"baris": [ROW]})
    gap = {"baris": [{"uraian": "Menilai", "volume": "12", "norma": None}]}
    save_sheet(peta.operator, usulan.pk, peta.kotak_lain.pk, gap)
    rekap = draft_recap(usulan)
    total = rekap.total(rekap.kotak, "Jumlah")
    shown = signed_in("operator").get(reverse("anjab:abk-rekap-draf", args=[usulan.pk]), {"tanpa": "1"})
    assert shown.context["halaman"].paginator.count == shown.context["total"].tanpa_abk == total.tanpa_abk
    assert total.tanpa_abk == len(rekap.kotak) - 1 and "belum lengkap" in shown.content.decode()


def test_a_norm_saved_far_from_the_one_before_is_questioned(peta: Peta, usulan: Usulan) -> None:
    save_sheet(peta.operator, usulan.pk, peta.kotak.pk, {"baris": [ROW]})
    done = save_sheet(
        peta.operator,
        usulan.pk,
        peta.kotak.pk,
        {"baris": [ROW | {"mentah": {"volume": "24", "norma": "80"}}]},
    )
    assert "abk-norma-berubah-tajam" in {t.kode for t in done.hitungan.temuan}
    assert done.edit is not None


def test_the_workbook_has_every_box_and_keeps_unknown_sums_empty(peta: Peta, usulan: Usulan) -> None:
    save_sheet(peta.operator, usulan.pk, peta.kotak.pk, {"baris": [ROW]})
    answer = signed_in("operator").get(reverse("anjab:abk-unduh-draf", args=[usulan.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == ["Kotak", "Unit (EU, PU)", "Jabatan (EJ, PEJ)", "Petunjuk"]
    rows = list(book["Kotak"].iter_rows(min_row=4, values_only=True))
    sums = {row[0]: row[5] for row in rows}
    assert sums[peta.kotak.pk] == 1.536 and sums[peta.kotak_lain.pk] is None
    total = list(book["Unit (EU, PU)"].iter_rows(min_row=4, values_only=True))[-1]
    assert total[0] == peta.instansi.nama and total[2] == 1.536


def test_a_large_recap_becomes_a_job(peta: Peta, usulan: Usulan, monkeypatch: pytest.MonkeyPatch) -> None:
    from petajabatan.anjab.views import abk_rekap
    from petajabatan.inti.models import Pekerjaan

    monkeypatch.setattr(abk_rekap, "LANGSUNG", 1)
    client = signed_in("operator")
    answer = client.get(reverse("anjab:abk-unduh-draf", args=[usulan.pk]))
    assert answer.status_code == 302
    job = Pekerjaan.objects.get(jenis="rekap-abk")
    assert job.masukan["usulan_id"] == usulan.pk and job.instansi_id is None


def test_the_choice_of_rounding_is_made_on_its_page(peta: Peta) -> None:
    address = reverse("anjab:abk-kebijakan", args=[peta.instansi.pk])
    day = jam.today().isoformat()
    client = signed_in("penyetuju")
    assert "belum memilih" in client.get(address).content.decode()
    bad = client.post(address, {"kebijakan": "ceil", "berlaku": "2020-01-01", "alasan": "x"})
    assert bad.status_code == 422 and "surut" in bad.content.decode()
    assert client.post(address, {"kebijakan": "ceil", "berlaku": "kemarin"}).status_code == 422
    good = client.post(address, {"kebijakan": "ceil", "berlaku": day, "alasan": "Keputusan 1/2026"})
    assert good.status_code == 302
    assert PilihanPembulatan.objects.get().kebijakan == "ceil"
    text = client.get(address).content.decode()
    assert "Selalu ke atas" in text and "Keputusan 1/2026" in text
    for name in ("monitor", "orang_luar"):
        other = other_persona(name, peta)
        assert other.post(address, {"kebijakan": "", "berlaku": day, "alasan": "x"}).status_code == 403
        assert "Simpan pilihan" not in other.get(address).content.decode()
    assert client.get(reverse("anjab:abk-kebijakan", args=[999_999_999])).status_code == 404


def test_the_map_leads_to_the_reason_of_a_k(peta: Peta, usulan: Usulan) -> None:
    Peran.objects.filter(pengguna__username="operator").update(berlaku_dari="2020-01-01")
    client = signed_in("operator")
    box = client.get(f"/usulan/{usulan.pk}/peta/posisi/{peta.kotak.pk}/").content.decode()
    assert reverse("anjab:abk", args=[usulan.pk, peta.kotak.pk]) in box
    code = peta.instansi.kode_cepat or f"id-{peta.instansi.pk}"
    published = client.get(f"/peta/{code}/jelas/posisi/{peta.kotak.pk}/k/")
    assert reverse("anjab:abk-sebab", args=[peta.instansi.pk, peta.kotak.pk]) in published.content.decode()


def test_a_box_that_is_not_on_the_draft_is_not_found(peta: Peta, usulan: Usulan) -> None:
    client = signed_in("operator")
    for key in (999_999_999, 2**62):
        assert client.get(reverse("anjab:abk", args=[usulan.pk, key])).status_code == 404
        assert post(client, reverse("anjab:abk-hitung", args=[usulan.pk, key]), {}).status_code == 404
        assert client.get(reverse("anjab:abk-sebab", args=[peta.instansi.pk, key])).status_code == 404
