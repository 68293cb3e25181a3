from django.urls import URLPattern

app_name = "anjab"
urlpatterns: list[URLPattern] = []
