from django.urls import path, re_path

from petajabatan.interop.api import api
from petajabatan.interop.views import TokenView, no_such_route

urlpatterns = [
    path("oauth2/token", TokenView.as_view(), name="oauth2-token"),
    path("oauth2/token/", TokenView.as_view()),
    path("api/v1/", api.urls),
    re_path(r"^api/", no_such_route),
]
