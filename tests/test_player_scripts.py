"""The player's modules are all fetched at once, and are light."""

import re
from pathlib import Path

import brotli
from django.conf import settings

STATIC = Path(settings.BASE_DIR, "static")
IMPORT = re.compile(r'^import\b.*?"(\./[^"]+)";', re.MULTILINE | re.DOTALL)
ARTICLE_BUDGET = 20 * 1024


def modules(name: str, found: set[str] | None = None) -> set[str]:
    """The names of module `name` and of all that it imports."""
    found = set() if found is None else found
    if name not in found:
        found.add(name)
        for address in IMPORT.findall((STATIC / name).read_text()):
            modules(str((STATIC / name).parent.joinpath(address).resolve().relative_to(STATIC)), found)
    return found


def test_every_module_is_named_in_the_head() -> None:
    head = Path(settings.BASE_DIR, "templates/components/player_scripts.html").read_text()
    assert set(re.findall(r'static "([^"]+)"', head)) == modules("js/components/player/element.js")


def test_an_article_page_sends_at_most_20_kb_of_scripts() -> None:
    names = modules("js/site.js") | modules("js/components/player/element.js")
    assert sum(len(brotli.compress((STATIC / name).read_bytes())) for name in names) <= ARTICLE_BUDGET
