"""How many years of school a text asks for."""

import re

_SENTENCE_END = re.compile(r"[.!?:;]+(?=\s|$)|\n")
_WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019-]*")
_SILENT_END = re.compile(r"(?:[^laeiouy]es|[^dt]ed|[^laeiouy]e)$")
_VOWELS = re.compile(r"[aeiouy]{1,2}")


def reading_grade(text: str) -> float:
    """The Flesch-Kincaid grade of an English text, in which a line break ends a sentence; 0.0 without words.

    Grade = 0.39 words per sentence + 11.8 syllables per word - 15.59 (Kincaid, Fishburne, Rogers and Chissom:
    Derivation of New Readability Formulas, Naval Technical Training Command, Research Branch Report 8-75, 1975).
    Syllables are counted by rule, so it is an estimate: within about half a grade on plain prose.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part))
    return 0.39 * len(words) / max(1, sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Groups of vowels, a silent ending aside; at least one."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    if len(letters) <= 3:
        return 1
    spoken = _SILENT_END.sub(lambda ending: ending[0][0], letters).removeprefix("y")
    return max(1, len(_VOWELS.findall(spoken)))
