"""Examples that show an empty site at work. Apps add theirs in AppConfig.ready; only a site on loopback loads them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction


class NotHere(Exception):
    """Examples are for a site that nobody else can reach."""


@dataclass(frozen=True)
class Examples:
    """`load` may run again and again; `remove` takes away exactly what was loaded; `present` says if any is there."""

    name: str
    load: Callable[[], Iterable[str]]  # lines for the person at the terminal
    remove: Callable[[], None]
    present: Callable[[], bool]


_sets: dict[str, Examples] = {}


def register(examples: Examples) -> None:
    _sets[examples.name] = examples


def load() -> list[str]:
    """Load every set, in the order they were registered; return what there is to say. Raises NotHere."""
    if not settings.ON_LOOPBACK:
        raise NotHere
    with transaction.atomic():
        return [line for examples in _sets.values() for line in examples.load()]


def remove() -> None:
    """Remove every set, the last registered first, so that what builds on accounts goes before them."""
    with transaction.atomic():
        for examples in reversed(_sets.values()):
            examples.remove()


def present() -> bool:
    return any(examples.present() for examples in _sets.values())
