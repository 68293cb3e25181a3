from django.urls import path

from petajabatan.simulasi import views

app_name = "simulasi"
urlpatterns = [path("", views.hasil, name="hasil")]
