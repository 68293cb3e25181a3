from django.apps import AppConfig


class UsulanConfig(AppConfig):
    name = "petajabatan.usulan"
    label = "usulan"
