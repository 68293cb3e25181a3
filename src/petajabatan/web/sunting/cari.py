"""Search inside a draft: the published map without what the draft removed, and what it brought or renamed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from petajabatan.inti.jam import today
from petajabatan.jabatan.queries import search_posisi, search_unor
from petajabatan.referensi.models import Jabatan
from petajabatan.referensi.queries import search_referensi
from petajabatan.usulan.data_nama import muat_aturan_nama
from petajabatan.usulan.models import UsulanPosisi, UsulanUnor
from petajabatan.usulan.queries.alur import status_lintas
from petajabatan.usulan.queries.pandangan import PandanganDraf
from petajabatan.usulan.rules.singkatan import panjangkan
from petajabatan.web.peta.queries import fetch
from petajabatan.web.sunting.konteks import KonteksDraf
from petajabatan.web.sunting.sql import ANAK, sql_for

HASIL = 12
HASIL_LUAR = 6
"""Units of each other instansi of a bundle."""
MIRIP = 0.42
"""Word similarity from which a misspelled name counts (as ``jabatan.queries.search_unor``)."""
BEDA_JENIS = 0.03
"""How much better a jabatan of the other kind must match to stand before one of the kind asked for."""
_TOUCHED = """
SELECT o.{id}, o.sesudah->>'nama', o.{atas}, coalesce(a.sesudah->>'nama', r.nama, ''),
  word_similarity(%(teks)s, o.sesudah->>'nama')
FROM {tabel} o
LEFT JOIN usulan_unor a ON a.usulan_id = o.usulan_id AND a.unor_id = o.{atas}
LEFT JOIN unor_riwayat r ON r.unor_id = o.{atas} AND r.sejak <= %(versi)s AND r.hingga > %(versi)s
WHERE o.usulan_id = %(usulan)s AND o.sesudah IS NOT NULL
  AND (o.sesudah->>'nama' ILIKE %(pola)s OR word_similarity(%(teks)s, o.sesudah->>'nama') >= %(mirip)s)
