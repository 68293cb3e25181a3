from django.urls import path

from petajabatan.usulan.views import baru, berdasar, cek, daftar, isi, keputusan, lembar, otk, rinci, tindakan

app_name = "usulan"
urlpatterns = [
    path("", daftar.daftar, name="daftar"),
    path("kerja/", daftar.kerja, name="kerja"),
    path("baru/", baru.baru, name="baru"),
    path("berdasar/", berdasar.berdasar, name="berdasar"),
    path("lintas/baru/", baru.lintas, name="lintas"),
    path("cek/", cek.daftar, name="cek"),
    path("cek/<slug:kode>/", cek.rinci, name="cek-rinci"),
    path("otk/", otk.daftar, name="otk"),
    path("otk/baru/", otk.baru, name="otk-baru"),
    path("otk/<int:permohonan_id>/", otk.rinci, name="otk-rinci"),
    path("otk/<int:permohonan_id>/berkas/", otk.berkas, name="otk-berkas"),
    path("otk/<int:permohonan_id>/rencana/", otk.rencana, name="otk-rencana"),
    path("otk/<int:permohonan_id>/<slug:tindakan>/", otk.tindakan, name="otk-tindakan"),
    path("<int:usulan_id>/", rinci.rinci, name="rinci"),
    path("<int:usulan_id>/tindakan/<slug:tindakan>/", tindakan.tindakan, name="tindakan"),
    path("<int:usulan_id>/batalkan-versi/", tindakan.batal_versi, name="batal-versi"),
    path("<int:usulan_id>/ubah/", baru.ubah, name="ubah"),
    path("<int:usulan_id>/lembar/", lembar.lembar, name="lembar"),
    path("<int:usulan_id>/kabari/", tindakan.kabari, name="kabari"),
    path("<int:usulan_id>/komentar/", isi.komentar, name="komentar"),
    path("komentar/<int:komentar_id>/keadaan/", isi.komentar_keadaan, name="komentar-keadaan"),
    path("<int:usulan_id>/dokumen/", isi.dokumen_tambah, name="dokumen-tambah"),
    path("dokumen/<int:dokumen_id>/", isi.dokumen_unduh, name="dokumen"),
    path("dokumen/<int:dokumen_id>/tarik/", isi.dokumen_tarik, name="dokumen-tarik"),
    path("<int:usulan_id>/keputusan.pdf", keputusan.unduh, name="keputusan-unduh"),
    path("<int:usulan_id>/keputusan/", keputusan.buat, name="keputusan-buat"),
]
