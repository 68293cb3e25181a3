"""Background jobs of analisis jabatan."""

from __future__ import annotations

from petajabatan.anjab import tasks_abk

__all__ = ["tasks_abk"]
