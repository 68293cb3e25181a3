from django.urls import path

from petajabatan.web.views import beranda, cari, kerangka

app_name = "web"
urlpatterns = [
    path("", beranda.beranda, name="beranda"),
    path("setelan/", kerangka.setelan, name="setelan"),
    path("pilih-instansi/", kerangka.pilih_instansi, name="pilih-instansi"),
    path("cari/", cari.cari, name="cari"),
    path("cari/hasil/", cari.cari_hasil, name="cari-hasil"),
]
