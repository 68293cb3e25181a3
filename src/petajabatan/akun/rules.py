"""Roles, scopes and the visibility matrix: who may see and do what. Pure data and functions.

Role names with the prefix ``instansi-`` and ``usul-`` are those of the SIASN realm
(``role:siasn-instansi:perencanaan:<name>``), so that an identity provider of BKN can hand them over as
they are. Source: roles found in SSO tokens, see docs/akun.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LINGKUP = {
    "nasional": "Seluruh Indonesia",
    "instansi": "Satu instansi",
    "unor": "Satu unit beserta bawahannya",
    "kelompok": "Kelompok jabatan binaan, seluruh Indonesia",
    "diri": "Diri sendiri",
}

Penglihatan = Literal["tidak", "jumlah", "nama"]


@dataclass(frozen=True)
class DefinisiPeran:
    """A role: its scopes and what it sees inside them.

    ``orang``: what it sees of people (nothing, counts, names and NIP); ``draf``: whether it reads drafts
    and supporting documents; ``tulis``: the services it may call.
    """

    kode: str
    nama: str
    lingkup: tuple[str, ...]
    orang: Penglihatan
    draf: bool
    tulis: tuple[str, ...] = ()


_I = ("instansi", "unor")
PERAN: dict[str, DefinisiPeran] = {
    p.kode: p
    for p in (
        DefinisiPeran(
            "instansi-operator-sotk",
            "Operator SOTK",
            _I,
            "nama",
            True,
            ("unor", "pegawai", "usulan", "infojab"),
        ),
        DefinisiPeran(
            "instansi-penetapan-sotk",
            "Penetapan SOTK",
            ("instansi",),
            "nama",
            True,
            ("tetapkan", "validasi-evajab"),
        ),
        DefinisiPeran(
            "instansi-operator-infojab", "Operator informasi jabatan", _I, "nama", True, ("infojab",)
        ),
        DefinisiPeran(
            "instansi-operator-evajab", "Operator evaluasi jabatan", _I, "jumlah", True, ("evajab",)
        ),
        DefinisiPeran(
            "instansi-operator-standar-komp-jab",
            "Operator standar kompetensi jabatan",
            ("instansi",),
            "jumlah",
            True,
            ("standar-kompetensi",),
        ),
        DefinisiPeran(
            "instansi-validator-standar-komp-jab",
            "Validator standar kompetensi jabatan",
            ("instansi",),
            "jumlah",
            True,
            ("validasi-standar-kompetensi",),
        ),
        DefinisiPeran(
            "instansi-operator-pemenuhan-keb-pegawai",
            "Operator pemenuhan kebutuhan pegawai",
            _I,
            "nama",
            True,
            ("pegawai",),
        ),
        DefinisiPeran(
            "instansi-monitor-perencanaan-kepegawaian", "Monitor perencanaan", ("instansi",), "jumlah", True
        ),
        DefinisiPeran("usul-rincian-formasi", "Usul rincian formasi", ("instansi",), "jumlah", True),
        DefinisiPeran("usul-pengalihan-formasi", "Usul pengalihan formasi", ("instansi",), "jumlah", True),
        DefinisiPeran("instansi-pembina-ppk", "PPK", ("instansi",), "nama", True, ("setujui",)),
        DefinisiPeran("instansi-admin", "Admin akun instansi", ("instansi",), "tidak", False, ("akun",)),
        DefinisiPeran("verifikator-bkn", "Verifikator BKN", ("nasional",), "nama", True, ("verifikasi",)),
        DefinisiPeran(
            "admin-pusat",
            "Admin pusat",
            ("nasional",),
            "nama",
            True,
            ("referensi", "akun", "unor", "pegawai", "templat", "kamus-kompetensi"),
        ),
        DefinisiPeran(
            "pembina",
            "Instansi pembina",
            ("kelompok", "nasional"),
            "jumlah",
            False,
            ("templat", "kamus-kompetensi"),
        ),
        DefinisiPeran("pemantau", "Pemantau", ("nasional",), "jumlah", False),
        DefinisiPeran("pegawai", "Pegawai", ("diri",), "nama", False),
    )
}

UMUM = (
    "peta yang berlaku",
    "jumlah K dan B",
    "jumlah pemenuhan kualifikasi",
    "referensi",
    "halaman verifikasi keputusan",
)
"""What everybody who has signed in may read; the verification page needs no account."""


def role_name(kode: str) -> str:
    """A role in words; the program itself acts as "sistem"."""
    return PERAN[kode].nama if kode in PERAN else kode.capitalize()


def sees_people(peran: str) -> bool:
    """Whether the role reads names and NIP inside its scope."""
    return peran in PERAN and PERAN[peran].orang == "nama"


def sees_drafts(peran: str) -> bool:
    return peran in PERAN and PERAN[peran].draf


def may(peran: str, tindakan: str) -> bool:
    return peran in PERAN and tindakan in PERAN[peran].tulis


def roles_that_may(tindakan: str) -> tuple[str, ...]:
    return tuple(p.kode for p in PERAN.values() if tindakan in p.tulis)
