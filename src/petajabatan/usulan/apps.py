from django.apps import AppConfig


class UsulanConfig(AppConfig):
    name = "petajabatan.usulan"
    label = "usulan"

    def ready(self) -> None:
        from petajabatan.jabatan.services.impor import set_draft_route
        from petajabatan.usulan.services.lembar import import_as_draft

        set_draft_route(import_as_draft)
