"""Published informasi jabatan of the same jabatan, or of one with a similar name, as sources of suggestions.

Plan: index ``posisi_jabatan_infojab`` (jabatan, informasi jabatan) backwards for the newest; names by the
trigram index of ``nama_posisi``. A bounded number of candidates, however many posts the nation has.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from petajabatan.anjab.queries.infojab_nilai import fields_today
from petajabatan.anjab.queries.infojab_peta import BOX, Kotak, Sudut, as_json, units_of
from petajabatan.anjab.rules.infojab_saran import Saran, Sumber, suggest
from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.rules.isian import isian_id
from petajabatan.usulan.queries.isian import contents_of

CALON = 120
"""Informasi jabatan looked at, the newest first."""
CUKUP = 12
"""Of the same jabatan, from which similar names are not looked for."""
NAMA_MIRIP = 0.4
"""Trigram similarity from which a name is similar."""
_SAME = """SELECT DISTINCT ON (infojab_id) infojab_id, posisi_id FROM (
  SELECT infojab_id, posisi_id FROM posisi_riwayat
  WHERE jabatan_id = %(jabatan)s AND infojab_id IS NOT NULL AND hingga = 2147483647
  ORDER BY infojab_id DESC LIMIT %(baca)s) s ORDER BY infojab_id DESC, posisi_id LIMIT %(calon)s"""
_SIMILAR = """SELECT DISTINCT ON (p.infojab_id) p.infojab_id, p.posisi_id FROM (
  SELECT instansi_id, nama, similarity(nama, %(nama)s) AS mirip FROM nama_posisi WHERE nama %% %(nama)s
  ORDER BY mirip DESC, instansi_id, nama LIMIT 400) n
JOIN posisi_riwayat p ON p.instansi_id = n.instansi_id AND p.nama = n.nama AND p.hingga = 2147483647
WHERE p.infojab_id IS NOT NULL ORDER BY p.infojab_id DESC, p.posisi_id LIMIT %(calon)s"""
_SOURCES = """SELECT p.infojab_id, p.instansi_id, i.nama, p.nama, u.nama, r.sejak, p.jabatan_id, r.isi
FROM unnest(%(infojab)s::bigint[], %(posisi)s::bigint[], %(isian)s::bigint[]) AS k(infojab, posisi, isian)
JOIN posisi_riwayat p ON p.posisi_id = k.posisi AND p.hingga = 2147483647
JOIN unor_riwayat u ON u.unor_id = p.unor_id AND u.hingga = 2147483647
JOIN instansi i ON i.id = p.instansi_id
JOIN isian_riwayat r ON r.isian_id = k.isian AND r.hingga = 2147483647
ORDER BY p.infojab_id"""

# What the draft writes or refers to, with one of the boxes of the jabatan that use it.
_OF_DRAFT = f"""SELECT c.id, k.* FROM (
  SELECT o.isian_id / 64 AS id FROM usulan_isian o WHERE o.usulan_id = %(usulan)s AND o.isian_id %% 64 < 50
  UNION SELECT o.infojab_baru FROM usulan_posisi o
  WHERE o.usulan_id = %(usulan)s AND o.infojab_baru IS NOT NULL
) c CROSS JOIN LATERAL (
  SELECT * FROM ({
    BOX.format(
        base="r.infojab_id = c.id AND"
        " (r.jabatan_id = %(jabatan)s OR %(jabatan)s::bigint IS NULL AND r.nama = %(nama)s)",
        draf="o.infojab_baru = c.id AND"
        " (s.jabatan_id = %(jabatan)s OR %(jabatan)s::bigint IS NULL AND s.nama = %(nama)s)",
    )
}) b ORDER BY posisi_id LIMIT 1
) k WHERE NOT c.id = ANY(%(kecuali)s) ORDER BY c.id DESC LIMIT %(calon)s"""


def sources_for(kotak: Kotak, bagian: str, kecuali: Iterable[int]) -> list[tuple[Sumber, Any]]:
    """Sources with their content of this section, without the informasi jabatan ``kecuali``. Three or four
    statements."""
    pairs: dict[int, int] = {}
    if kotak.jabatan_id is not None:
        params = {"jabatan": kotak.jabatan_id, "calon": CALON, "baca": CALON * 20}
        pairs |= dict(fetch(_SAME, params))
    if len(pairs) < CUKUP:
        # SET LOCAL through a function, so that the trigram index answers with the names meant and no others.
        fetch(
            "SELECT set_config('pg_trgm.similarity_threshold', %(mirip)s, true)", {"mirip": str(NAMA_MIRIP)}
        )
        for key, box in fetch(_SIMILAR, {"nama": kotak.nama, "calon": CALON}):
            pairs.setdefault(key, box)
    for key in kecuali:
        pairs.pop(key, None)
    if not pairs:
        return []
    wanted: dict[str, Any] = {
        "infojab": list(pairs),
        "posisi": list(pairs.values()),
        "isian": [isian_id(bagian, infojab_id=key) for key in pairs],
    }
    return [
        (
            Sumber(
                infojab,
                instansi,
                name,
                post,
                unit,
                version,
                kotak.jabatan_id is not None and jabatan == kotak.jabatan_id,
            ),
            as_json(isi),
        )
        for infojab, instansi, name, post, unit, version, jabatan, isi in fetch(_SOURCES, wanted)
    ]


def sources_of_draft(
    sudut: Sudut, kotak: Kotak, bagian: str, kecuali: Iterable[int]
) -> list[tuple[Sumber, Any]]:
    """Informasi jabatan of the same jabatan that this draft begins or changes; their version is 0. A fixed
    number of statements."""
    if sudut.usulan is None:
        return []
    params = sudut.params | {
        "jabatan": kotak.jabatan_id, "nama": kotak.nama, "kecuali": list(kecuali), "calon": CALON,
    }  # fmt: skip
    kept = [(key, Kotak(*box)) for key, *box in fetch(_OF_DRAFT, params)]
    if not kept:
        return []
    contents = contents_of(sudut.usulan, [key for key, _box in kept])
    units = units_of(sudut, {box.unor_id for _key, box in kept})
    name = sudut.usulan.instansi.nama or ""
    return [
        (
            Sumber(key, sudut.instansi_id, name, box.nama, units[box.unor_id].nama, 0, jabatan_sama=True),
            contents[key].get(bagian),
        )
        for key, box in kept
    ]


def suggestions(sudut: Sudut, kotak: Kotak, bagian: str, ada: Any, infojab_id: int) -> list[Saran]:
    """What published informasi jabatan and others of this draft say in a section and this one does not."""
    sources = sources_for(kotak, bagian, [infojab_id])
    sources += sources_of_draft(sudut, kotak, bagian, [infojab_id, *(s.infojab_id for s, _isi in sources)])
    unit = units_of(sudut, [kotak.unor_id])[kotak.unor_id].nama
    return suggest(bagian, sources, ada, fields_today(), jabatan=kotak.nama, unit=unit)
