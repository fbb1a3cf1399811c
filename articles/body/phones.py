"""Phone numbers in running text, made into links."""

import re
from collections.abc import Iterator
from dataclasses import replace

from articles.body.inline import Run
from mindspace.site import phones

# 1-800-662-4357, (214) 245 9442, +1 214.245.9442; then short numbers: 988 always, the others after a word that asks to
# dial or text them, for "911 people came" is no phone number.
_NUMBER = re.compile(
    r"(?<![\w$#@/.,-])(?:"
    r"(?P<long>(?:\+?1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]{1,2}[2-9]\d{2}[ .-]\d{4})"
    r"|(?P<lifeline>988)"
    r"|(?<=\bcall )(?P<call>911|211)|(?<=\bdial )(?P<dial>911|211)|(?<=\bphone )(?P<phone>911|211)"
    r"|(?<=\bto )(?P<to>\d{5,6}|\d{3}-\d{3})"
    r")(?![\w%/@-]|[.,]\w)",
    re.IGNORECASE,
)
_TEXT_IT = re.compile(r"(?:\btext|\bsms)(?: \S+)?(?: to)? $", re.IGNORECASE)
_CALL_IT_TOO = re.compile(r"\b(?:call|dial|phone)(?:,| or| and)", re.IGNORECASE)


def link_numbers(runs: list[Run]) -> Iterator[Run]:
    """The runs, each phone number that is no link yet made a `tel:` or, where the words say "text", an `sms:` one."""
    before = ""
    for run in runs:
        if run.href:
            yield run
        else:
            yield from _linked(run, before)
        before = f"{before}{run.text}"[-60:]


def _linked(run: Run, before: str) -> Iterator[Run]:
    end = 0
    for found in _NUMBER.finditer(run.text):
        href = _href(found, f"{before}{run.text[: found.start()]}")
        if not href:
            continue
        if found.start() > end:
            yield replace(run, text=run.text[end : found.start()])
        yield replace(run, text=found[0], href=href)
        end = found.end()
    if end < len(run.text):
        yield replace(run, text=run.text[end:])


def _href(found: "re.Match[str]", before: str) -> str:
    asks_to_text = bool(_TEXT_IT.search(before))
    if found["to"]:
        return phones.sms(found["to"]) if asks_to_text else ""
    digits = re.sub(r"\D", "", found[0])
    number = digits if len(digits) == 3 else f"+1{digits[-10:]}"
    only_text = asks_to_text and not _CALL_IT_TOO.search(before[-20:])
    return phones.sms(number) if only_text else phones.tel(number)
