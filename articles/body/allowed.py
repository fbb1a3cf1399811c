"""The allow-lists, and nothing but nh3 calls that apply them."""

import re

import nh3

LEVELS = ("calm", "concern", "urgent")
SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms"})
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Ids that pages have around the article, and those that `derive` makes.
RESERVED_IDS = frozenset({
    "main", "article", "contents", "content", "nav", "footer", "header", "help", "leave", "search", "top",
    "title", "body", "html", "head", "site", "menu", "listen", "player", "messages", "resources", "related",
    "helpful", "feedback", "display", "safety", "id", "form",
})  # fmt: skip
RESERVED_ID_STARTS = ("care-card-", "content-note-", "after-note-", "resource-")
MAX_ID = 80

# Dropped with all they hold.
_GONE = {
    "script", "style", "title", "head", "template", "noscript", "iframe", "object", "embed", "applet", "frameset",
    "svg", "math", "xml", "textarea", "select", "option", "button", "audio", "video", "canvas", "noembed", "noframes",
    "plaintext", "xmp", "datalist", "dialog", "portal", "fencedframe",
}  # fmt: skip
_BLOCKS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "section", "div", "figure", "figcaption"}
_PASTED_BLOCKS = {
    "h1", "h4", "h5", "h6", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "pre",
    "address", "center", "article", "main", "header", "footer", "aside", "nav", "hr", "details", "summary", "hgroup",
}  # fmt: skip
_INLINE = {"a", "strong", "em", "br", "img"}
_PASTED_INLINE = {"b", "i", "span", "font", "u", "s", "del", "ins", "sub", "sup", "code", "small", "mark", "q", "cite"}
_OURS = {
    "h2": {"id"},
    "h3": {"id"},
    "a": {"href"},
    "div": {"data-note"},
    "figure": {"data-picture"},
    "img": {"src", "alt"},
}


def is_id(text: str) -> bool:
    """Whether a heading may have this id: it cannot hide or repeat an id of the page around the article."""
    free = text not in RESERVED_IDS and not text.startswith(RESERVED_ID_STARTS)
    return free and len(text) <= MAX_ID and bool(ID.fullmatch(text))


def _desk_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "id":
        return value if is_id(value) else None
    if name == "data-picture":
        return value if value.isascii() and value.isdigit() and len(value) < 12 else None
    if name == "src":  # the editor shows our own pictures only
        return value if re.fullmatch(r"/(?!/)[\w./-]*", value) else None
    return value


# As pasted: scripts are gone already, and style and class still tell a heading or a list from a paragraph.
loose = nh3.Cleaner(
    tags=_BLOCKS | _PASTED_BLOCKS | _INLINE | _PASTED_INLINE,
    clean_content_tags=_GONE,
    attributes={"*": {"style", "class"}, "section": {"data-level"}, **_OURS},
    url_schemes=set(SCHEMES),
    link_rel=None,
)
# As kept on the desk.
strict = nh3.Cleaner(
    tags=_BLOCKS | _INLINE,
    clean_content_tags=_GONE,
    attributes=_OURS,
    attribute_filter=_desk_attribute,
    tag_attribute_values={"section": {"data-level": set(LEVELS)}},
    allowed_classes={"section": {"care-card"}, "div": {"content-note"}},
    url_schemes=set(SCHEMES),
    link_rel=None,
)
# As readers get it: what `derive` adds is allowed, by name, on the elements it adds it to.
derived = nh3.Cleaner(
    tags=_BLOCKS | _INLINE | {"span", "picture", "source"},
    clean_content_tags=_GONE,
    attributes={
        "h2": {"id"},
        "h3": {"id"},
        "p": {"id", "tabindex"},
        "a": {"href", "rel"},
        "section": {"role", "aria-labelledby"},
        "source": {"type", "srcset", "sizes"},
        "img": {"src", "alt", "width", "height", "loading", "decoding"},
    },
    tag_attribute_values={"section": {"data-level": set(LEVELS)}},
    allowed_classes={
        "section": {"care-card", "content-note"},
        "div": {"care-card-text", "content-note-passage"},
        "p": {"care-card-heading", "content-note-text", "content-note-end"},
        "span": {"care-card-level", "content-note-level"},
        "a": {"external", "skip-note"},
        "figure": {"picture"},
    },
    url_schemes=set(SCHEMES),
    link_rel=None,
)
