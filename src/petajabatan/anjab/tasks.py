"""Background jobs of analisis jabatan, one module per part."""

from petajabatan.anjab import tasks_kualifikasi as tasks_kualifikasi
