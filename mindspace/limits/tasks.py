from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from mindspace.limits.models import CacheEntry, Count


@app.periodic(cron="17 * * * *")
@app.task(name="limits.forget", queueing_lock="limits.forget")
def forget(timestamp: int) -> None:
    """Drop the counts, cache entries and sessions whose time is over."""
    now = timezone.now()
    Count.objects.filter(expires__lt=now).delete()
    CacheEntry.objects.filter(expires__lt=now).delete()
    import_string(f"{settings.SESSION_ENGINE}.SessionStore").clear_expired()
