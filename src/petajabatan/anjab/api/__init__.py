"""Routes of analisis jabatan."""

from ninja import Router

from petajabatan.anjab.api import infojab

router = Router(tags=["informasi jabatan"])
for part in (infojab,):
    router.add_router("", part.router)
