"""The way through the offices over the API, and who learns what on it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from petajabatan.akun.models import Pengguna
from petajabatan.organisasi.models import PetaVersi
from petajabatan.testing.factories import make_instansi, make_unor, make_version
from petajabatan.testing.personas import make_persona
from petajabatan.usulan.models import Keputusan, RiwayatUsulan, Usulan
from petajabatan.usulan.rules.alur import JUDUL
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.klien import SEMUA, Klien, draft, machine, operator_machine, person, token_for
from petajabatan.usulan.tests.pembuat import PDF

pytestmark = pytest.mark.django_db
TETAPKAN = {"nomor": "800/77/2026", "tanggal": "2026-11-01", "berlaku": "2026-12-01"}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.BERKAS_ROOT = tmp_path / "berkas"


@pytest.fixture
def usulan(peta: Peta) -> Usulan:
    """A draft with a change that no check objects to."""
    return draft(peta)


def pdf(isi: bytes = PDF):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("surat.pdf", isi, "application/pdf")


def act(klien: Klien, usulan: Usulan, tindakan: str, expect: int | None = 200, **body):
    more = {name: body.pop(name) for name in ("kunci", "cocok") if name in body}
    return klien("POST", f"/usulan/{usulan.pk}/tindakan/{tindakan}", body, expect=expect, **more)


def submit(usulan: Usulan) -> None:
    act(person("operator"), usulan, "ajukan-ke-penyetuju", revisi=usulan.revisi)
    signer = person("penyetuju")
    letter = signer.upload(f"/usulan/{usulan.pk}/dokumen", berkas=pdf(), jenis="surat")
    assert letter.status_code == 201, letter.content
    act(signer, usulan, "tanda-tangani", surat=letter.json()["id"], nomor="800/1", tanggal="2026-10-01")


def approve(usulan: Usulan) -> None:
    submit(usulan)
    act(person("verifikator"), usulan, "ambil")
    act(person("verifikator"), usulan, "setujui")


def test_from_draft_to_a_published_version_and_its_public_decision(peta: Peta, usulan: Usulan) -> None:
    approve(usulan)
    signer = person("penyetuju")
    done = act(signer, usulan, "tetapkan", **TETAPKAN).json()
    assert (done["usulan"]["status"], done["usulan"]["versi_terbit"]) == ("ditetapkan", 2)
    kode = done["keputusan"]["kode"]
    assert signer("GET", f"/usulan/{usulan.pk}/keputusan", expect=200).json()["kode"] == kode
    public = Client().get(f"/api/v1/keputusan/{kode[:4]}-{kode[4:].lower()}")
    assert public.status_code == 200
    assert public.json()["nomor"] == TETAPKAN["nomor"]
    assert public.json()["hash"] == PetaVersi.objects.get(instansi=peta.instansi, nomor=2).hash
    assert set(public.json()) == {"instansi", "nomor", "tanggal", "versi", "berlaku", "hash", "keadaan"}
    again = act(signer, usulan, "tetapkan", **TETAPKAN).json()
    assert again["keputusan"]["kode"] == kode
    assert PetaVersi.objects.filter(instansi=peta.instansi).count() == 2
    steps = signer("GET", f"/usulan/{usulan.pk}/riwayat", expect=200).json()["isi"]
    assert [row["tindakan"] for row in steps] == [
        "ajukan-ke-penyetuju", "tanda-tangani", "ambil", "setujui", "tetapkan",
    ]  # fmt: skip
    assert steps[0]["ringkas"]["operasi"] == 1


def test_a_scheduled_version_is_taken_back(peta: Peta, usulan: Usulan) -> None:
    approve(usulan)
    signer = person("penyetuju")
    signer("POST", f"/usulan/{usulan.pk}/batalkan-versi", {"alasan": "x"}, expect=422)
    act(signer, usulan, "tetapkan", **(TETAPKAN | {"berlaku": "2099-01-01"}))
    person("operator")("POST", f"/usulan/{usulan.pk}/batalkan-versi", {"alasan": "Salah"}, expect=403)
    made = signer("POST", f"/usulan/{usulan.pk}/batalkan-versi", {"alasan": "Salah tanggal"}, expect=200)
    assert made.json()["versi"] == 3
    kode = Keputusan.objects.get().kode
    assert Client().get(f"/api/v1/keputusan/{kode}").json()["keadaan"] == "dibatalkan"


def test_publishing_asks_for_the_decision_and_the_revision_seen(peta: Peta, usulan: Usulan) -> None:
    approve(usulan)
    signer = person("penyetuju")
    missing = act(signer, usulan, "tetapkan", 422).json()["temuan"]
    assert [t["kolom"] for t in missing] == ["nomor", "tanggal", "berlaku"]
    act(signer, usulan, "tetapkan", 409, revisi=0, **TETAPKAN)
    act(person("operator"), usulan, "tetapkan", 403, **TETAPKAN)
    assert PetaVersi.objects.filter(instansi=peta.instansi).count() == 1


def test_what_may_be_done_is_told_to_each(peta: Peta, usulan: Usulan) -> None:
    def told(name: str) -> dict[str, list[str]]:
        rows = person(name)("GET", f"/usulan/{usulan.pk}/tindakan", expect=200).json()["isi"]
        return {row["tindakan"]: row["perlu"] for row in rows}

    assert told("operator") == {"ajukan-ke-penyetuju": [], "batalkan": ["alasan"]}
    assert told("verifikator") == {}
    act(person("operator"), usulan, "ajukan-ke-penyetuju")
    assert told("penyetuju")["tanda-tangani"] == ["surat", "nomor", "tanggal"]


def test_refusals_carry_findings_and_their_status(peta: Peta, usulan: Usulan) -> None:
    klien = person("operator")
    act(klien, usulan, "entah", 422)
    assert act(klien, usulan, "tarik", 409).json()["kode"] == "tindakan-tidak-berlaku"
    assert act(klien, usulan, "batalkan", 422).json()["temuan"][0]["kode"] == "alasan-kosong"
    assert act(klien, usulan, "ajukan-ke-penyetuju", 409, revisi=7).json()["kode"] == "usulan-sudah-berubah"
    act(klien, usulan, "ajukan-ke-penyetuju", 412, cocok='"9-draf-0"')
    act(klien, usulan, "ambil", 403)
    empty = draft(peta, operasi=0)
    found = act(klien, empty, "ajukan-ke-penyetuju", 422).json()["temuan"]
    assert found[0]["kode"] == "usulan-kosong"
    assert RiwayatUsulan.objects.count() == 0


def test_a_transition_sent_twice_is_taken_once(peta: Peta, usulan: Usulan) -> None:
    klien = operator_machine(peta)
    first = act(klien, usulan, "ajukan-ke-penyetuju", kunci="sekali")
    again = act(klien, usulan, "ajukan-ke-penyetuju", kunci="sekali")
    assert first.content == again.content
    assert RiwayatUsulan.objects.filter(usulan=usulan).count() == 1


@pytest.mark.parametrize(
    ("tindakan", "scope", "allowed"),
    [
        ("ajukan-ke-penyetuju", "usulan:baca usulan:tulis", True),
        ("ajukan-ke-penyetuju", "usulan:baca usulan:tetapkan", False),
        ("tanda-tangani", "usulan:baca usulan:tulis", False),
        ("tetapkan", "usulan:baca usulan:tetapkan", False),
        ("tetapkan", "usulan:tetapkan pegawai:baca", False),
        ("tetapkan", "usulan:baca usulan:tetapkan pegawai:baca", True),
        ("setujui", "usulan:baca usulan:tetapkan", False),
    ],
)
def test_a_token_decides_only_with_the_scope_for_it(
    peta: Peta, usulan: Usulan, tindakan: str, scope: str, allowed: bool
) -> None:
    klien = machine(
        scope,
        ("instansi-operator-sotk", "instansi", peta.instansi.pk),
        ("instansi-penetapan-sotk", "instansi", peta.instansi.pk),
    )
    answer = act(klien, usulan, tindakan, None, **(TETAPKAN if tindakan == "tetapkan" else {}))
    refused_for_scope = answer.status_code == 403 and answer.json()["title"] == "Cakupan token kurang"
    assert refused_for_scope != allowed


def test_machines_take_an_usulan_all_the_way(peta: Peta, usulan: Usulan) -> None:
    operator = operator_machine(peta)
    signer = machine(SEMUA, ("instansi-penetapan-sotk", "instansi", peta.instansi.pk))
    bkn = machine(SEMUA, ("verifikator-bkn", "nasional", None))
    act(operator, usulan, "ajukan-ke-penyetuju")
    letter = signer.upload(f"/usulan/{usulan.pk}/dokumen", berkas=pdf(), jenis="surat").json()["id"]
    act(signer, usulan, "tanda-tangani", surat=letter, nomor="800/1", tanggal="2026-10-01")
    for step in ("ambil", "setujui"):
        act(bkn, usulan, step)
    assert act(signer, usulan, "tetapkan", **TETAPKAN).json()["usulan"]["status"] == "ditetapkan"


def test_a_decision_that_is_not_there_is_404(peta: Peta, usulan: Usulan) -> None:
    person("operator")("GET", f"/usulan/{usulan.pk}/keputusan", expect=404)
    for kode in ("ABCD", "%20", "a'--", "x" * 64):
        assert Client().get(f"/api/v1/keputusan/{kode}").status_code == 404
    assert Client().get(f"/api/v1/keputusan/{'x' * 65}").status_code == 422


def test_actions_of_the_document_are_those_of_the_rules(peta: Peta, usulan: Usulan) -> None:
    from petajabatan.usulan.api.alur import MENGIKAT, MENYENTUH_ORANG

    assert set(JUDUL) >= MENGIKAT >= MENYENTUH_ORANG


GET = (
    "", "/ringkasan", "/operasi", "/temuan", "/beda", "/peta", "/unor", "/unor/1/anak", "/konflik",
    "/tindakan", "/riwayat", "/komentar", "/dokumen", "/dokumen/1/isi", "/keputusan",
)  # fmt: skip
POST = {
    "/operasi": {"operasi": [{"jenis": "ubah-k", "posisi_id": 1, "k": 1}]},
    "/urungkan": None,
    "/ulangi": None,
    "/periksa": None,
    "/selaras": None,
    "/konflik/1": {"keputusan": "usulan"},
    "/tindakan/ajukan-ke-penyetuju": {},
    "/tindakan/tetapkan": TETAPKAN,
    "/batalkan-versi": {"alasan": "x"},
    "/komentar": {"isi": "x"},
    "/komentar/1/selesai": None,
    "/komentar/1/buka": None,
    "/dokumen/1/tarik": None,
}


def test_all_routes_of_an_usulan_are_tried_here(client, db) -> None:
    document = client.get("/api/v1/openapi.json").json()
    known = {path.removeprefix("/api/v1/usulan/{usulan_id}"): set(methods)
             for path, methods in document["paths"].items()
             if "/usulan/{usulan_id}" in path
             and all(one["tags"] != ["informasi jabatan"] for one in methods.values())}  # fmt: skip

    def shape(path: str) -> str:
        for name in ("unor", "konflik", "komentar", "dokumen"):
            path = path.replace(f"/{name}/1", f"/{name}/{{{name}_id}}")
        return re.sub("/tindakan/.+", "/tindakan/{tindakan}", path)

    assert {path for path, methods in known.items() if "get" in methods} == {shape(path) for path in GET}
    assert {path for path, methods in known.items() if "post" in methods} == {
        shape(path) for path in POST
    } | {"/dokumen"}


@pytest.mark.parametrize("who", ["orang_luar", "pemantau", "pegawai", "mesin_luar"])
def test_who_is_elsewhere_finds_nothing_at_any_address(peta: Peta, usulan: Usulan, who: str) -> None:
    other = make_instansi("Kabupaten Lain")
    make_version(other)
    make_unor(other, "Kabupaten Lain")
    if who == "mesin_luar":
        klien = machine(SEMUA, ("instansi-operator-sotk", "instansi", other.pk))
    else:
        make_persona(who, instansi_id=other.pk, pegawai_id=peta.orang.pk if who == "pegawai" else None)
        klien = person(who)
    before = Usulan.objects.values().get(pk=usulan.pk)
    for path in GET:
        klien("GET", f"/usulan/{usulan.pk}{path}", expect=404)
    for path, body in POST.items():
        klien("POST", f"/usulan/{usulan.pk}{path}", body, expect=404)
    klien("PATCH", f"/usulan/{usulan.pk}", {"judul": "Diambil alih"}, expect=404)
    assert klien.upload(f"/usulan/{usulan.pk}/dokumen", berkas=pdf()).status_code == 404
    assert Usulan.objects.values().get(pk=usulan.pk) == before


def test_a_token_without_the_scope_is_refused_at_every_address(peta: Peta, usulan: Usulan) -> None:
    klien = token_for(Pengguna.objects.get(username="verifikator"), "peta:baca pegawai:baca referensi:baca")
    for path in GET:
        klien("GET", f"/usulan/{usulan.pk}{path}", expect=403)
    for path, body in POST.items():
        klien("POST", f"/usulan/{usulan.pk}{path}", body, expect=403)
