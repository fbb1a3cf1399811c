"""What of the directory waits for staff today. Each line leads to the place where it can be dealt with."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import ngettext

from groups.admin.lists import stale
from groups.models import Group, ImportRun
from mindspace.accounts.models import User
from mindspace.admin.today import Item, Row


def to_look_at(user: User) -> Iterator[Row]:
    count = Group.objects.filter(status=Group.Status.PENDING).count()
    words = ngettext("%(count)d listing waits for a look", "%(count)d listings wait for a look", count)
    yield Row(words % {"count": count}, reverse("admin:groups_group_changelist") + "?state=pending", count)


def to_confirm(user: User) -> Iterator[Row]:
    """Examples are left out: nobody can ask them."""
    count = stale(Group.objects.filter(is_example=False)).count()
    words = ngettext(
        "%(count)d listing was not confirmed for half a year",
        "%(count)d listings were not confirmed for half a year",
        count,
    )
    yield Row(words % {"count": count}, reverse("admin:groups_group_changelist") + "?state=stale", count)


def held(user: User) -> Iterator[Row]:
    count = ImportRun.objects.filter(status=ImportRun.Status.HELD).count()
    words = ngettext("%(count)d import is held", "%(count)d imports are held", count)
    yield Row(words % {"count": count}, reverse("admin:groups_importrun_changelist") + "?status__exact=held", count)


ITEMS = (
    Item("groups.1_to_look_at", to_look_at, permission="groups.moderate_group"),
    Item("groups.2_to_confirm", to_confirm, permission="groups.moderate_group"),
    Item("groups.3_held", held, permission="groups.change_importrun"),
)
