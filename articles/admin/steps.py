"""The steps from a desk copy to readers, and back. A page says what will happen; its POST is one verb of the model."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles import body, difference, errors
from articles.admin import versions
from articles.admin.desk import Desk, desk_page, refuse, show
from articles.admin.forms import PastedForm, PublishForm, ReasonForm, RestoreForm, SeenForm
from articles.models import Edition
from mindspace.site.hours import moment

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
def clean_pasted(request: HttpRequest) -> HttpResponse:
    """Make pasted HTML plain, as saving it would. Nothing is kept."""
    if not request.user.has_perms(["articles.view_article", "articles.change_article"]):
        raise PermissionDenied
    form = PastedForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    return JsonResponse({"html": body.clean(form.cleaned_data["html"])})


@require_safe
@desk_page
def review(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Read what is new, then approve it. What changed since readers last saw it stands first."""
    since = difference.between(desk.live.source, desk.article.source()) if desk.live else None
    return show(request, desk, "review", {"since": since})


@require_POST
@desk_page
def ask_for_review(request: HttpRequest, desk: Desk) -> HttpResponse:
    if not desk.may_edit:
        raise PermissionDenied
    if desk.article.ask_for_review(desk.user):
        messages.success(request, _("Sent for review. Reviewers see it on their “Today” page."))
    else:
        messages.info(request, _("There is no need to ask: a review is on its way, or done."))
    return redirect("admin:articles_article_change", desk.article.pk)


@require_POST
@desk_page
def approve(request: HttpRequest, desk: Desk) -> HttpResponse:
    if not desk.user.has_perm("articles.review_article"):
        raise PermissionDenied
    form = SeenForm(request.POST)
    try:
        desk.article.approve(desk.user, form.cleaned_data["seen"] if form.is_valid() else "")
    except errors.ArticleError as error:
        refuse(request, error)
        return redirect("admin:articles_article_review", desk.article.pk)
    messages.success(request, _("Approved. It can be published as it stands."))
    return redirect("admin:articles_article_change", desk.article.pk)


@form_page
@desk_page
def publish(request: HttpRequest, desk: Desk) -> HttpResponse:
    if not desk.may_publish:
        raise PermissionDenied
    form = publish_form(desk, request.POST if request.method == "POST" else None)
    if form.is_valid():
        answers = {name: form.cleaned_data[name] for name in ("at", "keep_scheduled", "seen", "key")}
        try:
            edition = desk.article.publish(desk.user, **answers)
        except errors.ArticleError as error:
            form = publish_form(desk)
            refuse(request, error)
        else:
            messages.success(request, published_words(edition, desk))
            return redirect("admin:articles_article_change", desk.article.pk)
    return show(request, desk, "publish", {"form": form}, status=400 if form.is_bound else 200)


def publish_form(desk: Desk, data: Any = None) -> PublishForm:
    return PublishForm(data, zone=desk.zone, asks_about_scheduled=bool(desk.scheduled), seen=desk.digest)


def published_words(edition: Edition, desk: Desk) -> str:
    if edition.publish_at <= timezone.now():
        return _("Published. Readers see edition %(number)d now.") % {"number": edition.number}
    when = moment(edition.publish_at.astimezone(desk.zone), "l, F j, Y")
    zone = edition.publish_at.astimezone(desk.zone).strftime("%Z")
    return _("Scheduled. Readers see it on %(when)s (%(zone)s).") % {"when": when, "zone": zone}


@form_page
@desk_page
def withdraw(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take the whole article down: what is live, what was before it, and what is due."""
    return _withdraw(request, desk, None)


@form_page
@desk_page
def withdraw_edition(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Take one edition down, or cancel one that is due."""
    return _withdraw(request, desk, get_object_or_404(desk.article.editions, number=number))


def _withdraw(request: HttpRequest, desk: Desk, edition: Edition | None) -> HttpResponse:
    if not desk.may_withdraw:
        raise PermissionDenied
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            (edition or desk.article).withdraw(desk.user, form.cleaned_data["reason"])
        except errors.ArticleError as error:
            refuse(request, error)
        else:
            messages.success(request, _("Taken down. Nothing is deleted: the text is still here."))
        return redirect("admin:articles_article_versions", desk.article.pk)
    context = {"form": form, "edition": edition, "after": next_in_line(edition), "now": timezone.now()}
    return show(request, desk, "withdraw", context, status=400 if form.is_bound else 200)


def next_in_line(edition: Edition | None) -> Edition | None:
    """What readers see once this edition is down."""
    if edition is None:
        return None
    others = edition.article.editions.standing().filter(publish_at__lte=timezone.now()).exclude(pk=edition.pk)
    found: Edition | None = others.order_by("-publish_at", "-number").first()
    return found


@require_POST
@desk_page
def restore(request: HttpRequest, desk: Desk, version: str) -> HttpResponse:
    """Put an earlier text on the desk. Readers see no change."""
    if not desk.may_edit:
        raise PermissionDenied
    form = RestoreForm(request.POST)
    if not form.is_valid() or not versions.is_name(version):
        raise Http404
    try:
        versions.restore(desk.article, version, desk.user, form.cleaned_data["version"])
    except errors.ArticleError as error:
        refuse(request, error)
        return redirect("admin:articles_article_versions", desk.article.pk)
    messages.success(request, _("The earlier text is on the desk. Readers see it once you publish it."))
    return redirect("admin:articles_article_change", desk.article.pk)
