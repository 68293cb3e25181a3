"""Writing help for an informasi jabatan: is the ikhtisar *apa – bagaimana – mengapa*, are tasks told twice?

Deterministic and explained; findings are hints (peringatan, catatan), never a wall. The marking words are
data (data/penanda_ikhtisar.csv).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from petajabatan.inti.temuan import Temuan, Tingkat

_KALIMAT = re.compile(r"[.!?](?=\s+[A-Z(“\"])")
_KATA = re.compile(r"[\w/&-]+")
_KERJA = re.compile(r"(?:me[a-z]{3,}|ber[a-z]{3,})")
_KATA_MIN = 2
_PANJANG = 3000


class Penanda(NamedTuple):
    """A word (or words) that opens a part; a strong one (``kuat``) is preferred to others."""

    bagian: Literal["bagaimana", "mengapa"]
    kata: tuple[str, ...]
    kuat: bool


@dataclass(frozen=True, slots=True)
class PenilaianIkhtisar:
    """The three parts as found ("" = not found), with the marking words in front, and what to improve."""

    apa: str
    bagaimana: str
    mengapa: str
    temuan: tuple[Temuan, ...]

    @property
    def lengkap(self) -> bool:
        return bool(self.apa and self.bagaimana and self.mengapa)


@dataclass(frozen=True, slots=True)
class Kembar:
    """Two tasks (numbers from 1) that say nearly the same. ``kemiripan`` percent; ``beda`` the words only one
    of them has."""

    pertama: int
    kedua: int
    kemiripan: int
    beda: tuple[str, ...]
    temuan: Temuan


class _Temu(NamedTuple):
    bagian: str
    awal: int
    kata: int
    kuat: bool


def check_ikhtisar(teks: str, penanda: Sequence[Penanda]) -> PenilaianIkhtisar:
    """Look for what is done, how and why in one sentence (PerBKN 9/2022; pattern of PRT)."""
    text = " ".join(teks.split())
    if not text:
        empty = _finding("ikhtisar-kosong", "galat", "Ikhtisar jabatan masih kosong.",
                         "Tulis satu kalimat: apa yang dikerjakan, dengan cara apa, agar apa.")  # fmt: skip
        return PenilaianIkhtisar("", "", "", (empty,))
    if len(text) > _PANJANG:
        long = _finding("ikhtisar-panjang", "galat", f"Ikhtisar {len(text)} huruf; seharusnya satu kalimat.",
                        "Ringkas menjadi satu kalimat.")  # fmt: skip
        return PenilaianIkhtisar("", "", "", (long,))
    words = list(_KATA.finditer(text))
    marks = _marks([word[0].casefold() for word in words], penanda)
    how, why = _choose(marks)
    cuts = sorted((mark for mark in (how, why) if mark is not None), key=lambda mark: mark.awal)
    starts = [0, *(words[mark.awal].start() for mark in cuts), len(text)]
    pieces = [text[a:b].strip(" ,;.") for a, b in pairwise(starts)]
    parts = {"apa": pieces[0]} | {mark.bagian: piece for mark, piece in zip(cuts, pieces[1:], strict=True)}
    found = _check_parts(parts, how, why)
    if extra := len(_KALIMAT.findall(text)):
        found.append(_finding("ikhtisar-kalimat", "peringatan", f"Ikhtisar terdiri atas {extra + 1} kalimat.",
                              "Gabungkan menjadi satu kalimat."))  # fmt: skip
    bare = {t.kode for t in found}
    return PenilaianIkhtisar(
        "" if "ikhtisar-apa" in bare else parts["apa"],
        "" if "ikhtisar-bagaimana" in bare else parts.get("bagaimana", ""),
        "" if "ikhtisar-mengapa" in bare else parts.get("mengapa", ""),
        tuple(found),
    )


def near_duplicates(tugas: Sequence[str], ambang: Decimal) -> list[Kembar]:
    """Pairs of tasks of one jabatan that say nearly the same; ``ambang`` percent (data/ambang_abk.csv).

    Different numbers (tahap 1, tahap 2) make different tasks. Where only the first word, the verb, differs
    the pair is a catatan; other pairs need like verbs.
    """
    told = [_KATA.findall(text[:_PANJANG].casefold()) for text in tugas]
    joined = [" ".join(words) for words in told]
    numbers = [sorted(word for word in words if any(c.isdigit() for c in word)) for words in told]
    found = []
    for j in range(len(told)):
        for i in range(j):
            if told[i] and told[j] and numbers[i] == numbers[j]:
                pair = _pair(i, j, told, joined, float(ambang))
                if pair is not None:
                    found.append(pair)
    return sorted(found, key=lambda pair: (-pair.kemiripan, pair.pertama, pair.kedua))


def _pair(i: int, j: int, told: Sequence[list[str]], joined: Sequence[str], ambang: float) -> Kembar | None:
    score = max(
        fuzz.ratio(joined[i], joined[j], score_cutoff=ambang),
        fuzz.token_sort_ratio(joined[i], joined[j], score_cutoff=ambang),
    )
    only_verb = told[i][0] != told[j][0] and len(told[i]) > _KATA_MIN and told[i][1:] == told[j][1:]
    if only_verb:
        score = max(score, fuzz.ratio(joined[i], joined[j]))
    elif not score or (sorted(told[i]) != sorted(told[j]) and fuzz.ratio(told[i][0], told[j][0]) < ambang):
        return None
    differing = tuple(sorted(set(told[i]) ^ set(told[j])))
    shown = ", ".join(differing[:6]) + (", …" if len(differing) > 6 else "")
    level: Tingkat = "catatan" if only_verb else "peringatan"
    if only_verb:
        why = f"hanya kata kerjanya berbeda ({shown})"
    else:
        why = f"hanya berbeda pada: {shown}" if differing else "kata-katanya sama"
    finding = Temuan("tugas-beda-kata-kerja" if only_verb else "tugas-kembar", level,
                     f"Tugas {i + 1} dan {j + 1} hampir sama ({int(score)} %): {why}.",
                     "Gabungkan keduanya, atau tulis apa yang membedakannya.",
                     f"Tugas {j + 1}", j + 1, "uraian", " ".join(told[j])[:40])  # fmt: skip
    return Kembar(i + 1, j + 1, int(score), differing, finding)


def _marks(words: Sequence[str], penanda: Iterable[Penanda]) -> list[_Temu]:
    """The marking words in order; the longest wins where several begin, and none overlaps another."""
    by_length = sorted(penanda, key=lambda mark: -len(mark.kata))
    found, at = [], 1
    while at < len(words):
        for mark in by_length:
            size = len(mark.kata)
            if tuple(words[at : at + size]) == mark.kata:
                found.append(_Temu(mark.bagian, at, size, mark.kuat))
                at += size - 1
                break
        at += 1
    return found


def _choose(marks: Sequence[_Temu]) -> tuple[_Temu | None, _Temu | None]:
    """The opening of *bagaimana* (first strong, else first) and of *mengapa* (first strong after it, else the
    last after it, else the last before it)."""
    hows = [mark for mark in marks if mark.bagian == "bagaimana"]
    how = next((mark for mark in hows if mark.kuat), hows[0] if hows else None)
    whys = [mark for mark in marks if mark.bagian == "mengapa"]
    later = [mark for mark in whys if how is None or mark.awal > how.awal]
    strong = next((mark for mark in later if mark.kuat), None)
    why = strong or (later[-1] if later else whys[-1] if whys else None)
    return how, why


def _check_parts(parts: dict[str, str], how: _Temu | None, why: _Temu | None) -> list[Temuan]:
    found = []
    what = _KATA.findall(parts["apa"])
    if len(what) < _KATA_MIN:
        found.append(_finding("ikhtisar-apa", "peringatan", "Tidak tampak apa yang dikerjakan.",
                              "Mulai dengan kata kerja, misalnya “Menyusun laporan keuangan”."))  # fmt: skip
    elif not _KERJA.match(what[0].casefold()):
        found.append(_finding("ikhtisar-kata-kerja", "peringatan",
                              f"Kalimat dimulai dengan “{what[0][:30]}”, bukan kata kerja.",
                              "Mulai dengan kata kerja, misalnya “Menyusun”, “Melaksanakan”."))  # fmt: skip
    for bagian, mark, asked, example in (
        ("bagaimana", how, "bagaimana dikerjakan", "“dengan cara …” atau “melalui …”"),
        ("mengapa", why, "untuk apa dikerjakan", "“agar …” atau “untuk …”"),
    ):
        if mark is None or len(_KATA.findall(parts.get(bagian, ""))) - mark.kata < 1:
            found.append(_finding(f"ikhtisar-{bagian}", "peringatan", f"Tidak tampak {asked}.",
                                  f"Tambahkan {example}."))  # fmt: skip
    if how is not None and why is not None and why.awal < how.awal:
        found.append(_finding("ikhtisar-urutan", "catatan", "Tujuan ditulis sebelum caranya.",
                              "Urutan yang lazim: apa, bagaimana, mengapa."))  # fmt: skip
    return found


def _finding(kode: str, tingkat: Tingkat, kalimat: str, perbaikan: str) -> Temuan:
    return Temuan(kode, tingkat, kalimat, perbaikan, "Ikhtisar jabatan", kolom="ikhtisar")
