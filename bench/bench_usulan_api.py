"""One edit over HTTP on a draft of 10,000 units and 50,000 boxes, against a real server process.

Every request is what a machine sends: a token, a fresh Idempotency-Key, the ETag of the answer before. Times
are as seen by the client on loopback, so they are upper bounds of the server's time. Edits go in turn to a new
draft and to one that holds 5,000 operations already, which must make no difference.
"""

from __future__ import annotations

import sys
import time

import httpx
import psycopg
from _data import make_map
from _lari import best_of, percentile, report, served, throwaway_server

N_UNOR, N_POSISI, N_LAMA, REQUESTS = 10_000, 50_000, 5_000, 150
TOKEN = "token-ukur-usulan"
SCOPES = "peta:baca usulan:baca usulan:tulis"
BATAS_MS = 150
BATAS_SEBANDING = 1.5
"""How much slower the median edit may be after 5,000 operations."""


def prepare() -> tuple[list[int], list[int]]:
    """The map, a machine that drafts for its instansi, two drafts; returns their ids and boxes to edit."""
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
        drafts = [create_usulan(sistem("ukur"), instansi, judul=judul).pk for judul in ("Baru", "Penuh")]
    boxes = PosisiRiwayat.objects.filter(instansi_id=instansi, jenis="pelaksana").order_by("posisi_id")
    return drafts, list(boxes.values_list("posisi_id", flat=True)[: N_LAMA + 1000])


class Editor:
    """Edits one draft as a machine does: each request with a fresh key and the ETag of the answer before."""

    def __init__(self, client: httpx.Client, usulan: int) -> None:
        self.client, self.path = client, f"/api/v1/usulan/{usulan}"
        self.etag = client.get(self.path).headers["ETag"]
        self.n = 0

    def __call__(self, *boxes: int) -> float:
        """Seconds of one request that changes the need of these boxes."""
        self.n += 1
        headers = {"Idempotency-Key": f"{self.path}-{self.n}", "If-Match": self.etag}
        body = {"operasi": [{"jenis": "ubah-k", "posisi_id": box, "k": 7 + self.n % 5} for box in boxes]}
        start = time.perf_counter()
        answer = self.client.post(f"{self.path}/operasi", json=body, headers=headers)
        elapsed = time.perf_counter() - start
        assert answer.status_code == 201, answer.text[:500]
        self.etag = answer.headers["ETag"]
        return elapsed


def measure(base: str, drafts: list[int], boxes: list[int]) -> bool:
    client = httpx.Client(
        base_url=base,
        timeout=120,
        headers={"Authorization": f"Bearer {TOKEN}", "Accept-Encoding": "identity"},
    )
    fresh, full = (Editor(client, usulan) for usulan in drafts)
    report("api_operasi_5000", full(*boxes[:N_LAMA]), "s")
    chosen = boxes[N_LAMA : N_LAMA + REQUESTS + 3]
    pairs = [(fresh(box) * 1000, full(box) * 1000) for box in chosen][3:]
    early, late = ([pair[side] for pair in pairs] for side in (0, 1))
    ok = report("api_operasi_satu", percentile(early, 0.95), "ms p95", BATAS_MS, n=REQUESTS)
    report("api_operasi_satu_median", percentile(early, 0.5), "ms", n=REQUESTS)
    ratio = percentile(late, 0.5) / percentile(early, 0.5)
    value = percentile(late, 0.95)
    ok &= report("api_operasi_sesudah_5000", value, "ms p95", BATAS_SEBANDING, "ratio", ratio, n=REQUESTS)

    def read(path: str) -> None:
        assert client.get(path).status_code == 200

    pairs = [
        (
            best_of(lambda: read(f"/api/v1/usulan/{drafts[0]}/peta"), 1),
            best_of(lambda: read("/api/v1/instansi/9000/peta"), 1),
        )
        for _ in range(10)
    ]
    draft, published = (min(times) for times in zip(*pairs, strict=True))
    return ok & report("api_peta_usulan", draft * 1000, "ms", 1.5, "ratio", draft / published, len(pairs))


def main() -> bool:
    with throwaway_server() as folder:
        from petajabatan.runtime.data_dir import DataDir
        from petajabatan.runtime.install import setup_django
        from petajabatan.runtime.postgres import embedded_url

        setup_django("pemilik")
        drafts, boxes = prepare()
        with psycopg.connect(embedded_url(DataDir(folder), web=False), autocommit=True) as conn:
            conn.execute("ANALYZE")
        with served() as (base, _):
            return measure(base, drafts, boxes)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
