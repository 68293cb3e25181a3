"""The port: whoever listens on it is found on any loopback address, and nobody gets in while we hold it."""

from __future__ import annotations

import socket

import pytest

from petajabatan.runtime.check import StartError
from petajabatan.runtime.port import address_of, hold_port

pytestmark = pytest.mark.server


def listener(host: str, *, share: bool = False) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if share:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        sock.bind((host, 0))
    except OSError as error:
        pytest.skip(f"this machine has no {host}: {error}")
    sock.listen()
    return sock


@pytest.mark.parametrize("share", [False, True])
@pytest.mark.parametrize("where", ["127.0.0.1", "0.0.0.0", "::1", "::"])
def test_a_listener_on_any_loopback_address_is_told(where, share):
    with listener(where, share=share) as other, pytest.raises(StartError, match="sudah dipakai"):
        hold_port("127.0.0.1", address_of(other)[1], within=0)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost"])
def test_a_held_port_is_refused_to_a_second_installation_though_nobody_listens_yet(host):
    with hold_port(host, 0) as held, pytest.raises(StartError, match="sudah dipakai"):
        hold_port("127.0.0.1", address_of(held)[1], within=0)


def test_web_processes_may_join_a_held_port_and_a_freed_one_is_free():
    with hold_port("127.0.0.1", 0) as held:
        port = address_of(held)[1]
        with socket.socket() as web:
            web.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            web.bind(("127.0.0.1", port))
            web.listen()
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
    with hold_port("127.0.0.1", port) as again:
        assert address_of(again)[1] == port


def test_connections_somebody_left_behind_do_not_keep_a_port_taken():
    with listener("127.0.0.1") as other:
        port = address_of(other)[1]
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
            other.accept()[0].close()
            client.recv(1)
    with hold_port("127.0.0.1", port, within=0) as held:
        assert address_of(held)[1] == port


def test_a_name_becomes_its_address():
    with hold_port("localhost", 0) as held:
        assert address_of(held)[0] == "127.0.0.1"


def test_an_address_this_machine_does_not_have_is_named():
    with pytest.raises(StartError, match=r"192\.0\.2\.1:8000 tidak dapat dipakai"):
        hold_port("192.0.2.1", 8000, within=0)
