from django.urls import path

from petajabatan.interop import views_webhook

app_name = "webhook"
urlpatterns = [
    path("", views_webhook.daftar, name="daftar"),
    path("<int:id>/", views_webhook.rinci, name="rinci"),
    path("<int:id>/tindak/", views_webhook.tindak, name="tindak"),
    path("<int:id>/kiriman/<uuid:kiriman>/ulang/", views_webhook.ulang, name="ulang"),
]
