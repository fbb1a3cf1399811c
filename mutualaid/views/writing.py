"""Writing a post, step by step; what is written is kept as a draft on the server."""

from collections.abc import Callable, Container
from datetime import timedelta
from decimal import Decimal
from functools import partial, wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import HiddenInput
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mindspace.accounts import second_factor
from mindspace.accounts.models import Profile, User
from mindspace.limits.client import by_member
from mindspace.limits.decorators import limited
from mindspace.once import once
from mutualaid import acting, crisis, guard, looking
from mutualaid.categories import PRACTICAL
from mutualaid.errors import NotFinished, NotPossible
from mutualaid.models import Acted, Post
from mutualaid.shown import Shown
from mutualaid.writing_forms import KindForm, NewForm, WhoForm
from mutualaid.writing_when import WhenForm

FORM = ["GET", "HEAD", "POST"]
STEPS: dict[str, Any] = {"what": NewForm, "when": WhenForm, "who": WhoForm}
TITLES = {
    "what": gettext_lazy("What"),
    "when": gettext_lazy("When and where"),
    "who": gettext_lazy("Who sees it"),
    "check": gettext_lazy("Check it"),
}
# In what is folded away, until somebody says something else.
UNSAID: tuple[Any, ...] = (None, "", False, [], Post.Reckoning.GIFT)
LEAST_MINUTES = 15  # a quarter of an hour is the least that can be said in hours
View = Callable[..., HttpResponse]


