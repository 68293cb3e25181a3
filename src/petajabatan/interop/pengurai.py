"""Reading what requests bring, and refusing what no database text or number can hold."""

from __future__ import annotations

import json
from typing import Any, cast

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.errors import HttpError
from ninja.parser import Parser

BULAT_MAKS = 2**63 - 1


class BadanTidakSah(ValueError):
    """The body is JSON, but holds something that cannot be stored; the text says what."""


class Pengurai(Parser):
    """JSON and forms: no NUL, no half characters, no whole numbers beyond 64 bits, no NaN."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        raw = request.body
        data = json.loads(raw, parse_constant=_no_number, parse_int=_whole)
        if b"\\u" in raw:
            _check(data)
        elif b"\0" in raw:
            raise BadanTidakSah("Isi memuat karakter NUL.")
        return cast(dict[str, Any], data)

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        for values in data.lists():
            for text in (values[0], *values[1]):
                if isinstance(text, str) and not _storable(text):
                    raise HttpError(400, "Isi memuat karakter yang tidak dapat disimpan.")
        return super().parse_querydict(data, list_fields, request)


def _no_number(name: str) -> None:
    raise BadanTidakSah(f"{name} bukan bilangan JSON.")


def _whole(digits: str) -> int:
    if len(digits) > 20 or abs(value := int(digits)) > BULAT_MAKS:
        raise BadanTidakSah("Bilangan bulat melebihi 64 bit.")
    return value


def _storable(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)


def _check(value: Any) -> None:
    """Raise BadanTidakSah for any text, however deep, that cannot be stored."""
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            if not _storable(item):
                raise BadanTidakSah(
                    "Isi memuat karakter yang tidak dapat disimpan (NUL atau setengah huruf)."
                )
        elif isinstance(item, list):
            pending += item
        elif isinstance(item, dict):
            pending += item.keys()
            pending += item.values()
