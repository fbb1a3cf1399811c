"""What must be right before an article can be published, and what might be better.

`text_problems` stand in the way; `advice` does not. Each says what it is, where it is and, in its words, what to do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext as _

from articles import body
from articles.body.links import is_external
from articles.body.markup import Element, parse
from articles.grade import reading_grade
from articles.models.edition import Edition
from articles.models.slug import ArticleSlug
from mindspace.media import is_stored

if TYPE_CHECKING:
    from articles.models.article import Article

HIGHEST_GRADE = 8
LONGEST_PARAGRAPH = 120  # words
VAGUE_LINKS = frozenset({
    "click", "click here", "here", "link", "this link", "the link", "more", "read more", "learn more",
    "see more", "find out more", "this", "this page", "page", "website", "this website", "this site", "site",
    "go", "go here", "see here", "download", "continue", "details", "info", "more info",
})  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """`code` never changes; `field` is the desk field to mend; `where` is the heading it is under, or ""."""

    code: str
    message: str
    field: str
    where: str = ""


@dataclass(frozen=True)
class Link:
    href: str
    text: str
    where: str


def text_problems(article: "Article") -> list[Problem]:
    """What stands in the way in the desk copy itself."""
    root = parse(body.clean(article.body, article.heading_ids))
    return [
        *_missing(article, root),
        *_pictures(article, root),
        *_headings(root),
        *_links(article, root),
        *_notes(article),
    ]


def advice(article: "Article") -> list[Problem]:
    """What a reader would thank the editor for."""
    root = parse(body.clean(article.body, article.heading_ids))
    return [
        *_hard_words(article),
        *_long_paragraphs(root),
        *_mixed_links(root),
        *_alt_style(article),
        *_unreviewed(article),
    ]


# -- Gates ---------------------------------------------------------------------------------------


def _missing(article: "Article", root: Element) -> Iterator[Problem]:
    if not article.title.strip():
        yield Problem("title_missing", _("Give it a title."), "title")
    if not article.dek.strip():
        yield Problem("dek_missing", _("Write a summary: one sentence under the title."), "dek")
    if not article.slug:
        yield Problem("slug_missing", _("Give it an address."), "slug")
    if not root.text().strip():
        yield Problem("body_missing", _("There is no text yet."), "body")
    if not article.topics.exists():
        yield Problem("topic_missing", _("Choose at least one topic, so that readers can find it."), "topics")
    if article.language not in dict(settings.LANGUAGES):
        yield Problem("language_missing", _("Choose a language that this site has."), "language")


def _pictures(article: "Article", root: Element) -> Iterator[Problem]:
    known = article.pictures()
    for figure, where in _with_place(root, "figure"):
        picture = known.get(int(figure.attrs["data-picture"]))
        if picture is None:
            yield Problem("picture_missing", _("A picture is gone. Choose it again, or take it out."), "body", where)
        elif not picture.alt and not picture.decorative:
            yield Problem("alt_missing", _("A picture has no alternative text."), "body", where)
    if article.hero and not article.hero.alt and not article.hero.decorative:
        yield Problem("alt_missing", _("The picture at the top has no alternative text."), "hero")
    if article.drawing and not article.hero and not article.drawing_alt.strip():
        yield Problem("alt_missing", _("Say what the drawing at the top shows."), "drawing_alt")


def _headings(root: Element) -> Iterator[Problem]:
    level = 1
    for heading in (element for element in root.walk() if element.tag in ("h2", "h3")):
        own = int(heading.tag[1])
        if own > level + 1:
            message = _("“%(text)s” is a small heading with no large one before it. Make it large.")
            yield Problem("heading_order", message % {"text": heading.text()}, "body", heading.text())
        level = own


def _links(article: "Article", root: Element) -> Iterator[Problem]:
    own_ids = {element.attrs["id"] for element in root.walk() if element.attrs.get("id")}
    for link in _all_links(root):
        words = re.sub(r"[^\w\s]", "", link.text.casefold()).strip()
        if not words:
            yield Problem("link_empty", _("A link has no words. Write where it leads."), "body", link.where)
        elif " ".join(words.split()) in VAGUE_LINKS:
            message = _("The link “%(text)s” does not say where it leads. Use words that do.")
            yield Problem("link_vague", message % {"text": link.text}, "body", link.where)
        if not is_external(link.href) and _is_dead(link.href, own_ids, article):
            message = _("The link “%(text)s” leads nowhere on this site: %(href)s")
            yield Problem("link_dead", message % {"text": link.text, "href": link.href}, "body", link.where)


def _notes(article: "Article") -> Iterator[Problem]:
    needing = article.topics.filter(needs_content_note=True).order_by("name").values_list("name", flat=True)
    if needing and not any(block.kind == "note" and block.text for block in body.blocks(body.clean(article.body))):
        message = _("Articles about %(topic)s need a content note around the part that may be hard to read.")
        yield Problem("content_note_missing", message % {"topic": needing[0]}, "body")


# -- Links ---------------------------------------------------------------------------------------


def _all_links(root: Element) -> Iterator[Link]:
    for link, where in _with_place(root, "a"):
        yield Link(link.attrs.get("href", ""), " ".join(link.text().split()), where)


def _with_place(root: Element, tag: str) -> Iterator[tuple[Element, str]]:
    """The elements with the text of the heading they are under ("" before the first)."""
    heading = ""
    for element in root.walk():
        if element.tag in ("h2", "h3"):
            heading = element.text()
        if element.tag == tag:
            yield element, heading


def _is_dead(href: str, own_ids: set[str], article: "Article") -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return True
    if parts.scheme:  # mailto:, tel:, sms:
        return False
    if not parts.path:
        return unquote(parts.fragment) not in own_ids
    if parts.path.startswith(settings.STATIC_URL):
        return True  # such an address changes with every release
    if parts.path.startswith(settings.MEDIA_URL):
        return not is_stored(unquote(parts.path.removeprefix(settings.MEDIA_URL)))
    match = _resolved(unquote(parts.path))
    if match is None:
        return True
    if match.namespace == "articles" and "slug" in match.kwargs:
        return _no_live_article(match.kwargs["slug"], unquote(parts.fragment), own_ids, article)
    return False


def _resolved(path: str) -> ResolverMatch | None:
    for candidate in (path, f"{path}/"):  # Django adds a missing slash
        try:
            return resolve(candidate)
        except (Resolver404, ValueError):
            continue
    return None


def _no_live_article(slug: str, fragment: str, own_ids: set[str], article: "Article") -> bool:
    other = ArticleSlug.objects.resolve(slug)
    if other is None:
        return True
    if other.pk == article.pk:
        return bool(fragment) and fragment not in own_ids
    live = Edition.objects.filter(article=other).live().first()
    return live is None or (bool(fragment) and all(entry["id"] != fragment for entry in live.contents))


# -- Advice --------------------------------------------------------------------------------------


def _hard_words(article: "Article") -> Iterator[Problem]:
    grade = reading_grade("\n".join(block.text for block in body.blocks(article.body) if block.kind != "picture"))
    if article.language.startswith("en") and grade > HIGHEST_GRADE:
        message = _("It reads at grade %(grade).1f. Shorter sentences and plainer words bring it to 8 or less.")
        yield Problem("grade_high", message % {"grade": grade}, "body")


def _long_paragraphs(root: Element) -> Iterator[Problem]:
    for paragraph, where in _with_place(root, "p"):
        if len(paragraph.text().split()) > LONGEST_PARAGRAPH:
            start = " ".join(paragraph.text().split()[:6])
            message = _("The paragraph “%(start)s …” is long. Two or three short ones are easier to read.")
            yield Problem("paragraph_long", message % {"start": start}, "body", where)


def _mixed_links(root: Element) -> Iterator[Problem]:
    targets: dict[str, str] = {}
    for link in _all_links(root):
        if targets.setdefault(link.text.casefold(), link.href) != link.href:
            message = _("Two links say “%(text)s” and lead to different places.")
            yield Problem("link_same_words", message % {"text": link.text}, "body", link.where)
        if re.match(r"(https?://|www\.)", link.text):
            message = _("The link “%(text)s” is a bare address. Words are easier to hear.")
            yield Problem("link_bare", message % {"text": link.text[:60]}, "body", link.where)


def _alt_style(article: "Article") -> Iterator[Problem]:
    for picture in article.pictures().values():
        if re.match(r"(an? |the )?(image|picture|photo|photograph|graphic) of\b", picture.alt, re.IGNORECASE):
            message = _("Leave out “picture of” in “%(alt)s”: screen readers say that themselves.")
            yield Problem(
                "alt_says_picture", message % {"alt": picture.alt}, "hero" if picture == article.hero else "body"
            )


def _unreviewed(article: "Article") -> Iterator[Problem]:
    if article.reviewed_on is None:
        yield Problem("reviewed_on_missing", _("Say when its facts were last reviewed."), "reviewed_on")