def for_author(view: View) -> View:
    """For the author, or who writes for them, while it can be changed; to others the page does not exist."""

    @wraps(view)
    def checked(request: HttpRequest, pk: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        post = get_object_or_404(acting.writable_by(request.user).select_related("author"), pk=pk)
        if not post.can_be_changed_by(post.author):
            raise Http404
        if not post.is_of(request.user) and (page := second_factor.missing(request)):
            return redirect(page)
        return view(request, post, *args, **kwargs)

    return checked


def for_grown_ups(view: View) -> View:
    """Whoever has not said that they are 18 is asked to, and told why."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not Post.can_be_written_by(request.user):
            return render(request, "mutualaid/not_yet.html", status=403)
        return view(request, *args, **kwargs)

    return checked


@require_http_methods(FORM)
@never_cache
@login_required
@for_grown_ups
@limited("post-new", limit=30, per=timedelta(days=1), key=by_member)
def post_new(request: HttpRequest) -> HttpResponse:
    wanted = KindForm(request.GET)
    said = wanted.cleaned_data if wanted.is_valid() else {}
    form = NewForm(request.POST or None, initial=said)
    if said.get("kind"):
        form.fields["kind"].widget = HiddenInput()  # they pressed it a moment ago
    if not form.is_valid():
        return step_page(request, None, "what", form)

    author = cast(User, request.user)
    key = form.key_of(author)

    def make() -> Post:
        made: Post = Post.objects.create(author=author, key=key, **form.said)
        return made

    post = once(Post.objects.of(author), key, make)
    return redirect("mutualaid:post_edit", post.pk, "when")


@require_http_methods(FORM)
@never_cache
@login_required
@for_author
@limited("post-edit", limit=200, per=timedelta(days=1), key=by_member)
def post_edit(request: HttpRequest, post: Post, step: str) -> HttpResponse:
    """One step. On a draft the next one follows; what is on the board already goes back to its page."""
    if step not in STEPS:
        raise Http404
    kind = STEPS[step]
    more = {"post": post} if kind is WhoForm else {}
    preset = of_profile(post, step)
    form = kind(request.POST or None, initial=kind.initial_of(post) | preset, **more)
    if not form.is_valid():
        return step_page(request, post, step, form, preset=preset)
    try:
        acting.do(request.user, post, Acted.Did.EDIT, partial(post.change, **form.changes(post)), form.key)
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect(acting.page_of(request.user, post))
    if post.state != Post.State.DRAFT:
        messages.success(request, _("It is changed."))
        return redirect(acting.page_of(request.user, post))
    following = [*STEPS, "check"][[*STEPS].index(step) + 1]
    return (
        redirect("mutualaid:post_check", post.pk)
        if following == "check"
        else redirect("mutualaid:post_edit", post.pk, following)
    )


@require_http_methods(FORM)
@never_cache
@login_required
@for_author
@limited("post-send", limit=20, per=timedelta(days=1), key=by_member)
def post_check(request: HttpRequest, post: Post) -> HttpResponse:
    """Who will see it and what was found in it; then it is sent in."""
    if post.state != Post.State.DRAFT:
        return redirect(acting.page_of(request.user, post))
    if request.method == "POST":
        try:
            acting.do(request.user, post, Acted.Did.PUBLISH, post.submit)
        except NotFinished:
            return redirect("mutualaid:post_edit", post.pk, post.missing[0])
        except NotPossible as error:
            if Post.objects.filter(pk=post.pk).exclude(state=Post.State.DRAFT).exists():  # by another click
                return redirect(acting.page_of(request.user, post))
            messages.error(request, str(error))
            return redirect("mutualaid:post_check", post.pk)
        return redirect(acting.page_of(request.user, post))
    if post.missing:
        return redirect("mutualaid:post_edit", post.pk, post.missing[0])
    reasons = looking.reasons(post)  # the first of them is said here, each on its page once it waits
    context = {
        "shown": Shown(post, request.user),
        "found": guard.found_in(post.public_words),
        "reason": next((looking.REASONS[reason] for reason in reasons if reason != "careful"), ""),
        "looked_at": bool(reasons),
        "acting_for": acting.whom(request.user, post),
        **around(post, "check"),
    }
    return render(request, "mutualaid/check.html", context)


def of_profile(post: Post, step: str) -> dict[str, Any]:
    """What the member has said of themselves already need not be said again."""
    if post.author is None:
        return {}
    profile, is_draft = Profile.of(post.author), post.state == Post.State.DRAFT
    if step == "when" and is_draft and not post.area_name:
        area = profile.area_zip or profile.area_name
        is_there = area and post.category in PRACTICAL and not post.remote
        return {"area": area, "where": "near"} if is_there else {"area": area}
    if step == "who":
        return hours_of(post) | languages_of(post, profile)
    return {}


def hours_of(post: Post) -> dict[str, Any]:
    """As long as each time takes, until somebody says another number."""
    is_unsaid = post.state == Post.State.DRAFT and post.hours is None and (post.minutes or 0) >= LEAST_MINUTES
    return {"hours": round(Decimal(post.minutes or 0) / 60, 2).normalize() + 0} if is_unsaid else {}


def languages_of(post: Post, profile: Profile) -> dict[str, Any]:
    is_unsaid = post.state == Post.State.DRAFT and not post.languages
    return {"languages": profile.languages} if is_unsaid or set(post.languages) == set(profile.languages) else {}


def is_said(field: Any, preset: Container[str]) -> bool:
    """Whether something was filled in here, on this post or in what was just sent: one person is what it starts with.

    What the profile says by itself opens nothing, unless something else was sent.
    """
    if field.form.is_bound and field.name in field.form.changed_data:
        return True
    unsaid = (*UNSAID, 1) if field.name == "slots" else UNSAID
    return field.name not in preset and field.initial not in unsaid


def step_page(
    request: HttpRequest,
    post: Post | None,
    step: str,
    form: Any,
    acting_for: User | None = None,
    preset: Container[str] = (),
) -> HttpResponse:
    context = {
        "form": form,
        "first": [field for field in form.visible_fields() if field.name not in form.FOLDED],
        "folded": [form[name] for name in form.FOLDED],
        "fold_open": any(form[name].errors or is_said(form[name], preset) for name in form.FOLDED),
        "acting_for": acting_for or acting.whom(request.user, post),
        "page": acting.page_of(request.user, post) if post else "",
        **around(post, step, form),
    }
    return render(request, "mutualaid/step.html", context, status=400 if form.is_bound else 200)


def around(post: Post | None, step: str, form: Any = None) -> dict[str, Any]:
    """Where one is among the steps, and whether help lines come first."""
    said = post.public_words if post else ""
    if form is not None and form.is_bound:
        said += "\n" + "\n".join(str(form.data.get(name, "")) for name in ("title", "words", "helps", "helps_not"))
    return {
        "post": post,
        "step": step,
        "steps": TITLES.items(),
        "number": [*TITLES].index(step) + 1,
        "total": len(TITLES),
        "help_first": crisis.sounds_like(said),
    }
