from django.apps import AppConfig


class OrganisasiConfig(AppConfig):
    name = "petajabatan.organisasi"
    label = "organisasi"
