"""The site's own pages: those that combine the apps, or belong to none."""

from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mindspace.display import COOKIE, Display, DisplayPageForm
from mindspace.pagecache import public
from mindspace.search import SearchForm, looks_like_place, matching, sounds_like_crisis
from mindspace.site import facts
from mindspace.site.context import details
from mindspace.site.hours import greeting
from mindspace.site.models import HelpLine


@require_safe
@public()
def home(request: HttpRequest) -> HttpResponse:
    here = timezone.now().astimezone(ZoneInfo(details(request).time_zone))
    return render(request, "home.html", {"greeting": greeting(here), "search_form": SearchForm()})


@require_safe
@public()
def help_now(request: HttpRequest) -> HttpResponse:
    return render(request, "help.html")


@require_safe
@public()
def safety(request: HttpRequest) -> HttpResponse:
    return render(request, "safety.html")


@require_safe
@public()
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy.html")


@require_safe
@public()
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html")


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out, clear what this site left on the device, and go elsewhere. Recorded nowhere.

    It works while the database does not: a person who must leave is never shown an error page instead.
    """
    discreet = Display.of(request).discreet
    try:
        if key := request.COOKIES.get(settings.SESSION_COOKIE_NAME):
            request.session.delete(key)
        address = details(request).exit_url
    except DatabaseError:
        address = facts.DETAILS["exit_url"]
    response = HttpResponseRedirect(address, status=303)
    for name in request.COOKIES:
        if discreet or name != COOKIE:
            response.delete_cookie(name, samesite="Lax")
    response["Clear-Site-Data"] = '"cache", "storage", "cookies"' if discreet else '"cache", "storage"'
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        form = DisplayPageForm(request.POST)
        if form.is_valid():
            address = form.cleaned_data["next"] or f"{reverse('display')}?saved=1"
            response = HttpResponseRedirect(address, status=303)
            form.settings().remember(response)
            return response
    else:
        form = DisplayPageForm(initial={**vars(Display.of(request)), "next": came_from(request)})
    return render(
        request,
        "display.html",
        {"form": form, "saved": request.GET.get("saved") == "1"},
        status=400 if form.errors else 200,
    )


def came_from(request: HttpRequest) -> str:
    """The page of ours that led here, or nothing."""
    referrer = urlsplit(request.META.get("HTTP_REFERER", ""))
    if referrer.netloc != request.get_host() or referrer.path == reverse("display"):
        return ""
    return referrer._replace(scheme="", netloc="", fragment="").geturl()


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    lines = list(HelpLine.objects.all())
    crisis = sounds_like_crisis(words)
    found = {
        "crisis_lines": lines if crisis else [],
        "lines": [] if crisis else matching(lines, words),
        "is_place": looks_like_place(words),
    }
    context = {"form": form, "words": words, **found}
    return render(request, "search.html", context, status=200 if form.is_valid() else 400)


@require_safe
@public()
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", {"site_url": settings.SITE_URL}, content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For browsers that ask for this address whatever the page says."""
    icon = "icons/notes.svg" if Display.of(request).discreet else "icons/icon.png"
    return redirect(static(icon))
