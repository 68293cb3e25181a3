from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "petajabatan.web"
    label = "web"
