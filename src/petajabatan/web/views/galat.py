"""Error pages in our own look: what happened, what was kept, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Teks = str | Promise


@dataclass(frozen=True)
class Galat:
    judul: Teks
    kalimat: Teks
    tersimpan: Teks
    perbaikan: Teks


GALAT = {
    400: Galat(
        _("Permintaan tidak dapat dibaca"),
        _("Alamat atau isian yang dikirim tidak lengkap atau rusak."),
        _("Tidak ada yang diubah."),
        _("Kembali ke halaman sebelumnya, muat ulang, lalu coba lagi."),
    ),
    403: Galat(
        _("Di luar wewenang akun ini"),
        _("Peran pada akun Anda tidak mengizinkan tindakan atau halaman ini."),
        _("Tidak ada yang diubah; percobaan ini tercatat pada log server."),
        _("Lihat “Siapa melihat apa”, lalu minta peran yang sesuai kepada admin instansi atau admin pusat."),
    ),
    404: Galat(
        _("Tidak ditemukan"),
        _("Halaman atau data ini tidak ada, atau berada di luar cakupan akun Anda."),
        _("Tidak ada yang diubah."),
        _("Periksa alamatnya, atau cari unit, jabatan, dan instansi dengan Ctrl K."),
    ),
    500: Galat(
        _("Kesalahan di dalam sistem"),
        _("Permintaan ini gagal karena kesalahan pada sistem, bukan pada isian Anda."),
        _("Perubahan dalam permintaan ini dibatalkan seluruhnya; yang tersimpan sebelumnya tetap utuh."),
        _("Coba sekali lagi. Bila berulang, sampaikan kode di bawah kepada pengelola."),
    ),
}


def _page(request: HttpRequest, status: int, alasan: str = "") -> HttpResponse:
    """In the frame, or for htmx only the sentence the frame shows as a notice."""
    htmx = request.headers.get("HX-Request") == "true"
    template = "web/galat_isi.html" if htmx else "web/galat.html"
    context = {
        "galat": GALAT[status],
        "status": status,
        "alasan": alasan,
        "kode": getattr(request, "request_id", "")[:12],
    }
    return render(request, template, context, status=status)


def _bare(request: HttpRequest, status: int) -> HttpResponse:
    """Without the frame and without the database, which may be what failed."""
    context = {"galat": GALAT[status], "status": status, "kode": getattr(request, "request_id", "")[:12]}
    return HttpResponse(render_to_string("web/galat_polos.html", context), status=status)


def tidak_sah(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _bare(request, 400)


def tidak_boleh(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django calls this inside the request's transaction; the reason is the service's own sentence."""
    return _page(request, 403, str(exception or ""))


def tidak_ada(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    text = exception.args[0] if exception and exception.args and isinstance(exception.args[0], str) else ""
    # Django's own sentences about models and URLs are for programmers.
    ours = text if text and "matches the given query" not in text else ""
    return _page(request, 404, ours)


def rusak(request: HttpRequest) -> HttpResponse:
    return _bare(request, 500)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open longer than its session, or sent from elsewhere."""
    return _page(
        request,
        403,
        str(_("Formulir ini kedaluwarsa atau tidak dikirim dari halaman kami. Muat ulang halamannya.")),
    )
