"""What `send_mail` and every library reaches: a mail becomes a row and a job, in the caller's transaction."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from mindspace.mail.models import OutgoingMail
from mindspace.mail.tasks import deliver_mail


class EmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            for email in email_messages:
                mail = OutgoingMail.objects.put(email)
                deliver_mail.defer(mail_id=str(mail.pk))
        return len(email_messages)
