"""How addresses name an instansi: BKN's code, its id in SIASN, or its id in this installation."""

from __future__ import annotations

from typing import Annotated

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import Http404
from ninja import Path
from pydantic import Field

from petajabatan.referensi.models import Instansi

_ARTI = "kode BKN (misalnya 6413), id SIASN, atau id instansi di sini"
KunciInstansi = Annotated[str, Path(max_length=42, description=_ARTI)]
"""An instansi as part of a path."""
InstansiDicari = Annotated[str, Field(min_length=1, max_length=42, description=_ARTI)]
"""Value of ``instansi=``."""


def instansi_of(kunci: str) -> Instansi:
    """The instansi a key names; BKN's code wins, of equal codes the one still in use. One SQL statement.

    Raises Http404.
    """
    if "\x00" in kunci:
        raise Http404("Tidak ada instansi dengan kode itu.")
    code = Q(kode_cepat=kunci)
    named = code | Q(id_siasn=kunci)
    if kunci.isascii() and kunci.isdigit() and len(kunci) < 10:
        named |= Q(pk=int(kunci))
    first = ExpressionWrapper(code, BooleanField()).desc(nulls_last=True)
    found = Instansi.objects.filter(named).order_by(first, "-aktif", "id").first()
    if found is None:
        raise Http404("Tidak ada instansi dengan kode itu.")
    return found
