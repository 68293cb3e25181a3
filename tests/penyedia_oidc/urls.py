from django.urls import include, path

from petajabatan.config.urls import urlpatterns as product

urlpatterns = [path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")), *product]
