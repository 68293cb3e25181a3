"""Deliveries to a real server: signed, in order, at least once, tried again, paused in the end."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from petajabatan.akun.models import Pengguna
from petajabatan.interop import kirim
from petajabatan.interop.models import Webhook, WebhookKiriman
from petajabatan.interop.pengiriman import KirimanTertunda, deliver, deliver_again, enqueue_due, prune
from petajabatan.interop.rules import GAGAL_MAKS, wait_after
from petajabatan.interop.services import create_webhook, resend, resume_webhook, update_webhook
from petajabatan.interop.tasks import MenurutWebhook
from petajabatan.interop.tests.conftest import publish
from petajabatan.interop.umpan import last_number
from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.models import Notifikasi

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 3, 0, tzinfo=dt.UTC)


def queued(task: str = "kirim_webhook") -> list[dict]:
    return [row.args for row in ProcrastinateJob.objects.filter(task_name=task).order_by("id")]


def log() -> list[tuple]:
    rows = WebhookKiriman.objects.order_by("pada", "nomor_dari")
    return list(rows.values_list("nomor_dari", "nomor_sampai", "status", "galat", "percobaan"))


def test_everything_published_arrives_once_in_order_and_signed(langganan, penerima, peta_a):
    webhook, secret = langganan
    publish(peta_a, 3)
    assert deliver(webhook.pk, NOW) == 5
    assert penerima.nomor == [1, 2, 3, 4, 5]
    [(path, headers, body)] = penerima.diterima
    assert path == "/peta"
    assert headers["X-Peta-Waktu"] == str(int(NOW.timestamp()))
    expected = hmac.new(secret.encode(), headers["X-Peta-Waktu"].encode() + b"." + body, hashlib.sha256)
    assert hmac.compare_digest(headers["X-Peta-Tanda"], "v1=" + expected.hexdigest())
    content = json.loads(body)
    assert (content["webhook"], content["kiriman"]) == (webhook.pk, headers["X-Peta-Kiriman"])
    assert content["isi"][2]["jenis"] == "versi"
    assert log() == [(1, 5, 200, "", 1)]
    assert deliver(webhook.pk, NOW) == 0
    publish(peta_a)
    assert deliver(webhook.pk, NOW) == 1
    assert penerima.nomor == [1, 2, 3, 4, 5, 6]


def test_more_than_a_hundred_events_are_several_deliveries(langganan, penerima, peta_a, monkeypatch):
    monkeypatch.setattr("petajabatan.interop.pengiriman.PERISTIWA_SEKALI", 3)
    publish(peta_a, 6)
    assert deliver(langganan[0].pk, NOW) == 8
    assert penerima.nomor == list(range(1, 9))
    assert len(penerima.diterima) == 3
    monkeypatch.setattr("petajabatan.interop.pengiriman.KIRIMAN_SEKALI", 1)
    publish(peta_a, 6)
    assert deliver(langganan[0].pk, NOW) == 3
    assert queued() == [{"webhook": langganan[0].pk}], "the rest is queued behind the others"


def test_a_failure_is_kept_waited_for_and_sent_again_with_what_came_since(langganan, penerima, peta_a):
    webhook = langganan[0]
    penerima.jawaban = [500, 503]
    with pytest.raises(KirimanTertunda) as first:
        deliver(webhook.pk, NOW)
    assert first.value.pada == NOW + wait_after(1)
    webhook.refresh_from_db()
    assert (webhook.posisi, webhook.gagal_beruntun, webhook.coba_pada) == (0, 1, NOW + wait_after(1))
    assert deliver(webhook.pk, NOW + dt.timedelta(seconds=10)) == 0, "not due yet"
    publish(peta_a)
    with pytest.raises(KirimanTertunda):
        deliver(webhook.pk, NOW + wait_after(1))
    later = NOW + wait_after(1) + wait_after(2)
    assert deliver(webhook.pk, later) == 3
    assert penerima.nomor == [1, 2, 1, 2, 3, 1, 2, 3]
    webhook.refresh_from_db()
    assert (webhook.posisi, webhook.gagal_beruntun, webhook.coba_pada) == (3, 0, None)
    assert log() == [
        (1, 2, 500, "ditolak-penerima", 1),
        (1, 3, 503, "ditolak-penerima", 2),
        (1, 3, 200, "", 3),
    ]


def test_the_queue_tries_again_when_the_webhook_says(langganan, penerima):
    penerima.jawaban = [500]
    with pytest.raises(KirimanTertunda) as failure:
        deliver(langganan[0].pk, NOW)
    decision = MenurutWebhook().get_retry_decision(exception=failure.value, job=None)
    assert decision.retry_at == NOW + wait_after(1)
    assert MenurutWebhook().get_retry_decision(exception=ValueError(), job=None) is None


def fail_until_paused(webhook) -> dt.datetime:
    clock = NOW
    for n in range(1, GAGAL_MAKS):
        with pytest.raises(KirimanTertunda):
            deliver(webhook.pk, clock)
        clock += wait_after(n)
    assert deliver(webhook.pk, clock) == 0
    return clock


def test_after_ten_failures_it_pauses_and_tells_its_owner(langganan, penerima, admin):
    webhook = langganan[0]
    penerima.jawaban = [500] * 20
    clock = fail_until_paused(webhook)
    webhook.refresh_from_db()
    assert webhook.dijeda == clock
    assert len(penerima.diterima) == GAGAL_MAKS
    assert deliver(webhook.pk, clock + dt.timedelta(days=1)) == 0
    told = Notifikasi.objects.get()
    assert (told.penerima_id, told.tautan) == (admin.id, f"/webhook/{webhook.pk}/")
    assert "dijeda setelah 10 kegagalan" in told.judul
    penerima.jawaban = []
    with scope_of(admin):
        resume_webhook(admin, webhook)
    assert queued() == [{"webhook": webhook.pk}]
    assert deliver(webhook.pk, clock) == 2
    assert penerima.nomor[-2:] == [1, 2], "from the first event that was not taken"


def test_a_receiver_that_says_gone_is_not_asked_again(langganan, penerima):
    penerima.jawaban = [410]
    assert deliver(langganan[0].pk, NOW) == 0
    assert Webhook.objects.get().dijeda == NOW


def test_a_filter_lets_pass_only_its_instansi_and_the_cursor_moves_on(admin, penerima, peta_a, peta_b):
    with scope_of(admin):
        webhook, _ = create_webhook(admin, "Satu", penerima.url, [peta_b.instansi.id], sejak=0)
    publish(peta_a, 2)
    assert deliver(webhook.pk, NOW) == 1
    assert penerima.nomor == [2]
    webhook.refresh_from_db()
    assert webhook.posisi == 4
    publish(peta_a)
    assert deliver(webhook.pk, NOW) == 0
    webhook.refresh_from_db()
    assert (webhook.posisi, len(penerima.diterima)) == (5, 1)


def test_a_new_webhook_begins_with_what_is_published_from_now_on(admin, penerima, peta_a):
    with scope_of(admin):
        webhook, _ = create_webhook(admin, "Baru", penerima.url)
    assert deliver(webhook.pk, NOW) == 0
    publish(peta_a)
    assert deliver(webhook.pk, NOW) == 1


def test_only_one_worker_holds_a_webhook_and_a_dead_ones_lease_runs_out(langganan, penerima):
    webhook = langganan[0]
    Webhook.objects.update(dipegang_sampai=NOW + dt.timedelta(seconds=60))
    assert deliver(webhook.pk, NOW) == 0
    assert deliver(webhook.pk, NOW + dt.timedelta(seconds=61)) == 2


def test_a_receiver_that_dies_after_taking_gets_the_events_again(langganan, penerima, monkeypatch):
    """The answer was lost: at least once means once more, never not at all."""
    real = kirim.post
    monkeypatch.setattr(
        "petajabatan.interop.kirim.post",
        lambda *a, **k: real(*a, **k) and kirim.Jawaban(None, 5, "sambungan-putus"),
    )
    with pytest.raises(KirimanTertunda):
        deliver(langganan[0].pk, NOW)
    monkeypatch.undo()
    assert deliver(langganan[0].pk, NOW + wait_after(1)) == 2
    assert penerima.nomor == [1, 2, 1, 2]


def test_due_webhooks_are_queued_once_and_lost_entries_found(langganan, penerima, peta_a, admin):
    webhook = langganan[0]
    with scope_of(sistem("uji")):
        assert enqueue_due(NOW) == [webhook.pk]
        assert enqueue_due(NOW + dt.timedelta(seconds=15)) == []
        assert enqueue_due(NOW + dt.timedelta(minutes=3)) == [webhook.pk], "its entry was lost"
    assert deliver(webhook.pk, NOW) == 2
    with scope_of(sistem("uji")):
        assert enqueue_due(NOW) == [], "nothing waits"
    publish(peta_a)
    penerima.jawaban = [500]
    with pytest.raises(KirimanTertunda):
        deliver(webhook.pk, NOW)
    with scope_of(sistem("uji")):
        assert enqueue_due(NOW + wait_after(1)) == [], "the queue itself tries again"
        assert enqueue_due(NOW + wait_after(1) + dt.timedelta(minutes=3)) == [webhook.pk]
        Webhook.objects.update(dijeda=NOW)
        assert enqueue_due(NOW + dt.timedelta(days=1)) == []


def test_resending_what_was_taken_goes_beside_the_order(langganan, penerima, peta_a, admin):
    webhook = langganan[0]
    deliver(webhook.pk, NOW)
    publish(peta_a)
    deliver(webhook.pk, NOW + dt.timedelta(seconds=1))
    first = WebhookKiriman.objects.get(nomor_dari=1)
    with scope_of(admin):
        resend(admin, first)
    assert queued("kirim_ulang_webhook") == [{"kiriman": str(first.pk)}]
    assert deliver_again(first.pk, NOW + dt.timedelta(seconds=2))
    assert penerima.nomor == [1, 2, 3, 1, 2]
    webhook.refresh_from_db()
    assert webhook.posisi == 3
    assert WebhookKiriman.objects.filter(ulang=True).count() == 1
    penerima.jawaban = [500]
    assert not deliver_again(first.pk)
    webhook.refresh_from_db()
    assert webhook.gagal_beruntun == 0


def test_resending_what_was_not_taken_tries_the_whole_queue_now(langganan, penerima, admin):
    webhook = langganan[0]
    penerima.jawaban = [500]
    with pytest.raises(KirimanTertunda):
        deliver(webhook.pk, NOW)
    with scope_of(admin):
        resend(admin, WebhookKiriman.objects.get())
    assert queued() == [{"webhook": webhook.pk}]
    assert deliver(webhook.pk, NOW) == 2


def test_an_address_changed_while_sending_keeps_its_fresh_start(langganan, penerima, admin, monkeypatch):
    webhook = langganan[0]

    def slow(*args, **kwargs):
        with scope_of(admin):
            update_webhook(admin, webhook, url=penerima.url + "/baru")
        return kirim.Jawaban(None, 1, "sambungan-putus")

    monkeypatch.setattr("petajabatan.interop.kirim.post", slow)
    with pytest.raises(KirimanTertunda):
        deliver(webhook.pk, NOW)
    webhook.refresh_from_db()
    assert (webhook.gagal_beruntun, webhook.coba_pada) == (0, None)


def test_a_webhook_of_a_deactivated_account_is_silent(langganan, penerima, admin):
    Pengguna.objects.filter(pk=admin.id).update(is_active=False)
    with scope_of(sistem("uji")):
        assert enqueue_due(NOW) == []
    assert deliver(langganan[0].pk, NOW) == 0
    Pengguna.objects.filter(pk=admin.id).update(is_active=True)
    assert deliver(langganan[0].pk, NOW) == 2


def test_old_attempts_are_dropped_by_the_unprivileged_worker(langganan, penerima):
    deliver(langganan[0].pk, NOW)
    with scope_of(sistem("uji")):
        assert prune(NOW + dt.timedelta(days=29)) == 0
        assert prune(NOW + dt.timedelta(days=31)) == 1


def test_neither_secret_nor_body_is_logged_or_stored_readable(langganan, penerima, caplog):
    webhook, secret = langganan
    penerima.jawaban = [500]
    caplog.set_level("DEBUG")
    with pytest.raises(KirimanTertunda):
        deliver(webhook.pk, NOW)
    webhook.refresh_from_db()
    assert secret not in webhook.rahasia
    assert secret not in caplog.text
    assert penerima.url not in caplog.text
    assert "Kabupaten" not in caplog.text


def test_a_secret_that_cannot_be_read_any_more_pauses_at_once(langganan, penerima, settings):
    settings.SECRET_KEY = "kunci lain sesudah pemulihan"
    assert deliver(langganan[0].pk, NOW) == 0
    assert Webhook.objects.get().alasan_jeda == "rahasia-tak-terbaca"
    assert penerima.diterima == []


def test_a_webhook_of_an_installation_without_loopback_never_reaches_it(langganan, penerima, settings):
    settings.WEBHOOK_LOKAL = False
    with pytest.raises(KirimanTertunda):
        deliver(langganan[0].pk, timezone.now())
    assert penerima.diterima == []
    assert WebhookKiriman.objects.get().galat == "url-bukan-https"
    assert last_number() == 2
