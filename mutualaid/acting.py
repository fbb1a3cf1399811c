"""Writing for somebody without e-mail, who asked for it on the phone: what moderators may do for whom."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Q, QuerySet
from django.urls import reverse

from mindspace.accounts.models import Block, PhoneMember
from mindspace.moderation.models.held_queries import staff_of_one
from mutualaid.models import Acted, Post


def writable_by(user: Any) -> QuerySet[Post]:
    """Posts of their own, and of members they may act for."""
    rows: QuerySet[Post] = Post.objects.filter(
        Q(author=user) | Q(author__in=PhoneMember.objects.helped_by(user).values("user"))
    )
    return rows


def whom(user: Any, post: Post | None) -> Any:
    """Whom they write this post for, None for themselves."""
    return None if post is None or post.is_of(user) else post.author


def is_on_its_side(user: Any, post: Post) -> bool:
    """Whether they speak for the author of a post, or keep apart from them: they answer it for nobody."""
    if post.is_of(user) or Block.objects.between(user, post.author).exists():
        return True
    wrote = post.written_by_id == user.pk or post.acted.filter(by=user).exists()
    return wrote and not staff_of_one()


def may_answer(post: Post, user: Any) -> list[PhoneMember]:
    """The members for whom they may answer this post."""
    if post.state != Post.State.OPEN or is_on_its_side(user, post):
        return []
    answered = post.responses.standing().values("by")
    return list(PhoneMember.objects.helped_by(user).exclude(pk=post.author_id).exclude(pk__in=answered))


def page_for(member: UUID | None) -> str:
    """Where they act for this member."""
    return reverse("mutualaid:phone_member_show", args=[member])


def page_of(user: Any, post: Post) -> str:
    """Where they go on: on its page with their own, on that of the member with what they do for somebody."""
    if post.is_of(user):
        return post.get_absolute_url()
    return page_for(post.author_id)


def do(user: Any, post: Post, did: str, verb: Callable[[], object], key: UUID | None = None) -> None:
    """Do something to a post; what is done for somebody on the phone is written down with it. Raises NotPossible.

    Nobody sees a draft, and it may go with what is done to it: of that, nothing is written down.
    """
    if post.is_of(user) or (post.state == Post.State.DRAFT and did != Acted.Did.PUBLISH):
        verb()
        return
    Acted.objects.write(post.author_id, user, did, verb, key and uuid5(key, f"{did} {post.pk}"), post)
