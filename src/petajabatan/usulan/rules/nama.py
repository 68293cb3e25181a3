"""Is this rename the correction of a typing error, or a reorganisation that only looks like one?

The algorithm, with worked figures: docs/usulan-nama.md. Pure: the rules of the day come in as ``AturanNama``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from petajabatan.usulan.rules.aturan_nama import AturanNama
from petajabatan.usulan.rules.jajar import Pasangan, jajarkan
from petajabatan.usulan.rules.nilai_kata import PerubahanKata, nilai_gabung, nilai_ganti, nilai_sisip, satukan
from petajabatan.usulan.rules.singkatan import Kata, baca_pasangan, kapital

__all__ = ["AturanNama", "PenilaianNama", "PerubahanKata", "nilai_perubahan_nama"]

Putusan = Literal["koreksi", "reorganisasi", "sama"]
_EMPAT = Decimal("0.0001")


@dataclass(frozen=True)
class PenilaianNama:
    """The judgement of one rename.

    ``jarak`` is the measured distance after normalising: weighted letters that differ, as a share of the
    longer name (0..1, 4 decimals); ``ambang`` the largest distance of a correction. ``alasan`` are sentences
    for people, the decisive ones first. ``kata_berubah`` pairs old and new words, "" where a side has none;
    ``rincian`` is the same with kind and weight per word.
    """

    putusan: Putusan
    jarak: Decimal
    ambang: Decimal
    alasan: tuple[str, ...]
    kata_berubah: tuple[tuple[str, str], ...] = ()
    rincian: tuple[PerubahanKata, ...] = ()


def nilai_perubahan_nama(
    lama: str, baru: str, aturan: AturanNama, *, dasar_hukum_berubah: bool = False
) -> PenilaianNama:
    """Judge the rename of a unor or of a structural jabatan.

    ``sama``: nothing differs but outer and repeated blanks. ``koreksi``: no decisive change and a distance
    within ``aturan.ambang``. ``reorganisasi``: another word, place, number, order or kind of unit, too many
    slips, or a changed legal basis under a name that differs after normalising. The decision and the
    distance do not depend on the direction.
    """
    if " ".join(lama.split()) == " ".join(baru.split()):
        return PenilaianNama("sama", Decimal("0.0000"), aturan.ambang, ("Kedua nama sama.",))
    old, new = baca_pasangan(lama, baru, aturan)
    if not old or not new:
        empty = "lama" if not old else "baru"
        return PenilaianNama(
            "reorganisasi",
            Decimal("1.0000"),
            aturan.ambang,
            (f"Nama {empty} tidak berisi kata.",),
            ((lama, baru),),
        )
    changes = _perubahan(old, new, aturan)
    if not changes:
        reasons = _beda_tulisan(lama, baru, old, new)
        if dasar_hukum_berubah:
            reasons += ("Dasar hukumnya berubah, tetapi namanya tetap: perbarui dasar hukumnya saja.",)
        return PenilaianNama("koreksi", Decimal("0.0000"), aturan.ambang, reasons)
    letters = max(sum(len(word.kata) for word in words) for words in (old, new))
    share = min(1.0, sum(change.bobot for change in changes) / letters)
    distance = Decimal(str(round(share, 8))).quantize(_EMPAT, ROUND_HALF_UP)
    decisive = [change for change in changes if change.penentu]
    near = distance <= aturan.ambang
    reasons = tuple(change.kalimat for change in sorted(changes, key=lambda c: not c.penentu))
    if dasar_hukum_berubah:
        reasons = (
            "Dasar hukumnya berubah bersama namanya: nama di bawah peraturan baru adalah reorganisasi.",
            *reasons,
        )
    verdict: Putusan = "koreksi" if near and not decisive and not dasar_hukum_berubah else "reorganisasi"
    return PenilaianNama(
        verdict,
        distance,
        aturan.ambang,
        (*reasons, _ukuran(distance, aturan.ambang, verdict)),
        tuple((change.lama, change.baru) for change in changes),
        tuple(changes),
    )


def _ukuran(distance: Decimal, limit: Decimal, verdict: Putusan) -> str:
    shown, bound = (str(number).replace(".", ",") for number in (distance, limit.quantize(_EMPAT)))
    if distance > limit:
        return f"Jarak terukur {shown} melebihi ambang {bound}."
    if verdict == "koreksi":
        return f"Jarak terukur {shown} tidak melebihi ambang {bound}: salah tulis."
    return f"Jarak terukur {shown} di bawah ambang {bound}, tetapi perubahan di atas menentukan."


def _beda_tulisan(lama: str, baru: str, old: Sequence[Kata], new: Sequence[Kata]) -> tuple[str, ...]:
    """Why two writings of one name differ."""
    reasons: list[str] = []
    for words, others in ((old, new), (new, old)):
        theirs = {word.tulis.lower() for word in others}
        read: dict[str, list[str]] = {}
        for word in words:
            if (
                word.cara in ("singkatan", "ejaan", "bilangan")
                and word.tulis.rstrip(".").lower() not in theirs
            ):
                read.setdefault(word.tulis, []).append(word.kata)
        reasons += [
            f"“{written}” dibaca “{' '.join(kapital(part) for part in parts)}”."
            for written, parts in read.items()
            if " ".join(parts) != written.lower()
        ]
    roman = [[word.cara == "romawi" for word in words if word.angka] for words in (old, new)]
    if roman[0] != roman[1]:
        reasons.append("Angka Romawi dan angka Arab dibaca sama.")
    if any(word.tulis.startswith("0") for word in (*old, *new)):
        reasons.append("Nol di depan nomor tidak dihitung.")
    if not reasons:
        only_case = lama.split() != baru.split() and lama.lower().split() == baru.lower().split()
        what = "huruf besar dan kecil" if only_case else "huruf besar, tanda baca, atau spasi"
        reasons.append(f"Hanya {what} yang berbeda.")
    return (*reasons, "Setelah dinormalkan kedua nama sama; jarak 0,0000.")


def _perubahan(lama: list[Kata], baru: list[Kata], aturan: AturanNama) -> list[PerubahanKata]:
    """Every difference, in the order of the names. Judged in one fixed direction, told in the given one."""
    old, new, changes = _ekor_wilayah(lama, baru, aturan)
    changes += _nomor(old, new, aturan)
    old_words = [word for word in old if not word.angka]
    new_words = [word for word in new if not word.angka]
    flipped = [w.kata for w in old_words] > [w.kata for w in new_words]
    pairs = jajarkan(new_words, old_words, aturan) if flipped else jajarkan(old_words, new_words, aturan)
    if flipped:
        pairs = [pair.balik() for pair in pairs]
    found = [(pair, _nilai(pair, old_words, new_words, aturan)) for pair in pairs]
    if any(change.penentu for _, change in found) and _tertukar(old_words, new_words):
        return [_urutan(pairs, old_words, new_words, [change for _, change in found]), *changes]
    return [satukan(run) for run in _deret(found)] + changes


def _deret(found: Sequence[tuple[Pasangan, PerubahanKata]]) -> list[list[PerubahanKata]]:
    """Runs of neighbouring changes that belong together: decisive ones and the words that join them."""
    runs: list[list[PerubahanKata]] = []
    previous: Pasangan | None = None
    for pair, change in found:
        joins = change.penentu or change.jenis == "kata sambung"
        touches = previous is not None and (previous.i1, previous.j1) == (pair.i0, pair.j0)
        if joins and touches:
            runs[-1].append(change)
        else:
            runs.append([change])
        previous = pair if joins else None
    return runs


def _nilai(pair: Pasangan, old: Sequence[Kata], new: Sequence[Kata], aturan: AturanNama) -> PerubahanKata:
    left, right = old[pair.i0 : pair.i1], new[pair.j0 : pair.j1]
    if pair.cara != "kata":
        return nilai_gabung(pair, old, new, aturan)
    if left and right:
        return nilai_ganti(left[0], right[0], _di_awal(pair, old, new, aturan), aturan)
    words, others, at = (new, old, pair.j0) if right else (old, new, pair.i0)
    return nilai_sisip(words, at, frozenset(word.kata for word in others), bool(right), aturan)


def _di_awal(pair: Pasangan, old: Sequence[Kata], new: Sequence[Kata], aturan: AturanNama) -> bool:
    """Do both words stand where the kind of unit is named: first, or right after Kepala, Wakil, …?"""
    return all(
        all(aturan.adalah(word.kata, "jabatan") for word in words[:at])
        for words, at in ((old, pair.i0), (new, pair.j0))
    )


def _tertukar(old: Sequence[Kata], new: Sequence[Kata]) -> bool:
    return Counter(word.kata for word in old) == Counter(word.kata for word in new)


def _urutan(
    pairs: Sequence[Pasangan], old: Sequence[Kata], new: Sequence[Kata], found: Sequence[PerubahanKata]
) -> PerubahanKata:
    before = " ".join(word.tampil for word in old[min(p.i0 for p in pairs) : max(p.i1 for p in pairs)])
    after = " ".join(word.tampil for word in new[min(p.j0 for p in pairs) : max(p.j1 for p in pairs)])
    return PerubahanKata(
        before,
        after,
        "urutan",
        sum(change.bobot for change in found),
        True,
        f"Urutan kata berubah, “{before}” menjadi “{after}”: urusan yang disebut lebih dulu berganti.",
    )


def _nomor(old: Sequence[Kata], new: Sequence[Kata], aturan: AturanNama) -> list[PerubahanKata]:
    """Numbers are compared apart from the words: another number is another unit, another place is not."""
    numbers = [[word for word in words if word.angka] for words in (old, new)]
    values = [[word.kata for word in words] for words in numbers]
    if values[0] != values[1]:
        before, after = (", ".join(word.tulis for word in words) for words in numbers)
        if not before or not after:
            what = f"Nomor “{before or after}” {'dihapus' if before else 'ditambahkan'}: unit yang lain."
        else:
            what = f"Nomor “{before}” menjadi “{after}”: unit yang lain."
        weight = max(1, len("".join(values[0])), len("".join(values[1])))
        return [PerubahanKata(before, after, "nomor", weight * aturan.bobot["bobot_huruf"], True, what)]
    places = [[n for n, word in enumerate(words) if word.angka] for words in (old, new)]
    same_words = [w.kata for w in old if not w.angka] == [w.kata for w in new if not w.angka]
    if places[0] != places[1] and same_words:
        shown = numbers[0][0].tulis
        return [
            PerubahanKata(
                shown, shown, "letak nomor", aturan.bobot["bobot_letak_nomor"], False,
                f"Nomor “{shown}” hanya berpindah letak.",
            )
        ]  # fmt: skip
    return []


def _ekor_wilayah(
    old: list[Kata], new: list[Kata], aturan: AturanNama
) -> tuple[list[Kata], list[Kata], list[PerubahanKata]]:
    """Take off ``Kabupaten Rembang`` at the end of one name of a perangkat daerah: the region it stands in
    anyway."""
    cuts = [_ekor(words, aturan) for words in (old, new)]
    if (cuts[0] is None) == (cuts[1] is None) or not all(
        aturan.adalah(words[0].kata, "perangkat daerah") for words in (old, new)
    ):
        return old, new, []
    added = cuts[0] is None
    longer, cut = (new, cuts[1]) if added else (old, cuts[0])
    region = " ".join(word.tampil for word in longer[cut:])
    change = PerubahanKata(
        "" if added else region,
        region if added else "",
        "keterangan wilayah",
        aturan.bobot["bobot_wilayah"],
        False,
        f"“{region}” {'ditambahkan' if added else 'dihapus'}: keterangan wilayah, bukan nomenklatur.",
    )
    return (old, new[:cut], [change]) if added else (old[:cut], new, [change])


def _ekor(words: Sequence[Kata], aturan: AturanNama) -> int | None:
    for length in (2, 3):
        tail = words[-length:]
        if len(words) > length and aturan.adalah(tail[0].kata, "wilayah"):
            return len(words) - length if all(aturan.adalah(w.kata, "tempat") for w in tail[1:]) else None
    return None
