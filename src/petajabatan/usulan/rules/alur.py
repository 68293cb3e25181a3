"""The way of an usulan through the offices: states, transitions, who may take them, and what forbids them.

The table is ours: one row per transition, and plain guards that answer with findings. The database knows the
same pairs of states (sql/0002_dinding.sql, trigger ``usulan_alur``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from petajabatan.inti.temuan import Temuan
from petajabatan.jabatan.rules.abk.angka import write_number as angka

Hak = Literal["susun", "tetapkan", "verifikasi"]
"""Kinds of actors: who drafts (by service, see ``HAK``), who signs for the instansi, who verifies for BKN."""
HAK: Mapping[str, Mapping[str, str]] = {
    "susun": {"sotk": "usulan", "infojab": "infojab"},
    "tetapkan": {"sotk": "tetapkan", "infojab": "tetapkan"},
    "verifikasi": {"sotk": "verifikasi", "infojab": "verifikasi"},
}
"""Which action right of ``akun.rules`` each kind needs, by service."""

STATUS: Mapping[str, str] = {
    "draf": "Draf",
    "menunggu_persetujuan": "Menunggu persetujuan instansi",
    "diajukan": "Diajukan ke BKN",
    "diverifikasi": "Sedang diverifikasi",
    "perbaikan": "Perlu perbaikan",
    "disetujui": "Disetujui BKN",
    "ditetapkan": "Ditetapkan",
    "ditolak": "Ditolak",
    "dibatalkan": "Dibatalkan",
}
AKHIR = frozenset({"ditetapkan", "ditolak", "dibatalkan"})
"""States nothing leads out of."""
DAPAT_DISUNTING = frozenset({"draf", "perbaikan"})
ALUR_UTAMA = ("draf", "menunggu_persetujuan", "diajukan", "diverifikasi", "disetujui", "ditetapkan")


@dataclass(frozen=True)
class Transisi:
    """One way from a state to a state. ``ke`` equal to ``dari``: something is recorded, the state stays.

    ``alasan``: a reason must be given; ``surat``: a signed letter is needed; ``gerbang``: the whole check
    must be without galat; ``gugur``: approvals given so far are void afterwards.
    """

    tindakan: str
    dari: str
    ke: str
    hak: tuple[Hak, ...]
    alasan: bool = False
    surat: bool = False
    gerbang: bool = False
    gugur: bool = False


JUDUL: Mapping[str, str] = {
    "ajukan-ke-penyetuju": "Ajukan ke penyetuju",
    "kembalikan": "Kembalikan",
    "tanda-tangani": "Tanda tangani dan ajukan",
    "tarik": "Tarik kembali",
    "ambil": "Ambil",
    "lepas": "Lepas",
    "minta-perbaikan": "Minta perbaikan",
    "periksa-kedua": "Setujui sebagai pemeriksa kedua",
    "setujui": "Setujui",
    "tolak": "Tolak",
    "tetapkan": "Tetapkan",
    "batalkan": "Batalkan usulan",
}
"""Actions as their buttons say, in the order they are offered."""
_M: tuple[Hak, ...] = ("susun",)
_P: tuple[Hak, ...] = ("tetapkan",)
_V: tuple[Hak, ...] = ("verifikasi",)
TABEL: tuple[Transisi, ...] = (
    Transisi("ajukan-ke-penyetuju", "draf", "menunggu_persetujuan", _M, gerbang=True),
    Transisi("ajukan-ke-penyetuju", "perbaikan", "menunggu_persetujuan", _M, gerbang=True),
    Transisi("tarik", "menunggu_persetujuan", "draf", _M, gugur=True),
    Transisi("kembalikan", "menunggu_persetujuan", "draf", _P, alasan=True, gugur=True),
    Transisi("tanda-tangani", "menunggu_persetujuan", "diajukan", _P, surat=True, gerbang=True),
    Transisi("tarik", "diajukan", "draf", ("susun", "tetapkan"), gugur=True),
    Transisi("ambil", "diajukan", "diverifikasi", _V),
    Transisi("lepas", "diverifikasi", "diajukan", _V),
    Transisi("minta-perbaikan", "diverifikasi", "perbaikan", _V, alasan=True, gugur=True),
    Transisi("periksa-kedua", "diverifikasi", "diverifikasi", _V, gerbang=True),
    Transisi("setujui", "diverifikasi", "disetujui", _V, gerbang=True),
    Transisi("tolak", "diverifikasi", "ditolak", _V, alasan=True, gugur=True),
    Transisi("tetapkan", "disetujui", "ditetapkan", _P, gerbang=True),
    Transisi("kembalikan", "disetujui", "perbaikan", _P, alasan=True, gugur=True),
    Transisi("minta-perbaikan", "disetujui", "perbaikan", _V, alasan=True, gugur=True),
    Transisi("batalkan", "draf", "dibatalkan", _M, alasan=True),
    Transisi("batalkan", "perbaikan", "dibatalkan", ("susun", "tetapkan"), alasan=True, gugur=True),
    Transisi("batalkan", "menunggu_persetujuan", "dibatalkan", _P, alasan=True, gugur=True),
    Transisi("batalkan", "disetujui", "dibatalkan", _P, alasan=True, gugur=True),
)
PEMEGANG = frozenset({"minta-perbaikan", "setujui", "tolak"})
"""Actions on a taken usulan that only its verifikator takes."""


_DIPUTUS = "operator memutus pertentangannya lewat Selaraskan"
PERBAIKAN_KONFLIK: Mapping[str, str] = {
    "ajukan-ke-penyetuju": "Buka Selaraskan, lalu putuskan tiap pertentangan: usulan ini atau peta terbit.",
    "tanda-tangani": f"Pilih “Kembalikan”; {_DIPUTUS}, lalu mengajukannya lagi.",
    "periksa-kedua": f"Sampaikan kepada verifikator pemegangnya agar meminta perbaikan; {_DIPUTUS}.",
    "setujui": f"Pilih “Minta perbaikan”; {_DIPUTUS}, lalu usulan diajukan lagi.",
    "tetapkan": f"Pilih “Kembalikan”; {_DIPUTUS}, lalu usulan diajukan lagi.",
    "lintas": f"Pilih “Minta perbaikan”; {_DIPUTUS}, lalu usulan diajukan lagi.",
}
"""What to do about conflicts, by the buttons of the person who takes the action; ``lintas``: who publishes a
bundle."""


@dataclass(frozen=True)
class Fakta:
    """What the guards look at.

    Ids are those of accounts; ``n_operasi`` is 0 for a draft that changes nothing; ``besar`` says why the
    change is large; ``temuan_gerbang`` are the findings of the whole check that stop a gate; ``n_konflik``
    what must be decided before the draft stands on the last version, on the page ``selaras``; ``lintas`` the
    other parts of a bundle as (instansi, status).
    """

    status: str
    revisi: int
    layanan: str = "sotk"
    jenis: str = "sebagian"
    aktor: int | None = None
    verifikator: int | None = None
    pemeriksa_kedua: frozenset[int | None] = frozenset()
    n_operasi: int = 0
    besar: tuple[str, ...] = ()
    temuan_gerbang: tuple[Temuan, ...] = ()
    n_konflik: int = 0
    selaras: str = ""
    n_permintaan: int = 0
    setuju_instansi: bool = False
    setuju_bkn: bool = False
    lintas: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Isian:
    """What the person gave along with the action, on which day."""

    alasan: str = ""
    revisi: int | None = None
    surat: bool = False
    nomor: str = ""
    tanggal: dt.date | None = None
    hari: dt.date | None = None


def transition_of(tindakan: str, status: str) -> Transisi | None:
    return next((t for t in TABEL if t.tindakan == tindakan and t.dari == status), None)


def hak_of(transisi: Transisi, jenis: str) -> tuple[Hak, ...]:
    """Who takes it; the parts of a bundle are published together by BKN, not each by its instansi."""
    return _V if transisi.tindakan == "tetapkan" and jenis == "lintas" else transisi.hak


def rights_of(tindakan: str, layanan: str, jenis: str, status: str | None = None) -> tuple[str, ...]:
    """Action rights of ``akun.rules`` that allow the action in some state (or in this one)."""
    rows = [t for t in TABEL if t.tindakan == tindakan and status in (None, t.dari)]
    kinds = dict.fromkeys(hak for t in rows for hak in hak_of(t, jenis))
    return tuple(HAK[hak][layanan] for hak in kinds)


def _galat(
    kode: str, kalimat: str, perbaikan: str, kolom: str = "", nilai: str = "", tautan: str = ""
) -> Temuan:
    return Temuan(kode, "galat", kalimat, perbaikan, kolom=kolom, nilai=nilai, tautan=tautan)


def refuse_state(tindakan: str, fakta: Fakta) -> Temuan:
    """Why the action is not possible in this state."""
    if tindakan == "ambil" and fakta.status == "diverifikasi":
        return _galat(
            "sudah-diambil",
            "Usulan ini sudah diambil verifikator lain.",
            "Pilih usulan lain dari daftar kerja.",
        )
    if tindakan == "tarik" and fakta.status == "diverifikasi":
        return _galat(
            "sudah-diambil",
            "Usulan ini sudah diambil verifikator BKN, jadi tidak dapat ditarik lagi.",
            "Minta verifikator mengembalikannya untuk perbaikan.",
        )
    mungkin = " atau ".join(f"“{STATUS[t.dari]}”" for t in TABEL if t.tindakan == tindakan)
    return _galat(
        "tindakan-tidak-berlaku",
        f"Usulan ini “{STATUS[fakta.status]}”; “{JUDUL.get(tindakan, tindakan)}” hanya dari {mungkin}.",
        "Muat ulang halaman untuk melihat keadaan terakhirnya.",
        nilai=fakta.status,
    )


def guard(transisi: Transisi, fakta: Fakta, isian: Isian) -> list[Temuan]:
    """Everything that forbids the transition now; empty when it may be taken. Roles are checked elsewhere."""
    found: list[Temuan] = []
    if isian.revisi is not None and isian.revisi != fakta.revisi:
        found.append(
            _galat(
                "usulan-sudah-berubah",
                f"Usulan ini berubah sejak Anda membukanya (revisi {isian.revisi}, kini {fakta.revisi}).",
                "Muat ulang halaman, lihat perubahannya, lalu putuskan lagi.",
                nilai=str(fakta.revisi),
            )
        )
    if _needs_reason(transisi, fakta) and not isian.alasan.strip():
        found.append(_galat("alasan-kosong", "Alasannya belum ditulis.", "Tulis alasannya.", "alasan"))
    found += _letter(transisi, isian)
    if transisi.gerbang:
        found += _gate(transisi, fakta)
    found += _people(transisi, fakta)
    if transisi.tindakan == "tetapkan":
        found += _publishing(fakta)
    return found


def _needs_reason(transisi: Transisi, fakta: Fakta) -> bool:
    """Letting go of what somebody else holds wants a reason, letting go of one's own does not."""
    return transisi.alasan or (transisi.tindakan == "lepas" and fakta.aktor != fakta.verifikator)


