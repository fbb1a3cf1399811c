"""What the worker does for the board. Each may run twice, or late."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from mutualaid import ending, reminding, rest
from mutualaid.errors import NotPossible
from mutualaid.models import Acted, Asked, Message, Post, Response

REDACTED_AFTER = timedelta(days=90)  # since it ended


@app.periodic(cron="5 * * * *")
@app.task(name="mutualaid.end", queueing_lock="mutualaid.end")
def end(timestamp: int) -> None:
    """End what is past its last day."""
    ending.end(timezone.localdate())


@app.periodic(cron="20 15 * * *")
@app.task(name="mutualaid.remind", queueing_lock="mutualaid.remind")
def remind(timestamp: int) -> None:
    """Say what ends soon, and ask about what stands, by day in all of the country."""
    ending.remind(timezone.localdate())
    ending.ask(timezone.now())
    rest.welcome_back(timezone.localdate())


@app.periodic(cron="35 * * * *")
@app.task(name="mutualaid.agreed", queueing_lock="mutualaid.agreed")
def agreed(timestamp: int) -> None:
    """Remind two people of what is near, and ask how it went."""
    now = timezone.now()
    reminding.move_on(now)
    reminding.let_go(now)
    reminding.remind(now)
    reminding.ask(now)
    reminding.lapse(now)


@app.periodic(cron="40 4 * * *")
@app.task(name="mutualaid.redact", queueing_lock="mutualaid.redact")
def redact(timestamp: int) -> None:
    """Take the words out of what ended 90 days ago, and of which nobody is in the middle of anything."""
    now = timezone.now()
    old = Post.objects.filter(state=Post.State.CLOSED, redacted_at=None, closed_at__lte=now - REDACTED_AFTER)
    old = old.exclude(pk__in=Response.objects.live().order_by().values("post"))  # silence ends that, see reminding.py
    over = Response.objects.filter(decided_at__lte=now - REDACTED_AFTER).exclude(state__in=Response.LIVE)
    Message.objects.filter(response__in=over).delete()
    Acted.objects.filter(response__in=over).delete()
    Asked.objects.filter(at__lte=now - REDACTED_AFTER).delete()
    for post in old.only("pk").iterator(chunk_size=500):
        try:
            post.redact(now)
        except NotPossible:  # it came back meanwhile
            continue
    Acted.objects.filter(post__redacted_at__isnull=False).delete()
