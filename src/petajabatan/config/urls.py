from django.urls import include, path

urlpatterns = [
    path("akun/", include("allauth.urls")),
    path("", include("petajabatan.akun.urls")),
    path("", include("petajabatan.interop.urls")),
    path("", include("petajabatan.web.urls")),
    path("referensi/", include("petajabatan.referensi.urls")),
    path("peta/", include("petajabatan.web.peta.urls")),
    path("usulan/<int:usulan_id>/", include("petajabatan.web.sunting.urls")),
    path("cetak/", include("petajabatan.pegawai.cetak.urls")),
    path("organisasi/", include("petajabatan.organisasi.urls")),
    path("pegawai/", include("petajabatan.pegawai.urls")),
]

handler400 = "petajabatan.web.views.galat.tidak_sah"
handler403 = "petajabatan.web.views.galat.tidak_boleh"
handler404 = "petajabatan.web.views.galat.tidak_ada"
handler500 = "petajabatan.web.views.galat.rusak"
