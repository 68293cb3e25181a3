"""The demonstration's accounts and their grants. Made in demo mode only, with a password everybody knows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password

from petajabatan.akun.contoh import AKUN_DEMO, SANDI_DEMO
from petajabatan.akun.models import Pengguna, Peran
from petajabatan.inti.temuan import refuse
from petajabatan.referensi.models import KelompokJabatan

SEJAK = dt.date(2026, 1, 1)


@dataclass(frozen=True)
class AkunDemo:
    """One account of the demonstration. ``instansi`` and ``unit`` name the scope, where it has one."""

    nama: str
    peran: str
    lingkup: str
    keterangan: str
    dapat_dicoba: str
    sandi: str = SANDI_DEMO


_AKUN: tuple[tuple[str, str, str, str], ...] = (
    ("operator", "instansi-operator-sotk", "instansi",
     "membuka peta Rembang, menyusun usulan, mengimpor unor dan pegawai, mencetak"),
    ("operator.dinkes", "instansi-operator-sotk", "unor",
     "seperti operator, tetapi orang hanya terlihat di bawah Dinas Kesehatan"),
    ("penulis", "instansi-operator-infojab", "instansi",
     "menulis informasi jabatan dan lembar ABK, lalu menyerahkannya kepada penyetuju"),
    ("evaluator", "instansi-operator-evajab", "instansi",
     "mengisi lembar evaluasi jabatan, menulis standar kompetensi"),
    ("penyetuju", "instansi-penetapan-sotk", "instansi", "menandatangani dan menetapkan usulan Rembang"),
    ("verifikator", "verifikator-bkn", "nasional", "memeriksa usulan semua instansi dari daftar kerja"),
    ("verifikator.dua", "verifikator-bkn", "nasional", "menjadi pemeriksa kedua bagi perubahan besar"),
    ("pembina.kemenkes", "pembina", "kelompok", "melihat K dan B jabatan kesehatan di semua instansi"),
    ("pembina.kemendikbud", "pembina", "kelompok", "melihat K dan B jabatan guru di semua instansi"),
    ("pemantau", "pemantau", "nasional", "melihat jumlah nasional tanpa nama orang"),
    ("pegawai", "pegawai", "diri", "melihat riwayat jabatannya sendiri"),
    ("admin", "admin-pusat", "nasional", "mengelola akun, mengimpor referensi"),
)  # fmt: skip


def accounts() -> list[AkunDemo]:
    """The demonstration's accounts: name, role, scope, who that is and what one can try."""
    return [AkunDemo(nama, peran, lingkup, AKUN_DEMO[nama], coba) for nama, peran, lingkup, coba in _AKUN]


def refuse_outside_demo() -> None:
    """Raise Ditolak unless this installation runs in demo mode."""
    if not settings.DEMO:
        refuse(
            "bukan-mode-demo",
            "Data dan akun demo hanya dimuat dalam mode demo.",
            "Jalankan dengan PETAJABATAN_MODE=demo pada folder data tersendiri.",
        )


def make_accounts(*, instansi_id: int, unor_dinkes: int, pegawai_id: int, pembina: dict[str, int]) -> int:
    """Create the accounts that do not exist yet, with their grants; returns how many.

    ``pembina``: account name → id of the ministry whose groups of jabatan it watches. Raises Ditolak outside
    demo mode. One hash serves all: the password is public anyway.
    """
    refuse_outside_demo()
    ada = set(Pengguna.objects.filter(username__in=AKUN_DEMO).values_list("username", flat=True))
    sandi = "" if ada >= {a.nama for a in accounts()} else make_password(SANDI_DEMO)
    baru = [a for a in accounts() if a.nama not in ada]
    for akun in baru:
        pengguna = Pengguna.objects.create(
            username=akun.nama,
            nama=akun.keterangan,
            password=sandi,
            pegawai_id=pegawai_id if akun.lingkup == "diri" else None,
        )
        sasaran: list[int | None] = [None]
        if akun.lingkup == "unor":
            sasaran = [unor_dinkes]
        elif akun.lingkup == "kelompok":
            sasaran = list(
                KelompokJabatan.objects.filter(pembina_id=pembina[akun.nama]).values_list("id", flat=True)
            )
        Peran.objects.bulk_create(
            Peran(
                pengguna=pengguna,
                peran=akun.peran,
                lingkup=akun.lingkup,
                instansi_id=instansi_id if akun.lingkup in ("instansi", "unor") else None,
                sasaran_id=s,
                berlaku_dari=SEJAK,
            )
            for s in sasaran
        )
    return len(baru)
