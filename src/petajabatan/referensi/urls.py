from django.urls import path

from petajabatan.referensi import views

app_name = "referensi"
urlpatterns = [
    path("", views.daftar, name="daftar"),
    path("temuan/", views.temuan, name="temuan"),
    path("temuan.csv", views.temuan_csv, name="temuan-csv"),
    path("tolakan/", views.tolakan, name="tolakan"),
    path("impor/", views.impor, name="impor"),
    path("<slug:kode>/", views.isi, name="isi"),
    path("<slug:kode>/<str:id>/", views.rinci, name="rinci"),
]
