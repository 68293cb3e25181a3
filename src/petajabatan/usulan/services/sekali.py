"""Once only: a request with an Idempotency-Key is carried out one time, and answered the same way again."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import connection

from petajabatan.usulan.models import PermintaanUsulan

MASA_JAM = 24
"""Hours an answer is kept, by the real clock."""
_RESERVE = """INSERT INTO usulan_permintaan AS p (akun_id, kunci, sidik, isi, kepala, dibuat, kedaluwarsa)
VALUES (%(akun)s, %(kunci)s, %(sidik)s, '', '{}', now(), now() + make_interval(hours => %(jam)s))
ON CONFLICT (akun_id, kunci) DO UPDATE SET sidik = excluded.sidik, status = NULL, isi = '', kepala = '{}',
  dibuat = excluded.dibuat, kedaluwarsa = excluded.kedaluwarsa WHERE p.kedaluwarsa <= now()
RETURNING id"""
_EXPIRED = "DELETE FROM usulan_permintaan WHERE akun_id = %(akun)s AND kedaluwarsa <= now()"


@dataclass(frozen=True)
class Jawaban:
    """An answer as it was sent: HTTP status, body text, and the headers worth repeating."""

    status: int
    isi: str
    kepala: dict[str, str] = field(default_factory=dict)


class KunciDipakai(Exception):
    """The key stands for another request."""


def reserve(akun_id: int, kunci: str, sidik: str) -> Jawaban | None:
    """Claim a key for this request; None: it is ours, go on and ``keep`` the answer in this transaction.

    A twin under way is waited for; then its answer is returned. Raises KunciDipakai when the key was used for
    something else. Expired answers of the account go along the way. Two statements.
    """
    params: dict[str, int | str] = {"akun": akun_id, "kunci": kunci, "sidik": sidik, "jam": MASA_JAM}
    with connection.cursor() as cursor:
        cursor.execute(_RESERVE, params)
        if cursor.fetchone() is not None:
            cursor.execute(_EXPIRED, params)
            return None
    held = PermintaanUsulan.objects.get(akun_id=akun_id, kunci=kunci)
    if held.sidik != sidik or held.status is None:
        raise KunciDipakai
    return Jawaban(held.status, held.isi, held.kepala)


def keep(akun_id: int, kunci: str, jawaban: Jawaban) -> None:
    """Store the answer of a reserved request. One statement."""
    PermintaanUsulan.objects.filter(akun_id=akun_id, kunci=kunci).update(
        status=jawaban.status, isi=jawaban.isi, kepala=jawaban.kepala
    )
