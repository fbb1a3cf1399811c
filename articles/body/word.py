"""Lists as Word and many web pages paste them: paragraphs that only look like items."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from articles.body.inline import style_of
from articles.body.markup import Element

_LEVEL = re.compile(r"mso-list:l\d+level(\d)")
_NUMBERED = re.compile(r"^\(?[0-9a-z]{1,4}[.)]", re.IGNORECASE)
# An item on its way into a list; never part of a result.
_ITEM = "list-item"


@dataclass(frozen=True)
class Marker:
    level: int
    is_ordered: bool


def list_marker(paragraph: Element) -> Marker | None:
    """How deep and of which kind the list is that a pasted paragraph belongs to."""
    level = _LEVEL.search(style_of(paragraph))
    if not level and "MsoListParagraph" not in paragraph.attrs.get("class", ""):
        return None
    bullets = (e.text().strip() for e in paragraph.walk() if "mso-list:ignore" in style_of(e))
    bullet = next(bullets, "")
    if not level and not bullet:
        return None
    return Marker(int(level[1]) if level else 1, bool(_NUMBERED.match(bullet)) and bullet != "o")


def item(marker: Marker, content: list[Element | str]) -> Element:
    return Element(_ITEM, {"level": str(marker.level), "tag": "ol" if marker.is_ordered else "ul"}, content)


def join_lists(blocks: Iterable[Element]) -> list[Element]:
    """Put neighboring items into lists, deeper ones into the item before them."""
    joined: list[Element] = []
    open_lists: list[Element] = []
    for block in blocks:
        if block.tag != _ITEM:
            open_lists = []
            joined.append(block)
            continue
        tag, level = block.attrs["tag"], min(int(block.attrs["level"]), len(open_lists) + 1)
        del open_lists[level:]
        if len(open_lists) < level or open_lists[-1].tag != tag:
            del open_lists[level - 1 :]
            fresh = Element(tag)
            (open_lists[-1].children[-1].children if open_lists else joined).append(fresh)  # type: ignore[union-attr]
            open_lists.append(fresh)
        open_lists[-1].children.append(Element("li", {}, [Element("p", {}, block.children)]))
    return joined
