"""How far below zero one may go. There is no limit above."""

from typing import Any

from django.db.models import Count, Q, Sum

from mutualaid.errors import BelowFloor
from mutualaid.models import Post, Response
from mutualaid.timebank.models import Transfer

FLOOR_HOURS = 10


def allow(post: Post, person: Any) -> None:
    """Whether `person` could be helped by this post and stay above, if all they have asked for comes true.

    What is promised already is counted, so that nothing has to be refused once people have helped. Raises BelowFloor.
    """
    if not post.banked:
        return
    left = Transfer.objects.balance_of(person).left - promised(person, besides=post)
    if left - to_come(post) < -FLOOR_HOURS * 60:
        raise BelowFloor(FLOOR_HOURS)


def promised(person: Any, besides: Post) -> int:
    """Minutes that go from them if every chair of their requests is taken, and every answer of theirs gets a yes."""
    requests = Post.objects.filter(author=person, kind=Post.Kind.REQUEST, reckoning=Post.Reckoning.TIMEBANK)
    requests = (
        requests.exclude(pk=besides.pk)
        .exclude(state=Post.State.DRAFT)
        .annotate(agreed=Count("responses", filter=Q(responses__state="accepted")))
    )
    asked = sum(
        post.banked * post.agreed if post.state == Post.State.CLOSED else to_come(post)
        for post in requests.exclude(state=Post.State.CLOSED, agreed=0)
    )
    offers = Q(post__kind=Post.Kind.OFFER, post__reckoning=Post.Reckoning.TIMEBANK)
    hours = Response.objects.live().filter(offers, by=person).aggregate(sum=Sum("post__hours", default=0))["sum"]
    return int(asked + round(hours * 60))


def to_come(post: Post) -> int:
    """Minutes of the chairs of a request that nobody has sat on to the end; of an offer, one chair."""
    if post.kind == Post.Kind.OFFER:
        return post.banked
    return post.banked * (post.slots - post.seats.filter(response__state="finished").count())
