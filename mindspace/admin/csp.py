"""The one thing the admin runs inline: the prose editor's import map, allowed by its hash and nothing else.

Browsers take import maps from the page itself only, and on Django 5.2 this one gets no nonce. An app whose pages
print another map (django_prose_editor's merged with its own) registers that map in AppConfig.ready.
"""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256

from django.http.response import HttpResponseBase
from django_prose_editor.widgets import importmap as prose_editor_map
from js_asset import ImportMap

_maps: list[ImportMap] = [prose_editor_map]


def allow_import_map(import_map: ImportMap) -> None:
    _maps.append(import_map)
    sources.cache_clear()


def script_source(import_map: ImportMap) -> str:
    """Return the CSP source for this map as a page prints it, with the static addresses of this start."""
    inline = str(import_map).partition(">")[2].rpartition("</script>")[0]
    return f"'sha256-{b64encode(sha256(inline.encode()).digest()).decode()}'"


@cache
def sources() -> tuple[str, ...]:
    return tuple(script_source(import_map) for import_map in _maps)


def allow_in(response: HttpResponseBase, extra: Iterable[str] = ()) -> None:
    """Add the maps to this answer's script-src, beside what its view asked for."""
    update = dict(getattr(response, "_csp_update", None) or {})
    update["script-src"] = [*update.get("script-src", []), *sources(), *extra]
    response._csp_update = update  # type: ignore[attr-defined]
