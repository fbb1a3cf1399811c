"""An edition laid out as a page: its parts in order, its drawings, its resources, and what to read next."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.storage import default_storage
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Edition, Resource

NEIGHBORS = 3
# The drawings that stand over the sections of an article, by the drawing at its head.
SECTION_DRAWINGS = {"circle": ["op-1", "op-2", "op-3", "op-4", "op-5", "op-6"]}

# Where the page adds something to a body: before a section, in a calm care card, and before a paragraph that is nothing
# but a link to the resources page, which is how an editor says "list this article's resources here".
PLACES = re.compile(
    r"(?P<section>(?=<h2[ >]))"
    r'|(?P<card><section(?=[^>]* class="care-card")(?=[^>]* data-level="calm")[^>]*>)'
    r'|(?P<resources>(?=<p><a href="/resources/">[^<]*</a></p>))'
)
DIALED = re.compile(r'<a href="(tel|sms):([+0-9-]+)([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
PICTURE = re.compile(r'<picture>.*?<img [^>]*?alt="([^"]*)"[^>]*>.*?</picture>', re.DOTALL)
ANOTHER_SITE = re.compile(r'(<a [^>]*?class="external".*?)(?=</a>)', re.DOTALL)
BREAKS = re.compile(r"[ -](?![^<]*>)")
UNBROKEN = {" ": "\N{NO-BREAK SPACE}", "-": "\N{NON-BREAKING HYPHEN}"}
LONGEST_UNBROKEN = 24  # letters: more would not fit a small phone


@dataclass(frozen=True)
class Part:
    """A stretch of the body, and what stands in front of it: a drawing, or the article's resources."""

    html: SafeString
    drawing: str = ""
    drawing_class: str = ""
    resources_first: bool = False


@dataclass(frozen=True)
class Reading:
    """What the template of an article shows. `resources` and `neighbors` are fetched by `of`, a query for each.

    For a reader who saves data, `saves_data`, what a picture shows stands in its place.
    """

    edition: Edition
    resources: Sequence[Resource] = ()
    neighbors: Sequence[Edition] = ()
    saves_data: bool = False

    @classmethod
    def of(cls, edition: Edition, *, saves_data: bool = False) -> "Reading":
        resources = Resource.objects.of_article(edition.article_id)
        return cls(edition, list(resources), list(Edition.objects.related_to(edition)[:NEIGHBORS]), saves_data)

    @property
    def address(self) -> str:
        """The one public address of the article."""
        return settings.SITE_URL + reverse("articles:article_detail", args=[self.edition.slug])

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """The way down to the article: the list, then its first topic."""
        articles = reverse("articles:article_list")
        topics = [(f"{articles}?topic={topic['slug']}", topic["name"]) for topic in self.edition.topics[:1]]
        return [(articles, _("Articles")), *topics]

    @property
    def facts(self) -> list[str]:
        """How long it takes, and when its facts were last reviewed."""
        day = self.edition.reviewed_on
        reviewed = [_("Reviewed on %(day)s") % {"day": date_format(day, "F j, Y")}] if day else []
        return facts(self.edition) + reviewed

    @property
    def share_picture(self) -> str:
        """The address of the picture that goes with a link to this article elsewhere."""
        hero = self.edition.hero
        picture = default_storage.url(hero.renditions[-1]["webp"]) if hero else static("icons/share.png")
        return urljoin(settings.SITE_URL, picture)

    @property
    def contents(self) -> list[dict[str, Any]]:
        return [entry for entry in self.edition.contents if entry["level"] == 2]

    @cached_property
    def parts(self) -> list[Part]:
        body = self.edition.body_html
        if self.saves_data:
            body = PICTURE.sub(lambda picture: f"<p>{picture[1]}</p>" if picture[1] else "", body)
        body = say_another_site(body, self.edition.language)
        return list(parts(body, SECTION_DRAWINGS.get(self.edition.drawing, [])))

    @property
    def resources_come_last(self) -> bool:
        """Whether no place in the body was kept for the resources."""
        return bool(self.resources) and not any(part.resources_first for part in self.parts)


def facts(edition: Edition) -> list[str]:
    """How long an edition takes to read and to hear."""
    read, hear = edition.minutes, edition.listening_minutes
    return [
        ngettext("%(count)d minute to read", "%(count)d minutes to read", read) % {"count": read},
        ngettext("%(count)d minute to hear", "%(count)d minutes to hear", hear) % {"count": hear},
    ]


def parts(html: str, drawings: Iterable[str]) -> Iterator[Part]:
    """Cut the derived HTML of a body at its places; joined again, the parts are the body."""
    html = write_numbers_out(html)
    waiting, start = iter(drawings), 0
    before: dict[str, Any] = {}
    listed = False
    for place in PLACES.finditer(html):
        yield Part(_safe(html[start : place.end()]), **before)
        start = place.end()
        if place.lastgroup == "section":
            before = {"drawing": next(waiting, ""), "drawing_class": "section-drawing"}
        elif place.lastgroup == "card":
            before = {"drawing": "seat-free", "drawing_class": "card-drawing"}
        else:
            before, listed = {"resources_first": not listed}, True
    yield Part(_safe(html[start:]), **before)


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - articles.body cleaned it when the edition was made


def say_another_site(html: str, language: str) -> str:
    """Say in words what the arrow of a link says, for screen readers; the player leaves out what is `data-silent`."""
    with translation.override(language):
        words = format_html(' <span class="visually-hidden" data-silent>{}</span>', _("(another site)"))
    return ANOTHER_SITE.sub(lambda link: link[1] + words, html)


def write_numbers_out(html: str) -> str:
    """Keep each number in the words of a phone link on one line; others become `data-number`, for paper."""

    def marked(link: re.Match[str]) -> str:
        scheme, number, query, attributes, words = link.groups()
        plain = re.sub(r"<[^>]+>", "", words)
        if re.sub(r"\D", "", number)[-10:] not in re.sub(r"\D", "", plain):
            attributes += f' data-number="{number}"'
        elif len(plain) <= LONGEST_UNBROKEN:
            words = BREAKS.sub(lambda space: UNBROKEN[space[0]], words)
        return f'<a href="{scheme}:{number}{query}"{attributes}>{words}</a>'

    return DIALED.sub(marked, html)
