"""How allauth behaves here: no self sign-up; an SSO account must be known or allowed by configuration."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """After login the pages speak the account's language and wear its theme, on any device."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.bahasa,
            365 * 24 * 3600,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return response


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An OIDC login matches an existing account by ``preferred_username`` (NIP at BKN) or is refused."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        from petajabatan.akun.models import Pengguna

        if sociallogin.is_existing:
            return
        name = sociallogin.account.extra_data.get("preferred_username") or (
            sociallogin.account.extra_data.get("userinfo", {}) or {}
        ).get("preferred_username")
        user = Pengguna.objects.filter(username=name, is_active=True, mesin=False).first() if name else None
        if user is not None:
            sociallogin.connect(request, user)
