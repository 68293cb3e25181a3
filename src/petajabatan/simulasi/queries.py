"""Reads for the page of the simulation."""

from __future__ import annotations

from petajabatan.simulasi.models import Simulasi


def last_run() -> Simulasi | None:
    """The latest run, finished or not; one statement."""
    return Simulasi.objects.defer("rencana", "tunda").order_by("-id").first()
