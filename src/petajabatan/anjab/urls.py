from django.urls import URLPattern, path

from petajabatan.anjab.views import infojab_baca, infojab_panel, infojab_papan, infojab_sunting

app_name = "anjab"
urlpatterns: list[URLPattern] = [
    path("usulan/<int:usulan_id>/infojab/", infojab_papan.draf, name="infojab-papan"),
    path("usulan/<int:usulan_id>/infojab/ringkas/", infojab_papan.ringkas, name="infojab-ringkas"),
    path("usulan/<int:usulan_id>/infojab/mulai/", infojab_papan.mulai, name="infojab-mulai"),
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
]
