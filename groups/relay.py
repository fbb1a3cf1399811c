"""Messages to a group whose address nobody sees: in the outgoing mail until a server took them, then nowhere."""

from uuid import UUID

from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

from groups.models import Group

ONE_DAY = 24 * 60 * 60  # in seconds


def pass_on(group: Group, name: str, email: str, message: str, key: UUID | None) -> None:
    """Mail the group; its answer goes to `email`. A second click sends nothing."""
    with transaction.atomic():
        if key and not cache.add(f"relay:{key}", True, ONE_DAY):
            return
        context = {"name": " ".join(name.split()), "message": message}
        subject = render_to_string("groups/mail/message_subject.txt").strip()
        body = render_to_string("groups/mail/message_message.txt", context).strip() + "\n"
        EmailMessage(subject, body, None, [group.contact_email], reply_to=[email]).send()
