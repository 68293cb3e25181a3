"""What the worker does beside the jobs: entries of the queue that a dead worker had taken."""

from __future__ import annotations

import asyncio

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from petajabatan.runtime.worker import give_back_entries

pytestmark = pytest.mark.django_db(transaction=True)


def taken_by(seconds_since_beat: int | None) -> int:
    """An entry being worked on by a worker that last beat so long ago; None: that one is gone altogether."""
    with connection.cursor() as cursor:
        worker = None
        if seconds_since_beat is not None:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat)"
                " VALUES (now() - make_interval(secs => %s)) RETURNING id",
                [seconds_since_beat],
            )
            worker = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id)"
            " VALUES ('default', 'kirim_surel', '{\"notifikasi\": [7]}', 'doing', %s) RETURNING id",
            [worker],
        )
        return cursor.fetchone()[0]


def test_entries_of_dead_workers_go_back_to_the_queue_and_those_of_living_ones_stay():
    living, silent, gone = taken_by(5), taken_by(600), taken_by(None)

    async def look() -> None:
        async with app.with_connector(app.connector.get_worker_connector()).open_async() as worker_app:
            await give_back_entries(worker_app)

    asyncio.run(look())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, status, attempts FROM procrastinate_jobs WHERE id = ANY(%s) ORDER BY id",
            [[living, silent, gone]],
        )
        assert cursor.fetchall() == [(living, "doing", 0), (silent, "todo", 1), (gone, "todo", 1)]
