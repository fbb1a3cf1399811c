"""Who works on articles in the tests: Alice writes, Bob reviews, Carol writes too, Dora only reads."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import Group

from articles.models import Article, Topic
from mindspace.accounts.models import User
from mindspace.site.models import SiteDetails

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BODY = "<h2>A first part</h2><p>It rains, and somebody brings soup.</p>"


def person(name: str, *roles: str) -> User:
    user = User.objects.create_user(f"{name}@example.org", display_name=name.title(), is_staff=bool(roles))
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def alice() -> User:
    return person("alice", "Editor")


def bob() -> User:
    return person("bob", "Reviewer")


def carol() -> User:
    return person("carol", "Editor", "Reviewer")


def dora() -> User:
    return person("dora")


def topic(name: str = "Company", **fields: Any) -> Topic:
    return Topic.objects.get_or_create(slug=name.lower(), defaults={"name": name, **fields})[0]


def draft(by: User | None, title: str = "Soup", **fields: Any) -> Article:
    """A desk copy that passes every gate but the review."""
    whole = {"title": title, "dek": "In a line.", "body": BODY, "topics": [topic()], **fields}
    return Article.objects.start(by, **whole)


def staff_of_one() -> None:
    SiteDetails.objects.update(staff_of_one=True)
