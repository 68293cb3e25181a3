"""Cells and column titles: text as people mean it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

_SPACES = re.compile(r"[\s\x00-\x1f\xa0]+")


def clean(value: object) -> str:
    """A cell as text: whole numbers without a decimal point, spaces folded, None empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = value.strip()
        return text if text.isprintable() and "  " not in text else _SPACES.sub(" ", text).strip()
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return str(value)


def null(value: object) -> str:
    """``clean``, and the word null (as exports write it) is empty."""
    text = clean(value)
    return "" if text.lower() == "null" else text


def title_key(title: object) -> str:
    """Column titles are the same when they differ only in case, spaces, marks and notes in brackets."""
    return re.sub(r"[^0-9a-z]", "", re.sub(r"\(.*?\)|\*", "", clean(title).lower()))


def decode(path: Path) -> tuple[str, str]:
    """The text of a file and its encoding: UTF-8, UTF-16 with a byte order mark, else Windows-1252."""
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "utf-16"
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "cp1252"
