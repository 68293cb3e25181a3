from django.apps import AppConfig


class ReferensiConfig(AppConfig):
    name = "petajabatan.referensi"
    label = "referensi"
