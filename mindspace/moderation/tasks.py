"""What the worker does for the queue. It may run twice, or late."""

from django.utils import timezone
from procrastinate.contrib.django import app

from mindspace.moderation import queue


@app.periodic(cron="45 4 * * *")
@app.task(name="moderation.forget", queueing_lock="moderation.forget")
def forget(timestamp: int) -> None:
    """Drop what nobody confirmed, and of what was decided the addresses and then the words, of every kind there is."""
    now = timezone.now()
    for kind in queue.every():
        kind.model.objects.forget(now)
        kind.model.objects.forget_words(now)
