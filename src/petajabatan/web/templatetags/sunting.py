"""Names of what can be done in a draft."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def nama_tindakan(jenis: str) -> str:
    """Label of the button that opens the form of an operation."""
    return {
        "tambah-unor": _("Tambah unit bawahan"),
        "tambah-posisi": _("Tambah jabatan"),
        "koreksi-nama": _("Koreksi nama"),
        "ubah-unor": _("Ubah keterangan"),
        "perbarui-dasar": _("Perbarui dasar hukum"),
        "pindah-unor": _("Pindahkan"),
        "gabung-unor": _("Gabungkan"),
        "pecah-unor": _("Pecah"),
        "hapus-unor": _("Hapus unit"),
        "pindah-posisi": _("Pindahkan"),
        "hapus-posisi": _("Hapus jabatan"),
    }[jenis]
