import smtplib
import uuid
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.utils import make_msgid, parseaddr
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import MIMEMixin
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.encryption import decrypt_bytes, encrypt_bytes

# The job sent along with the row delivers at once; only then does the sweep of waiting mail look at it.
HEAD_START = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=1)
REFUSED_FOR = timedelta(days=3)


class ServerUnreachable(Exception):
    """No mail server answered: there is no point in trying the next mail now."""


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self, now: datetime) -> Self:
        return self.filter(next_attempt_at__lte=now).order_by("next_attempt_at")

    def late(self, now: datetime) -> Self:
        """Mail that has been waiting for over an hour, which somebody should look into."""
        return self.filter(created_at__lt=now - timedelta(hours=1))

    def put(self, email: EmailMessage) -> "OutgoingMail":
        """Keep `email` for delivery. The caller defers the job in the same transaction."""
        if "Message-ID" not in email.extra_headers:
            # Our own domain, not this machine's name; the same id on a second delivery, so that it can be recognized.
            domain = parseaddr(email.from_email)[1].rpartition("@")[2]
            email.extra_headers["Message-ID"] = make_msgid(domain=domain or None)
        envelope = "\n".join([email.from_email, *email.recipients()])
        sealed = encrypt_bytes(envelope.encode() + b"\n\n" + email.message().as_bytes())
        return self.create(sealed=sealed, next_attempt_at=timezone.now() + HEAD_START)


class RawMessage(MIMEMixin, Message):  # type: ignore[misc]  # as Django's own SafeMIMEText
    """A parsed mail that can be written out the way Django's backends ask for it."""


class SealedEmail(EmailMessage):
    """A mail that was rendered before, with the envelope it is to go out under."""

    def __init__(self, from_email: str, recipients: list[str], raw: bytes) -> None:
        super().__init__(from_email=from_email, to=recipients)
        self.raw = raw

    def message(self) -> RawMessage:  # type: ignore[override]
        return message_from_bytes(self.raw, _class=RawMessage)


class OutgoingMail(models.Model):
    """A mail on its way out: here until a mail server has taken it, then gone.

    Addresses and text are encrypted. Delivery happens while the row is locked, and the row goes in the same
    transaction, so two workers never send one mail. One gap is in the nature of SMTP: if we are killed after the
    server said yes and before the row is gone, the mail goes out again, with the same Message-ID.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    next_attempt_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=80, blank=True)  # a kind and a code, never an address
    sealed = models.BinaryField()

    objects: ClassVar[Any] = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def deliver(cls, mail_id: uuid.UUID | str) -> bool:
        """Hand one mail to the mail server; True if it is gone, False if it has to wait.

        Raises ServerUnreachable when no server answered, and whatever else went wrong; the mail is kept all the same.
        """
        with transaction.atomic():
            mail = cls.objects.select_for_update(skip_locked=True).filter(pk=mail_id).first()
            if mail is None:  # delivered, or another worker is at it
                return True
            try:
                get_connection(**settings.MAIL_TRANSPORT).send_messages([mail.unsealed()])
            except Exception as error:  # whatever it was: a mail is put off, never lost
                problem = error
            else:
                mail.delete()
                return True
            mail.put_off(problem)
        if not isinstance(problem, OSError):  # no trouble with the server, so one of ours: let it be seen
            raise problem
        if not _answered(problem):
            raise ServerUnreachable
        return False

    def unsealed(self) -> SealedEmail:
        envelope, _blank, raw = decrypt_bytes(bytes(self.sealed)).partition(b"\n\n")
        from_email, *recipients = envelope.decode().split("\n")
        return SealedEmail(from_email, recipients, raw)

    def put_off(self, problem: Exception) -> None:
        """Wait twice as long as last time, an hour at most; give up only on what a server refuses for days."""
        now = timezone.now()
        if _refused_for_good(problem) and now - self.created_at > REFUSED_FOR:
            self.delete()
            return
        self.attempts += 1
        self.next_attempt_at = now + min(timedelta(seconds=15) * 2 ** min(self.attempts, 10), LONGEST_WAIT)
        self.last_error = _name_of(problem)
        self.save(update_fields=["attempts", "next_attempt_at", "last_error"])


def _answered(problem: Exception) -> bool:
    return isinstance(problem, (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused))


def _codes(problem: Exception) -> list[int]:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return [code for code, _text in problem.recipients.values()]
    return [problem.smtp_code] if isinstance(problem, smtplib.SMTPResponseException) else []


def _refused_for_good(problem: Exception) -> bool:
    codes = _codes(problem)
    return bool(codes) and isinstance(problem, smtplib.SMTPRecipientsRefused) and all(code >= 500 for code in codes)


def _name_of(problem: Exception) -> str:
    return " ".join([type(problem).__name__, *map(str, _codes(problem))])[:80]
