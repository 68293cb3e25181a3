"""Why a unit or box is not on a version of the map: it had ended (what carries it on?) or had not begun."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from petajabatan.jabatan.queries.peta import fetch
from petajabatan.jabatan.queries.versi import PetaTidakAda
from petajabatan.organisasi.models import PetaVersi

_LIVES = {
    objek: f"SELECT sejak, hingga, nama, penerus FROM {objek}_riwayat"
    f" WHERE {objek}_id = %(id)s ORDER BY sejak"
    for objek in ("unor", "posisi")
}
# The last name: successors may lie in another instansi, with versions of its own.
_HEIRS = {
    objek: f"SELECT DISTINCT ON ({objek}_id) {objek}_id, nama FROM {objek}_riwayat"
    f" WHERE {objek}_id = ANY(%(ids)s) ORDER BY {objek}_id, sejak DESC"
    for objek in ("unor", "posisi")
}
NAMA = {"unor": "Unit", "posisi": "Posisi"}


@dataclass(frozen=True)
class Penerus:
    """What carries a removed object on."""

    id: int
    nama: str


class SudahBerakhir(PetaTidakAda):
    """The object stood on an earlier version and has ended. ``versi`` is the last one it stood on,
    ``berakhir_versi`` the one that ended it, in force from ``berakhir``."""

    def __init__(
        self, objek: str, key: int, nama: str, akhir: PetaVersi | None, versi: int, penerus: list[Penerus]
    ) -> None:
        self.objek, self.id, self.nama, self.penerus = objek, key, nama, penerus
        self.versi, self.berakhir_versi = versi, versi + 1
        self.berakhir: dt.date | None = akhir.berlaku if akhir is not None else None
        day = f", berlaku {self.berakhir:%d-%m-%Y}" if self.berakhir else ""
        heirs = ", ".join(f"“{p.nama}”" for p in penerus)
        super().__init__(
            f"{NAMA[objek]} “{nama}” berakhir dengan versi {self.berakhir_versi}{day}; "
            + (f"penerusnya {heirs}." if penerus else "tanpa penerus.")
        )


def absence(objek: str, key: int, version: PetaVersi) -> PetaTidakAda:
    """To raise where a unit (``objek`` unor) or box (posisi) does not stand on a version. Three statements at
    most."""
    rows = fetch(_LIVES[objek], {"id": key})
    ended = [row for row in rows if row[1] <= version.nomor]
    if ended:
        _since, until, nama, heirs = max(ended, key=lambda row: row[1])
        names = dict(fetch(_HEIRS[objek], {"ids": list(heirs)})) if heirs else {}
        akhir = PetaVersi.objects.filter(instansi_id=version.instansi_id, nomor=until).first()
        return SudahBerakhir(
            objek,
            key,
            nama,
            akhir,
            until - 1,
            [Penerus(heir, names[heir]) for heir in heirs if heir in names],
        )
    told = f"{NAMA[objek]} itu tidak ada dalam peta versi {version.nomor}"
    return PetaTidakAda(f"{told}; baru ada sejak versi {rows[0][0]}." if rows else f"{told}.")
