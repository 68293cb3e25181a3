from django.apps import AppConfig


class AkunConfig(AppConfig):
    name = "petajabatan.akun"
    label = "akun"
