"""Words typed into the site's search, and what can be told from them before anything is looked up.

The words are used for the one answer and kept nowhere: not logged, not stored, not cached.
"""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from mindspace.site.models import HelpLine

LONGEST = 200

# A search that says one of these opens with the help lines. Better ten times too often than once too few.
SOMEONE = r"(me|myself|him|himself|her|herself|them\w*)"
CRISIS_WORDS = (
    r"suicid\w*",
    rf"kill(ing)? {SOMEONE}",
    r"(end|ending|take|taking) (my|his|her|their) (own )?li(fe|ves)",
    r"(want|wants|wanted|going|ready) to die",
    r"better off dead",
    r"no reason to live",
    r"(can't|cannot|can not) (go on|cope|do this any ?more)",
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
ZIP = re.compile(r"\d{5}(-\d{4})?")
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
    q = forms.CharField(
        label=_("What are you looking for?"),
        max_length=LONGEST,
        required=False,
        error_messages={"max_length": _("Please use fewer words: 200 letters at most.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )


def sounds_like_crisis(words: str) -> bool:
    return CRISIS.search(words.replace("’", "'")) is not None  # noqa: RUF001


def looks_like_place(words: str) -> bool:
    """Whether the words are a ZIP code: then the way on is a finder of groups, not an article."""
    return ZIP.fullmatch(words.strip()) is not None


def matching(lines: list[HelpLine], words: str) -> list[HelpLine]:
    """The help lines that say one of the words, those that say most of them first."""
    wanted = {word for word in re.findall(r"\w+", words.lower()) if len(word) > 1} - COMMON

    def score(line: HelpLine) -> int:
        said = f"{line.name} {line.what_it_is} {line.audience} {line.good_to_know} {line.languages}".lower()
        return sum(1 for word in wanted if re.search(rf"\b{re.escape(word)}", said))

    scored = [(score(line), line) for line in lines]
    return [line for points, line in sorted(scored, key=lambda pair: -pair[0]) if points]
