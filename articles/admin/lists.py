"""Where an article stands, as the list of articles says it and filters by it."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Approval, Article, Edition, Withdrawal
from mindspace.site.hours import moment

Articles = QuerySet[Article]


def approved(articles: Articles) -> Articles:
    """Approved since the last edit, and not published since. (Publishing itself compares the whole text.)"""
    newest = Approval.objects.filter(article=OuterRef("pk")).order_by("-at").values("at")[:1]
    made = Edition.objects.filter(article=OuterRef("pk")).order_by("-number").values("created_at")[:1]
    found = articles.annotate(yes_at=Subquery(newest), edition_at=Subquery(made))
    return found.filter(yes_at__gte=F("updated_at")).filter(Q(edition_at=None) | Q(yes_at__gt=F("edition_at")))


def withdrawn(articles: Articles) -> Articles:
    """Readers could see it once, and somebody took it down."""
    taken_down = Withdrawal.objects.filter(edition__article=OuterRef("pk"), at__gte=F("edition__publish_at"))
    return articles.drafts().filter(Exists(taken_down))  # type: ignore[attr-defined]


def drafts(articles: Articles) -> Articles:
    return articles.drafts().exclude(pk__in=withdrawn(Article.objects.all()).values("pk"))  # type: ignore[attr-defined]


def with_changes() -> Articles:
    """Articles whose desk copy says something that no edition says yet."""
    return Article.objects.with_state().filter(Q(changed=True))


def changed(articles: Articles) -> Articles:
    return articles.live().filter(changed=True)  # type: ignore[attr-defined]


STATES: dict[str, tuple[Any, Callable[[Any], Articles]]] = {
    "draft": (gettext_lazy("Draft"), drafts),
    "waiting": (gettext_lazy("Waiting for review"), lambda articles: articles.waiting_for_review()),
    "approved": (gettext_lazy("Approved"), approved),
    "scheduled": (gettext_lazy("Scheduled"), lambda articles: articles.scheduled()),
    "live": (gettext_lazy("Live"), lambda articles: articles.live()),
    "changed": (gettext_lazy("Live, with changes not published yet"), changed),
    "withdrawn": (gettext_lazy("Taken down"), withdrawn),
}


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("where it stands")
    parameter_name = "state"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, words) for name, (words, _narrow) in STATES.items()]

    def queryset(self, request: Any, queryset: Articles) -> Articles:
        return STATES[self.value()][1](queryset) if self.value() in STATES else queryset  # type: ignore[index]


def with_standing(articles: Any) -> Articles:
    """Annotate what `standing` reads."""
    ids = {
        name: STATES[name][1](Article.objects.with_state()).order_by().values("pk") for name in ("waiting", "approved")
    }
    return articles.with_state().annotate(
        is_waiting=Q(pk__in=ids["waiting"]),
        is_approved=Q(pk__in=ids["approved"]),
        is_withdrawn=Q(pk__in=withdrawn(Article.objects.all()).values("pk")),
    )


def standing(article: Any) -> list[str]:
    """The words for where an article stands, the one that readers notice first."""
    words = []
    if article.live_number:
        words.append(_("Live, with changes not published yet") if article.changed else _("Live"))
    if article.next_at:
        when = moment(timezone.localtime(article.next_at), "M j, Y")
        words.append(_("Scheduled for %(when)s") % {"when": when})
    if article.is_withdrawn:
        words.append(_("Taken down"))
    if article.is_waiting:
        words.append(_("Waiting for review"))
    if article.is_approved:
        words.append(_("Approved"))
    return words or [_("Draft")]
