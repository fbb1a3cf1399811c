"""Writing a post, step by step, as a browser without JavaScript does."""

import html
import re
from datetime import date
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.test import Client

from mindspace.accounts.models import Profile, User
from mutualaid.errors import NoChairLeft
from mutualaid.models import HeldPost, Post
from tests.mutualaid.cast import alice, client_of, draft, form_data, max_, person, post

pytestmark = pytest.mark.django_db
WHAT = {"kind": "request", "category": "groceries", "title": "Soup on Sunday", "words": "A pot of soup."}
NEAR = {"where": "near", "area": "75038", "when": "any"}


@pytest.fixture
def browser() -> Client:
    return client_of(alice())


def write(browser: Client, **what: str) -> Post:
    """Through all steps to the last page."""
    page = browser.get("/mutual-aid/new/?kind=request")
    answer = browser.post("/mutual-aid/new/", form_data(page.content, **{**WHAT, **what}))
    post: Post = Post.objects.get()
    assert answer.url == f"/mutual-aid/{post.pk}/edit/when/"
    answer = browser.post(answer.url, form_data(browser.get(answer.url).content, **NEAR))
    assert answer.url == f"/mutual-aid/{post.pk}/edit/who/"
    answer = browser.post(answer.url, form_data(browser.get(answer.url).content, audience="public"))
    assert answer.url == f"/mutual-aid/{post.pk}/edit/check/"
    return post


def test_from_the_first_step_to_the_board(browser: Client) -> None:
    post = write(browser)
    page = browser.get(f"/mutual-aid/{post.pk}/edit/check/").content.decode()
    assert "Everybody: visitors see it without a name" in page
    assert "We read everybody’s first two posts" in page
    assert "Somebody here reads it first" not in page
    answer = browser.post(f"/mutual-aid/{post.pk}/edit/check/", follow=True)
    assert "Somebody here reads this first" in answer.content.decode()
    post.refresh_from_db()
    assert (post.state, post.area_name, post.area_zip, post.zone) == ("held", "Irving, TX", "75038", "America/Chicago")
    assert post.latitude is not None
    HeldPost.objects.get().decide(max_(), "approve")
    assert "Soup on Sunday" in Client().get("/mutual-aid/").content.decode()


def test_what_is_written_is_kept_and_can_be_gone_on_with(browser: Client) -> None:
    page = browser.get("/mutual-aid/new/")
    browser.post("/mutual-aid/new/", form_data(page.content, **WHAT))
    post = Post.objects.get()
    assert post.state == "draft"
    assert "A pot of soup." in browser.get(f"/mutual-aid/{post.pk}/edit/what/").content.decode()
    assert browser.get(f"/mutual-aid/{post.pk}/edit/check/").url == f"/mutual-aid/{post.pk}/edit/when/"


@pytest.mark.parametrize("day", ["2027-03-14", "2026-11-01"])
@time_machine.travel("2026-10-20 15:00Z", tick=False)
def test_a_remote_post_goes_by_the_clock_of_its_author(day: str) -> None:
    """On both days the clocks change at 2 am, in each zone at another moment."""
    author = alice()
    Profile.objects.update_or_create(user=author, defaults={"time_zone": "America/New_York"})
    made = draft(author)
    said = {"where": "remote", "when": "window", "first_day": day, "start": "09:00"}
    client_of(author).post(f"/mutual-aid/{made.pk}/edit/when/", said)
    made.refresh_from_db()
    assert (made.remote, made.zone) == (True, "America/New_York")
    [at] = made.times()
    assert at.astimezone(ZoneInfo("America/New_York")).strftime("%Y-%m-%d %H:%M") == f"{day} 09:00"


@time_machine.travel("2026-10-20 15:00Z", tick=False)
def test_what_is_about_a_day_stays_until_that_day_is_over() -> None:
    made = draft(alice())
    client, path = client_of(made.author), f"/mutual-aid/{made.pk}/edit"
    client.post(f"{path}/when/", {**NEAR, "when": "window", "first_day": "2026-12-15", "start": "09:00"})
    form = client.get(f"{path}/who/")
    assert "Until its day is over" in form.content.decode()
    client.post(f"{path}/who/", form_data(form.content, audience="members"))
    made.refresh_from_db()
    assert made.ends_on == date(2026, 12, 15)
    made.submit()
    made.publish(max_())
    client.post(f"{path}/when/", {**NEAR, "when": "window", "first_day": "2026-12-20", "start": "09:00"})
    made.refresh_from_db()
    assert made.ends_on == date(2026, 12, 20)


