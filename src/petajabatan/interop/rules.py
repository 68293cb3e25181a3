"""Webhooks: where they may go, how they are signed, when they are tried again. Pure."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from petajabatan.inti.temuan import Temuan

GAGAL_MAKS = 10
"""Consecutive failures after which a webhook is paused; with the waits below about four hours."""
TUNGGU_AWAL = dt.timedelta(seconds=30)
TUNGGU_MAKS = dt.timedelta(hours=6)
PANJANG_URL = 500
PORT_UMUM = 1024
"""Besides 443 only ports from here on: no mail, database or other well-known service behind a URL."""

_TERLARANG = tuple(
    map(
        ipaddress.ip_network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "fc00::/7", "fe80::/10",
            "fec0::/10", "ff00::/8",
        ),
    )
)  # fmt: skip
"""Special-purpose addresses (IANA registries, RFC 6890 and successors): this machine, private networks,
link-local with the metadata services of clouds, documentation, multicast, reserved."""


def wait_after(gagal: int) -> dt.timedelta:
    """How long to wait after so many consecutive failures (at least 1): 30 s, 1, 2, 4 … min, at most 6 h."""
    return min(TUNGGU_AWAL * 2 ** min(gagal - 1, 20), TUNGGU_MAKS)


def signature(rahasia: str, waktu: int, isi: bytes) -> str:
    """``v1=`` and the HMAC-SHA256, in hex, of ``<unix seconds>.<body>`` with the webhook's secret."""
    return "v1=" + hmac.new(rahasia.encode(), b"%d." % waktu + isi, hashlib.sha256).hexdigest()


def address_allowed(alamat: str, *, lokal: bool = False) -> bool:
    """Whether a resolved IP address is a public one. ``lokal`` also lets loopback pass (demo and tests).

    IPv4 addresses wrapped in IPv6 (mapped, 6to4, Teredo, NAT64) are judged by what they wrap.
    """
    try:
        ip = ipaddress.ip_address(alamat.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        elif ip.ipv4_mapped or ip.sixtofour:
            ip = ip.ipv4_mapped or ip.sixtofour or ip
    if ip.is_loopback:
        return lokal
    return ip.is_global and not any(ip in net for net in _TERLARANG if net.version == ip.version)


@dataclass(frozen=True)
class Tujuan:
    """A parsed webhook address."""

    https: bool
    host: str
    port: int
    jalur: str


def parse_url(url: str, *, lokal: bool = False) -> Tujuan | list[Temuan]:
    """The parts of a webhook's address, or what is wrong with it. ``lokal``: plain HTTP and any port pass.

    Names are not resolved here; that happens at every delivery.
    """

    def wrong(kode: str, kalimat: str, perbaikan: str) -> list[Temuan]:
        return [Temuan(kode, "galat", kalimat, perbaikan, kolom="url", nilai=url[:100])]

    if len(url) > PANJANG_URL or not url.isascii() or any(c <= " " or c == "\x7f" or c == "\\" for c in url):
        return wrong(
            "url-tidak-sah",
            f"Alamat webhook harus ASCII tanpa spasi, paling panjang {PANJANG_URL} huruf.",
            "Tulis nama host dalam bentuk punycode dan sandikan huruf lain dengan %.",
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return wrong(
            "url-tidak-sah", "Alamat webhook tidak dapat dibaca.", "Contoh: https://contoh.go.id/peta."
        )
    if parts.scheme != "https" and not (lokal and parts.scheme == "http"):
        return wrong("url-bukan-https", "Alamat webhook harus https.", "Pakai https://… .")
    if not parts.hostname or parts.username is not None or parts.password is not None or parts.fragment:
        return wrong(
            "url-tidak-sah",
            "Alamat webhook harus menyebut nama host, tanpa nama pengguna, sandi, atau tanda pagar.",
            "Contoh: https://contoh.go.id/peta.",
        )
    https = parts.scheme == "https"
    port = port or (443 if https else 80)
    if not lokal and port != 443 and port < PORT_UMUM:
        return wrong(
            "url-port", f"Port {port} tidak dipakai untuk webhook.", "Pakai 443 atau port dari 1024."
        )
    try:
        ipaddress.ip_address(parts.hostname)
    except ValueError:
        pass
    else:
        if not address_allowed(parts.hostname, lokal=lokal):
            return wrong(
                "url-alamat-dalam", "Alamat itu bukan alamat umum.", "Pakai host yang dapat dicapai umum."
            )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Tujuan(https, parts.hostname, port, path)
