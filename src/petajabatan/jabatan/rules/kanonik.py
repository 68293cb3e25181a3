"""The canonical bytes of a map, over which its hash stands.

The database computes the same bytes (jabatan/sql/hash.sql). Everything that a published version says is in
them; B is not, because it follows people and not versions. Format and example: docs/peta.md.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

FORMAT = "petajabatan-peta-1"
FIELD, LINE = "\x1f", "\n"
_CLEAN = str.maketrans({FIELD: " ", LINE: " "})

UNIT_FIELDS = (
    "id", "id_siasn", "atasan_id", "urutan", "nama", "nama_jabatan", "jenis", "eselon", "wilayah", "urusan",
    "cepat_kode", "dasar_hukum_id", "pasal", "halaman",
)  # fmt: skip
BOX_FIELDS = (
    "id", "unor_id", "urutan", "jenis", "jabatan_id", "nama", "jenjang", "kepala", "kelas", "k", "infojab_id",
)  # fmt: skip


def _field(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return str(value).translate(_CLEAN)


def json_text(value: object) -> str:
    """JSON as PostgreSQL writes jsonb: keys by length, then by bytes; a space after colon and comma."""
    if isinstance(value, Mapping):
        keys = sorted(value, key=lambda key: (len(str(key).encode()), str(key).encode()))
        return "{" + ", ".join(f"{json_text(key)}: {json_text(value[key])}" for key in keys) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(json_text, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def canonical_bytes(
    instansi: str,
    versi: int,
    berlaku: dt.date,
    units: Iterable[Sequence[object]],
    boxes: Iterable[Sequence[object]],
    sections: Iterable[tuple[int, object]] = (),
) -> bytes:
    """One line per unit, then per box, then per section, ascending by id; UTF-8. A section is its id and its
    content (``json_text``). ``instansi`` is its SIASN id; the values of a
    unit stand in the order of ``UNIT_FIELDS``, those of a box in that of ``BOX_FIELDS``."""
    lines = [FIELD.join((FORMAT, instansi, str(versi), berlaku.isoformat()))]
    for mark, rows in (("U", units), ("P", boxes)):
        for row in sorted(rows, key=lambda r: int(str(r[0]))):
            lines.append(FIELD.join((mark, *map(_field, row))))
    for key, isi in sorted(sections, key=lambda row: row[0]):
        lines.append(FIELD.join(("I", str(key), json_text(isi))))
    return (LINE.join(lines) + LINE).encode()


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
