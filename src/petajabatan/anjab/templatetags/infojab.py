"""What pages of apps below show of informasi jabatan."""

from __future__ import annotations

from typing import Any

from django import template

from petajabatan.anjab.queries.infojab_angka import summary_of_draft
from petajabatan.anjab.queries.infojab_peta import view_of
from petajabatan.usulan.models import Usulan

register = template.Library()


@register.inclusion_tag("anjab/_infojab_ringkas.html")
def infojab_ringkas(usulan: Usulan) -> dict[str, Any]:
    """How many of the posts this usulan describes are complete, in a sentence."""
    return {"usulan": usulan, "rekap": summary_of_draft(view_of(usulan))}
