"""What of articles waits for staff today. Each line leads to the place where it can be dealt with."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.lists import approved, with_changes
from articles.models import Article, Edition, LinkCheck, Resource
from mindspace.accounts.models import User
from mindspace.admin.today import Item, Row
from mindspace.site.hours import moment


def to_review(user: User) -> Iterator[Row]:
    """The drafts that wait for this reviewer, those that waited longest first: not the ones they wrote themselves."""
    for article in Article.objects.waiting_for_review():
        if article.can_be_approved_by(user):
            words = _("“%(title)s” waits for your review") % {"title": article.title}
            yield Row(words, reverse("admin:articles_article_review", args=[article.pk]))


def in_review(user: User) -> Iterator[Row]:
    """For those who write: how many of the drafts are still with a reviewer."""
    if user.has_perm("articles.review_article"):
        return
    count = Article.objects.waiting_for_review().count()
    words = ngettext("%(count)d draft is with the reviewers", "%(count)d drafts are with the reviewers", count)
    yield Row(words % {"count": count}, reverse("admin:articles_article_changelist") + "?state=waiting", count)


def to_publish(user: User) -> Iterator[Row]:
    """Approved as they stand, and only waiting for somebody to press the button."""
    for article in approved(with_changes()):
        if article.approval():
            words = _("“%(title)s” is approved and can be published") % {"title": article.title}
            yield Row(words, reverse("admin:articles_article_publish", args=[article.pk]))


def scheduled(user: User) -> Iterator[Row]:
    """What comes out next, and when."""
    for edition in Edition.objects.scheduled():
        when = moment(timezone.localtime(edition.publish_at), "l, F j")
        words = _("“%(title)s” comes out on %(when)s") % {"title": edition.title, "when": when}
        yield Row(words, reverse("admin:articles_article_versions", args=[edition.article_id]))


def resources_to_check(user: User) -> Iterator[Row]:
    count = Resource.objects.checked_before().count()
    words = ngettext(
        "%(count)d resource was not checked in the last 90 days",
        "%(count)d resources were not checked in the last 90 days",
        count,
    )
    yield Row(words % {"count": count}, reverse("admin:articles_resource_changelist") + "?checked=stale", count)


def dead_links(user: User) -> Iterator[Row]:
    count = LinkCheck.objects.needing_a_look().count()
    words = ngettext("%(count)d link does not work any more", "%(count)d links do not work any more", count)
    yield Row(words % {"count": count}, reverse("admin:articles_linkcheck_changelist") + "?look=needed", count)


ITEMS = (
    Item("articles.1_to_review", to_review, permission="articles.review_article"),
    Item("articles.2_to_publish", to_publish, permission="articles.publish_article"),
    Item("articles.3_in_review", in_review, permission="articles.change_article"),
    Item("articles.4_scheduled", scheduled, permission="articles.view_article"),
    Item("articles.5_dead_links", dead_links, permission="articles.view_linkcheck"),
    Item("articles.6_resources", resources_to_check, permission="articles.change_resource"),
)
