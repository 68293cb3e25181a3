"""What an operation does to a draft: the steps it takes, or the findings that refuse it.

``terapkan`` never changes anything; it answers with steps (``Perubahan``) that the caller takes. Ids of new
objects are given by the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.rules.nama import nilai_perubahan_nama
from petajabatan.usulan.rules.objek import TIADA, Keadaan, Objek, Perubahan
from petajabatan.usulan.rules.pandangan import Pandangan, cabang, jalur, posisi_of, tempat, unor_of
from petajabatan.usulan.rules.tulisan import nama_kotak

ESELON_TANPA = frozenset({"", "00", "99"})
"""SIASN codes that mean 'no eselon' (organisasi.rules.muatan)."""
URUTAN_MAKS = 2_147_483_647
T = TypeVar("T", IsiUnor, IsiPosisi)


@dataclass(frozen=True)
class HasilTerap:
    """Steps to take and findings to show. With a finding of severity galat there are no steps."""

    perubahan: tuple[Perubahan, ...] = ()
    temuan: tuple[Temuan, ...] = ()

    @property
    def ditolak(self) -> bool:
        return any(t.tingkat == "galat" for t in self.temuan)


@dataclass
class _Kerja:
    """Steps and findings while they are collected."""

    steps: list[Perubahan] = field(default_factory=list)
    found: list[Temuan] = field(default_factory=list)

    def ubah(self, objek: Objek, before: Any, after: Any, penerus: Sequence[int] = ()) -> None:
        if before == after and not penerus:
            return
        row = before if before is not None else after
        old = TIADA if before is None else Keadaan(before)
        self.steps.append(Perubahan(objek, row.id, old, Keadaan(after, tuple(penerus))))

    def tolak(self, kode: str, kalimat: str, perbaikan: str, **more: Any) -> None:
        self.found.append(Temuan(kode, "galat", kalimat, perbaikan, **more))

    def ingatkan(self, kode: str, kalimat: str, perbaikan: str, **more: Any) -> None:
        self.found.append(Temuan(kode, "peringatan", kalimat, perbaikan, **more))

    def hasil(self) -> HasilTerap:
        if any(t.tingkat == "galat" for t in self.found):
            return HasilTerap((), tuple(self.found))
        return HasilTerap(tuple(self.steps), tuple(self.found))


def terapkan(view: Pandangan, operasi: Any) -> HasilTerap:
    """The steps of one (not composite) operation on this draft. Raises KeyError for an unknown kind."""
    work = _Kerja()
    _APPLY[operasi.jenis](view, operasi, work)
    return work.hasil()


def _unor(view: Pandangan, key: int, work: _Kerja) -> IsiUnor | None:
    unit = unor_of(view, key)
    if unit is None:
        work.tolak(
            "unor-tidak-ada",
            f"Unit {key} tidak ada pada peta usulan ini (mungkin sudah dihapus).",
            "Pilih unit yang masih ada, atau urungkan penghapusannya.",
            nilai=str(key),
        )
    return unit


def _posisi(view: Pandangan, key: int, work: _Kerja) -> IsiPosisi | None:
    box = posisi_of(view, key)
    if box is None:
        work.tolak(
            "posisi-tidak-ada",
            f"Jabatan {key} tidak ada pada peta usulan ini (mungkin sudah dihapus).",
            "Pilih jabatan yang masih ada, atau urungkan penghapusannya.",
            nilai=str(key),
        )
    return box


def sisipkan(siblings: Sequence[T], moved: T, sesudah: int | None) -> tuple[T, list[tuple[T, T]]]:
    """``moved`` with its place after the sibling ``sesudah`` (0: first, None: last), and the siblings that
    must make room as (before, after). Siblings come in order and without ``moved``."""
    if sesudah is None:
        last = siblings[-1].urutan if siblings else 0
        return moved._replace(urutan=min(last + 1, URUTAN_MAKS)), []
    at = 0
    if sesudah:
        places = {row.id: n for n, row in enumerate(siblings, 1)}
        at = places.get(sesudah, len(siblings))
    place = (siblings[at - 1].urutan + 1) if at else min(1, (siblings[0].urutan - 1) if siblings else 1)
    if at == 0:
        place = max(place, -URUTAN_MAKS)
    placed = moved._replace(urutan=place)
    shifted: list[tuple[T, T]] = []
    floor = place
    for row in siblings[at:]:
        if row.urutan > floor:
            break
        floor += 1
        shifted.append((row, row._replace(urutan=floor)))
    return placed, shifted


def _tambah_unor(view: Pandangan, o: op.TambahUnor, work: _Kerja) -> None:
    assert o.id is not None
    if view.keadaan("unor", [o.id])[o.id] != TIADA:
        work.tolak("id-terpakai", f"Id unit {o.id} sudah dipakai.", "Ulangi tanpa menyebut id.")
    siblings: Sequence[IsiUnor] = ()
    if o.atasan_id is None:
        if view.akar() is not None:
            work.tolak(
                "akar-ganda",
                "Peta sudah mempunyai unit puncak; unit baru harus berada di bawah unit lain.",
                "Pilih unit atasannya.",
                kolom="atasan_id",
            )
    elif _unor(view, o.atasan_id, work) is not None:
        siblings = view.anak([o.atasan_id])[o.atasan_id]
    made = IsiUnor(
        o.id,
        o.atasan_id,
        " ".join(o.nama.split()),
        " ".join(o.nama_jabatan.split()),
        o.jenis_unor,
        o.eselon or None,
        0,
        o.wilayah or None,
        o.urusan,
        o.cepat_kode,
        o.dasar_hukum_id,
        o.pasal,
        o.halaman,
    )
    made, shifted = sisipkan(list(siblings), made, o.sesudah)
    work.ubah("unor", None, made)
    for before, after in shifted:
        work.ubah("unor", before, after)


def _hapus_unor(view: Pandangan, o: op.HapusUnor, work: _Kerja) -> None:
    unit = _unor(view, o.unor_id, work)
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
            f"{unit.nama} masih mempunyai {len(branch) - 1} unit di bawahnya.",
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
            f"Masih ada {total} pegawai pada {unit.nama}"
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
    _pass_on(view, "unor", dict.fromkeys(gone, o.penerus), work)
    _pass_on(view, "posisi", {box.id: takers.get(box.id, ()) for box in mine}, work)
    if o.penerus_posisi:
        _check_named_boxes(view, o, {box.id for box in mine}, work)


def _people_to_come(view: Pandangan, units: set[int], boxes: set[int]) -> int:
    """People of objects removed earlier in this draft who were to go to these."""
    from_units = {key for rows in view.digantikan("unor", sorted(units)).values() for key in rows}
    from_boxes = {key for rows in view.digantikan("posisi", sorted(boxes)).values() for key in rows}
    loose = view.orang_tanpa_kotak(sorted(from_units))
    return sum(view.orang(sorted(from_boxes)).values()) + sum(loose.values())


def _pass_on(view: Pandangan, objek: Objek, gone: Mapping[int, tuple[int, ...]], work: _Kerja) -> None:
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


def _check_successor(view: Pandangan, key: int, gone: set[int], work: _Kerja) -> None:
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


def _check_named_boxes(view: Pandangan, o: op.HapusUnor, mine: set[int], work: _Kerja) -> None:
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


def _koreksi_nama(view: Pandangan, o: op.KoreksiNama, work: _Kerja) -> None:
    if o.posisi_id is not None:
        _koreksi_posisi(view, o, work)
        return
    unit = _unor(view, o.unor_id or 0, work)
    if unit is None:
        return
    nama = " ".join((o.nama or unit.nama).split())
    jabatan = unit.nama_jabatan if o.nama_jabatan is None else " ".join(o.nama_jabatan.split())
    _judge(view, o, unit.nama, nama, "unit", unit.id, work)
    if unit.nama_jabatan:
        _judge(view, o, unit.nama_jabatan, jabatan, "jabatan pimpinan", unit.id, work)
    if work.found:
        return
    work.ubah("unor", unit, unit._replace(nama=nama, nama_jabatan=jabatan))
    for box in view.kotak([unit.id])[unit.id]:
        if box.kepala and box.jenis == "struktural" and box.nama == unit.nama_jabatan != jabatan and jabatan:
            work.ubah("posisi", box, box._replace(nama=jabatan))


def _koreksi_posisi(view: Pandangan, o: op.KoreksiNama, work: _Kerja) -> None:
    box = _posisi(view, o.posisi_id or 0, work)
    if box is None:
        return
    if box.jenis != "struktural":
        work.tolak(
            "nama-dari-referensi",
            f"Nama {box.nama} berasal dari referensi jabatan; tidak diubah di sini.",
            "Bila jabatannya lain, tambahkan jabatan yang benar lalu hapus yang ini dengan penerusnya.",
            tempat=tempat(view, box.unor_id),
        )
        return
    nama = " ".join((o.nama or box.nama).split())
    _judge(view, o, box.nama, nama, "jabatan", box.unor_id, work)
    if not work.found:
        work.ubah("posisi", box, box._replace(nama=nama))


def _judge(
    view: Pandangan, o: op.KoreksiNama, lama: str, baru: str, apa: str, unor_id: int, work: _Kerja
) -> None:
    """Refuse a rename that is no correction (rule C), saying why."""
    if not baru:
        work.tolak("nama-kosong", f"Nama {apa} kosong.", "Isi namanya.", kolom="nama")
        return
    verdict = nilai_perubahan_nama(lama, baru, view.acuan.nama)
    if verdict.putusan != "reorganisasi":
        return
    work.tolak(
        "bukan-koreksi",
        f"“{lama}” menjadi “{baru}” bukan koreksi salah ketik: " + " ".join(verdict.alasan),
        "Nama baru karena peraturan baru berarti unit baru: tambahkan unit dengan nama baru, lalu hapus yang"
        " lama dengan menunjuknya sebagai penerus. Program dapat melakukannya sekaligus (ganti-nama).",
        tempat=tempat(view, unor_id),
        kolom="nama",
        nilai=f"jarak {verdict.jarak} (ambang {verdict.ambang})",
    )


def _pindah_unor(view: Pandangan, o: op.PindahUnor, work: _Kerja) -> None:
    unit = _unor(view, o.unor_id, work)
    target = _unor(view, o.atasan_id, work)
    if unit is None or target is None:
        return
    if unit.atasan_id is None:
        work.tolak("pindah-akar", "Unit puncak tidak dapat dipindahkan.", "Pilih unit di bawahnya.")
    elif any(row.id == unit.id for row in jalur(view, target.id)):
        work.tolak(
            "pindah-melingkar",
            f"{unit.nama} tidak dapat dipindahkan ke bawah dirinya sendiri.",
            "Pilih unit atasan di luar cabangnya.",
            tempat=tempat(view, unit.id),
        )
    if work.found:
        return
    siblings = [row for row in view.anak([target.id])[target.id] if row.id != unit.id]
    moved, shifted = sisipkan(siblings, unit._replace(atasan_id=target.id), o.sesudah)
    work.ubah("unor", unit, moved)
    for before, after in shifted:
        work.ubah("unor", before, after)


def _ubah_unor(view: Pandangan, o: op.UbahUnor, work: _Kerja) -> None:
    unit = _unor(view, o.unor_id, work)
    if unit is None:
        return
    given = {
        "jenis": o.jenis_unor,
        "eselon": o.eselon,
        "wilayah": o.wilayah,
        "urusan": o.urusan,
        "cepat_kode": o.cepat_kode,
        "pasal": o.pasal,
        "halaman": o.halaman,
    }
    values: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    values |= dict.fromkeys(o.kosongkan)
    work.ubah("unor", unit, unit._replace(**values))


def _perbarui_dasar(view: Pandangan, o: op.PerbaruiDasar, work: _Kerja) -> None:
    if _unor(view, o.unor_id, work) is None:
        return
    known = view.acuan.dasar_hukum([o.dasar_hukum_id]).get(o.dasar_hukum_id)
    if known is None or known.status == "dicabut":
        name = known.nama if known else f"Dasar hukum {o.dasar_hukum_id}"
        work.tolak(
            "dasar-tidak-berlaku",
            f"{name} {'sudah dicabut' if known else 'tidak tercatat pada instansi ini'}.",
            "Pilih peraturan yang berlaku; catat dahulu peraturannya bila belum ada.",
            kolom="dasar_hukum_id",
        )
        return
    rows = cabang(view, o.unor_id) if o.cabang else cabang(view, o.unor_id)[:1]
    for row in rows:
        values: dict[str, Any] = {"dasar_hukum_id": o.dasar_hukum_id}
        if o.pasal is not None and row.id == o.unor_id:
            values["pasal"] = o.pasal
        work.ubah("unor", row, row._replace(**values))


def _tambah_posisi(view: Pandangan, o: op.TambahPosisi, work: _Kerja) -> None:
    assert o.id is not None
    unit = _unor(view, o.unor_id, work)
    nama, jenjang = " ".join(o.nama.split()), o.jenjang or None
    if o.jenis_posisi == "struktural":
        if not nama and unit is not None:
            nama = unit.nama_jabatan
        if not nama:
            work.tolak("nama-kosong", "Nama jabatan struktural kosong.", "Isi nama jabatannya.", kolom="nama")
    else:
        ref = view.acuan.jabatan([o.jabatan_id]).get(o.jabatan_id) if o.jabatan_id is not None else None
        if ref is None or ref.jenis != o.jenis_posisi:
            work.tolak(
                "jabatan-tidak-dikenal",
                f"Jabatan {o.jenis_posisi} {o.jabatan_id or nama or ''} tidak ada dalam referensi.",
                "Pilih jabatan dari daftar referensi.",
                kolom="jabatan_id",
            )
        elif not ref.aktif:
            work.tolak(
                "jabatan-tidak-aktif",
                f"{ref.nama} sudah tidak dipakai dalam referensi jabatan.",
                "Pilih jabatan yang masih aktif.",
                kolom="jabatan_id",
            )
        else:
            nama, jenjang = nama_kotak(ref.nama), jenjang or ref.jenjang
    if o.kepala and unit is not None:
        _check_head(view, o, unit, work)
    if work.found or unit is None:
        return
    rows = [box for box in view.kotak([unit.id])[unit.id] if not box.kepala]
    made = IsiPosisi(
        o.id, unit.id, nama, o.jenis_posisi, jenjang, o.kelas, 1 if o.kepala else o.k, o.kepala, 0,
        o.jabatan_id if o.jenis_posisi != "struktural" else None, None,
    )  # fmt: skip
    if o.kepala:
        work.ubah("posisi", None, made)
        return
    made, shifted = sisipkan(rows, made, o.sesudah)
    work.ubah("posisi", None, made)
    for before, after in shifted:
        work.ubah("posisi", before, after)


def _check_head(view: Pandangan, o: op.TambahPosisi, unit: IsiUnor, work: _Kerja) -> None:
    held = next((box for box in view.kotak([unit.id])[unit.id] if box.kepala), None)
    if held is not None:
        work.tolak(
            "kepala-ganda",
            f"{unit.nama} sudah dipimpin {held.nama}; satu unit satu pimpinan.",
            "Hapus dahulu jabatan pimpinan yang lama, atau tambahkan sebagai jabatan biasa.",
            tempat=tempat(view, unit.id),
        )
    if o.jenis_posisi == "pelaksana" or (
        o.jenis_posisi == "fungsional" and unit.jenis not in view.acuan.kepala_fungsional
    ):
        work.tolak(
            "kepala-bukan-struktural",
            f"{unit.nama} dipimpin jabatan struktural, bukan {o.jenis_posisi}.",
            "Pilih jabatan struktural; hanya sekolah dan fasilitas kesehatan dipimpin JF bertugas tambahan.",
            tempat=tempat(view, unit.id),
        )
    if o.k not in (None, 1):
        work.tolak("kepala-satu-kursi", "Jabatan pimpinan mempunyai tepat satu kursi.", "Isi K dengan 1.")


def _hapus_posisi(view: Pandangan, o: op.HapusPosisi, work: _Kerja) -> None:
    box = _posisi(view, o.posisi_id, work)
    if box is None:
        return
    people = view.orang([box.id]).get(box.id, 0)
    if o.penerus is not None and (o.penerus == box.id or posisi_of(view, o.penerus) is None):
        work.tolak(
            "penerus-jabatan-tidak-ada",
            f"Jabatan penerus {o.penerus} tidak ada pada peta usulan ini.",
            "Pilih jabatan lain yang masih ada.",
            kolom="penerus",
        )
    if people and o.penerus is None:
        work.ingatkan(
            "jabatan-berpegawai-dihapus",
            f"{people} pegawai menduduki {box.nama}; tanpa jabatan penerus mereka tercatat tanpa kursi pada"
            " unitnya.",
            "Sebutkan jabatan penerusnya bila ada.",
            tempat=tempat(view, box.unor_id),
        )
    heirs = () if o.penerus is None else (o.penerus,)
    work.ubah("posisi", box, None, heirs)
    _pass_on(view, "posisi", {box.id: heirs}, work)


def _pindah_posisi(view: Pandangan, o: op.PindahPosisi, work: _Kerja) -> None:
    box = _posisi(view, o.posisi_id, work)
    target = _unor(view, o.unor_id, work)
    if box is None or target is None:
        return
    others = [row for row in view.kotak([target.id])[target.id] if row.id != box.id]
    if box.kepala and box.unor_id != target.id:
        work.tolak(
            "pindah-pimpinan",
            f"{box.nama} memimpin unitnya; jabatan pimpinan tidak berpindah unit.",
            "Tambahkan jabatan pimpinan pada unit tujuan, lalu hapus yang ini dengan menunjuknya sebagai"
            " penerus.",
            tempat=tempat(view, box.unor_id),
        )
        return
    moved, shifted = sisipkan(
        [row for row in others if not row.kepala], box._replace(unor_id=target.id), o.sesudah
    )
    work.ubah("posisi", box, moved)
    for before, after in shifted:
        work.ubah("posisi", before, after)


def _ubah_k(view: Pandangan, o: op.UbahK, work: _Kerja) -> None:
    box = _posisi(view, o.posisi_id, work)
    if box is None:
        return
    if box.kepala and o.k != 1:
        work.tolak(
            "kepala-satu-kursi",
            f"{box.nama} adalah jabatan pimpinan dan mempunyai tepat satu kursi.",
            "Biarkan K = 1, atau hapus jabatannya bila tidak diperlukan.",
            tempat=tempat(view, box.unor_id),
            kolom="k",
        )
    else:
        work.ubah("posisi", box, box._replace(k=o.k))


def _ubah_kelas(view: Pandangan, o: op.UbahKelas, work: _Kerja) -> None:
    box = _posisi(view, o.posisi_id, work)
    if box is not None:
        work.ubah("posisi", box, box._replace(kelas=o.kelas))


def _ubah_infojab(view: Pandangan, o: op.UbahInfojab, work: _Kerja) -> None:
    box = _posisi(view, o.posisi_id, work)
    if box is not None:
        work.ubah("posisi", box, box._replace(infojab_id=o.infojab_id))


_APPLY: dict[str, Callable[[Pandangan, Any, _Kerja], None]] = {
    "tambah-unor": _tambah_unor,
    "hapus-unor": _hapus_unor,
    "koreksi-nama": _koreksi_nama,
    "pindah-unor": _pindah_unor,
    "ubah-unor": _ubah_unor,
    "perbarui-dasar": _perbarui_dasar,
    "tambah-posisi": _tambah_posisi,
    "hapus-posisi": _hapus_posisi,
    "pindah-posisi": _pindah_posisi,
    "ubah-k": _ubah_k,
    "ubah-kelas": _ubah_kelas,
    "ubah-infojab": _ubah_infojab,
}
