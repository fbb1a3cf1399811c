"""The texts that an article has had, each under a short name: "desk", "e3" (edition 3), "s12" (the 12th save)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, DeskEdit, Edition
from mindspace.site.hours import moment

SHAPE = r"^(desk|[es][0-9]{1,9})\Z"


def is_name(text: str) -> bool:
    return re.fullmatch(SHAPE, text) is not None


@dataclass(frozen=True)
class Version:
    """One of the texts: `source` is `Article.source()` as it was, `row` the edition or the save (None for the desk)."""

    name: str
    words: str
    at: datetime
    source: Mapping[str, Any]
    row: Edition | DeskEdit | None = None


def find(article: Article, name: str) -> Version:
    """Raises Http404 for a text that this article never had."""
    if name == "desk":
        return Version(name, _("The text on the desk now"), article.updated_at, article.source())
    number = int(name[1:])
    edition = article.editions.filter(number=number).first() if name.startswith("e") else None
    if edition:
        return Version(name, _("Edition %(number)d") % {"number": number}, edition.publish_at, edition.source, edition)
    save = article.edits.filter(version=number).first() if name.startswith("s") else None
    if save:
        return Version(name, words_for_save(save), save.at, save.source, save)
    raise Http404


def words_for_save(edit: DeskEdit) -> str:
    """A save as a choice in a list: when, and by whom."""
    when = moment(timezone.localtime(edit.at), "M j, Y")
    return _("Saved %(when)s by %(who)s") % {"when": when, "who": edit.by} if edit.by else when


def restore(article: Article, name: str, by: Any, seen_version: int) -> None:
    """Put an earlier text on the desk. Raises Http404, EditConflict if somebody saved meanwhile, SlugRefused."""
    version = find(article, name)
    if version.row is None:
        raise Http404
    if isinstance(version.row, Edition):
        version.row.restore(by, seen_version)
    else:
        article.save_desk(by, seen_version, **article.changes_from(version.source))
