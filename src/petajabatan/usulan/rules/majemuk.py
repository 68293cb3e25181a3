"""Operations that are made of others: merge, split, and the new name that is a new unit.

``urai`` gives their parts one after the other and sees the draft as the parts before left it, so the caller
takes the steps of each part before asking for the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
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
        if isinstance(operasi, op.TambahUnor) and operasi.membawa_kepala:
            yield op.TambahPosisi(
                id=id_baru("posisi"),
                unor_id=operasi.id or 0,
                jenis_posisi="struktural",
                nama=operasi.nama_jabatan,
                kepala=True,
                kelas=operasi.kelas_kepala,
                k=1,
            )


def _carry_over(view: Pandangan, dari: int, ke: int) -> Iterator[Any]:
    """Everything of one unit goes to another: units below, then boxes that lead nothing."""
    for unit in view.anak([dari])[dari]:
        yield op.PindahUnor(unor_id=unit.id, atasan_id=ke)
    for box in view.kotak([dari])[dari]:
        if not box.kepala:
            yield op.PindahPosisi(posisi_id=box.id, unor_id=ke)


def _head(view: Pandangan, unor_id: int) -> IsiPosisi | None:
    return next((box for box in view.kotak([unor_id])[unor_id] if box.kepala), None)


def pimpinan_lebur(view: Pandangan, dari: int, ke: int) -> list[tuple[IsiPosisi, list[IsiPosisi]]]:
    """The heads that go when one unit is merged into another (its own and those of units below that meet one
    of the same name there), each with the boxes the merged unit will have."""
    there, here = view.kotak([ke])[ke], view.kotak([dari])[dari]
    come = [box for box in here if not box.kepala and not any(_alike(b, box) for b in there)]
    found = [(box, [*there, *come]) for box in here if box.kepala]
    for unit in view.anak([dari])[dari]:
        same = _namesake(view, unit, ke)
        if same is not None:
            found += pimpinan_lebur(view, unit.id, same.id)
    return found


def _gabung(view: Pandangan, o: op.GabungUnor) -> Iterator[Any]:
    units = [key for key in dict.fromkeys(o.unor_id) if key != o.menjadi]
    named, twins = dict(o.penerus_posisi), dict[int, int]()
    for key in units:
        yield from _fold(view, key, o.menjadi, named, twins, terakhir=key == units[-1])


def _fold(
    view: Pandangan,
    dari: int,
    ke: int,
    named: dict[int, int | None],
    twins: dict[int, int],
    *,
    terakhir: bool = False,
) -> Iterator[Any]:
    """One unit goes into another. Units below of the same name and kind go into one, and so do boxes of the
    same jabatan and kelas: their K are added up. K that is set on one side only cannot be added; such boxes
    stay two.

    ``named``: successors of heads, each taken out when its unit goes; what is left belongs to no head, and
    the removal that is ``terakhir`` says so. ``twins``: boxes that went into others.
    """
    for unit in view.anak([dari])[dari]:
        same = _namesake(view, unit, ke)
        if same is None:
            yield op.PindahUnor(unor_id=unit.id, atasan_id=ke)
        else:
            yield from _fold(view, unit.id, same.id, named, twins)
    for box in view.kotak([dari])[dari]:
        if box.kepala:
            continue
        twin = next((b for b in view.kotak([ke])[ke] if _alike(b, box)), None)
        if twin is None:
            yield op.PindahPosisi(posisi_id=box.id, unor_id=ke)
            continue
        if box.k and twin.k is not None:
            yield op.UbahK(posisi_id=twin.id, k=twin.k + box.k)
        yield op.HapusPosisi(posisi_id=box.id, penerus=twin.id)
        twins[box.id] = twin.id
    head = _head(view, dari)
    mine = [key for key in named if terakhir or (head is not None and key == head.id)]
    heirs = {key: None if (to := named.pop(key)) is None else twins.get(to, to) for key in mine}
    yield op.HapusUnor(unor_id=dari, penerus=(ke,), penerus_posisi=heirs)


def _namesake(view: Pandangan, unit: IsiUnor, ke: int) -> IsiUnor | None:
    """The unit below ``ke`` that this one goes into."""
    below = view.anak([ke])[ke]
    return next((u for u in below if _plain(u.nama) == _plain(unit.nama) and u.jenis == unit.jenis), None)


def _plain(nama: str) -> str:
    return " ".join(nama.casefold().split())


def _alike(one: IsiPosisi, other: IsiPosisi) -> bool:
    return (
        not one.kepala
        and one.jabatan_id is not None
        and (one.jabatan_id, one.jenjang, one.kelas) == (other.jabatan_id, other.jenjang, other.kelas)
        and (one.k is None) == (other.k is None)
    )


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
    head = _head(view, old.id)
    title = o.nama_jabatan or sebutan_ikut(old.nama_jabatan, old.nama, o.nama)
    yield op.TambahUnor(
        id=new,
        atasan_id=old.atasan_id,
        sesudah=old.id,
        nama=o.nama,
        nama_jabatan=title,
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
            nama=o.nama_jabatan or sebutan_ikut(head.nama, old.nama, o.nama),
            jenjang=head.jenjang,
            kepala=True,
            kelas=head.kelas,
            k=1,
        )
    yield from _carry_over(view, old.id, new)
    named = {} if head is None else {head.id: new_head}
    yield op.HapusUnor(unor_id=old.id, penerus=(new,), penerus_posisi=named)


def sebutan_ikut(sebutan: str, lama: str, baru: str) -> str:
    """The name of a head that was formed from its unit's name, formed from the new one; others stay."""
    begin = sebutan.casefold().find(lama.casefold()) if lama else -1
    return sebutan if begin < 0 else sebutan[:begin] + baru + sebutan[begin + len(lama) :]
