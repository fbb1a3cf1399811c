"""Imports run downwards only: the site map, then the apps, then the packages they share."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What each room may import, itself aside. The site map and the site's own pages may import anything.
BELOW = {"articles": {"mindspace"}, "groups": {"mindspace"}, "mutualaid": {"mindspace", "groups"}, "mindspace": set()}
TOP = {"mindspace.urls", "mindspace.views"}
# The packages of mindspace, lowest first: each may import those before it.
PACKAGES = ["site", "limits", "mail", "accounts", "notifications", "moderation"]


def imports() -> Iterator[tuple[str, str]]:
    for path in (path for room in BELOW for path in (ROOT / room).rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from ((module, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((module, f"{node.module}.{alias.name}") for alias in node.names)


def runs_upwards(module: str, imported: str) -> bool:
    here, there = module.split("."), imported.split(".")
    if there[0] not in BELOW or module in TOP:
        return False
    if here[0] != there[0]:
        return there[0] not in BELOW[here[0]]
    if here[0] == "mindspace" and len(there) > 1 and {here[1], there[1]} <= set(PACKAGES):
        return PACKAGES.index(there[1]) > PACKAGES.index(here[1])
    return False


# Which room the pages of each namespace are in, where it has another name.
ROOMS = {"circles": "groups", "timebank": "mutualaid"}
NAMED = re.compile(r"""["']([a-z_]+):[a-z]+_[a-z_]+["']""")


def room_of(name: str) -> str:
    """Of a folder of templates, a package or a namespace."""
    return ROOMS.get(name, name if name in BELOW else "mindspace")


def pages_named() -> Iterator[tuple[str, str, str]]:
    """File, its room, and the room of a page that it names.

    Templates in no folder are the site's own, and may name anything; so may what is on every page, and the desk.
    """
    templates = ROOT / "templates"
    for path in templates.rglob("*.html"):
        name, *rest = path.relative_to(templates).parts
        if rest and name not in {"admin", "components"}:
            yield from ((str(path), room_of(name), room_of(each)) for each in NAMED.findall(path.read_text()))
    for path in (path for room in BELOW for path in (ROOT / room).rglob("*.py")):
        name, *_rest = path.relative_to(ROOT).parts
        if ".".join(path.relative_to(ROOT).with_suffix("").parts) not in TOP:
            yield from ((str(path), room_of(name), room_of(each)) for each in NAMED.findall(path.read_text()))


def test_so_do_the_pages_that_are_named() -> None:
    found = list(pages_named())
    assert {("mutualaid", "groups"), ("mutualaid", "mindspace")} <= {(here, there) for _path, here, there in found}
    assert [each for each in found if each[1] != each[2] and each[2] not in {"mindspace", *BELOW[each[1]]}] == []


def test_imports_run_downwards() -> None:
    found = list(imports())
    assert ("articles.apps", "django.apps.AppConfig") in found
    assert [pair for pair in found if runs_upwards(*pair)] == []


def test_an_upward_import_is_seen() -> None:
    assert runs_upwards("mindspace.mail.tasks", "mindspace.accounts.models")
    assert runs_upwards("mindspace.site.models", "articles.models")
    assert not runs_upwards("mindspace.views", "articles.models")
