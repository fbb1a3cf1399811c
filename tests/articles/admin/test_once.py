"""What a form makes it makes once: a double click or a retry is answered kindly and makes nothing more."""

import re
from pathlib import Path

from django.contrib.admin.models import LogEntry
from django.test import Client

from articles.models import Article, Picture, Topic
from tests.articles.admin.conftest import address, filled_in
from tests.articles.admin.test_pictures import photo

ADD_ARTICLE, ADD_PICTURE = "/admin/articles/article/add/", "/admin/articles/picture/add/"


def key_on(client: Client, page: str) -> str:
    """The key that the page put into its form."""
    [key] = re.findall(r'name="form_key" value="([0-9a-f-]{36})" id', client.get(page).content.decode())
    return str(key)


def test_an_article_is_begun_once(at_desk: Client, topic: Topic) -> None:
    sent = filled_in(title="How to sit", body="<h2>Stay</h2><p>Stay.</p>", topics=[topic.pk])
    sent["form_key"] = key_on(at_desk, ADD_ARTICLE)
    answers = [at_desk.post(ADD_ARTICLE, sent, follow=True) for _click in range(2)]
    article = Article.objects.get()
    assert (article.slug, article.edits.count(), LogEntry.objects.count()) == ("how-to-sit", 1, 1)
    for answer in answers:
        assert answer.redirect_chain == [(address(article), 302)]
        assert "Saved. Readers see it once it is published." in answer.content.decode()


def test_an_article_whose_address_was_chosen_is_begun_once_too(at_desk: Client) -> None:
    sent = filled_in(title="How to sit", slug="sitting", form_key=key_on(at_desk, ADD_ARTICLE))
    for _click in range(2):
        assert at_desk.post(ADD_ARTICLE, sent).url == address(Article.objects.get())


def test_whoever_goes_back_and_writes_something_else_loses_nothing(at_desk: Client) -> None:
    key = key_on(at_desk, ADD_ARTICLE)
    for body in ("<p>Stay.</p>", "<p>Stay, and listen.</p>"):
        at_desk.post(ADD_ARTICLE, filled_in(title="How to sit", body=body, form_key=key))
    assert {article.body for article in Article.objects.all()} == {"<p>Stay.</p>", "<p>Stay, and listen.</p>"}


def test_two_forms_that_say_the_same_make_two(at_desk: Client) -> None:
    for _form in range(2):
        at_desk.post(ADD_ARTICLE, filled_in(title="How to sit", form_key=key_on(at_desk, ADD_ARTICLE)))
    assert Article.objects.count() == 2


def test_a_key_that_is_none_is_refused(at_desk: Client) -> None:
    for key in ("x", "\x00", "9" * 5000):
        assert at_desk.post(ADD_ARTICLE, filled_in(title="How to sit", form_key=key)).status_code == 200
    assert not Article.objects.exists()


def test_the_add_page_keeps_one_picture(at_desk: Client, media: Path) -> None:
    key = key_on(at_desk, ADD_PICTURE)
    for _click in range(2):
        sent = {"file": photo(), "alt": "A chair by a window", "language": "en-us", "form_key": key}
        answer = at_desk.post(ADD_PICTURE, sent, follow=True)
        assert "was added successfully" in answer.content.decode()
    assert Picture.objects.count() == 1
    assert LogEntry.objects.count() == 1


def test_the_editor_adds_a_picture_once_and_another_beside_it(at_desk: Client, media: Path) -> None:
    page = at_desk.get(ADD_ARTICLE).content.decode()
    [key] = re.findall(r'name="form_key" value="([0-9a-f-]{36})">', page)

    def add(alt: str, size: tuple[int, int] = (640, 480)) -> int:
        sent = {"file": photo(size=size), "alt": alt, "form_key": key}
        return int(at_desk.post("/admin/articles/picture/upload/", sent).json()["id"])

    assert add("A chair by a window") == add("A chair by a window")
    assert len({add("A chair by a window"), add("A free chair"), add("A chair by a window", (320, 240))}) == 3
