from django.utils import timezone
from procrastinate.contrib.django import app

from mindspace.limits.models import CacheEntry, Count


@app.periodic(cron="17 * * * *")
@app.task(name="limits.forget", queueing_lock="limits.forget")
def forget(timestamp: int) -> None:
    """Drop the counts and cache entries whose time is over."""
    now = timezone.now()
    Count.objects.filter(expires__lt=now).delete()
    CacheEntry.objects.filter(expires__lt=now).delete()
