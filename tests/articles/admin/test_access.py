"""Who may open and who may press what: one table for every page of the desk and every list."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.test import Client

from articles.admin.urls import desk_urls, picture_urls
from articles.models import Article, Edition, LinkCheck, Picture, Resource, Topic
from mindspace.accounts.models import User
from tests.articles.admin.conftest import address

pytestmark = pytest.mark.django_db
ROLES = ("anonymous", "mona", "max", "ed", "rae", "sue")  # nobody, member, moderator, editor, reviewer, superuser

# What a GET answers, in the order of ROLES. Strangers are led to sign in (302); so are members and staff who may not
# come in at all. "desk" pages are read by editors and reviewers.
IN, OUT, AWAY, NO = 200, 302, 302, 403
READ = (OUT, AWAY, NO, IN, IN, IN)
WRITE = (OUT, AWAY, NO, IN, NO, IN)

GETS = {
    "article/": READ,
    "article/add/": WRITE,
    "article/{article}/change/": (OUT, AWAY, NO, IN, 302, IN),  # a reviewer is led to the page for reading
    "article/{article}/delete/": (OUT, AWAY, NO, NO, NO, IN),
    "article/{article}/history/": (OUT, AWAY, NO, IN, IN, IN),
    "article/{article}/preview/": READ,
    "article/{article}/preview/phone/": READ,
    "article/{article}/check/": READ,
    "article/{article}/versions/": READ,
    "article/{article}/difference/": READ,
    "article/{article}/review/": READ,
    "article/{article}/publish/": WRITE,
    "article/{article}/withdraw/": READ,  # a reviewer may take down, too
    "article/{article}/withdraw/1/": READ,
    "edition/": READ,
    "edition/add/": (OUT, AWAY, NO, NO, NO, NO),
    "edition/{edition}/change/": READ,
    "edition/{edition}/delete/": (OUT, AWAY, NO, NO, NO, NO),
    "picture/": READ,
    "picture/add/": WRITE,
    "picture/{picture}/change/": READ,
    "picture/{picture}/delete/": WRITE,
    "picture/{picture}/show/": (OUT, AWAY, NO, 302, 302, 302),
    "picture/shelf/": READ,
    "topic/": READ,
    "topic/add/": WRITE,
    "topic/{topic}/change/": READ,
    "topic/{topic}/delete/": (OUT, AWAY, NO, NO, NO, IN),
    "resource/": READ,
    "resource/add/": WRITE,
    "resource/{resource}/change/": READ,
    "resource/{resource}/delete/": WRITE,
    "linkcheck/": READ,
    "linkcheck/add/": (OUT, AWAY, NO, NO, NO, NO),
    "linkcheck/{link}/change/": READ,
    "linkcheck/{link}/delete/": (OUT, AWAY, NO, NO, NO, NO),
}
# What an empty POST answers: it goes through (302), is refused for what it lacks (400, 404), or may not be sent (403).
POSTS = {
    "article/clean/": (OUT, AWAY, NO, 400, NO, 400),
    "article/{article}/review/ask/": (OUT, AWAY, NO, 302, NO, 302),
    "article/{article}/review/approve/": (OUT, AWAY, NO, NO, 302, 302),
    "article/{article}/publish/": (OUT, AWAY, NO, 400, NO, 400),
    "article/{article}/withdraw/": (OUT, AWAY, NO, 400, 400, 400),
    "article/{article}/withdraw/1/": (OUT, AWAY, NO, 400, 400, 400),
    "article/{article}/restore/e1/": (OUT, AWAY, NO, 404, NO, 404),
    "picture/upload/": (OUT, AWAY, NO, 400, NO, 400),
}
READ_ONLY = [
    name
    for name in GETS
    if name not in POSTS
    and name.split("/")[-2] in ("preview", "phone", "check", "versions", "difference", "review", "show", "shelf")
]
ACTS_ONLY = [name for name in POSTS if name not in GETS]


@pytest.fixture
def rows(live: Article, topic: Topic) -> dict[str, object]:
    renditions = [{"width": 64, "height": 64, "avif": "pictures/a.avif", "webp": "pictures/a.webp"}]
    picture = Picture.objects.create(alt="A bench", sha256="a", width=64, height=64, renditions=renditions)
    resource = Resource.objects.create(
        name="A line", slug="a-line", kind="helpline", summary="It listens.", phone="+12145550100"
    )
    LinkCheck.objects.record("https://example.org/", LinkCheck.Status.GONE, "404", ["A line"])
    found = {
        "article": live,
        "edition": Edition.objects.get(),
        "picture": picture,
        "topic": topic,
        "resource": resource,
        "link": LinkCheck.objects.get(),
    }
    return {name: row.pk for name, row in found.items()}


@pytest.fixture
def clients(
    sign_in: Callable[[User | None], Client], ed: User, rae: User, mona: User, max_: User, sue: User
) -> list[Client]:
    return [sign_in(user) for user in (None, mona, max_, ed, rae, sue)]


@pytest.mark.parametrize("page", GETS)
def test_opening(page: str, clients: list[Client], rows: dict[str, object]) -> None:
    path = f"/admin/articles/{page.format(**rows)}"
    answers = [client.get(path).status_code for client in clients]
    assert dict(zip(ROLES, answers, strict=True)) == dict(zip(ROLES, GETS[page], strict=True))


@pytest.mark.parametrize("page", POSTS)
def test_pressing(page: str, clients: list[Client], rows: dict[str, object]) -> None:
    path = f"/admin/articles/{page.format(**rows)}"
    answers = [client.post(path).status_code for client in clients]
    assert dict(zip(ROLES, answers, strict=True)) == dict(zip(ROLES, POSTS[page], strict=True))


@pytest.mark.parametrize("page", READ_ONLY)
def test_pages_for_reading_take_no_post(page: str, clients: list[Client], rows: dict[str, object]) -> None:
    assert clients[-1].post(f"/admin/articles/{page.format(**rows)}").status_code == 405


@pytest.mark.parametrize("page", ACTS_ONLY)
def test_acts_are_never_a_get(page: str, clients: list[Client], rows: dict[str, object]) -> None:
    assert clients[-1].get(f"/admin/articles/{page.format(**rows)}").status_code == 405


@pytest.mark.parametrize("page", POSTS)
def test_no_other_site_can_press(page: str, ed: User, rows: dict[str, object]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ed)
    assert client.post(f"/admin/articles/{page.format(**rows)}").status_code == 403


def test_an_editor_of_the_desk_cannot_reach_over_by_the_form(
    sign_in: Callable[[User], Client], max_: User, ready: Article
) -> None:
    assert sign_in(max_).post(address(ready), {"title": "Mine"}).status_code == 403
    ready.refresh_from_db()
    assert ready.title == "How to sit with a friend"


def test_an_id_that_is_no_number_leads_a_reviewer_back(at_review: Client, ready: Article) -> None:
    for odd in ("²", "\N{ARABIC-INDIC DIGIT ONE}", "x"):
        answer = at_review.get(f"/admin/articles/article/{odd}/change/")
        assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_every_page_of_the_desk_is_in_the_table() -> None:
    for prefix, urls in (("article", desk_urls(admin.site)), ("picture", picture_urls(admin.site))):
        for url in urls:
            route = str(url.pattern).replace("<int:article_id>", "{article}").replace("<int:picture_id>", "{picture}")
            route = route.replace("<int:number>", "1").replace("<slug:version>", "e1")
            assert f"{prefix}/{route}" in {**GETS, **POSTS}
