"""What a moderator took down: the decision its author reads, and asking once that another one looks again."""

from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from mindspace.accounts.models import User
from mindspace.moderation.errors import CannotBeDone
from mindspace.moderation.models import Appeal, Decision, Verdict
from mindspace.moderation.models.report import SELF_HARM
from mutualaid.errors import NotPossible
from mutualaid.models import HeldPost, Post, PostReport


def decision_on(post: Post) -> Decision | None:
    """The one that took it down; those that came along with it are later, and say the same."""
    if post.closed_as != Post.ClosedAs.REMOVED:
        return None
    refused = Q(queue=HeldPost.queue, verdict=Verdict.REFUSE, item__in=post.helds.values("pk"))
    reports = post.reports.exclude(reason=SELF_HARM).values("pk")
    approved = Q(queue=PostReport.queue, verdict=Verdict.APPROVE, item__in=reports)
    return Decision.objects.filter(refused | approved, at__lte=post.closed_at).first()


def appeal_of(decision: Decision) -> Appeal | None:
    found: Appeal | None = Appeal.objects.filter(decision=decision).first()
    return found


def post_of(item: UUID) -> Post:
    """What a held post or a report is about."""
    found: Post = Post.objects.get(Q(helds=item) | Q(reports=item))
    return found


def undo(item: UUID, by: User) -> None:
    """Put it back as it was. Raises CannotBeDone: its author has left, or its words are gone."""
    try:
        post_of(item).restore()
    except NotPossible as error:
        raise CannotBeDone(str(error)) from error


def page(item: UUID) -> str:
    return post_of(item).get_absolute_url()


def desk(item: UUID) -> str:
    return reverse("mutualaid:post_look", args=[post_of(item).pk])
