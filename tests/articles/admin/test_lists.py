import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from mindspace.accounts.models import User

LIST = "/admin/articles/article/"


def titles(client: Client, **query: str) -> list[str]:
    page = client.get(LIST, query).content.decode()
    return sorted(re.findall(r'<th class="field-title"><a [^>]*>([^<]*)</a>', page))


@pytest.fixture
def shelf(ed: User, rae: User, topic) -> dict[str, Article]:
    """An article in every state; its title is the name of the state."""

    def text(title: str, *, approved: bool = True) -> Article:
        body = "<h2>Part</h2><p>Some words.</p>"
        article = Article.objects.start(ed, title=title, dek="A line.", body=body, topics=[topic])
        if approved:
            article.approve(rae)
        return article

    made = {
        name: text(name, approved=name not in ("draft", "waiting"))
        for name in ("draft", "waiting", "approved", "scheduled", "live", "changed", "withdrawn", "canceled")
    }
    made["waiting"].ask_for_review(ed)
    for name in ("live", "changed", "withdrawn"):
        made[name].publish(ed)
    for name in ("scheduled", "canceled"):
        made[name].publish(ed, timezone.now() + timedelta(days=1))
    made["changed"].save_desk(ed, 1, dek="Another line.")
    made["withdrawn"].withdraw(ed, "Wrong.")
    made["canceled"].withdraw(ed, "Not ready.")
    return made


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("draft", ["approved", "canceled", "draft", "waiting"]),
        ("waiting", ["waiting"]),
        ("approved", ["approved"]),
        ("scheduled", ["scheduled"]),
        ("live", ["changed", "live"]),
        ("changed", ["changed"]),
        ("withdrawn", ["withdrawn"]),
    ],
)
def test_the_list_is_filtered_by_where_articles_stand(
    at_desk: Client, shelf: dict, state: str, found: list[str]
) -> None:
    assert titles(at_desk, state=state) == found


def test_the_list_says_where_each_stands(at_desk: Client, shelf: dict) -> None:
    page = at_desk.get(LIST).content.decode()
    said = dict(
        re.findall(r'<th class="field-title"><a [^>]*>([^<]*)</a></th><td class="field-stands">(.*?)</td>', page)
    )
    said = {title: re.sub(r"<[^>]*>", "", words).strip() for title, words in said.items()}
    assert said.pop("scheduled").startswith("Scheduled for ")
    assert said == {
        "draft": "Draft",
        "waiting": "Waiting for review",
        "approved": "Approved",
        "live": "Live",
        "changed": "Live, with changes not published yet",
        "withdrawn": "Taken down",
        "canceled": "Draft",
    }


def test_words_are_looked_up_in_titles_and_texts(at_desk: Client, shelf: dict, ed: User) -> None:
    shelf["draft"].save_desk(ed, 1, body="<p>A lantern.</p>")
    assert titles(at_desk, q="lantern") == ["draft"]
    assert titles(at_desk, q="waiting") == ["waiting"]


def test_an_edit_ends_approved(at_desk: Client, shelf: dict, ed: User) -> None:
    shelf["approved"].save_desk(ed, 1, dek="Another line.")
    assert titles(at_desk, state="approved") == []


def test_a_long_list_costs_no_query_per_row(at_desk: Client, shelf: dict, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(14):
        at_desk.get(LIST)


@pytest.mark.parametrize("query", [{"state": "nothing"}, {"state": "\x00"}, {"q": "\x00"}, {"p": "9" * 40}, {"e": "1"}])
def test_junk_in_the_address_is_answered(at_desk: Client, shelf: dict, query: dict[str, str]) -> None:
    assert at_desk.get(LIST, query, follow=True).status_code < 500
