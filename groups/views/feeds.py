"""The directory for other programs: calendars, feeds and files. What they hold is public, and they stream."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from groups import finding, recurrence
from groups.asked import understand
from groups.exports import hsds_tables, meeting_guide, table
from groups.exports.calendar import calendar_of
from groups.forms import CalendarForm, FindForm
from groups.models import Group
from mindspace.pagecache import public

CHUNK = 500
MOST_IN_A_CALENDAR = 300
MOST_IN_A_FEED = 50
CALENDAR = "text/calendar; charset=utf-8"


@require_safe
@public(query=("title",))
def group_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Group.objects.active().with_everything(), slug=slug)
    return calendar_answer(request, [group], "meetings.ics")


@require_safe
def search_calendar(request: HttpRequest) -> HttpResponse:
    """A search as a calendar to subscribe to."""
    form = FindForm(request.GET)
    if not form.is_valid():
        return HttpResponse(_("We cannot read this search."), status=400, content_type="text/plain; charset=utf-8")
    return calendar_answer(request, found(form, MOST_IN_A_CALENDAR), "meetings.ics")


def calendar_answer(request: HttpRequest, groups: Iterable[Group], name: str) -> HttpResponse:
    form = CalendarForm(request.GET)
    neutral = form.is_valid() and form.cleaned_data["title"] == "neutral"
    answer = HttpResponse(calendar_of(groups, neutral=neutral), content_type=CALENDAR)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def found(form: FindForm, most: int) -> QuerySet[Group]:
    """The groups that a valid search finds, those that changed last first."""
    asked = finding.forgiven(understand(form), form.topics)
    ids = finding.fitting(asked).values("group")
    groups: QuerySet[Group] = Group.objects.active().filter(pk__in=ids).with_everything().order_by("-updated_at", "pk")
    return groups[:most]


@require_safe
def search_feed(request: HttpRequest) -> HttpResponse:
    """What is new in a search, as Atom."""
    form = FindForm(request.GET)
    if not form.is_valid():
        return HttpResponse(_("We cannot read this search."), status=400, content_type="text/plain; charset=utf-8")
    address = settings.SITE_URL + request.get_full_path()
    page = f"{settings.SITE_URL}{reverse('groups:group_list')}?{request.GET.urlencode()}"
    feed = Atom1Feed(title=_("Support groups"), link=page, description="", feed_url=address, feed_guid=address)
    for group in found(form, MOST_IN_A_FEED):
        title = _("Example: %s") % group.name if group.is_example else group.name
        feed.add_item(
            title=title,
            link=group.public_url,
            description=group.summary,
            unique_id=f"urn:uuid:{group.key}",
            pubdate=group.created_at,
            updateddate=group.updated_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_safe
def meetings_json(request: HttpRequest) -> HttpResponseBase:
    """With a header that says how many meeting times the format cannot hold."""
    answer = streamed(meeting_guide.stream, "application/json; charset=utf-8")
    answer["X-Left-Out"] = str(meeting_guide.left_out(Group.objects.active()))
    return answer


@require_safe
def groups_csv(request: HttpRequest) -> HttpResponseBase:
    answer = streamed(table.stream, "text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="support-groups.csv"'
    return answer


@require_safe
def hsds_csv(request: HttpRequest, table: str) -> HttpResponseBase:
    """One table of HSDS's data package."""
    if table not in hsds_tables.TABLES:
        raise Http404
    answer = streamed(partial(hsds_tables.stream, table=table), "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{table}.csv"'
    return answer


def streamed(write: Callable[[Iterable[Any]], Iterator[str]], content_type: str) -> StreamingHttpResponse:
    """All active groups through `write`, a few hundred at a time, so that the memory stays what it is."""
    groups = Group.objects.active().with_everything().order_by("pk").iterator(chunk_size=CHUNK)
    answer = StreamingHttpResponse(write(groups), content_type=content_type)
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


@require_safe
@public()
def data(request: HttpRequest) -> HttpResponse:
    """Which formats there are, and what each cannot say."""
    groups = Group.objects.active()
    weekly = groups.filter(schedules__rule__startswith=recurrence.WEEKLY)
    context = {
        "count": groups.count(),
        "weekly": weekly.distinct().count(),
        "site_url": settings.SITE_URL,
        "tables": hsds_tables.TABLES,
    }
    return render(request, "groups/data.html", context)
