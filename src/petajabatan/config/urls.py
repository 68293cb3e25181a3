from django.urls import include, path

from petajabatan.usulan.views import keputusan

urlpatterns = [
    path("akun/", include("allauth.urls")),
    path("", include("petajabatan.akun.urls")),
    path("", include("petajabatan.interop.urls")),
    path("webhook/", include("petajabatan.interop.urls_webhook")),
    path("", include("petajabatan.web.urls")),
    path("referensi/", include("petajabatan.referensi.urls")),
    path("peta/", include("petajabatan.web.peta.urls")),
    path("usulan/<int:usulan_id>/", include("petajabatan.web.sunting.urls")),
    path("cetak/", include("petajabatan.pegawai.cetak.urls")),
    path("organisasi/", include("petajabatan.organisasi.urls")),
    path("pegawai/", include("petajabatan.pegawai.urls")),
    path("usulan/", include("petajabatan.usulan.urls")),
    path("anjab/", include("petajabatan.anjab.urls")),
    # Short, because people type it from paper; and open to everybody.
    path("keputusan/", keputusan.verifikasi, name="keputusan-cari"),
    path("keputusan/<str:kode>/", keputusan.verifikasi, name="keputusan"),
    path("simulasi/", include("petajabatan.simulasi.urls")),
]

handler400 = "petajabatan.web.views.galat.tidak_sah"
handler403 = "petajabatan.web.views.galat.tidak_boleh"
handler404 = "petajabatan.web.views.galat.tidak_ada"
handler500 = "petajabatan.web.views.galat.rusak"
