"""Writing for somebody without e-mail, who asked for it on the phone: what moderators may do for whom."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from mindspace.accounts.models import PhoneMember
from mutualaid.models import Post


def writable_by(user: Any) -> QuerySet[Post]:
    """Posts of their own, and of members they may act for."""
    rows: QuerySet[Post] = Post.objects.filter(
        Q(author=user) | Q(author__in=PhoneMember.objects.helped_by(user).values("user"))
    )
    return rows


def whom(user: Any, post: Post | None) -> Any:
    """Whom they write this post for, None for themselves."""
    return None if post is None or post.is_of(user) else post.author


def may_answer(post: Post, user: Any) -> list[PhoneMember]:
    """The members for whom they may answer this post."""
    if post.state != Post.State.OPEN:
        return []
    return [member for member in PhoneMember.objects.helped_by(user) if not post.is_of(member.user)]


def page_of(user: Any, post: Post) -> str:
    """Where they see it: on its page their own, on that of moderators what they wrote for somebody."""
    return post.get_absolute_url() if post.is_of(user) else reverse("mutualaid:post_look", args=[post.pk])
