"""What plain words stand for: "tonight" is a day and an hour, "español" a language, "my mom died" is about grief."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups import facets, spelling
from groups.models.group import SPOKEN

if TYPE_CHECKING:
    from groups.asked import Asked
    from groups.models import Topic

DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LANGUAGE_NAMES = {
    "spanish": "es", "español": "es", "espanol": "es", "vietnamese": "vi", "chinese": "zh", "mandarin": "zh",
    "cantonese": "zh", "arabic": "ar", "hindi": "hi", "korean": "ko", "french": "fr", "tagalog": "tl",
    "filipino": "tl", "russian": "ru", "portuguese": "pt", "german": "de", "persian": "fa", "farsi": "fa",
    "urdu": "ur",
}  # fmt: skip
# What somebody writes, the facet that it stands for, and what the page says it took it for.
SAID = {
    **{
        said: (facets.DAYS[day], WEEKDAYS[day])
        for day, name in enumerate(DAY_NAMES)
        for said in (name, f"{name}s")
    },
    **dict.fromkeys(("morning", "mornings"), (facets.TIMES["morning"], gettext_lazy("Morning"))),
    **dict.fromkeys(("afternoon", "afternoons"), (facets.TIMES["afternoon"], gettext_lazy("Afternoon"))),
    **dict.fromkeys(("evening", "evenings"), (facets.TIMES["evening"], gettext_lazy("Evening"))),
    **{said: (facets.LANGUAGES[code], SPOKEN[code]) for said, code in LANGUAGE_NAMES.items()},
    **dict.fromkeys(("free", "no cost"), (facets.COSTS["free"], gettext_lazy("Free"))),
    **dict.fromkeys(
        ("step free", "step-free", "no steps", "no stairs", "wheelchair", "wheelchair accessible", "ramp"),
        (facets.FEATURES["step_free"], gettext_lazy("Step-free")),
    ),
    "hearing loop": (facets.FEATURES["hearing_loop"], gettext_lazy("Hearing loop")),
    "sign language": (facets.FEATURES["sign_language"], gettext_lazy("Sign language")),
    "captions": (facets.FEATURES["captions"], gettext_lazy("Captions")),
    "childcare": (facets.FEATURES["childcare"], gettext_lazy("Childcare")),
    **dict.fromkeys(("online", "zoom", "virtual"), (facets.ONLINE, gettext_lazy("Online"))),
}  # fmt: skip
NOW = {"today": (), "tonight": ("evening",)}
PHRASE = re.compile(
    rf"(?<![\w-])({'|'.join(re.escape(said) for said in sorted((*SAID, *NOW), key=len, reverse=True))})(?![\w-])"
)
# What people write who have lost somebody, and which is no name of anything.
MEANT = {"died": "grief", "passed": "grief", "grieving": "grief", "funeral": "grief",
         "drunk": "alcohol", "divorced": "separation", "ex": "separation", "alone": "loneliness",
         "friends": "loneliness"}  # fmt: skip
# Words of topics that tell nothing by themselves: "someone to talk to".
TELL_NOTHING = spelling.AROUND | {
    "anonymous",
    "community",
    "hard",
    "long",
    "love",
    "low",
    "members",
    "new",
    "someone",
    "speaking",
    "you",
}
LEAST_STEM = 5


def narrowed(asked: "Asked") -> "Asked | None":
    """The search with the words that name a day, a language or a need as ways to narrow; None where none does."""
    if asked.known_as:
        return None
    said = dict.fromkeys(PHRASE.findall(asked.words))
    ways = [way for words in said for way in _ways(words, asked)]
    if not ways:
        return None
    rest = spelling.wanted(PHRASE.sub(" ", asked.words))
    return replace(
        asked,
        words="" if set(rest.split()) <= spelling.AROUND else rest,
        facets=sorted({*asked.facets, *(facet for facet, _name in ways)}),
        taken_for=[str(name) for _facet, name in ways],
    )


def _ways(words: str, asked: "Asked") -> list[tuple[int, object]]:
    if words not in NOW:
        return [SAID[words]]
    day = timezone.localdate(asked.now).weekday()
    return [SAID[name] for name in (DAY_NAMES[day], *NOW[words])]


def about(asked: "Asked", topics: Sequence["Topic"]) -> "Asked | None":
    """The search for the topics that one of the words is another name for; what it is about before who it is for."""
    hits: Counter[Topic] = Counter()
    for topic in topics:
        names = spelling.vocabulary([topic]) - TELL_NOTHING
        hits[topic] = sum(
            any(word == name or _is_kin(word, name) for name in names) or MEANT.get(word) == topic.slug
            for word in asked.words.split()
        )
    found = [topic for topic in topics if hits[topic]]
    found = [topic for topic in found if topic.kind == "topic"] or found
    if not found:
        return None
    return replace(
        asked,
        words="",
        any_facets=[facets.TOPIC + topic.pk for topic in found],
        shown_for=_("” or “").join(topic.name for topic in found),
    )


def _is_kin(word: str, name: str) -> bool:
    """ "gamblers" and "gambling": all but their endings is the same."""
    stem = max(LEAST_STEM, min(len(word), len(name)) - 3)
    return len(word) >= stem and word[:stem] == name[:stem]
