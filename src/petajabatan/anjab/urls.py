from django.urls import path

from petajabatan.anjab.views import kualifikasi

app_name = "anjab"
urlpatterns = [
    path("<int:instansi_id>/kualifikasi/", kualifikasi.peta, name="kualifikasi"),
    path("<int:instansi_id>/kualifikasi/ekspor/", kualifikasi.ekspor, name="kualifikasi-ekspor"),
    path("<int:instansi_id>/kualifikasi/<int:posisi_id>/", kualifikasi.kotak, name="kualifikasi-kotak"),
]
