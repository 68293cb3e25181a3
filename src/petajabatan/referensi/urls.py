from django.urls import URLPattern

app_name = "referensi"
urlpatterns: list[URLPattern] = []
