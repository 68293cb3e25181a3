"""The tasks of the queue: carry out a stored job, send e-mail. What a job does is registered with
``@pekerjaan``."""

from __future__ import annotations

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from petajabatan.inti.pelaksanaan import carry_out
from petajabatan.inti.surel import send_letters


@app.task(name="jalankan")
def jalankan(pekerjaan_id: str) -> str:
    """Run the job; the queue keeps the id only, everything else stands in the job's row."""
    return carry_out(pekerjaan_id).status


ULANG_SUREL = RetryStrategy(max_attempts=6, exponential_wait=5)
"""After 5 s, 25 s, 2 min, 10 min, 52 min and 4.3 h; then given up."""


@app.task(name="kirim_surel", retry=ULANG_SUREL, pass_context=True)
def kirim_surel(context: JobContext, notifikasi: list[int]) -> int:
    """Send the e-mails of these messages; raises (and is tried again) when the server does not serve."""
    return send_letters(notifikasi, terakhir=context.job.attempts >= 6)
