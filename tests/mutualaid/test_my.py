"""What a member's own page says where there is nothing yet, and where it leads."""

import pytest
from django.utils import timezone

from mindspace.accounts.models import Profile, User
from mindspace.notifications.models import Notification
from mutualaid.models import Asked, HeldPost, Response
from tests.mutualaid.cast import alice, bob, charlie, client_of, draft, max_, person, post

pytestmark = pytest.mark.django_db
BEGIN = "Three ways to begin"


def page(user: User) -> str:
    return client_of(user).get("/my/").content.decode()


def test_who_is_new_finds_three_ways_to_begin() -> None:
    new = person("newcomer")
    said = page(new)
    assert said.index(BEGIN) < said.index("News for you")
    for way in ("/mutual-aid/new/?kind=request", "/accounts/profile/", "/groups/"):
        assert f'href="{way}"' in said[said.index(BEGIN) : said.index("News for you")]
    assert "Your posts" not in said


def test_who_has_asked_or_answered_is_new_no_more() -> None:
    asks, helps = alice(), bob()
    made = post(asks)
    Response.objects.send_in(None, made, helps, "I can.")
    assert BEGIN not in page(asks)
    assert BEGIN not in page(helps)
    assert "Nothing of yours is on the board just now" in page(helps)
    made.close("withdrawn")
    assert "Nothing of yours is on the board just now" in page(asks)


def test_who_gives_hears_that_nothing_fits_and_is_led_to_the_board() -> None:
    helper = bob()
    Profile.objects.filter(user=helper).update(can_give=["groceries"], hours=4)
    said = page(helper)
    assert "Nothing just now that fits what you give" in said
    assert 'href="/mutual-aid/?kind=request"' in said
    Profile.objects.filter(user=helper).update(resting_until=timezone.localdate())
    assert "Nothing just now that fits" not in page(helper)


def test_a_question_about_a_post_waits_first_and_is_answered_by_changing_it() -> None:
    author = alice()
    made = draft(author)
    made.submit()
    assert "Somebody here reads it first." in page(author)
    HeldPost.objects.get().decide(max_(), "ask", "Which Sunday?")
    said = page(author)
    assert said.index("A question for you") < said.index("News for you")
    assert said.count("We have a question about it. Change it, and it goes on.") == 2  # first, and with the post
    assert "Somebody here reads it first." not in said
    assert "Nothing new" not in said
    seen = client_of(author).get(made.get_absolute_url()).content.decode()
    assert seen.index("They ask:") < seen.index("Which Sunday?") < seen.index("Somebody here reads this first")
    made.refresh_from_db()
    made.change(words="A pot of soup on the first Sunday.")
    said = page(author)
    assert "We have a question" not in said
    assert "Somebody here reads it first." in said


@pytest.mark.parametrize(
    ("kind", "words"),
    [("request", "Everyone you asked for is found."), ("offer", "Every place of your offer is taken.")],
)
def test_a_post_that_is_full_waits_for_nobody(kind: str, words: str) -> None:
    author = alice()
    made = post(author, kind=kind, slots=2)
    for helper in (bob(), charlie()):
        assert words not in page(author)
        assert "until somebody answers" in page(author)
        Response.objects.send_in(None, made, helper, "I can.").accept()
    assert words in page(author)
    assert "until somebody answers" not in page(author)


@pytest.mark.parametrize("answers", [True, False])
def test_a_question_is_news_until_one_says_something_to_it(answers: bool) -> None:
    author, helper = alice(), bob()
    soup, bread = post(author), post(author, "Bread")
    asked = [Asked.objects.ask(each, helper, author) for each in (soup, bread)]
    if answers:
        Response.objects.send_in(None, soup, helper, "I can.")
    else:
        asked[0].decline()
    unread = Notification.objects.of(helper).unread()
    assert [row.key for row in unread] == [f"asked:{asked[1].pk}"]
