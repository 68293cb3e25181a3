"""Tasks of the queue that deliver webhooks."""

from __future__ import annotations

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from petajabatan.interop.pengiriman import KirimanTertunda, deliver, deliver_again


class MenurutWebhook(BaseRetryStrategy):
    """Again at the time the webhook's own row says; anything unforeseen is left to the worker's next look."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, KirimanTertunda):
            return RetryDecision(retry_at=exception.pada)
        return None


@app.task(name="kirim_webhook", retry=MenurutWebhook())
def kirim_webhook(webhook: int) -> int:
    """Send a webhook all that waits for it."""
    return deliver(webhook)


@app.task(name="kirim_ulang_webhook")
def kirim_ulang_webhook(kiriman: str) -> bool:
    """Send the events of one attempt once more."""
    return deliver_again(kiriman)
