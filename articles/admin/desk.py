"""What the pages around a desk copy say about it: where it stands, and what this person may do next."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from articles import gates
from articles.admin.lists import standing, with_standing
from articles.models import Approval, Article, Edition, ReviewRequest
from mindspace.accounts.models import User
from mindspace.site.models import SiteDetails


@dataclass(frozen=True)
class Desk:
    article: Any
    user: Any

    @classmethod
    def of(cls, article: Article, user: Any) -> "Desk":
        return cls(with_standing(Article.objects.select_related("author")).get(pk=article.pk), user)

    @cached_property
    def site(self) -> SiteDetails:
        return SiteDetails.current()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.site.time_zone)

    @property
    def zone_words(self) -> str:
        """The zone as people call it: its city, and the letters that clocks there go by now ("Chicago (CST)")."""
        city = self.zone.key.rpartition("/")[2].replace("_", " ")
        return f"{city} ({timezone.now().astimezone(self.zone):%Z})"

    @property
    def standing(self) -> list[str]:
        return standing(self.article)

    @cached_property
    def digest(self) -> str:
        return str(self.article.state_digest())

    @cached_property
    def text_problems(self) -> list[gates.Problem]:
        """What is to be mended in the text; a review that is missing is not among it."""
        return gates.text_problems(self.article)

    @cached_property
    def advice(self) -> list[gates.Problem]:
        return gates.advice(self.article)

    @cached_property
    def approval(self) -> Approval | None:
        found: Approval | None = self.article.approval()
        return found

    @cached_property
    def request_for_review(self) -> ReviewRequest | None:
        """The request that nobody has answered yet."""
        if not self.article.is_waiting:
            return None
        found: ReviewRequest | None = self.article.review_requests.select_related("by").first()
        return found

    @cached_property
    def live(self) -> Edition | None:
        found: Edition | None = self.article.editions.live().first()
        return found

    @cached_property
    def scheduled(self) -> list[Edition]:
        return list(self.article.editions.scheduled(timezone.now()))

    @property
    def is_shown_as_is(self) -> bool:
        """Whether readers see exactly what is on the desk, so that there is nothing to review or to publish."""
        return self.live is not None and not self.article.changed

    @property
    def needs_second_person(self) -> bool:
        return not self.is_shown_as_is and not self.site.staff_of_one and self.approval is None

    @property
    def is_ready(self) -> bool:
        return not self.text_problems and not self.needs_second_person

    @property
    def may_edit(self) -> bool:
        return bool(self.article.can_be_edited_by(self.user))

    @property
    def may_approve(self) -> bool:
        return bool(self.article.can_be_approved_by(self.user))

    @property
    def wrote_it(self) -> bool:
        return self.user.pk in self.article.writer_ids()

    @property
    def may_publish(self) -> bool:
        return bool(self.article.can_be_published_by(self.user))

    @property
    def may_withdraw(self) -> bool:
        return bool(self.article.can_be_withdrawn_by(self.user))


def desk_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand a page its article's `Desk`, to those who may see the desk at all; the rest are refused, article or not."""

    @wraps(view)
    def page(request: HttpRequest, article_id: int, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("articles.view_article"):
            raise PermissionDenied
        desk = Desk.of(get_object_or_404(Article, pk=article_id), request.user)
        return view(request, desk, **kwargs)

    return page


def show(request: HttpRequest, desk: Desk, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render one of the desk's pages inside the admin."""
    whole = admin.site.each_context(request) | {
        "opts": Article._meta,
        "desk": desk,
        "article": desk.article,
        "page": name,
    }
    return render(request, f"admin/articles/{name}.html", whole | context, status=status)


def staff(request: HttpRequest) -> User:
    """Who is at the desk: the admin lets nobody in who is not signed in."""
    return cast(User, request.user)


def refuse(request: HttpRequest, error: Exception) -> None:
    messages.error(request, str(error))
