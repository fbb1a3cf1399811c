"""The board, the page of a post, and the feed of what everybody may see."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mindspace.accounts import keeping_out
from mindspace.accounts.models import Block, PhoneMember
from mindspace.control_characters import Feed
from mindspace.moderation import notes
from mindspace.moderation.views import for_moderators
from mindspace.pagecache import public
from mutualaid import removal
from mutualaid.acting import may_answer
from mutualaid.board import alike, all_alike, find, is_more_for_members, miles_of
from mutualaid.forms import BoardForm
from mutualaid.models import Post
from mutualaid.models.post_queries import MODERATE
from mutualaid.shown import Shown
from mutualaid.views.matching import beside

MOST_IN_A_FEED = 50


@require_safe
def post_list(request: HttpRequest) -> HttpResponse:
    """Kept by nobody: its address may say what somebody needs, and where."""
    form = BoardForm(request.GET)
    if not form.is_valid():
        return render(request, "mutualaid/post_list.html", {"form": form}, status=400)
    asked = form.asked()
    found = find(asked, request.user)
    context = {
        "form": form,
        "asked": asked,
        "count": found.count,
        "cards": [Shown(post, request.user, miles_of(post, asked)) for post in found.posts],
        "next_page": page_after(request, found.next_after),
        "not_understood": bool(form.cleaned_data["near"]) and form.cleaned_data["how"] != "remote" and not asked.town,
    }
    return render(request, "mutualaid/post_list.html", context)


def page_after(request: HttpRequest, after: str) -> str:
    query = request.GET.copy()
    query["after"] = after
    return f"{request.path}?{query.urlencode()}" if after else ""


@require_safe
@public()
def post_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """As a member sees it, moderators included; more of it is in `post_look`."""
    rows = Post.objects.visible_to(request.user).select_related("author", "written_by", "circle")
    post = get_object_or_404(rows, pk=pk)
    away = frozenset([*Block.objects.others_of(request.user), *keeping_out.hidden()])
    context = {"post": post, "shown": Shown(post, request.user, away=away), "can_see_all": post.is_of(request.user)}
    context |= from_moderators(post) if post.is_of(request.user) else {}
    context["helping"] = beside(post, request.user) if post.is_of(request.user) else {}
    context["is_full"] = is_full(post, request.user)
    context |= leading_on(post, request.user) if post.state == Post.State.CLOSED or context["is_full"] else {}
    context["can_look"] = request.user.has_perm(MODERATE)
    return render(request, "mutualaid/post.html", context)


def is_full(post: Post, user: Any) -> bool:
    """Whether there is no chair for this person, who might have wished for one."""
    return post.state == Post.State.OPEN and not post.is_of(user) and Shown(post, user).is_filled


def leading_on(post: Post, user: Any) -> dict[str, Any]:
    """Where to go from a post that has ended, or is full."""
    found = [each for each in alike(post, user) if each.pk != post.pk]
    return {
        "alike": [Shown(each, user) for each in found],
        "more_for_members": not found and not user.is_authenticated and is_more_for_members(post),
        "all_alike": all_alike(post),
    }


@require_safe
@never_cache
@for_moderators
def post_look(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a moderator sees of it, whoever it is for and wherever it stands: all but a draft."""
    rows = Post.objects.moderated_by(request.user).select_related("author", "written_by", "circle")
    post = get_object_or_404(rows, pk=pk)
    shown = Shown(post, request.user, as_moderator=True)
    context: dict[str, Any] = {"post": post, "shown": shown, "can_see_all": True, **from_moderators(post)}
    context["answer_for"] = may_answer(post, request.user)
    context["of_member"] = PhoneMember.objects.helped_by(request.user).filter(pk=post.author_id).first()
    context["helping"] = beside(post, request.user, with_hours=True)
    return render(request, "mutualaid/post.html", context)


def from_moderators(post: Post) -> dict[str, Any]:
    """What they wrote to its author, why they took it down, and what became of asking again; for those two."""
    decision = removal.decision_on(post)
    gone = {"removal": decision, "appeal": removal.appeal_of(decision)} if decision else {}
    return {"notes": notes.read_at(post.get_absolute_url(), post.author), **gone}


@require_safe
@public()
def post_feed(request: HttpRequest) -> HttpResponse:
    """What is new for everybody, as Atom, without a name."""
    address = settings.SITE_URL + reverse("mutualaid:post_feed")
    page = settings.SITE_URL + reverse("mutualaid:post_list")
    feed = Feed(title=_("The board"), link=page, description="", feed_url=address, feed_guid=address)
    for post in Post.objects.teasers().select_related("author").order_by("-opened_at", "pk")[:MOST_IN_A_FEED]:
        title = f"{post.get_kind_display()}: {post.title}"
        feed.add_item(
            title=_("Example: %s") % title if post.is_example else title,
            link=post.public_url,
            description=post.teaser,
            unique_id=f"urn:uuid:{post.pk}",
            pubdate=post.opened_at,
            updateddate=post.updated_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
