"""One after the other, for what happens between two people, or to all that one person is in."""

from typing import Any

from django.db import connection


def lock_pair(one: Any, other: Any) -> None:
    """Let what happens between two people happen one after the other, as a block of one by the other does.

    It comes before the lock on the post, here and in a block, so that neither waits for the other for ever.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT mutualaid_lock_pair(%s, %s)", [one, other])
