"""Makers for tests of templates: a ministry, its pembina, references and a structure for puskesmas."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from petajabatan.akun.models import Pengguna, Peran
from petajabatan.akun.queries import actor_of
from petajabatan.anjab.models import TemplatPembina, TemplatVersi
from petajabatan.anjab.services.templat import create_template, publish_version, save_version
from petajabatan.inti.actor import Actor
from petajabatan.referensi.models import Instansi, Jabatan, KelompokJabatan, MasterUnor, Wilayah
from petajabatan.testing.factories import make_instansi
from petajabatan.testing.personas import PASSWORD

IKHTISAR = {"ikhtisar": "Melayani pasien dengan cara memeriksa kesehatan agar pasien sehat."}


@dataclass
class Pembina:
    """A ministry with its groups of jabatan and the account that publishes for it."""

    instansi: Instansi
    actor: Actor
    dokter: Jabatan
    bidan: Jabatan
    tata_usaha: Jabatan


def make_pembina() -> Pembina:
    kemenkes = make_instansi("Kementerian Kesehatan")
    Instansi.objects.filter(pk=kemenkes.pk).update(jenis="P")
    kelompok = KelompokJabatan.objects.create(id_siasn="KLP-DOKTER", nama="Dokter", pembina=kemenkes)
    jobs = [
        Jabatan.objects.create(
            id_siasn=f"TPL{n}", jenis=jenis, nama=nama, kelompok=kelompok if n < 2 else None
        )
        for n, (jenis, nama) in enumerate(
            (
                ("fungsional", "Dokter Ahli Pertama"),
                ("fungsional", "Bidan Terampil"),
                ("pelaksana", "Pengadministrasi Kesehatan"),
            )
        )
    ]
    user = Pengguna.objects.create_user("pembina.uji", password=PASSWORD, nama="Pembina Uji")
    Peran.objects.create(
        pengguna=user,
        peran="pembina",
        lingkup="kelompok",
        sasaran_id=kelompok.pk,
        berlaku_dari=dt.date(2020, 1, 1),
    )
    return Pembina(kemenkes, actor_of(user), *jobs)


def structure(p: Pembina, **more: Any) -> dict[str, Any]:
    """A puskesmas: a head doctor, midwives with a described duty, and an office below."""
    return {
        "unit": [
            {
                "kunci": "unit", "nama": "Puskesmas", "jenis": "faskes", "nama_jabatan": "Kepala Puskesmas",
                "posisi": [
                    {"jabatan_id": p.dokter.pk, "kelas": 8, "kepala": True},
                    {"jabatan": "bidan terampil", "kelas": 6, "k": 4, "isian": {"ikhtisar": IKHTISAR}},
                ],
            },
            {
                "kunci": "tu", "nama": "Subbagian Tata Usaha", "atasan": "unit", "eselon": "41",
                "nama_jabatan": "Kepala Subbagian Tata Usaha",
                "posisi": [{"jabatan": "Pengadministrasi Kesehatan", "kelas": 5, "k": 2}],
            },
        ]
    } | more  # fmt: skip


def make_template(p: Pembina, raw: dict[str, Any] | None = None) -> tuple[TemplatPembina, TemplatVersi]:
    templat = create_template(p.actor, p.instansi.pk, nama="Puskesmas rawat inap", jenis_master="puskesmas")
    return templat, next_version(p, templat, raw or structure(p))


def next_version(p: Pembina, templat: TemplatPembina, raw: dict[str, Any]) -> TemplatVersi:
    row, _ = save_version(p.actor, templat.pk, raw)
    return publish_version(p.actor, templat.pk, row.nomor)


def make_region(instansi: Instansi) -> list[MasterUnor]:
    """Two puskesmas and a school of the region of the instansi, one puskesmas elsewhere."""
    for kode, nama, tingkat in (("33", "Jawa Tengah", 1), ("33.17", "Rembang", 2), ("33.18", "Pati", 2)):
        Wilayah.objects.get_or_create(kode=kode, defaults={"nama": nama, "tingkat": tingkat})
    Instansi.objects.filter(pk=instansi.pk).update(wilayah_id="33.17")
    instansi.wilayah_id = "33.17"
    rows = (
        ("puskesmas", "1031851", "PUSKESMAS SUMBER", "33.17", "Sumber"),
        ("puskesmas", "1031852", "PUSKESMAS BULU", "33.17", "Bulu"),
        ("sekolah", "20315726", "SD NEGERI 1 LETEH", "33.17", "Rembang"),
        ("puskesmas", "1031999", "PUSKESMAS JAUH", "33.18", "Pati"),
    )
    return [
        MasterUnor.objects.create(jenis=jenis, kunci=kunci, nama=nama, wilayah_id=wilayah, kecamatan=kec)
        for jenis, kunci, nama, wilayah, kec in rows
    ]
