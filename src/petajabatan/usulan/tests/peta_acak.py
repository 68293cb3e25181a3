"""Random small maps and operations for property tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from petajabatan.jabatan.rules.beda import IsiPosisi, IsiUnor
from petajabatan.usulan.data_kebijakan import muat_kebijakan
from petajabatan.usulan.data_nama import muat_aturan_nama
from petajabatan.usulan.rules import operasi as op
from petajabatan.usulan.rules.majemuk import urai
from petajabatan.usulan.rules.objek import Perubahan
from petajabatan.usulan.rules.pandangan import AcuanTetap, DasarAcuan, JabatanAcuan, PetaDraf
from petajabatan.usulan.rules.terapkan import terapkan

HARI = dt.date(2026, 11, 1)
NAMA = ("Bidang Anggaran", "Bidang Aset", "Seksi Pendataan", "Seksi Pelaporan", "Subbagian Umum", "UPT Pasar")
ACUAN = AcuanTetap(
    muat_aturan_nama(HARI),
    eselon={"21": 21, "31": 31, "41": 41},
    jenjang={"PT": "Ahli Pertama", "PELAKSANA": "Pelaksana"},
    urusan={"1.01": "Pendidikan"},
    rentang_kelas={"PT": (8, 9), "PELAKSANA": (1, 7)},
    kebijakan=muat_kebijakan(HARI),
    daftar_jabatan={
        1: JabatanAcuan(1, "Pengadministrasi Umum", "pelaksana", "PELAKSANA"),
        2: JabatanAcuan(2, "Analis Kebijakan Ahli Pertama", "fungsional", "PT"),
        3: JabatanAcuan(3, "Pengelola Data", "pelaksana", "PELAKSANA"),
        4: JabatanAcuan(4, "Jabatan Lama", "pelaksana", "PELAKSANA", aktif=False),
    },
    daftar_dasar={1: DasarAcuan(1, "Perbup 1/2020"), 2: DasarAcuan(2, "Perbup 2/2026")},
)


@st.composite
def peta(draw: st.DrawFn, maks: int = 9) -> PetaDraf:
    """A sound map of up to ``maks`` units with boxes and people."""
    n = draw(st.integers(2, maks))
    units, boxes, people = [IsiUnor(1, None, "Dinas Uji", "Kepala Dinas", eselon="21")], [], {}
    for key in range(2, n + 1):
        above = draw(st.integers(1, key - 1))
        units.append(
            IsiUnor(key, above, f"{draw(st.sampled_from(NAMA))} {key}", urutan=key, dasar_hukum_id=1)
        )
    for key in range(1, n + 1):
        for place in range(draw(st.integers(0, 3))):
            box = 100 * key + place
            jabatan = draw(st.integers(1, 3))
            ref = ACUAN.daftar_jabatan[jabatan]
            k = draw(st.one_of(st.none(), st.integers(0, 5)))
            boxes.append(IsiPosisi(box, key, ref.nama, ref.jenis, ref.jenjang, 6, k, False, place, jabatan))
            people[box] = draw(st.integers(0, 3))
    return PetaDraf(1, units, boxes, ACUAN, orang={k: v for k, v in people.items() if v})


def operasi_acak(draw: st.DrawFn, view: PetaDraf, baru: int) -> Any:
    """An operation on what the draft holds now; it may well be refused."""
    unit = st.sampled_from(sorted(u.id for u in view.units()))
    boxes = sorted(p.id for p in view.boxes())
    kinds = [
        "tambah-unor",
        "pindah-unor",
        "hapus-unor",
        "koreksi",
        "dasar",
        "tambah-posisi",
        "gabung",
        "ganti",
    ]
    kinds += ["k", "kelas", "pindah-posisi", "hapus-posisi"] if boxes else []
    match draw(st.sampled_from(kinds)):
        case "tambah-unor":
            return op.TambahUnor(id=baru, atasan_id=draw(unit), nama=f"{draw(st.sampled_from(NAMA))} {baru}")
        case "pindah-unor":
            return op.PindahUnor(
                unor_id=draw(unit), atasan_id=draw(unit), sesudah=draw(st.one_of(st.none(), unit))
            )
        case "hapus-unor":
            return op.HapusUnor(unor_id=draw(unit), penerus=(draw(unit),), cabang=draw(st.booleans()))
        case "koreksi":
            return op.KoreksiNama(unor_id=draw(unit), nama=f"{draw(st.sampled_from(NAMA))} {baru}")
        case "dasar":
            return op.PerbaruiDasar(unor_id=draw(unit), dasar_hukum_id=2, cabang=draw(st.booleans()))
        case "tambah-posisi":
            return op.TambahPosisi(
                id=baru, unor_id=draw(unit), jenis_posisi="pelaksana", jabatan_id=draw(st.integers(1, 4)),
                k=draw(st.integers(0, 4)),
            )  # fmt: skip
        case "gabung":
            return op.GabungUnor(unor_id=(draw(unit),), menjadi=draw(unit))
        case "ganti":
            return op.GantiNama(unor_id=draw(unit), nama=f"{draw(st.sampled_from(NAMA))} baru {baru}")
        case "k":
            return op.UbahK(
                posisi_id=draw(st.sampled_from(boxes)), k=draw(st.one_of(st.none(), st.integers(0, 9)))
            )
        case "kelas":
            return op.UbahKelas(posisi_id=draw(st.sampled_from(boxes)), kelas=draw(st.integers(1, 17)))
        case "pindah-posisi":
            return op.PindahPosisi(posisi_id=draw(st.sampled_from(boxes)), unor_id=draw(unit))
        case _:
            return op.HapusPosisi(
                posisi_id=draw(st.sampled_from(boxes)),
                penerus=draw(st.one_of(st.none(), st.sampled_from(boxes))),
            )


def jalankan_acak(draw: st.DrawFn, view: PetaDraf, n: int, mulai: int = 10_000) -> list[list[Perubahan]]:
    """Carry out ``n`` random operations; the steps of each part that was not refused, in order."""
    made: list[list[Perubahan]] = []
    ids = iter(range(mulai, mulai + 100 * (n + 1)))
    for _ in range(n):
        whole = operasi_acak(draw, view, next(ids))
        for part in urai(view, whole, lambda _kind: next(ids)):
            result = terapkan(view, part)
            if result.ditolak:
                break
            view.take(result.perubahan)
            made.append(list(result.perubahan))
    return made
