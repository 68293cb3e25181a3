"""Notifications: who is told, how often, who may read it, and what goes out by e-mail."""

from __future__ import annotations

import smtplib

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.db.utils import DatabaseError
from procrastinate.contrib.django.models import ProcrastinateJob

from petajabatan.akun.models import Pengguna
from petajabatan.akun.queries import actor_of
from petajabatan.inti.actor import ANONIM, sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.kabar import mark_read, messages_of, notify, unread_count
from petajabatan.inti.models import Notifikasi
from petajabatan.inti.surel import send_letters
from petajabatan.testing.personas import PERSONAS, make_persona

pytestmark = pytest.mark.django_db


@pytest.fixture
def orang():
    people = {name: make_persona(name, instansi_id=1 + (name == "orang_luar")) for name in PERSONAS}
    for name, user in people.items():
        user.email = f"{name}@contoh.test"
        user.save(update_fields=["email"])
    return people


def waiting() -> list[list[int]]:
    rows = ProcrastinateJob.objects.filter(task_name="kirim_surel").order_by("id")
    return [row.args["notifikasi"] for row in rows]


@pytest.mark.parametrize("sender", PERSONAS)
def test_everybody_known_may_tell_somebody_and_only_the_recipient_reads_it(orang, sender):
    with scope_of(actor_of(orang[sender])):
        assert notify(actor_of(orang[sender]), [orang["penyetuju"].pk], "Usulan diserahkan") == 1
    for name, user in orang.items():
        with scope_of(actor_of(user)), connection.cursor() as cursor:
            cursor.execute("SELECT judul FROM notifikasi")
            assert [j for (j,) in cursor.fetchall()] == (
                ["Usulan diserahkan"] if name == "penyetuju" else []
            ), name


def test_the_same_event_is_told_once_to_each(orang):
    a, b = orang["operator"].pk, orang["penyetuju"].pk
    with scope_of(sistem("uji")):
        assert notify(sistem("uji"), [a, a], "Diserahkan", kunci="usulan:1:diserahkan") == 1
        assert notify(sistem("uji"), [b, a], "Diserahkan", kunci="usulan:1:diserahkan") == 1
        assert notify(sistem("uji"), [a, b], "Diserahkan", kunci="usulan:1:diserahkan") == 0
        assert notify(sistem("uji"), [a], "Tanpa kunci") == 1
        assert notify(sistem("uji"), [a], "Tanpa kunci") == 1
        assert notify(sistem("uji"), [], "Tidak kepada siapa pun") == 0


def test_what_is_rolled_back_was_never_told(orang):
    with pytest.raises(ZeroDivisionError), scope_of(sistem("uji")):
        notify(sistem("uji"), [orang["operator"].pk], "Batal")
        raise ZeroDivisionError
    assert not Notifikasi.objects.exists()
    assert waiting() == []


def test_nobody_unknown_tells_anything_and_links_stay_inside():
    with pytest.raises(PermissionDenied):
        notify(ANONIM, [1], "x")
    for elsewhere in ("https://contoh.test/", "//contoh.test/", "javascript:alert(1)"):
        with pytest.raises(ValueError, match="path"):
            notify(sistem("uji"), [1], "x", tautan=elsewhere)
    with pytest.raises(DatabaseError), transaction.atomic():
        Notifikasi.objects.create(penerima_id=1, judul="x", tautan="//contoh.test/")


def test_raw_sql_neither_writes_nor_marks_what_others_receive(orang):
    a, b = orang["operator"], orang["verifikator"]
    with scope_of(sistem("uji")):
        notify(sistem("uji"), [a.pk], "Rahasia")
    with pytest.raises(DatabaseError), scope_of(actor_of(b)), connection.cursor() as cursor:
        cursor.execute("INSERT INTO notifikasi (penerima_id, judul) VALUES (%s, 'palsu')", [b.pk])
    with scope_of(actor_of(b)), connection.cursor() as cursor:
        cursor.execute("UPDATE notifikasi SET dibaca = now()")
        assert cursor.rowcount == 0
    with pytest.raises(DatabaseError), scope_of(actor_of(a)), connection.cursor() as cursor:
        cursor.execute("UPDATE notifikasi SET penerima_id = %s", [b.pk])


