from django.urls import include, path

urlpatterns = [
    path("akun/", include("allauth.urls")),
    path("", include("petajabatan.akun.urls")),
    path("", include("petajabatan.interop.urls")),
    path("", include("petajabatan.web.urls")),
    path("referensi/", include("petajabatan.referensi.urls")),
    path("peta/", include("petajabatan.jabatan.urls")),
    path("organisasi/", include("petajabatan.organisasi.urls")),
    path("pegawai/", include("petajabatan.pegawai.urls")),
]
