from petajabatan.usulan.models.alur import Dokumen, Keputusan, Komentar, Persetujuan, RiwayatUsulan
from petajabatan.usulan.models.draf import (
    KonflikUsulan,
    Operasi,
    TemuanUsulan,
    UsulanIsian,
    UsulanPosisi,
    UsulanTotal,
    UsulanUnor,
)
from petajabatan.usulan.models.otk import PermohonanOtk, TahapOtk
from petajabatan.usulan.models.permintaan import PermintaanUsulan
from petajabatan.usulan.models.usulan import Lintas, Usulan

__all__ = [
    "Dokumen",
    "Keputusan",
    "Komentar",
    "KonflikUsulan",
    "Lintas",
    "Operasi",
    "PermintaanUsulan",
    "PermohonanOtk",
    "Persetujuan",
    "RiwayatUsulan",
    "TahapOtk",
    "TemuanUsulan",
    "Usulan",
    "UsulanIsian",
    "UsulanPosisi",
    "UsulanTotal",
    "UsulanUnor",
]