def test_reading_counts_only_ones_own(orang, django_assert_num_queries):
    a, b = actor_of(orang["operator"]), actor_of(orang["penyetuju"])
    with scope_of(sistem("uji")):
        for n in range(3):
            notify(sistem("uji"), [a.id, b.id], f"Kabar {n}")
    with scope_of(a):
        with django_assert_num_queries(1):
            assert unread_count(a) == 3
        newest = messages_of(a)[0]
        assert mark_read(a, newest.pk) == 1
        assert mark_read(a, newest.pk) == 0
        assert unread_count(a) == 2
        assert mark_read(a) == 2
    with scope_of(b):
        assert mark_read(b, newest.pk) == 0
        assert unread_count(b) == 3
    assert unread_count(ANONIM) == 0


def test_email_carries_title_and_link_and_nothing_else(orang, settings):
    settings.ALAMAT_SITUS = "https://peta.contoh.test"
    user = orang["penyetuju"]
    with scope_of(sistem("uji")):
        notify(
            sistem("uji"), [user.pk], "Usulan 17\r\nBcc: x@y.z diserahkan",
            "Sri Rahayu, NIP 199001012015012001", "/usulan/17/", kunci="k",
        )  # fmt: skip
    [ids] = waiting()
    assert send_letters(ids) == 1
    [letter] = mail.outbox
    assert letter.to == ["penyetuju@contoh.test"]
    assert letter.subject == "Usulan 17 Bcc: x@y.z diserahkan"
    assert "https://peta.contoh.test/usulan/17/" in letter.body
    assert "199001012015012001" not in letter.body
    assert "Sri" not in letter.body + letter.subject
    assert Notifikasi.objects.get().surel == "terkirim"
    assert send_letters(ids) == 0


def test_no_letter_for_who_switched_it_off_has_no_address_or_is_inactive(orang, settings):
    off, bare, gone, late = (orang[n] for n in ("operator", "penyetuju", "monitor", "verifikator"))
    Pengguna.objects.filter(pk=off.pk).update(kabar_surel=False)
    Pengguna.objects.filter(pk=bare.pk).update(email="")
    Pengguna.objects.filter(pk=gone.pk).update(is_active=False)
    with scope_of(sistem("uji")):
        notify(sistem("uji"), [off.pk, bare.pk, gone.pk, late.pk], "Judul")
    [ids] = waiting()
    assert set(Notifikasi.objects.filter(pk__in=ids).values_list("penerima_id", flat=True)) == {late.pk}
    Pengguna.objects.filter(pk=late.pk).update(kabar_surel=False)
    assert send_letters(ids) == 0
    assert mail.outbox == []
    settings.SUREL_DIKIRIM = False
    with scope_of(sistem("uji")):
        notify(sistem("uji"), [orang["admin"].pk], "Tanpa server surel")
    assert len(waiting()) == 1


def test_many_letters_are_several_tasks(orang):
    ids = [Pengguna.objects.create_user(f"banyak-{n}", email=f"b{n}@contoh.test").pk for n in range(101)]
    with scope_of(sistem("uji")):
        assert notify(sistem("uji"), ids, "Judul") == 101
    assert [len(part) for part in waiting()] == [100, 1]


class Rewel(EmailBackend):
    """A mail server that refuses one recipient and is down for another."""

    def send_messages(self, messages):
        if messages[0].to[0].startswith("operator"):
            raise smtplib.SMTPRecipientsRefused({})
        if messages[0].to[0].startswith("verifikator"):
            raise ConnectionRefusedError
        return super().send_messages(messages)


def test_a_refused_recipient_is_given_up_and_an_unreachable_server_is_tried_again(orang, settings):
    with scope_of(sistem("uji")):
        notify(sistem("uji"), [orang[n].pk for n in ("operator", "penyetuju", "verifikator")], "Judul")
    [ids] = waiting()
    settings.EMAIL_BACKEND = f"{__name__}.Rewel"
    with pytest.raises(ConnectionRefusedError):
        send_letters(ids)
    assert list(Notifikasi.objects.order_by("id").values_list("surel", flat=True)) == [
        "gagal", "terkirim", "antre",
    ]  # fmt: skip
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_letters(ids) == 1
    assert [m.to[0] for m in mail.outbox] == ["penyetuju@contoh.test", "verifikator@contoh.test"]


def test_after_the_last_attempt_a_letter_is_marked_as_failed(orang, settings):
    with scope_of(sistem("uji")):
        notify(sistem("uji"), [orang["verifikator"].pk], "Judul")
    settings.EMAIL_BACKEND = f"{__name__}.Rewel"
    with pytest.raises(ConnectionRefusedError):
        send_letters(waiting()[0], terakhir=True)
    assert Notifikasi.objects.get().surel == "gagal"
