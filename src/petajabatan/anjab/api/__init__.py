"""Routes of analisis jabatan."""

from ninja import Router

from petajabatan.anjab.api import tukar

router = Router(tags=["informasi jabatan"])
router.add_router("", tukar.router)
