"""Links to pages of other apps that an installation may not have."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse


def link(name: str, *args: Any) -> str:
    """The address of a page, or an empty string when no such page exists."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
