"""The audit chain, tampered with as the owner of the database: every way is found and named."""

from __future__ import annotations

import contextlib
import json
import threading

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from petajabatan.akun.queries import actor_of
from petajabatan.cli import main as cli
from petajabatan.inti.actor import sistem
from petajabatan.inti.audit import record
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.models import Audit, AuditKepala, AuditRantai, AuditTertunda
from petajabatan.inti.pekerjaan import second_connection
from petajabatan.inti.rantai import heads, prove, read_heads, save_heads
from petajabatan.testing.personas import make_persona

pytestmark = pytest.mark.django_db

SISIPAN = (
    "INSERT INTO audit (aktor, permintaan, aksi, objek, jumlah, instansi_id)"
    " VALUES ('palsu', '', 'ubah', 'x', 1, 7)"
)


def sql(statement: str, *params: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []


def write(instansi_id: int | None, n: int = 1) -> None:
    with scope_of(sistem("uji")):
        for i in range(n):
            rincian = {"id": i, "x": [1.5, None], "é": "\x1f"}
            record(sistem("uji"), "ubah", f"objek {i} é", rincian, instansi_id=instansi_id)
    commit()


def commit() -> None:
    """What a commit does to the chain, inside the transaction of a test (without one: nothing)."""
    if connection.in_atomic_block:
        sql("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def rantai():
    """Three chains: of no instansi, of 7 (twelve records in three transactions) and of 8."""
    write(None, 2)
    for _ in range(3):
        write(7, 4)
    write(8)
    return list(AuditRantai.objects.filter(rantai=7).order_by("nomor").values_list("audit_id", flat=True))


def tamper(*statements: str) -> None:
    sql("SET session_replication_role = replica")
    for statement in statements:
        sql(statement)
    sql("SET session_replication_role = origin")


def found() -> list[tuple[str, str]]:
    with scope_of(sistem("uji")):
        return [(t.kode, t.tempat) for t in prove().temuan]


def test_a_clean_chain_is_proved(rantai):
    with scope_of(sistem("uji")):
        proof = prove()
    assert proof.utuh and proof.temuan == []
    assert (proof.catatan, proof.rantai, proof.tertunda) == (15, 3, 0)
    assert {r: n for r, (n, _) in proof.kepala.items()} == {0: 2, 7: 12, 8: 1}
    assert rantai == sorted(rantai)
    write(7)
    assert found() == []


def test_an_empty_database_is_proved():
    assert found() == []


@pytest.mark.parametrize(
    "change",
    ["aktor = 'orang lain'", "rincian = '{}'", "jumlah = 2", "pada = pada + interval '1 microsecond'",
     "instansi_id = NULL", "rincian = NULL", "permintaan = 'x'", "aksi = aksi || ' '"],
)  # fmt: skip
def test_a_changed_record_is_named(rantai, change):
    tamper(f"UPDATE audit SET {change} WHERE id = {rantai[5]}")
    assert found() == [("audit-berubah", f"instansi 7, nomor 6, catatan {rantai[5]}")]


def test_a_removed_record_is_named(rantai):
    tamper(f"DELETE FROM audit WHERE id = {rantai[4]}")
    assert found() == [("audit-hilang", f"instansi 7, nomor 5, catatan {rantai[4]}")]


def test_a_record_removed_with_its_seal_leaves_a_gap(rantai):
    tamper(
        f"DELETE FROM audit WHERE id = {rantai[4]}", f"DELETE FROM audit_rantai WHERE audit_id = {rantai[4]}"
    )
    assert found() == [("audit-rantai-bolong", "instansi 7, nomor 5")]


def test_a_gap_closed_by_renumbering_is_found(rantai):
    tamper(
        f"DELETE FROM audit WHERE id = {rantai[4]}",
        f"DELETE FROM audit_rantai WHERE audit_id = {rantai[4]}",
        "UPDATE audit_rantai SET nomor = nomor - 1 WHERE rantai = 7 AND nomor > 5",
    )
    assert ("audit-berubah", f"instansi 7, nomor 5, catatan {rantai[5]}") in found()
    assert ("audit-terpotong", "instansi 7, nomor 12") in found()


def test_a_truncated_chain_is_found(rantai):
    tamper(
        f"DELETE FROM audit WHERE id = {rantai[-1]}",
        f"DELETE FROM audit_rantai WHERE audit_id = {rantai[-1]}",
    )
    assert found() == [("audit-terpotong", "instansi 7, nomor 12")]


def test_a_whole_chain_taken_away_is_found(rantai):
    tamper("DELETE FROM audit WHERE instansi_id = 8", "DELETE FROM audit_rantai WHERE rantai = 8")
    assert found() == [("audit-terpotong", "instansi 8, nomor 1")]


def test_a_record_slipped_in_is_named(rantai):
    tamper(SISIPAN)
    forged = Audit.objects.latest("id").pk
    assert found() == [("audit-di-luar-rantai", f"instansi 7, catatan {forged}")]


def test_a_record_slipped_in_with_a_made_up_seal_is_found(rantai):
    tamper(
        SISIPAN,
        "INSERT INTO audit_rantai SELECT 7, 13, max(id), sha256('x') FROM audit",
    )
    assert {kode for kode, _ in found()} == {"audit-berubah", "audit-kepala-beda"}


def test_a_rewritten_seal_breaks_the_next_one(rantai):
    tamper(
        f"UPDATE audit SET aktor = 'x' WHERE id = {rantai[5]}",
        "UPDATE audit_rantai r SET hash = sha256("
        "(SELECT hash FROM audit_rantai WHERE rantai = 7 AND nomor = 5)"
        f" || audit_bait(7, 6, a)) FROM audit a WHERE a.id = {rantai[5]} AND r.audit_id = a.id",
    )
    assert found() == [("audit-berubah", f"instansi 7, nomor 7, catatan {rantai[6]}")]


def test_a_chain_rewritten_to_its_end_is_found_by_heads_kept_elsewhere(rantai, tmp_path):
    kept = tmp_path / "kepala.json"
    save_heads(kept, heads())
    assert read_heads(kept) == heads()
    tamper(
        f"DELETE FROM audit WHERE id = {rantai[5]}",
        "DELETE FROM audit_rantai WHERE rantai = 7",
        "DELETE FROM audit_kepala WHERE rantai = 7",
    )
    sql("SELECT segel_rantai(7, array_agg(id), true) FROM audit WHERE instansi_id = 7")
    assert found() == []
    with scope_of(sistem("uji")):
        proof = prove(dahulu=read_heads(kept))
    assert [(t.kode, t.tempat) for t in proof.temuan] == [("audit-kepala-lama", "instansi 7, nomor 12")]


def test_the_command_names_the_record_and_fails(rantai, capsys, tmp_path, monkeypatch):
    # The suite's database is running and up to date already.
    monkeypatch.setattr("petajabatan.cli.perintah.periksa.database", contextlib.nullcontext)
    kept = str(tmp_path / "k.json")
    assert cli.main(("periksa", "audit", "--json", "--simpan-kepala", kept)) == 0
    assert json.loads(capsys.readouterr().out)["catatan"] == 15
    assert cli.main(("periksa", "audit", "--kepala", kept)) == 0
    assert "utuh" in capsys.readouterr().out
    tamper(f"UPDATE audit SET aktor = 'x' WHERE id = {rantai[0]}")
    assert cli.main(("periksa", "audit", "--json")) == 1
    body = json.loads(capsys.readouterr().out)
    assert body["dilanggar"] == {"audit-berubah": 1}
    assert f"catatan {rantai[0]}" in body["temuan"][0]["tempat"]
    (tmp_path / "rusak.json").write_text("[]")
    assert cli.main(("periksa", "audit", "--kepala", str(tmp_path / "rusak.json"))) == 1


def test_records_written_before_the_chain_are_sealed_like_the_migration_does(rantai):
    tamper("DELETE FROM audit_rantai", "DELETE FROM audit_kepala")
    assert {kode for kode, _ in found()} == {"audit-di-luar-rantai"}
    sql(
        "SELECT segel_rantai(rantai, ids, true) FROM (SELECT coalesce(instansi_id, 0) AS rantai,"
        " array_agg(id) AS ids FROM audit GROUP BY 1 ORDER BY 1) AS lama"
    )
    assert found() == []


def test_nobody_seals_changes_or_removes_by_hand(rantai):
    for statement in (
        "UPDATE audit_rantai SET nomor = 99 WHERE rantai = 8",
        "DELETE FROM audit_rantai",
        "TRUNCATE audit_rantai",
        "DELETE FROM audit_kepala",
        "UPDATE audit_kepala SET nomor = 1 WHERE rantai = 7",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            sql(statement)
    admin = actor_of(make_persona("admin"))
    for statement in (
        "INSERT INTO audit_rantai VALUES (7, 13, 1, '')",
        "UPDATE audit_kepala SET nomor = 99",
        "INSERT INTO audit_tertunda (audit_id, rantai) VALUES (1, 7)",
        "SELECT segel_rantai(7, '{1}', false)",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), scope_of(admin):
            sql(statement)


def test_a_rolled_back_part_of_a_transaction_leaves_no_seal():
    with scope_of(sistem("uji")):
        record(sistem("uji"), "a", "x", instansi_id=7)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            record(sistem("uji"), "b", "x", instansi_id=7)
            raise ZeroDivisionError
        with transaction.atomic():
            record(sistem("uji"), "c", "x", instansi_id=7)
    commit()
    assert AuditKepala.objects.get().nomor == 2
    assert found() == []


@pytest.mark.django_db(transaction=True)
def test_a_busy_chain_holds_nobody_up_and_its_records_are_sealed_next():
    write(7)
    with second_connection() as other:
        other.execute("BEGIN")
        other.execute(SISIPAN)
        other.execute("SET CONSTRAINTS ALL IMMEDIATE")  # takes the chain and keeps it
        write(8)
        assert not AuditTertunda.objects.exists()
        write(7, 3)
        assert AuditTertunda.objects.filter(rantai=7).count() == 3
        other.execute("COMMIT")
    with scope_of(sistem("uji")):
        assert (prove().utuh, prove().tertunda) == (True, 3)
        assert sql("SELECT segel_tertunda()") == [(0,)]
        assert (prove().utuh, prove().catatan) == (True, 6)


def test_what_waits_too_long_is_a_warning_and_what_vanishes_while_waiting_an_insertion():
    write(7)
    tamper(
        SISIPAN,
        "INSERT INTO audit_tertunda SELECT max(id), 7, now() - interval '1 hour' FROM audit",
    )
    with scope_of(sistem("uji")):
        proof = prove()
    assert proof.utuh
    assert [(t.kode, t.tingkat) for t in proof.temuan] == [("audit-belum-disegel", "peringatan")]


@pytest.mark.django_db(transaction=True)
def test_writers_of_many_chains_in_opposite_order_all_finish():
    """Eight writers over the same chains; each ends, nothing deadlocks, every record is sealed once."""
    failures: list[BaseException] = []

    def work(order: list[int]) -> None:
        try:
            with second_connection() as conn:
                for _ in range(3):
                    with conn.transaction():
                        for instansi in order:
                            conn.execute(SISIPAN.replace("7)", f"{instansi})"))
                            conn.execute("SET CONSTRAINTS z_segel IMMEDIATE")
        except psycopg.Error as error:
            failures.append(error)

    orders = [[1, 2, 3], [3, 2, 1], [2, 3, 1], [1, 3, 2]] * 2
    threads = [threading.Thread(target=work, args=(order,)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with scope_of(sistem("uji")):
        sql("SELECT segel_tertunda()")
        proof = prove()
    assert proof.utuh
    assert (proof.catatan, proof.tertunda) == (8 * 3 * 3, 0)
