"""The board: what is asked of it becomes one query over the open posts, which are few beside those that have ended.

Words and facets go through the GIN index, a place through GiST; without either, the posts are read in order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import F, Func, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from groups.geometry import METERS_PER_MILE, mercator, stretch
from groups.towns import Town
from mutualaid import board_index
from mutualaid.categories import Category
from mutualaid.models import Post
from mutualaid.models.post import ENDS
from mutualaid.nearness import distance_from, near

PER_PAGE = 12
MOST_ALIKE = 3
COUNT_TO = 100


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see. `after` is the sort value and the id of the post before."""

    facets: Sequence[int] = ()
    words: str = ""
    town: Town | None = None
    miles: int = 25
    sort: str = ""
    after: tuple[float, UUID] | None = None

    @property
    def order(self) -> str:
        """One of "newest", "ending" and "near"."""
        return self.sort or ("near" if self.town else "newest")


@dataclass(frozen=True)
class Found:
    """A page of posts. `count` stops at COUNT_TO; `next_after` opens the next page, "" on the last."""

    posts: list[Any] = field(default_factory=list)
    count: int = 0
    next_after: str = ""


def find(asked: Asked, user: Any) -> Found:
    rows = fitting(asked, user)
    # Not joined: of thousands that have a word, the authors would be looked up before a page of them is chosen.
    page = in_order(rows, asked).prefetch_related("author", "circle", "seats__response__by").defer("search")
    shown = list(page[: PER_PAGE + 1])
    more = len(shown) > PER_PAGE
    posts = shown[:PER_PAGE]
    return Found(posts, counted(rows), f"{value(posts[-1], asked)!r}:{posts[-1].pk}" if more else "")


class Teaser(Func):
    """What of the words of a post stands in its teaser, see board_index.vector."""

    template = "ts_filter(%(expressions)s, '{a,b,c}')"
    output_field = SearchVectorField()


def fitting(asked: Asked, user: Any) -> QuerySet[Post]:
    """Every post that fits, in no order."""
    rows = Post.objects.on_the_board_for(user)
    if asked.facets:
        rows = rows.filter(facets__contains=list(asked.facets))
    if asked.words:
        english, spanish = (
            SearchQuery(asked.words, config=config, search_type="websearch") for config in ("english", "spanish")
        )
        rows = rows.filter(search=english | spanish)
        if not user.is_authenticated:  # whom the rest is not shown
            rows = rows.alias(shown=Teaser("search")).filter(shown=english | spanish)
    if asked.town is None:
        return rows
    found: QuerySet[Post] = near(rows, *mercator(asked.town.point), asked.town.point.latitude, asked.miles)
    return found


def alike(post: Post, user: Any) -> list[Post]:
    """A few open posts of the same kind and category for whom a post comes too late: the nearest, else the newest."""
    if not post.category:
        return []
    rows: Any = fitting(Asked(facets=like(post)), user).select_related("author").defer("search")
    if post.x is None or post.y is None:
        return list(rows.order_by("-opened_at", "pk")[:MOST_ALIKE])
    away = distance_from(post.x, post.y)
    return list(rows.annotate(away=away).order_by(F("away").asc(nulls_last=True), "pk")[:MOST_ALIKE])


def all_alike(post: Post) -> str:
    """The address of all of them on the board."""
    return f"{reverse('mutualaid:post_list')}?{urlencode({'kind': post.kind, 'category': post.category})}"


def like(post: Post) -> list[int]:
    """The facets of a post with a category that make another one like it."""
    return [board_index.KINDS[post.kind], board_index.CATEGORIES[Category(post.category)]]


def is_more_for_members(post: Post) -> bool:
    """Whether every member sees open posts like it that visitors do not."""
    if not post.category:
        return False
    return Post.objects.open().filter(audience=Post.Audience.MEMBERS, facets__contains=like(post)).exists()


def in_order(rows: Any, asked: Asked) -> Any:
    """From `asked.after` on."""
    after, pk = asked.after or (None, None)
    if asked.order == "newest":
        if after is not None:
            at = datetime.fromtimestamp(after, tz=UTC)
            rows = rows.filter(Q(opened_at__lte=at) & (Q(opened_at__lt=at) | Q(pk__gt=pk)))
        return rows.order_by("-opened_at", "pk")
    if asked.order == "near":
        if after is not None:
            rows = rows.filter(Q(distance__gt=after) | Q(distance=after, pk__gt=pk))
        return rows.order_by("distance", "pk")
    rows = rows.alias(ends=ENDS)
    if after is not None:
        day = date.fromordinal(int(after))
        rows = rows.filter(Q(ends__gte=day) & (Q(ends__gt=day) | Q(pk__gt=pk)))
    return rows.order_by(ENDS, "pk")


def value(post: Any, asked: Asked) -> float:
    """What `in_order` needs to go on behind `post`."""
    if asked.order == "newest":
        return float(post.opened_at.timestamp())
    if asked.order == "near":
        return float(post.distance)
    return float((post.ends_on or date.max).toordinal())


def counted(rows: QuerySet[Post]) -> int:
    return min(rows.order_by()[: COUNT_TO + 1].count(), COUNT_TO + 1)


def miles_of(post: Any, asked: Asked) -> float | None:
    """The distance of a post found near a town: both ends of it are rounded."""
    if asked.town is None or getattr(post, "distance", None) is None:
        return None
    true_meters: float = post.distance / stretch(asked.town.point.latitude)
    return true_meters / METERS_PER_MILE
