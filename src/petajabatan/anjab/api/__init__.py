"""Routes of analisis jabatan."""

from ninja import Router

router = Router(tags=["informasi jabatan"])
router.add_router("", "petajabatan.anjab.api.kualifikasi.router")
