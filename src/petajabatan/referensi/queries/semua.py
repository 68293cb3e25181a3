"""Search over one list or all of them at once.

All lists are asked in one statement; where nothing begins with or holds the words, words spelled nearly so
are looked up once for all lists together (``kata_referensi``) and the names that hold them read in one more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection, models

from petajabatan.inti.api import decode_cursor, encode_cursor
from petajabatan.referensi.katalog import DAFTAR, Daftar
from petajabatan.referensi.queries.pencarian import (
    BATAS,
    KATA_LAZIM,
    HasilReferensi,
    best_near,
    by_index,
    described,
    like,
    nearness,
    search_rows,
    words_of,
)

TEMPAT = ("sekolah", "lokasi")
"""Lists of place names, near to anything: not searched for near spellings together with all others."""
PER_DAFTAR = 5
"""Near hits of one list among all."""
DINILAI = 100
"""Names of one list that are scored, the shortest first."""
CALON_KATA = 60
"""Words of one list looked at for one mistyped word."""
AMBANG_NAMA = 0.5
"""Word similarity from which a name of a small list is near."""


def search_referensi(
    daftar: str, teks: str, limit: int = 20, cursor: str | None = None
) -> tuple[list[HasilReferensi], str | None]:
    """Hits in one list, or in all with ``semua``, best first, and the cursor of the next page.

    Raises KeyError for an unknown list and Masalah 400 for a foreign cursor. At most ``BATAS`` hits in all.
    """
    position = decode_cursor(cursor, int)
    start = min(max(position[0], 0), BATAS) if position else 0
    if daftar == "semua":
        hits = _everywhere(teks, start + limit + 1)
    else:
        entry = DAFTAR[daftar]
        ranked = search_rows(entry, entry.rows().filter(aktif=True), teks, min(start + limit + 1, BATAS))
        hits = described(entry, ranked[start:]) if ranked else []
        return hits[:limit], encode_cursor(start + limit) if len(hits) > limit else None
    page = hits[start : start + limit]
    return page, encode_cursor(start + limit) if len(hits) > start + limit else None


def _everywhere(teks: str, need: int) -> list[HasilReferensi]:
    """All lists: one statement for names that begin with or hold the words; near spellings if none does."""
    text = " ".join(teks.replace("\x00", "").split())[:100]
    words = words_of(text)
    if not words:
        return []
    entries = [e for e in DAFTAR.values() if e.dicari and e.nama]
    each = max(need, 5) if need <= 20 else 20
    hits: dict[tuple[str, str], HasilReferensi] = {}
    order = {entry.kode: number for number, entry in enumerate(entries)}
    for kode, pk, key, nama in _in_all_lists(entries, text, words, each):
        upper = (nama or "").upper()
        score = 1.0 if upper == text.upper() else 0.95 if upper.startswith(text.upper()) else 0.9
        hits[kode, pk] = HasilReferensi(kode, pk, key or "", nama or "", score)
    if not hits:
        hits = {(h.daftar, h.id): h for h in _nearly(entries, text, words)}
    ordered = sorted(hits.values(), key=lambda h: (-h.skor, order[h.daftar], len(h.nama), h.nama, h.id))
    return ordered[: max(need, 0)]


class _Tabel(NamedTuple):
    """A list as SQL: columns, what is read, what restricts it, and the constants of both."""

    pk: str
    kunci: str
    nama: str
    baris: str
    tetap: list[Any]


def _tabel(entry: Daftar, nilai: str = "") -> _Tabel:
    meta = entry.model._meta
    key, name = (meta.get_field(f).column for f in (entry.kunci, entry.nama))  # type: ignore[union-attr]
    fixed = [meta.get_field(f).column for f in entry.saring]  # type: ignore[union-attr]
    kept = " AND ".join(["aktif", *(f'"{column}" = %s' for column in fixed)])
    shown = f'%s, "{meta.pk.column}"::text, "{key}"::text, "{name}"{nilai}'
    rows = f'SELECT {shown} FROM "{meta.db_table}" WHERE {kept}'
    return _Tabel(meta.pk.column, key, name, rows, [entry.kode, *entry.saring.values()])  # type: ignore[arg-type]


def _in_all_lists(
    entries: list[Daftar], text: str, words: list[str], each: int
) -> list[tuple[str, str, str | None, str | None]]:
    """Names that begin with the text, and names that hold all its words: (list, id, key, name).

    Written out, because composing 30 querysets takes longer than the database needs to answer.
    """
    parts: list[str] = []
    params: list[Any] = []
    long_enough = any(len(w) >= 3 for w in words)
    for entry in entries:
        _pk, _key, name, rows, constants = _tabel(entry)
        order = f'upper("{name}") COLLATE "C"'
        parts.append(f"({rows} AND {order} LIKE %s ORDER BY {order} LIMIT {each})")
        params += [*constants, f"{like(text.upper())}%"]
        if long_enough:
            held = " AND ".join(f'"{name}" ILIKE %s' for _ in words)
            parts.append(f"({rows} AND {held} LIMIT {each * 4})")
            params += [*constants, *(f"%{like(w)}%" for w in words)]
    with by_index(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return cursor.fetchall()


def _nearly(entries: list[Daftar], text: str, words: list[str]) -> list[HasilReferensi]:
    """Rows whose code is the very text, and names spelled nearly like it. Eight statements at most."""
    codes = [e for e in entries if isinstance(e.model._meta.get_field(e.kunci), models.CharField)]
    parts, params = [], []
    for entry in codes:
        table = _tabel(entry, ", -1::real")
        parts.append(f'({table.baris} AND "{table.kunci}" = ANY(%s) LIMIT {PER_DAFTAR})')
        params += [*table.tetap, [text, text.upper(), text.lower()]]
    meant: dict[str, list[dict[str, float]]] = {}
    if any(len(w) >= 3 for w in words):
        lists = [e for e in entries if e.kode not in TEMPAT]
        meant = near_words([e.kode for e in lists if e.besar], words)
        for entry in lists:
            if not entry.besar:
                table = _tabel(entry, ', word_similarity(%s, "{nama}")')
                named = table.baris.replace("{nama}", table.nama)
                parts.append(f'({named} AND %s <%% "{table.nama}" ORDER BY 5 DESC, length("{table.nama}"),'
                             f' "{table.pk}" LIMIT {PER_DAFTAR})')  # fmt: skip
                # The first constant names the list and stands before the similarity.
                params += [table.tetap[0], text, *table.tetap[1:], text]
            elif candidates := meant.get(entry.kode):
                table = _tabel(entry, ", NULL::real")
                held = " AND ".join(
                    "(" + " OR ".join([f'"{table.nama}" ILIKE %s'] * len(c)) + ")" for c in candidates
                )
                parts.append(f'({table.baris} AND {held} ORDER BY length("{table.nama}"), "{table.pk}"'
                             f" LIMIT {DINILAI})")  # fmt: skip
                params += [*table.tetap, *(f"%{like(w)}%" for c in candidates for w in c)]
    with by_index(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(AMBANG_NAMA)])
        cursor.execute(" UNION ALL ".join(parts), params)
        rows = cursor.fetchall()
    return _scored(rows, meant)


def near_words(lists: list[str], words: list[str]) -> dict[str, list[dict[str, float]]]:
    """Of each list that has one for every word: the words nearly like it, with the share of agreeing letters.

    Short and long words apart, as they are compared by different shares of trigrams.
    """
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    asked = [w for w in dict.fromkeys(words) if len(w) >= 3 and not w.isdigit()]
    for share in sorted({nearness(w) for w in asked}):
        part = [w for w in asked if nearness(w) == share]
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(share)])
            cursor.execute(_KATA, {"kata": part, "daftar": lists, "calon": CALON_KATA})
            for daftar, word, kata, n in cursor.fetchall():
                found.setdefault((daftar, word), []).append((kata, n))
    made = {}
    for daftar in lists:
        meant = [
            _meant(word, found.get((daftar, word), ())) if word in asked else {word: 1.0} for word in words
        ]
        if all(meant):
            made[daftar] = meant
    return made


_KATA = """SELECT daftar, word, kata, n FROM (
  SELECT k.daftar, w.word, k.kata, k.n, row_number() OVER (
    PARTITION BY k.daftar, w.word ORDER BY similarity(k.kata, w.word) DESC, k.n DESC) AS ke
  FROM unnest(%(kata)s::text[]) AS w (word) JOIN kata_referensi k ON k.kata %% w.word
  WHERE k.n > 0 AND k.daftar = ANY (%(daftar)s)) s
