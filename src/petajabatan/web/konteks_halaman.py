"""Small things every page of the shell needs from a request."""

from __future__ import annotations

from django.http import HttpRequest

from petajabatan.inti.actor import ANONIM, Actor


def actor_of_request(request: HttpRequest) -> Actor:
    actor: Actor = getattr(request, "actor", ANONIM)
    return actor


def page_number(request: HttpRequest, name: str = "hal") -> int:
    """The page asked for; 1 for anything that is not a positive number."""
    raw = request.GET.get(name, "1")
    return int(raw) if raw.isdecimal() and len(raw) < 8 and int(raw) > 0 else 1
