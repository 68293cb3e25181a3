"""The one task of the queue: carry out a stored job. What a job does is registered with ``@pekerjaan``."""

from __future__ import annotations

from procrastinate.contrib.django import app

from petajabatan.inti.pelaksanaan import carry_out


@app.task(name="jalankan")
def jalankan(pekerjaan_id: str) -> str:
    """Run the job; the queue keeps the id only, everything else stands in the job's row."""
    return carry_out(pekerjaan_id).status
