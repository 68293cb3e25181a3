"""Addresses of what a finding or remark is about: its place on the map, the page that explains the check."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from petajabatan.usulan.models import Usulan
from petajabatan.usulan.rules.cek import SEMUA_CEK


def _reverse(name: str, *args: object) -> str:
    """Empty where an installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def place_address(usulan: Usulan, objek: str, objek_id: int) -> str:
    """Where the draft's own map shows a unit or box, removed ones too; readable after publication."""
    page = _reverse("sunting:peta", usulan.pk)
    return f"{page}?pilih={'u' if objek == 'unor' else 'p'}{objek_id}" if page else ""


def rebase_address(usulan_id: int) -> str:
    """Where conflicts with what was published meanwhile are decided."""
    return _reverse("sunting:selaras", usulan_id)


def help_address(kode: str) -> str:
    """The page that says what a check looks at and why; empty for findings of other rules."""
    return _reverse("usulan:cek-rinci", kode) if kode in SEMUA_CEK else ""


def tab_address(usulan_id: int, tab: str, **saring: str) -> str:
    """A tab of an usulan's page."""
    query = "".join(f"&{name}={value}" for name, value in saring.items())
    return f"{_reverse('usulan:rinci', usulan_id)}?tab={tab}{query}"
