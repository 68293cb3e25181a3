"""REST routes of usulan: all a person can do to one, with the same checks, findings and permissions."""

from ninja import Router

from petajabatan.usulan.api import alur, dokumen, isi, komentar, lintas, peta, pokok, selaras

router = Router(tags=["Usulan"])
for part in (pokok, isi, peta, selaras, alur, komentar, dokumen, lintas):
    router.add_router("", part.router)
