"""Words that people type for what a group is about: other names for it, and slips of the finger."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mindspace.spelling import distance

if TYPE_CHECKING:
    from groups.models import Topic

MOST_WORDS = 12
LEAST_LETTERS = 4
LONGEST_WORD = 40
# Said around what is looked for, and said by no listing in particular.
AROUND = frozenset({
    "a", "an", "and", "any", "around", "at", "for", "group", "groups", "help", "i", "in", "me", "meeting", "meetings",
    "my", "near", "need", "of", "on", "or", "people", "support", "supporting", "the", "to", "want", "with",
})  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def words_of(text: str) -> list[str]:
    """In small letters."""
    return [word.lower() for word in _WORD.findall(text)]


def wanted(text: str) -> str:
    """The words to look for, without those that are only said around them."""
    words = words_of(text)[:MOST_WORDS]
    return " ".join([word for word in words if word not in AROUND] or words)


def mended(words: str, topics: "Iterable[Topic]", names: frozenset[str] = frozenset()) -> list[str]:
    """`words` with each slip of the finger mended, the likeliest first: for a word of a topic, then for one of `names`.

    What is near to neither stays as it is.
    """
    known = vocabulary(topics)
    found = (_mended(words, *each) for each in ((known, names), (names, known), (known,), (known | names,)))
    return [other for other in dict.fromkeys(found) if other != words]


def _mended(words: str, *known: frozenset[str]) -> str:
    return " ".join(_nearest_in(word, *known) for word in words.split())


def _nearest_in(word: str, *known: frozenset[str]) -> str:
    """Of the first of `known` that has a word near it."""
    if any(word in each for each in known):
        return word
    return next((near for each in known if (near := nearest(word, each)) != word), word)


def known_as(text: str, topics: "Iterable[Topic]") -> str:
    """The name of the topic that `text` is another name for, such as "AA"; "" for its own name."""
    said = " ".join(_WORD.findall(text.lower()))
    return next((topic.name for topic in topics if said in topic.synonyms), "")


def vocabulary(topics: "Iterable[Topic]") -> frozenset[str]:
    """Every word of the topics' names and of their other names."""
    said = " ".join(" ".join([topic.name, *topic.synonyms]) for topic in topics)
    return frozenset(words_of(said))


def slips_allowed(word: str) -> int:
    return 1 if len(word) <= 6 else 2


def nearest(word: str, known: frozenset[str]) -> str:
    """The known word that `word` is a slip of, or `word` itself."""
    if word in known or len(word) < LEAST_LETTERS:
        return word
    limit, letters = slips_allowed(word), set(word)
    likely = (other for other in known if abs(len(other) - len(word)) <= limit and len(letters ^ {*other}) <= 2 * limit)
    slips, best = min(((distance(word, other, limit), other) for other in likely), default=(limit + 1, word))
    return best if slips <= limit and best[0] == word[0] else word
