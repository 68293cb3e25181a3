from django.urls import URLPattern, path

from petajabatan.anjab.views import evaluasi, kelas

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
]
