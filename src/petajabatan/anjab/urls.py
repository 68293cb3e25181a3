from django.urls import path

from petajabatan.anjab.views import master, replikasi, templat, templat_terap

app_name = "anjab"
urlpatterns = [
    path("usulan/<int:usulan_id>/replikasi/", replikasi.replikasi, name="replikasi"),
    path("usulan/<int:usulan_id>/master/", master.master, name="master"),
    path("usulan/<int:usulan_id>/templat/", templat_terap.terap, name="templat-terap"),
    path("usulan/<int:usulan_id>/templat/simpangan/", templat_terap.simpangan, name="templat-simpangan"),
    path("templat/", templat.daftar, name="templat"),
    path("templat/baru/", templat.baru, name="templat-baru"),
    path("templat/<int:templat_id>/", templat.rinci, name="templat-rinci"),
    path("templat/<int:templat_id>/versi/<int:nomor>/", templat.versi, name="templat-versi"),
    path("templat/<int:templat_id>/versi/<int:nomor>/<slug:bentuk>/", templat.unduh, name="templat-unduh"),
]
