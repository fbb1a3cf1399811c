"""The pages of articles and resources."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles.browsing import browse, last_shown_at, live_topics
from articles.forms import ArticleSearchForm, FeedbackForm, ResourceFilterForm
from articles.models import Edition, Feedback, Resource
from articles.models.slug import normalize
from articles.reading import Reading
from articles.structured_data import article_json
from mindspace.display import Display
from mindspace.limits.decorators import limited
from mindspace.pagecache import public
from mindspace.site.context import details

PER_PAGE = 12


@require_safe
@public(query=("q", "topic", "page"))
def article_list(request: HttpRequest) -> HttpResponse:
    form = ArticleSearchForm(request.GET)
    if not form.is_valid():
        return render(request, "articles/article_list.html", {"form": form}, status=400)
    words, topic = form.cleaned_data["q"], form.cleaned_data["topic"]
    found, topics = browse(words, topic), live_topics()
    context = {
        "form": form,
        "words": words,
        "found": found,
        "page": Paginator(found.editions, PER_PAGE).get_page(form.cleaned_data["page"] or 1),
        "topics": topics,
        "topic": next((entry for entry in topics if entry["slug"] == topic), None),
    }
    answer = render(request, "articles/article_list.html", context)
    if words:
        answer["Cache-Control"] = "no-store"  # what somebody searched for is kept nowhere
    return answer


@require_safe
@public()
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    edition = Edition.objects.live().select_related("hero").filter(slug=slug).first()
    if edition is None:
        return moved_or_gone(request, normalize(slug))
    reading = Reading.of(edition, saves_data=Display.of(request).data_saver)
    data = article_json(edition, reading.address, reading.share_picture, details(request))
    context = {"edition": edition, "reading": reading, "structured_data": data}
    return render(request, "articles/article.html", context)


def moved_or_gone(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead an address that readers knew once to where its article is now, or say that it is put away (410).

    Raises Http404 for one they never knew, so that an address on the desk gives nothing away.
    """
    known = last_shown_at(slug)
    if known is None:
        raise Http404
    now_live = Edition.objects.live().filter(article=known.article_id).first()
    if now_live is None:
        return render(request, "articles/withdrawn.html", status=410)
    return redirect("articles:article_detail", now_live.slug, permanent=True)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("article-helpful", limit=20, per=timedelta(hours=1))
def article_rate(request: HttpRequest, slug: str) -> HttpResponse:
    edition = get_object_or_404(Edition.objects.live(), slug=slug)
    form = FeedbackForm(request.POST or None)
    if form.is_valid():
        answer = form.cleaned_data
        Feedback.objects.add_answer(edition.article_id, helpful=answer["helpful"], key=answer["form_key"])
        return redirect("articles:article_thanks", slug)
    context = {"edition": edition, "form": form}
    return render(request, "articles/feedback.html", context, status=400 if form.is_bound else 200)


@require_safe
@public()
def article_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    edition = get_object_or_404(Edition.objects.live(), slug=slug)
    return render(request, "articles/thanks.html", {"edition": edition})


@require_safe
@public(query=("cost", "language"))
def resource_list(request: HttpRequest) -> HttpResponse:
    form = ResourceFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    sections = Resource.objects.listed(**asked).by_kind()
    context = {"form": form, "sections": sections, "filtered": any(asked.values())}
    return render(request, "articles/resource_list.html", context, status=200 if form.is_valid() else 400)
