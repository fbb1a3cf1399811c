"""The pages on which staff read: the desk copy as readers would see it, what to mend, and what changed."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from articles import body
from articles import difference as differing
from articles.admin import versions
from articles.admin.desk import Desk, desk_page, show
from articles.admin.forms import DifferenceForm
from articles.grade import reading_grade
from articles.models import Article
from articles.publishing import as_edition
from articles.reading import Reading

SAVES_SHOWN = 50


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
@desk_page
def preview(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The page that readers would get. The page beside it may show it in a frame; nothing else may."""
    edition = as_edition(desk.article, timezone.now())
    context = {"edition": edition, "reading": Reading.of(edition), "structured_data": "{}", "desk": desk}
    response = render(request, "admin/articles/preview.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@csp_update({"frame-src": [SELF]})
@desk_page
def preview_phone(request: HttpRequest, desk: Desk) -> HttpResponse:
    return show(request, desk, "preview_phone", {})


@require_safe
@desk_page
def check(request: HttpRequest, desk: Desk) -> HttpResponse:
    return show(request, desk, "check", {"grade": grade(desk.article)})


def grade(article: Article) -> float | None:
    """The school grade the text reads at; None where the measure, made for English, says nothing."""
    lines = [block.text for block in body.blocks(article.body) if block.kind != "picture"]
    # Very short sentences come out below the first grade, which nobody can read as a number.
    return max(0.0, reading_grade("\n".join(lines))) if lines and article.language.startswith("en") else None


@require_safe
@desk_page
def versions_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    return show(request, desk, "versions", listing(desk.article) | {"now": timezone.now()})


def listing(article: Article) -> dict[str, Any]:
    """All texts of the article: `editions`, `edits` (the latest saves), and `choices` of a form."""
    editions = list(article.editions.select_related("published_by", "approved_by", "withdrawal").order_by("-number"))
    edits = list(article.edits.select_related("by")[:SAVES_SHOWN])
    choices = [("desk", _("The text on the desk now"))]
    choices += [(f"e{e.number}", _("Edition %(number)d") % {"number": e.number}) for e in editions]
    choices += [(f"s{e.version}", versions.words_for_save(e)) for e in edits]
    return {
        "editions": editions,
        "edits": edits,
        "choices": choices,
        "before": {"name": choices[min(1, len(choices) - 1)][0]},
    }


@require_safe
@desk_page
def difference(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Hold two texts beside each other: what readers see and the desk, unless asked for others."""
    form = DifferenceForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    before = versions.find(desk.article, asked.get("a") or (f"e{desk.live.number}" if desk.live else "desk"))
    after = versions.find(desk.article, asked.get("b") or "desk")
    context = {"before": before, "after": after, "changes": differing.between(before.source, after.source)}
    return show(request, desk, "difference", listing(desk.article) | context, status=200 if form.is_valid() else 400)
