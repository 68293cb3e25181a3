"""What the drawer shows is a page when somebody opens its address in a tab of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

_JUDUL = re.compile(r'data-judul="([^"]*)"')


def render_drawer(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    kembali: tuple[str, str],
    gaya: Sequence[str] = (),
) -> HttpResponse:
    """The fragment ``template`` for htmx; for everybody else the same inside the frame of a page, titled as
    the drawer would be (``data-judul``).

    ``kembali``: address and name of the page it belongs to; ``gaya``: the style sheets of that page.
    """
    fragment = render_to_string(template, context, request)
    if request.headers.get("HX-Request"):
        response = HttpResponse(fragment)
    else:
        title = _JUDUL.search(fragment)
        page = {
            "judul": unescape(title[1]) if title else kembali[1],
            "isi": fragment,
            "kembali": kembali,
            "gaya_lembar": gaya,
        }
        response = render(request, "web/lembar.html", page)
    patch_vary_headers(response, ["HX-Request"])
    return response
