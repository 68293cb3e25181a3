"""``kill -9`` and a lost connection while an usulan is edited and published, against the real server.

The middle is made exact by a lock, as in ``test_impor_mati``: the request stands at a table it has to write,
and then the process dies.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import tempfile
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from tests.conftest import Situs, start_situs
from tests.test_impor_mati import held, in_product, owner, somebody_waits_for, sound
from tests.test_serve import health, pid_of, pids_of, processes_of, wait_until

from petajabatan.testing.personas import PASSWORD

pytestmark = pytest.mark.server

TITIK = ("peta_versi", "usulan_keputusan", "ringkasan_instansi")
"""Where publishing is stopped: at its first row, near its last one, and inside COMMIT."""
MAP = """
from petajabatan.usulan.tests.conftest import make_peta
peta = make_peta()
print(peta.instansi.pk, peta.kotak.pk, peta.bidang.pk, peta.dasar.pk)
"""
DRAFT = """
from petajabatan.akun.models import Pengguna
from petajabatan.akun.queries import actor_of
from petajabatan.usulan.rules.operasi import GantiNama, UbahK
from petajabatan.usulan.services import add_operations, create_usulan
from petajabatan.usulan.tests.pembuat import do, sign
names = ("operator", "penyetuju", "verifikator")
orang = {{name: actor_of(Pengguna.objects.get(username=name)) for name in names}}
with scope_of(orang["operator"]):
    usulan = create_usulan(orang["operator"], {instansi}, judul="Penataan", dasar_hukum_id={dasar})
print(usulan.pk)
"""
APPROVED = """
from petajabatan.jabatan.models import PosisiRiwayat
box = PosisiRiwayat.objects.filter(instansi_id={instansi}, jenis="pelaksana", hingga=2147483647).first()
with scope_of(orang["operator"]):
    unit = box.unor_id
    name = "Bidang " + {nama!r}
    steps = [GantiNama(unor_id=unit, nama=name, nama_jabatan="Kepala " + name)]
    add_operations(orang["operator"], usulan.pk, steps)
