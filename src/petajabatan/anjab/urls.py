from django.urls import path

from petajabatan.anjab.views import (
    abk,
    abk_kebijakan,
    abk_rekap,
    evaluasi,
    infojab_baca,
    infojab_panel,
    infojab_papan,
    infojab_sunting,
    kamus_kompetensi,
    kelas,
    kompetensi,
    kualifikasi,
    master,
    replikasi,
    templat,
    templat_terap,
    tukar,
)

app_name = "anjab"
urlpatterns = [
    # writing and reading informasi jabatan
    path("usulan/<int:usulan_id>/infojab/", infojab_papan.draf, name="infojab-papan"),
    path("usulan/<int:usulan_id>/infojab/ringkas/", infojab_papan.ringkas, name="infojab-ringkas"),
    path("usulan/<int:usulan_id>/infojab/mulai/", infojab_papan.mulai, name="infojab-mulai"),
    path(
        "usulan/<int:usulan_id>/infojab/mulai-semua/", infojab_papan.mulai_semua, name="infojab-mulai-semua"
    ),
    path("usulan/<int:usulan_id>/infojab/pilih/", infojab_papan.pilih, name="infojab-pilih"),
    path("usulan/<int:usulan_id>/infojab/acuan", infojab_panel.acuan, name="infojab-acuan"),
    path("usulan/<int:usulan_id>/infojab/<int:infojab_id>/", infojab_sunting.halaman, name="infojab-sunting"),
    *(
        path(
            f"usulan/<int:usulan_id>/infojab/<int:infojab_id>/bagian/<slug:bagian>/{address}", view, name=name
        )
        for address, view, name in (
            ("", infojab_sunting.simpan, "infojab-simpan"),
            ("banding/", infojab_panel.banding, "infojab-banding"),
            ("saran/", infojab_panel.saran, "infojab-saran"),
            ("riwayat/", infojab_panel.riwayat, "infojab-riwayat"),
            ("komentar/", infojab_panel.komentar, "infojab-komentar"),
        )
    ),
    path("<int:instansi_id>/infojab/", infojab_papan.terbit, name="infojab-terbit"),
    path("<int:instansi_id>/infojab/<int:infojab_id>/", infojab_baca.halaman, name="infojab-baca"),
    # ABK
    path("usulan/<int:usulan_id>/abk/", abk_rekap.draf, name="abk-rekap-draf"),
    path("usulan/<int:usulan_id>/abk/rekap.xlsx", abk_rekap.unduh_draf, name="abk-unduh-draf"),
    path("usulan/<int:usulan_id>/abk/<int:posisi_id>/", abk.kisi, name="abk"),
    path("usulan/<int:usulan_id>/abk/<int:posisi_id>/hitung/", abk.hitung, name="abk-hitung"),
    path("usulan/<int:usulan_id>/abk/<int:posisi_id>/baca/", abk.baca, name="abk-baca"),
    path("usulan/<int:usulan_id>/abk/<int:posisi_id>/sebaran/", abk.sebaran, name="abk-sebaran"),
    path("usulan/<int:usulan_id>/abk/<int:posisi_id>/simpan/", abk.simpan, name="abk-simpan"),
    path("usulan/<int:usulan_id>/abk/<int:posisi_id>/urung/", abk.urung, name="abk-urung"),
    path("usulan/<int:usulan_id>/abk/<int:posisi_id>/keadaan/", abk.keadaan, name="abk-keadaan"),
    path("usulan/<int:usulan_id>/abk/<int:posisi_id>/dokumen/", abk.dokumen, name="abk-dokumen"),
    path("usulan/<int:usulan_id>/abk/<int:posisi_id>/sebab/", abk.sebab_draf, name="abk-sebab-draf"),
    path("<int:instansi_id>/abk/", abk_rekap.terbit, name="abk-rekap"),
    path("<int:instansi_id>/abk/rekap.xlsx", abk_rekap.unduh_terbit, name="abk-unduh"),
    path("<int:instansi_id>/abk/kebijakan/", abk_kebijakan.kebijakan, name="abk-kebijakan"),
    path("<int:instansi_id>/abk/<int:posisi_id>/sebab/", abk.sebab_terbit, name="abk-sebab"),
    # files and print
    path("usulan/<int:usulan_id>/cetak/", tukar.cetak_draf, name="cetak-draf"),
    path("usulan/<int:usulan_id>/impor/", tukar.impor, name="tukar-impor"),
    path("usulan/<int:usulan_id>/impor/<uuid:id>/lanjut/", tukar.lanjut, name="tukar-lanjut"),
    path("<int:instansi_id>/cetak/", tukar.cetak, name="cetak"),
    # evaluation and standards of competencies
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
    # copying, the master, templates
    path("usulan/<int:usulan_id>/replikasi/", replikasi.replikasi, name="replikasi"),
    path("usulan/<int:usulan_id>/master/", master.master, name="master"),
    path("usulan/<int:usulan_id>/templat/", templat_terap.terap, name="templat-terap"),
    path("usulan/<int:usulan_id>/templat/simpangan/", templat_terap.simpangan, name="templat-simpangan"),
    path("templat/", templat.daftar, name="templat"),
    path("templat/baru/", templat.baru, name="templat-baru"),
    path("templat/<int:templat_id>/", templat.rinci, name="templat-rinci"),
    path("templat/<int:templat_id>/versi/<int:nomor>/", templat.versi, name="templat-versi"),
    path("templat/<int:templat_id>/versi/<int:nomor>/<slug:bentuk>/", templat.unduh, name="templat-unduh"),
    # qualification map
    path("<int:instansi_id>/kualifikasi/", kualifikasi.peta, name="kualifikasi"),
    path("<int:instansi_id>/kualifikasi/ekspor/", kualifikasi.ekspor, name="kualifikasi-ekspor"),
    path("<int:instansi_id>/kualifikasi/<int:posisi_id>/", kualifikasi.kotak, name="kualifikasi-kotak"),
]
