from django.urls import URLPattern

app_name = "jabatan"
urlpatterns: list[URLPattern] = []