ORDER BY o.sesudah->>'nama' ILIKE %(pola)s DESC, word_similarity(%(teks)s, o.sesudah->>'nama') DESC, 1
LIMIT %(batas)s
"""
_UNIT = _TOUCHED.format(id="unor_id", atas="atasan_baru", tabel="usulan_unor")
_BOX = _TOUCHED.format(id="posisi_id", atas="unor_baru", tabel="usulan_posisi")

# Units of a branch as the draft has it, with the way to each from the unit of the branch down. What it costs
# follows the size of the branch.
_INSIDE = f"""
WITH RECURSIVE dalam AS (
  SELECT z.unor_id, coalesce(o.sesudah->>'nama', r.nama) AS nama, '' AS jalur
  FROM (SELECT %(cabang)s::bigint AS unor_id) z
  LEFT JOIN usulan_unor o ON o.usulan_id = %(usulan)s AND o.unor_id = z.unor_id
  LEFT JOIN unor_riwayat r ON r.unor_id = z.unor_id AND {{hidup_r}}
  WHERE o.id IS NULL OR o.sesudah IS NOT NULL
  UNION ALL
  SELECT c.unor_id, coalesce(o.sesudah->>'nama', r.nama), concat_ws(' › ', nullif(d.jalur, ''), d.nama)
  FROM dalam d CROSS JOIN LATERAL {ANAK.format("d.unor_id")} c
  LEFT JOIN usulan_unor o ON o.usulan_id = %(usulan)s AND o.unor_id = c.unor_id
  LEFT JOIN unor_riwayat r ON r.unor_id = c.unor_id AND {{hidup_r}}
  WHERE o.id IS NULL OR o.sesudah IS NOT NULL
)
SELECT unor_id, nama, jalur, word_similarity(%(teks)s, nama) FROM dalam
WHERE nama ILIKE %(pola)s OR word_similarity(%(teks)s, nama) >= %(mirip)s
ORDER BY nama ILIKE %(pola)s DESC, 4 DESC, length(nama), 1 LIMIT %(batas)s
"""


def _asked(konteks: KonteksDraf, text: str) -> dict[str, Any]:
    pattern = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return konteks.params | {"teks": text, "pola": f"%{pattern}%", "mirip": MIRIP, "batas": HASIL}


def in_draft(konteks: KonteksDraf, teks: str, apa: str = "") -> list[dict[str, Any]]:
    """Units (``apa`` "unor"), boxes ("posisi") or both by name, units first. A fixed number of statements."""
    text = " ".join(teks.replace("\x00", " ").split())[:120]
    if len(text) < 2:
        return []
    params = _asked(konteks, text)
    found: list[dict[str, Any]] = []
    instansi_id, versi = konteks.usulan.instansi_id, konteks.peta.versi
    if apa != "posisi":
        mine = fetch(_UNIT, params)
        base = search_unor(instansi_id, text, HASIL, versi)
        touched = _touched(UsulanUnor, "unor_id", konteks, [u.id for u in base])
        hits = [(_hit("unor", key, key, nama, above), mirip) for key, nama, _, above, mirip in mine]
        for u in base:
            if u.id not in touched:
                hits.append((_hit("unor", u.id, u.id, u.nama, " › ".join(u.jejak[1:])), u.mirip))
        found += _ranked(hits, text)
    if apa != "unor":
        mine = fetch(_BOX, params)
        boxes = search_posisi(instansi_id, text, HASIL, versi)
        touched = _touched(UsulanPosisi, "posisi_id", konteks, [b.id for b in boxes])
        hits = [(_hit("posisi", key, unor, nama, above), mirip) for key, nama, unor, above, mirip in mine]
        for b in boxes:
            if b.id not in touched:
                hits.append((_hit("posisi", b.id, b.unor_id, b.nama, b.unor_nama), b.mirip))
        found += _ranked(hits, text)
    return found


def targets(konteks: KonteksDraf, teks: str) -> list[dict[str, Any]]:
    """Units by name that a unit or box of this draft may be put under: of a draft bound to a branch only
    those inside it, as saving has it. One statement then."""
    branch = konteks.usulan.cabang_id
    if branch is None:
        return in_draft(konteks, teks, "unor")
    text = " ".join(teks.replace("\x00", " ").split())[:120]
    if len(text) < 2:
        return []
    rows = fetch(sql_for(konteks.peta, _INSIDE), _asked(konteks, text) | {"cabang": branch})
    return _ranked([(_hit("unor", key, key, nama, way), mirip) for key, nama, way, mirip in rows], text)


def units_of_bundle(konteks: KonteksDraf, teks: str) -> list[dict[str, Any]]:
    """Units of the draft, and those of the other instansi of its bundle that may be named as successors. As
    many statements as the bundle has parts, three each."""
    found = in_draft(konteks, teks, "unor")
    text = " ".join(teks.replace("\x00", " ").split())[:120]
    if konteks.usulan.lintas_id is None or len(text) < 2:
        return found
    others: list[dict[str, Any]] = []
    for part in status_lintas(konteks.usulan.lintas_id):
        if part.instansi_id == konteks.usulan.instansi_id or part.status == "dibatalkan":
            continue
        for u in search_unor(part.instansi_id, text, HASIL_LUAR):
            others.append(_hit("unor", u.id, u.id, u.nama, " › ".join((part.instansi, *u.jejak[1:]))))
    allowed = PandanganDraf(konteks.usulan).luar([hit["id"] for hit in others])
    hits = found + [hit for hit in others if hit["id"] in allowed]
    return sorted(hits, key=lambda hit: text.lower() not in hit["nama"].lower())


def _ranked(hits: list[tuple[dict[str, Any], float]], text: str) -> list[dict[str, Any]]:
    """Names that hold the text as typed first, then the most alike, then the shortest."""

    def rank(hit: tuple[dict[str, Any], float]) -> tuple[bool, float, int]:
        nama = hit[0]["nama"]
        return text.lower() not in nama.lower(), -hit[1], len(nama)

    return [hit for hit, _ in sorted(hits, key=rank)[:HASIL]]


def _hit(jenis: str, key: int, unor: int, nama: str, jalur: str) -> dict[str, Any]:
    return {"jenis": jenis, "id": key, "unor": unor, "nama": nama, "jalur": jalur}


def _touched(model: Any, column: str, konteks: KonteksDraf, ids: list[int]) -> set[int]:
    rows = model.objects.filter(usulan=konteks.usulan, **{f"{column}__in": ids})
    return set(rows.values_list(column, flat=True))


KATA_JENIS = {"fungsional": _("Jabatan fungsional"), "pelaksana": _("Pelaksana")}


def jabatan(teks: str, jenis: str = "") -> list[dict[str, Any]]:
    """Jabatan of both reference lists by the search of the references page: typing errors forgiven,
    abbreviations read. Of equals those of ``jenis`` come first."""
    text = " ".join(teks.replace("\x00", " ").split())[:120]
    if len(text) < 2:
        return []
    scores: dict[int, float] = {}
    for spelled in dict.fromkeys((text, panjangkan(text, muat_aturan_nama(today())))):
        for kind in KATA_JENIS:
            near = 0.0 if kind == jenis else BEDA_JENIS
            for hit in search_referensi(f"jabatan-{kind}", spelled, HASIL)[0]:
                scores.setdefault(int(hit.id), hit.skor - near)
        if len(scores) >= HASIL:
            break
    best = sorted(scores, key=lambda key: -scores[key])[:HASIL]
    rows = Jabatan.objects.select_related("jenjang").in_bulk(best)
    return [
        {
            "jenis": row.jenis,
            "id": row.pk,
            "unor": 0,
            "nama": row.nama or "",
            "jalur": " · ".join(
                part
                for part in (gettext(KATA_JENIS[row.jenis]), row.jenjang.nama if row.jenjang else "")
                if part
            ),
            "skor": round(scores[row.pk], 3),
        }
        for row in (rows[key] for key in best if key in rows)
    ]
