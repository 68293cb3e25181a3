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
from petajabatan.usulan.rules.objek import Keadaan, Objek, Perubahan
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


JENIS = ("struktural", "struktural", "upt", "kelompok", "kecamatan", "kelurahan", "sekolah")
ESELON = (None, "21", "31", "31", "41")


@st.composite
def peta(draw: st.DrawFn, maks: int = 9) -> PetaDraf:
    """A sound map of up to ``maks`` units with heads, boxes, people and codes."""
    n = draw(st.integers(2, maks))
    units, boxes, people = [IsiUnor(1, None, "Dinas Uji", "Kepala Dinas", eselon="21")], [], {}
    for key in range(2, n + 1):
        above = draw(st.integers(1, key - 1))
        nama, head = draw(st.sampled_from(NAMA)), draw(st.sampled_from(("", "Kepala Bidang")))
        jenis, eselon = draw(st.sampled_from(JENIS)), draw(st.sampled_from(ESELON))
        unit = IsiUnor(key, above, f"{nama} {key}", head, jenis, eselon, key)
        urusan, dasar = draw(st.sampled_from(((), ("1.01",)))), draw(st.sampled_from((1, 2, None)))
        units.append(unit._replace(urusan=urusan, dasar_hukum_id=dasar))
    for unit in units:
        if draw(st.booleans()):
            boxes.append(
                IsiPosisi(100 * unit.id + 90, unit.id, "Kepala Bidang", "struktural", None, 11, 1, True, 0)
            )
            people[100 * unit.id + 90] = draw(st.integers(0, 1))
        for place in range(draw(st.integers(0, 3))):
            box = 100 * unit.id + place
            jabatan = draw(st.integers(1, 3))
            ref = ACUAN.daftar_jabatan[jabatan]
            k = draw(st.one_of(st.none(), st.integers(0, 5)))
            boxes.append(
                IsiPosisi(box, unit.id, ref.nama, ref.jenis, ref.jenjang, 6, k, False, place, jabatan)
            )
            people[box] = draw(st.integers(0, 3))
    loose = draw(st.dictionaries(st.integers(1, n), st.integers(1, 2), max_size=3))
    codes = {unit.id: frozenset({"npsn"}) for unit in units if unit.jenis == "sekolah" and unit.id % 2}
    seated = {k: v for k, v in people.items() if v}
    return PetaDraf(1, units, boxes, ACUAN, orang=seated, orang_unor=loose, kode=codes)


def operasi_acak(draw: st.DrawFn, view: PetaDraf, baru: int) -> Any:
    """An operation on what the draft holds now; it may well be refused."""
    unit = st.sampled_from(sorted(u.id for u in view.units()))
    boxes = sorted(p.id for p in view.boxes())
    kinds = [
        "tambah-unor",
        "pindah-unor",
        "hapus-unor",
        "koreksi",
        "ubah",
        "dasar",
        "tambah-posisi",
        "gabung",
        "ganti",
    ]
    kinds += ["k", "kelas", "pindah-posisi", "hapus-posisi"] if boxes else []
    match draw(st.sampled_from(kinds)):
        case "tambah-unor":
            return op.TambahUnor(
                id=baru, atasan_id=draw(unit), nama=f"{draw(st.sampled_from(NAMA))} {baru}",
                eselon=draw(st.sampled_from(ESELON)), jenis_unor=draw(st.sampled_from(JENIS)),
                nama_jabatan=draw(st.sampled_from(("", "Kepala Bidang"))),
                dasar_hukum_id=draw(st.sampled_from((None, 1))),
            )  # fmt: skip
        case "ubah":
            return op.UbahUnor(
                unor_id=draw(unit), eselon=draw(st.sampled_from(ESELON)),
                jenis_unor=draw(st.sampled_from(JENIS)),
                urusan=draw(st.sampled_from((None, (), ("1.01",)))),
            )  # fmt: skip
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


def langkah_kasar(draw: st.DrawFn, view: PetaDraf, baru: int) -> list[Perubahan]:
    """A step that no operation would make, as a rebase may leave it: circles, units under removed ones,
    successors that are gone."""
    units = [f"unor:{u.id}" for u in view.units()]
    boxes = [f"posisi:{p.id}" for p in view.boxes()]
    gone = [f"{objek}:{key}" for objek, key in view.disentuh() if not view.keadaan(objek, [key])[key].hidup]
    some = [*sorted(u.id for u in view.units()), 99_999]
    named = draw(st.sampled_from(sorted([*units, *boxes, *gone, "unor:0", "posisi:0"])))
    kind, _, text = named.partition(":")
    objek: Objek = "unor" if kind == "unor" else "posisi"
    key = int(text) or baru
    now = view.keadaan(objek, [key])[key]
    target = draw(st.sampled_from(some))
    heirs = some if objek == "unor" else [*sorted(p.id for p in view.boxes()), 99_999]
    removed = Keadaan(None, tuple(draw(st.lists(st.sampled_from(heirs), max_size=2, unique=True))))
    base = view.terbit(objek, [key]).get(key)
    row = now.isi or base
    after = removed
    if row is None or draw(st.integers(0, 2)):
        if isinstance(row, IsiUnor):
            after = Keadaan(row if row.atasan_id is None else row._replace(atasan_id=target))
        elif isinstance(row, IsiPosisi):
            after = Keadaan(row._replace(unor_id=target, k=draw(st.integers(0, 3))))
        elif objek == "unor":
            after = Keadaan(IsiUnor(key, target, draw(st.sampled_from(NAMA)), eselon="31"))
        else:
            after = Keadaan(IsiPosisi(key, target, "Pengelola Data", "pelaksana", None, 6, 1, False, 1, 3))
    if base is None and not after.hidup:
        after = Keadaan(None)
    return [] if after == now else [Perubahan(objek, key, now, after)]
