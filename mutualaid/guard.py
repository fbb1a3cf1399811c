"""Finds in public words what belongs to a private place: phone numbers, addresses, e-mails, links and money.

It says what it found and leaves the words alone. What it overlooks, a moderator or a report may see; what it takes
for a number and is none, its author says so, and a moderator lets it through.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"
    STREET = "street"
    MONEY = "money"


SAID = {
    Kind.PHONE: _("a phone number"),
    Kind.EMAIL: _("an e-mail address"),
    Kind.LINK: _("a link or a name on another site"),
    Kind.STREET: _("a street address"),
    Kind.MONEY: _("money"),
}
_KEYCAP = "\u20e3\ufe0f"  # what makes a key of a digit


def _is_unseen(letter: str) -> bool:
    return letter in _KEYCAP or unicodedata.category(letter) == "Cf"


# Numbers that everybody may say.
OPEN_NUMBERS = frozenset({"988", "911", "211", "311", "741741", "8662231111"})

_DIGIT_WORDS = {
    "zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "cero": "0", "uno": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5",
    "seis": "6", "siete": "7", "ocho": "8", "nueve": "9",
}  # fmt: skip
_SPELLED = re.compile(rf"\b(?:(?:{'|'.join(_DIGIT_WORDS)})\b[\s,.-]*){{7,}}", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w$])\+?\(?\d(?:[\s().\-/*_~|\u2010-\u2015\u2022\u00b7]{0,3}\d){6,14}(?!\w)")
_DATE_OR_TIME = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}")
_AT, _DOT = r"(?:@|\s*[\[({]\s*at\s*[\])}]\s*|\s+at\s+)", r"(?:\.|\s*[\[({]\s*dot\s*[\])}]\s*|\s+dot\s+)"
_ENDING = r"(?:com|org|net|edu|gov|io|me|info|us|co|app|tv|mx|es)"
_EMAIL = re.compile(
    rf"[\w.+-]+{_AT}[\w-]+(?:{_DOT}[\w-]+)*{_DOT}{_ENDING}\b"
    rf"|[\w.+-]+\s?@\s?[\w-]+(?:\s?\.\s?[\w-]+)*\s?\.\s?{_ENDING}\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    rf"\bhttps?://\S+|\bwww\.\S+|(?<![\w@.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.{_ENDING}\b(?:/\S*)?"
    r"|(?<!\w)@[a-z0-9_.]{3,}"
    r"|\b(?:insta(?:gram)?|snap(?:chat)?|telegram|whats ?app|tik ?tok|facebook|signal|kik|discord)"
    r"\s*(?:is|:|handle)\s*\S+",
    re.IGNORECASE,
)
_STREETS = (
    r"street|str|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|circle|cir|way|place|pl|trail|trl"
    r"|parkway|pkwy|highway|hwy|terrace|ter"
)
_STREET = re.compile(
    rf"\b\d{{1,6}}[a-z]?\s+(?:[nsew]\.?\s+|north\s+|south\s+|east\s+|west\s+)?(?:[a-z0-9'’.]+\s+){{1,4}}?(?:{_STREETS})\b\.?"
    r"|\b(?:calle|avenida|av\.)\s+[\wáéíóúñü'’]+(?:\s+[\wáéíóúñü'’]+){0,3}\s+(?:#\s*)?\d{1,6}\b"
    r"|\b(?:apt|apartment|unit|suite|ste)\.?\s*#?\s*\d{1,5}[a-z]?\b|\bp\.?\s?o\.?\s+box\s+\d+",
    re.IGNORECASE,
)
_NOT_A_STREET = re.compile(
    r"^\d{1,6}\s+(?:[ap]\.?m\b|minutes?|hours?|days?|weeks?|miles?|people|times?|years?|min|hrs?|blocks?)\b", re.I
)
_MONEY = re.compile(
    r"(?:[$€£]|\b(?:usd|us\$)\s?)\s?\d[\d,.]*|\b\d[\d,.]*\s?[$€£]|\b\d[\d,.]*\s?(?:dollars?|bucks|usd|d[oó]lares|pesos)\b"
    r"|\b(?:venmo|cash ?app|zelle|pay ?pal|western union|gift cards?|bitcoin|crypto|wire transfer)\b"
    r"|(?<!\w)\$[a-z]\w{2,}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Finding:
    kind: Kind
    text: str
    start: int  # where it stands in the words
    end: int

    @property
    def said(self) -> str:
        return str(SAID[self.kind])

    @property
    def named(self) -> str:
        """What it looks like, and the words themselves: "a phone number: 214-555-0100"."""
        return f"{self.said}: {self.text}"


def found_in(words: str) -> list[Finding]:
    """What was found, in the order of the words."""
    # What nobody sees is left out, and `places` holds where in the words each letter stood.
    seen = [(place, letter) for place, letter in enumerate(words) if not _is_unseen(letter)]
    places, plain = [place for place, _letter in seen], "".join(" " if each == "\u00a0" else each for _p, each in seen)
    found = [*_phones(plain), *((Kind.EMAIL, hit) for hit in _EMAIL.finditer(plain))]
    mails = [hit.span() for _kind, hit in found]
    found += [(Kind.LINK, hit) for hit in _LINK.finditer(plain) if not _inside(hit, mails)]
    found += [(Kind.STREET, hit) for hit in _STREET.finditer(plain) if not _NOT_A_STREET.match(hit[0])]
    found += [(Kind.MONEY, hit) for hit in _MONEY.finditer(plain)]
    findings = []
    for kind, hit in sorted(found, key=lambda pair: pair[1].start()):
        text = hit[0].rstrip(" \n\t.,-")  # what only ends the sentence
        findings.append(Finding(kind, text, places[hit.start()], places[hit.start() + len(text) - 1] + 1))
    return findings


def kinds_in(words: str) -> list[str]:
    """What there is, in words: "a phone number", "money"."""
    return list(dict.fromkeys(finding.said for finding in found_in(words)))


def named_in(words: str) -> list[str]:
    """What there is, each once, with the words themselves: "a phone number: 214-555-0100", "money: $5"."""
    return list(dict.fromkeys(finding.named for finding in found_in(words)))


def _phones(words: str) -> list[tuple[Kind, re.Match[str]]]:
    hits = []
    for hit in _PHONE.finditer(words):
        digits = re.sub(r"\D", "", hit[0])
        if digits.removeprefix("1") not in OPEN_NUMBERS and not _DATE_OR_TIME.search(hit[0]):
            hits.append((Kind.PHONE, hit))
    return hits + [(Kind.PHONE, hit) for hit in _SPELLED.finditer(words)]


def _inside(hit: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start <= hit.start() and hit.end() <= end for start, end in spans)
