"""The weekly look at every web address that articles, resources and help lines send people to."""

import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html.parser import HTMLParser

from django.db.models import F

from articles.models import Edition, LinkCheck, Resource
from mindspace.reach import Caller, NoAnswer, Unsafe
from mindspace.site.models import HelpLine

MOST_LINKS = 1000
MOST_SECONDS = 900
AT_ONCE = 4
# Answers that a robot gets where a person may be let in.
UNSURE = {401, 402, 403, 405, 406, 418, 429, 451, 999}
GONE = {404, 410}


@dataclass(frozen=True)
class Verdict:
    url: str
    status: str
    detail: str


def check_links(
    caller: Caller | None = None, *, links: int = MOST_LINKS, seconds: float = MOST_SECONDS
) -> list[Verdict]:
    """Call each link in use, those checked longest ago first, and keep what they said; forget links no longer used.

    At most `links` are called, and none is begun after `seconds`: what was left out comes first the next time.
    """
    caller = caller or Caller()
    places = links_in_use()
    LinkCheck.objects.exclude(url__in=places).delete()
    ends = time.monotonic() + seconds
    with ThreadPoolExecutor(AT_ONCE) as pool:
        calls = pool.map(
            lambda url: judge(url, caller) if time.monotonic() < ends else None, _oldest_first(places)[:links]
        )
        verdicts = []
        for verdict in filter(None, calls):  # each is kept as it comes: what breaks later takes none of them away
            LinkCheck.objects.record(verdict.url, verdict.status, verdict.detail, places[verdict.url])
            verdicts.append(verdict)
    return verdicts


def judge(url: str, caller: Caller) -> Verdict:
    """Call `url` and say in a word, and in a line for staff, what came back."""
    try:
        answer = caller.call(url)
    except Unsafe as error:
        return Verdict(url, LinkCheck.Status.UNSAFE, str(error)[:200])
    except NoAnswer as error:
        return Verdict(url, LinkCheck.Status.SILENT, str(error)[:200])
    detail = f"{answer.status}" if answer.url == url else f"{answer.status} at {answer.url}"
    if answer.status < 400:
        status = LinkCheck.Status.OK
    elif answer.status in GONE:
        status = LinkCheck.Status.GONE
    else:
        status = LinkCheck.Status.UNSURE if answer.status in UNSURE else LinkCheck.Status.SILENT
    return Verdict(url, status, detail[:200])


def links_in_use() -> dict[str, list[str]]:
    """Map each web address that readers can meet to the names of the places it stands in."""
    places: dict[str, list[str]] = defaultdict(list)
    for resource in Resource.objects.exclude(url=""):
        places[resource.url].append(resource.name)
    for line in HelpLine.objects.all():
        for url in filter(None, {line.url, line.chat_url}):
            places[url].append(line.name)
    for edition in Edition.objects.live():
        for url in dict.fromkeys(web_links(edition.body_html)):
            places[url].append(edition.title)
    return dict(places)


def web_links(html: str) -> Iterator[str]:
    """The http and https addresses that the links of `html` lead to, in order."""
    finder = _LinkFinder()
    finder.feed(html)
    return (href for href in finder.hrefs if href.startswith(("http://", "https://")))


class _LinkFinder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hrefs += [value for name, value in attrs if tag == "a" and name == "href" and value]


def _oldest_first(places: dict[str, list[str]]) -> list[str]:
    known = dict(LinkCheck.objects.order_by(F("checked_at")).values_list("url", "checked_at"))
    return sorted(places, key=lambda url: (url in known, str(known.get(url, "")), url))
