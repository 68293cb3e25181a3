"""The job worker: takes jobs from the queue in PostgreSQL, as the unprivileged web role.

Beside the jobs it looks for those whose worker died, tidies up after it, keeps B in step with the date, seals
audit records that were left over, and queues webhooks for which something was published.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procrastinate import App

log = logging.getLogger("petajabatan.pekerja")

CARI_MATI_SETIAP = 15.0
"""Seconds between two looks for dead jobs."""
HITUNG_SETIAP = 900.0
"""Seconds between two looks for seats and versions that began or ended with the calendar; the first look is
at the start. Beside the queue, not in it: a long job there would hold it up."""
ENTRI_MATI = 60.0
"""Seconds without a beat of its worker after which an entry of the queue is given to another one."""
BERHENTI_MAKS = 8.0
"""Seconds a job gets to notice a shutdown; its transaction is rolled back either way."""


def run_worker(concurrency: int = 1) -> int:
    """Work until SIGTERM or SIGINT; returns the exit code."""
    from petajabatan.runtime.install import WEB, setup_django

    setup_django(WEB)
    asyncio.run(_work(concurrency))
    return 0


async def _work(concurrency: int) -> None:
    from procrastinate.contrib.django import app

    from petajabatan.inti.pekerjaan import PENGHENTIAN

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    worker_app = app.with_connector(connector)
    loop = asyncio.get_running_loop()
    async with worker_app.open_async():
        working = asyncio.ensure_future(
            worker_app.run_worker_async(
                concurrency=concurrency,
                delete_jobs="always",
                install_signal_handlers=False,
                shutdown_graceful_timeout=BERHENTI_MAKS,
                update_heartbeat_interval=5.0,
                stalled_worker_timeout=20.0,
            )
        )
        side = asyncio.ensure_future(_look_for_dead(worker_app))

        def stop() -> None:
            PENGHENTIAN.diminta = True
            working.cancel()

        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop)
        done, _ = await asyncio.wait({working, side}, return_when=asyncio.FIRST_COMPLETED)
        PENGHENTIAN.diminta = True
        for task in (working, side):
            task.cancel()
        await asyncio.gather(working, side, return_exceptions=True)
        for task in done:
            if not task.cancelled() and (error := task.exception()):
                raise error


async def give_back_entries(worker_app: App) -> None:
    """What dead workers had taken from the queue is taken again: every task may be done twice, none is lost.

    A job that has been put back meanwhile, or is done, is left alone by its task.
    """
    for entry in await worker_app.job_manager.get_stalled_jobs(seconds_since_heartbeat=ENTRI_MATI):
        await worker_app.job_manager.retry_job(entry)


async def _look_for_dead(worker_app: App) -> None:
    from django.db import close_old_connections, connection

    from petajabatan.interop.pengiriman import enqueue_due, prune
    from petajabatan.inti.actor import sistem
    from petajabatan.inti.dinding import scope_of
    from petajabatan.inti.pelaksanaan import return_dead_jobs
    from petajabatan.pegawai.services.hitung import recount_due

    next_recompute = 0.0

    def look(now: float) -> None:
        close_old_connections()
        try:
            return_dead_jobs()
            if now >= next_recompute:
                recount_due()
            with scope_of(sistem("segel")), connection.cursor() as cursor:
                cursor.execute("SELECT segel_tertunda()")
            with scope_of(sistem("webhook")):
                enqueue_due()
                if now >= next_recompute:
                    prune()
        finally:
            connection.close()

    loop = asyncio.get_running_loop()
    while True:
        now = loop.time()
        await asyncio.to_thread(look, now)
        await give_back_entries(worker_app)
        if now >= next_recompute:
            next_recompute = now + HITUNG_SETIAP
        await asyncio.sleep(CARI_MATI_SETIAP)
