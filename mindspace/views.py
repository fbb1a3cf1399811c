"""The site's own pages: those that combine the apps, or belong to none."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Edition, Resource
from articles.search import Found, find
from groups import finding
from groups.asked import understand
from groups.forms import FindForm
from groups.results import Result, results_of
from mindspace.display import COOKIE, Display, DisplayPageForm, SavedForm
from mindspace.pagecache import public
from mindspace.search import LINE_SAYS, SearchForm, matching, sounds_like_crisis
from mindspace.site import facts
from mindspace.site.context import details
from mindspace.site.hours import part_of_day
from mindspace.site.models import HelpLine

# How many articles and how many places one search shows.
RESULTS = 12
GROUPS = 4
# What a search looks at in a resource.
RESOURCE_SAYS = ("name", "summary")


@require_safe
@public()
def home(request: HttpRequest) -> HttpResponse:
    here = timezone.now().astimezone(ZoneInfo(details(request).time_zone))
    context = {"part_of_day": part_of_day(here), "newest": Edition.objects.live().newest_first().first()}
    return render(request, "home.html", context)


@require_safe
@public()
def help_now(request: HttpRequest) -> HttpResponse:
    lines = list(HelpLine.objects.all())
    # Two that let you write instead of talk, for those who cannot.
    texts = [line for line in lines if line.sms_number][:2]
    context = {
        "first_lines": lines[:2],
        "more_lines": lines[2:],
        "text_lines": texts,
        # No pictures here, whatever the visitor's settings: this page comes first on the slowest line.
        "display": replace(Display.of(request), data_saver=True),
    }
    return render(request, "help.html", context)


@require_safe
@public()
def safety(request: HttpRequest) -> HttpResponse:
    return render(request, "safety.html", {"hotline": HelpLine.objects.filter(slug="domestic-violence").first()})


@require_safe
@public()
def privacy(request: HttpRequest) -> HttpResponse:
    cookies = {
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "session_days": settings.SESSION_COOKIE_AGE // 86_400,
        "form_cookie": settings.CSRF_COOKIE_NAME,
    }
    return render(request, "privacy.html", cookies)


@require_safe
@public()
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html")


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out, clear what this site left on the device, and go elsewhere. Recorded nowhere.

    It works while the database does not: a person who must leave is never shown an error page instead. A script of
    ours that has left the page already is not sent anywhere: it is answered 204.
    """
    if "prefetch" in request.headers.get("Sec-Purpose", ""):  # the browser is guessing; nobody has pressed anything
        return HttpResponse(status=503)
    try:
        if key := request.COOKIES.get(settings.SESSION_COOKIE_NAME):
            request.session.delete(key)
        address = details(request).exit_url
    except DatabaseError:
        address = facts.DETAILS["exit_url"]
    is_script = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
    response = HttpResponse(status=204) if is_script else HttpResponseRedirect(address, status=303)
    return clear_device(request, response)


def clear_device(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tell the browser to forget us: all but the display settings, and in discreet mode those too."""
    discreet = Display.of(request).discreet
    for name in request.COOKIES:
        if discreet or name != COOKIE:
            response.delete_cookie(name, samesite="Lax")
    response["Clear-Site-Data"] = '"cache", "storage", "cookies"' if discreet else '"cache", "storage"'
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    form = DisplayPageForm(request.POST or None, initial=initial_choices(request))
    if form.is_valid():
        choices = form.settings()
        response = HttpResponseRedirect(form.cleaned_data["next"] or f"{reverse('display')}?saved=1", status=303)
        choices.remember(response)
        return response
    context = {"form": form, "saved": SavedForm(request.GET).is_valid()}
    return render(request, "display.html", context, status=400 if form.errors else 200)


def initial_choices(request: HttpRequest) -> dict[str, Any]:
    """What the visitor has chosen so far, and the page of ours that led here."""
    ours = f"{request.scheme}://{request.get_host()}/"
    referrer = request.META.get("HTTP_REFERER", "")
    address = "/" + referrer.removeprefix(ours) if referrer.startswith(ours) else ""
    return {**vars(Display.of(request)), "next": "" if address.startswith(reverse("display")) else address}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Help lines, articles and places to turn to that speak of some words; a place leads on to the finders."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "search.html", {"form": form}, status=400)
    words, near = form.cleaned_data["q"], form.cleaned_data["near"]
    lines = list(HelpLine.objects.all())
    crisis = sounds_like_crisis(words)
    found = find(Edition.objects.live(), words, settings.LANGUAGE_CODE) if words else Found(Edition.objects.none())
    context = {
        "form": form,
        "words": words,
        "near": near,
        "crisis_lines": lines if crisis else [],
        "lines": [] if crisis else matching(lines, words, LINE_SAYS),
        "found": found,
        "articles": found.editions[:RESULTS],
        "resources": matching(Resource.objects.all(), words, RESOURCE_SAYS)[:RESULTS],
        "groups": groups_for(words, near) if words or near else [],
        "finders": Resource.objects.filter(kind=Resource.Kind.FINDER).exclude(url="") if near else [],
    }
    return render(request, "search.html", context)


def groups_for(words: str, near: str) -> list[Result]:
    """The first few groups that fit; the directory shows the rest."""
    form = FindForm({"q": words, "near": near})
    if not form.is_valid():
        return []
    asked = finding.forgiven(understand(form), form.topics)
    return results_of(finding.find(asked).rows[:GROUPS], asked)


@require_safe
@public()
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", {"site_url": settings.SITE_URL}, content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For browsers that ask for this address whatever the page says."""
    icon = "icons/notes.svg" if Display.of(request).discreet else "icons/icon.png"
    return redirect(static(icon))
