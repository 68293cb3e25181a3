from django.urls import path

from petajabatan.organisasi import views

app_name = "organisasi"
urlpatterns = [
    path("instansi/<int:instansi_id>/dasar-hukum/", views.daftar, name="dasar-hukum"),
    path("dasar-hukum/<int:dasar_id>/", views.rinci, name="dasar-hukum-rinci"),
    path("dasar-hukum/<int:dasar_id>/status/", views.status, name="dasar-hukum-status"),
    path("dasar-hukum/<int:dasar_id>/naskah/", views.berkas, name="dasar-hukum-naskah"),
]
