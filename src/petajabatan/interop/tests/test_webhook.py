"""Subscriptions by API and by page: who may, what is refused, that the secret is shown once."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from oauth2_provider.models import get_access_token_model, get_application_model

from petajabatan.akun.mesin import register_machine
from petajabatan.akun.models import Pengguna
from petajabatan.akun.queries import actor_of
from petajabatan.interop.models import Webhook, WebhookKiriman
from petajabatan.interop.pengiriman import KirimanTertunda, deliver
from petajabatan.interop.services import create_webhook
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.models import Audit
from petajabatan.testing.personas import PERSONAS, make_persona

pytestmark = pytest.mark.django_db
URL = "https://kepegawaian.contoh.go.id/peta"


def token_of(user, scope: str) -> dict[str, str]:
    application = get_application_model().objects.filter(user=user).first()
    application = application or get_application_model().objects.create(
        user=user, client_type="confidential", authorization_grant_type="client-credentials"
    )
    name = f"{user.username}-{scope.replace(':', '-')}"
    get_access_token_model().objects.create(
        application=application, token=name, scope=scope, expires=timezone.now() + dt.timedelta(hours=1)
    )
    return {"Authorization": f"Bearer {name}"}


@pytest.fixture
def mesin(admin):
    """A machine the admin registered, with the scope to manage its webhooks."""
    with scope_of(admin):
        user = register_machine(admin, "aplikasi-uji").pengguna
    return user, token_of(user, "peta:baca webhook:kelola")


def create(client, headers, **values):
    body = {"nama": "Aplikasi uji", "url": URL} | values
    return client.post("/api/v1/webhook", body, content_type="application/json", headers=headers)


def test_a_machine_manages_its_webhook_from_beginning_to_end(client, mesin, peta_a):
    headers = mesin[1]
    made = create(client, headers, instansi=[peta_a.instansi.id], sejak=0)
    assert made.status_code == 201
    body = made.json()
    assert body["rahasia"].startswith("peta_wh_")
    assert (body["keadaan"], body["tertinggal"], body["instansi"]) == ("lancar", 1, [peta_a.instansi.id])
    address = f"/api/v1/webhook/{body['id']}"
    one = client.get(address, headers=headers).json()
    assert "rahasia" not in one
    assert client.get("/api/v1/webhook", headers=headers).json()["isi"] == [one]

    def patch(**values):
        return client.patch(address, values, content_type="application/json", headers=headers)

    assert patch(aktif=False).json()["keadaan"] == "mati"
    assert patch(nama="Baru", aktif=True, instansi=[]).json()["nama"] == "Baru"
    renewed = client.post(f"{address}/rahasia", headers=headers).json()
    assert renewed["rahasia"] not in ("", body["rahasia"])
    assert client.delete(address, headers=headers).status_code == 204
    assert client.get(address, headers=headers).status_code == 404
    assert client.get("/api/v1/webhook", headers=headers).json()["isi"] == []
    actions = list(Audit.objects.filter(objek="webhook").order_by("id").values_list("aksi", flat=True))
    assert actions == ["buat", "ubah", "ubah", "ganti-rahasia", "hapus"]
    assert body["rahasia"] not in str(list(Audit.objects.values_list("rincian", flat=True)))


@pytest.mark.parametrize(
    ("values", "kode"),
    [
        ({"url": "http://contoh.go.id/"}, "url-bukan-https"),
        ({"url": "https://127.0.0.1/"}, "url-alamat-dalam"),
        ({"url": "https://169.254.169.254/latest/meta-data"}, "url-alamat-dalam"),
        ({"url": "https://a:b@contoh.go.id/"}, "url-tidak-sah"),
        ({"instansi": [999999]}, "instansi-tidak-dikenal"),
        ({"sejak": 99}, "kursor-melampaui"),
    ],
)
def test_a_wrong_subscription_is_refused_with_a_finding(client, mesin, values, kode):
    answer = create(client, mesin[1], **values)
    assert answer.status_code == 422
    assert [t["kode"] for t in answer.json()["temuan"]] == [kode]
    assert not Webhook.objects.exists()


def test_an_owner_has_at_most_twenty(client, mesin):
    for _ in range(20):
        assert create(client, mesin[1]).status_code == 201
    assert create(client, mesin[1]).json()["temuan"][0]["kode"] == "webhook-terlalu-banyak"


def test_a_token_without_the_scope_is_refused(client, mesin):
    headers = token_of(mesin[0], "peta:baca")
    assert create(client, headers).status_code == 403
    assert client.get("/api/v1/webhook", headers=headers).status_code == 403
    assert client.get("/api/v1/webhook").status_code == 401


@pytest.mark.parametrize("name", PERSONAS)
def test_of_the_personas_only_the_admin_manages_webhooks(client, name, peta_a, penerima):
    boss = actor_of(make_persona("admin")) if name != "admin" else None
    user = make_persona(name, instansi_id=peta_a.instansi.id, pegawai_id=peta_a.orang[0].id)
    owner = boss or actor_of(user)
    with scope_of(owner):
        webhook, _ = create_webhook(owner, "Milik admin", penerima.url)
    client.force_login(user)
    allowed = name == "admin"
    assert client.get("/api/v1/webhook").status_code == (200 if allowed else 403)
    assert client.get(reverse("webhook:daftar")).status_code == (200 if allowed else 403)
    assert client.get(reverse("webhook:rinci", args=[webhook.pk])).status_code == (200 if allowed else 403)
    post = client.post(reverse("webhook:tindak", args=[webhook.pk]), {"tindakan": "matikan"})
    assert post.status_code == (302 if allowed else 403)
    webhook.refresh_from_db()
    assert webhook.aktif is not allowed
    with scope_of(actor_of(user)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM webhook")
        assert cursor.fetchone() == (1 if name in ("admin", "verifikator") else 0,)


def test_another_machine_neither_sees_nor_touches_it(client, mesin, admin, peta_a):
    made = create(client, mesin[1]).json()
    with scope_of(admin):
        other = token_of(register_machine(admin, "aplikasi-lain").pengguna, "webhook:kelola")
    address = f"/api/v1/webhook/{made['id']}"
    assert client.get("/api/v1/webhook", headers=other).json()["isi"] == []
    for answer in (
        client.get(address, headers=other),
        client.patch(address, {"aktif": False}, content_type="application/json", headers=other),
        client.delete(address, headers=other),
        client.post(f"{address}/rahasia", headers=other),
        client.get(f"{address}/kiriman", headers=other),
    ):
        assert answer.status_code == 404
    assert Webhook.objects.get().aktif


def test_who_registered_the_machine_manages_its_webhooks(client, mesin, admin):
    made = create(client, mesin[1]).json()
    assert Webhook.objects.get().pengelola == [mesin[0].pk, admin.id]
    client.force_login(Pengguna.objects.get(pk=admin.id))
    assert URL in client.get(reverse("webhook:rinci", args=[made["id"]])).content.decode()


def test_the_log_shows_attempts_and_the_buttons_send_again(client, langganan, penerima, admin, peta_a):
    webhook = langganan[0]
    penerima.jawaban = [500]
    with pytest.raises(KirimanTertunda):
        deliver(webhook.pk)
    client.force_login(Pengguna.objects.get(pk=admin.id))
    page = reverse("webhook:rinci", args=[webhook.pk])
    text = client.get(page).content.decode()
    assert "Penerima tidak menjawab 2xx" in text and "500" in text and "Mencoba lagi" in text
    assert "Coba sekarang" in text
    log = client.get(f"/api/v1/webhook/{webhook.pk}/kiriman?batas=1").json()
    assert [(k["status"], k["percobaan"], k["galat"]) for k in log["isi"]] == [(500, 1, "ditolak-penerima")]
    failed = WebhookKiriman.objects.get()
    again = reverse("webhook:ulang", args=[webhook.pk, failed.pk])
    assert client.get(again).status_code == 405
    assert client.post(again).status_code == 302
    assert deliver(webhook.pk) == 2
    text = client.get(page).content.decode()
    assert "Lancar" in text and ">200<" in text
    csrf = client.post(f"/api/v1/webhook/{webhook.pk}/kiriman/{failed.pk}/ulang")
    assert csrf.status_code == 202
    log = client.get(f"/api/v1/webhook/{webhook.pk}/kiriman?batas=1").json()
    assert log["isi"][0]["status"] == 200
    rest = client.get(f"/api/v1/webhook/{webhook.pk}/kiriman?batas=1&kursor={log['berikutnya']}").json()
    assert [k["status"] for k in rest["isi"]] == [500]
    assert rest["berikutnya"] is None


def test_the_page_makes_a_webhook_and_shows_its_secret_once(client, admin, peta_a):
    client.force_login(Pengguna.objects.get(pk=admin.id))
    page = reverse("webhook:daftar")
    assert "Belum ada webhook" in client.get(page).content.decode()
    bad = client.post(page, {"nama": "x", "url": "http://10.0.0.1/", "instansi": ""}).content.decode()
    assert "harus https" in bad
    bad = client.post(page, {"nama": "x", "url": URL, "instansi": "00000"}).content.decode()
    assert "Kode tidak dikenal: 00000" in bad
    kode = peta_a.instansi.kode_cepat
    made = client.post(page, {"nama": "Satu", "url": URL, "instansi": kode})
    secret = re.search(r"<code>(peta_wh_[^<]+)</code>", made.content.decode()).group(1)
    assert made["Cache-Control"] == "no-store"
    webhook = Webhook.objects.get()
    assert webhook.instansi_ids == [peta_a.instansi.id]
    detail = reverse("webhook:rinci", args=[webhook.pk])
    for later in (client.get(page), client.get(detail)):
        assert secret not in later.content.decode()
    renewed = client.post(reverse("webhook:tindak", args=[webhook.pk]), {"tindakan": "rahasia"})
    assert "peta_wh_" in renewed.content.decode()
    assert "peta_wh_" not in client.get(detail).content.decode()
    client.post(reverse("webhook:tindak", args=[webhook.pk]), {"tindakan": "hapus"})
    assert client.get(detail).status_code == 404


def test_a_paused_webhook_says_why_and_goes_on_at_a_click(client, langganan, penerima, admin):
    webhook = langganan[0]
    Webhook.objects.update(dijeda=timezone.now(), alasan_jeda="waktu-habis", gagal_beruntun=10)
    client.force_login(Pengguna.objects.get(pk=admin.id))
    text = client.get(reverse("webhook:rinci", args=[webhook.pk])).content.decode()
    assert "Tidak menjawab dalam 10 detik" in text and "Lanjutkan" in text
    client.post(reverse("webhook:tindak", args=[webhook.pk]), {"tindakan": "lanjutkan"})
    assert deliver(webhook.pk) == 2
