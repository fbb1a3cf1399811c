"""Ids of headings: made from the text once, and then kept, so that a link to a heading stays good."""

from collections.abc import Mapping, Set
from itertools import chain, count

from django.utils.text import slugify

from articles.body.allowed import MAX_ID, is_id
from articles.body.markup import Element


def give_ids(root: Element, remembered: Mapping[str, str]) -> None:
    """Give every h2 and h3 an id of its own.

    An id that is there stays. A heading without one gets back the id that `remembered` (id: text) has for its text, and
    else a new one, which is none of the remembered: a link to a heading that was removed must not lead elsewhere.
    """
    headings = [element for element in root.walk() if element.tag in ("h2", "h3")]
    used: set[str] = set()
    for heading in headings:
        wanted = heading.attrs.pop("id", "")
        if is_id(wanted) and wanted not in used:
            heading.attrs["id"] = wanted
            used.add(wanted)
    for heading in headings:
        if "id" not in heading.attrs:
            text = heading.text()
            known = (id for id, its_text in remembered.items() if its_text == text and id not in used and is_id(id))
            heading.attrs["id"] = next(known, None) or _fresh(text, used | remembered.keys())
            used.add(heading.attrs["id"])


def _fresh(text: str, taken: Set[str]) -> str:
    stem = "-".join(filter(None, slugify(text).replace("_", "-").split("-")))[: MAX_ID - 12].rstrip("-") or "part"
    if not is_id(stem):
        stem = f"about-{stem}"
    candidates = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)
