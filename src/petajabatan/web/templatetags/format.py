"""Numbers, money and dates as Indonesian offices write them, whatever the language of the page.

Built into every template (see settings). A missing value is shown as "–", never as zero.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from petajabatan.inti.jam import JAKARTA

register = template.Library()
KOSONG = "–"
MINUS = "−"


def _decimal(value: Any) -> Decimal | None:
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def indonesian(number: Decimal, places: int | None = None) -> str:
    """``1.250,5``; without ``places`` up to four decimals and no trailing zeros."""
    shown = number.quantize(Decimal(1).scaleb(-(4 if places is None else places)), ROUND_HALF_UP)
    text = f"{abs(shown):,f}"
    whole, _, fraction = text.partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    sign = MINUS if shown < 0 else ""
    return sign + whole.replace(",", ".") + (f",{fraction}" if fraction else "")


@register.filter
def angka(value: Any, places: int | None = None) -> str:
    """``{{ 1250.5|angka }}`` → ``1.250,5``; ``{{ x|angka:2 }}`` fixes the decimals."""
    number = _decimal(value)
    return KOSONG if number is None else indonesian(number, places)


@register.filter
def rupiah(value: Any) -> str:
    """Integer rupiah: ``Rp1.250.000``."""
    number = _decimal(value)
    if number is None:
        return KOSONG
    return f"{MINUS if number < 0 else ''}Rp{indonesian(abs(number), 0)}"


@register.filter
def selisih(value: Any) -> str:
    """B − K with its sign: ``+3``, ``−2``, ``0``."""
    number = _decimal(value)
    if number is None:
        return KOSONG
    return ("+" if number > 0 else "") + indonesian(number)


@register.filter
def persen(value: Any, places: int = 1) -> str:
    """A ratio as per cent: ``0.755`` → ``75,5 %``."""
    number = _decimal(value)
    return KOSONG if number is None else f"{indonesian(number * 100, places)} %"


@register.filter
def ukuran(value: Any) -> str:
    """Bytes as kB or MB, in steps of 1.024 as file managers show them."""
    number = _decimal(value)
    if number is None:
        return KOSONG
    kilo = number / 1024
    return f"{indonesian(round(kilo, 1))} kB" if kilo < 1024 else f"{indonesian(round(kilo / 1024, 1))} MB"


@register.filter
def tanggal(value: dt.date | dt.datetime | None) -> str:
    """``23 November 2026``, the day in Jakarta."""
    if not value:
        return KOSONG
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value, JAKARTA)
    return date_format(value, "j F Y", use_l10n=False)


@register.filter
def waktu(value: dt.datetime | None) -> str:
    """``23 November 2026 14.05 WIB``."""
    if not value:
        return KOSONG
    local = timezone.localtime(value, JAKARTA)
    return f"{date_format(local, 'j F Y H.i', use_l10n=False)} WIB"


@register.filter
def mutlak(value: Any) -> Any:
    number = _decimal(value)
    return None if number is None else abs(number)


@functools.cache
def _manifest() -> dict[str, str]:
    path = Path(settings.PACKAGE_DIR) / "web/static/dist/manifest.json"
    try:
        return dict(json.loads(path.read_text()))
    except FileNotFoundError:
        return {}


@register.simple_tag
def aset(name: str) -> str:
    """URL of a built file with the hash of its content: ``{% aset "peta.js" %}``."""
    version = _manifest().get(name)
    return static(f"dist/{name}") + (f"?v={version}" if version else "")


@register.simple_tag
def ikon(name: str) -> SafeString:
    """``{% ikon "cari" %}``: a symbol of frontend/aplikasi/ikon.svg; decoration, hidden from readers."""
    return format_html(
        '<svg class="ikon" aria-hidden="true"><use href="{}#{}"/></svg>', aset("ikon.svg"), name
    )


@register.simple_tag(takes_context=True)
def alamat(context: template.Context, **changes: Any) -> str:
    """The current query string with some parameters replaced: ``href="{% alamat hal=3 %}"``.

    An empty value removes the parameter.
    """
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def alamat_hal(context: template.Context, name: str, number: int) -> str:
    return alamat(context, **{name: number})


@register.filter
def nomor_halaman(page: Any) -> list[int | None]:
    """Page numbers to offer: the ends, three around here, None where some are left out."""
    last = page.paginator.num_pages
    shown = sorted({1, last} | {n for n in range(page.number - 1, page.number + 2) if 1 <= n <= last})
    numbers: list[int | None] = []
    for n in shown:
        if numbers and numbers[-1] is not None and n - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(n)
    return numbers


@register.filter
def jenis_bidang(bound: BoundField) -> str:
    """``kotak`` for a checkbox, which stands before its label; ``biasa`` for the rest."""
    return "kotak" if getattr(bound.field.widget, "input_type", "") == "checkbox" else "biasa"


@register.filter
def kendali(bound: BoundField) -> SafeString:
    """The control of a form field with our classes and its help and errors named for screen readers."""
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "")
    css = {"checkbox": "form-check-input", "select": "form-select", "radio": "form-check-input"}
    attrs: dict[str, str | bool] = {
        "class": f"{widget.attrs.get('class', '')} {css.get(kind, 'form-control')}".strip()
    }
    described = [f"{bound.id_for_label}_helptext"] if bound.help_text else []
    if bound.errors:
        described.append(f"{bound.id_for_label}_galat")
        attrs["aria-invalid"] = "true"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return bound.as_widget(attrs=attrs)


@register.tag
def tangkap(parser: template.base.Parser, token: template.base.Token) -> TangkapNode:
    """``{% tangkap judul %}{% block judul %}{% endblock %}{% endtangkap %}`` keeps the rendered text in a
    variable, so that one block can serve both <title> and <h1>."""
    name = token.split_contents()[1]
    nodelist = parser.parse(("endtangkap",))
    parser.delete_first_token()
    return TangkapNode(nodelist, name)


class TangkapNode(template.Node):
    def __init__(self, nodelist: template.NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: template.Context) -> str:
        context[self.name] = SafeString(self.nodelist.render(context).strip())
        return ""


@register.filter
def adalah_angka(value: Any) -> bool:
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


@register.filter
def kurangi(value: Any, other: Any) -> Decimal | None:
    """``b|kurangi:k``; unknown when either is."""
    left, right = _decimal(value), _decimal(other)
    return None if left is None or right is None else left - right


@register.filter
def ambil(mapping: dict[Any, Any], key: Any) -> Any:
    """``{{ nama_lingkup|ambil:kode }}``."""
    return mapping.get(key, "")


@register.filter
def kelas_kotak(tag: Any) -> SafeString:
    """A radio's or checkbox's tag in our class."""
    return format_html("{}", SafeString(str(tag).replace("<input ", '<input class="form-check-input" ', 1)))
