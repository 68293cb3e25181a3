"""The page that shows what was simulated."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from petajabatan.simulasi.queries import distributions, last_run


@login_required
def hasil(request: HttpRequest) -> HttpResponse:
    """Counts, distributions, defects and times of the latest run."""
    run = last_run()
    return render(
        request,
        "simulasi/hasil.html",
        {"simulasi": run, "isi": run.isi if run else {}, "sebaran": distributions(run) if run else []},
    )
