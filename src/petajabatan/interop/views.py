"""Token endpoint and the answers of API addresses that do not exist."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.views import TokenView as ProviderTokenView

from petajabatan.inti.api import Masalah, problem_response


@method_decorator(csrf_exempt, name="dispatch")
class TokenView(ProviderTokenView):  # type: ignore[misc]
    """``POST /oauth2/token``: client credentials by HTTP Basic, body as form or as JSON.

    Clients of BKN's gateway send either (docs/api.md); both mean the same here.
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.content_type == "application/json":
            try:
                body = json.loads(request.body or b"{}")
            except (ValueError, RecursionError):
                body = None
            if not isinstance(body, dict):
                return problem_response(
                    request, Masalah(400, "Permintaan tidak dapat dibaca", "Isi bukan objek JSON.")
                )
            form = QueryDict(mutable=True)
            form.update({str(key): str(value) for key, value in body.items()})
            request.POST = form  # type: ignore[assignment]
            encoded = form.urlencode().encode()
            request._body = encoded
            request.META["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
            request.META["CONTENT_LENGTH"] = str(len(encoded))
        return super().post(request, *args, **kwargs)


def no_such_route(request: HttpRequest) -> HttpResponse:
    return problem_response(
        request, Masalah(404, "Tidak ada", "Alamat ini tidak ada; lihat /api/v1/docs untuk daftarnya.")
    )
