"""The annex of a decision: what its version changes in the map, box by box with K and B."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.utils import translation

from petajabatan.jabatan.kata_beda import BarisBeda, present
from petajabatan.jabatan.rules.beda import URUTAN, Perbedaan
from petajabatan.organisasi.models import PetaVersi
from petajabatan.pegawai.cetak.angka import long_date, number
from petajabatan.pegawai.queries import bezetting_of_boxes
from petajabatan.usulan.models import Keputusan
from petajabatan.usulan.queries.draf import net_changes
from petajabatan.usulan.queries.perbedaan import Asal, draft_difference, sources_of, successor_names
from petajabatan.usulan.rules.objek import OBJEK_PETA, Kunci

SEMUA = 1_000_000


@dataclass(frozen=True)
class Lampiran:
    """Rows as texts. ``unor``: number, name, place, kinds of change, from → to, legal basis; ``posisi`` has K
    and B before the change in words. ``hari_lama``, ``hari_baru``: the days B is counted on."""

    unor: list[list[str]]
    posisi: list[list[str]]
    dasar_hukum: set[int]
    hari_lama: dt.date
    hari_baru: dt.date

    @property
    def keterangan_b(self) -> str:
        if self.hari_lama == self.hari_baru:
            return f"B dihitung per {long_date(self.hari_baru)}."
        return (
            f"B semula dihitung per {long_date(self.hari_lama)}, B menjadi per {long_date(self.hari_baru)}."
        )


def annex_of(keputusan: Keputusan) -> Lampiran:
    """The net change of the published usulan. A fixed number of statements. Call in a scope that reads it."""
    usulan = keputusan.usulan
    steps = net_changes(usulan, OBJEK_PETA)
    beda = draft_difference(usulan, steps)
    beda = replace(beda, unor=sorted(beda.unor, key=_only_moved), posisi=sorted(beda.posisi, key=_only_moved))
    with translation.override("id"):
        shown = present(beda, batas=SEMUA)
    sources, names = sources_of(usulan), successor_names(usulan, steps)
    first, last = _days(keputusan)
    boxes = [row.id for row in beda.posisi]
    old = {key: counts.b for key, counts in bezetting_of_boxes(boxes, first).items()}
    new = {key: counts.b for key, counts in bezetting_of_boxes(boxes, last).items()}
    keys: list[Kunci] = [("unor", row.id) for row in beda.unor] + [("posisi", row.id) for row in beda.posisi]
    laws = {sources[key].dasar_hukum_id for key in keys if key in sources}
    return Lampiran(
        [
            _row(n, row, sources.get(("unor", row.id)), names.get(("unor", row.id), ()), [])
            for n, row in enumerate(shown.unor, 1)
        ],
        [
            _row(
                n,
                row,
                sources.get(("posisi", row.id)),
                names.get(("posisi", row.id), ()),
                [
                    _pair(change, row.k_lama, row.k_baru),
                    _pair(change, old.get(row.id, 0), new.get(row.id, 0)),
                ],
            )
            for n, (row, change) in enumerate(zip(shown.posisi, beda.posisi, strict=True), 1)
        ],
        {law for law in laws if law is not None},
        first,
        last,
    )


def _only_moved(row: Perbedaan) -> bool:
    """Rows that only made room for others come last: they are the least of what was decided."""
    return row.perubahan == (URUTAN,)


def _days(keputusan: Keputusan) -> tuple[dt.date, dt.date]:
    """The last day of the version before, the first day of this one; the same day when both began on it."""
    before = PetaVersi.objects.filter(instansi_id=keputusan.instansi_id, nomor=keputusan.versi - 1).first()
    eve = keputusan.berlaku - dt.timedelta(days=1)
    return max(eve, before.berlaku) if before is not None else eve, keputusan.berlaku


def _pair(change: Perbedaan, old: int | None, new: int | None) -> str:
    """Before → after; a dash where the box is not on the map, or has no determined need."""
    left = number(old if change.sebelum is not None else None)
    right = number(new if change.sesudah is not None else None)
    return left if left == right else f"{left} → {right}"


def _row(n: int, row: BarisBeda, asal: Asal | None, penerus: tuple[str, ...], angka: list[str]) -> list[str]:
    words = [f"{u.nama}: {u.lama} → {u.baru}" for u in row.ubahan if not (angka and u.nama == "K")]
    if penerus:
        words.append(f"Penerus: {', '.join(penerus)}")
    law = asal.dasar if asal is not None else ""
    return [
        number(n),
        row.nama,
        row.letak or "–",
        ", ".join(row.macam),
        *angka,
        "; ".join(words) or "–",
        law or "–",
    ]
