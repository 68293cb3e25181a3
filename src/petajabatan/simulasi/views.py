"""The page that shows what was simulated."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from petajabatan.simulasi.queries import distributions, last_run, named


@login_required
def hasil(request: HttpRequest) -> HttpResponse:
    """Counts, distributions, defects and times of the latest run."""
    run = last_run()
    isi = run.isi if run else {}
    values = {
        "simulasi": run,
        "isi": isi,
        "sebaran": distributions(run) if run else [],
        "jenis_instansi": named(isi.get("sebaran", {}).get("menurut_instansi", ())),
        "cacat": named(isi.get("hitungan", {}).get("cacat", {}).items()),
    }
    return render(request, "simulasi/hasil.html", values)