WHERE ke <= %(calon)s"""


def _meant(word: str, found: Iterable[tuple[str, int]]) -> dict[str, float]:
    """Words that may be meant; one that many names hold is meant as written, or else one like it."""
    rows = list(found)
    near = best_near(word, rows)
    return near if not any(kata == word and n >= KATA_LAZIM for kata, n in rows) else {word: 1.0} | near


def _scored(rows: list[tuple[Any, ...]], meant: dict[str, list[dict[str, float]]]) -> list[HasilReferensi]:
    """Hits with scores, the best few of each list. A row brings -1 (found by its code), a word similarity, or
    nothing (scored here by its words)."""
    by_list: dict[str, dict[str, HasilReferensi]] = {}
    for kode, pk, key, nama, score in rows:
        upper = (nama or "").upper()
        if score is None:
            candidates = meant[kode]
            score = sum(max((s for w, s in c.items() if w in upper), default=0.0) for c in candidates)
            score = score / len(candidates) * 0.85
        else:
            score = 1.0 if score < 0 else score * 0.85
        hit = HasilReferensi(kode, pk, key or "", nama or "", round(float(score), 3))
        known = by_list.setdefault(kode, {})
        if pk not in known or known[pk].skor < hit.skor:
            known[pk] = hit
    found = []
    for hits in by_list.values():
        ranked = sorted(hits.values(), key=lambda h: (-h.skor, len(h.nama), h.nama.upper(), h.id))
        found += ranked[:PER_DAFTAR]
    return found
