from django.apps import AppConfig


class JabatanConfig(AppConfig):
    name = "petajabatan.jabatan"
    label = "jabatan"
