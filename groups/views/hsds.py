"""The directory as an API: HSDS 3.0, its required addresses and two of the optional ones (docs.openreferral.org)."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from groups.exports import hsds
from groups.forms import HsdsForm
from groups.models import Group, MeetingSchedule, Organization, SearchRow, Topic
from groups.views import feeds
from mindspace.pagecache import public

JSON: Any = {"ensure_ascii": False}


@require_safe
@public()
def about(request: HttpRequest) -> HttpResponse:
    return JsonResponse(hsds.about())


@require_safe
def service_list(request: HttpRequest) -> HttpResponseBase:
    """Every active group, or those that words, a topic or a day of change narrow it to."""
    return page_of(
        request,
        lambda form: asked_for(form).with_everything().order_by("pk"),
        lambda group, form: hsds.service(group, full=form.cleaned_data["full"]),
    )


@require_safe
@public()
def service_detail(request: HttpRequest, key: UUID) -> HttpResponse:
    group = get_object_or_404(Group.objects.active().with_everything(), key=key)
    return JsonResponse(hsds.service(group, full=True), json_dumps_params=JSON)


@require_safe
def organization_list(request: HttpRequest) -> HttpResponseBase:
    """Whoever stands behind an active group."""
    return page_of(
        request,
        lambda form: Organization.objects.filter(pk__in=asked_for(form).values("organization")).order_by("pk"),
        lambda row, form: hsds.full_organization(row) if form.cleaned_data["full"] else hsds.organization(row),
    )


@require_safe
def service_at_location_list(request: HttpRequest) -> HttpResponseBase:
    """Every meeting time of an active group."""
    return page_of(
        request,
        lambda form: (
            MeetingSchedule.objects.filter(group__in=asked_for(form))
            .select_related("place", "group__organization")
            .prefetch_related("exceptions")
            .order_by("pk")
        ),
        lambda schedule, form: hsds.service_at_location(schedule.group, schedule),
    )


def asked_for(form: HsdsForm) -> Any:
    """The active groups that a valid form asks for."""
    groups = Group.objects.active()
    asked = form.cleaned_data
    if asked["search"]:
        query = SearchQuery(asked["search"], config="english", search_type="websearch")
        groups = groups.filter(pk__in=SearchRow.objects.filter(vector=query).values("group"))
    if asked["modified_after"]:
        groups = groups.filter(updated_at__gte=asked["modified_after"])
    if asked["taxonomy_term_id"]:
        slugs = [slug for slug in all_topics() if hsds.id_of("topic", slug) == str(asked["taxonomy_term_id"])]
        groups = groups.filter(topics__slug__in=slugs)  # one at most, so that no group comes twice
    return groups


def all_topics() -> QuerySet[Topic, str]:
    return Topic.objects.values_list("slug", flat=True)


def page_of(
    request: HttpRequest, rows: Callable[[HsdsForm], QuerySet[Any]], write: Callable[[Any, HsdsForm], dict[str, Any]]
) -> HttpResponseBase:
    """The envelope of the API's lists around one page; a page after the last is an empty one.

    `format=ndjson` streams all of it without pages, a row a line.
    """
    form = HsdsForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors.get_json_data()}, status=400)
    if form.cleaned_data["format"] == "ndjson":
        lines = (json.dumps(write(row, form), **JSON) + "\n" for row in rows(form).iterator(chunk_size=feeds.CHUNK))
        return feeds.streamed(request, lines, "application/x-ndjson")
    pages = Paginator(rows(form), form.cleaned_data["per_page"])
    number = form.cleaned_data["page"]
    found = list(pages.page(number).object_list) if number <= pages.num_pages else []
    envelope = {
        "total_items": pages.count,
        "total_pages": pages.num_pages if pages.count else 0,
        "page_number": number,
        "size": len(found),
        "first_page": number == 1,
        "last_page": number >= pages.num_pages,
        "empty": not found,
        "contents": [write(row, form) for row in found],
    }
    return JsonResponse(envelope, json_dumps_params=JSON)
