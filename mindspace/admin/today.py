"""What waits for staff today: the list the admin opens on. Apps add to it in AppConfig.ready.

    today.register(today.Item("articles.review", waiting_for_review, permission="articles.review_article"))

where the function takes the signed-in user and returns Row objects, none if nothing waits.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mindspace.accounts.models import User


@dataclass(frozen=True)
class Row:
    """One line: what waits (`label`, in words that include the number), how many, and where to see to it."""

    label: str
    url: str = ""
    count: int = 1


@dataclass(frozen=True)
class Item:
    """`name` orders and identifies it; only users who have `permission` are asked about it."""

    name: str
    rows: Callable[[User], Iterable[Row]]
    permission: str


_items: dict[str, Item] = {}


def register(item: Item) -> None:
    _items[item.name] = item


def rows_for(user: User) -> list[Row]:
    """Return what waits for this user, in the order of the items' names."""
    items = (item for _name, item in sorted(_items.items()) if user.has_perm(item.permission))
    return [row for item in items for row in item.rows(user) if row.count]
