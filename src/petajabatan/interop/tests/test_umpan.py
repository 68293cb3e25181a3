"""The change feed: complete, in order, exactly once per cursor, whoever commits late."""

from __future__ import annotations

import json
import threading

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from petajabatan.interop.models import Umpan
from petajabatan.interop.tests.conftest import tetapkan
from petajabatan.interop.umpan import last_number, read_feed
from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.pekerjaan import second_connection
from petajabatan.jabatan.models import PosisiRiwayat
from petajabatan.organisasi.models import UnorRiwayat
from petajabatan.runtime.pemeriksaan import check_all
from petajabatan.testing import factories as make
from petajabatan.testing.personas import PERSONAS, make_persona

pytestmark = pytest.mark.django_db
SELAMANYA = 2147483647
VERSI = (
    "INSERT INTO peta_versi (instansi_id, nomor, jenis, berlaku, ditetapkan_pada, ditetapkan_oleh,"
    " keterangan, hash) VALUES (%s, %s, 'usulan', '2026-01-01', now(), '', '', '')"
)


def events(sejak: int = 0, **values) -> list[tuple]:
    page = read_feed(sejak, 1000, akhir=last_number(), **values)
    return [(e.nomor, e.versi, e.jenis, e.objek_id) for e in page.isi]


def end(model, key: str, id: int, versi: int, **values) -> None:
    model.objects.filter(**{key: id, "hingga": SELAMANYA}).update(hingga=versi, **values)


def second_version(peta) -> dict[str, int]:
    with transaction.atomic():
        new = write_second_version(peta)
    tetapkan()
    return new


def write_second_version(peta) -> dict[str, int]:
    """Version 2: the dinas renamed, a seksi added with a box, the bidang removed with its boxes."""
    versi = make.make_version(peta.instansi)
    old = UnorRiwayat.objects.get(unor=peta.dinas, hingga=SELAMANYA)
    seksi = make.make_unor(peta.instansi, "Seksi Baru", peta.dinas, sejak=versi)
    baru = make.make_posisi(seksi, "Kepala Seksi", sejak=versi, kepala=True, k=1, kelas=9)
    end(UnorRiwayat, "unor", peta.dinas.id, versi)
    UnorRiwayat.objects.create(
        unor=peta.dinas, instansi=peta.instansi, sejak=versi, atasan=old.atasan, nama="Dinas Pendidikan Baru",
        nama_jabatan=old.nama_jabatan,
    )  # fmt: skip
    boxes = list(
        PosisiRiwayat.objects.filter(unor=peta.bidang, hingga=SELAMANYA).values_list("posisi", flat=True)
    )
    for box in boxes:
        end(PosisiRiwayat, "posisi", box, versi)
    end(UnorRiwayat, "unor", peta.bidang.id, versi, penerus=[seksi.id])
    row = PosisiRiwayat.objects.get(posisi=peta.kepala, hingga=SELAMANYA)
    end(PosisiRiwayat, "posisi", peta.kepala.id, versi)
    PosisiRiwayat.objects.create(
        posisi=peta.kepala, instansi=peta.instansi, unor=peta.dinas, sejak=versi, nama=row.nama,
        jenis=row.jenis, kepala=True, k=1, kelas=15,
    )  # fmt: skip
    return {"seksi": seksi.id, "baru": baru.id, "boxes": boxes}


@pytest.fixture
def token(peta_a):
    """A machine that may read the map and nothing else."""
    import datetime as dt

    from oauth2_provider.models import get_access_token_model, get_application_model

    from petajabatan.akun.models import Pengguna

    user = Pengguna.objects.create_user("mesin-umpan", mesin=True)
    application = get_application_model().objects.create(
        user=user, client_type="confidential", authorization_grant_type="client-credentials"
    )
    for name, scope in (("baca", "peta:baca"), ("lain", "referensi:baca")):
        get_access_token_model().objects.create(
            application=application, token=name, scope=scope, expires=timezone.now() + dt.timedelta(hours=1)
        )
    return {"Authorization": "Bearer baca"}


