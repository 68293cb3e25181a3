"""Loading the demonstration: references, two maps with two versions each, people, accounts. Idempotent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from petajabatan.demo import infojab as contoh_infojab
from petajabatan.demo import susunan_pusat, susunan_rembang
from petajabatan.demo.akun import accounts, make_accounts, refuse_outside_demo
from petajabatan.demo.bentuk import Susunan
from petajabatan.demo.contoh_abk import load_sheets
from petajabatan.demo.muat_evaluasi import muat_evaluasi
from petajabatan.demo.muat_orang import muat_orang
from petajabatan.demo.muat_peta import muat_dasar_hukum, terbitkan
from petajabatan.demo.muat_referensi import ids, jabatan_ids, muat_referensi
from petajabatan.demo.orang import OrangDemo
from petajabatan.demo.orang_identitas import PabrikNip
from petajabatan.demo.penduduk import pindahan_unit_tutup, susun_penduduk
from petajabatan.demo.susunan_versi import pusat_versi_2, rembang_versi_2
from petajabatan.demo.templat import muat_templat
from petajabatan.inti.actor import Actor
from petajabatan.inti.audit import record
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.izin import require
from petajabatan.inti.jam import today
from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.organisasi.models import PetaVersi, Unor
from petajabatan.pegawai.models import Pegawai
from petajabatan.pegawai.services.kebijakan import load_shipped as load_policies
from petajabatan.referensi.models import Instansi, Pendidikan
from petajabatan.referensi.services import count_words, load_shipped

__all__ = ["accounts", "load_demo"]

VERSI_1 = dt.date(2026, 1, 2)
VERSI_2 = dt.date(2026, 7, 1)
KEMENKES = "A5EB03E23AF9F6A0E040640A040252AD"
KEMENDIKBUD = "A5EB03E23BFAF6A0E040640A040252AD"
TABEL_PETA = ("unor", "unor_riwayat", "unor_kini", "posisi", "posisi_riwayat", "unor_total_riwayat")
SEKOLAH_PEGAWAI = "sekolah-20315726"
"""The school of the person behind the account ``pegawai``."""


@dataclass(frozen=True)
class _Bagian:
    """One organisation of the demonstration."""

    nama: str
    instansi: str
    susun: Callable[[], Susunan]
    versi_2: Callable[[Susunan], Susunan]
    keterangan_2: str


BAGIAN = (
    _Bagian(
        "Kabupaten Rembang",
        susunan_rembang.INSTANSI,
        susunan_rembang.susun_rembang,
        rembang_versi_2,
        "Perbup DEMO-7 Tahun 2026 (contoh): bidang baru di Bappeda, penggantian nama, penghapusan UPT",
    ),
    _Bagian(
        "Badan Kepegawaian Negara",
        susunan_pusat.INSTANSI,
        susunan_pusat.susun_pusat,
        pusat_versi_2,
        "Penggantian nama pusat kajian dan penambahan kebutuhan asesor (contoh)",
    ),
)


def compose(pabrik: PabrikNip) -> list[tuple[_Bagian, Susunan, Susunan, list[OrangDemo]]]:
    """Every organisation in both versions with its people (pure; the same for the same seed)."""
    hasil = []
    for bagian in BAGIAN:
        awal = bagian.susun()
        kini = bagian.versi_2(awal)
        orang = susun_penduduk(kini, pabrik)
        if bagian.instansi == susunan_rembang.INSTANSI:
            pindahan_unit_tutup(orang, "dintanpan-3", VERSI_2)
        hasil.append((bagian, awal, kini, orang))
    return hasil


def load_demo(actor: Actor, *, kemajuan: Kemajuan | None = None) -> dict[str, Any]:
    """Load the whole demonstration in one transaction; a second call changes nothing.

    An instansi that already has a map (of the demonstration or of one's own) is left as it is. Returns what
    was added, as counts. Raises Ditolak outside demo mode, PermissionDenied without the role admin-pusat.
    """
    refuse_outside_demo()
    require(actor, "admin-pusat")
    report = kemajuan or Kemajuan()
    with scope_of(actor):
        report(0, 100, "data referensi")
        load_shipped(actor)
        load_policies(actor)
        muat_referensi()
        count_words(actor)
        instansi, jabatan, pendidikan = ids(Instansi), jabatan_ids(), ids(Pendidikan)
        isi = {"instansi": 0, "unor": 0, "posisi": 0, "pegawai": 0, "akun": 0, "templat": 0}
        report(5, 100, "menyusun organisasi dan orang buatan")
        berpeta = set(PetaVersi.objects.values_list("instansi_id", flat=True))
        perlu = [b for b in BAGIAN if instansi[b.instansi] not in berpeta]
        for bagian, awal, kini, orang in compose(PabrikNip()) if perlu else ():
            if bagian not in perlu:
                continue
            instansi_id = instansi[bagian.instansi]
            report(20, 100, f"peta jabatan {bagian.nama}")
            dasar = muat_dasar_hukum(bagian.instansi, instansi_id)
            versi = [
                (awal, VERSI_1, "Muat awal data demo"),
                (kini, VERSI_2, bagian.keterangan_2),
            ]
            terbitkan(actor, instansi_id, versi, dasar, jabatan, report)
            report(60, 100, f"pegawai {bagian.nama}")
            muat_orang(instansi_id, kini, orang, jabatan, pendidikan)
            _hitung_bezetting(instansi_id)
            isi["instansi"] += 1
            isi["unor"] += len(kini.unit)
            isi["posisi"] += kini.n_kotak
            isi["pegawai"] += len(orang)
        report(90, 100, "akun demo")
        isi["akun"] = _akun(instansi)
        load_sheets(instansi[susunan_rembang.INSTANSI])
        isi["templat"] = muat_templat(actor, instansi[KEMENKES])
        report(95, 100, "evaluasi jabatan dan standar kompetensi")
        _evaluasi(instansi)
        _infojab(instansi)
        if any(isi.values()):
            record(actor, "muat-demo", "demo", isi, jumlah=isi["pegawai"])
        report(100, 100, "selesai")
    return isi


def _hitung_bezetting(instansi_id: int) -> None:
    """Recompute B, with statistics that know the rows written just now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT segarkan_statistik(%s)", [list(TABEL_PETA)])
        cursor.execute("SELECT hitung_bezetting(%s, %s)", [instansi_id, today()])


def _evaluasi(instansi: dict[str, int]) -> None:
    """Factor sheets and standards of Dinas Kesehatan, where the map is the demonstration's."""
    dinkes = Unor.objects.filter(id_siasn=susunan_rembang.susun_rembang().unit_id("dinkes")).first()
    if dinkes is not None:
        muat_evaluasi(instansi[susunan_rembang.INSTANSI], dinkes.pk)


def _infojab(instansi: dict[str, int]) -> None:
    """A draft of informasi jabatan, where the map is the demonstration's."""
    rembang = susunan_rembang.susun_rembang()
    bappeda = Unor.objects.filter(id_siasn=rembang.unit_id("bappeda")).first()
    if bappeda is not None:
        contoh_infojab.write_infojab(instansi[rembang.instansi], bappeda.pk)


def _akun(instansi: dict[str, int]) -> int:
    """Accounts, where the map they belong to is the demonstration's."""
    rembang = susunan_rembang.susun_rembang()
    dinkes = Unor.objects.filter(id_siasn=rembang.unit_id("dinkes")).first()
    guru = (
        Pegawai.objects.filter(
            instansi_id=instansi[rembang.instansi],
            sintetis=True,
            jenis="PNS",
            riwayat_jabatan__unor__id_siasn=rembang.unit_id(SEKOLAH_PEGAWAI),
            riwayat_jabatan__jabatan__nama="Guru Ahli Muda",
            riwayat_jabatan__masa__endswith=None,
        )
        .order_by("nip")
        .first()
    )
    if dinkes is None or guru is None:
        return 0
    return make_accounts(
        instansi_id=instansi[rembang.instansi],
        unor_dinkes=dinkes.pk,
        pegawai_id=guru.pk,
        pembina={"pembina.kemenkes": instansi[KEMENKES], "pembina.kemendikbud": instansi[KEMENDIKBUD]},
    )