usulan.refresh_from_db()
do(orang["operator"], usulan, "ajukan-ke-penyetuju")
sign(orang, usulan)
do(orang["verifikator"], usulan, "ambil")
do(orang["verifikator"], usulan, "setujui")
"""


@dataclass
class Peladen:
    """The server of this module, which a test may have to start again, and the map on it."""

    situs: Situs
    instansi: int = 0
    kotak: int = 0
    bidang: int = 0
    dasar: int = 0

    def well(self) -> None:
        wait_until(lambda: health(self.situs)["status"] == "baik")

    def kill_web(self) -> None:
        for pid in pids_of(self.situs.data, "granian"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def kill_everything(self) -> None:
        """As when the machine loses its power; then it is started again."""
        for pid in processes_of(self.situs.data):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.situs.proses.wait(10)
        wait_until(lambda: processes_of(self.situs.data) == {})
        self.situs = start_situs(self.situs.data, "--tanpa-demo")

    def kotak_now(self) -> int:
        """A box of the map as it stands."""
        with owner(self.situs) as conn:
            return conn.execute(
                "SELECT posisi_id FROM posisi_riwayat WHERE instansi_id = %s AND jenis = 'pelaksana'"
                " AND hingga = 2147483647 ORDER BY 1 LIMIT 1",
                [self.instansi],
            ).fetchone()[0]

    def draft(self, more: str = "") -> int:
        values = {"instansi": self.instansi, "dasar": self.dasar, "nama": uuid.uuid4().hex[:8]}
        return int(in_product(self.situs, (DRAFT + more).format(**values)).splitlines()[0])


@pytest.fixture(scope="module")
def peladen() -> Iterator[Peladen]:
    with tempfile.TemporaryDirectory(prefix="petajabatan-usulan-mati-") as name:
        Path(name).chmod(0o711)
        made = Peladen(start_situs(Path(name) / "data", "--tanpa-demo"))
        numbers = in_product(made.situs, MAP).split()
        made.instansi, made.kotak, made.bidang, made.dasar = map(int, numbers)
        yield made
        made.situs.stop()


def signed_in(situs: Situs, account: str) -> httpx.Client:
    client = httpx.Client(base_url=situs.url, timeout=60)
    token = token_in(client.get("/akun/login/").text)
    form = {"csrfmiddlewaretoken": token, "login": account, "password": PASSWORD}
    answer = client.post("/akun/login/", data=form)
    assert answer.status_code == 302, answer.text[:500]
    return client


def token_in(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found is not None, page[:500]
    return found[1]


def publish(client: httpx.Client, usulan: int) -> httpx.Response:
    """Press "Tetapkan" on its page, from today on."""
    path = f"/usulan/{usulan}/tindakan/tetapkan/"
    page = client.get(path).text
    seen = re.search(r'name="revisi" value="(\d+)"', page)
    assert seen is not None, page[:500]
    day = re.search(r'name="tanggal" value="([^"]+)"', page)[1]
    form = {"csrfmiddlewaretoken": token_in(page), "revisi": seen[1], "nomor": f"800/{usulan}",
            "tanggal": day, "berlaku": day}  # fmt: skip
    return client.post(path, data=form)


def published(situs: Situs, usulan: int) -> dict[str, object]:
    """What the database holds of the usulan's publication."""
    with owner(situs) as conn:
        status, versi = conn.execute(
            "SELECT status, versi_terbit FROM usulan WHERE id = %s", [usulan]
        ).fetchone()
        counts = {
            table: conn.execute(f"SELECT count(*) FROM {table} WHERE usulan_id = %s", [usulan]).fetchone()[0]
            for table in ("peta_versi", "usulan_keputusan", "pengukuhan")
        }
        written = conn.execute(
            "SELECT count(*) FROM unor_riwayat r JOIN usulan_unor o ON o.unor_id = r.unor_id"
            " WHERE o.usulan_id = %s AND o.sebelum IS NULL", [usulan]
        ).fetchone()[0]  # fmt: skip
    return {"status": status, "versi": versi, "unit_baru": written} | counts


ABSENT = {"status": "disetujui", "versi": None, "unit_baru": 0, "peta_versi": 0, "usulan_keputusan": 0,
          "pengukuhan": 0}  # fmt: skip


def whole(found: dict[str, object]) -> bool:
    return (found["status"], found["unit_baru"], found["peta_versi"], found["usulan_keputusan"]) == (
        "ditetapkan", 1, 1, 1
    ) and found["pengukuhan"] > 0  # fmt: skip


@pytest.mark.parametrize(
    ("korban", "titik"),
    [*((who, where) for who in ("granian", "bin/postgres -D") for where in TITIK), ("semua", TITIK[-1])],
)
def test_a_server_killed_while_publishing_leaves_the_version_whole_or_absent(peladen, titik, korban):
    peladen.well()
    usulan = peladen.draft(APPROVED)
    client = signed_in(peladen.situs, "penyetuju")
    answers: list[object] = []

    def press() -> None:
        try:
            answers.append(publish(client, usulan).status_code)
        except httpx.HTTPError as lost:
            answers.append(type(lost).__name__)

    with held(peladen.situs, titik):
        thread = threading.Thread(target=press)
        thread.start()
        wait_until(lambda: somebody_waits_for(peladen.situs, titik))
        if korban == "semua":
            peladen.kill_everything()
        elif korban == "granian":
            peladen.kill_web()
        else:
            os.kill(pid_of(peladen.situs.data, korban), signal.SIGKILL)
        thread.join(60)
    assert not thread.is_alive()
    peladen.well()
    wait_until(lambda: not somebody_works(peladen.situs))
    found = published(peladen.situs, usulan)
    assert found == ABSENT or whole(found), (found, answers)
    assert answers != [302] or whole(found), answers
    again = signed_in(peladen.situs, "penyetuju")
    if found == ABSENT:
        assert publish(again, usulan).status_code == 302
    else:
        assert "Ditetapkan" in again.get(f"/usulan/{usulan}/").text
    assert whole(published(peladen.situs, usulan))
    sound(peladen.situs)


