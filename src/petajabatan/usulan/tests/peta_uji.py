"""A small sound map, and how a case differs from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from petajabatan.jabatan.data_abk import abk_reference, infojab_fields
from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.jabatan.rules.isian import IsiIsian, isian_id
from petajabatan.jabatan.rules.kelas_nasional import Ketentuan
from petajabatan.usulan.rules.objek import Keadaan, Objek, Perubahan
from petajabatan.usulan.rules.pandangan import AcuanTetap, DasarAcuan, JabatanAcuan, PetaDraf
from petajabatan.usulan.tests.peta_acak import ACUAN as ACUAN_ACAK

PELAKSANA, JF, LAMA, JF_TANPA, JF_NASIONAL = 1, 2, 4, 5, 6
ACUAN = AcuanTetap(
    ACUAN_ACAK.nama,
    eselon={code: int(code) for code in ("11", "21", "22", "31", "32", "41", "42", "51", "99")},
    jenjang={
        "PT": "Ahli Pertama", "MU": "Ahli Muda", "PELAKSANA": "Pelaksana", "JPT-PRATAMA": "JPT Pratama",
        "ADM": "Administrator", "PENGAWAS": "Pengawas",
    },
    urusan={"1.01": "Pendidikan", "1.02": "Kesehatan", "5.02": "Keuangan"},
    abk=abk_reference(dt.date(2026, 1, 1)),
    isian=infojab_fields(dt.date(2026, 1, 1)),
    rentang_kelas={
        "PT": (8, 9), "MU": (9, 10), "PELAKSANA": (1, 7), "JPT-PRATAMA": (14, 14), "ADM": (11, 12),
        "PENGAWAS": (8, 10),
    },
    kebijakan=ACUAN_ACAK.kebijakan,
    daftar_jabatan={
        PELAKSANA: JabatanAcuan(PELAKSANA, "Pengadministrasi Perkantoran", "pelaksana", "PELAKSANA"),
        JF: JabatanAcuan(JF, "Analis Kebijakan Ahli Pertama", "fungsional", "PT"),
        3: JabatanAcuan(3, "Pengelola Data", "pelaksana", "PELAKSANA"),
        LAMA: JabatanAcuan(LAMA, "Pengelola Arsip", "pelaksana", "PELAKSANA", aktif=False),
        JF_TANPA: JabatanAcuan(JF_TANPA, "Perawat", "fungsional"),
        JF_NASIONAL: JabatanAcuan(JF_NASIONAL, "Penata Uji Ahli Pertama", "fungsional", "PT"),
    },
    ketentuan=[Ketentuan(JF_NASIONAL, None, None, 8, "Lampiran buatan untuk uji", "Penata Uji Ahli Pertama")],
    daftar_dasar={
        1: DasarAcuan(1, "Perbup Nomor 1 Tahun 2020", "berlaku", 2020),
        2: DasarAcuan(2, "Perbup Nomor 2 Tahun 2026", "berlaku", 2026),
        3: DasarAcuan(3, "Perbup Nomor 3 Tahun 2012", "dicabut", 2012),
        4: DasarAcuan(4, "Perbup Nomor 4 Tahun 2018", "diubah", 2018),
    },
)  # fmt: skip
(
    PEMDA,
    DINAS,
    BIDANG,
    BIDANG_LAIN,
    SEKSI,
    SEKSI_LAIN,
    KECAMATAN,
    KELURAHAN,
    SEKOLAH,
    SEKSI_ASET,
    SEKSI_DATA,
) = range(1, 12)


def _unit(
    key: int, above: int | None, nama: str, eselon: str | None, jenis: str = "struktural", **more: Any
) -> IsiUnor:
    head = more.pop("nama_jabatan", f"Kepala {nama}")
    return IsiUnor(key, above, nama, head, jenis, eselon, key, dasar_hukum_id=1, pasal="5", **more)


UNIT = {
    u.id: u
    for u in (
        _unit(PEMDA, None, "Pemerintah Kabupaten Uji", None, nama_jabatan=""),
        _unit(DINAS, PEMDA, "Dinas Kesehatan", "22", urusan=("1.02",)),
        _unit(BIDANG, DINAS, "Bidang Anggaran", "32"),
        _unit(BIDANG_LAIN, DINAS, "Bidang Sarana", "32"),
        _unit(SEKSI, BIDANG, "Seksi Penganggaran", "41"),
        _unit(SEKSI_LAIN, BIDANG, "Seksi Pelaporan", "41"),
        _unit(KECAMATAN, PEMDA, "Kecamatan Lasem", "31", "kecamatan", wilayah="33.17.14",
              nama_jabatan="Camat Lasem"),
        _unit(KELURAHAN, KECAMATAN, "Kelurahan Gedong", "41", "kelurahan", wilayah="33.17.14.1001",
              nama_jabatan="Lurah Gedong"),
        _unit(SEKOLAH, DINAS, "SMK Kesehatan Gedong", None, "sekolah"),
        _unit(SEKSI_ASET, BIDANG_LAIN, "Seksi Gedung", "41"),
        _unit(SEKSI_DATA, BIDANG_LAIN, "Seksi Kendaraan", "41"),
    )
}  # fmt: skip
KELAS = {"22": 14, "31": 12, "32": 11, "41": 9, None: 8}


def _head(unit: IsiUnor) -> IsiPosisi:
    jf = unit.jenis == "sekolah"
    return IsiPosisi(
        100 * unit.id, unit.id, unit.nama_jabatan, "fungsional" if jf else "struktural", "PT" if jf else None,
        KELAS[unit.eselon], 1, True, 0, JF if jf else None, 1,
    )  # fmt: skip


def _staff(unit: int) -> IsiPosisi:
    nama = "Pengadministrasi Perkantoran"
    return IsiPosisi(100 * unit + 1, unit, nama, "pelaksana", "PELAKSANA", 5, 3, False, 1, PELAKSANA, 1)


KOTAK = {p.id: p for p in [_head(u) for u in UNIT.values() if u.nama_jabatan] + [_staff(key) for key in UNIT]}
STAF, STAF_SEKSI, STAF_SEKSI_LAIN = 100 * BIDANG + 1, 100 * SEKSI + 1, 100 * SEKSI_LAIN + 1
KODE = {SEKOLAH: frozenset({"npsn"})}


@dataclass(frozen=True)
class U:
    """A unit with other values; one not on the map is made new."""

    id: int
    nilai: dict[str, Any]
    objek: Objek = "unor"


@dataclass(frozen=True)
class P:
    """A box with other values; one not on the map is made new on ``unor_id``."""

    id: int
    nilai: dict[str, Any]
    objek: Objek = "posisi"


@dataclass(frozen=True)
class Hapus:
    objek: Objek
    id: int
    penerus: tuple[int, ...] = ()


@dataclass(frozen=True)
class A:
    """The ABK sheet of a box (its id), or the factor sheet of an informasi jabatan (``infojab_id``)."""

    posisi_id: int | None
    isi: dict[str, Any]
    objek: Objek = "isian"
    infojab_id: int | None = None

    @property
    def bagian(self) -> str:
        return "abk" if self.infojab_id is None else "evaluasi"

    @property
    def id(self) -> int:
        return isian_id(self.bagian, posisi_id=self.posisi_id, infojab_id=self.infojab_id)

    @property
    def baris(self) -> IsiIsian:
        return IsiIsian(self.id, self.infojab_id, self.posisi_id, self.bagian, self.isi)


def abk(key: int, *baris: tuple[str | None, str | None]) -> A:
    """A sheet of rows (volume, minutes)."""
    rows = [
        {"uraian": "Memeriksa berkas", "volume": v, "norma": n, "pegawai": 1, "giliran": 1} for v, n in baris
    ]
    return A(key, {"baris": rows, "dari": "abk"})


def evaluasi(infojab_id: int, **isi: Any) -> A:
    """A factor sheet."""
    return A(None, {"jenis": "fungsional", "faktor": {}} | isi, infojab_id=infojab_id)


def u(key: int, **values: Any) -> U:
    return U(key, values)


def p(key: int, **values: Any) -> P:
    return P(key, values)


def hapus(*keys: int, penerus: tuple[int, ...] = ()) -> tuple[Hapus, ...]:
    """Units go, with their boxes."""
    rows = [Hapus("posisi", box.id) for box in KOTAK.values() if box.unor_id in keys]
    return (*rows, *(Hapus("unor", key, penerus) for key in keys))


@dataclass(frozen=True)
class Peta:
    """``dasar``: how the published map differs from the sound one; ``draf``: what the draft does to it."""

    dasar: tuple[Any, ...] = ()
    draf: tuple[Any, ...] = ()
    orang: dict[int, int] = field(default_factory=dict)
    orang_unor: dict[int, int] = field(default_factory=dict)
    kode: dict[int, frozenset[str]] = field(default_factory=lambda: KODE)
    mitra: tuple[int, ...] = ()

    def bangun(self) -> PetaDraf:
        units, boxes = dict(UNIT), dict(KOTAK)
        sheets = [change.baris for change in self.dasar if isinstance(change, A)]
        for change in self.dasar:
            if isinstance(change, A):
                continue
            (units if change.objek == "unor" else boxes)[change.id] = _made(change, units, boxes)
        view = PetaDraf(
            1,
            units.values(),
            boxes.values(),
            ACUAN,
            orang=self.orang,
            orang_unor=self.orang_unor,
            kode=self.kode,
            isian=sheets,
        )
        view.mitra = set(self.mitra)
        for change in self.draf:
            now = view.keadaan(change.objek, [change.id])[change.id]
            if isinstance(change, Hapus):
                after = Keadaan(None, change.penerus)
            elif isinstance(change, A):
                after = Keadaan(change.baris)
            else:
                row = now.isi
                after = Keadaan(
                    _made(change, {change.id: row} if row else {}, {change.id: row} if row else {})
                )
            view.take([Perubahan(change.objek, change.id, now, after)])
        return view


def _made(change: U | P, units: dict[int, Any], boxes: dict[int, Any]) -> Any:
    if change.objek == "unor":
        row = units.get(change.id) or _unit(change.id, DINAS, f"Bidang Baru {change.id}", "32")
    else:
        row = boxes.get(change.id) or IsiPosisi(
            change.id, BIDANG, "Pengelola Data", "pelaksana", "PELAKSANA", 6, 1, False, 9, 3, 1
        )
    return row._replace(**change.nilai)
