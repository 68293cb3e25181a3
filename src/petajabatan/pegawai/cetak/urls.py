from django.urls import path

from petajabatan.pegawai.cetak import views

app_name = "cetak"
urlpatterns = [
    path("<str:kode>/", views.peta, name="peta"),
    path("<str:kode>/halaman/", views.daftar, name="daftar"),
]
