"""What feeds say in words: made plain, and without what is somebody's own."""

import html
import re

from mindspace.control_characters import without

BREAKS = re.compile(r"(?i)<\s*(?:br|/p|/div|/li|/h\d|/tr)\b[^>]*>")
TAGS = re.compile(r"<[!/?A-Za-z][^<>]{0,2000}>")
INLINE = re.compile(r"(?i)</?(?:a|abbr|b|em|font|i|mark|small|span|strong|sub|sup|u)\b[^<>]{0,2000}>")
HIDDEN = re.compile(r"(?is)<(script|style)\b.*?(</\1\s*>|$)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z¡¿])|\n|\s[|•]\s|;\s")
# Only whether there is one is asked: a whole local part would be read anew from each of its characters.
_MAIL = re.compile(r"[\w.+-]\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}\s?(?:\.|\(dot\))\s?\w{2}")
_PHONE = re.compile(r"(?<![\w#])\+?1?[-. (]{0,2}\d{3}[-. )]{1,2}\d{3}[-. ]\d{4}(?!\d)|(?<!\d)\d{10}(?!\d)")
_ROOM = re.compile(
    r"(?i)\b(?:meeting|zoom|webinar|room)?\s*id\b[\s:#]*\d[\d -]{7,14}\d"
)  # its number looks like a phone's
_MONEY = re.compile(
    r"(?i)\b(?:venmo|pay\s?pal(?:\.me)?|cash\s?app|zelle|square(?:\.link| cash)|7th tradition link)\b|\B\$[A-Za-z]\w+"
)
_HINT = re.compile(
    r"(?i)[@$]|\d{3}|at[)\]]|venmo|pay\s?pal|cash\s?app|zelle|square"
)  # without one there is none of these
# What a password is called. The short words are also said of other things, so they count before a sign or a number.
_NAMED = (
    r"pass\s?(?:word|code|key|phrase)|access\s+code|host\s+key|pwd|pw|contraseña|código\s+de\s+acceso"
    r"|(?:pass|pin|clave)(?=\s{0,3}[:=#(]|\s+(?:is|es)\b|\s+\d)"
)
_SECRET = re.compile(
    rf"(?i)\b(?:(?:zoom|meeting|room|online|phone)\s+)?(?:{_NAMED})\b"
    r"(?:\s{0,3}\([^()\n]{0,40}\))?(?:\s+(?:for|to)\s+(?:the\s+)?(?:zoom|meeting|room|call|link|join)\b)?"
    r"(?:\s+(?:is|es|will\s+be)\b)?\s{0,3}[:=#-]?\s{0,3}[\"“']?([^\s\"”',;<>]{2,40})"
)
_NO_SECRET = frozenset({"required", "needed", "protected", "is", "for", "to", "on", "in", "not", "will", "please",
                        "and", "or", "no", "none", "n/a", "at", "available", "request", "upon", "sent", "given",
                        "provided", "emailed", "shared", "announced", "posted", "by", "from", "the", "we", "you",
                        "your", "if", "with", "when", "email", "call", "text", "ask", "contact", "la", "el",
                        "can", "may", "has", "was", "are", "it", "of",
                        "before", "after", "change", "changes"})  # fmt: skip
MOST_SECRETS = 4  # names of passwords that stand one behind the other, as in "password, passcode: x"


def plain(value: object) -> str:
    """Text without HTML and entities, its lines kept. Entities that were written twice are read twice."""
    if not value:
        return ""
    if not isinstance(value, str):
        return "" if value is None or isinstance(value, bool | dict | list) else str(value)
    said = without(value)
    if "<" in said or "&" in said:
        said = _without_tags(html.unescape(_without_tags(said)))
        said = without(html.unescape(said) if "&" in said else said)
    return "\n".join(line for each in said.splitlines() if (line := " ".join(each.split())))


def _without_tags(said: str) -> str:
    return TAGS.sub(" ", INLINE.sub("", BREAKS.sub("\n", HIDDEN.sub(" ", said)))) if "<" in said else said


def take_secret(said: str) -> tuple[str, str]:
    """A text without the passwords of rooms that it names, and the first of them."""
    if not said:
        return said, ""
    taken: list[str] = []
    for _again in range(MOST_SECRETS):
        left = _SECRET.sub(lambda found: _taken(found, taken), said)
        if left == said:
            break
        said = left
    if not taken:
        return said, ""
    return "\n".join(" ".join(line.split()).strip(" ,;:-") for line in said.split("\n")).strip(), taken[0]


def _taken(found: re.Match[str], taken: list[str]) -> str:
    secret = found[1].rstrip(".)")
    if secret.lower().rstrip(":") in _NO_SECRET or len(secret) < 2:
        return found[0]
    taken.append(secret)
    return ""


def without_contacts(said: str) -> str:
    """Without the sentences that name an e-mail address, a phone number or a way to pay somebody."""
    if not said or not _names_somebody(said):
        return said
    kept, start = [], 0
    for part in [*_SENTENCE.finditer(said), None]:
        end, after = (part.start(), part.end()) if part else (len(said), len(said))
        sentence = said[start:end]
        if not _names_somebody(sentence):
            kept.append(sentence + ("\n" if part and "\n" in part[0] else " "))
        start = after
    return "\n".join(line.strip() for line in "".join(kept).split("\n") if line.strip())


def _names_somebody(said: str) -> bool:
    return bool(_HINT.search(said)) and bool(
        _MAIL.search(said) or _PHONE.search(_ROOM.sub(" ", said)) or _MONEY.search(said)
    )


def cut(said: str, most: int) -> str:
    """At most so many characters, ending with a word."""
    if len(said) <= most:
        return said
    return said[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;.-")[: most - 1] + "…"
