"""The rounding policy of an instansi: chosen with a reason, from a day on."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied

from petajabatan.akun.rules import roles_that_may
from petajabatan.inti.actor import Actor
from petajabatan.inti.jam import today
from petajabatan.inti.temuan import Ditolak, Temuan
from petajabatan.jabatan.data_abk import rounding_policies
from petajabatan.jabatan.models import PilihanPembulatan
from petajabatan.jabatan.rules.abk.bulat import KebijakanPembulatan
from petajabatan.referensi.models import Instansi

PERAN_PILIH = roles_that_may("tetapkan") + roles_that_may("unor") + roles_that_may("infojab")


def may_choose_rounding(actor: Actor, instansi_id: int) -> bool:
    """Whether the actor may choose for the whole instansi: penetapan, or an operator of all of it."""
    return any(
        izin.peran in ("sistem", *PERAN_PILIH)
        and (izin.lingkup == "nasional" or (izin.lingkup == "instansi" and izin.instansi_id == instansi_id))
        for izin in actor.izin
    )


def policies_to_choose(tanggal: dt.date) -> list[KebijakanPembulatan]:
    """The policies an instansi may choose on a day: those of ABK that do not fix K."""
    return [row for row in rounding_policies(tanggal) if row.metode in ("", "abk") and row.tetap is None]


def choose_rounding(
    actor: Actor, instansi_id: int, kebijakan: str, *, berlaku: dt.date | None = None, alasan: str
) -> PilihanPembulatan:
    """Choose the policy of an instansi from a day on (today); "" goes back to the defaults per kind of post.

    Sheets that name a policy keep it: what was calculated stays explained. A day before today is refused, so
    that no published K changes its reason. Raises PermissionDenied, Ditolak.
    """
    if not may_choose_rounding(actor, instansi_id):
        raise PermissionDenied(
            "Cara pembulatan dipilih oleh penetapan SOTK atau operator untuk seluruh instansi."
        )
    if not Instansi.objects.filter(pk=instansi_id).exists():
        raise Ditolak(
            [_refused("instansi-tidak-ada", "Instansi itu tidak ada.", "Pilih instansi.", "instansi")]
        )
    now, reason = today(), " ".join(alasan.split())
    day = berlaku or now
    found = []
    if day < now:
        found.append(
            _refused("tanggal-lampau", "Pilihan tidak dapat berlaku surut.",
                     f"Pilih {now.isoformat()} atau sesudahnya.", "berlaku")
        )  # fmt: skip
    if kebijakan and kebijakan not in {row.kode for row in policies_to_choose(day)}:
        found.append(
            _refused("kebijakan-tidak-dikenal", f"Kebijakan pembulatan {kebijakan[:40]} tidak dikenal.",
                     "Pilih dari daftar.", "kebijakan")
        )  # fmt: skip
    if not reason or len(reason) > 400:
        found.append(
            _refused("alasan-wajib", "Alasan belum ditulis atau lebih dari 400 huruf.",
                     "Tulis dasar pilihannya, misalnya nomor keputusan atau hasil rapat tim.", "alasan")
        )  # fmt: skip
    if found:
        raise Ditolak(found)
    return PilihanPembulatan.objects.create(
        instansi_id=instansi_id,
        berlaku=day,
        kebijakan=kebijakan,
        alasan=reason,
        oleh_id=actor.id,
        oleh=actor.nama[:200],
    )


def _refused(kode: str, kalimat: str, perbaikan: str, kolom: str) -> Temuan:
    return Temuan(kode, "galat", kalimat, perbaikan, kolom=kolom)
