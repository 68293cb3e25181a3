"""The kelas of a box beside its factor sheet and beside what is set nationally."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from petajabatan.jabatan.rules.beda import IsiPosisi
from petajabatan.jabatan.rules.evaluasi import KelasNasional
from petajabatan.jabatan.rules.isian import isian_id
from petajabatan.jabatan.rules.kelas_nasional import national_class
from petajabatan.usulan.rules.pandangan import Pandangan, isian_at, unor_of


def national_of(view: Pandangan, box: IsiPosisi) -> KelasNasional | None:
    """What is set nationally for the box: for its jabatan, its jenjang (its own, else that of the reference),
    or, for a structural head, the eselon of its unit."""
    ids = [] if box.jabatan_id is None else [box.jabatan_id]
    rows = view.acuan.kelas_nasional(ids)
    if not rows:
        return None
    ref = view.acuan.jabatan(ids).get(box.jabatan_id) if box.jabatan_id is not None else None
    unit = unor_of(view, box.unor_id) if box.kepala and box.jenis == "struktural" else None
    return national_class(
        rows,
        jabatan_id=box.jabatan_id,
        jenjang=box.jenjang or (ref.jenjang if ref else None),
        eselon=unit.eselon if unit else None,
    )


def sheet_of_box(view: Pandangan, box: IsiPosisi) -> Mapping[str, Any] | None:
    """The factor sheet of the informasi jabatan that the box refers to."""
    if box.infojab_id is None:
        return None
    row = isian_at(view, isian_id("evaluasi", infojab_id=box.infojab_id))
    return row.isi if row is not None else None
