"""Publishing a composed organisation as versions of the map, through the same door as every import."""

from __future__ import annotations

import datetime as dt

from petajabatan.demo import sumber
from petajabatan.demo.bentuk import Susunan
from petajabatan.demo.susunan import jenjang_kotak
from petajabatan.inti.actor import Actor
from petajabatan.inti.pekerjaan import Kemajuan
from petajabatan.jabatan.services import publish_map
from petajabatan.organisasi.models import DasarHukum, PetaVersi
from petajabatan.organisasi.rules.muatan import KodeMuatan, Muatan, PosisiMuatan, UnorMuatan


def muat_dasar_hukum(instansi: str, instansi_id: int) -> dict[str, int]:
    """The invented regulations of one instansi, marked so in number and title; ids by their key."""
    hasil: dict[str, int] = {}
    rows = [r for r in sumber.baris("dasar_hukum") if r["instansi"] == instansi]
    for row in sorted(rows, key=lambda r: bool(r["diganti_oleh"])):
        dasar, _ = DasarHukum.objects.get_or_create(
            instansi_id=instansi_id, jenis=row["jenis"], nomor=row["nomor"], tahun=int(row["tahun"]),
            defaults={
                "tentang": row["tentang"],
                "tanggal": dt.date.fromisoformat(row["tanggal"]),
                "status": row["status"],
                "diganti_oleh_id": hasil.get(row["diganti_oleh"]),
            },
        )  # fmt: skip
        hasil[row["kunci"]] = dasar.pk
    return hasil


def jadi_muatan(susunan: Susunan, dasar: dict[str, int], jabatan: dict[str, int]) -> Muatan:
    """A composed organisation in the form loads are published in. ``jabatan``: our ids by SIASN id."""
    units = [
        UnorMuatan(
            kunci=u.kunci, atasan=u.atasan, nama=u.nama, nama_jabatan=u.nama_jabatan, jenis=u.jenis,
            eselon=u.eselon, wilayah=u.wilayah, urusan=u.urusan, dasar_hukum_id=dasar.get(u.dasar),
            pasal=u.pasal if u.dasar else "", id_siasn=susunan.unit_id(u.kunci),
        )
        for u in susunan.unit.values()
    ]  # fmt: skip
    boxes = [
        PosisiMuatan(
            unor=u.kunci, nama=k.nama, jenis=k.jenis, jenjang=jenjang_kotak(u, k), kepala=k.kepala,
            jabatan_id=jabatan[jabatan_id(k.jabatan)] if k.jabatan else None, kelas=k.kelas, k=k.k,
        )
        for u in susunan.unit.values()
        for k in u.kotak
    ]  # fmt: skip
    codes = [KodeMuatan(u.kunci, jenis, kode) for u in susunan.unit.values() for jenis, kode in u.kode]
    return Muatan(units, boxes, codes)


def jabatan_id(nama: str) -> str:
    """SIASN id of a jabatan by name."""
    return sumber.jabatan()[nama.lower()]["id_siasn"]


def terbitkan(
    actor: Actor,
    instansi_id: int,
    versi: list[tuple[Susunan, dt.date, str]],
    dasar: dict[str, int],
    jabatan: dict[str, int],
    kemajuan: Kemajuan,
) -> None:
    """Publish each composition as the next version, with its effective date and a remark."""
    for nomor, (susunan, berlaku, keterangan) in enumerate(versi, 1):
        publish_map(
            actor,
            instansi_id,
            jadi_muatan(susunan, dasar, jabatan),
            berlaku=berlaku,
            jenis=PetaVersi.Jenis.MUAT_AWAL if nomor == 1 else PetaVersi.Jenis.IMPOR,
            keterangan=keterangan,
            kemajuan=kemajuan,
        )
