"""Background jobs of analisis jabatan, one module per part; the worker finds them by importing this one."""

from petajabatan.anjab import tasks_abk, tasks_kualifikasi, tasks_replikasi, tasks_templat, tasks_tukar

__all__ = ["tasks_abk", "tasks_kualifikasi", "tasks_replikasi", "tasks_templat", "tasks_tukar"]
