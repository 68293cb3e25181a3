"""Routes of analisis jabatan."""

from ninja import Router

from petajabatan.anjab.api import abk, infojab, kelas, kompetensi, kualifikasi, salin, tukar

router = Router(tags=["informasi jabatan"])
for part in (
    abk,
    infojab,
    kelas,
    kompetensi,
    kualifikasi,
    salin,
    tukar,
):
    router.add_router("", part.router)
