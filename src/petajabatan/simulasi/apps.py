from django.apps import AppConfig


class SimulasiConfig(AppConfig):
    name = "petajabatan.simulasi"
    default_auto_field = "django.db.models.BigAutoField"
