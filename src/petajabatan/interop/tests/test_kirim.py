"""The way out: one exchange with whatever answers there, and never with an inner address."""

from __future__ import annotations

import socket
import threading

import pytest

from petajabatan.interop import kirim


def test_redirects_are_not_followed(penerima):
    penerima.jawaban = [302]
    penerima.kepala = {"Location": penerima.url + "/lain"}
    answer = kirim.post(penerima.url, b"{}", {}, lokal=True)
    assert (answer.status, answer.galat, len(penerima.diterima)) == (302, "alih-tidak-diikuti", 1)


def test_loopback_is_refused_where_it_is_not_allowed(penerima, settings):
    port = penerima.url.split(":")[2].split("/")[0]
    for url in (penerima.url, f"https://127.0.0.1:{port}/", f"https://[::1]:{port}/"):
        assert kirim.post(url, b"{}", {}).status is None
    assert kirim.post(f"https://localhost:{port}/", b"{}", {}).galat == "alamat-dalam"
    assert penerima.diterima == []


def resolving_to(monkeypatch, *answers: list[str]) -> list[str]:
    """A name server whose answers change from one question to the next."""
    asked: list[str] = []
    script = list(answers)

    def lookup(host, port, *args, **kwargs):
        asked.append(host)
        found = script.pop(0) if len(script) > 1 else script[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in found]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return asked


@pytest.mark.parametrize("found", [["10.0.0.5"], ["8.8.8.8", "169.254.169.254"], ["192.168.1.1"], []])
def test_a_name_with_any_inner_address_is_refused_before_connecting(monkeypatch, found):
    resolving_to(monkeypatch, found)
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("connected"))
    assert kirim.post("https://contoh.go.id/", b"{}", {}).galat == "alamat-dalam"


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch):
    """A name that answers outside first and inside afterwards is asked once only."""
    asked = resolving_to(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    reached = []

    def connect(address, *args, **kwargs):
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    assert kirim.post("https://contoh.go.id/", b"{}", {}).galat == "sambungan-putus"
    assert reached == [("8.8.8.8", 443)]
    assert asked == ["contoh.go.id"]


def test_a_name_that_does_not_resolve_and_a_closed_port_are_told_apart():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    assert kirim.post(f"http://127.0.0.1:{port}/", b"{}", {}, lokal=True).galat == "sambungan-putus"
    answer = kirim.post("https://tidak-ada.invalid/", b"{}", {})
    assert answer.galat == "nama-tidak-ditemukan"


def test_a_body_beyond_the_limit_is_not_sent(penerima):
    answer = kirim.post(penerima.url, b"x" * (kirim.ISI_MAKS + 1), {}, lokal=True)
    assert (answer.galat, penerima.diterima) == ("isi-terlalu-besar", [])


def raw_server(serve):
    """A server that speaks whatever ``serve(connection)`` does; returns its URL and the listening socket."""
    listener = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            serve(connection)

    threading.Thread(target=run, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}/", listener


def test_a_receiver_that_trickles_is_cut_off(monkeypatch):
    monkeypatch.setattr(kirim, "KIRIM_MAKS", 0.6)
    done = threading.Event()

    def trickle(connection) -> None:
        connection.recv(4096)
        try:
            while not done.wait(0.05):
                connection.sendall(b"H")
        except OSError:
            return

    url, listener = raw_server(trickle)
    try:
        assert kirim.post(url, b"{}", {}, lokal=True).galat in ("waktu-habis", "sambungan-putus")
    finally:
        done.set()
        listener.close()


def test_a_receiver_that_never_answers_times_out(monkeypatch):
    monkeypatch.setattr(kirim, "SAMBUNG_MAKS", 0.3)
    done = threading.Event()
    url, listener = raw_server(lambda connection: done.wait(10))
    try:
        assert kirim.post(url, b"{}", {}, lokal=True).galat == "waktu-habis"
    finally:
        done.set()
        listener.close()


def test_an_endless_answer_is_not_read_to_its_end():
    done = threading.Event()

    def flood(connection) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while not done.is_set():
                connection.sendall(b"x" * 65536)
        except OSError:
            return

    url, listener = raw_server(flood)
    try:
        assert kirim.post(url, b"{}", {}, lokal=True).status == 200
    finally:
        done.set()
        listener.close()
