"""Sending notifications by e-mail: title and link, nothing else about anybody.

At least once: a message is marked as sent after the mail server has taken it. A server that cannot be
reached ends the attempt and the queue tries again later; a recipient the server refuses is given up.
"""

from __future__ import annotations

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext, override

from petajabatan.inti.actor import sistem
from petajabatan.inti.dinding import scope_of
from petajabatan.inti.kabar import Alamat, addresses_of
from petajabatan.inti.models import Notifikasi

log = logging.getLogger("petajabatan.surel")


def letter(row: Notifikasi, alamat: Alamat) -> EmailMessage:
    """The e-mail of one message, in the recipient's language."""
    with override(alamat.bahasa):
        body = "\n\n".join(
            (
                row.judul,
                gettext("Buka: %s") % (settings.ALAMAT_SITUS + (row.tautan or "/kabar/")),
                gettext("Surel ini dapat dimatikan di Akun saya: %s")
                % (settings.ALAMAT_SITUS + "/akun-saya/"),
            )
        )
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(row.judul, body + "\n", settings.DEFAULT_FROM_EMAIL, [alamat.surel], headers=headers)


def send_letters(ids: list[int], *, terakhir: bool = False) -> int:
    """Send the messages among ``ids`` that still wait; returns how many went out.

    Addresses are looked up now: who has switched e-mail off meanwhile gets none. Raises OSError or
    SMTPException when the server cannot be reached; with ``terakhir`` what is left is then marked ``gagal``.
    """
    with scope_of(sistem("surel")):
        rows = list(Notifikasi.objects.filter(pk__in=ids, surel="antre").order_by("pk"))
        addresses = addresses_of({row.penerima_id for row in rows})
        _mark([row.pk for row in rows if row.penerima_id not in addresses], "")
    rows = [row for row in rows if row.penerima_id in addresses]
    if not rows:
        return 0
    sent = 0
    try:
        with get_connection() as mail:
            for row in rows:
                message = letter(row, addresses[row.penerima_id])
                try:
                    mail.send_messages([message])
                except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, ValueError) as refused:
                    log.warning("surel notifikasi %s ditolak: %s", row.pk, type(refused).__name__)
                    state = "gagal"
                else:
                    state, sent = "terkirim", sent + 1
                with scope_of(sistem("surel")):
                    _mark([row.pk], state)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("server surel tidak melayani: %s", type(error).__name__)
        if terakhir:
            with scope_of(sistem("surel")):
                _mark([row.pk for row in rows], "gagal")
        raise
    return sent


def _mark(ids: list[int], state: str) -> None:
    Notifikasi.objects.filter(pk__in=ids, surel="antre").update(surel=state)
