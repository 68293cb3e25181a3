"""The words of the chart, translated, for the script of the page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from petajabatan.organisasi.models import JenisUnor


def words() -> dict[str, Any]:
    """Sentences with ``{name}`` are filled in by the script."""
    return {
        "gambar": {
            "sel": [_("Kelas"), "B", "K", "+/−"],
            "kolom": [_("KLS"), "B", "K", "+/−"],
            "no": "No",  # not translated: the framework's own catalogue says "No" is a refusal
            "namaJabatan": _("Nama jabatan"),
            "jumlah": _("Jumlah"),
            "sisa": _("… dan {n} jabatan lagi"),
        },
        "pohon": {
            "unit": _("{nama}. Pimpinan: {jabatan}. Jumlah B {b}, K {k}, {hasil}. {n} unit di bawahnya."),
            "posisi": _("{nama}. Kelas {kelas}, B {b}, K {k}, {hasil}."),
            "kurang": _("kurang {n}"),
            "lebih": _("lebih {n}"),
            "sesuai": _("sesuai"),
        },
        "tabel": {
            "buka": _("Buka {nama}"),
            "tutup": _("Tutup {nama}"),
            "jelaskan": _("{nama} {nilai}: lihat asal angka"),
            "jenis": {
                "kepala": _("Pimpinan"),
                "struktural": _("Struktural"),
                "fungsional": _("JF"),
                "pelaksana": _("Pelaksana"),
                "unit": _("Unit"),
                **{j.value: _(str(j.label)) for j in JenisUnor if j != JenisUnor.STRUKTURAL},
            },
            "kepala": [_("Nama"), _("Jenis"), _("Jenjang/eselon"), _("Kelas"), "B", "K", "+/-"],
        },
        "kelompok": {
            "jf": _("KELOMPOK JABATAN FUNGSIONAL"),
            "pelaksana": _("JABATAN PELAKSANA"),
            "lain": _("JABATAN LAIN"),
        },
        "cari": {
            "kosong": _("Tidak ada unit atau jabatan yang cocok. Coba kata lain."),
            "gagal": _("Pencarian gagal; periksa sambungan lalu coba lagi."),
        },
        "gagal": _("Data tidak dapat dimuat; periksa sambungan lalu coba lagi."),
        "terpotong": _(
            "Terlalu banyak unit untuk dibuka sekaligus; sebagian tingkat terbawah tetap tertutup."
        ),
        "disalin": _("Tabel disalin; tempel di lembar kerja."),
        "terlihat": _("{n} unit ditampilkan"),
    }
