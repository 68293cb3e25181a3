"""Search by name, tolerant of typing errors.

Four steps, each only as long as results are wanting: the exact code; names that begin with the text; names
that hold all its words; names that hold words spelled nearly so. Large lists find such words in
``kata_referensi`` and then use the trigram index again, which stays fast where comparing whole names would
not; small lists compare whole words of the name directly.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import connection, models
from django.db.models import Lookup, Q, QuerySet
from django.db.models.functions import Collate, Length, Upper
from rapidfuzz.distance import OSA

from petajabatan.referensi.katalog import Daftar
from petajabatan.referensi.models import KataReferensi

BATAS = 500
"""Results one search goes through at most; who needs more should write more."""
SARINGAN_AWAL = 5000
"""Rows ranked by length at most; a text that more names hold is hardly a search."""
DINILAI = 400
"""Names with nearly the right words that are scored, the shortest first."""
KATA_LAZIM = 5
"""Names a word must occur in to be taken as spelled right."""
MIRIP_KATA = 0.65
"""Share of letters that must agree for a word to count as the one meant."""


@models.CharField.register_lookup
class ILike(Lookup):
    """``nama__ilike``: unlike icontains it keeps the column bare, so that the trigram index serves it."""

    lookup_name = "ilike"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} ILIKE {right}", (*left_params, *right_params)


@dataclass(frozen=True)
class HasilReferensi:
    """One hit. ``skor`` runs from 1 (the very code or name) down to 0."""

    daftar: str
    id: str
    kunci: str
    nama: str
    skor: float


def described(entry: Daftar, ranked: list[tuple[Any, float]]) -> list[HasilReferensi]:
    name = entry.nama or entry.kunci
    rows = {
        pk: (key, nama)
        for pk, key, nama in entry.rows()
        .filter(pk__in=[pk for pk, _ in ranked])
        .values_list("pk", entry.kunci, name)
    }
    return [
        HasilReferensi(entry.kode, str(pk), str(rows[pk][0]), rows[pk][1] or "", round(score, 3))
        for pk, score in ranked
        if pk in rows
    ]


def words_of(teks: str) -> list[str]:
    return [w for w in re.split(r"[^\w]+", teks.upper()) if w][:8]


def like(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)


def _by_name(name: str) -> Collate:
    return Collate(Upper(name), "C")


def search_rows(entry: Daftar, rows: QuerySet[Any], teks: str, need: int) -> list[tuple[Any, float]]:
    """Keys of the best ``need`` rows of a (filtered) list with their scores, best first."""
    text = " ".join(teks.replace("\x00", "").split())[:100]
    if not text or need <= 0:
        return []
    hits: dict[Any, float] = {}
    name = entry.nama or entry.kunci
    rows = rows.select_related(None).order_by()
    _add_code(entry, rows, text, hits)
    if entry.nama:
        _add_prefix(rows, name, text, need, hits)
        words = words_of(text)
        if len(hits) < need and any(len(w) >= 3 for w in words):
            _add_words(rows, name, words, need, hits)
            _add_nearly(entry, rows, text, words, need, hits)
    return list(hits.items())[:need]


def _add_nearly(
    entry: Daftar, rows: QuerySet[Any], text: str, words: list[str], need: int, hits: dict[Any, float]
) -> None:
    """Names spelled nearly like the text, while hits are wanting. A large list whose words were never counted
    holds only what a demonstration put there, and is compared like a small one."""
    name = entry.nama or entry.kunci
    if len(hits) >= need:
        return
    if entry.besar and KataReferensi.objects.filter(daftar=entry.kode).exists():
        _add_misspelled(entry, rows, name, words, need, hits)
    else:
        _add_similar(rows, name, text, need, hits)


def _add_code(entry: Daftar, rows: QuerySet[Any], text: str, hits: dict[Any, float]) -> None:
    field = entry.model._meta.get_field(entry.kunci)
    if isinstance(field, models.CharField):
        for pk in rows.filter(**{f"{entry.kunci}__in": {text, text.upper(), text.lower()}}).values_list(
            "pk", flat=True
        )[:5]:
            hits[pk] = 1.0


def _add_prefix(rows: QuerySet[Any], name: str, text: str, need: int, hits: dict[Any, float]) -> None:
    found = (
        rows.annotate(_urut=_by_name(name))
        .filter(_urut__startswith=text.upper())
        .order_by("_urut", "pk")
        .values_list("pk", "_urut")[:need]
    )
    for pk, upper in found:
        hits.setdefault(pk, 1.0 if upper == text.upper() else 0.95)


def _add_words(rows: QuerySet[Any], name: str, words: list[str], need: int, hits: dict[Any, float]) -> None:
    held = Q(*[(f"{name}__ilike", f"%{like(w)}%") for w in words])
    inner = rows.filter(held).values("pk")[:SARINGAN_AWAL]
    found = rows.filter(pk__in=inner).order_by(Length(name), _by_name(name), "pk")
    with by_index():
        keys = list(found.values_list("pk", flat=True)[: need + len(hits)])
    for pk in keys:
        hits.setdefault(pk, 0.9)


@contextlib.contextmanager
def by_index() -> Iterator[None]:
    """A LIMIT makes the planner hope to meet matching rows early in a scan of the whole table; they may all
    stand at its end. Inside this block it takes the index (in an open transaction, as every request has)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_seqscan', 'off', true)")
        yield
        cursor.execute("SELECT set_config('enable_seqscan', 'on', true)")


