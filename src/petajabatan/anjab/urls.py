from django.urls import URLPattern, path

from petajabatan.anjab.views import evaluasi, kamus_kompetensi, kelas, kompetensi

app_name = "anjab"
urlpatterns: list[URLPattern] = [
    path("usulan/<int:usulan_id>/evaluasi/", kelas.draf, name="evaluasi-draf"),
    path("usulan/<int:usulan_id>/evaluasi/<int:infojab_id>/", evaluasi.lembar, name="evaluasi-lembar"),
    path("usulan/<int:usulan_id>/evaluasi/<int:infojab_id>/simpan/", evaluasi.simpan, name="evaluasi-simpan"),
    path(
        "usulan/<int:usulan_id>/evaluasi/<int:infojab_id>/putuskan/",
        evaluasi.putuskan,
        name="evaluasi-putuskan",
    ),
    path("<int:instansi_id>/kelas/", kelas.terbit, name="kelas"),
    path("<int:instansi_id>/kelas/rincian/", kelas.rincian, name="kelas-rincian"),
    path("<int:instansi_id>/standar-kompetensi/", kompetensi.daftar, name="standar"),
    path("<int:instansi_id>/standar-kompetensi/baru/", kompetensi.baru, name="standar-baru"),
    path("standar-kompetensi/<int:standar_id>/", kompetensi.rinci, name="standar-rinci"),
    path("standar-kompetensi/<int:standar_id>/ubah/", kompetensi.ubah, name="standar-ubah"),
    path("standar-kompetensi/<int:standar_id>/putuskan/", kompetensi.putuskan, name="standar-putuskan"),
    path("kamus-kompetensi/", kamus_kompetensi.daftar, name="kamus"),
    path("kamus-kompetensi/<int:kompetensi_id>/", kamus_kompetensi.rinci, name="kamus-rinci"),
]
