"""The address of a search with more or with less asked: what narrows it, and what it finds with one thing less."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from groups import finding
from groups.asked import Asked, understand
from groups.forms import FindForm

MOST_LOOSER = 4
OF_DISTANCE = ("miles", "sort")


@dataclass(frozen=True)
class Looser:
    """A search that asks for less, and how many groups it finds."""

    name: str
    page: str
    count: int


def with_changes(query: QueryDict, page: str = "groups:group_list", **changes: str) -> str:
    """The address of the list with parameters set, or taken away with ""; a new page begins at its start."""
    changed = query.copy()
    for name, value in {"after": "", **changes}.items():
        changed.pop(name, None)
        if value:
            changed[name] = value
    return f"{reverse(page)}?{changed.urlencode()}"


def chips(form: FindForm, asked: Asked) -> list[dict[str, str]]:
    """Each thing that narrows the search, in words, with the address of the search without it."""
    return [{"name": name, "without": with_changes(rest)} for _field, name, rest in without_each(form, asked)]


def without_each(form: FindForm, asked: Asked) -> Iterator[tuple[str, str, QueryDict]]:
    """The field of each thing that narrows the search, the thing in words, and the query without it.

    How far and in which order say nothing about what is found at any distance: they are left out there.
    """
    query: QueryDict = form.data  # type: ignore[assignment]
    for name in form.narrowed:
        if name in OF_DISTANCE and not asked.around:
            continue
        choices = dict(form.fields[name].choices)  # type: ignore[attr-defined]
        for value in query.getlist(name):
            rest = query.copy()
            rest.setlist(name, [other for other in query.getlist(name) if other != value])
            yield name, str(choices.get(value, value)), rest


def looser(form: FindForm, asked: Asked) -> list[Looser]:
    """What is found with one thing less, or with nothing but the town; of a search that found nothing."""
    query: QueryDict = form.data  # type: ignore[assignment]
    less: list[tuple[str, QueryDict]] = []
    if asked.words and (asked.facets or asked.around):
        less.append((_("without “%s”") % form.cleaned_data["q"], _without(query, "q")))
    each = [(name, rest) for field, name, rest in without_each(form, asked) if field not in OF_DISTANCE]
    less += [(_("without “%s”") % name, rest) for name, rest in each]
    less = less[:MOST_LOOSER]
    town = asked.around
    if town and asked.is_narrow:
        less.append((_("all near %s") % town, _only(query, "near", "miles")))
        less.append((_("the same, anywhere"), _without(query, "near", "miles", "sort")))
    found: dict[str, Looser] = {}
    for name, rest in less:
        page = with_changes(rest)
        if page not in found and (count := _count(rest, form, asked)):
            found[page] = Looser(name, page, count)
    return list(found.values())


def _count(query: QueryDict, form: FindForm, asked: Asked) -> int:
    changed = FindForm(query, topics=form.topics)
    if not changed.is_valid():
        return 0
    less = understand(changed, asked.now)
    if changed.cleaned_data["q"]:  # the words have been understood before, and are the same
        said = {*asked.facets} - {*form.facets}
        less = replace(less, words=asked.words, any_facets=asked.any_facets, facets=sorted({*less.facets, *said}))
    return finding.counted(less)


def _without(query: QueryDict, *names: str) -> QueryDict:
    rest = query.copy()
    for name in names:
        rest.pop(name, None)
    return rest


def _only(query: QueryDict, *names: str) -> QueryDict:
    rest = query.copy()
    for name in query:
        if name not in names:
            rest.pop(name, None)
    return rest
