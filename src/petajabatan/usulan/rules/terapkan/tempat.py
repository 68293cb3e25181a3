"""Where a new unit stands among its siblings when nobody says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from petajabatan.jabatan.rules.beda import IsiUnor
from petajabatan.usulan.rules.terapkan.kerja import ESELON_TANPA


def tempat_lazim(siblings: Sequence[IsiUnor], unit: IsiUnor, pangkat: Mapping[str, int]) -> int | None:
    """The sibling a new unit follows; 0: it comes first, None: it comes last.

    Behind the last of its own kind and eselon; without one, behind the last of its kind that ranks no lower,
    else before the first of its kind. A structural unit among none of its kind comes first: bidang stand
    before UPT, puskesmas and schools. ``siblings`` in order; ``pangkat``: kode eselon → rank, smaller is
    higher.
    """
    kin = [row for row in siblings if row.jenis == unit.jenis]
    if not kin:
        return 0 if unit.jenis == "struktural" and siblings else None
    peers = [row for row in kin if _plain(row.eselon) == _plain(unit.eselon)]
    own = pangkat.get(_plain(unit.eselon))
    if not peers:
        peers = [row for row in kin if own is None or pangkat.get(_plain(row.eselon), own) <= own]
    if peers:
        return peers[-1].id
    at = siblings.index(kin[0])
    return siblings[at - 1].id if at else 0


def _plain(eselon: str | None) -> str:
    return "" if (eselon or "") in ESELON_TANPA else str(eselon)
