"""Words that people type for what a group is about: other names for it, and slips of the finger."""

import re
from collections.abc import Iterable

from groups.models import Topic
from mindspace.spelling import distance

MOST_WORDS = 12
LEAST_LETTERS = 4
# Said around what is looked for, and said by no listing in particular.
AROUND = frozenset({
    "a", "an", "and", "any", "around", "at", "for", "group", "groups", "help", "i", "in", "me", "meeting", "meetings",
    "my", "near", "need", "of", "on", "or", "people", "support", "supporting", "the", "to", "want", "with",
})  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def wanted(text: str) -> str:
    """The words to look for: in small letters, without those that are only said around them."""
    words = [word.lower() for word in _WORD.findall(text)][:MOST_WORDS]
    return " ".join([word for word in words if word not in AROUND] or words)


def mended(words: str, topics: Iterable[Topic]) -> str:
    """`words` with each slip of the finger mended. What is near no topic stays: a group may have it in its name."""
    known = vocabulary(topics)
    return " ".join(nearest(word, known) for word in words.split())


def known_as(text: str, topics: Iterable[Topic]) -> str:
    """The name of the topic that `text` is another name for, such as "AA"; "" for its own name."""
    said = " ".join(_WORD.findall(text.lower()))
    return next((topic.name for topic in topics if said in topic.synonyms), "")


def vocabulary(topics: Iterable[Topic]) -> frozenset[str]:
    """Every word of the topics' names and of their other names."""
    said = " ".join(" ".join([topic.name, *topic.synonyms]) for topic in topics)
    return frozenset(_WORD.findall(said.lower()))


def nearest(word: str, known: frozenset[str]) -> str:
    """The known word that `word` is a slip of: one slip for up to six letters, two for more; else `word` itself."""
    if word in known or len(word) < LEAST_LETTERS:
        return word
    limit = 1 if len(word) <= 6 else 2
    near = [(distance(word, other, limit), other) for other in known if abs(len(other) - len(word)) <= limit]
    slips, best = min(near, default=(limit + 1, word))
    return best if slips <= limit and best[0] == word[0] else word
