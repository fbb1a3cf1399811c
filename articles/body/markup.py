"""A small tree of HTML elements, for markup that nh3 has already made well-formed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

# Deeper than anybody writes; what lies below is kept, but flat, so that no depth can exhaust Python's stack.
MAX_DEPTH = 40
VOID = frozenset({"br", "hr", "img", "source"})
INLINE = frozenset({
    "a", "abbr", "b", "br", "code", "del", "em", "font", "i", "img", "ins", "kbd", "mark", "picture", "q", "s",
    "small", "span", "strike", "strong", "sub", "sup", "u",
})  # fmt: skip


@dataclass
class Element:
    """A tag with its attributes and children; text is a plain `str` among them, unescaped."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def is_inline(self) -> bool:
        return self.tag in INLINE

    def elements(self) -> Iterator["Element"]:
        """The children that are elements."""
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator["Element"]:
        """Every element below this one, in document order."""
        for child in self.elements():
            yield child
            yield from child.walk()

    def text(self) -> str:
        """All text below, as it stands; a line break counts as a space."""
        if self.tag == "br":
            return " "
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def has(self, *tags: str) -> bool:
        return any(element.tag in tags for element in self.walk())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]
        self._open_tags: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        if len(self._open) > MAX_DEPTH:
            element.children = self._open[-1].children
        else:
            self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)
            self._open_tags[tag] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open_tags[tag]:
            closed = self._open.pop().tag
            self._open_tags[closed] -= 1
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        siblings = self._open[-1].children
        if siblings and isinstance(siblings[-1], str):
            siblings[-1] += data
        else:
            siblings.append(data)


def parse(html: str) -> Element:
    """Return a nameless root element that holds `html`, which must be well-formed."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def serialize(node: "Element | str") -> str:
    """The HTML of a node; text and attribute values are escaped."""
    if isinstance(node, str):
        return escape(node, quote=False)
    inside = "".join(serialize(child) for child in node.children)
    if not node.tag:
        return inside
    attrs = "".join(f' {name}="{escape(value)}"' for name, value in node.attrs.items())
    return f"<{node.tag}{attrs}>" if node.tag in VOID else f"<{node.tag}{attrs}>{inside}</{node.tag}>"
