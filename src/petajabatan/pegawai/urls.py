from django.urls import path

from petajabatan.pegawai import views, views_pengukuhan

app_name = "pegawai"
urlpatterns = [
    path("saya/", views.saya, name="saya"),
    path("instansi/<int:instansi_id>/", views.daftar, name="daftar"),
    path("instansi/<int:instansi_id>/pindah/", views.pindah, name="pindah"),
    path("pengukuhan/<int:instansi_id>/", views_pengukuhan.daftar, name="pengukuhan"),
    path("pengukuhan/<int:instansi_id>/ekspor/", views_pengukuhan.ekspor, name="pengukuhan-ekspor"),
    path("pengukuhan/<int:instansi_id>/<int:key>/", views_pengukuhan.satu, name="pengukuhan-satu"),
    path("<int:pegawai_id>/", views.rinci, name="rinci"),
]
