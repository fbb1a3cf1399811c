"""The site's own pages: those that combine the apps, or belong to none."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mindspace.display import DisplayForm
from mindspace.pagecache import public
from mindspace.site.context import details


@require_safe
@public()
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html")


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
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(details(request).exit_url)


def display(request: HttpRequest) -> HttpResponse:
    return render(request, "display.html", {"form": DisplayForm()})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    return render(request, "search.html")
