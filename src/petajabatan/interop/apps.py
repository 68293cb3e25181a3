from django.apps import AppConfig


class InteropConfig(AppConfig):
    name = "petajabatan.interop"
    label = "interop"