def test_ten_clicks_make_one_draft(browser: Client) -> None:
    data = form_data(browser.get("/mutual-aid/new/").content, **WHAT)
    answers = {browser.post("/mutual-aid/new/", data).url for _click in range(10)}
    assert Post.objects.count() == 1
    assert answers == {f"/mutual-aid/{Post.objects.get().pk}/edit/when/"}


def test_ten_clicks_send_it_in_once(browser: Client) -> None:
    post = write(browser)
    answers = [browser.post(f"/mutual-aid/{post.pk}/edit/check/") for _click in range(10)]
    assert {answer.url for answer in answers} == {post.get_absolute_url()}
    assert HeldPost.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Call me at (972) 555-0147.", "a phone number"),
        ("I live at 4601 N MacArthur Blvd.", "a street address"),
        ("Write to alice at example dot com.", "an e-mail address"),
        ("See www.example.com/me.", "a link"),
        ("I can give $20 for it.", "money"),
    ],
)
def test_the_last_page_says_what_it_found(browser: Client, words: str, said: str) -> None:
    post = write(browser, words=words)
    page = browser.get(f"/mutual-aid/{post.pk}/edit/check/").content.decode()
    assert f"this looks like {said}" in page
    assert "in private" in page
    browser.post(f"/mutual-aid/{post.pk}/edit/check/")
    post.refresh_from_db()
    assert "private" in post.held_reasons


def test_words_of_crisis_open_help_lines_alert_staff_and_block_nothing(browser: Client) -> None:
    max_()
    post = write(browser, words="I want to die, and I need somebody to bring soup.")
    for step in ("when", "who", "check"):
        page = browser.get(f"/mutual-aid/{post.pk}/edit/{step}/").content.decode()
        assert page.index("You can talk to someone now") < page.index("<form"), step
    page = browser.post(f"/mutual-aid/{post.pk}/edit/check/", follow=True).content.decode()
    assert "988 is awake now" in page
    assert not re.search(r"crisis words|risk|flagged|suicid", page[page.index("<main") :], re.IGNORECASE)
    assert HeldPost.objects.waiting().get().risk == 3
    (sent,) = mail.outbox
    assert sent.to == ["max@example.org"]
    assert "soup" not in sent.body.lower()
    assert sent.subject == "Something waits for you"


def test_held_says_why_and_a_question_can_be_answered_by_changing_it(browser: Client) -> None:
    post = write(browser)
    browser.post(f"/mutual-aid/{post.pk}/edit/check/")
    assert "first two posts" in browser.get(post.get_absolute_url()).content.decode()
    HeldPost.objects.get().decide(max_(), "ask", "On which Sunday?")
    assert "On which Sunday?" in browser.get(post.get_absolute_url()).content.decode()
    page = browser.get(f"/mutual-aid/{post.pk}/edit/what/")
    browser.post(f"/mutual-aid/{post.pk}/edit/what/", form_data(page.content, words="This Sunday."))
    assert HeldPost.objects.waiting().get().post.words == "This Sunday."