def _threshold(setting: str, value: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [f"pg_trgm.{setting}", str(value)])


def _add_misspelled(
    entry: Daftar, rows: QuerySet[Any], name: str, words: list[str], need: int, hits: dict[Any, float]
) -> None:
    for meant in (_near_words(entry.kode, words), [_near_word(entry.kode, w) for w in words]):
        if all(meant):
            _add_near(rows, name, meant, need, hits)
        if hits:  # otherwise even common words may be the mistyped ones
            return


def _add_near(
    rows: QuerySet[Any], name: str, meant: list[dict[str, float]], need: int, hits: dict[Any, float]
) -> None:
    held = Q()
    for candidates in meant:
        held &= Q(*[(f"{name}__ilike", f"%{like(w)}%") for w in candidates], _connector=Q.OR)
    scored = []
    for pk, value in rows.filter(held).order_by(Length(name), "pk").values_list("pk", name)[:DINILAI]:
        upper = value.upper()
        score = sum(max((s for w, s in c.items() if w in upper), default=0.0) for c in meant) / len(meant)
        scored.append((-score, len(upper), upper, pk))
    for negative, _, _, pk in sorted(scored)[: need + len(hits)]:
        hits.setdefault(pk, -negative * 0.85)


def _near_words(daftar: str, words: list[str]) -> list[dict[str, float]]:
    """For each word those of the list spelled nearly like it, with the share of agreeing letters.

    A word many names hold is meant as written. Of two words equally near, the commoner is the likelier.
    """
    known = KataReferensi.objects.filter(daftar=daftar, kata__in=words, n__gte=KATA_LAZIM)
    common = set(known.values_list("kata", flat=True))
    return [{word: 1.0} if word in common else _near_word(daftar, word) for word in words]


def _near_word(daftar: str, word: str) -> dict[str, float]:
    if len(word) < 3 or word.isdigit():
        return {word: 1.0}
    _threshold("similarity_threshold", nearness(word))
    found = (
        KataReferensi.objects.filter(daftar=daftar, kata__trigram_similar=word, n__gt=0)
        .annotate(_mirip=TrigramSimilarity("kata", word))
        .order_by("-_mirip", "-n")
        .values_list("kata", "n")[:60]
    )
    return best_near(word, found)


def nearness(word: str) -> float:
    """Share of trigrams a word of a list must have in common with this one to be looked at."""
    return 0.2 if len(word) <= 5 else 0.35


def best_near(word: str, found: Iterable[tuple[str, int]]) -> dict[str, float]:
    """The three words (with how many names hold them) likeliest to be meant, by agreeing letters."""
    near = []
    for kata, n in found:
        share = OSA.normalized_similarity(word, kata)
        if share >= MIRIP_KATA:
            near.append((min(share + 0.012 * math.log2(n), 1.0 if kata == word else 0.97), kata))
    return {kata: share for share, kata in sorted(near, reverse=True)[:3]}


def _add_similar(rows: QuerySet[Any], name: str, text: str, need: int, hits: dict[Any, float]) -> None:
    _threshold("word_similarity_threshold", 0.5)
    found = (
        rows.filter(**{f"{name}__trigram_word_similar": text})
        .annotate(_mirip=TrigramWordSimilarity(text, name))
        .order_by("-_mirip", Length(name), "pk")
        .values_list("pk", "_mirip")[: need + len(hits)]
    )
    for pk, score in found:
        hits.setdefault(pk, float(score) * 0.85)
