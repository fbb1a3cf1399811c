"""The player's modules are all fetched at once, and are light."""

import re
from pathlib import Path

import brotli
from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder

from mindspace.static import StaticStorage, lighten

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
    names = modules("js/components/leave.js") | modules("js/components/player/element.js")
    sent = [lighten((STATIC / name).read_text()).encode() for name in names]
    assert sum(len(brotli.compress(script)) for script in sent) <= ARTICLE_BUDGET


def test_every_module_is_served_by_a_hashed_name_and_imports_the_others_by_theirs(tmp_path: Path) -> None:
    storage = StaticStorage(location=tmp_path, base_url="/static/")
    finder = FileSystemFinder()
    found = {path: (storage_, path) for path, storage_ in finder.list([])}
    for path, (source, _) in found.items():
        with source.open(path) as file:
            storage.save(path, file)
    list(storage.post_process(found))
    hashed = re.compile(r"\.[0-9a-f]{12}\.js$")
    names = modules("js/components/player/element.js") | {"js/components/player/media.js", "js/components/leave.js"}
    for name in names:
        served = storage.stored_name(name)
        assert hashed.search(served), name
        text = (tmp_path / served).read_text()
        addresses = re.findall(r'(?:from |import\(|import )"(\.[^"]+)"', text)
        assert len(addresses) == len(re.findall(r'(?:from |import\(|import )"', (STATIC / name).read_text())), name
        for address in addresses:
            assert hashed.search(address), (name, address)
            assert (tmp_path / served).parent.joinpath(address).exists()
