"""Routes of analisis jabatan."""

from ninja import Router

from petajabatan.anjab.api import salin

router = Router(tags=["informasi jabatan"])
router.add_router("", salin.router)
