"""Each request runs in one transaction that sees only what its actor may see."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from petajabatan.akun.models import Pengguna
from petajabatan.akun.queries import actor_of
from petajabatan.inti.actor import ANONIM, Actor
from petajabatan.inti.dinding import roll_back, scope_of


class ActorMiddleware:
    """Sets ``request.actor`` and opens its database scope.

    An exception in a view rolls the request back, whatever answer it becomes. Health and static answers
    that need no database are served before this one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = self._actor(request)
        request.actor = actor  # type: ignore[attr-defined]
        with scope_of(actor):
            response = self.get_response(request)
            if response.status_code >= 500 or getattr(request, "gagal", False):
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        # Rolled back once the answer stands: the page that explains a refusal still reads in this scope.
        roll_back(request)

    @staticmethod
    def _actor(request: HttpRequest) -> Actor:
        request_id = getattr(request, "request_id", "")
        user = getattr(request, "user", None)
        if isinstance(user, Pengguna) or (user is not None and user.is_authenticated):
            return actor_of(user, request_id=request_id)
        return machine_actor(request, request_id) or ANONIM


def machine_actor(request: HttpRequest, request_id: str) -> Actor | None:
    """The actor behind a bearer token of the client-credentials flow, if the request carries a valid one."""
    header = request.headers.get("Authorization", "")
    if not header.lower().startswith("bearer "):
        return None
    from oauth2_provider.models import get_access_token_model

    token = (
        get_access_token_model()
        .objects.select_related("application__user")
        .filter(token_checksum=_checksum(header[7:].strip()))
        .first()
    )
    if token is None or not token.is_valid() or token.application is None or token.application.user is None:
        return None
    user = token.application.user
    if not user.is_active:
        return None
    return actor_of(user, request_id=request_id, scopes=frozenset(token.scope.split()))


def _checksum(token: str) -> str:
    import hashlib

    return hashlib.sha256(token.encode()).hexdigest()
