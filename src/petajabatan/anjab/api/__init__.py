"""Routes of analisis jabatan."""

from ninja import Router

from petajabatan.anjab.api import kelas, kompetensi

router = Router(tags=["informasi jabatan"])
router.add_router("", kelas.router)
router.add_router("", kompetensi.router)
