"""Taking all of one's data out, and leaving. Apps register what they hold in AppConfig.ready.

leaving.register("mutualaid", export, delete, stop)

`export(user)` gives plain data: dicts, lists, text, numbers, dates. `delete(user, keep_posts)` deletes what is theirs,
or, with `keep_posts`, leaves what they wrote for others without their name; it runs in the transaction that ends the
account. `stop(user)` ends what is open and keeps the rest: nobody acts for them any more. What the database does by
itself when the account goes (CASCADE, SET_NULL) needs no code, but a word in tests/accounts/test_leaving.py: it walks
every model with a path to a person.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from mindspace.accounts.models.user import User  # by_phone.py beside it imports this module

Export = Callable[[User], Mapping[str, Any]]
Delete = Callable[[User, bool], None]
Stop = Callable[[User], object]


@dataclass(frozen=True)
class Holder:
    name: str
    export: Export
    delete: Delete
    stop: Stop | None = None


_holders: dict[str, Holder] = {}


def register(name: str, export: Export, delete: Delete, stop: Stop | None = None) -> None:
    _holders[name] = Holder(name, export, delete, stop)


def names() -> list[str]:
    return list(_holders)


def everything(user: User) -> dict[str, Mapping[str, Any]]:
    """All that the site holds of this person, by app, in the order they were registered."""
    return {holder.name: holder.export(user) for holder in _holders.values()}


def stop(user: User) -> None:
    """End what is open between them and others; the account stays. Call it in a transaction."""
    for holder in reversed(_holders.values()):
        if holder.stop is not None:
            holder.stop(user)


def told(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """Columns of a row, in words where it keeps codes. Those are under "codes", for who reads the file by machine."""
    found: dict[str, Any] = {}
    codes: dict[str, Any] = {}
    for name in names:
        column, value = row._meta.get_field(name), getattr(row, name)
        words = dict(getattr(column, "base_field", column).flatchoices)
        found[name] = value
        if words and value:
            codes[name] = value
            many = isinstance(value, list)
            found[name] = [str(words.get(each, each)) for each in value] if many else str(words.get(value, value))
    return {**found, "codes": codes} if codes else found


def leave(user: User, *, keep_posts: bool) -> None:
    """Delete the account and all that goes with it, now. What was registered last goes first."""
    with transaction.atomic():
        # Not against rows that point to the account: whoever holds a post, and tells this member of it, need not wait.
        user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        for holder in reversed(_holders.values()):
            holder.delete(user, keep_posts)
        user.delete()
