"""The sections of /my/, a member's own page. Apps add theirs in AppConfig.ready.

    my.register(my.Section("mutualaid.posts", 40, "mutualaid/my/posts.html", posts_of))

`context` takes the member and returns what the template needs, or None: then there is nothing to show. What waits for
the member has an order below 100, what they set and look after comes from 500 on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mindspace.accounts.models import User


@dataclass(frozen=True)
class Section:
    name: str
    order: int
    template: str
    context: Callable[[User], dict[str, Any] | None]


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    _sections[section.name] = section


def sections_for(user: User, request: Any = None) -> list[SafeString]:
    """The sections that have something to say to this member, in their order, as HTML."""
    ordered = sorted(_sections.values(), key=lambda section: (section.order, section.name))
    found = [(section, section.context(user)) for section in ordered]
    return [render_to_string(section.template, context, request) for section, context in found if context is not None]
