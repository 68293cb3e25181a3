from django.urls import URLPattern

app_name = "pegawai"
urlpatterns: list[URLPattern] = []