@pytest.mark.parametrize(
    ("step", "data", "field"),
    [
        ("when", {"where": "near", "area": "", "when": "any"}, "area"),
        ("when", {"where": "near", "area": "Nowhere at all", "when": "any"}, "area"),
        ("when", {"where": "remote", "when": "window"}, "first_day"),
        ("when", {"where": "remote", "when": "recurring", "first_day": "2026-01-01"}, "every"),
        ("when", {"where": "remote", "when": "window", "first_day": "9999-12-31"}, "first_day"),
        ("who", {"audience": "circle", "until": "30", "slots": 1}, "audience"),
        ("who", {"audience": "public", "until": "stands", "slots": 1}, "until"),
        ("who", {"audience": "public", "until": "30", "slots": 21}, "slots"),
        ("what", {**WHAT, "words": "\x00"}, "words"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(step: str, data: dict[str, object], field: str) -> None:
    author = alice()
    post = draft(author)
    answer = client_of(author).post(f"/mutual-aid/{post.pk}/edit/{step}/", data)
    assert answer.status_code == 400
    assert field in answer.context["form"].errors


def test_only_grown_ups_write(browser: Client) -> None:
    answer = client_of(person("kid")).get("/mutual-aid/new/")
    assert answer.status_code == 403
    assert "18 and over" in answer.content.decode()
    assert browser.get("/mutual-aid/new/").status_code == 200


def test_one_press_says_the_age_and_goes_on() -> None:
    browser = client_of(person("newcomer"))
    page = browser.get("/mutual-aid/new/?kind=offer").content
    answer = browser.post("/accounts/age/", form_data(page, is_adult="on"))
    assert answer.url == "/mutual-aid/new/?kind=offer"
    assert browser.get(answer.url).status_code == 200


def test_what_was_looked_for_and_what_the_profile_says_is_not_asked_again(browser: Client) -> None:
    Profile.objects.filter(user__display_name="Alice").update(area_zip="75038", area_name="Irving, TX")
    page = browser.get("/mutual-aid/?category=groceries").content.decode()
    way = "/mutual-aid/new/?kind=request&amp;category=groceries"
    assert way in page
    page = browser.get(html.unescape(way)).content.decode()
    assert "What would you like to do?" not in page
    form = form_data(page.encode(), title="Soup", words="A pot of soup.")
    assert (form["kind"], form["category"]) == ("request", "groceries")
    answer = browser.post("/mutual-aid/new/", form)
    said = form_data(browser.get(answer.url).content)
    assert (said["where"], said["area"]) == ("near", "75038")
    Post.objects.update(remote=True)
    assert form_data(browser.get(answer.url).content)["where"] == "remote"  # as they said it
    Post.objects.update(remote=False, category="listening")
    assert "where" not in form_data(browser.get(answer.url).content)  # by phone or not: only they know


def test_the_way_to_one_more_chair_is_where_it_is_said_to_be(browser: Client) -> None:
    made = draft(User.objects.get(display_name="Alice"))
    name = str(NoChairLeft()).partition("“")[2].partition("”")[0]
    page = browser.get(made.get_absolute_url()).content.decode()
    link = re.search(rf'href="([^"]+)">{name}<', page)
    assert link is not None
    assert 'name="slots"' in browser.get(link[1]).content.decode()


@pytest.mark.parametrize(("kind", "said"), [("request", "Help was found"), ("offer", "Somebody took it up")])
def test_how_it_ended_is_asked_in_the_words_of_its_kind(browser: Client, kind: str, said: str) -> None:
    made = post(User.objects.get(display_name="Alice"), kind=kind)
    page = browser.get(f"/mutual-aid/{made.pk}/close/").content.decode()
    assert [words for words in ("Help was found", "Somebody took it up") if words in page] == [said]


def test_only_what_was_said_opens_the_fold_of_the_last_questions(browser: Client) -> None:
    post = draft(User.objects.get(display_name="Alice"))
    Profile.objects.filter(user=post.author).update(languages=["en"])
    path = f"/mutual-aid/{post.pk}/edit/who/"
    assert is_folded(browser.get(path).content)  # her languages are set there, and she did not set them here
    assert is_folded(browser.post(path, {"until": "30", "slots": "1", "languages": "en"}).content)
    assert not is_folded(browser.post(path, {"until": "30", "slots": "0", "languages": "en"}).content)
    assert not is_folded(browser.post(path, {"until": "30", "slots": "1", "languages": ["en", "es"]}).content)
    Post.objects.filter(pk=post.pk).update(languages=["en"])
    assert is_folded(browser.get(path).content)  # kept with the step, and still what her profile says
    Post.objects.filter(pk=post.pk).update(languages=["en", "es"])
    assert not is_folded(browser.get(path).content)
    Post.objects.filter(pk=post.pk).update(languages=[], slots=3)
    assert not is_folded(browser.get(path).content)


def is_folded(page: bytes) -> bool:
    return b'<details class="form-part form-fold">' in page


def test_one_question_is_asked_once(browser: Client) -> None:
    page = browser.get("/mutual-aid/new/").content.decode()
    assert page.count("What is it about?") == 1


def test_with_words_of_crisis_it_is_said_once_who_reads(browser: Client) -> None:
    made = write(browser, words="I want to die, and I need somebody to bring soup.")
    page = browser.get(f"/mutual-aid/{made.pk}/edit/check/").content.decode()
    assert page.count("Somebody here reads it first.") == 1
    assert page.count("988 is awake now") == 1
