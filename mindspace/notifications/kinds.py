"""What a member can be told of. Apps add their kinds in AppConfig.ready.

    kinds.register(Kind("mutualaid.answered", _("Answers to your posts"), _("Somebody answered a post of yours.")))

`sentence` is all that a mail says: it names nobody and quotes nothing.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Choice(models.TextChoices):
    AT_ONCE = "at once", _("At once")
    DAILY = "daily", _("Once a day, together")
    NEVER = "never", _("Not by mail")


class Part(models.TextChoices):
    """The headings of the settings, in their order."""

    ANSWERS = "answers", _("Asking and answering")
    WORDS = "words", _("What others write to you")
    AGREED = "agreed", _("What you agreed on")
    POSTS = "posts", _("What you posted")
    OTHER = "other", _("Everything else")


@dataclass(frozen=True)
class Kind:
    """`name` is "app.what" and never changes; `title` stands in the settings, in its `part`; `default` is a Choice."""

    name: str
    title: Text
    sentence: Text
    default: str = Choice.AT_ONCE
    part: str = Part.OTHER


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    if kind.default not in Choice.values:
        raise ValueError(f"{kind.default!r} is no choice of {', '.join(Choice.values)}.")
    _kinds[kind.name] = kind


def get(name: str) -> Kind:
    """Raises LookupError: whoever tells of something has to register it."""
    return _kinds[name]


def find(name: str) -> Kind | None:
    """The kind of a row that may be older than the code."""
    return _kinds.get(name)


def every() -> list[Kind]:
    return [kind for _name, kind in sorted(_kinds.items())]
