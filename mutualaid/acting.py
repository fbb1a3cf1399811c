"""Writing for somebody without e-mail, who asked for it on the phone: what moderators may do for whom."""

from typing import Any

from django.db.models import Q, QuerySet

from mindspace.accounts.models import PhoneMember
from mutualaid.models import Post

MAY = "accounts.add_phonemember"


def helps_by_phone(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.is_staff and user.has_perm(MAY))


def members_for(user: Any) -> QuerySet[PhoneMember]:
    """Those whom this person may act for: they agreed, and did not take it back."""
    rows: QuerySet[PhoneMember] = PhoneMember.objects.filter(ended_at=None).select_related("user")
    return rows if helps_by_phone(user) else rows.none()


def writable_by(user: Any) -> QuerySet[Post]:
    """Posts of their own, and of members they may act for."""
    rows: QuerySet[Post] = Post.objects.filter(Q(author=user) | Q(author__in=members_for(user).values("user")))
    return rows


def whom(user: Any, post: Post | None) -> Any:
    """Whom they write this post for, None for themselves."""
    return None if post is None or post.is_of(user) else post.author


def may_answer(post: Post, user: Any) -> list[PhoneMember]:
    """The members for whom they may answer this post."""
    if post.state != Post.State.OPEN:
        return []
    return [member for member in members_for(user) if not post.is_of(member.user)]
