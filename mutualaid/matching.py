"""Who may be able to help with a request, and what somebody could help with. It suggests, and assigns nothing.

Whoever fits is found by what they said themselves, never by what was seen of them. Of those, the 100 nearest to the
request, or for one by phone the 100 who were not asked for longest, are put in order: the lightest load first, for
what each said they can give, and then the longest not asked. Nobody is counted on for more than they said.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    DecimalField,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from groups.circles.models import Membership
from mindspace.accounts.models import Block, Profile, User
from mindspace.accounts.models.profile import WITHIN_REASON
from mindspace.accounts.models.user import NO_MAILBOX
from mindspace.moderation.models import Sanction
from mindspace.moderation.models.sanction import may_write
from mutualaid import board_index
from mutualaid.categories import SENSITIVE, Category
from mutualaid.models import Arrangement, Asked, Post, Seat
from mutualaid.models.asked import MOST_WAITING
from mutualaid.nearness import near
from mutualaid.suggesting import Could, Helper

SPAN = timedelta(days=28)
REACH = 25  # miles
POOL = 100
SHOWN = 5
AT_ONCE = 10  # requests near, and as many by phone
USUAL_HOURS = Decimal(1)  # of a post that does not say
COUNTS = ("agreed", "done", "confirmed")  # what was called off, or did not happen, took nobody's time
LANGUAGE_OF_THE_SITE = "en"  # who reads here and names no language reads this one


def helpers_for(post: Post, user: Any) -> list[Helper]:
    """People who may be able to help with a request, for its author and for moderators; empty for others."""
    return suggestions([post], SHOWN)[post.pk] if Asked.can_be_sent_by(user, post) else []


def suggestions(posts: Collection[Post], most: int) -> dict[UUID, list[Helper]]:
    """For each post, who may be able to help, in order. One query a post, and four more for all of them."""
    pools = {post.pk: list(pool(post)) for post in posts}
    people = {profile.pk for found in pools.values() for profile in found}
    taken, waiting = load(people), waiting_before(people)
    found: dict[UUID, list[Helper]] = {}
    for post in posts:
        helpers = [
            Helper(post, profile, taken[profile.pk], getattr(profile, "distance", None)) for profile in pools[post.pk]
        ]
        can = [each for each in helpers if has_room(each, waiting[each.profile.pk])]
        found[post.pk] = sorted(can, key=lambda each: each.order)[:most]
    prefetch_related_objects([each.profile for helpers in found.values() for each in helpers], "user")
    return found


def has_room(helper: Helper, waiting: int) -> bool:
    return helper.left >= needed(helper.post) and waiting < MOST_WAITING


def needed(post: Post) -> Decimal:
    return post.hours or USUAL_HOURS


def pool(post: Post) -> QuerySet[Profile]:
    """Those who fit, each with `distance`, see `in_reach`."""
    rows = in_reach(fitting(post).only("hours", "asked_at", "languages"), post)  # no more than orders them
    by_phone = post.remote or post.x is None
    order = [F("asked_at").asc(nulls_first=True), "user_id"] if by_phone else ["distance"]
    found: QuerySet[Profile] = rows.order_by(*order)[:POOL]
    return found


def may_be_asked(post: Post, person: UUID) -> bool:
    """Whether they fit, are in reach, and have room: nobody is asked beyond the hours they gave."""
    rows = fitting(post).filter(pk=person)
    profile: Profile | None = in_reach(rows, post).first()
    if profile is None:
        return False
    return has_room(Helper(post, profile, load([person])[person]), waiting_before([person])[person])


def in_reach(rows: Any, post: Post) -> Any:
    """Those near enough, with `distance` in meters of Web Mercator; all, with None, for what is done by phone."""
    if post.remote or post.x is None or post.y is None:
        return rows.annotate(distance=Value(None, output_field=FloatField()))
    return near(rows, post.x, post.y, post.latitude or 0, REACH)


def fitting(post: Post) -> QuerySet[Profile]:
    """All who said that they give this, and whom nothing speaks against."""
    now = timezone.now()
    if post.author is None:
        return Profile.objects.none()
    rows: QuerySet[Profile] = (
        Profile.objects.not_resting(timezone.localdate(now))
        .filter(is_adult=True, can_give__contains=[post.category], user__is_active=True)
        .exclude(user=post.author)
        .exclude(user__email__endswith=NO_MAILBOX)  # there is nobody to read the question
        .exclude(user__in=Block.objects.others_of(post.author))
        .exclude(user__in=Sanction.objects.in_force(now).order_by().values("user"))
        .exclude(user__in=post.responses.order_by().values("by"))
        .exclude(user__in=post.asked.order_by().values("person"))
    )
    if post.audience == Post.Audience.CIRCLE:
        if not post.is_for_somebody:
            return Profile.objects.none()
        rows = rows.filter(user__in=Membership.objects.filter(circle=post.circle_id).order_by().values("user"))
    enough = Q(hours__gte=needed(post))
    rows = rows.filter(enough | Q(hours=None) if needed(post) <= WITHIN_REASON else enough)
    if post.is_sensitive or post.audience == Post.Audience.VOUCHED:
        rows = rows.filter(user__in=User.objects.vouched())
    if post.languages:
        speaks = Q(languages__overlap=post.languages)
        rows = rows.filter(speaks | Q(languages=[]) if LANGUAGE_OF_THE_SITE in post.languages else speaks)
    if days := post.weekdays():
        rows = rows.filter(Q(available_days=[]) | Q(available_days__overlap=days))
    return rows


def load(people: Iterable[Any]) -> defaultdict[Any, Decimal]:
    """The hours that each has given or promised in the last 28 days."""
    rows = Arrangement.objects.filter(agreed_at__gt=timezone.now() - SPAN, state__in=COUNTS).order_by()
    hours = Sum(Coalesce("response__post__hours", Value(USUAL_HOURS), output_field=DecimalField()))
    found: defaultdict[Any, Decimal] = defaultdict(Decimal)
    for kind, helper in (("request", "response__by"), ("offer", "response__post__author")):
        theirs = rows.filter(**{"response__post__kind": kind, f"{helper}__in": list(people)})
        for person, sum_ in theirs.values_list(helper).annotate(sum=hours):
            found[person] += sum_
    return found


def waiting_before(people: Iterable[Any]) -> defaultdict[Any, int]:
    """How many questions each has before them."""
    rows = Asked.objects.waiting(timezone.now()).filter(person__in=list(people)).order_by()
    return defaultdict(int, rows.values_list("person").annotate(count=Count("pk")))


def posts_for(user: Any, limit: int = 10) -> list[Could]:
    """What somebody could help with: first what they are asked, then what fits what they said they give."""
    asked = Asked.objects.waiting_for(user).select_related("post__author")
    rows = [Could(each.post, asked=each) for each in asked]
    profile = Profile.of(user)
    if not may_be_suggested(profile):
        return rows
    taken = load([user.pk])[user.pk]
    known = {row.post.pk for row in rows}
    found = [
        Helper(post, profile, taken, getattr(post, "distance", None))
        for post in needing(profile)
        if post.pk not in known
    ]
    rows += [Could(each.post, each.words_for_themselves) for each in found if has_room(each, 0) and fits_days(each)]
    return rows[:limit]


def may_be_suggested(profile: Profile) -> bool:
    return (
        profile.is_adult
        and profile.hours != 0
        and bool(profile.can_give)
        and not profile.is_resting(timezone.localdate())
        and may_write(profile.user)
    )


def needing(profile: Profile) -> list[Post]:
    """The nearest requests, and of those by phone the ones that wait longest."""
    user = profile.user
    gives = {Category(code) for code in profile.can_give if code in board_index.CATEGORIES}
    if not user.is_vouched:
        gives -= SENSITIVE
    sitting = Seat.objects.filter(post=OuterRef("pk")).order_by().values("post").annotate(count=Count("pk"))
    rows = (
        Post.objects.on_the_board_for(user)
        .filter(facets__contains=[board_index.REQUEST])
        .filter(facets__overlap=[board_index.CATEGORIES[each] for each in gives])
        .filter(slots__gt=Coalesce(Subquery(sitting.values("count")), 0))
        .filter(Q(languages=[]) | Q(languages__overlap=profile.languages or [LANGUAGE_OF_THE_SITE]))
        .exclude(author=user)
        .exclude(pk__in=user.responses.order_by().values("post"))
        .exclude(pk__in=user.asked.order_by().values("post"))
        .select_related("author")
        .defer("search")
    )
    by_phone = rows.filter(kind=Post.Kind.REQUEST, remote=True).order_by("opened_at", "pk")[:AT_ONCE]
    if profile.x is None or profile.y is None:
        return list(by_phone)
    return [*near(rows, profile.x, profile.y, profile.latitude or 0, REACH).order_by("distance")[:AT_ONCE], *by_phone]


def fits_days(helper: Helper) -> bool:
    days, theirs = helper.post.weekdays(), helper.profile.available_days
    return not days or not theirs or not set(days).isdisjoint(theirs)
