"""What the site itself has waiting for staff; apps register theirs the same way."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import ngettext

from mindspace.accounts.models import User
from mindspace.admin.today import Item, Row
from mindspace.site.models import HelpLine


def help_lines_to_check(user: User) -> Iterator[Row]:
    count = HelpLine.objects.checked_before().count()
    label = ngettext(
        "%(count)d help line was not checked in the last 90 days",
        "%(count)d help lines were not checked in the last 90 days",
        count,
    )
    yield Row(label % {"count": count}, reverse("admin:mindspace_site_helpline_changelist") + "?checked=stale", count)


HELP_LINES = Item("site.help_lines", help_lines_to_check, permission="mindspace_site.change_helpline")
