from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from articles.body import allowed
from articles.body.cleaning import clean
from articles.body.inline import build, flatten
from articles.body.links import is_external
from articles.body.markup import Element, parse, serialize
from articles.body.phones import link_numbers
from articles.body.reading import blocks

READING_SPEED = 200  # words a minute, silently: an unhurried reader
LISTENING_SPEED = 150  # words a minute, spoken at speed 1


@dataclass(frozen=True)
class Derived:
    """What an edition needs of a body. `contents` is [{"id", "text", "level"}], `text` has a line for each block."""

    html: str
    contents: list[dict[str, Any]]
    words: int
    minutes: int
    listening_minutes: int
    text: str
    headings: str


def derive(html: str, language: str, pictures: Mapping[int, str] | None = None) -> Derived:
    """What readers get of a body, in the words of `language`; `pictures` are the `<picture>` elements by number.

    It holds no address of a static file, for those change with every release.
    """
    desk = clean(html)
    root = parse(desk)
    with translation.override(language):
        _Deriving(pictures or {}).apply(root)
    lines = blocks(desk)
    text = "\n".join(line.text for line in lines if line.kind != "picture")
    words = sum(any(letter.isalnum() for letter in word) for word in text.split())
    headings = [line.text for line in lines if line.kind in ("h2", "h3")]
    return Derived(
        html=allowed.derived.clean(serialize(root)),
        contents=[
            {"id": heading.attrs["id"], "text": heading.text(), "level": int(heading.tag[1])}
            for heading in root.walk()
            if heading.tag in ("h2", "h3")
        ],
        words=words,
        minutes=max(1, ceil(words / READING_SPEED)),
        listening_minutes=max(1, ceil(words / LISTENING_SPEED)),
        text=text,
        headings="\n".join(headings),
    )


class _Deriving:
    """One pass over a cleaned tree, counting cards and notes."""

    def __init__(self, pictures: Mapping[int, str]) -> None:
        self.pictures = pictures
        self.cards = 0
        self.notes = 0

    def apply(self, node: Element) -> None:
        children: list[Element | str] = []
        for child in node.children:
            if isinstance(child, str):
                children.append(child)
                continue
            self.apply(child)
            children.extend(self._derived(child))
        node.children = children

    def _derived(self, node: Element) -> list[Element | str]:
        if node.tag == "p":
            node.children = build(link_numbers(list(flatten(node.children))))
        if node.tag in ("p", "h2", "h3", "figcaption"):
            _mark_external(node)
        if node.tag == "section":
            return [self._card(node)]
        if node.tag == "div":
            return self._note(node)
        if node.tag == "figure":
            return self._figure(node)
        if node.tag == "li":
            return [_without_lone_paragraph(node)]
        return [node]

    def _card(self, node: Element) -> Element:
        """The level is said in words as well as in color."""
        self.cards += 1
        level = {
            "calm": _("Advice:"),
            "concern": _("Urgent advice:"),
            "urgent": _("Emergency:"),
        }[node.attrs["data-level"]]
        heading_id = f"care-card-{self.cards}"
        first, *rest = list(node.elements())
        label = Element("span", {"class": "care-card-level"}, [level])
        if first.tag != "p":
            first, rest = Element("p"), [first, *rest]
        words = build(_not_strong(first)) if _all_strong(first) else first.children
        heading = Element("p", {"class": "care-card-heading", "id": heading_id}, [label, " ", *words])
        text = [Element("div", {"class": "care-card-text"}, [*rest])] if rest else []
        attrs = {**node.attrs, "role": "group", "aria-labelledby": heading_id}
        return Element("section", attrs, [heading, *text])

    def _note(self, node: Element) -> list[Element | str]:
        """Readers hear what is coming and may go past it; the place they come to says where they are."""
        self.notes += 1
        note_id, end_id = f"content-note-{self.notes}", f"after-note-{self.notes}"
        words = node.attrs.get("data-note", "") or _("This part may be hard to read.")
        level = Element("span", {"class": "content-note-level"}, [_("Content note:")])
        skip = Element("a", {"class": "skip-note", "href": f"#{end_id}"}, [_("Skip this part")])
        note = Element("p", {"class": "content-note-text", "id": note_id}, [level, f" {words} ", skip])
        passage = Element("div", {"class": "content-note-passage"}, node.children)
        attrs = {"class": "content-note", "role": "group", "aria-labelledby": note_id}
        end_attrs = {"class": "content-note-end", "id": end_id, "tabindex": "-1"}
        return [Element("section", attrs, [note, passage]), Element("p", end_attrs, [_("End of this part.")])]

    def _figure(self, node: Element) -> list[Element | str]:
        picture = self.pictures.get(int(node.attrs["data-picture"]))
        if picture is None:
            return []
        captions = [child for child in node.elements() if child.tag == "figcaption"]
        return [Element("figure", {"class": "picture"}, [*parse(picture).children, *captions])]


def _mark_external(node: Element) -> None:
    for link in node.walk():
        if link.tag == "a" and is_external(link.attrs.get("href", "")):
            link.attrs |= {"class": "external", "rel": "external noreferrer noopener"}


def _without_lone_paragraph(item: Element) -> Element:
    """`<li><p>word</p></li>` reads as `<li>word</li>`; an item of several blocks keeps them."""
    inner = list(item.elements())
    paragraphs = [child for child in inner if child.tag == "p"]
    if len(paragraphs) == 1 and inner[0] is paragraphs[0]:
        item.children = [*inner[0].children, *inner[1:]]
    return item


def _all_strong(node: Element) -> bool:
    return all(run.strong for run in flatten(node.children) if run.text.strip())


def _not_strong(node: Element) -> Any:
    return [replace(run, strong=False) for run in flatten(node.children)]
