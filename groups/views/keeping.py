"""What visitors do for a listing: claim it, report it, say whether a meeting was on, write to the group, print it."""

from datetime import timedelta

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from groups import relay
from groups.detail import last_meeting, next_dates, rules_of
from groups.flyer import qr_code
from groups.keeping_forms import AnswerForm, ClaimForm, MessageForm, ReportForm, SightingForm
from groups.models import Claim, Group, GroupReport, Sighting
from groups.models.organizer import own_address
from groups.printing import places_of, ways_to
from groups.results import time_word
from groups.tasks import look_at_website
from mindspace.limits.client import client_key
from mindspace.limits.decorators import limited, too_often
from mindspace.limits.models import hit
from mindspace.pagecache import public

A_DAY = timedelta(days=1)
FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@never_cache
@limited("group-claim", limit=10, per=A_DAY)
def group_claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Is this yours? Show it by the listing's own address, its website, or to a moderator."""
    group = get_object_or_404(Group.objects.listed(), slug=slug)
    form = ClaimForm(request.POST or None, has_address=bool(own_address(group)), has_website=bool(group.website))
    if not form.is_valid():
        context = {"group": group, "form": form}
        return render(request, "groups/claim.html", context, status=400 if form.is_bound else 200)
    said = form.said
    if said["way"] == ClaimForm.MAIL:
        allowed = hit("claim-own-address", str(group.pk), limit=3, per=A_DAY)  # nobody's mailbox is filled by this
        if not allowed:
            return too_often(request, allowed)
        if form.key is None or cache.add(f"claim:{form.key}", True, 24 * 3600):
            Claim.objects.by_own_address(group)
    else:
        allowed = hit("claim-to", said["email"].lower(), limit=6, per=A_DAY)
        if not allowed:
            return too_often(request, allowed)
        Claim.objects.send_in(form.key, group, said["way"], said["email"], request.user, said["note"])
    return redirect("groups:claim_sent")


@require_safe
@public()
def claim_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "groups/claim_sent.html")


@require_http_methods(FORM)
@never_cache
@limited("claim-open", limit=30, per=timedelta(hours=1))
def claim_open(request: HttpRequest, token: str) -> HttpResponse:
    """Where the mail to whoever claims leads: the code and where to put it, or the way to a moderator."""
    claim = Claim.objects.with_token(token).select_related("group").first()
    if claim is None:
        return render(request, "groups/link_over.html", status=404)
    asked = claim.state == Claim.State.ASKED
    form = AnswerForm(request.POST if request.method == "POST" and asked else None)
    looking = False
    if request.method == "POST" and asked and form.is_valid():
        claim.reply(form.cleaned_data["answer"])
    elif request.method == "POST" and not asked:
        looking = "look" in request.POST and claim.way == Claim.Way.WEBSITE
        if looking and claim.decided_at is None:
            look_at_website.defer(claim_id=str(claim.pk))
        elif not looking:
            claim.confirm()
    question = claim.decisions().filter(verdict="ask").first() if asked else None
    context = {"item": claim, "group": claim.group, "form": form, "question": question, "looking": looking}
    context["asked"] = claim.state == Claim.State.ASKED
    return render(request, "groups/claim_open.html", context, status=400 if form.errors else 200)


@require_http_methods(FORM)
@never_cache
@limited("group-report", limit=10, per=A_DAY)
def group_report(request: HttpRequest, slug: str) -> HttpResponse:
    """Something is wrong with a listing. No account, and nothing is kept about who says so."""
    group = get_object_or_404(Group.objects.listed(), slug=slug)
    form = ReportForm(request.POST or None)
    if form.is_valid():
        made = GroupReport.objects.send_in(form.key, group, form.said["reason"], form.said["note"], request.user)
        return redirect("groups:report_sent" if made.is_grave else "groups:group_thanks", slug)
    context = {"group": group, "form": form}
    return render(request, "groups/report.html", context, status=400 if form.is_bound else 200)


@require_safe
@public()
def report_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """For whoever told us of harm. The address does not say so: it stays in the browser's history."""
    group = get_object_or_404(Group.objects.listed(), slug=slug)
    return render(request, "groups/report_sent.html", {"group": group})


@require_http_methods(FORM)
@never_cache
@limited("group-sighting", limit=20, per=A_DAY)
def group_sighting(request: HttpRequest, slug: str) -> HttpResponse:
    """It was on, or it was not. A visitor counts once a day for each group."""
    group = get_object_or_404(Group.objects.listed().with_everything(), slug=slug)
    meeting = last_meeting(group, timezone.now())
    if meeting is None:  # it rests, it is always open, or all meetings were called off
        raise Http404
    form = SightingForm(request.POST or None)
    if form.is_valid():
        if hit("group-sighting-once", f"{client_key(request)} {group.pk}", limit=1, per=A_DAY):
            Sighting.objects.say(group, was_on=form.said["was_on"], key=form.key)
        return redirect("groups:group_thanks", slug)
    context = {"group": group, "form": form, "meeting": meeting, "time": time_word(meeting.wall)}
    return render(request, "groups/sighting.html", context, status=400 if form.is_bound else 200)


@require_safe
@public()
def group_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Group.objects.listed(), slug=slug)
    return render(request, "groups/thanks.html", {"group": group})


@require_http_methods(FORM)
@never_cache
@limited("group-contact", limit=5, per=A_DAY)
def group_contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Write to a group whose address is nobody's business."""
    group = get_object_or_404(Group.objects.listed().filter(contact_by="relay").exclude(sealed_email=""), slug=slug)
    form = MessageForm(request.POST or None)
    if form.is_valid():
        allowed = hit("group-contact-to", str(group.pk), limit=40, per=A_DAY)
        if not allowed:
            return too_often(request, allowed)
        relay.pass_on(group, form.said["name"], form.said["email"], form.said["message"], form.key)
        return redirect("groups:message_sent", slug)
    context = {"group": group, "form": form}
    return render(request, "groups/contact.html", context, status=400 if form.is_bound else 200)


@require_safe
@public()
def message_sent(request: HttpRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Group.objects.listed().filter(contact_by="relay"), slug=slug)
    return render(request, "groups/message_sent.html", {"group": group})


@require_safe
@public()
def group_flyer(request: HttpRequest, slug: str) -> HttpResponse:
    """One sheet for a notice board, with the way to the page as a QR code. It says only what is public."""
    group = get_object_or_404(Group.objects.listed().with_everything(), slug=slug)
    now = timezone.now()
    context = {
        "group": group,
        "is_paused": group.is_paused(now),
        "rules": [] if group.is_paused(now) else rules_of(group, now),
        "places": places_of(group),
        "ways": [way for way in ways_to(group) if way != group.public_url],
        "dates": [] if group.is_paused(now) else next_dates(group, now),
        "code": qr_code(group.public_url),
    }
    return render(request, "groups/flyer.html", context)
