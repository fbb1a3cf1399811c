"""What the site itself has waiting for staff; apps register theirs the same way."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from mindspace.accounts.models import User
from mindspace.admin.today import Item, Row
from mindspace.mail.models import OutgoingMail
from mindspace.site.models import HelpLine


def help_lines_to_check(user: User) -> Iterator[Row]:
    count = HelpLine.objects.checked_before().count()
    label = ngettext(
        "%(count)d help line was not checked in the last 90 days",
        "%(count)d help lines were not checked in the last 90 days",
        count,
    )
    yield Row(label % {"count": count}, reverse("admin:mindspace_site_helpline_changelist") + "?checked=stale", count)


def mail_that_is_stuck(user: User) -> Iterator[Row]:
    count = OutgoingMail.objects.late(timezone.now()).count()
    label = ngettext(
        "%(count)d mail could not be sent for over an hour. Tell whoever looks after the server",
        "%(count)d mails could not be sent for over an hour. Tell whoever looks after the server",
        count,
    )
    yield Row(label % {"count": count}, count=count)


HELP_LINES = Item("site.help_lines", help_lines_to_check, permission="mindspace_site.change_helpline")
MAIL = Item("site.mail", mail_that_is_stuck, permission="accounts.view_user")
