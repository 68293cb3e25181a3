from django.apps import AppConfig


class PegawaiConfig(AppConfig):
    name = "petajabatan.pegawai"
    label = "pegawai"
