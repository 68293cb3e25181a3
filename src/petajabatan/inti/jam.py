"""The business clock: today's date in Jakarta, movable in demo and tests only."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from petajabatan.inti.models import JamBisnis

JAKARTA = ZoneInfo("Asia/Jakarta")


def today() -> dt.date:
    """The business date (calendar day in Asia/Jakarta, plus the demo's offset)."""
    day = timezone.now().astimezone(JAKARTA).date()
    if settings.PRODUCTION:
        return day
    offset = JamBisnis.objects.values_list("geser_hari", flat=True).first()
    return day + dt.timedelta(days=offset or 0)


def move_to(day: dt.date) -> None:
    """Move the business date; refused in production."""
    if settings.PRODUCTION:
        raise RuntimeError("The business clock cannot be moved in production.")
    real = timezone.now().astimezone(JAKARTA).date()
    JamBisnis.objects.update_or_create(id=1, defaults={"geser_hari": (day - real).days})
