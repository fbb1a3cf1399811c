"""Words typed into the site's search, and what can be told from them before anything is looked up.

The words are used for the one answer and kept nowhere: not logged, not stored, not cached.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row")

LONGEST = 200

# A search that says one of these opens with the help lines. Better ten times too often than once too few.
SOMEONE = r"(me|myself|him|himself|her|herself|them\w*)"
CRISIS_WORDS = (
    r"suicid\w*",
    rf"kill(ing)? {SOMEONE}",
    r"(end|ending|take|taking) (my|his|her|their) (own )?li(fe|ves)",
    r"(want|wants|wanted|going|ready) to (die|be dead)|wanna die|rather be dead",
    r"(unalive|hang|shoot) (my ?self|him ?self|her ?self)",
    r"better off dead",
    r"no reason to live|(don'?t|do not|no longer) want to live",
    r"(can'?t|cannot|can not) (go on|cope|do this any ?more|take it any ?more)",
    r"self[ -]?harm\w*",
    rf"(cut|cutting|hurt|hurts|hurting|harm|harming) {SOMEONE}",
    r"overdos\w*",
    r"abus\w+",
    r"violen\w+",
    r"rape[ds]?|assault\w*",
    rf"(hit|hits|hitting|beat|beats|beating|chok\w+|threaten\w*|stalk\w*) {SOMEONE}",
    r"(not|un)[ -]?safe|in danger|emergency|crisis",
    r"hot ?line|help ?line|988|911",
)
CRISIS = re.compile(rf"\b({'|'.join(CRISIS_WORDS)})\b", re.IGNORECASE)
ZIP = re.compile(r"(?<![\w-])\d{5}(-\d{4})?(?![\w-])")
# What a search looks at in a help line.
LINE_SAYS = ("name", "what_it_is", "audience", "good_to_know", "languages")
# Words too common to tell one help line from another.
COMMON = {
    "and",
    "are",
    "for",
    "from",
    "help",
    "in",
    "is",
    "it",
    "line",
    "me",
    "my",
    "of",
    "or",
    "the",
    "to",
    "with",
    "you",
}


class SearchForm(forms.Form):
    """What is looked for, and where: a ZIP code or a town, never more exact than that."""

    q = forms.CharField(
        label=_("Say it in your own words"),
        max_length=LONGEST,
        required=False,
        error_messages={"max_length": _("Please use fewer words: 200 letters at most.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    near = forms.CharField(
        label=_("ZIP code or town, if you like"),
        max_length=60,
        required=False,
        error_messages={"max_length": _("Please write only a ZIP code or a town.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "search"}),
    )

    def clean(self) -> dict[str, Any]:
        """A ZIP code typed among the words is a place."""
        cleaned: dict[str, Any] = super().clean() or {}
        zip_code = ZIP.search(cleaned.get("q", ""))
        if zip_code and not cleaned.get("near"):
            cleaned["near"] = zip_code[0]
            cleaned["q"] = " ".join(ZIP.sub(" ", cleaned["q"]).split())
        return cleaned


def sounds_like_crisis(words: str) -> bool:
    return CRISIS.search(words.replace("’", "'")) is not None


def matching(rows: Iterable[Row], words: str, fields: Sequence[str]) -> list[Row]:
    """The rows whose `fields` say one of the words (or a longer form of it), those that say most of them first."""
    wanted = {word for word in re.findall(r"\w+", words.lower()) if len(word) > 2} - COMMON
    patterns = [re.compile(rf"\b{re.escape(word)}") for word in wanted]

    def score(row: Row) -> int:
        said = " ".join(str(getattr(row, field)) for field in fields).lower()
        return sum(1 for pattern in patterns if pattern.search(said))

    scored = [(score(row), row) for row in rows]
    return [row for points, row in sorted(scored, key=lambda pair: -pair[0]) if points]
