"""The worker's share of what is told. Each may run twice, or late."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from mindspace.accounts.models import KeptOut, User
from mindspace.notifications.models import Notification
from mindspace.notifications.telling import mail_due

KEPT = timedelta(days=90)
AT_ONCE = 500


@app.periodic(cron="* * * * *")
@app.task(name="notifications.mail_waiting", queueing_lock="notifications.mail_waiting")
def mail_waiting(timestamp: int) -> None:
    """Mail what waited for the end of somebody's quiet hours, or for their morning."""
    now = timezone.now()
    due = Notification.objects.to_mail(now).order_by().values_list("user", flat=True).distinct()[:AT_ONCE]
    for user in User.objects.filter(pk__in=list(due)):
        mail_due(user, now)


@app.periodic(cron="20 4 * * *")
@app.task(name="notifications.forget", queueing_lock="notifications.forget")
def forget(timestamp: int) -> None:
    now = timezone.now()
    Notification.objects.filter(at__lt=now - KEPT, mail_at=None).delete()
    KeptOut.objects.forget(now)
