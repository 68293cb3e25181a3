"""One changed word: a slip of the pen, or another word? Every verdict comes with its sentence.

The verdict is the same both ways round; only the sentence follows the direction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from petajabatan.usulan.rules.aturan_nama import AturanNama
from petajabatan.usulan.rules.huruf import bunyi_sama, sebut_selisih, selisih_huruf
from petajabatan.usulan.rules.jajar import Pasangan, kependekan, salah_sambung
from petajabatan.usulan.rules.singkatan import Kata

_BERURUT = ("jenis unit", "jabatan", "jenjang sekolah", "arah", "urusan", "tempat")
"""Classes in the order in which they explain a change best."""
_BERSUSUN = ("kelas", "tipe", "golongan", "wilayah", "rayon", "blok", "zona")
"""Words after which a single letter is a number."""
_TERPENDEK = 4
"""Shorter words are measured as if they had so many letters: one slip is allowed in ``Air``."""
_AKHIRAN = "an"


@dataclass(frozen=True)
class PerubahanKata:
    """One difference: the words on both sides ("" where there is none), its kind, its weight in letters,
    whether it alone makes the rename a reorganisation, and the sentence that says so."""

    lama: str
    baru: str
    jenis: str
    bobot: float
    penentu: bool
    kalimat: str


def _tulis(words: Sequence[Kata]) -> str:
    """The words as people wrote them; an abbreviation that became several words is named once."""
    parts: list[str] = []
    for n, word in enumerate(words):
        if word.cara == "singkatan" or n == 0 or word.tulis != words[n - 1].tulis:
            parts.append(word.tampil)
    return " ".join(parts)


def _golongan(old: Kata, new: Kata, aturan: AturanNama) -> str:
    for name in _BERURUT:
        if aturan.adalah(old.kata, name) and aturan.adalah(new.kata, name):
            return name
    if aturan.tempat(old.kata) and aturan.tempat(new.kata):
        return "tempat"
    return ""


_SEBAB = {
    "jenis unit": "jenis unitnya lain",
    "jabatan": "jabatannya lain",
    "jenjang sekolah": "jenjang atau jenis sekolahnya lain",
    "arah": "arah atau letaknya lain",
    "urusan": "urusan pemerintahannya lain",
    "tempat": "nama tempatnya lain",
    "": "keduanya kata nomenklatur yang berbeda arti",
}


def _jauh(old: str, new: str) -> float:
    return float(OSA.distance(old, new))


def _awalan(old: str, new: str, aturan: AturanNama) -> str:
    """The prefix of another meaning that one has and the other has not (``pra`` in prasarana)."""
    short, long = sorted((old, new), key=len)
    front = long[: len(long) - len(short)]
    return front if front and long.endswith(short) and aturan.adalah(front, "awalan") else ""


def _akhiran(old: str, new: str) -> bool:
    """``Perencana`` and ``Perencanaan``: the office for the work, its ending left off."""
    short, long = sorted((old, new), key=len)
    return len(short) >= 6 and short.startswith("pe") and long == short + _AKHIRAN


def _salah_tulis(old: Kata, new: Kata, limit: float, aturan: AturanNama) -> tuple[float, str] | None:
    """Weight and description when the two are near enough to be one word, else None."""
    longest = max(len(old.kata), len(new.kata), _TERPENDEK)
    if OSA.distance(old.kata, new.kata) > 2 * limit * longest:
        return None
    weight, slips = selisih_huruf(old.kata, new.kata, aturan.bobot)
    return (weight, sebut_selisih(slips)) if weight <= limit * longest else None


def _kata_lain(old: Kata, new: Kata, why: str, aturan: AturanNama) -> PerubahanKata:
    return PerubahanKata(
        old.tampil,
        new.tampil,
        "kata lain",
        _jauh(old.kata, new.kata) * aturan.bobot["bobot_huruf"],
        True,
        f"“{old.tampil}” menjadi “{new.tampil}”: {why}.",
    )


def _lunak(old: Kata, new: Kata, jenis: str, weight: float, why: str) -> PerubahanKata:
    return PerubahanKata(
        old.tampil, new.tampil, jenis, weight, False, f"“{old.tampil}” menjadi “{new.tampil}”: {why}."
    )


def _bentuk_terdekat(old: Kata, new: Kata) -> tuple[Kata, Kata]:
    """Both words in the forms that are nearest to each other: ``Medk`` is compared with Medik, not Medis."""
    _, a, b = min((_jauh(a, b), a, b) for a in old.bentuk for b in new.bentuk)
    return old._replace(kata=a), new._replace(kata=b)


def nilai_ganti(old: Kata, new: Kata, di_awal: bool, aturan: AturanNama) -> PerubahanKata:
    """One word for one word. ``di_awal``: both stand where the kind of unit is named."""
    bobot = aturan.bobot
    old, new = _bentuk_terdekat(old, new)
    a, b = old.kata, new.kata
    known = aturan.kenal(a), aturan.kenal(b)
    if kependekan(old, new) or kependekan(new, old):
        short, long = (old, new) if len(a) < len(b) else (new, old)
        return _lunak(
            old, new, "singkatan", bobot["bobot_singkatan"], f"“{short.tulis}.” singkatan dari “{long.tulis}”"
        )
    if all(aturan.adalah(word, "sambung") for word in (a, b)):
        return _lunak(old, new, "kata sambung", bobot["bobot_sambung"], "kata sambung, arti tidak berubah")
    if salah_sambung(old, new, aturan):
        weight, slips = selisih_huruf(a, b, bobot)
        return _lunak(old, new, "salah tulis", weight, sebut_selisih(slips))
    if len(a) == len(b) == 1:
        return _kata_lain(old, new, "huruf penanda kelas, tipe, atau nomornya lain", aturan)
    front = _awalan(a, b, aturan)
    if front:
        return _kata_lain(old, new, f"“{front}-” mengubah arti, bukan salah tulis", aturan)
    if all(known):
        return _sama_dikenal(old, new, di_awal, aturan)
    if bunyi_sama(a, b):
        return _lunak(old, new, "ejaan", bobot["bobot_ejaan"], "kata yang sama dalam ejaan lain")
    if _akhiran(a, b):
        return _lunak(old, new, "akhiran", bobot["bobot_akhiran"], "hanya akhiran -an yang berbeda")
    if aturan.tempat(a) and aturan.tempat(b):
        return _tempat(old, new, aturan)
    return _satu_dikenal(old, new, aturan) if any(known) else _keduanya_asing(old, new, aturan)


def _tempat(old: Kata, new: Kata, aturan: AturanNama) -> PerubahanKata:
    """Two places: another one, unless both are composed of the same parts (Sumberejo, Sumberrejo)."""
    parts = aturan.unsur_tempat(old.kata)
    if parts and parts == aturan.unsur_tempat(new.kata):
        why = f"nama yang sama, tersusun dari “{parts[0].capitalize()}” dan “{parts[1].capitalize()}”"
        return _lunak(old, new, "ejaan", aturan.bobot["bobot_ejaan"], why)
    return _kata_lain(old, new, _SEBAB["tempat"], aturan)


def _sama_dikenal(old: Kata, new: Kata, di_awal: bool, aturan: AturanNama) -> PerubahanKata:
    """Two known words: different things, except where one cannot stand there."""
    kinds = [aturan.adalah(word.kata, "jenis unit") for word in (old, new)]
    posts = any(aturan.adalah(word.kata, "jabatan") for word in (old, new))
    if di_awal and kinds[0] != kinds[1] and not posts:
        slip = _salah_tulis(old, new, aturan.bobot["batas_kata"], aturan)
        if slip:
            right = new if kinds[1] else old
            return _lunak(
                old,
                new,
                "salah tulis",
                slip[0],
                f"{slip[1]}; di tempat ini yang masuk akal jenis unit “{right.tampil}”",
            )
    if _akhiran(old.kata, new.kata):
        return _lunak(
            old,
            new,
            "akhiran",
            aturan.bobot["bobot_akhiran"],
            "hanya akhiran -an yang berbeda, pokok tugasnya sama",
        )
    return _kata_lain(old, new, _SEBAB[_golongan(old, new, aturan)], aturan)


def _satu_dikenal(old: Kata, new: Kata, aturan: AturanNama) -> PerubahanKata:
    """A known word and an unknown one: a misspelling of it, unless another known word is nearer."""
    known, odd = (old, new) if aturan.kenal(old.kata) else (new, old)
    slip = _salah_tulis(old, new, aturan.bobot["batas_kata"], aturan)
    if slip is None:
        return _kata_lain(old, new, f"terlalu jauh dari “{known.tampil}” untuk salah tulis", aturan)
    letters = int(OSA.distance(old.kata, new.kata))
    nearer = aturan.terdekat(odd.kata, letters - 1) if letters > 1 else None
    if nearer is not None:
        why = f"“{odd.tampil}” lebih dekat dengan “{nearer[0].capitalize()}” daripada dengan “{known.tampil}”"
        return _kata_lain(old, new, why, aturan)
    if known is new:
        return _lunak(old, new, "salah tulis", slip[0], slip[1])
    _, slips = selisih_huruf(odd.kata, known.kata, aturan.bobot)
    why = f"{sebut_selisih(slips)} pada nama baru; periksa, “{odd.tampil}” bukan kata yang dikenal"
    return _lunak(old, new, "salah tulis", slip[0], why)


def _keduanya_asing(old: Kata, new: Kata, aturan: AturanNama) -> PerubahanKata:
    """Two unknown words, mostly proper names: only a small slip, and not two slips of different words."""
    meant = [aturan.terdekat(word.kata, 1) if len(word.kata) > 4 else None for word in (old, new)]
    if meant[0] and meant[1] and meant[0][0] != meant[1][0]:
        first, second = (found[0].capitalize() for found in meant if found)
        return _kata_lain(old, new, f"yang satu bermaksud “{first}”, yang lain “{second}”", aturan)
    limit = aturan.bobot["batas_kata" if meant[0] and meant[1] else "batas_kata_asing"]
    slip = _salah_tulis(old, new, limit, aturan)
    if slip is None:
        return _kata_lain(old, new, "kata atau nama yang lain", aturan)
    return _lunak(old, new, "salah tulis", slip[0], slip[1])


def nilai_sisip(
    words: Sequence[Kata], at: int, lain: frozenset[str], ditambah: bool, aturan: AturanNama
) -> PerubahanKata:
    """The word at ``at`` that the other name has not; ``lain`` are the other name's words."""
    word = words[at]
    sebelum = words[at - 1] if at else None
    sesudah = words[at + 1] if at + 1 < len(words) else None
    bobot = aturan.bobot
    pair = ("", word.tampil) if ditambah else (word.tampil, "")
    verb = "ditambahkan" if ditambah else "dihapus"
    beside = [n for n in (sebelum, sesudah) if n is not None]
    if word.kata in lain and any(n.kata == word.kata for n in beside):
        return PerubahanKata(
            *pair,
            "kata berulang",
            bobot["bobot_ulang"],
            False,
            f"“{word.tampil}” tertulis dua kali berturut-turut.",
        )
    if aturan.adalah(word.kata, "sambung"):
        return PerubahanKata(
            *pair,
            "kata sambung",
            bobot["bobot_sambung"],
            False,
            f"Kata sambung “{word.tampil}” {verb}; arti tidak berubah.",
        )
    titled = any(aturan.adalah(n.kata, "gelar") for n in beside)
    initial = len(word.kata) == 1 and (sebelum is None or sebelum.kata not in _BERSUSUN)
    if aturan.adalah(word.kata, "gelar") or (titled and initial):
        return PerubahanKata(
            *pair, "gelar", bobot["bobot_huruf"], False, f"Gelar atau inisial “{word.tampil}” {verb}."
        )
    return PerubahanKata(
        *pair,
        "kata ditambah" if ditambah else "kata dihapus",
        len(word.kata) * bobot["bobot_huruf"],
        True,
        f"“{word.tampil}” {verb}: cakupannya {'bertambah' if ditambah else 'berkurang'}.",
    )