def somebody_works(situs: Situs) -> bool:
    with owner(situs) as conn:
        return bool(
            conn.execute(
                "SELECT 1 FROM pg_stat_activity WHERE usename = 'petajabatan_web' AND xact_start IS NOT NULL"
                " AND state <> 'idle'"
            ).fetchone()
        )


def edit_request(client: httpx.Client, usulan: int, body: dict) -> httpx.Request:
    token = client.cookies["csrftoken"]
    return client.build_request(
        "POST", f"/usulan/{usulan}/operasi", json=body, headers={"X-CSRFToken": token}
    )


def edits(situs: Situs, usulan: int) -> list[tuple]:
    with owner(situs) as conn:
        return conn.execute(
            "SELECT (isi->>'k')::int, aktif FROM usulan_operasi WHERE usulan_id = %s ORDER BY nomor", [usulan]
        ).fetchall()


def test_a_server_killed_in_the_middle_of_an_edit_carries_it_out_once(peladen):
    """The page sends the edit again with the key it gave it: nothing was kept the first time."""
    peladen.well()
    usulan = peladen.draft()
    client = signed_in(peladen.situs, "operator")
    body = {"operasi": [{"jenis": "ubah-k", "posisi_id": peladen.kotak_now(), "k": 7}], "kunci": "seret-1",
            "revisi": 0}  # fmt: skip

    def drag() -> None:
        with contextlib.suppress(httpx.HTTPError):
            client.send(edit_request(client, usulan, body))

    with held(peladen.situs, "usulan_posisi"):
        thread = threading.Thread(target=drag)
        thread.start()
        wait_until(lambda: somebody_waits_for(peladen.situs, "usulan_posisi"))
        peladen.kill_web()
        thread.join(60)
    peladen.well()
    wait_until(lambda: not somebody_works(peladen.situs))
    assert edits(peladen.situs, usulan) == []
    for _ in range(2):
        answer = client.send(edit_request(client, usulan, body))
        assert answer.status_code == 200, answer.text
    assert edits(peladen.situs, usulan) == [(7, True)]


def test_an_edit_whose_answer_never_arrived_is_carried_out_once(peladen):
    """The connection breaks after the request has gone out; the server commits all the same."""
    peladen.well()
    usulan = peladen.draft()
    client = signed_in(peladen.situs, "operator")
    body = {"operasi": [{"jenis": "ubah-k", "posisi_id": peladen.kotak_now(), "k": 8}], "kunci": "putus-1",
            "revisi": 0}  # fmt: skip
    request = edit_request(client, usulan, body)
    head = [f"{request.method} {request.url.raw_path.decode()} HTTP/1.1"]
    head += [f"{name}: {value}" for name, value in request.headers.items()]
    address = urlsplit(peladen.situs.url)
    place = (str(address.hostname), int(address.port or 80))
    with held(peladen.situs, "usulan_posisi"), socket.create_connection(place) as sock:
        sock.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + request.content)
        wait_until(lambda: somebody_waits_for(peladen.situs, "usulan_posisi"))
    wait_until(lambda: not somebody_works(peladen.situs))
    after = edits(peladen.situs, usulan)
    assert after in ([], [(8, True)])
    answer = client.send(edit_request(client, usulan, body))
    assert answer.status_code == 200, answer.text
    assert edits(peladen.situs, usulan) == [(8, True)]
    assert answer.json()["revisi"] == 1
    assert answer.json()["muat_ulang"] is (after != [])
