"""The last part of a listing's address."""

from typing import Any

from django.utils.text import slugify

LONGEST = 70  # letters of the name; a number may follow


def free_slug(groups: Any, name: str, reserved: frozenset[str]) -> str:
    """`name` as an address that none of `groups` has; where it is taken, with a number behind it."""
    stem = slugify(name)[:LONGEST].strip("-_").replace("_", "-") or "group"
    taken = {*groups.filter(slug__startswith=stem).values_list("slug", flat=True), *reserved}
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)
