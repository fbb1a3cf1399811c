"""Telling a member of something: a row on the site, and a mail when and how they want it."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mindspace.accounts.models import User
from mindspace.mail.templates import send
from mindspace.notifications import kinds, quiet
from mindspace.notifications.kinds import Choice
from mindspace.notifications.models import Notification, Preference, QuietHours

SALT = "notifications.unsubscribe"
LONGEST_ABOUT = 160


def notify(
    user: User,
    kind: str,
    key: str,
    path: str = "",
    about: str = "",
    when: datetime | None = None,
    *,
    is_mailed: bool = False,
) -> Notification:
    """Tell `user` once of the event `key`; told again, nothing happens. `when` may lie ahead.

    `path` leads to where it can be seen. `about` is a title for the site; no mail says it. With `is_mailed` they have
    a mail of it already, and get no other. Call it inside the transaction of what happened, so that both are there or
    neither.
    """
    when = when or timezone.now()
    choice = Choice.NEVER if is_mailed else Preference.choice_of(user, kind)
    row = {"kind": kind, "path": path, "about": about[:LONGEST_ABOUT], "at": when}
    with transaction.atomic():
        told, made = Notification.objects.get_or_create(
            user=user, key=key, defaults=row | {"mail_at": _due(user, choice, when), "is_daily": choice == Choice.DAILY}
        )
        if made:
            mail_due(user, timezone.now())
    return told


def _due(user: User, choice: str, when: datetime) -> datetime | None:
    if choice == Choice.NEVER or not (user.is_active and user.can_be_mailed):
        return None
    if choice == Choice.DAILY:
        when = quiet.next_time(when, quiet.MORNING, quiet.zone_of(user))
    return QuietHours.end_for(user, when)


def mail_due(user: User, now: datetime) -> int:
    """Mail what is due for one member; return how many mails. Rows that another worker holds are left to it.

    The choice is read again: who has unsubscribed meanwhile gets nothing. Who rests gets no mail of the day.
    """
    with transaction.atomic():
        waiting = Notification.objects.select_for_update(skip_locked=True).filter(user=user).to_mail(now).order_by("at")
        rows = [row for row in waiting if kinds.find(row.kind)]
        can = user.is_active and user.can_be_mailed
        wanted = [row for row in rows if can and Preference.choice_of(user, row.kind) != Choice.NEVER]
        daily = [row for row in wanted if row.is_daily] if not is_resting(user, now) else []
        single = [row for row in wanted if not row.is_daily]
        for row in single:
            mail(user, [row])
        if daily:
            mail(user, daily)
        sent = {row.pk for row in (*single, *daily)}
        Notification.objects.filter(pk__in=sent).update(mail_at=None, mailed_at=now)
        Notification.objects.filter(pk__in={row.pk for row in waiting} - sent).update(mail_at=None)
    return len(single) + bool(daily)


def is_resting(user: User, now: datetime) -> bool:
    until = getattr(getattr(user, "profile", None), "resting_until", None)
    return until is not None and until >= now.astimezone(quiet.zone_of(user)).date()


def mail(user: User, rows: list[Notification]) -> None:
    """One mail. Its subject is the same for all: who sees a phone light up on a table learns nothing."""
    stop = settings.SITE_URL + stop_path(user, rows[0].kind if not rows[0].is_daily else "")
    context = {
        "sentences": list(dict.fromkeys(row.sentence for row in rows)),
        "link": settings.SITE_URL + reverse("notifications:notification_list"),
        "settings_link": settings.SITE_URL + reverse("notifications:preference_edit"),
        "stop": stop,
    }
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    send("notifications/mail/note", user.email, context, headers)


def stop_path(user: User, kind: str) -> str:
    """Where one press ends the mail of a kind, without signing in; without a kind, all that comes once a day."""
    return reverse("notifications:mail_stop", args=[signing.dumps([str(user.pk), kind], salt=SALT)])


def stopped_by(token: str) -> tuple[User, str] | None:
    """Whose mail of which kind a token ends. It does not run out: a mail may be read a year later."""
    try:
        pk, kind = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk).first()
    return (user, kind) if user else None


def stop(user: User, kind: str) -> None:
    with transaction.atomic():
        names = [kind] if kind else [each.name for each in kinds.every()]
        for name in names:
            if kind or Preference.choice_of(user, name) == Choice.DAILY:
                Preference.choose(user, name, Choice.NEVER)
        waiting = Notification.objects.filter(user=user, kind__in=names)
        (waiting if kind else waiting.filter(is_daily=True)).update(mail_at=None)
