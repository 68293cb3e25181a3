"""Usulan over the API: listed, created, read, changed; by every persona and by machines."""

from __future__ import annotations

import pytest
from django.test import Client

from petajabatan.akun.models import Pengguna
from petajabatan.testing.factories import make_instansi, make_unor, make_version
from petajabatan.testing.personas import PERSONAS, make_persona
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.klien import draft, machine, operator_machine, person

pytestmark = pytest.mark.django_db
LIHAT = {"operator", "penyetuju", "monitor", "verifikator", "admin"}


@pytest.fixture
def personas(peta: Peta) -> Peta:
    other = make_instansi("Kabupaten Lain")
    make_version(other)
    make_unor(other, "Kabupaten Lain")
    for name in PERSONAS:
        if not Pengguna.objects.filter(username=name).exists():
            home = other if name == "orang_luar" else peta.instansi
            make_persona(name, instansi_id=home.pk, pegawai_id=peta.orang.pk if name == "pegawai" else None)
    return peta


@pytest.mark.parametrize("name", PERSONAS)
def test_who_reads_drafts_reads_them_and_nobody_else_learns_of_them(personas: Peta, name: str) -> None:
    usulan = draft(personas)
    klien = person(name)
    listed = klien("GET", "/usulan", expect=200).json()["isi"]
    shown = klien("GET", f"/usulan/{usulan.pk}")
    if name in LIHAT:
        assert [row["id"] for row in listed] == [usulan.pk]
        assert shown.status_code == 200
        assert shown["ETag"].startswith('"1-draf-')
    else:
        assert listed == []
        assert shown.status_code == 404


@pytest.mark.parametrize("name", PERSONAS)
def test_only_who_drafts_creates_and_renames(personas: Peta, name: str) -> None:
    usulan = draft(personas)
    klien = person(name)
    body = {"instansi": personas.instansi.kode_cepat, "judul": "Usulan lewat API"}
    made = klien("POST", "/usulan", body)
    renamed = klien("PATCH", f"/usulan/{usulan.pk}", {"judul": "Judul lain"})
    if name in ("operator", "admin"):
        assert made.status_code == 201
        assert made["Location"] == f"/api/v1/usulan/{made.json()['id']}"
        assert renamed.json()["judul"] == "Judul lain"
    else:
        assert made.status_code == 403
        assert renamed.status_code == (403 if name in LIHAT else 404)
        assert Usulan.objects.count() == 1


@pytest.mark.parametrize(
    ("scope", "reads", "writes"),
    [
        ("usulan:baca usulan:tulis", 200, 201),
        ("usulan:baca", 200, 403),
        ("usulan:tulis", 403, 403),
        ("peta:baca pegawai:baca referensi:baca", 403, 403),
    ],
)
def test_a_token_opens_what_its_scopes_say(peta: Peta, scope: str, reads: int, writes: int) -> None:
    usulan = draft(peta)
    klien = operator_machine(peta, scope)
    klien("GET", f"/usulan/{usulan.pk}", expect=reads)
    made = klien("POST", "/usulan", {"instansi": peta.instansi.kode_cepat, "judul": "Lewat mesin"})
    assert made.status_code == writes


def test_a_national_token_for_drafts_sees_drafts_and_no_people(peta: Peta) -> None:
    draft(peta)
    klien = machine("usulan:baca", ("verifikator-bkn", "nasional", None))
    assert len(klien("GET", "/usulan", expect=200).json()["isi"]) == 1
    klien("GET", "/pegawai", expect=403, instansi=peta.instansi.pk)


def test_without_the_scope_the_database_itself_shows_no_draft(peta: Peta) -> None:
    """The second wall: a token for people only is not let near drafts, whatever a route forgets."""
    from petajabatan.akun.queries import actor_of
    from petajabatan.inti.dinding import scope_of
    from petajabatan.pegawai.models import Pegawai

    draft(peta)
    user = Pengguna.objects.get(username="verifikator")
    for scopes, drafts, people in (
        ({"pegawai:baca"}, 0, 2),
        ({"usulan:baca"}, 1, 0),
        ({"pegawai:baca", "usulan:baca"}, 1, 2),
    ):
        with scope_of(actor_of(user, scopes=frozenset(scopes))):
            assert Usulan.objects.count() == drafts
            assert Pegawai.objects.count() == people


def test_the_list_is_narrowed_and_turned_page_by_page(peta: Peta) -> None:
    made = [draft(peta, operasi=0) for _ in range(3)]
    Usulan.objects.filter(pk=made[0].pk).update(status="dibatalkan")
    klien = person("operator")
    pages, kursor = [], None
    while True:
        extra = {"kursor": kursor} if kursor else {}
        page = klien("GET", "/usulan", batas=1, **extra).json()
        pages += [row["id"] for row in page["isi"]]
        kursor = page["berikutnya"]
        if kursor is None:
            break
    assert pages == [row.pk for row in reversed(made)]
    assert len(klien("GET", "/usulan", status="draf").json()["isi"]) == 2
    klien("GET", "/usulan", status="entah", expect=422)
    assert klien("GET", "/usulan", instansi="tidak-ada").status_code == 404
    assert klien("GET", "/usulan", sejak="2999-01-01T00:00:00Z").json()["isi"] == []
    assert klien("GET", "/usulan", jenis="menyeluruh").json()["isi"] == []
    assert klien("GET", "/usulan", kursor="bukan-kursor").status_code == 400


