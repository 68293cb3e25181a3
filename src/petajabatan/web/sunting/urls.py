from django.urls import path

from petajabatan.web.sunting import beda, laci, selaras, tempel, ubah, views

app_name = "sunting"
urlpatterns = [
    path("peta/", views.halaman, name="peta"),
    path("peta/awal", views.awal, name="awal"),
    path("peta/anak/<int:unor_id>", views.anak, name="anak"),
    path("peta/bawah/<int:unor_id>", views.bawah, name="bawah"),
    path("peta/jalur/<int:unor_id>", views.jalur, name="jalur"),
    path("peta/cari", views.cari, name="cari"),
    path("peta/kabar", views.kabar, name="kabar"),
    path("peta/keadaan", views.keadaan, name="keadaan"),
    path("peta/unor/<int:unor_id>/", laci.unor, name="unor"),
    path("peta/posisi/<int:posisi_id>/", laci.posisi, name="posisi"),
    path("peta/unor/<int:unor_id>/form/<slug:jenis>/", laci.form_unor, name="form-unor"),
    path("peta/posisi/<int:posisi_id>/form/<slug:jenis>/", laci.form_posisi, name="form-posisi"),
    path("peta/jelas/<str:objek>/<int:key>/<str:ukuran>/", laci.jelas, name="jelas"),
    path("peta/nilai-nama", laci.nilai_nama, name="nilai-nama"),
    path("peta/saran", laci.saran, name="saran"),
    path("peta/lebur/<int:unor_id>", laci.lebur, name="lebur"),
    path("peta/perubahan", views.perubahan, name="perubahan"),
    path("peta/temuan", laci.temuan, name="temuan"),
    path("beda/", beda.halaman, name="beda"),
    path("beda/cetak/", beda.cetak, name="beda-cetak"),
    path("selaras/", selaras.halaman, name="selaras"),
    path("tempel", tempel.periksa, name="tempel"),
    path("operasi", ubah.operasi, name="operasi"),
    path("urung", ubah.urung, name="urung"),
    path("ulang", ubah.ulang, name="ulang"),
]