def _letter(transisi: Transisi, isian: Isian) -> Iterable[Temuan]:
    if not transisi.surat:
        return
    if not isian.surat:
        yield _galat(
            "surat-belum-ada",
            "Surat pengantar yang sudah ditandatangani belum diunggah.",
            "Unggah pindaian suratnya sebagai PDF.",
            "surat",
        )
    if not isian.nomor.strip():
        yield _galat("nomor-surat-kosong", "Nomor surat belum diisi.", "Isi nomor suratnya.", "nomor")
    if isian.tanggal is None:
        yield _galat("tanggal-surat-kosong", "Tanggal surat belum diisi.", "Isi tanggal suratnya.", "tanggal")
    elif isian.hari is not None and isian.tanggal > isian.hari:
        yield _galat(
            "tanggal-surat-mendatang",
            f"Tanggal surat {isian.tanggal.isoformat()} belum tiba.",
            "Isi tanggal yang tertulis pada surat.",
            "tanggal",
            isian.tanggal.isoformat(),
        )


def _gate(transisi: Transisi, fakta: Fakta) -> Iterable[Temuan]:
    if fakta.n_operasi == 0 and fakta.jenis != "pembatalan":
        yield _galat(
            "usulan-kosong",
            "Usulan ini belum berisi perubahan.",
            "Tambahkan sedikitnya satu operasi, atau batalkan usulannya.",
        )
    if fakta.n_konflik:
        yield _galat(
            "konflik-terbuka",
            f"Masih ada {angka(fakta.n_konflik)} pertentangan dengan versi yang terbit sementara itu.",
            PERBAIKAN_KONFLIK[
                "lintas" if fakta.jenis == "lintas" and transisi.tindakan == "tetapkan" else transisi.tindakan
            ],
            nilai=str(fakta.n_konflik),
            tautan=fakta.selaras,
        )
    if fakta.n_permintaan and transisi.tindakan == "ajukan-ke-penyetuju":
        yield _galat(
            "perbaikan-belum-dijawab",
            f"Masih ada {angka(fakta.n_permintaan)} permintaan perbaikan yang belum dijawab.",
            "Jawab atau selesaikan tiap permintaan pada tab Komentar.",
            nilai=str(fakta.n_permintaan),
        )
    yield from fakta.temuan_gerbang


