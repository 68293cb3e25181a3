"""One edit over HTTP on a draft of 10,000 units and 50,000 boxes, against a real server process.

Every request is what a machine sends: a token, a fresh Idempotency-Key, the ETag of the answer before. Times
are as seen by the client on loopback, so they are upper bounds of the server's time. Measured on a new draft
and again after 5,000 operations, which must make no difference.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

import httpx
import psycopg
from _data import make_map
from _lari import percentile, report, throwaway_server
from bench_api import free_port

N_UNOR, N_POSISI, N_LAMA, REQUESTS = 10_000, 50_000, 5_000, 60
TOKEN = "token-ukur-usulan"
SCOPES = "peta:baca usulan:baca usulan:tulis"
BATAS_MS = 150
BATAS_SEBANDING = 1.5
"""How much slower an edit may be after 5,000 operations; 1 plus what two runs differ by."""


def prepare() -> tuple[int, list[int]]:
    """The map, a machine that drafts for its instansi, a draft; returns its id and boxes to edit."""
    from django.utils import timezone
    from oauth2_provider.models import get_access_token_model, get_application_model

    from petajabatan.akun.models import Pengguna, Peran
    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of
    from petajabatan.jabatan.models import PosisiRiwayat
    from petajabatan.usulan.services import create_usulan

    instansi = make_map("9000", N_UNOR, N_POSISI)
    user = Pengguna.objects.create_user("mesin-ukur", mesin=True)
    Peran.objects.create(
        pengguna=user,
        peran="instansi-operator-sotk",
        lingkup="instansi",
        instansi_id=instansi,
        berlaku_dari="2020-01-01",
    )
    application = get_application_model().objects.create(
        name="ukur", user=user, client_type="confidential", authorization_grant_type="client-credentials"
    )
    get_access_token_model().objects.create(
        application=application,
        token=TOKEN,
        expires=timezone.now() + timezone.timedelta(hours=1),
        scope=SCOPES,
    )
    with scope_of(sistem("ukur")):
        usulan = create_usulan(sistem("ukur"), instansi, judul="Ukur")
    boxes = PosisiRiwayat.objects.filter(instansi_id=instansi, jenis="pelaksana").order_by("posisi_id")
    return usulan.pk, list(boxes.values_list("posisi_id", flat=True)[: N_LAMA + 1000])


def edits(client: httpx.Client, usulan: int, boxes: list[int], mark: str) -> float:
    """p95 in milliseconds of edits one after the other, three of them warming up."""
    path = f"/api/v1/usulan/{usulan}"
    etag = client.get(path).headers["ETag"]
    times = []
    for i, box in enumerate(boxes[: REQUESTS + 3]):
        headers = {"Idempotency-Key": f"{mark}-{i}", "If-Match": etag}
        body = {"operasi": [{"jenis": "ubah-k", "posisi_id": box, "k": 7 + i % 5, "sumber": "abk"}]}
        start = time.perf_counter()
        answer = client.post(f"{path}/operasi", json=body, headers=headers)
        elapsed = time.perf_counter() - start
        assert answer.status_code == 201, answer.text[:500]
        etag = answer.headers["ETag"]
        if i >= 3:
            times.append(elapsed * 1000)
    return percentile(times, 0.95)


def measure(base: str, usulan: int, boxes: list[int]) -> bool:
    client = httpx.Client(
        base_url=base,
        timeout=120,
        headers={"Authorization": f"Bearer {TOKEN}", "Accept-Encoding": "identity"},
    )
    fresh = edits(client, usulan, boxes[N_LAMA:], "baru")
    ok = report("api_operasi_satu", fresh, "ms p95", BATAS_MS, n=REQUESTS)
    many = [{"jenis": "ubah-k", "posisi_id": box, "k": 9} for box in boxes[:N_LAMA]]
    start = time.perf_counter()
    answer = client.post(
        f"/api/v1/usulan/{usulan}/operasi",
        json={"operasi": many},
        headers={"Idempotency-Key": "banyak", "If-Match": "*"},
    )
    assert answer.status_code == 201, answer.text[:500]
    ok &= report("api_operasi_5000", time.perf_counter() - start, "s")
    later = edits(client, usulan, boxes[N_LAMA + 200 :], "lama")
    ok &= report(
        "api_operasi_sesudah_5000", later, "ms p95", BATAS_SEBANDING, "ratio", later / fresh, n=REQUESTS
    )
    start = time.perf_counter()
    document = client.get(f"/api/v1/usulan/{usulan}/peta")
    seconds = time.perf_counter() - start
    assert document.status_code == 200
    start = time.perf_counter()
    published = client.get("/api/v1/instansi/9000/peta")
    bare = time.perf_counter() - start
    assert published.status_code == 200
    ok &= report("api_peta_usulan", seconds * 1000, "ms", 1.5, "ratio", seconds / bare)
    return ok


def main() -> bool:
    with throwaway_server() as folder:
        from petajabatan.runtime.data_dir import DataDir
        from petajabatan.runtime.install import setup_django
        from petajabatan.runtime.postgres import embedded_url

        setup_django("pemilik")
        usulan, boxes = prepare()
        with psycopg.connect(embedded_url(DataDir(folder), web=False), autocommit=True) as conn:
            conn.execute("ANALYZE")
        port = free_port()
        server = subprocess.Popen(
            [
                sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1",
                "--blocking-threads", "4", "--no-access-log", "--log-level", "error",
                "petajabatan.config.wsgi:application",
            ],
            env=os.environ | {"PETAJABATAN_DB": "web"},
        )  # fmt: skip
        base = f"http://localhost:{port}"
        try:
            for _ in range(200):
                try:
                    httpx.get(f"{base}/akun/login/", timeout=10)
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            return measure(base, usulan, boxes)
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
