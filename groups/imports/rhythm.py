"""Words that take back what a weekly feed says: "1st and 3rd Tuesday", "every other week", "monthly"."""

import re

_NTH = (
    r"(?:1\s?st|2\s?nd|3\s?rd|[45]\s?th|first|second|third|fourth|fifth|last|"
    r"primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|[uú]ltim[oa])"
)
_DAY = (
    r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?s?|"
    r"lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bados?|domingos?"
)
_JOIN = r"(?:\s*(?:,|&|\+|/|-|and|or|y|the)\s*)*"
_IRREGULAR = re.compile(
    rf"""
      \b{_NTH}\b (?:{_JOIN}{_NTH}\b)* \s* (?:of\s+(?:the|each|every)\s+)? \(? (?:{_DAY}|weeks?|weekends?|month|semana)\b
    | \b[1-5] (?:\s*(?:,|&|/|and)\s*[1-5])+ \s* (?:{_DAY})\b
    | \bweeks?\s+[1-5]\b(?!\s*(?:day|hour|week))
    | \b(?:{_DAY})s?\s*\(?\s*{_NTH}\b (?=\s*(?:$|[),.;:&/\n]|and\b|y\b|of\b|only\b|each\b|every\b|weeks?\b))
    | \b{_NTH}\s*(?:,|&|/|and)\s*{_NTH}\b
    | \bevery\s+(?:other|second|third|fourth|2nd|3rd|4th|two|three|four|[2-9])\b
    | \b(?:bi|semi|tri)-?\s?(?:weekly|monthly)\b | \bfortnight | \balternat(?:e|ing)\b
    | \b(?:once|twice|one|two|three|1|2|3)\s*(?:x|times)?\s*(?:a|per|each|every)\s+(?:month|quarter|year)\b
    | \b(?:of|each|every|per)\s+(?:the\s+|each\s+|every\s+)?month\b
    | \bmonthly\b | \bquarterly\b
    | \bmensual | \bquincenal | \bcada\s+(?:dos|tres|cuatro|2|3|4)\b | \b(?:al|del)\s+mes\b
    | \b(?:odd|even)\s+(?:weeks?|{_DAY}|dates?)\b
    | \bexcept\s+(?:the\s+|on\s+)*{_NTH}\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def taken_back(*texts: str) -> str:
    """The words that say it is not every week; "" if there are none."""
    for said in texts:
        if said and (found := _IRREGULAR.search(said)):
            return " ".join(found[0].split())
    return ""
