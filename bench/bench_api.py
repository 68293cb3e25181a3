"""Pages and API over HTTP, against a real server process and 100,000 units in the database.

The map document is compared with the bare minimum of the same run: fetching the same rows with SQL and
serialising them. Times are as seen by the client on loopback, so they are upper bounds of the server's time.
"""

from __future__ import annotations

import json
import sys
import time

import httpx
import psycopg
from _data import make_map
from _lari import best_of, percentile, report, served, throwaway_server

N_INSTANSI, N_UNOR, N_POSISI = 10, 10_000, 50_000
N_KECIL = 120
"""Small maps besides, so that the list of instansi has full pages."""
REQUESTS = 60
TOKEN = "token-ukur"


def prepare() -> int:
    """Maps with 100,000 units together, one of them with 50,000 boxes, and a machine that may read; returns the big one's id."""
    from django.utils import timezone
    from oauth2_provider.models import get_access_token_model, get_application_model

    from petajabatan.akun.models import Pengguna, Peran

    big = make_map("9000", N_UNOR, N_POSISI)
    for i in range(1, N_INSTANSI):
        make_map(str(9000 + i), N_UNOR, N_UNOR)
    for i in range(N_KECIL):
        make_map(str(8000 + i), 3, 6, f"Pemerintah Kabupaten Kecil {i}")
    user = Pengguna.objects.create_user("mesin-ukur", mesin=True)
    Peran.objects.create(pengguna=user, peran="pemantau", lingkup="nasional", berlaku_dari="2020-01-01")
    person = Pengguna.objects.create_user("pemantau-ukur", password="sandi-pemantau-ukur")
    Peran.objects.create(pengguna=person, peran="pemantau", lingkup="nasional", berlaku_dari="2020-01-01")
    application = get_application_model().objects.create(
        name="ukur", user=user, client_type="confidential", authorization_grant_type="client-credentials"
    )
    get_access_token_model().objects.create(
        application=application,
        token=TOKEN,
        expires=timezone.now() + timezone.timedelta(hours=1),
        scope="referensi:baca peta:baca",
    )
    return big


def bare_document(url: str, instansi: int) -> float:
    """Seconds to read the map's rows by bare SQL and serialise them."""
    with psycopg.connect(url) as conn:

        def read() -> None:
            units = conn.execute(
                "SELECT unor_id, atasan_id, urutan, nama, nama_jabatan, jenis, eselon_id FROM unor_riwayat"
                " WHERE instansi_id = %s AND hingga = 2147483647",
                [instansi],
            ).fetchall()
            boxes = conn.execute(
                "SELECT p.posisi_id, p.unor_id, p.nama, p.jenis, p.jenjang_id, p.kelas, p.k, p.kepala,"
                " p.jabatan_id, p.urutan, b.b, b.paruh_waktu FROM posisi_riwayat p"
                " LEFT JOIN bezetting_posisi b USING (posisi_id)"
                " WHERE p.instansi_id = %s AND p.hingga = 2147483647",
                [instansi],
            ).fetchall()
            json.dumps({"unor": units, "posisi": boxes}, ensure_ascii=False).encode()

        return best_of(read, 5)


def timed(client: httpx.Client, path: str, n: int = REQUESTS) -> tuple[float, int]:
    """p95 in milliseconds and the size in bytes of the answer, after three warm-up requests."""
    times = []
    size = 0
    for i in range(n + 3):
        start = time.perf_counter()
        answer = client.get(path)
        elapsed = time.perf_counter() - start
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"
        size = len(answer.content)
        if i >= 3:
            times.append(elapsed * 1000)
    return percentile(times, 0.95), size


def sign_in(base: str) -> httpx.Client:
    client = httpx.Client(base_url=base, timeout=60, follow_redirects=True)
    client.get("/akun/login/")
    client.post(
        "/akun/login/",
        data={
            "login": "pemantau-ukur",
            "password": "sandi-pemantau-ukur",
            "csrfmiddlewaretoken": client.cookies["csrftoken"],
        },
        headers={"Referer": base},
    )
    assert "sessionid" in client.cookies
    return client


def main() -> bool:
    with throwaway_server() as folder:
        from petajabatan.runtime.data_dir import DataDir
        from petajabatan.runtime.install import setup_django
        from petajabatan.runtime.postgres import embedded_url

        setup_django("pemilik")
        big = prepare()
        owner = embedded_url(DataDir(folder), web=False)
        with psycopg.connect(owner, autocommit=True) as conn:
            conn.execute("ANALYZE")
        with served() as (base, _):
            return measure(base, owner, big)


def measure(base: str, owner: str, big: int) -> bool:
    ok = True
    with psycopg.connect(owner) as conn:
        row = conn.execute(
            "SELECT unor_id FROM unor_kini WHERE instansi_id = %s AND kedalaman = 3", [big]
        ).fetchone()
    unor = row[0]
    machine = httpx.Client(
        base_url=base,
        timeout=60,
        headers={"Authorization": f"Bearer {TOKEN}", "Accept-Encoding": "identity"},
    )
    value, _ = timed(machine, f"/api/v1/unor?instansi={big}&batas=50")
    ok &= report("api_daftar_50_unor", value, "ms p95", 25, n=REQUESTS)
    value, _ = timed(machine, f"/api/v1/unor/{unor}")
    ok &= report("api_rinci_unor", value, "ms p95", 25, n=REQUESTS)
    person = sign_in(base)
    value, size = timed(person, "/instansi/")
    ok &= report("halaman_daftar_instansi", value, "ms p95", 60, n=REQUESTS)
    ok &= report("halaman_daftar_instansi_ukuran", size / 1024, "KB", 60)
    value, size = timed(person, f"/peta/9000/unor/{unor}/")
    ok &= report("halaman_rinci_unit", value, "ms p95", 25, n=REQUESTS)
    bare = bare_document(owner, big)

    def document() -> None:
        answer = machine.get("/api/v1/instansi/9000/peta")
        assert answer.status_code == 200 and len(answer.content) > 1_000_000

    document()
    value = best_of(document, 5)
    ok &= report("api_dokumen_peta", value * 1000, "ms", 2.5, "ratio", value / bare, 5)
    return ok


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
