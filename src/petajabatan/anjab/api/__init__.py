"""Routes of analisis jabatan."""

from ninja import Router

from petajabatan.anjab.api import abk

router = Router(tags=["informasi jabatan"])
router.add_router("", abk.router)
