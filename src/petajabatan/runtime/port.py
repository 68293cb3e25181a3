"""The port we serve on: refused when anybody listens there, then kept for as long as we serve.

The web processes share a port (``SO_REUSEPORT``), so the kernel would also let a second installation in:
requests would then go to either. And while a dead web process is being started again nobody listens for a
second, which a look at the port alone takes for a free one. So the supervisor holds the port itself, with a
socket that is bound and never listens: ours may join it, everybody who asks for the port alone is told so.
"""

from __future__ import annotations

import contextlib
import errno
import socket
import time

from petajabatan.runtime.check import StartError

LOOPBACKS = ("127.0.0.1", "::1")
"""Where ``localhost`` leads: a listener on either would be taken for us."""
RELEASE_WITHIN = 2.0
"""Seconds in which the port of a serve that was just killed is free again."""


def hold_port(host: str, port: int, *, within: float = RELEASE_WITHIN) -> socket.socket:
    """Keep the port until the returned socket is closed; 0 chooses a free one.

    Raises StartError when it is still taken after ``within`` seconds.
    """
    deadline = time.monotonic() + within
    while True:
        try:
            return _hold(host, port)
        except StartError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def address_of(held: socket.socket) -> tuple[str, int]:
    """Where the socket is bound: the address as a number, and the port."""
    host, port = held.getsockname()[:2]
    return str(host), int(port)


def _hold(host: str, port: int) -> socket.socket:
    port = port or _any(host)
    for address in dict.fromkeys((host, *LOOPBACKS)):
        if _answers(address, port) or _in_use(address, port):
            raise _taken(port)
    held = _socket(host)
    try:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        try:
            held.bind((host, port))
        except OSError:
            # Nobody is there, but connections of somebody who just left are.
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            held.bind((host, port))
    except OSError as error:
        held.close()
        if error.errno == errno.EADDRINUSE:
            raise _taken(port) from error
        raise StartError(f"Alamat {host}:{port} tidak dapat dipakai: {error.strerror or error}.") from error
    return held


def _any(host: str) -> int:
    with contextlib.suppress(OSError), _socket(host) as sock:
        sock.bind((host, 0))
        return address_of(sock)[1]
    return 0


def _in_use(host: str, port: int) -> bool:
    """Whether somebody is bound there; an address this machine does not have is not."""
    try:
        with _socket(host) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        return error.errno == errno.EADDRINUSE
    return False


def _socket(host: str) -> socket.socket:
    probe = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    if probe.family == socket.AF_INET6:
        probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    return probe


def _answers(host: str, port: int) -> bool:
    """Whether a connection is taken, or left to wait by somebody whose queue is full."""
    with contextlib.suppress(OSError), _socket(host) as client:
        client.settimeout(0.5)
        with contextlib.suppress(TimeoutError):
            client.connect((host, port))
        return True
    return False


def _taken(port: int) -> StartError:
    return StartError(
        f"Port {port} sudah dipakai program lain."
        f"\nPilih port lain, misalnya: make run PORT={port + 1}"
        f"  atau  petajabatan serve --port {port + 1}"
    )
