from django.urls import path

from petajabatan.pegawai import views

app_name = "pegawai"
urlpatterns = [
    path("saya/", views.saya, name="saya"),
    path("instansi/<int:instansi_id>/", views.daftar, name="daftar"),
    path("instansi/<int:instansi_id>/pindah/", views.pindah, name="pindah"),
    path("<int:pegawai_id>/", views.rinci, name="rinci"),
]
