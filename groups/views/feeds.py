"""The directory for other programs: calendars, feeds and files. What they hold is public, and they stream."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import TypeVar

from django.conf import settings
from django.db.models import Count, Max, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from groups import finding
from groups.asked import understand
from groups.exports import calendar, hsds_tables, meeting_guide, table
from groups.forms import CalendarForm, FindForm
from groups.models import Group, MeetingSchedule
from mindspace.control_characters import Feed
from mindspace.pagecache import public

Answer = TypeVar("Answer", HttpResponse, StreamingHttpResponse)
CHUNK = 500
MOST_IN_A_CALENDAR = 1000
MOST_IN_A_FEED = 50
CALENDAR = "text/calendar; charset=utf-8"


def everything() -> QuerySet[Group]:
    groups: QuerySet[Group] = Group.objects.active().with_everything().order_by("pk")
    return groups


def rows(groups: QuerySet[Group]) -> Iterator[Group]:
    """A few hundred at a time, so that the memory stays what it is."""
    return groups.iterator(chunk_size=CHUNK)


def streamed(request: HttpRequest, pieces: Iterable[str] | Iterable[bytes], content_type: str) -> StreamingHttpResponse:
    """What is not asked for is not made: HEAD gets the headers alone."""
    answer = StreamingHttpResponse(() if request.method == "HEAD" else pieces, content_type=content_type)
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


def state(request: HttpRequest) -> str:
    """An ETag for all that is listed. It changes with each edit, each meeting held otherwise, and who is listed."""
    groups = Group.objects.active()
    of_groups = groups.aggregate(Count("pk"), Max("updated_at"), Max("confirmed_at"), Sum("pk"))
    of_times = MeetingSchedule.objects.filter(group__in=groups).aggregate(Count("pk"), Sum("sequence"))
    told = [*of_groups.values(), *of_times.values(), timezone.localdate()]
    return f'W/"{blake2b(repr(told).encode(), digest_size=12).hexdigest()}"'


@require_safe
@public(query=("title",))
def group_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Group.objects.listed().with_everything(), slug=slug)  # on a pause it says that
    answer = HttpResponse(b"".join(calendar.stream([group], neutral=is_neutral(request))), content_type=CALENDAR)
    return as_file(answer, "meetings.ics")


@require_safe
def search_calendar(request: HttpRequest) -> HttpResponseBase:
    """A search as a calendar to subscribe to."""
    form = FindForm(request.GET)
    if not form.is_valid():
        return unreadable()
    groups = found(form)
    meeting = groups.exclude(schedules=None).distinct()
    pieces = calendar.stream(rows(meeting[:MOST_IN_A_CALENDAR]), neutral=is_neutral(request))
    answer = streamed(request, pieces, CALENDAR)
    answer["X-Left-Out"] = str(groups.count() - min(meeting.count(), MOST_IN_A_CALENDAR))
    return as_file(answer, "meetings.ics")


def is_neutral(request: HttpRequest) -> bool:
    form = CalendarForm(request.GET)
    return form.is_valid() and form.cleaned_data["title"] == "neutral"


def as_file(answer: Answer, name: str) -> Answer:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def unreadable() -> HttpResponse:
    return HttpResponse(_("We cannot read this search."), status=400, content_type="text/plain; charset=utf-8")


def found(form: FindForm) -> QuerySet[Group]:
    """The groups that a valid search finds, those that changed last first."""
    asked = finding.forgiven(understand(form), form.topics)
    ids = finding.fitting(asked).values("group")
    groups: QuerySet[Group] = Group.objects.active().filter(pk__in=ids).with_everything().order_by("-updated_at", "pk")
    return groups


@require_safe
def search_feed(request: HttpRequest) -> HttpResponse:
    """What is new in a search, as Atom."""
    form = FindForm(request.GET)
    if not form.is_valid():
        return unreadable()
    address = settings.SITE_URL + request.get_full_path()
    page = f"{settings.SITE_URL}{reverse('groups:group_list')}?{request.GET.urlencode()}"
    feed = Feed(title=_("Support groups"), link=page, description="", feed_url=address, feed_guid=address)
    for group in found(form)[:MOST_IN_A_FEED]:
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
@condition(etag_func=state)
def meetings_json(request: HttpRequest) -> HttpResponseBase:
    """With a header that says how many meeting times the format cannot hold."""
    answer = streamed(request, meeting_guide.stream(rows(everything())), "application/json; charset=utf-8")
    answer["X-Left-Out"] = str(meeting_guide.left_out(Group.objects.active()))
    return answer


@require_safe
@condition(etag_func=state)
def groups_csv(request: HttpRequest) -> HttpResponseBase:
    answer = streamed(request, table.stream(rows(everything())), "text/csv; charset=utf-8")
    return as_file(answer, "support-groups.csv")


@require_safe
@condition(etag_func=lambda request, table: state(request))
def hsds_csv(request: HttpRequest, table: str) -> HttpResponseBase:
    """One table of HSDS's data package."""
    if table not in hsds_tables.TABLES:
        raise Http404
    answer = streamed(request, hsds_tables.stream(rows(everything()), table), "text/csv; charset=utf-8")
    return as_file(answer, f"{table}.csv")


@require_safe
@public()
def data(request: HttpRequest) -> HttpResponse:
    """Which formats there are, and what each cannot say."""
    groups = Group.objects.active()
    context = {
        "count": groups.count(),
        "left_out": meeting_guide.left_out(groups),
        "without": groups.filter(schedules=None).count(),
        "most": MOST_IN_A_CALENDAR,
        "site_url": settings.SITE_URL,
        "tables": hsds_tables.TABLES,
    }
    return render(request, "groups/data.html", context)
