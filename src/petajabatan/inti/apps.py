from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IntiConfig(AppConfig):
    name = "petajabatan.inti"
    label = "inti"

    def ready(self) -> None:
        from petajabatan.inti.dinding import grant_privileges

        post_migrate.connect(grant_privileges, sender=self)
