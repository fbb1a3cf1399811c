"""Which item of one list became which item of another, in bounded time."""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T")
# Above this many items Python's matcher may leave common ones out of account, which keeps it from going quadratic.
MANY = 1000
# How far from its place, in items, a changed item is looked for.
REACH = 24


def opcodes(old: Sequence[T], new: Sequence[T]) -> list[tuple[str, int, int, int, int]]:
    """difflib's opcodes; equal ends are set aside first, for most edits are small."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    codes: list[tuple[str, int, int, int, int]] = [("equal", 0, start, 0, start)] if start else []
    matcher = SequenceMatcher(None, inner_old, inner_new, len(inner_new) > MANY)
    for code, i1, i2, j1, j2 in matcher.get_opcodes():
        codes.append((code, i1 + start, i2 + start, j1 + start, j2 + start))
    if end:
        codes.append(("equal", len(old) - end, len(old), len(new) - end, len(new)))
    return codes


def matched(
    old: Sequence[T], new: Sequence[T], text: Callable[[T], str]
) -> Iterator[tuple[T, None] | tuple[None, T] | tuple[T, T]]:
    """Every item of both, in order: equal or similar ones as a pair, the others alone."""
    for change, i1, i2, j1, j2 in opcodes(old, new):
        if change == "equal":
            yield from zip(old[i1:i2], new[j1:j2], strict=True)
        else:
            yield from _similar(old[i1:i2], new[j1:j2], text)


def _similar(
    old: Sequence[T], new: Sequence[T], text: Callable[[T], str]
) -> Iterator[tuple[T, None] | tuple[None, T] | tuple[T, T]]:
    """Pair items that share at least half of their words, never crossing; the choice with the most in common wins."""
    before = [frozenset(text(item).casefold().split()) for item in old]
    after = [frozenset(text(item).casefold().split()) for item in new]
    slope = len(new) / len(old) if old else 0
    # best[i, j]: the most that old[i:] and new[j:] can have in common; pairs too far apart count as nothing.
    best: dict[tuple[int, int], float] = {}
    for i in range(len(old) - 1, -1, -1):
        place = round(i * slope)
        for j in range(min(len(new) - 1, place + REACH), max(-1, place - REACH - 1), -1):
            pair = best.get((i + 1, j + 1), 0.0) + _shared(before[i], after[j])
            best[i, j] = max(pair, best.get((i + 1, j), 0.0), best.get((i, j + 1), 0.0))
    i = j = 0
    while i < len(old) or j < len(new):
        here = best.get((i, j), 0.0)
        if i < len(old) and here <= best.get((i + 1, j), 0.0):
            yield old[i], None
            i += 1
        elif j < len(new) and here <= best.get((i, j + 1), 0.0):
            yield None, new[j]
            j += 1
        else:
            yield old[i], new[j]
            i, j = i + 1, j + 1


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of their words two texts have in common, from 0 to 1; too little counts as nothing."""
    share = 2 * len(one & other) / (len(one) + len(other) or 1)
    return share if share >= 0.5 else 0.0
