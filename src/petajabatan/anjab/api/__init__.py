"""Routes of analisis jabatan."""

from ninja import Router

router = Router(tags=["informasi jabatan"])
