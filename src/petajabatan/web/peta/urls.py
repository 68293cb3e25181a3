from django.urls import path

from petajabatan.web.peta import laci, views

app_name = "peta"
urlpatterns = [
    path("", views.mulai, name="mulai"),
    path("instansi/<int:instansi_id>/", views.menurut_instansi, name="instansi"),
    path("<str:kode>/", views.halaman, name="peta"),
    path("<str:kode>/awal", views.awal, name="awal"),
    path("<str:kode>/anak/<int:unor_id>", views.anak, name="anak"),
    path("<str:kode>/bawah/<int:unor_id>", views.bawah, name="bawah"),
    path("<str:kode>/jalur/<int:unor_id>", views.jalur, name="jalur"),
    path("<str:kode>/cari", views.cari, name="cari"),
    path("<str:kode>/unor/<int:unor_id>/", laci.unor, name="unor"),
    path("<str:kode>/posisi/<int:posisi_id>/", laci.posisi, name="posisi"),
    path("<str:kode>/garis/<str:objek>/<int:key>/", laci.garis, name="garis"),
    path("<str:kode>/jelas/unor/<int:unor_id>/<str:ukuran>/", laci.jelas_unor, name="jelas-unor"),
    path("<str:kode>/jelas/posisi/<int:posisi_id>/<str:ukuran>/", laci.jelas_posisi, name="jelas-posisi"),
    path("<str:kode>/rekap/rincian/", laci.rekap_rincian, name="rekap-rincian"),
]
