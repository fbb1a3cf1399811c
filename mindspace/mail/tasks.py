"""The worker's share of the mail. A job carries a row's id and nothing else."""

from django.utils import timezone
from procrastinate.contrib.django import app

from mindspace.mail.models import OutgoingMail, ServerUnreachable

AT_ONCE = 500


@app.task(name="mail.deliver")
def deliver_mail(mail_id: str) -> None:
    try:
        OutgoingMail.deliver(mail_id)
    except ServerUnreachable:
        return  # the row says when to try again, and deliver_waiting reads it


@app.periodic(cron="* * * * *")
@app.task(name="mail.deliver_waiting", queueing_lock="mail.deliver_waiting")
def deliver_waiting(timestamp: int) -> None:
    """Deliver what an earlier job could not: the server was down, or a worker was killed at it."""
    for mail_id in OutgoingMail.objects.due(timezone.now()).values_list("pk", flat=True)[:AT_ONCE]:
        try:
            OutgoingMail.deliver(mail_id)
        except ServerUnreachable:
            return