def _people(transisi: Transisi, fakta: Fakta) -> Iterable[Temuan]:
    holder = fakta.aktor == fakta.verifikator
    if transisi.tindakan in PEMEGANG and fakta.status == "diverifikasi" and not holder:
        yield _galat(
            "bukan-pemeriksanya",
            "Usulan ini dipegang verifikator lain.",
            "Minta pemegangnya memutuskan, atau lepaskan dengan alasan lalu ambil sendiri.",
        )
    if transisi.tindakan == "periksa-kedua" and holder:
        yield _galat(
            "mata-kedua-orang-lain",
            "Pemeriksa kedua harus orang lain dari verifikator yang memegang usulan ini.",
            "Minta verifikator lain memeriksanya.",
        )
    if transisi.tindakan == "periksa-kedua" and fakta.pemeriksa_kedua - {fakta.verifikator}:
        yield _galat(
            "sudah-diperiksa-kedua",
            "Usulan ini sudah disetujui pemeriksa kedua.",
            "Tidak ada yang perlu dilakukan; verifikator pemegangnya yang memutuskan.",
        )
    if transisi.tindakan == "setujui" and fakta.besar and not fakta.pemeriksa_kedua - {fakta.aktor}:
        yield _galat(
            "perlu-mata-kedua",
            f"Perubahan besar ({', '.join(fakta.besar)}) perlu persetujuan pemeriksa kedua.",
            "Minta verifikator lain memeriksa dan menyetujuinya sebagai pemeriksa kedua.",
        )


