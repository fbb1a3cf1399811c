"""How those who keep a listing come in: by links that are mailed to them, and no account."""

from contextlib import suppress
from datetime import timedelta

import pghistory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from groups import listing
from groups.errors import AlreadyClosed
from groups.keeping_forms import LinkForm, StillRightForm
from groups.models import Group, Organizer, OrganizerLink
from groups.organizing import let_in
from mindspace.limits.decorators import limited, too_often
from mindspace.limits.models import hit

AN_HOUR = timedelta(hours=1)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("organizer-link", limit=10, per=AN_HOUR)
def organizer_link(request: HttpRequest) -> HttpResponse:
    """Mail an organizer their links. The answer is the same whether the address is one or not."""
    form = LinkForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        allowed = hit("organizer-link-to", email.lower(), limit=5, per=timedelta(days=1))
        if not allowed:
            return too_often(request, allowed)
        Organizer.objects.send_links(email)
        return render(request, "groups/keep/link_sent.html")
    return render(request, "groups/keep/link.html", {"form": form}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("organizer-open", limit=30, per=AN_HOUR)
def organizer_open(request: HttpRequest, token: str) -> HttpResponse:
    """Where a mailed link leads. Only the button opens the listing: scanners follow links."""
    link = OrganizerLink.objects.with_token(token).exclude(purpose="ask").select_related("group", "organizer").first()
    if link is None or link.group.status != Group.Status.LISTED:
        return render(request, "groups/link_over.html", status=404)
    if request.method != "POST":
        return render(request, "groups/keep/open.html", {"link": link, "group": link.group})
    return _into(request, link)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("organizer-open", limit=30, per=AN_HOUR)
def freshness_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Still right? Yes, change it, or it has closed; nobody signs in."""
    link = OrganizerLink.objects.with_token(token).filter(purpose="ask").select_related("group", "organizer").first()
    if link is None or link.group.status != Group.Status.LISTED:
        return render(request, "groups/link_over.html", status=404)
    form = StillRightForm(request.POST or None)
    if not form.is_valid():
        context = {
            "group": link.group,
            "parts": listing.in_parts(listing.difference(listing.NOTHING, listing.state_of(link.group))),
        }
        return render(request, "groups/keep/still_right.html", context, status=400 if form.is_bound else 200)
    answer = form.cleaned_data["answer"]
    if answer == "edit":
        return _into(request, link)
    organizer = link.holder()
    if organizer is None:
        return render(request, "groups/link_over.html", status=404)
    with pghistory.context(organizer=str(organizer.pk)):
        if answer == "yes":
            link.group.confirm("organizer")
        else:
            with suppress(AlreadyClosed):  # by a second click, or by somebody else at the same moment
                link.group.close("organizer")
    group = link.group if answer == "yes" else None
    return render(request, "groups/keep/thanks.html", {"group": group, "closed": answer == "closed"})


def _into(request: HttpRequest, link: OrganizerLink) -> HttpResponse:
    organizer = link.holder()
    if organizer is None:
        return render(request, "groups/link_over.html", status=404)
    let_in(request, organizer)
    return redirect("groups:group_keep", link.group.slug)
