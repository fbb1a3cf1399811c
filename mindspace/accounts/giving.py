"""What a member can say they give, and speak. The apps that know the words hand them in, in AppConfig.ready.

giving.hand_in_kinds(CHOICES)        # as for a form: [(heading, [(code, label), ...]), ...]
giving.hand_in_languages(SPOKEN.items())
"""

from collections.abc import Iterable
from typing import Any

_kinds: list[Any] = []
_languages: list[Any] = []


def hand_in_kinds(choices: Iterable[Any]) -> None:
    _kinds[:] = choices


def hand_in_languages(choices: Iterable[Any]) -> None:
    _languages[:] = choices


def kinds() -> list[Any]:
    return list(_kinds)


def languages() -> list[Any]:
    return list(_languages)


def words_for(codes: Iterable[str], choices: Iterable[Any]) -> list[str]:
    """The labels of `codes`, in the order of the choices."""
    wanted = set(codes)
    return [str(label) for code, label in _flat(choices) if code in wanted]


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, Any]]:
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield code, label
