"""Text inside a block, as a flat list of runs: tidying that is hard on a tree is easy here."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from articles.body.links import tidy_href
from articles.body.markup import Element
from articles.body.reading import visible

SPACES = re.compile(r"[ \t\r\n\f\v\xa0\u2000-\u200a\u202f\u205f\u3000]+")
BREAK = "\n"


@dataclass(frozen=True)
class Run:
    """Text with its marks; `BREAK` as the whole text is a line break."""

    text: str
    strong: bool = False
    em: bool = False
    href: str = ""

    @property
    def is_marked(self) -> bool:
        return self.strong or self.em or bool(self.href)

    def like(self, other: "Run") -> bool:
        return (self.strong, self.em, self.href) == (other.strong, other.em, other.href)


def style_of(element: Element) -> str:
    return element.attrs.get("style", "").lower().replace(" ", "")


def is_hidden(element: Element) -> bool:
    """Left out of what was pasted: Word's own bullets, and what its page did not show."""
    style = style_of(element)
    return "mso-list:ignore" in style or "display:none" in style or "mso-hide:all" in style


def flatten(nodes: Iterable[Element | str], mark: Run | None = None) -> Iterator[Run]:
    """The runs of `nodes`, marks understood however they were written (b, a bold span, font-weight: 700)."""
    mark = mark or Run("")
    for node in nodes:
        if isinstance(node, str):
            yield replace(mark, text=visible(node))
        elif node.tag == "br":
            yield Run(BREAK)
        elif not is_hidden(node):
            yield from flatten(node.children, _marked(mark, node))


def _marked(mark: Run, element: Element) -> Run:
    style = style_of(element)
    weight = re.search(r"(?<![\w-])font-weight:(\w+)", style)
    if weight:
        mark = replace(mark, strong=weight[1] in ("bold", "bolder", "600", "700", "800", "900"))
    elif element.tag in ("strong", "b"):
        mark = replace(mark, strong=True)
    slant = re.search(r"(?<![\w-])font-style:(\w+)", style)
    if slant:
        mark = replace(mark, em=slant[1] in ("italic", "oblique"))
    elif element.tag in ("em", "i", "cite"):
        mark = replace(mark, em=True)
    if element.tag == "a" and not mark.href:
        mark = replace(mark, href=tidy_href(element.attrs.get("href", "")) or "")
    return mark


def tidy(runs: Iterable[Run]) -> list[Run]:
    """Single spaces, none at the edges or around breaks, no mark that ends in a space, neighbors alike joined."""
    spaced: list[Run] = []
    for run in _without_edge_spaces(runs):
        if run.text == BREAK:
            _drop_end_space(spaced)
            if spaced:
                spaced.append(run)
            continue
        after_space = not spaced or spaced[-1].text.endswith((" ", BREAK))
        if text := (run.text.lstrip(" ") if after_space else run.text):
            spaced.append(replace(run, text=text))
    while spaced and not spaced[-1].text.strip():
        spaced.pop()
    _drop_end_space(spaced)
    return _joined(spaced)


def _drop_end_space(runs: list[Run]) -> None:
    if runs and runs[-1].text.endswith(" "):
        last = runs.pop()
        if text := last.text.rstrip(" "):
            runs.append(replace(last, text=text))


def _without_edge_spaces(runs: Iterable[Run]) -> Iterator[Run]:
    for run in runs:
        if run.text == BREAK:
            yield run
            continue
        text = SPACES.sub(" ", run.text)
        inner = text.strip(" ")
        if not run.is_marked or text == inner:
            yield replace(run, text=text)
            continue
        if text.startswith(" "):
            yield Run(" ")
        if inner:
            yield replace(run, text=inner)
            if text.endswith(" "):
                yield Run(" ")


def _joined(runs: list[Run]) -> list[Run]:
    joined: list[Run] = []
    for run, following in zip_longest(runs, runs[1:]):
        if run.text == " " and joined and following and BREAK not in (joined[-1].text, following.text):
            run = _space_between(joined[-1], following)
        if joined and run.like(joined[-1]) and BREAK not in (run.text, joined[-1].text):
            joined[-1] = replace(run, text=visible(joined[-1].text + run.text))
        else:
            joined.append(run)
    return joined


def _space_between(one: Run, other: Run) -> Run:
    """A space has the marks that both its neighbors have."""
    href = one.href if one.href == other.href else ""
    return Run(" ", one.strong and other.strong, one.em and other.em, href)


def paragraphs(runs: list[Run]) -> list[list[Run]]:
    """Split tidy runs where two or more breaks stand together: that is how pasted text often parts its paragraphs."""
    parts: list[list[Run]] = [[]]
    breaks = 0
    for run in runs:
        if run.text == BREAK:
            breaks += 1
            continue
        if breaks > 1 and parts[-1]:
            parts.append([])
        elif breaks == 1:
            parts[-1].append(Run(BREAK))
        breaks = 0
        parts[-1].append(run)
    return [part for part in parts if part]


def build(runs: Iterable[Run]) -> list[Element | str]:
    """The nodes of tidy runs: links outermost, then strong, then em."""
    return list(_nest(list(runs), ["href", "strong", "em"]))


def _nest(runs: list[Run], marks: list[str]) -> Iterator[Element | str]:
    if not marks:
        for run in runs:
            yield Element("br") if run.text == BREAK else run.text
        return
    mark, *inner = marks
    for value, group in groupby(runs, key=lambda run: getattr(run, mark)):
        nodes = list(_nest(list(group), inner))
        if not value:
            yield from nodes
        elif mark == "href":
            yield Element("a", {"href": str(value)}, nodes)
        else:
            yield Element(mark, {}, nodes)
