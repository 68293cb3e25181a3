"""The reference rows the demonstration points at, by their official ids, so that a later import of the full
lists meets the same rows and doubles nothing."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from petajabatan.demo import sumber
from petajabatan.demo.susunan_rembang import KODE_DINKES, KODE_RSUD
from petajabatan.referensi.models import (
    Instansi,
    Jabatan,
    KelompokJabatan,
    MasterUnor,
    Pendidikan,
    Wilayah,
)

M = TypeVar("M", bound=models.Model)


def _tambah(model: type[M], baris: list[M]) -> None:
    """Insert what is not there yet; rows an import has brought stay as they are."""
    model._default_manager.bulk_create(baris, ignore_conflicts=True)


def ids(model: type[models.Model], kolom: str = "id_siasn") -> dict[str, int]:
    """Our id by official id, for the rows of a list."""
    return dict(model._default_manager.exclude(**{kolom: None}).values_list(kolom, "id"))


def jabatan_ids() -> dict[str, int]:
    """Our id by SIASN id of the jabatan of the demonstration; SIASN ids are unique per jenis only."""
    milik = {(r["jenis"], r["id_siasn"]) for r in sumber.baris("jabatan")}
    rows = Jabatan.objects.filter(id_siasn__in=[i for _, i in milik]).values_list("jenis", "id_siasn", "id")
    return {id_siasn: pk for jenis, id_siasn, pk in rows if id_siasn and (jenis, id_siasn) in milik}


def muat_referensi() -> None:
    """Regions, instansi, groups, jabatan, educations and masters of units the demonstration uses."""
    for tingkat in "123":
        _tambah(
            Wilayah,
            [
                Wilayah(
                    kode=r["kode"], nama=r["nama"], tingkat=int(r["tingkat"]), induk_id=r["induk"] or None,
                    sumber=r["sumber"],
                )
                for r in sumber.baris("wilayah")
                if r["tingkat"] == tingkat
            ],
        )  # fmt: skip
    _tambah(
        Instansi,
        [
            Instansi(
                id_siasn=r["id_siasn"], nama=r["nama"], jenis=r["jenis"], sumber=r["sumber"],
                jenis_instansi=r["jenis_instansi"] or None, kode_cepat=r["kode_cepat"],
                wilayah_id=r["wilayah"] or None,
            )
            for r in sumber.baris("instansi")
        ],
    )  # fmt: skip
    instansi = ids(Instansi)
    _tambah(
        KelompokJabatan,
        [
            KelompokJabatan(
                id_siasn=r["id_siasn"], nama=r["nama"], jenis_umum=r["jenis_umum"] or None,
                pembina_id=instansi.get(r["pembina"]), sumber=r["sumber"],
            )
            for r in sumber.baris("kelompok_jabatan")
        ],
    )  # fmt: skip
    kelompok = ids(KelompokJabatan)
    _tambah(
        Jabatan,
        [
            Jabatan(
                id_siasn=r["id_siasn"], jenis=r["jenis"], nama=r["nama"], jenjang_id=r["jenjang"] or None,
                kelompok_id=kelompok.get(r["kelompok"]), bup=int(r["bup"]) if r["bup"] else None,
                kode_cepat=r["kode_cepat"] or None, status=r["status"], sumber=r["sumber"],
            )
            for r in sumber.baris("jabatan")
        ],
    )  # fmt: skip
    _tambah(
        Pendidikan,
        [
            Pendidikan(
                id_siasn=r["id_siasn"],
                tingkat_id=r["tingkat"],
                nama=r["nama"],
                status="1",
                sumber=r["sumber"],
            )
            for r in sumber.baris("pendidikan")
        ],
    )
    _tambah(MasterUnor, _master())


def _master() -> list[MasterUnor]:
    """Schools, puskesmas, the hospital and the dinas kesehatan as their ministries publish them."""
    hasil = [
        MasterUnor(
            jenis="sekolah", kunci=r["npsn"], nama=r["nama"], bentuk=r["bentuk"], status=r["status"],
            wilayah_id=r["wilayah"], kecamatan=r["kecamatan"], lintang=r["lintang"], bujur=r["bujur"],
            sumber=r["sumber"],
        )
        for r in sumber.baris("sekolah_rembang")
    ]  # fmt: skip
    hasil += [
        MasterUnor(
            jenis="puskesmas", kunci=r["kode"], nama=f"PUSKESMAS {r['nama'].upper()}", wilayah_id="33.17",
            kode_wilayah_asal="3317", kecamatan=r["kecamatan"], sumber=r["sumber"],
        )
        for r in sumber.baris("puskesmas_rembang")
    ]  # fmt: skip
    lain: tuple[dict[str, Any], ...] = (
        {"jenis": "rumah-sakit", "kunci": KODE_RSUD, "nama": "RS UMUM DAERAH DR. R. SOETRASNO REMBANG",
         "sumber": "SIRS Kemkes"},
        {"jenis": "dinas-kesehatan", "kunci": KODE_DINKES, "nama": "DINAS KESEHATAN KABUPATEN REMBANG",
         "sumber": "daftar dinas kesehatan"},
    )  # fmt: skip
    return [*hasil, *(MasterUnor(wilayah_id="33.17", kode_wilayah_asal="3317", **isi) for isi in lain)]
