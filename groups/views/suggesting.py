"""Suggesting a group, or a change to one, without an account."""

from datetime import timedelta
from typing import Any

from django.forms import CheckboxInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from groups import listing
from groups.changing import ChangeRefused, obstacle
from groups.keeping_forms import AnswerForm, ChangeForm, SuggestForm
from groups.listing_page import ListingForms
from groups.models import Group, Suggestion
from mindspace.limits.decorators import limited
from mindspace.limits.models import hit
from mindspace.pagecache import public

A_DAY = timedelta(days=1)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("group-suggest", limit=10, per=A_DAY)
def group_suggest(request: HttpRequest) -> HttpResponse:
    """A new group. It is on no page until its mail was confirmed and a moderator has looked."""
    forms = ListingForms(request, listing.NOTHING, SuggestForm)
    if forms.is_bound and forms.is_valid() and _is_another(forms) and _keep(request, forms, None, is_new=True):
        return redirect("groups:suggestion_sent")
    context = {"forms": forms}
    return render(request, "groups/suggest.html", context, status=400 if forms.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("group-suggest", limit=10, per=A_DAY)
def group_change(request: HttpRequest, slug: str) -> HttpResponse:
    """A change to what a listing says in public."""
    group = get_object_or_404(Group.objects.listed().with_everything(), slug=slug)
    forms = ListingForms(request, listing.state_of(group), ChangeForm)
    if forms.is_bound and forms.is_valid():
        if listing.is_empty(forms.changes):
            forms.group.add_error(None, _("This is what the page says already. Change something first."))
        elif _keep(request, forms, group):
            return redirect("groups:suggestion_sent")
    context = {"forms": forms, "group": group}
    return render(request, "groups/change.html", context, status=400 if forms.is_bound else 200)


def _is_another(forms: ListingForms) -> bool:
    """Whether no listed group has this name, or the writer says that theirs is another one; else asks them."""
    beside: Any = forms.beside
    alike = Group.objects.listed().named_like(forms.group.cleaned_data["name"]).first()
    if beside.cleaned_data.pop("another") or alike is None:
        return True
    beside.fields["another"].widget = CheckboxInput()
    page = format_html('<a href="{}">{}</a>', alike.get_absolute_url(), alike.name)
    words = _("{page} is on our list already. Is it this one? Then open its page, and suggest a change there.")
    beside.add_error("another", format_html(words, page=page))
    return False


def _keep(request: HttpRequest, forms: ListingForms, group: Group | None, **fields: Any) -> bool:
    """Send the suggestion in, if it could be carried out; else say why not, on the form."""
    assert forms.beside is not None  # noqa: S101 - both pages ask who it is
    changes = forms.changes
    if why_not := obstacle(changes, group):
        forms.group.add_error(None, why_not)
        return False
    if not hit("group-suggest-to", forms.beside.cleaned_data["email"].lower(), limit=6, per=A_DAY):
        forms.beside.add_error("email", _("This address has had enough mail from us today. You can go on tomorrow."))
        return False
    Suggestion.objects.send_in(
        forms.key, by=request.user, group=group, changes=changes, **forms.beside.cleaned_data, **fields
    )
    return True


@require_safe
@public()
def suggestion_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "groups/suggestion_sent.html")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("suggestion-open", limit=30, per=timedelta(hours=1))
def suggestion_open(request: HttpRequest, token: str) -> HttpResponse:
    """Where the mailed links lead: to confirm, or to answer a question. Only the button acts: scanners follow links."""
    suggestion = Suggestion.objects.with_token(token).first()
    if suggestion is None:
        return render(request, "groups/link_over.html", status=404)
    asked = suggestion.state == Suggestion.State.ASKED
    form = AnswerForm(request.POST if request.method == "POST" and asked else None)
    if request.method == "POST" and asked and form.is_valid():
        suggestion.reply(form.cleaned_data["answer"])
    elif request.method == "POST" and not asked:
        try:
            suggestion.confirm()
        except ChangeRefused as error:
            return render(request, "groups/link_over.html", {"why": str(error)}, status=409)
    question = suggestion.decisions().filter(verdict="ask").first() if asked else None
    context = {"item": suggestion, "form": form, "question": question, "asked": suggestion.state == "asked"}
    return render(request, "groups/suggestion_open.html", context, status=400 if form.errors else 200)
