"""Removing a unit: who carries it on, and what becomes of boxes and people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from petajabatan.jabatan.rules.abk.angka import write_number as angka
from petajabatan.jabatan.rules.beda import IsiPosisi
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.rules.objek import Keadaan, Objek, Perubahan
from petajabatan.usulan.rules.pandangan import Pandangan, cabang, tempat, unor_of
from petajabatan.usulan.rules.terapkan.kerja import (
    Kerja,
    unor_atau_tolak,
)


def hapus_unor(view: Pandangan, o: op.HapusUnor, work: Kerja) -> None:
    unit = unor_atau_tolak(view, o.unor_id, work)
    if unit is None:
        return
    branch = cabang(view, o.unor_id)
    gone = {row.id for row in branch}
    if unit.atasan_id is None:
        work.tolak(
            "hapus-akar",
            f"{unit.nama} adalah unit puncak; peta tidak dapat tanpa unit puncak.",
            "Koreksi namanya bila salah ketik; perubahan lembaga diusulkan dari unit di bawahnya.",
            tempat=unit.nama,
        )
    if len(branch) > 1 and not o.cabang:
        work.tolak(
            "masih-ada-bawahan",
            f"{unit.nama} masih mempunyai {angka(len(branch) - 1)} unit di bawahnya.",
            "Pindahkan dahulu unit bawahannya, atau hapus beserta seluruh cabangnya.",
            tempat=tempat(view, o.unor_id),
        )
    for key in o.penerus:
        _check_successor(view, key, gone, work)
    boxes = view.kotak(gone)
    mine = [box for rows in boxes.values() for box in rows]
    people = view.orang([box.id for box in mine])
    loose = view.orang_tanpa_kotak(gone)
    total = sum(people.values()) + sum(loose.values()) + _people_to_come(view, gone, {box.id for box in mine})
    if total and not o.penerus:
        work.tolak(
            "hapus-tanpa-penerus",
            f"Masih ada {angka(total)} pegawai pada {unit.nama}"
            + (" dan unit di bawahnya" if len(branch) > 1 else "")
            + "; unit yang berpegawai tidak dapat dihapus tanpa penerus.",
            "Sebutkan unit penerus yang menampung pegawainya.",
            tempat=tempat(view, o.unor_id),
            kolom="penerus",
        )
    if work.found:
        return
    takers = _successor_boxes(view, o, mine)
    for box in mine:
        work.ubah("posisi", box, None, takers.get(box.id, ()))
    for row in reversed(branch):
        work.ubah("unor", row, None, o.penerus)
    pass_on(view, "unor", dict.fromkeys(gone, o.penerus), work)
    pass_on(view, "posisi", {box.id: takers.get(box.id, ()) for box in mine}, work)
    if o.penerus_posisi:
        _check_named_boxes(view, o, {box.id for box in mine}, work)
    _tell_without_seat(
        view, [box for box in mine if people.get(box.id) and not takers.get(box.id)], people, work
    )


def _tell_without_seat(
    view: Pandangan, boxes: list[IsiPosisi], people: Mapping[int, int], work: Kerja
) -> None:
    """Whose people the removal leaves without a seat; the boxes that go with nobody on them need no word."""
    if not boxes:
        return
    names = ", ".join(box.nama for box in boxes[:3]) + (
        f", dan {angka(len(boxes) - 3)} jabatan lain" if len(boxes) > 3 else ""
    )
    work.ingatkan(
        "orang-tanpa-kursi",
        f"{angka(sum(people[box.id] for box in boxes))} orang tanpa kursi: {names} tidak mempunyai jabatan"
        " penerus.",
        "Bila ada jabatan yang melanjutkannya, urungkan lalu sebutkan sebagai penerus.",
        tempat=tempat(view, boxes[0].unor_id),
    )


def _people_to_come(view: Pandangan, units: set[int], boxes: set[int]) -> int:
    """People of objects removed earlier in this draft who were to go to these."""
    from_units = {key for rows in view.digantikan("unor", sorted(units)).values() for key in rows}
    from_boxes = {key for rows in view.digantikan("posisi", sorted(boxes)).values() for key in rows}
    loose = view.orang_tanpa_kotak(sorted(from_units))
    return sum(view.orang(sorted(from_boxes)).values()) + sum(loose.values())


def pass_on(view: Pandangan, objek: Objek, gone: Mapping[int, tuple[int, ...]], work: Kerja) -> None:
    """Objects removed earlier in this draft that named one of these as successor name its successors now, so
    that a removed object always points at what is on the map."""
    followed = view.digantikan(objek, sorted(gone))
    earlier = sorted({key for keys in followed.values() for key in keys} - gone.keys())
    for key, state in view.keadaan(objek, earlier).items():
        heirs: dict[int, None] = {}
        for heir in state.penerus:
            heirs |= dict.fromkeys(gone.get(heir, (heir,)))
        after = Keadaan(None, tuple(heirs))
        if after != state:
            work.steps.append(Perubahan(objek, key, state, after))


def _check_successor(view: Pandangan, key: int, gone: set[int], work: Kerja) -> None:
    if key in gone:
        work.tolak(
            "penerus-ikut-terhapus",
            "Unit penerus berada di dalam cabang yang dihapus.",
            "Pilih unit penerus di luar cabang itu.",
            kolom="penerus",
            nilai=str(key),
        )
    elif unor_of(view, key) is None and not view.luar([key]):
        work.tolak(
            "penerus-tidak-ada",
            f"Unit penerus {key} tidak ada pada peta usulan ini.",
            "Pilih unit yang ada; tambahkan dahulu bila unitnya baru.",
            kolom="penerus",
            nilai=str(key),
        )


def _check_named_boxes(view: Pandangan, o: op.HapusUnor, mine: set[int], work: Kerja) -> None:
    named = [key for key in o.penerus_posisi.values() if key is not None]
    states = view.keadaan("posisi", named)
    for box_id, key in o.penerus_posisi.items():
        if box_id not in mine:
            work.tolak(
                "jabatan-bukan-milik-unit",
                f"Jabatan {box_id} tidak berada pada unit yang dihapus.",
                "Muat ulang halaman, lalu pilih lagi.",
                nilai=str(box_id),
            )
        elif key is not None and (not states[key].hidup or key in mine):
            work.tolak(
                "penerus-jabatan-tidak-ada",
                f"Jabatan penerus {key} tidak ada pada peta usulan ini.",
                "Pilih jabatan yang ada di luar cabang yang dihapus.",
                nilai=str(key),
            )


def _successor_boxes(
    view: Pandangan, o: op.HapusUnor, mine: Iterable[IsiPosisi]
) -> dict[int, tuple[int, ...]]:
    """Which box carries on each removed one: the one named, else the box of the same jabatan on the first
    successor that has one. A head is not carried on by guess."""
    free: dict[tuple[str, int], list[int]] = {}
    for rows in (view.kotak([key])[key] for key in o.penerus if unor_of(view, key) is not None):
        for box in rows:
            if box.jabatan_id is not None and not box.kepala:
                free.setdefault((box.jenis, box.jabatan_id), []).append(box.id)
    takers: dict[int, tuple[int, ...]] = {}
    for box in mine:
        if box.id in o.penerus_posisi:
            named = o.penerus_posisi[box.id]
            takers[box.id] = () if named is None else (named,)
        elif box.jabatan_id is not None and not box.kepala:
            takers[box.id] = tuple(free.get((box.jenis, box.jabatan_id), ())[:1])
    return takers
