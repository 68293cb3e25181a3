from django.urls import path

from petajabatan.web.views import akun, bantuan, beranda, cari, impor, instansi, kabar, kerangka, pekerjaan

app_name = "web"
urlpatterns = [
    path("", beranda.beranda, name="beranda"),
    path("jelas/nasional/<str:ukuran>/", beranda.jelas_nasional, name="jelas-nasional"),
    path("jelas/instansi/<int:id>/<str:ukuran>/", beranda.jelas_instansi, name="jelas-instansi"),
    path("favicon.ico", kerangka.ikon, name="ikon"),
    path("setelan/", kerangka.setelan, name="setelan"),
    path("pilih-instansi/", kerangka.pilih_instansi, name="pilih-instansi"),
    path("cari/", cari.cari, name="cari"),
    path("cari/hasil/", cari.cari_hasil, name="cari-hasil"),
    path("instansi/", instansi.daftar, name="instansi"),
    path("instansi/<int:id>/", instansi.rinci, name="instansi-rinci"),
    path("impor/unor/", impor.impor, {"jenis": "impor-unor"}, name="impor-unor"),
    path("impor/pegawai/", impor.impor, {"jenis": "impor-pegawai"}, name="impor-pegawai"),
    path("impor/unor/templat.xlsx", impor.templat_unor, name="templat-unor"),
    path("impor/pegawai/templat.csv", impor.templat_pegawai, name="templat-pegawai"),
    path("impor/lanjut/<uuid:id>/", impor.lanjut, name="impor-lanjut"),
    path("pekerjaan/", pekerjaan.daftar, name="pekerjaan"),
    path("pekerjaan/<uuid:id>/", pekerjaan.rinci, name="pekerjaan-rinci"),
    path("pekerjaan/<uuid:id>/kemajuan/", pekerjaan.kemajuan, name="pekerjaan-kemajuan"),
    path("pekerjaan/<uuid:id>/batal/", pekerjaan.batal, name="pekerjaan-batal"),
    path("pekerjaan/<uuid:id>/ulang/", pekerjaan.ulang, name="pekerjaan-ulang"),
    path("pekerjaan/<uuid:id>/hasil/", pekerjaan.hasil, name="pekerjaan-hasil"),
    path("pekerjaan/<uuid:id>/temuan.csv", pekerjaan.temuan, {"bentuk": "csv"}, name="pekerjaan-temuan-csv"),
    path(
        "pekerjaan/<uuid:id>/temuan.xlsx", pekerjaan.temuan, {"bentuk": "xlsx"}, name="pekerjaan-temuan-xlsx"
    ),
    path("administrasi/akun/", akun.daftar, name="akun"),
    path("administrasi/akun/tambah/", akun.tambah, name="akun-tambah"),
    path("administrasi/akun/unor/", akun.pilih_unor, name="akun-pilih-unor"),
    path("administrasi/akun/<int:id>/", akun.rinci, name="akun-rinci"),
    path("administrasi/akun/<int:id>/ubah/", akun.ubah, name="akun-ubah"),
    path("administrasi/akun/<int:id>/peran/<int:peran_id>/akhiri/", akun.akhiri, name="akun-akhiri"),
    path("administrasi/matriks/", akun.matriks, name="matriks"),
    path("akun-saya/", akun.saya, name="akun-saya"),
    path("akun-saya/surel/", kabar.surel, name="kabar-surel"),
    path("kabar/", kabar.daftar, name="kabar"),
    path("kabar/baca/", kabar.baca_semua, name="kabar-baca-semua"),
    path("kabar/<int:id>/baca/", kabar.baca, name="kabar-baca"),
    path("bantuan/", bantuan.bantuan, name="bantuan"),
    path("tentang/", bantuan.tentang, name="tentang"),
]
