"""Idempotency keys over HTTP: what is asked twice is done once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from petajabatan.inti.actor import Actor
from petajabatan.inti.api import Masalah
from petajabatan.usulan.api.bersama import conflicts, etag_of_usulan
from petajabatan.usulan.models import Usulan
from petajabatan.usulan.services.sekali import Jawaban, KunciDipakai, keep, reserve


@dataclass(frozen=True)
class Hasil:
    """What a route has done: the body, the HTTP status, the usulan whose ETag goes along, the new address."""

    isi: Schema
    status: int = 200
    usulan: Usulan | None = None
    kepala: dict[str, str] = field(default_factory=dict)


def once(
    request: HttpRequest,
    actor: Actor,
    kunci: str | None,
    work: Callable[[], Hasil],
    *,
    isi: str | None = None,
    wajib: bool = True,
) -> HttpResponse:
    """Carry out ``work`` once per account and key, and answer the same way again for 24 hours.

    ``isi`` stands for the body where its bytes differ from one sending to the next (forms with files). Only
    what was done is kept: a refusal leaves the key free. ``wajib``: a machine must send a key. Raises Masalah
    400 without it, 422 for a key that stands for another request; and what ``work`` raises.
    """
    if kunci is None:
        if wajib and actor.scopes is not None:
            raise Masalah(
                400,
                "Kunci idempotensi belum ada",
                "Sertakan Idempotency-Key baru untuk setiap permintaan, dan pakai lagi saat mengulanginya.",
                kode="kunci-diperlukan",
            )
        with conflicts():
            return _response(_answer(work()))
    if actor.id is None or not kunci.isascii() or not kunci.isprintable():
        raise Masalah(
            400, "Kunci idempotensi tidak sah", "Pakai huruf ASCII yang tercetak.", kode="kunci-tidak-sah"
        )
    try:
        held = reserve(actor.id, kunci, fingerprint(request, isi))
    except KunciDipakai:
        raise Masalah(
            422,
            "Kunci idempotensi sudah dipakai",
            "Kunci ini sudah dipakai untuk permintaan lain. Pakai kunci baru untuk permintaan yang berbeda.",
            type="/api/v1/masalah/kunci-dipakai",
            kode="kunci-dipakai",
        ) from None
    if held is not None:
        response = _response(held)
        response["Idempotency-Replayed"] = "true"
        return response
    with conflicts():
        answer = _answer(work())
    keep(actor.id, kunci, answer)
    return _response(answer)


def fingerprint(request: HttpRequest, isi: str | None = None) -> str:
    """SHA-256 over method, address and body; how a JSON body is written (spaces, order of keys) does not
    count."""
    if isi is None:
        try:
            isi = json.dumps(json.loads(request.body), sort_keys=True)
        except (ValueError, RecursionError):  # no body, or one that this route does not read
            isi = request.body.hex()
    parts = (request.method or "", request.get_full_path(), isi)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _answer(done: Hasil) -> Jawaban:
    headers = dict(done.kepala)
    if done.usulan is not None:
        headers["ETag"] = etag_of_usulan(done.usulan)
    return Jawaban(done.status, done.isi.model_dump_json(), headers)


def _response(answer: Jawaban) -> HttpResponse:
    response = HttpResponse(answer.isi, status=answer.status, content_type="application/json; charset=utf-8")
    for name, value in answer.kepala.items():
        response[name] = value
    return response
