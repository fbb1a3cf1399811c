"""Addresses in the text: which may stay, and how they are written."""

import re
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings

from articles.body.allowed import SCHEMES

MAX_HREF = 2000
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_cid|mc_eid|igshid|_hsenc|_hsmi", re.IGNORECASE)
_REDIRECTS = {("www.google.com", "/url"): "q", ("l.facebook.com", "/l.php"): "u", ("lm.facebook.com", "/l.php"): "u"}


def tidy_href(href: str) -> str | None:
    """The address as it is kept, or None if it cannot be one a reader may follow.

    Our own addresses become paths, redirects and marks that follow a reader are taken out, and "www.example.org" gets
    its https://.
    """
    href = re.sub(r"[\x00-\x20\x7f-\xa0]+", "", href) if ":" in href.split("/")[0] else href.strip()
    if not href or len(href) > MAX_HREF or "\\" in href or re.search(r"[\x00-\x1f\x7f]", href):
        return None
    href = re.sub(r"\s", "%20", href)
    if href.startswith("//"):
        href = f"https:{href}"
    elif _EMAIL.fullmatch(href):
        href = f"mailto:{href}"
    elif re.match(r"www\.[\w-]+\.\w", href):
        href = f"https://{href}"
    scheme = _SCHEME.match(href)
    if not scheme:
        return href if href.startswith(("/", "#")) and href != "#" else None
    name = scheme[1].lower()
    if name not in SCHEMES:
        return None
    return _web_address(href) if name in ("http", "https") else name + href[len(name) :]


def _web_address(href: str) -> str | None:
    try:
        parts = urlsplit(href)
        host = parts.hostname
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:  # "http://[", a port that is no number
        return None
    if not host or parts.username or parts.password:
        return None
    if parameter := _REDIRECTS.get((host, parts.path)):
        target = parse_qs(parts.query).get(parameter, [""])[0]
        return _web_address(target) if target.startswith(("https://", "http://")) and target != href else None
    if any(_TRACKING.fullmatch(name) for name, _value in query):
        query = [(name, value) for name, value in query if not _TRACKING.fullmatch(name)]
        parts = parts._replace(query=urlencode(query))
    if f"{parts.scheme.lower()}://{parts.netloc.lower()}" == settings.SITE_URL.lower():
        parts = parts._replace(scheme="", netloc="", path=parts.path or "/")
    return urlunsplit(parts)


def is_external(href: str) -> bool:
    return href.lower().startswith(("http:", "https:"))
