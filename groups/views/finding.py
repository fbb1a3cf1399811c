"""Finding a group, and the page of one."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from groups import finding, printing, towns
from groups.asked import Asked, understand
from groups.detail import Detail
from groups.finding import Found
from groups.forms import FindForm, HereForm
from groups.geometry import Point
from groups.instead import crisis_lines, instead, left_out
from groups.map import Map, Mark, draw, fitted
from groups.models import Group
from groups.narrowing import chips, with_changes
from groups.results import results_of
from groups.structured_data import group_json
from mindspace.headers import permissions
from mindspace.pagecache import public


@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    """What is asked for in the address; kept by nobody, since it says where somebody is and what troubles them."""
    form = FindForm(request.GET)
    if not form.is_valid():
        return render(request, "groups/group_list.html", {"form": form}, status=400)
    asked = finding.forgiven(understand(form), form.topics)
    found = finding.find(asked)
    context = {
        "form": form,
        "asked": asked,
        "found": found,
        "results": results_of(found.rows, asked),
        "chips": chips(form, asked),
        "next_page": with_changes(request.GET, after=found.next_after) if found.next_after else "",
        "search_print": with_changes(request.GET, "groups:search_print"),
        "search_calendar": with_changes(request.GET, "groups:search_calendar"),
        "search_feed": with_changes(request.GET, "groups:search_feed"),
        "online_page": with_changes(request.GET, how="online", miles=""),
        "map": map_of(found),
        "map_wanted": form.cleaned_data["map"],
        **beside(form, asked, found, request.GET),
    }
    return render(request, "groups/group_list.html", context)


@require_safe
def search_print(request: HttpRequest) -> HttpResponse:
    """The list of a search, to take along on paper."""
    form = FindForm(request.GET)
    if not form.is_valid():
        return render(request, "groups/group_list.html", {"form": form}, status=400)
    asked = finding.forgiven(understand(form), form.topics)
    words = filter(
        None, [asked.words or asked.shown_for, *asked.taken_for, *(chip["name"] for chip in chips(form, asked))]
    )
    context = {
        "asked": asked,
        "sheet": printing.sheet(asked),
        "narrowed": ", ".join(words),
        "list_page": with_changes(request.GET),
    }
    return render(request, "groups/print.html", context)


def map_of(found: Found) -> Map | None:
    """The results of a search near a town, on a map; each leads to itself in the list."""
    town = found.asked.town
    if town is None or not found.asked.by_distance or not found.rows:
        return None
    marks = []
    for row in found.rows:
        place = row.schedule.place if row.schedule else None
        if place and place.is_on_maps:
            marks.append(Mark(place.public_point, place.is_pin, f"#group-{row.group_id}", row.group.name))
    return draw(town.point, fitted(town.point, found.asked.miles, marks), marks, str(town)) if marks else None


def beside(form: FindForm, asked: Asked, found: Found, query: QueryDict) -> dict[str, Any]:
    """What is said beside the results: what was left out; and, where there are none, where to look instead."""
    said: dict[str, Any] = {"left_out": left_out(asked), "crisis_lines": crisis_lines(form.cleaned_data["q"])}
    if found.rows:
        return {**said, "online": finding.online_count(asked) if asked.around else 0}
    other = instead(asked, form)
    return {**said, "instead": other, "wider_page": with_changes(query, miles=str(other.wider))}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def near_me(request: HttpRequest) -> HttpResponse:
    """The town around a place that the page has rounded; coordinates never stand in an address."""
    form = HereForm(request.POST or request.GET)
    town = None
    if form.is_valid() and request.method == "POST":
        town = towns.nearest(Point(form.cleaned_data["latitude"], form.cleaned_data["longitude"]))
        if town:
            return redirect(f"{reverse('groups:group_list')}?{form.query(town)}", status=303)
    asked = request.method == "POST"
    response = render(request, "groups/near.html", {"form": form, "asked": asked}, status=400 if asked else 200)
    response["Permissions-Policy"] = permissions(geolocation="(self)")  # on this page alone
    return response


@require_safe
@public()
def group_detail(request: HttpRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Group.objects.listed().with_everything(), slug=slug)
    context = {"group": group, "detail": Detail.of(group, timezone.now()), "structured_data": group_json(group)}
    return render(request, "groups/group.html", context)
