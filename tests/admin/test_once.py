"""What the admin itself saves it saves once: help lines, resources and topics."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import connection, models
from django.test import Client

from articles.models import Article, Resource, Topic
from mindspace.accounts.models import User
from mindspace.accounts.roles import EDITOR
from mindspace.site.models import HelpLine

LINE = {"slug": "warm", "name": "A warm line", "what_it_is": "It listens.", "phone": "988", "order": "100"}
RESOURCE = {"slug": "warm", "name": "A warm line", "kind": "helpline", "summary": "It listens.", "phone": "988"}
FORMS: dict[str, dict[str, Any]] = {
    "mindspace_site.helpline": LINE,
    "articles.resource": {**RESOURCE, "order": 100, "languages": ["en", "es"]},
    "articles.topic": {"name": "Company", "slug": "company"},
}
every_form = pytest.mark.parametrize("label", FORMS)


def desk() -> Client:
    """An editor's browser."""
    user = User.objects.create_user("editor@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=EDITOR))
    client = Client()
    client.force_login(user)
    return client


def page_of(label: str) -> str:
    return f"/admin/{label.replace('.', '/')}/add/"


def filled_in(client: Client, label: str) -> dict[str, Any]:
    """What the form of the page sends, with the key that is in it."""
    [key] = re.findall(r'name="form_key" value="([0-9a-f-]{36})"', client.get(page_of(label)).content.decode())
    return {**FORMS[label], "language": "en-us", "form_key": key}


def rows_of(label: str) -> models.QuerySet[Any]:
    return apps.get_model(label)._default_manager.filter(slug=FORMS[label]["slug"])


@pytest.mark.django_db
@every_form
def test_a_second_click_is_answered_like_the_first(label: str) -> None:
    client = desk()
    sent = filled_in(client, label)
    for _click in range(2):
        assert "was added successfully" in client.post(page_of(label), sent, follow=True).content.decode()
    assert rows_of(label).count() == LogEntry.objects.count() == 1


@pytest.mark.django_db
@every_form
def test_an_address_that_another_form_took_is_refused_in_words(label: str) -> None:
    client = desk()
    for answered in (302, 200):
        sent = filled_in(client, label)
        assert client.post(page_of(label), sent).status_code == answered
    assert "already exists" in client.post(page_of(label), sent).content.decode()
    assert rows_of(label).count() == 1


@pytest.mark.django_db
@every_form
def test_the_page_of_a_row_holds_no_key_and_saves(label: str) -> None:
    client = desk()
    client.post(page_of(label), filled_in(client, label))
    row = rows_of(label).get()
    page = page_of(label).replace("add", f"{row.pk}/change")
    assert "form_key" not in client.get(page).content.decode()
    assert client.post(page, {**FORMS[label], "language": "en-us", "name": "Another name"}).status_code == 302
    assert rows_of(label).get().name == "Another name"


@pytest.mark.django_db
def test_a_late_second_click_takes_nothing_back() -> None:
    client, article = desk(), Article.objects.start(None, title="Soup")
    sent = filled_in(client, "articles.resource")
    client.post(page_of("articles.resource"), sent)
    mended = Resource.objects.get()
    mended.phone = "+12145550199"
    mended.save()
    mended.articles.add(article)
    client.post(page_of("articles.resource"), sent)
    assert Resource.objects.get().phone == "+12145550199"
    assert list(mended.articles.all()) == [article]


@pytest.mark.django_db
def test_whoever_goes_back_and_writes_another_makes_another() -> None:
    client = desk()
    sent = filled_in(client, "articles.topic")
    client.post(page_of("articles.topic"), sent)
    client.post(page_of("articles.topic"), {**sent, "name": "Rest", "slug": "rest"})
    assert set(Topic.objects.values_list("slug", flat=True)) == {"company", "rest"}


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_help_line() -> None:
    client, label = desk(), "mindspace_site.helpline"
    sent = filled_in(client, label)

    def click(_number: int) -> int:
        try:
            other = Client()
            other.cookies = client.cookies
            return other.post(page_of(label), sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(click, range(4))) == {302}
    assert HelpLine.objects.filter(slug="warm").count() == 1
