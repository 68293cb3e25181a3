"""What replicating posts from one unit to others comes to: which box is new, which is there already and
what it lacks, and the operations that do it. Pure; nothing that is already written is ever overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.jabatan.rules.evaluasi import KelasNasional
from petajabatan.jabatan.rules.isian import BAGIAN_INFOJAB
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.rules.pandangan import JabatanAcuan

IKUT = tuple(code for code in BAGIAN_INFOJAB if code != "evaluasi")
"""Sections that come along. The evaluation of a post is its own: the kelas comes, its factor sheet does
not."""


@dataclass(frozen=True, slots=True)
class Pilihan:
    """What comes along. ``k``: the need and the volumes of the ABK sheet (without it the sheet brings its
    rows and norms, and K stays open until volumes are written); ``bersama``: the copies of one source post
    share one informasi jabatan, so that it is written once for all of them; ``posisi_baru``: new boxes may be
    made (an operator of informasi jabatan only completes those that are there); ``ubah_k``: a sheet may
    change the K that a box has already (without it such a sheet comes with open volumes and K stays)."""

    infojab: bool = True
    abk: bool = True
    k: bool = True
    kelas: bool = True
    bersama: bool = True
    posisi_baru: bool = True
    ubah_k: bool = False


@dataclass(frozen=True, slots=True)
class Sumber:
    """A source: its units (root first), their boxes, the sections of their informasi jabatan and ABK sheets.
    ``sendiri``: it belongs to the instansi it is copied to."""

    unor: Sequence[IsiUnor]
    kotak: Mapping[int, Sequence[IsiPosisi]]
    isian: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    abk: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    sendiri: bool = True


@dataclass(frozen=True, slots=True)
class Tujuan:
    """The target: boxes of each unit, sections and sheets they have already."""

    kotak: Mapping[int, Sequence[IsiPosisi]]
    isian: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    abk: Mapping[int, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Salin:
    """One source box on one target unit. ``kotak``: the box that is there already (None: a new one); the
    others say what comes: ``isian`` sections of the informasi jabatan, ``abk`` rows of the sheet."""

    sumber: IsiPosisi
    unor_id: int
    kotak: IsiPosisi | None = None
    kelas: int | None = None
    k: int | None = None
    isian: tuple[str, ...] = ()
    abk: int = 0
    infojab_baru: bool = False
    k_lembar: int | None = None
    """The K that the sheet of the source gives, where the box has another one already."""
    k_berubah: bool = False
    """Whether the box takes ``k_lembar``; it keeps its own otherwise, and volumes stay open."""

    @property
    def selisih_k(self) -> int:
        """What an existing box that has a K gains or loses."""
        if not self.k_berubah or self.kotak is None or self.k_lembar is None:
            return 0
        return self.k_lembar - (self.kotak.k or 0)

    @property
    def lengkap(self) -> bool:
        """Nothing to do: the box is there and has everything."""
        return self.kotak is not None and not (
            self.isian or self.abk or self.kelas is not None or self.k is not None
        )


@dataclass(frozen=True)
class Rencana:
    """What would be done, box by box, and what there is to say about it."""

    salin: tuple[Salin, ...]
    temuan: tuple[Temuan, ...]

    @property
    def baru(self) -> int:
        return sum(s.kotak is None for s in self.salin)

    @property
    def dilengkapi(self) -> int:
        return sum(s.kotak is not None and not s.lengkap for s in self.salin)

    @property
    def sudah_ada(self) -> int:
        return sum(s.lengkap for s in self.salin)

    def ringkas(self) -> dict[str, int]:
        """Figures for people: boxes, sections and ABK rows."""
        return {
            "jabatan_baru": self.baru,
            "jabatan_dilengkapi": self.dilengkapi,
            "jabatan_sudah_ada": self.sudah_ada,
            "bagian_infojab": sum(len(s.isian) for s in self.salin),
            "baris_abk": sum(s.abk for s in self.salin),
            "k_berubah": sum(s.k_berubah for s in self.salin),
            "selisih_k": sum(s.selisih_k for s in self.salin),
        }


def plan(
    sumber: Sumber,
    tujuan: Tujuan,
    pasangan: Sequence[tuple[int, int]],
    pilihan: Pilihan,
    *,
    jabatan: Mapping[int, JabatanAcuan],
    kelas_nasional: Mapping[int, KelasNasional] | None = None,
    posisi: Iterable[int] | None = None,
    k_lembar: Mapping[int, int] | None = None,
) -> Rencana:
    """The plan for these pairs (source unit, target unit). ``posisi``: only these source boxes; ``k_lembar``:
    the K that the sheet of a source box gives here."""
    chosen = None if posisi is None else set(posisi)
    work = _Kerja(sumber, tujuan, pilihan, jabatan, kelas_nasional or {}, k_lembar or {})
    for one, two in dict.fromkeys(pasangan):
        boxes = [b for b in sumber.kotak.get(one, ()) if chosen is None or b.id in chosen]
        work.unit(one, two, boxes)
    return Rencana(tuple(work.salin), tuple(work.temuan))


class _Kerja:
    """The plan while it is made. Boxes it adds to a unit count as being there for the next pair."""

    def __init__(
        self,
        sumber: Sumber,
        tujuan: Tujuan,
        pilihan: Pilihan,
        jabatan: Mapping[int, JabatanAcuan],
        kelas: Mapping[int, KelasNasional],
        k_lembar: Mapping[int, int],
    ) -> None:
        self.sumber, self.tujuan, self.pilihan = sumber, tujuan, pilihan
        self.jabatan, self.kelas, self.k_lembar = jabatan, kelas, k_lembar
        self.names = {u.id: u.nama for u in sumber.unor}
        self.salin: list[Salin] = []
        self.temuan: list[Temuan] = []
        self._said: set[tuple[str, int]] = set()
        self._served: set[int] = set()

    def unit(self, one: int, two: int, boxes: Sequence[IsiPosisi]) -> None:
        there: dict[tuple[str, int | None], list[IsiPosisi]] = {}
        for box in self.tujuan.kotak.get(two, ()):
            if not box.kepala:
                there.setdefault((box.jenis, box.jabatan_id), []).append(box)
        for box in boxes:
            if not self._may_come(one, box):
                continue
            held = there.get((box.jenis, box.jabatan_id))
            if held:
                self.salin.append(self._complete(box, two, held.pop(0)))
            elif self.pilihan.posisi_baru:
                self.salin.append(self._new(box, two))
            else:
                self._say(
                    "jabatan-belum-ada",
                    box.id,
                    "peringatan",
                    f"{box.nama} belum ada pada unit tujuan; peran Anda tidak menambah jabatan.",
                    "Minta operator SOTK menambahkannya, lalu ulangi.",
                    box,
                )

    def _may_come(self, unit: int, box: IsiPosisi) -> bool:
        if box.kepala or box.jenis == "struktural":
            self._say(
                "pimpinan-tidak-disalin",
                unit,
                "catatan",
                f"Jabatan pimpinan dan struktural pada {self.names.get(unit, unit)} tidak ikut disalin.",
                "Jabatan pimpinan lahir bersama unitnya.",
                box,
            )
            return False
        ref = self.jabatan.get(box.jabatan_id or 0)
        if ref is None or not ref.aktif:
            self._say(
                "jabatan-tidak-aktif",
                box.jabatan_id or 0,
                "peringatan",
                f"{box.nama} sudah tidak dipakai dalam referensi jabatan; tidak ikut disalin.",
                "Tambahkan jabatan penggantinya pada unit tujuan.",
                box,
            )
            return False
        return True

    def _new(self, box: IsiPosisi, unit: int) -> Salin:
        sheet = self._sheet(box)
        k = box.k if self.pilihan.k else None
        return Salin(
            box,
            unit,
            None,
            self._kelas(box),
            k,
            self._sections(box),
            len(sheet or ()),
            self._own_infojab(box),
        )

    def _complete(self, box: IsiPosisi, unit: int, there: IsiPosisi) -> Salin:
        isian: tuple[str, ...] = ()
        made = False
        if there.infojab_id is None:
            isian, made = self._sections(box), self._own_infojab(box)
        elif there.infojab_id not in self._served and there.infojab_id != box.infojab_id:
            has = self.tujuan.isian.get(there.infojab_id, {})
            isian = tuple(code for code in self._sections(box) if not has.get(code))
            self._served.add(there.infojab_id)
        sheet = self._sheet(box) if there.id not in self.tujuan.abk else None
        kelas = self._kelas(box) if there.kelas is None else None
        k = box.k if self.pilihan.k and there.k is None else None
        other = self.k_lembar.get(box.id) if sheet and self.pilihan.k and there.k is not None else None
        if other == there.k:
            other = None
        changes = other is not None and self.pilihan.ubah_k
        return Salin(box, unit, there, kelas, k, isian, len(sheet or ()), made, other, changes)

    def _kelas(self, box: IsiPosisi) -> int | None:
        national = self.kelas.get(box.jabatan_id or 0)
        if national is not None:
            if box.kelas is not None and box.kelas != national.kelas:
                self._say(
                    "kelas-terkunci",
                    box.jabatan_id or 0,
                    "peringatan",
                    f"Kelas {box.nama} ditetapkan nasional {national.kelas} ({national.sumber});"
                    f" kelas {box.kelas} dari sumber tidak dipakai.",
                    "Ajukan pengecualian pada evaluasi jabatan bila memang berbeda.",
                    box,
                )
            return national.kelas
        return box.kelas if self.pilihan.kelas else None

    def _own_infojab(self, box: IsiPosisi) -> bool:
        return bool(self._sections(box))

    def _sections(self, box: IsiPosisi) -> tuple[str, ...]:
        if not self.pilihan.infojab or box.infojab_id is None:
            return ()
        held = self.sumber.isian.get(box.infojab_id, {})
        return tuple(code for code in IKUT if held.get(code))

    def _sheet(self, box: IsiPosisi) -> Sequence[Any] | None:
        if not self.pilihan.abk:
            return None
        return (self.sumber.abk.get(box.id) or {}).get("baris")

    def _say(self, kode: str, about: int, tingkat: Any, kalimat: str, perbaikan: str, box: IsiPosisi) -> None:
        if (kode, about) in self._said:
            return
        self._said.add((kode, about))
        place = self.names.get(box.unor_id, "")
        self.temuan.append(Temuan(kode, tingkat, kalimat, perbaikan, tempat=place, nilai=box.nama))


def operations(rencana: Rencana, sumber: Sumber, pilihan: Pilihan) -> list[Any]:
    """The operations of a plan, in order; new boxes and informasi jabatan have placeholders below zero."""
    made: list[Any] = []
    boxes: dict[int, int] = {}
    next_id = -1
    for n, s in enumerate(rencana.salin):
        if s.kotak is not None:
            boxes[n] = s.kotak.id
            continue
        boxes[n] = next_id
        made.append(
            op.TambahPosisi.model_construct(
                jenis="tambah-posisi",
                id=next_id,
                unor_id=s.unor_id,
                sesudah=None,
                jenis_posisi=s.sumber.jenis,
                jabatan_id=s.sumber.jabatan_id,
                nama="",
                jenjang=s.sumber.jenjang,
                kepala=False,
                kelas=s.kelas,
                k=s.k,
            )
        )
        next_id -= 1
    for s in rencana.salin:
        if s.kotak is None:
            continue
        if s.kelas is not None:
            made.append(op.UbahKelas(posisi_id=s.kotak.id, kelas=s.kelas))
        if s.k is not None:  # a sheet that can be calculated says it better, below
            made.append(op.UbahK(posisi_id=s.kotak.id, k=s.k))
    made += _descriptions(rencana, sumber, pilihan, boxes, next_id)
    sheets: dict[tuple[int, bool], dict[str, Any]] = {}
    for n, s in enumerate(rencana.salin):
        if s.abk:
            # One object for all copies of a sheet: it is tidied and calculated once.
            volume = pilihan.k and (s.k_lembar is None or s.k_berubah)
            if (s.sumber.id, volume) not in sheets:
                sheets[s.sumber.id, volume] = sheet_for(sumber.abk[s.sumber.id], volume)
            sheet = sheets[s.sumber.id, volume]
            made.append(
                op.TulisIsian.model_construct(
                    jenis="tulis-isian", infojab_id=None, posisi_id=boxes[n], bagian="abk", isi=sheet
                )
            )
    return made


def _descriptions(
    rencana: Rencana, sumber: Sumber, pilihan: Pilihan, boxes: Mapping[int, int], next_id: int
) -> list[Any]:
    """New informasi jabatan (one per source box, or one per copy), and the gaps of those that are there."""
    made: list[Any] = []
    groups: dict[tuple[int, int], list[int]] = {}
    for n, s in enumerate(rencana.salin):
        if s.infojab_baru:
            groups.setdefault((s.sumber.infojab_id or 0, 0 if pilihan.bersama else n), []).append(n)
    for (source, _), members in groups.items():
        for begin in range(0, len(members), 500):
            part = members[begin : begin + 500]
            made.append(
                op.BuatInfojab.model_construct(
                    jenis="buat-infojab", id=next_id, posisi_id=tuple(boxes[n] for n in part), nama=""
                )
            )
            codes = rencana.salin[part[0]].isian
            made += _texts(sumber, source, next_id, codes)
            next_id -= 1
    for s in rencana.salin:
        if s.isian and not s.infojab_baru and s.kotak is not None:
            made += _texts(sumber, s.sumber.infojab_id or 0, s.kotak.infojab_id or 0, s.isian)
    return made


def _texts(sumber: Sumber, source: int, infojab_id: int, codes: Iterable[str]) -> list[Any]:
    held = sumber.isian[source]
    return [
        op.TulisIsian.model_construct(
            jenis="tulis-isian",
            infojab_id=infojab_id,
            posisi_id=None,
            bagian=code,
            isi=held[code] if sumber.sendiri else without_own_references(held[code]),
        )
        for code in codes
    ]


def without_own_references(isi: Mapping[str, Any]) -> dict[str, Any]:
    """A section without what only the source's instansi knows: the ids of its own regulations. Their titles
    stay."""
    made = dict(isi)
    if "dasar_hukum" in made:
        made["dasar_hukum"] = [
            {name: value for name, value in row.items() if name != "id"} for row in made["dasar_hukum"]
        ]
    return made


def sheet_for(sheet: Mapping[str, Any], volume: bool) -> dict[str, Any]:
    """An ABK sheet for another box: rows and norms, with volumes only where asked for. The recommendation
    of a pembina was given to the source and stays there."""
    rows = [dict(row) if volume else dict(row) | {"volume": None} for row in sheet.get("baris", ())]
    kept = {name: value for name, value in sheet.items() if name in ("waktu", "kebijakan")}
    return kept | {"baris": rows, "dari": "abk"}
