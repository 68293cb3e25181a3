"""One HTTP POST to an address somebody else chose: nowhere but to public addresses, never for long.

The name is resolved once, every address it gives is judged, and the connection goes to the very address that
was judged: a name that changes its mind afterwards (DNS rebinding) gains nothing. The certificate is checked
against the name. Redirects are not followed, proxies not used; of the answer only the status counts.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from petajabatan.interop.rules import Tujuan, address_allowed, parse_url

SAMBUNG_MAKS = 5.0
"""Seconds to connect, and between two packets."""
KIRIM_MAKS = 10.0
"""Seconds for the whole exchange."""
ISI_MAKS = 1024 * 1024
"""Bytes of a body we send."""
JAWABAN_MAKS = 1024
"""Bytes of the answer that are read before the connection is closed; none is kept."""


class AlamatTerlarang(Exception):
    """The name leads to an address webhooks may not go to."""


@dataclass(frozen=True)
class Jawaban:
    """What came of it: the status (None without an answer), milliseconds, and a short reason if it failed."""

    status: int | None
    durasi_ms: int
    galat: str = ""

    @property
    def berhasil(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class _Sambungan(http.client.HTTPConnection):
    """A connection to an address judged before; ``host`` only names the certificate and the header."""

    def __init__(self, tujuan: Tujuan, alamat: str) -> None:
        super().__init__(tujuan.host, tujuan.port, timeout=SAMBUNG_MAKS)
        self.alamat, self.https = alamat, tujuan.https

    def connect(self) -> None:
        self.sock = socket.create_connection((self.alamat, self.port), SAMBUNG_MAKS)
        if self.https:
            context = ssl.create_default_context()
            # The handshake comes after, so that the watch can cut it too.
            self.sock = context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()


def resolve(tujuan: Tujuan, *, lokal: bool = False) -> str:
    """The address to connect to. Raises AlamatTerlarang when any address of the name is not a public one,
    and OSError for a name that does not resolve."""
    found = socket.getaddrinfo(tujuan.host, tujuan.port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses or not all(address_allowed(a, lokal=lokal) for a in addresses):
        raise AlamatTerlarang(tujuan.host)
    return addresses[0]


def post(url: str, isi: bytes, kepala: Mapping[str, str], *, lokal: bool = False) -> Jawaban:
    """Send ``isi``; never raises for what the other side does or is."""
    start = time.monotonic()

    def answer(status: int | None, galat: str = "") -> Jawaban:
        return Jawaban(status, round((time.monotonic() - start) * 1000), galat)

    tujuan = parse_url(url, lokal=lokal)
    if isinstance(tujuan, list):
        return answer(None, tujuan[0].kode)
    if len(isi) > ISI_MAKS:
        return answer(None, "isi-terlalu-besar")
    try:
        connection = _Sambungan(tujuan, resolve(tujuan, lokal=lokal))
        status = _exchange(connection, tujuan, isi, kepala)
    except AlamatTerlarang:
        return answer(None, "alamat-dalam")
    except (socket.gaierror, UnicodeError):
        return answer(None, "nama-tidak-ditemukan")
    except ssl.SSLCertVerificationError:
        return answer(None, "sertifikat-tidak-sah")
    except ssl.SSLError:
        return answer(None, "tls-gagal")
    except TimeoutError:
        return answer(None, "waktu-habis")
    except (OSError, http.client.HTTPException, ValueError):
        late = time.monotonic() - start >= KIRIM_MAKS
        return answer(None, "waktu-habis" if late else "sambungan-putus")
    if 300 <= status < 400:
        return answer(status, "alih-tidak-diikuti")
    return answer(status, "" if 200 <= status < 300 else "ditolak-penerima")


def _exchange(connection: _Sambungan, tujuan: Tujuan, isi: bytes, kepala: Mapping[str, str]) -> int:
    """The status of the answer. A watch ends the exchange when the other side trickles for too long."""

    def cut() -> None:
        if connection.sock is not None:
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(KIRIM_MAKS, cut)
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", tujuan.jalur, body=isi, headers=dict(kepala))
        response = connection.getresponse()
        status = response.status
        with contextlib.suppress(OSError, http.client.HTTPException):
            response.read(JAWABAN_MAKS)
        return status
    finally:
        watch.cancel()
        connection.close()
