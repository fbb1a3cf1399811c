"""Ed writes, Rae reviews. `ready` is a text of Ed's that the gates let pass; nobody has approved it yet."""

from collections.abc import Callable

import pytest
from django.test import Client

from articles.models import Article, Topic
from mindspace.accounts.models import User
from mindspace.site.models import SiteDetails
from tests.accounts.conftest import ed, max_, mona, rae, sue

__all__ = ["ed", "max_", "mona", "rae", "sue"]

BODY = "<h2>Sit down first</h2><p>You do not need the right words.</p>"


@pytest.fixture
def topic(db: None) -> Topic:
    return Topic.objects.create(name="Friends", slug="friends")


@pytest.fixture
def ready(ed: User, topic: Topic) -> Article:
    article = Article.objects.start(
        ed, title="How to sit with a friend", dek="In five small steps.", body=BODY, topics=[topic]
    )
    return Article.objects.get(pk=article.pk)


@pytest.fixture
def approved(ready: Article, rae: User) -> Article:
    ready.approve(rae)
    return ready


@pytest.fixture
def live(approved: Article, ed: User) -> Article:
    approved.publish(ed)
    return approved


@pytest.fixture
def alone(db: None) -> None:
    SiteDetails.objects.update(staff_of_one=True)


@pytest.fixture
def sign_in() -> Callable[[User | None], Client]:
    def client_of(user: User | None) -> Client:
        client = Client()
        if user:
            client.force_login(user)
        return client

    return client_of


@pytest.fixture
def at_desk(ed: User, sign_in: Callable[[User], Client]) -> Client:
    """Ed's browser."""
    return sign_in(ed)


@pytest.fixture
def at_review(rae: User, sign_in: Callable[[User], Client]) -> Client:
    """Rae's browser."""
    return sign_in(rae)


def address(article: Article, page: str = "change") -> str:
    return f"/admin/articles/article/{article.pk}/{page}/"


def filled_in(article: Article | None = None, **changes: object) -> dict[str, object]:
    """What the form of an article sends."""
    if article is None:
        return {
            "title": "New",
            "dek": "",
            "body": "",
            "slug": "",
            "language": "en-us",
            "drawing": "",
            "opened": 0,
            **changes,
        }
    names = ("title", "dek", "body", "slug", "language", "drawing", "drawing_alt")
    sent = {name: getattr(article, name) for name in names}
    sent |= {"topics": [topic.pk for topic in article.topics.all()], "author": article.author_id or ""}
    return {**sent, "opened": article.version, **changes}
