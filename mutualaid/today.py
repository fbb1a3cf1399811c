"""What of the board waits for staff today, besides the queue."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from mindspace.accounts.models import User
from mindspace.accounts.models.by_phone import MAY, PhoneMember
from mindspace.admin.today import Item, Row
from mutualaid.coordinating import count_words, waiting_count
from mutualaid.models.post_queries import MODERATE


def unanswered(user: User) -> Iterator[Row]:
    count = waiting_count()
    yield Row(count_words(count), reverse("mutualaid:waiting_list"), count)


def by_phone(user: User) -> Iterator[Row]:
    """Those without e-mail who have something to hear."""
    members: Any = PhoneMember.objects.helped_by(user).with_news()
    count = members.filter(to_hear__gt=0).count()
    words = ngettext(
        "%(count)d person helped by phone has something to hear",
        "%(count)d people helped by phone have something to hear",
        count,
    )
    yield Row(words % {"count": count}, reverse("accounts:phone_member_list"), count)


ITEMS = (
    Item("mutualaid.1_unanswered", unanswered, permission=MODERATE),
    Item("mutualaid.2_by_phone", by_phone, permission=MAY),
)
