from django.apps import AppConfig


class AnjabConfig(AppConfig):
    name = "petajabatan.anjab"
    label = "anjab"
