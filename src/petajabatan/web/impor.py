"""What the import wizard knows of each kind of import: who may, which files, which options."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor


@dataclass(frozen=True)
class JenisImpor:
    """One kind of import. ``tindakan`` is the permission in akun.rules."""

    kode: str
    judul: str | Promise
    tindakan: str
    terima: str
    format: tuple[tuple[str, str | Promise], ...]
    dengan_berlaku: bool
    dengan_lewati: bool


JENIS_IMPOR: dict[str, JenisImpor] = {
    "impor-unor": JenisImpor(
        "impor-unor",
        _("Impor unor"),
        "unor",
        ".json,.csv,.xlsx,.gz",
        (
            ("", _("Kenali sendiri")),
            ("siasn-json", _("JSON ref-unor SIASN")),
            ("siasn-csv", _("CSV SIASN dengan awalan --")),
            ("xlsx", _("Templat XLSX Peta Jabatan")),
        ),
        dengan_berlaku=True,
        dengan_lewati=False,
    ),
    "impor-pegawai": JenisImpor(
        "impor-pegawai",
        _("Impor pegawai"),
        "pegawai",
        ".csv,.xlsx,.gz",
        (),
        dengan_berlaku=False,
        dengan_lewati=True,
    ),
}


def may_import(actor: Actor, jenis: str, instansi_id: int | None) -> bool:
    """Whether the actor may run this import for the instansi (any, when none is given).

    A file covers a whole instansi, so a grant for one subtree is not enough.
    """
    roles = roles_that_may(JENIS_IMPOR[jenis].tindakan)
    return any(
        izin.peran in roles
        and (
            izin.lingkup == "nasional"
            or (izin.lingkup == "instansi" and instansi_id in (None, izin.instansi_id))
        )
        for izin in actor.izin
    )
