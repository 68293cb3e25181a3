"""Idempotency keys: what is asked twice is done once, also at the same moment; a key is its account's."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from petajabatan.akun.models import Pengguna
from petajabatan.akun.queries import actor_of
from petajabatan.inti.dinding import scope_of
from petajabatan.usulan.models import Operasi, PermintaanUsulan, Usulan, UsulanPosisi
from petajabatan.usulan.tests.conftest import Peta
from petajabatan.usulan.tests.klien import draft, operator_machine, person


def ubah_k(peta: Peta, k: int):
    return {"operasi": [{"jenis": "ubah-k", "posisi_id": peta.kotak.pk, "k": k}]}


@pytest.mark.django_db
def test_a_body_where_none_is_read_does_no_harm(peta: Peta) -> None:
    usulan = draft(peta)
    klien = operator_machine(peta)
    first = klien("POST", f"/usulan/{usulan.pk}/urungkan", raw=b"\xff{", kunci="a", expect=200)
    again = klien("POST", f"/usulan/{usulan.pk}/urungkan", raw=b"\xff{", kunci="a", expect=200)
    assert first.content == again.content


@pytest.mark.django_db
def test_the_same_key_and_body_get_the_same_answer_and_do_it_once(peta: Peta) -> None:
    usulan = draft(peta, operasi=0)
    klien = operator_machine(peta)
    path = f"/usulan/{usulan.pk}/operasi"
    etag = klien("GET", f"/usulan/{usulan.pk}")["ETag"]
    first = klien("POST", path, ubah_k(peta, 5), kunci="a", cocok=etag, expect=201)
    again = klien("POST", path, ubah_k(peta, 5), kunci="a", cocok=etag, expect=201)
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    assert "Idempotency-Replayed" not in first
    assert Operasi.objects.count() == 1


@pytest.mark.django_db
def test_the_order_of_keys_in_the_body_does_not_make_another_request(peta: Peta) -> None:
    klien = operator_machine(peta)
    kode = peta.instansi.kode_cepat.encode()
    klien("POST", "/usulan", raw=b'{"judul":"A","instansi":"%s"}' % kode, kunci="a", expect=201)
    klien("POST", "/usulan", raw=b'{ "instansi": "%s", "judul": "A" }' % kode, kunci="a", expect=201)
    assert Usulan.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("second", ["isi lain", "alamat lain"])
def test_the_same_key_for_something_else_is_refused(peta: Peta, second: str) -> None:
    one, two = draft(peta, operasi=0), draft(peta, operasi=0)
    klien = operator_machine(peta)
    klien("POST", f"/usulan/{one.pk}/operasi", ubah_k(peta, 5), kunci="a", expect=201)
    target, k = (one, 6) if second == "isi lain" else (two, 5)
    answer = klien("POST", f"/usulan/{target.pk}/operasi", ubah_k(peta, k), kunci="a", expect=422).json()
    assert answer["type"].endswith("/kunci-dipakai")
    assert Operasi.objects.count() == 1


@pytest.mark.django_db
def test_a_refused_request_leaves_its_key_free(peta: Peta) -> None:
    usulan = draft(peta, operasi=0)
    klien = operator_machine(peta)
    path = f"/usulan/{usulan.pk}/operasi"
    klien("POST", path, {"operasi": [{"jenis": "ubah-k", "posisi_id": 10**9, "k": 1}]}, kunci="a", expect=422)
    klien("POST", path, ubah_k(peta, 5), kunci="a", expect=201)


@pytest.mark.django_db
def test_a_key_is_the_accounts_own(peta: Peta) -> None:
    usulan = draft(peta, operasi=0)
    path = f"/usulan/{usulan.pk}/operasi"
    operator_machine(peta)("POST", path, ubah_k(peta, 5), kunci="a", expect=201)
    operator_machine(peta)("POST", path, ubah_k(peta, 6), kunci="a", expect=201)
    assert UsulanPosisi.objects.get().sesudah["k"] == 6


@pytest.mark.django_db
def test_an_expired_key_stands_for_a_new_request_and_old_answers_go(peta: Peta) -> None:
    usulan = draft(peta, operasi=0)
    klien = operator_machine(peta)
    path = f"/usulan/{usulan.pk}/operasi"
    for name, k in (("a", 5), ("b", 6)):
        klien("POST", path, ubah_k(peta, k), kunci=name, expect=201)
    PermintaanUsulan.objects.update(kedaluwarsa=timezone.now() - dt.timedelta(days=1))
    klien("POST", path, ubah_k(peta, 7), kunci="a", expect=201)
    assert list(PermintaanUsulan.objects.values_list("kunci", flat=True)) == ["a"]
    assert UsulanPosisi.objects.get().sesudah["k"] == 7


@pytest.mark.django_db
def test_a_key_that_is_no_key_is_refused(peta: Peta) -> None:
    klien = operator_machine(peta)
    body = {"instansi": peta.instansi.kode_cepat, "judul": "A"}
    klien("POST", "/usulan", body, kunci="x" * 129, expect=422)
    klien("POST", "/usulan", body, kunci="kunci\x7f", expect=400)


@pytest.mark.django_db
def test_stored_answers_are_behind_the_wall_of_their_account(peta: Peta) -> None:
    body = {"instansi": peta.instansi.kode_cepat, "judul": "A"}
    person("operator")("POST", "/usulan", body, kunci="a", expect=201)
    seen = {}
    for name in ("operator", "penyetuju", "verifikator"):
        with scope_of(actor_of(Pengguna.objects.get(username=name))):
            seen[name] = PermintaanUsulan.objects.count()
            if name != "operator":
                assert PermintaanUsulan.objects.update(isi="") == 0
    assert seen == {"operator": 1, "penyetuju": 0, "verifikator": 0}
    now, owner = timezone.now(), Pengguna.objects.get(username="operator")
    foreign = PermintaanUsulan(akun_id=owner.pk, kunci="b", sidik="", dibuat=now, kedaluwarsa=now)
    with (
        scope_of(actor_of(Pengguna.objects.get(username="penyetuju"))),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        foreign.save()


def together(*calls):
    """Carry out the calls at the same moment, each on its own connection; their answers in order."""
    answers = [None] * len(calls)
    start = threading.Barrier(len(calls))

    def run(n, call):
        try:
            start.wait()
            answers[n] = call()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_one_operation_is_made(peta: Peta) -> None:
    usulan = draft(peta, operasi=0)
    klien = operator_machine(peta)
    path = f"/usulan/{usulan.pk}/operasi"
    send = [lambda: klien("POST", path, ubah_k(peta, 5), kunci="serentak")] * 4
    answers = together(*send)
    assert {(a.status_code, a.content) for a in answers} == {(201, answers[0].content)}
    assert Operasi.objects.filter(usulan=usulan).count() == 1
    assert Usulan.objects.get(pk=usulan.pk).revisi == 1


@pytest.mark.django_db(transaction=True)
def test_created_twice_at_once_there_is_one_usulan(peta: Peta) -> None:
    klien = operator_machine(peta)
    body = {"instansi": peta.instansi.kode_cepat, "judul": "Serentak"}
    answers = together(*[lambda: klien("POST", "/usulan", body, kunci="serentak")] * 3)
    assert len({a.json()["id"] for a in answers}) == 1
    assert Usulan.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_lose_no_edit(peta: Peta) -> None:
    usulan = draft(peta, operasi=0)
    one, two = operator_machine(peta), operator_machine(peta)
    path = f"/usulan/{usulan.pk}/operasi"
    boxes = (peta.kotak.pk, peta.kotak_lain.pk)

    def many(klien, box):
        return [
            klien("POST", path, {"operasi": [{"jenis": "ubah-k", "posisi_id": box, "k": k}]}).status_code
            for k in range(10, 15)
        ]

    assert together(lambda: many(one, boxes[0]), lambda: many(two, boxes[1])) == [[201] * 5, [201] * 5]
    assert Operasi.objects.filter(usulan=usulan).count() == 10
    assert set(UsulanPosisi.objects.values_list("sesudah__k", flat=True)) == {14}


@pytest.mark.django_db(transaction=True)
def test_of_two_that_saw_the_same_revision_one_is_told(peta: Peta) -> None:
    usulan = draft(peta, operasi=0)
    one, two = operator_machine(peta), operator_machine(peta)
    etag = one("GET", f"/usulan/{usulan.pk}")["ETag"]
    path = f"/usulan/{usulan.pk}/operasi"
    answers = together(
        lambda: one("POST", path, ubah_k(peta, 5), cocok=etag),
        lambda: two("POST", path, ubah_k(peta, 6), cocok=etag),
    )
    assert sorted(a.status_code for a in answers) == [201, 412]
    winner = 5 if answers[0].status_code == 201 else 6
    assert UsulanPosisi.objects.get().sesudah["k"] == winner