def test_attributes_change_with_what_was_last_seen(peta: Peta) -> None:
    usulan = draft(peta)
    klien = operator_machine(peta)
    etag = klien("GET", f"/usulan/{usulan.pk}")["ETag"]
    klien("PATCH", f"/usulan/{usulan.pk}", {"judul": "Tanpa"}, cocok=None, expect=428)
    first = klien("PATCH", f"/usulan/{usulan.pk}", {"berlaku_diminta": "2027-01-01"}, cocok=etag, expect=200)
    assert first["ETag"] != etag
    stale = klien("PATCH", f"/usulan/{usulan.pk}", {"judul": "Basi"}, cocok=etag, expect=412)
    assert stale.json()["etag"] == first["ETag"]
    cleared = klien(
        "PATCH",
        f"/usulan/{usulan.pk}",
        {"berlaku_diminta": None, "kabari_pegawai": True},
        cocok=first["ETag"],
    )
    assert cleared.json()["berlaku_diminta"] is None
    assert cleared.json()["kabari_pegawai"] is True
    klien("PATCH", f"/usulan/{usulan.pk}", {"judul": None}, expect=422)
    klien("PATCH", f"/usulan/{usulan.pk}", {"judul": "   "}, expect=422)
    klien("PATCH", f"/usulan/{usulan.pk}", {"status": "ditetapkan"}, expect=422)
    usulan.refresh_from_db()
    assert usulan.judul == "Penataan bidang"


def test_an_unchanged_usulan_is_not_sent_again(peta: Peta) -> None:
    usulan = draft(peta)
    klien = person("operator")
    etag = klien("GET", f"/usulan/{usulan.pk}")["ETag"]
    again = klien.client.get(f"/api/v1/usulan/{usulan.pk}", headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_a_new_title_of_a_draft_waiting_for_its_signature_takes_it_back(peta: Peta) -> None:
    usulan = draft(peta)
    Usulan.objects.filter(pk=usulan.pk).update(status="menunggu_persetujuan")
    changed = person("operator")("PATCH", f"/usulan/{usulan.pk}", {"judul": "Judul baru"}, expect=200)
    assert changed.json()["status"] == "draf"
    Usulan.objects.filter(pk=usulan.pk).update(status="menunggu_persetujuan")
    Usulan.objects.filter(pk=usulan.pk).update(status="diajukan")
    locked = person("operator")("PATCH", f"/usulan/{usulan.pk}", {"judul": "Terlambat"}, expect=409)
    assert locked.json()["temuan"][0]["kode"] == "usulan-terkunci"


def test_the_summary_counts_what_the_draft_changes(peta: Peta) -> None:
    usulan = draft(peta, operasi=2)
    body = person("operator")("GET", f"/usulan/{usulan.pk}/ringkasan").json()
    assert (body["operasi"], body["posisi"], body["k"], body["tertinggal"]) == (2, 1, 2, 0)


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"{", 400),
        (b"[]", 422),
        (b"\xff\xfe", 400),
        (b"", 422),
        (b'{"instansi":"1","judul":"a\\u0000b"}', 400),
        (b'{"instansi":"1","judul":"\\ud800"}', 400),
        (b'{"instansi":"1","judul":"x","cabang_id":1e999}', 422),
        (b'{"instansi":"1","judul":"x","cabang_id":99999999999999999999999}', 400),
        (b'{"instansi":"1","judul":"x","cabang_id":NaN}', 400),
        (b"[" * 100_000, 400),
        (b'{"instansi":"1","judul":"x","asing":1}', 422),
    ],
)
def test_a_body_that_cannot_be_used_is_a_problem_and_nothing_happens(
    peta: Peta, raw: bytes, status: int
) -> None:
    answer = operator_machine(peta)("POST", "/usulan", raw=raw)
    assert answer.status_code == status, answer.content
    assert Usulan.objects.count() == 0


def test_a_huge_body_is_refused_before_it_is_read(peta: Peta) -> None:
    raw = b'{"judul":"' + b"x" * (6 << 20) + b'"}'
    answer = operator_machine(peta)("POST", "/usulan", raw=raw, expect=413)
    assert answer.json()["kode"] == "permintaan-terlalu-besar"
    assert "5 MB" in answer.json()["detail"]


def test_a_session_without_its_csrf_token_changes_nothing(peta: Peta) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        Pengguna.objects.get(username="operator"), backend="django.contrib.auth.backends.ModelBackend"
    )
    answer = client.post(
        "/api/v1/usulan",
        {"instansi": peta.instansi.kode_cepat, "judul": "Lintas situs"},
        content_type="application/json",
    )
    assert answer.status_code == 403
    assert Usulan.objects.count() == 0


def test_nobody_gets_anything_without_signing_in(peta: Peta) -> None:
    usulan = draft(peta)
    for path in ("/usulan", f"/usulan/{usulan.pk}", f"/usulan/{usulan.pk}/peta", "/usulan-lintas"):
        assert Client().get(f"/api/v1{path}").status_code == 401
