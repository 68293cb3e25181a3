"""Operations that are made of others: merge, split, and the new name that is a new unit.

``urai`` gives their parts one after the other and sees the draft as the parts before left it, so the caller
takes the steps of each part before asking for the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.rules.pandangan import Pandangan, unor_of

IdBaru = Callable[[str], int]
"""Gives the id of a new object of the kind ``unor`` or ``posisi``."""


def urai(view: Pandangan, operasi: Any, id_baru: IdBaru) -> Iterator[Any]:
    """The parts of a composite operation; any other operation is its own single part."""
    if isinstance(operasi, op.GabungUnor):
        yield from _gabung(view, operasi)
    elif isinstance(operasi, op.PecahUnor):
        yield from _pecah(view, operasi)
    elif isinstance(operasi, op.GantiNama):
        yield from _ganti_nama(view, operasi, id_baru)
    else:
        yield operasi
        leads = isinstance(operasi, op.TambahUnor) and operasi.kepala and _leads(operasi.eselon)
        if leads and operasi.nama_jabatan:
            yield op.TambahPosisi(
                id=id_baru("posisi"),
                unor_id=operasi.id or 0,
                jenis_posisi="struktural",
                nama=operasi.nama_jabatan,
                kepala=True,
                k=1,
            )


def _leads(eselon: str | None) -> bool:
    return (eselon or "") not in ("", "00", "99")


def _carry_over(view: Pandangan, dari: int, ke: int) -> Iterator[Any]:
    """Everything of one unit goes to another: units below, then boxes that lead nothing."""
    for unit in view.anak([dari])[dari]:
        yield op.PindahUnor(unor_id=unit.id, atasan_id=ke)
    for box in view.kotak([dari])[dari]:
        if not box.kepala:
            yield op.PindahPosisi(posisi_id=box.id, unor_id=ke)


def _head(view: Pandangan, unor_id: int) -> int | None:
    return next((box.id for box in view.kotak([unor_id])[unor_id] if box.kepala), None)


def _gabung(view: Pandangan, o: op.GabungUnor) -> Iterator[Any]:
    for key in dict.fromkeys(o.unor_id):
        if key == o.menjadi:
            continue
        yield from _carry_over(view, key, o.menjadi)
        yield op.HapusUnor(unor_id=key, penerus=(o.menjadi,))


def _pecah(view: Pandangan, o: op.PecahUnor) -> Iterator[Any]:
    for unor_id, ke in o.bawahan.items():
        yield op.PindahUnor(unor_id=unor_id, atasan_id=ke)
    for posisi_id, ke in o.posisi.items():
        yield op.PindahPosisi(posisi_id=posisi_id, unor_id=ke)
    if o.hapus:
        targets = tuple(dict.fromkeys([*o.posisi.values(), *o.bawahan.values()]))
        yield op.HapusUnor(unor_id=o.unor_id, penerus=targets)


def _ganti_nama(view: Pandangan, o: op.GantiNama, id_baru: IdBaru) -> Iterator[Any]:
    old = unor_of(view, o.unor_id)
    if old is None:
        yield op.HapusUnor(unor_id=o.unor_id)  # says that it is not there
        return
    new = o.id if o.id is not None else id_baru("unor")
    head = next((box for box in view.kotak([old.id])[old.id] if box.kepala), None)
    yield op.TambahUnor(
        id=new,
        atasan_id=old.atasan_id,
        sesudah=old.id,
        nama=o.nama,
        nama_jabatan=o.nama_jabatan or old.nama_jabatan,
        jenis_unor=old.jenis,  # type: ignore[arg-type]
        eselon=old.eselon,
        wilayah=old.wilayah,
        urusan=old.urusan,
        dasar_hukum_id=o.dasar_hukum_id,
        pasal=o.pasal,
        kepala=False,
    )
    new_head = None
    if head is not None:
        new_head = id_baru("posisi")
        yield op.TambahPosisi(
            id=new_head,
            unor_id=new,
            jenis_posisi=head.jenis,  # type: ignore[arg-type]
            jabatan_id=head.jabatan_id,
            nama=o.nama_jabatan or head.nama,
            jenjang=head.jenjang,
            kepala=True,
            kelas=head.kelas,
            k=1,
        )
    yield from _carry_over(view, old.id, new)
    named = {} if head is None else {head.id: new_head}
    yield op.HapusUnor(unor_id=old.id, penerus=(new,), penerus_posisi=named)
