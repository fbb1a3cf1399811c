import re
from collections.abc import Mapping

from articles.body import allowed
from articles.body.headings import give_ids
from articles.body.markup import VOID, Element, parse, serialize
from articles.body.tidy import tidy_blocks

MAX_CHARACTERS = 500_000  # a long book chapter, with all its markup
MAX_NESTING = 500  # the sanitizer takes the square of this
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_HOLDERS = {"", "ul", "ol", "li", "blockquote", "section", "div", "figure"}


def clean(html: str, remembered_ids: Mapping[str, str] | None = None) -> str:
    """Safe and tidy HTML of a body that was typed, pasted or forged; cleaning it again changes nothing.

    `remembered_ids` are the ids the article's headings ever had, each with its text (see articles.body.headings).
    """
    root = tidy_tree(html)
    give_ids(root, remembered_ids or {})
    _spread(root)
    return allowed.strict.clean(serialize(root)).strip()


def is_too_much(html: str) -> bool:
    """Whether `html` is longer or nested deeper than anything that somebody wrote; cleaning it could take minutes."""
    deepest = depth = 0
    for closes, tag in _TAG.findall(html[: MAX_CHARACTERS + 1]):
        if tag.lower() not in VOID:
            depth = max(0, depth - 1) if closes else depth + 1
            deepest = max(deepest, depth)
    return len(html) > MAX_CHARACTERS or deepest > MAX_NESTING


def tidy_tree(html: str) -> Element:
    """The tidy blocks of `html` under a nameless root, headings without new ids."""
    return Element("", {}, [*tidy_blocks(parse(allowed.loose.clean(_encodable(html))).children)])


def _encodable(html: str) -> str:
    """Without NUL and lone surrogates, which no UTF-8 can hold."""
    return html.replace("\x00", "").encode(errors="ignore").decode()


def _spread(node: Element) -> None:
    """Put each block on a line, so that the text can also be read and mended where the editor's page cannot run."""
    if node.tag in _HOLDERS:
        lines: list[Element | str] = [] if not node.tag else ["\n"]
        for child in node.children:
            lines += [child, "\n"]
        node.children = lines
    for child in node.elements():
        _spread(child)