def nilai_gabung(
    pair: Pasangan, lama: Sequence[Kata], baru: Sequence[Kata], aturan: AturanNama
) -> PerubahanKata:
    """Several words for one: spaces that moved, or initials."""
    old, new = _tulis(lama[pair.i0 : pair.i1]), _tulis(baru[pair.j0 : pair.j1])
    if pair.cara == "inisial":
        weight, why = aturan.bobot["bobot_singkatan"], "singkatan dari huruf awal kata-katanya"
        return PerubahanKata(old, new, "singkatan", weight, False, f"“{old}” menjadi “{new}”: {why}.")
    joined = ["".join(w.kata for w in words) for words in (lama[pair.i0 : pair.i1], baru[pair.j0 : pair.j1])]
    weight, slips = selisih_huruf(joined[0], joined[1], aturan.bobot)
    words = (*lama[pair.i0 : pair.i1], *baru[pair.j0 : pair.j1])
    if slips and all(aturan.kenal(word.kata) for word in words):
        why = _SEBAB["tempat" if all(aturan.tempat(word.kata) for word in words) else ""]
        return PerubahanKata(old, new, "kata lain", weight, True, f"“{old}” menjadi “{new}”: {why}.")
    why = "hanya spasinya berbeda" if not slips else f"spasinya berbeda dan {sebut_selisih(slips)}"
    return PerubahanKata(
        old, new, "spasi", weight + aturan.bobot["bobot_spasi"], False, f"“{old}” menjadi “{new}”: {why}."
    )


def satukan(changes: Sequence[PerubahanKata]) -> PerubahanKata:
    """Neighbouring changes of which some are decisive, told as one: ``Dasar`` to ``Menengah Pertama``."""
    decisive = [change for change in changes if change.penentu]
    if len(changes) == 1 or not decisive:
        return changes[0]
    old, new = (
        " ".join(filter(None, words)) for words in zip(*((c.lama, c.baru) for c in changes), strict=True)
    )
    if not old or not new:
        verb, sense = ("ditambahkan", "bertambah") if new else ("dihapus", "berkurang")
        told = f"“{old or new}” {verb}: cakupannya {sense}."
    else:
        lead = next((c for c in decisive if c.jenis == "kata lain"), decisive[0])
        why = lead.kalimat.rpartition("”: ")[2] if lead.jenis == "kata lain" else "cakupannya lain."
        told = f"“{old}” menjadi “{new}”: {why}"
    kind = "kata lain" if old and new else "kata ditambah" if new else "kata dihapus"
    return PerubahanKata(old, new, kind, sum(change.bobot for change in changes), True, told)
