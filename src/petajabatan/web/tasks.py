"""Background jobs of the pages."""

from __future__ import annotations

from petajabatan.web.sunting import tasks as sunting_tasks

__all__ = ["sunting_tasks"]
