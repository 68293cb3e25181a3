"""Background jobs of analisis jabatan, one module per part; the worker finds them by importing this one."""

from __future__ import annotations

from petajabatan.anjab import tasks_tukar as tasks_tukar
