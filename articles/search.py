"""Searching live editions: ranked, highlighted, and forgiving of an unfinished or misspelled word.

PostgreSQL's full-text search does the first; the rest works on the words that live editions hold, and needs no
extension. Nothing that anybody searches for is kept.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, SearchVector
from django.db.models import Count, F, Func, Q, Value
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mindspace.spelling import distance

if TYPE_CHECKING:
    from articles.models.edition import EditionQuerySet

MAX_CHARACTERS = 200
MAX_TERMS = 12
MAX_CORRECTED = 4
MAX_VOCABULARY = 20_000  # the most common words of the live editions
CONFIGS = {"en": "english", "es": "spanish", "fr": "french", "de": "german", "pt": "portuguese", "ar": "arabic"}
# Private-use characters around a hit: articles.body removes them from every text, so only the database puts them there.
HIT_START, HIT_END = "\ue000", "\ue001"
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


def config(language: str) -> str:
    """PostgreSQL's text search configuration for a language code such as "en-us"."""
    return CONFIGS.get(language.split("-")[0].lower(), "simple")


def terms(text: str) -> list[str]:
    """The words of a text in small letters; quotes and operators are left out."""
    return [word.replace("\u2019", "'") for word in _WORD.findall(text.lower())]


def vocabulary(text: str) -> list[str]:
    """Every word of at least four letters, once; numbers do not count."""
    return sorted({word for word in terms(text) if 4 <= len(word) <= 40 and word.replace("'", "").isalpha()})


def vector(title: str, dek: str, headings: str, text: str, language: str) -> Any:
    """The expression that makes an edition's search vector."""
    weighted = {"A": title, "B": f"{dek}\n{headings}", "C": text}
    parts = [SearchVector(Value(part), weight=weight, config=config(language)) for weight, part in weighted.items()]
    return parts[0] + parts[1] + parts[2]


def query(words: str, language: str) -> SearchQuery:
    """What somebody typed, as a query: all words, "a phrase", or, -not. Any text is fine."""
    words = words.replace("\x00", " ")[:MAX_CHARACTERS]
    return SearchQuery(words, config=config(language), search_type="websearch")


def matching(editions: "EditionQuerySet", wanted: SearchQuery, language: str) -> "EditionQuerySet":
    """The editions that match, best first, with `rank` and `headline`: pass the latter to `highlight`."""
    headline = SearchHeadline(
        "text",
        wanted,
        config=config(language),
        start_sel=HIT_START,
        stop_sel=HIT_END,
        max_words=32,
        min_words=14,
        max_fragments=2,
        fragment_delimiter=" … ",
    )
    found: EditionQuerySet = (
        editions.filter(search_vector=wanted)
        .annotate(rank=SearchRank(F("search_vector"), wanted), headline=headline)
        .order_by("-rank", "-first_published_at", "-article_id")
    )
    return found


def highlight(headline: str) -> SafeString:
    """A `headline` as HTML, each hit in `<mark>`."""
    marked = escape(headline).replace(HIT_START, "<mark>").replace(HIT_END, "</mark>")
    return mark_safe(marked)  # noqa: S308 - escaped on this line's left, only our own <mark> added


@dataclass(frozen=True)
class Found:
    """`editions` is ranked and highlighted. `shown_for` is what was looked for instead ("" if just what was asked).

    `partly`: no article holds all the words; these hold some of them.
    """

    editions: "EditionQuerySet"
    shown_for: str = ""
    partly: bool = False


def find(editions: "EditionQuerySet", words: str, language: str) -> Found:
    """Search `editions` (live ones) for `words`; with no hit try unfinished, then misspelled, then any of the words."""
    asked = matching(editions, query(words, language), language)
    wanted = terms(words[:MAX_CHARACTERS])[:MAX_TERMS]
    if not wanted or asked.exists():
        return Found(asked)
    known = _vocabulary(editions)
    unknown = _unknown(editions, wanted, known, language)

    grown = [_ending(term, known) if term in unknown else [term] for term in wanted]
    if all(grown) and (hits := _hits(editions, grown, language)) is not None:
        return Found(hits)
    mended = [
        (_closest(term, known) or _begun(term, known) or term) if term in unknown[:MAX_CORRECTED] else term
        for term in wanted
    ]
    instead = " ".join(mended) if mended != wanted else ""
    if instead and (hits := _hits(editions, [[term] for term in mended], language)) is not None:
        return Found(hits, shown_for=instead)
    if len(mended) > 1 and (hits := _hits(editions, [mended], language)) is not None:
        return Found(hits, shown_for=instead, partly=True)
    return Found(asked)


def _hits(editions: "EditionQuerySet", groups: list[list[str]], language: str) -> "EditionQuerySet | None":
    """Editions with a word of every group, or None if there are none."""
    name = config(language)
    wanted: Any = None
    for group in groups:
        # Terms hold neither quotes nor operators, so "or" between them is the only one.
        any_of = SearchQuery(" or ".join(group), config=name, search_type="websearch")
        wanted = any_of if wanted is None else wanted & any_of
    found = matching(editions, wanted, language)
    return found if found.exists() else None


def _vocabulary(editions: "EditionQuerySet") -> dict[str, int]:
    """The words of the editions with the number of editions that hold each."""
    counted = (
        editions.order_by()
        .annotate(word=Func(F("vocabulary"), function="unnest"))
        .values("word")
        .annotate(count=Count("pk"))
        .order_by("-count", "word")
    )
    return dict(counted.values_list("word", "count")[:MAX_VOCABULARY])


def _unknown(editions: "EditionQuerySet", wanted: list[str], known: dict[str, int], language: str) -> list[str]:
    """The terms that no edition holds in any form; short ones are left alone, for they are mostly little words."""
    candidates = [term for term in dict.fromkeys(wanted) if len(term) >= 3 and term not in known]
    if not candidates:
        return []
    counts = {
        f"term_{index}": Count("pk", filter=Q(search_vector=SearchQuery(term, config=config(language))))
        for index, term in enumerate(candidates)
    }
    found = editions.order_by().aggregate(**counts)
    return [term for index, term in enumerate(candidates) if not found[f"term_{index}"]]


def _ending(term: str, known: dict[str, int]) -> list[str]:
    """Known words that begin with `term`, the most common first, ten at most."""
    return [word for word in known if word.startswith(term)][:10]


def _begun(term: str, known: dict[str, int]) -> str | None:
    """The longest known word that most of `term` begins with ("lonely" in "lonelyness")."""
    return max((w for w in known if len(w) >= max(4, len(term) // 2) and term.startswith(w)), key=len, default=None)


def _closest(term: str, known: dict[str, int]) -> str | None:
    """The known word nearest to `term`: one slip for up to six letters, two for more; the more common wins a tie."""
    limit = 1 if len(term) <= 6 else 2
    letters = set(term)
    best: tuple[int, int, str] | None = None
    for word, count in known.items():
        if abs(len(word) - len(term)) > limit or len(letters ^ set(word)) > 2 * limit:
            continue
        slips = distance(term, word, limit)
        if slips <= limit and (best is None or (slips, -count, word) < best):
            best = (slips, -count, word)
    return best[2] if best else None
