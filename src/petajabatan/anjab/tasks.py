"""Background jobs of analisis jabatan. Modules are named so that the worker finds them by importing this
one."""

from __future__ import annotations

from petajabatan.anjab import tugas_replikasi, tugas_templat  # noqa: F401