def _publishing(fakta: Fakta) -> Iterable[Temuan]:
    if not fakta.setuju_instansi or not fakta.setuju_bkn:
        yield _galat(
            "persetujuan-gugur",
            "Persetujuan instansi atau BKN atas usulan ini belum ada atau sudah gugur.",
            "Kembalikan untuk perbaikan, lalu ajukan lagi.",
        )
    for instansi, status in fakta.lintas:
        if status not in ("disetujui", "ditetapkan"):
            yield _galat(
                "bagian-belum-disetujui",
                f"Bagian {instansi} masih “{STATUS.get(status, status)}”.",
                "Usulan lintas instansi ditetapkan bersama setelah semua bagiannya disetujui.",
                nilai=status,
            )


@dataclass(frozen=True)
class Tetapan:
    """One dated figure: ``kunci`` (a state, or a measure of size) → ``nilai``, in force from a day on."""

    berlaku_dari: dt.date
    kunci: str
    nilai: int
    sumber: str


def in_force(rows: Iterable[Tetapan], pada: dt.date) -> dict[str, int]:
    """The figures in force on a day, by key."""
    result: dict[str, int] = {}
    for row in sorted(rows, key=lambda r: r.berlaku_dari):
        if row.berlaku_dari <= pada:
            result[row.kunci] = row.nilai
    return result


def due_date(rows: Iterable[Tetapan], status: str, pada: dt.date) -> dt.date | None:
    """By when the state should be left again (calendar days); None where no term is set."""
    days = in_force(rows, pada).get(status)
    return None if days is None else pada + dt.timedelta(days=days)


def large_by(rows: Iterable[Tetapan], pada: dt.date, ukuran: Mapping[str, int]) -> tuple[str, ...]:
    """What makes a change large: each measure above its threshold, in words. Empty: it is not large.

    ``operasi`` is the number of actions on the map, plus one per informasi jabatan or ABK sheet touched.
    """
    limits = in_force(rows, pada)
    return tuple(
        f"{angka(value)} {name}, batas {angka(limits[name])}"
        for name, value in ukuran.items()
        if value > limits.get(name, value)
    )
