"""Reading what a cleaned body holds."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from articles.body.markup import Element, parse

# Control, zero-width, text-direction and private-use characters; joiners stay, for Persian and emoji need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ufeff\ufff0-\uffff"
    "\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
_LEAVES = ("p", "h2", "h3", "figcaption")
_KINDS = {"li": "li", "blockquote": "quote"}


def visible(text: str) -> str:
    """The text without characters that nobody sees and that cannot, or should not, be kept."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


@dataclass(frozen=True)
class Block:
    """A line of the body. `kind` is p, h2, h3, li, quote, card-calm (-concern, -urgent), note (its text is the warning)
    or picture (its text is the number).
    """

    kind: str
    text: str


def blocks(html: str) -> list[Block]:
    """The body as lines of plain text, in reading order."""
    return list(_blocks(parse(html), ""))


def blocks_with_addresses(html: str) -> list[Block]:
    """The same, each link followed by its address in brackets."""
    root = parse(html)
    for link in root.walk():
        if link.tag == "a":
            link.children.append(f" [{link.attrs.get('href', '')}]")
    return list(_blocks(root, ""))


def _blocks(node: Element, around: str) -> Iterator[Block]:
    for child in node.elements():
        if child.tag in _LEAVES:
            kind = around or "p" if child.tag in ("p", "figcaption") else child.tag
            yield Block(kind, " ".join(child.text().split()))
        elif child.tag == "figure":
            yield Block("picture", child.attrs.get("data-picture", ""))
            yield from _blocks(child, "")
        elif child.tag == "div" and "data-note" in child.attrs:
            yield Block("note", child.attrs["data-note"])
            yield from _blocks(child, around)
        else:
            yield from _blocks(child, _KINDS.get(child.tag, "") or _card(child) or around)


def _card(node: Element) -> str:
    return f"card-{node.attrs.get('data-level', 'calm')}" if node.tag == "section" else ""


def heading_texts(html: str) -> dict[str, str]:
    """The text of each heading by its id."""
    headings = (element for element in parse(html).walk() if element.tag in ("h2", "h3"))
    return {heading.attrs["id"]: heading.text() for heading in headings if heading.attrs.get("id")}


def picture_ids(html: str) -> set[int]:
    figures = (element for element in parse(html).walk() if element.tag == "figure")
    return {int(figure.attrs["data-picture"]) for figure in figures if figure.attrs.get("data-picture", "").isdigit()}