def test_the_first_version_is_one_event_and_later_ones_tell_every_change(peta_a, peta_b):
    new = second_version(peta_a)
    numbers = [e[0] for e in events()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [e[1:] for e in events()[:2]] == [(1, "muat-awal", 1), (1, "muat-awal", 1)]
    assert [e[1:] for e in events(2)] == [
        (2, "versi", 2),
        (2, "unor-tambah", new["seksi"]),
        (2, "unor-ubah", peta_a.dinas.id),
        (2, "posisi-tambah", new["baru"]),
        (2, "posisi-ubah", peta_a.kepala.id),
        *[(2, "posisi-hapus", box) for box in sorted(new["boxes"])],
        (2, "unor-hapus", peta_a.bidang.id),
    ]
    facts = {e.jenis: e.ringkas for e in read_feed(2, 100, akhir=last_number()).isi}
    assert facts["unor-ubah"]["kolom"] == {
        "nama": ["Dinas Pendidikan Kabupaten Alfa", "Dinas Pendidikan Baru"]
    }
    assert facts["posisi-ubah"]["kolom"] == {"kelas": [14, 15]}
    assert facts["unor-hapus"]["penerus"] == [new["seksi"]]
    assert facts["unor-tambah"]["atasan_id"] == peta_a.dinas.id
    assert facts["posisi-tambah"]["k"] == 1
    assert facts["versi"]["jumlah"] == {
        "unor": {"tambah": 1, "ubah": 1, "hapus": 1}, "posisi": {"tambah": 1, "ubah": 1, "hapus": 2},
    }  # fmt: skip
    text = json.dumps([e.ringkas for e in read_feed(0, 100, akhir=last_number()).isi])
    for person in (*peta_a.orang, *peta_b.orang):
        assert person.nama not in text and person.nip not in text


def test_a_row_ended_and_begun_again_unchanged_is_no_change(peta_a):
    with transaction.atomic():
        versi = make.make_version(peta_a.instansi)
        old = UnorRiwayat.objects.filter(unor=peta_a.dinas).values().get()
        end(UnorRiwayat, "unor", peta_a.dinas.id, versi)
        UnorRiwayat.objects.create(**old | {"sejak": versi})
    tetapkan()
    assert [e[2] for e in events(1)] == ["versi"]


def test_what_is_rolled_back_gives_its_numbers_to_the_next(peta_a, peta_b):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make.make_version(peta_a.instansi)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert last_number() == 3
        raise ZeroDivisionError
    second_version(peta_b)
    assert [e[0] for e in events()] == list(range(1, last_number() + 1))


def test_many_changes_become_one_event_with_the_document(peta_a, client, token):
    with transaction.atomic():
        versi = make.make_version(peta_a.instansi)
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH baru AS (INSERT INTO posisi (instansi_id) SELECT %s FROM generate_series(1, 20001)"
                " RETURNING id) INSERT INTO posisi_riwayat (posisi_id, instansi_id, sejak, hingga, unor_id,"
                " urutan, jenis, jabatan_id, nama, kepala) SELECT id, %s, %s, 2147483647, %s, 0, 'pelaksana',"
                " (SELECT min(jabatan_id) FROM posisi_riwayat), 'x', false FROM baru",
                [peta_a.instansi.id, peta_a.instansi.id, versi, peta_a.bidang.id],
            )
    tetapkan()
    assert [e[2] for e in events(1)] == ["versi-besar"]
    [event] = client.get("/api/v1/perubahan?sejak=1", headers=token).json()["isi"]
    assert event["ringkas"]["jumlah"] == {"posisi": {"tambah": 20001}}
    document = client.get(event["dokumen"], headers=token)
    assert document.status_code == 200
    assert document.json()["versi"] == 2


@pytest.mark.django_db(transaction=True)
def test_a_late_commit_is_never_skipped(peta_a, peta_b):
    """A transaction that published first and commits last is numbered last."""
    begun, go_on, failures = threading.Event(), threading.Event(), []

    def slow() -> None:
        try:
            with second_connection() as conn, conn.transaction():
                conn.execute(
                    VERSI,
                    [peta_a.instansi.id, 2],
                )
                begun.set()
                assert go_on.wait(30)
        except (psycopg.Error, AssertionError) as error:
            failures.append(error)

    thread = threading.Thread(target=slow)
    thread.start()
    assert begun.wait(30)
    second_version(peta_b)
    seen = events()
    cursor = seen[-1][0]
    go_on.set()
    thread.join()
    assert failures == []
    assert [e[1:3] for e in events(cursor)] == [(2, "versi")]
    assert [e[0] for e in events()] == list(range(1, cursor + 2))


@pytest.mark.django_db(transaction=True)
def test_publishers_at_once_leave_no_gap(db):
    instansi = [make.make_instansi(f"Kabupaten {n}") for n in range(6)]
    failures: list[BaseException] = []

    def publish(own: int) -> None:
        try:
            with second_connection() as conn:
                for nomor in range(1, 6):
                    with conn.transaction():
                        conn.execute(
                            VERSI,
                            [own, nomor],
                        )
        except psycopg.Error as error:
            failures.append(error)

    threads = [threading.Thread(target=publish, args=(i.id,)) for i in instansi]
    for thread in threads:
        thread.start()
    seen: list[int] = []
    while True:
        writing = any(thread.is_alive() for thread in threads)
        page = read_feed(seen[-1] if seen else 0, 7, akhir=last_number())
        seen += [e.nomor for e in page.isi]
        if not writing and not page.isi:
            break
    for thread in threads:
        thread.join()
    assert failures == []
    assert seen == list(range(1, 31))


def test_pages_meet_without_gap_or_overlap_with_and_without_filter(peta_a, peta_b, client, token):
    second_version(peta_a)
    second_version(peta_b)
    for query in ("", f"&instansi={peta_a.instansi.id}", f"&instansi={peta_a.instansi.id}&instansi=999999"):
        cursor, seen, more = 0, [], True
        while more:
            body = client.get(f"/api/v1/perubahan?sejak={cursor}&batas=3{query}", headers=token).json()
            assert body["berikutnya"] > cursor
            seen += [e["nomor"] for e in body["isi"]]
            cursor, more = body["berikutnya"], body["lagi"]
        rows = Umpan.objects.filter(instansi_id=peta_a.instansi.id) if query else Umpan.objects.all()
        assert seen == list(rows.order_by("nomor").values_list("nomor", flat=True))
        assert cursor == last_number()
        again = client.get(f"/api/v1/perubahan?sejak={cursor}{query}", headers=token).json()
        assert again == {"isi": [], "berikutnya": cursor, "lagi": False}


def test_polling_is_a_304_until_something_is_published(peta_a, client, token):
    first = client.get("/api/v1/perubahan?sejak=1", headers=token)
    tag = {**token, "If-None-Match": first["ETag"]}
    assert client.get("/api/v1/perubahan?sejak=1", headers=tag).status_code == 304
    second_version(peta_a)
    answer = client.get("/api/v1/perubahan?sejak=1", headers=tag)
    assert answer.status_code == 200
    assert answer.json()["isi"]


def test_a_cursor_from_elsewhere_is_gone(peta_a, client, token):
    answer = client.get("/api/v1/perubahan?sejak=5000", headers=token)
    assert (answer.status_code, answer.json()["akhir"]) == (410, 1)
    for bad in ("sejak=-1", "batas=0", "batas=1001", "sejak=x", "instansi=0"):
        assert client.get(f"/api/v1/perubahan?{bad}", headers=token).status_code == 422


@pytest.mark.parametrize("name", PERSONAS)
def test_everybody_who_has_signed_in_reads_the_feed(peta_a, client, name):
    client.force_login(make_persona(name, instansi_id=peta_a.instansi.id, pegawai_id=peta_a.orang[0].id))
    assert len(client.get("/api/v1/perubahan").json()["isi"]) == 1


def test_nobody_else_does_and_a_token_needs_the_scope(peta_a, client, token):
    assert client.get("/api/v1/perubahan").status_code == 401
    assert client.get("/api/v1/perubahan", headers={"Authorization": "Bearer lain"}).status_code == 403


def test_the_feed_is_written_by_the_database_only(peta_a):
    for statement in ("UPDATE umpan SET versi = 9", "DELETE FROM umpan"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    for statement in (
        "INSERT INTO umpan (nomor, instansi_id, versi, jenis, objek, objek_id, ringkas)"
        " VALUES (99, 1, 1, 'versi', 'peta', 1, '{}')",
        "SELECT tulis_umpan(1, 1)",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            scope_of(sistem("uji")),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_hole_and_a_version_without_event_break_a_rule(peta_a, peta_b):
    second_version(peta_a)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM umpan WHERE nomor = 1")
        cursor.execute("SET session_replication_role = origin")
    with scope_of(sistem("uji")):
        results, _ = check_all()
    assert {k for k, n in results.items() if n and k.startswith("umpan")} == {
        "umpan-bolong",
        "umpan-tanpa-versi",
    }
