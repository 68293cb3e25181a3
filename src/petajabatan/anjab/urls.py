from django.urls import URLPattern, path

from petajabatan.anjab.views import tukar

app_name = "anjab"
urlpatterns: list[URLPattern] = [
    path("usulan/<int:usulan_id>/cetak/", tukar.cetak_draf, name="cetak-draf"),
    path("usulan/<int:usulan_id>/impor/", tukar.impor, name="tukar-impor"),
    path("usulan/<int:usulan_id>/impor/<uuid:id>/lanjut/", tukar.lanjut, name="tukar-lanjut"),
    path("<int:instansi_id>/cetak/", tukar.cetak, name="cetak"),
]
