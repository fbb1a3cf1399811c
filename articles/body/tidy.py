"""From any tree of HTML to the few blocks an article is made of."""

import re
from collections.abc import Iterable, Iterator

from articles.body import word
from articles.body.allowed import LEVELS
from articles.body.inline import Run, build, flatten, is_hidden, paragraphs, tidy
from articles.body.markup import Element
from articles.body.reading import visible

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_BULLET = re.compile(r"^[•·▪◦‣]\s*")
# What may stand inside what. At the top everything may.
_INSIDE = {
    "": {"heading", "list", "quote", "card", "note", "figure"},
    "note": {"heading", "list", "quote", "card", "figure"},
    "card": {"list"},
    "quote": {"list"},
    "item": {"list"},
}


def tidy_blocks(nodes: Iterable[Element | str], inside: str = "") -> list[Element]:
    """The tidy blocks of `nodes`; `inside` is "", "note", "card", "quote" or "item"."""
    return word.join_lists(list(_blocks(nodes, inside)))


def _blocks(nodes: Iterable[Element | str], inside: str) -> Iterator[Element]:
    loose: list[Element | str] = []
    for node in _unwrapped(nodes):
        if isinstance(node, str) or node.is_inline:
            loose.append(node)
            continue
        yield from _paragraphs(loose, inside)
        loose = []
        if not is_hidden(node):
            yield from _block(node, inside)
    yield from _paragraphs(loose, inside)


def _unwrapped(nodes: Iterable[Element | str]) -> Iterator[Element | str]:
    """Inline elements that wrap blocks give up the wrapping: the text of each block inside keeps the mark."""
    for node in nodes:
        if isinstance(node, Element) and node.is_inline and _has_blocks(node):
            yield from _unwrapped(_pushed_down(node, node.children))
        else:
            yield node


def _has_blocks(node: Element) -> bool:
    return any(not inner.is_inline for inner in node.walk())


def _pushed_down(mark: Element, nodes: Iterable[Element | str]) -> Iterator[Element | str]:
    for node in nodes:
        if isinstance(node, str) or (node.is_inline and not _has_blocks(node)):
            yield Element(mark.tag, mark.attrs, [node])
        else:
            yield Element(node.tag, node.attrs, [*_pushed_down(mark, node.children)])


def _block(node: Element, inside: str) -> Iterator[Element]:
    allowed = _INSIDE[inside]
    classes = node.attrs.get("class", "").split()
    if node.tag == "p" and "MsoTitle" in classes and "heading" in allowed:
        yield from _heading(Element("h2", {}, node.children))
    elif node.tag == "p":
        yield from _paragraphs(node.children, inside, word.list_marker(node))
    elif node.tag in HEADINGS:
        yield from _heading(node) if "heading" in allowed else _bold_line(node)
    elif node.tag in ("ul", "ol"):
        yield from _list(node)
    elif node.tag == "blockquote" and "quote" in allowed:
        yield from _holder(Element("blockquote"), node, "quote")
    elif node.tag == "section" and node.attrs.get("data-level") in LEVELS and "card" in allowed:
        attrs = {"class": "care-card", "data-level": node.attrs["data-level"]}
        yield from _holder(Element("section", attrs), node, "card")
    elif node.tag == "div" and "data-note" in node.attrs and "note" in allowed:
        note = " ".join(visible(node.attrs["data-note"]).split())[:300].strip()
        yield from _holder(Element("div", {"class": "content-note", "data-note": note}), node, "note")
    elif node.tag == "figure" and node.attrs.get("data-picture", "").isdigit() and "figure" in allowed:
        yield _figure(node)
    elif node.tag == "tr":
        yield from _row(node)
    else:
        yield from tidy_blocks(node.children, inside)


def _paragraphs(nodes: Iterable[Element | str], inside: str, marker: word.Marker | None = None) -> Iterator[Element]:
    for runs in paragraphs(tidy(flatten(nodes))):
        bullet = _BULLET.match(runs[0].text) if marker is None and inside != "item" else None
        if bullet:
            runs = tidy([Run(_BULLET.sub("", runs[0].text), runs[0].strong, runs[0].em, runs[0].href), *runs[1:]])
        found = word.Marker(level=1, is_ordered=False) if bullet else marker
        if runs and found:
            yield word.item(found, build(runs))
        elif runs:
            yield Element("p", {}, build(runs))


def _heading(node: Element) -> Iterator[Element]:
    """A heading holds plain text, emphasis and links: what is bold anyway needs no marking, a break is a space."""
    runs = [Run(" " if run.text == "\n" else run.text, em=run.em, href=run.href) for run in flatten(node.children)]
    if runs := tidy(runs):
        attrs = {"id": node.attrs["id"]} if node.attrs.get("id") else {}
        yield Element(HEADINGS[node.tag], attrs, build(runs))


def _bold_line(node: Element) -> Iterator[Element]:
    """A heading where none may be."""
    for runs in paragraphs(tidy(flatten(node.children, Run("", strong=True)))):
        yield Element("p", {}, build(runs))


def _list(node: Element) -> Iterator[Element]:
    items: list[Element] = []
    loose: list[Element | str] = []
    for child in [*node.children, Element("li")]:  # the empty last item ends what was loose
        if isinstance(child, str) or child.tag not in ("li", "ul", "ol"):
            loose.append(child)
            continue
        if blocks := tidy_blocks(loose, "item"):
            items.append(Element("li", {}, [*blocks]))
        loose = []
        if child.tag == "li":
            if blocks := tidy_blocks(child.children, "item"):
                items.append(Element("li", {}, [*blocks]))
        else:  # a list right inside a list belongs to the item before it, as in pages of Google Docs
            nested = list(_list(child))
            if items:
                items[-1].children.extend(nested)
            else:
                items.extend(Element("li", {}, [*inner.children]) for outer in nested for inner in outer.elements())
    if items:
        yield Element(node.tag, {}, [*items])


def _holder(holder: Element, node: Element, inside: str) -> Iterator[Element]:
    holder.children = [*tidy_blocks(node.children, inside)]
    if holder.children:
        yield holder


def _figure(node: Element) -> Element:
    """The caption is its text; the picture itself is known by its number."""
    image = next((element for element in node.walk() if element.tag == "img"), None)
    children: list[Element | str] = (
        [Element("img", {name: image.attrs.get(name, "") for name in ("src", "alt")})] if image else []
    )
    caption = next((element for element in node.walk() if element.tag == "figcaption"), None)
    if caption and (runs := tidy(flatten(caption.children))):
        children.append(Element("figcaption", {}, build(runs)))
    return Element("figure", {"data-picture": node.attrs["data-picture"]}, children)


def _row(node: Element) -> Iterator[Element]:
    """A row of a table, as a line: the site has no tables, for a phone cannot show them well."""
    line: list[Run] = []
    for cell in (tidy(_cell(cell)) for cell in node.elements() if cell.tag in ("td", "th")):
        if cell:
            line += [Run(" · "), *cell] if line else cell
    if line:
        yield Element("p", {}, build(tidy(line)))


def _cell(cell: Element) -> Iterator[Run]:
    mark = Run("", strong=cell.tag == "th")
    for line in Element("", {}, [*tidy_blocks(cell.children, "item")]).walk():
        if line.tag == "p":
            yield from flatten(line.children, mark)
            yield Run(" ")
