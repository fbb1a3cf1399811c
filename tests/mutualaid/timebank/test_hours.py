"""What people read of their hours, and write into a post. Alice asks, Bob helps, Charlie is no part of it."""

import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from mindspace.accounts import leaving
from mindspace.accounts.models import Block, PhoneMember, User
from mutualaid.models import Arrangement, Post, Response
from mutualaid.moments import length
from mutualaid.timebank.lines import balance_in_words
from mutualaid.timebank.models import Balance, Transfer
from mutualaid.timebank.views import PER_PAGE
from tests.mutualaid.cast import alice, bob, charlie, client_of, draft, form_data, max_, post
from tests.mutualaid.timebank.cast import agreed, balance, confirmed

pytestmark = pytest.mark.django_db
HERE = "/mutual-aid/hours/"


def page(user: User | None, path: str = HERE) -> str:
    return client_of(user).get(path).content.decode()


@pytest.mark.parametrize(
    ("given", "got", "said"),
    [
        (0, 0, "You start even: no hours given, and none got."),
        (180, 120, "You gave 3 hours and got 2 hours."),
        (60, 0, "You gave 1 hour."),
        (0, 45, "You got 45 minutes."),
        (90, 15, "You gave 1 hour and 30 minutes and got 15 minutes."),
    ],
)
def test_a_balance_in_words(given: int, got: int, said: str) -> None:
    assert balance_in_words(Balance(given, got)) == said


def test_a_length_in_words() -> None:
    assert [length(minutes) for minutes in (0, 15, 75, 1440)] == [
        "0 hours", "15 minutes", "1 hour and 15 minutes", "24 hours",
    ]  # fmt: skip


def test_both_read_it_and_nobody_else() -> None:
    asks, helps, other = alice(), bob(), charlie()
    assert "Your hours" not in page(asks, "/my/")
    confirmed(asks, helps, "2", title="Soup on Tuesday")
    for path in (HERE, "/my/"):
        assert "You got 2 hours from Bob" in page(asks, path)
        assert "You gave 2 hours to Alice" in page(helps, path)
        assert "Soup on Tuesday" in page(helps, path)
        assert "Soup on Tuesday" not in page(other, path)
    assert "You start even" in page(other)
    for reader in (other, asks):
        assert "2 hours" not in page(reader, f"/accounts/people/{helps.pk}/")


def test_a_page_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mutualaid.timebank.views.PER_PAGE", 2)
    monkeypatch.setattr("mutualaid.timebank.my.MOST", 2)
    asks, helps = alice(), bob()
    for number in range(5):
        confirmed(asks, helps, "1", title=f"Soup {number}")
    browser, path, seen = client_of(helps), HERE, []
    while path:
        answer = browser.get(path)
        seen += [line.title for line in answer.context["lines"]]
        path = f"{HERE}?after={answer.context['next_after']}" if answer.context["next_after"] else ""
    assert seen == [f"Soup {number}" for number in (4, 3, 2, 1, 0)]
    assert "See all of it" in page(helps, "/my/")
    assert PER_PAGE > 10


@pytest.mark.parametrize("after", ["x", "1", "1:x", "9" * 30 + ":" + "0" * 36, "%00", "1:" + "-" * 36])
def test_an_address_nobody_can_read(after: str) -> None:
    answer = client_of(alice()).get(f"{HERE}?after={after}")
    assert answer.status_code == 400
    assert "We cannot read this address" in answer.content.decode()


def test_between_two_who_are_kept_apart_there_are_no_names() -> None:
    asks, helps = alice(), bob()
    confirmed(asks, helps, title="Soup on Tuesday")
    Block.objects.put(asks, helps)
    for user, name in ((asks, "Bob"), (helps, "Alice")):
        for path in (HERE, "/my/"):
            text = page(user, path)
            assert "a neighbor" in text
            assert f"to {name}" not in text
            assert f"from {name}" not in text
            assert "Soup on Tuesday" not in text or path == "/my/"


@pytest.mark.parametrize("keep_posts", [True, False])
def test_when_one_leaves_the_other_keeps_the_count(keep_posts: bool) -> None:
    asks, helps = alice(), bob()
    confirmed(asks, helps, "3")
    confirmed(helps, asks, "1")
    leaving.leave(helps, keep_posts=keep_posts)
    connection.check_constraints()
    assert balance(asks) == -2
    assert "You got 3 hours from a former member" in page(asks)
    assert "You gave 1 hour to a former member" in page(asks)
    assert not Transfer.objects.filter(giver=None, receiver=None).exists()
    leaving.leave(asks, keep_posts=keep_posts)
    connection.check_constraints()
    assert not Transfer.objects.exists()


def test_it_is_in_what_one_takes_out_without_names() -> None:
    asks, helps = alice(), bob()
    confirmed(asks, helps, "1.5", title="Soup on Tuesday")
    out = leaving.everything(helps)["timebank"]
    assert (out["minutes_given"], out["minutes_got"]) == (90, 0)
    [line] = out["lines"]
    assert (line["you"], line["minutes"], line["for"]) == ("gave", 90, "Soup on Tuesday")
    assert "Alice" not in json.dumps(out, default=str)


def test_for_somebody_helped_by_phone_it_is_the_same() -> None:
    moderator = max_()
    member = PhoneMember.objects.welcome(moderator, "Rosa", "Yes.", adult=True)
    rosa, made = member.user, post(alice(), hours=2, reckoning="timebank")
    said, by_phone = "whoever helps gets 2 hours", f"/mutual-aid/by-phone/{member.pk}"
    assert said in page(moderator, f"{by_phone}/answer/{made.pk}/")
    response = Response.objects.send_in(None, made, rosa, "I can.")
    response.accept()
    assert said in page(moderator, f"{by_phone}/answers/{response.pk}/")
    for person in (rosa, made.author):
        Arrangement.objects.get(response=response).say_done(person)
    assert balance(rosa) == 2


# -- In a post ---------------------------------------------------------------------------------------------


@pytest.fixture
def browser() -> Client:
    return client_of(alice())


@pytest.fixture
def mine(browser: Client) -> Post:
    return draft(User.objects.get(email="alice@example.org"))


def send(browser: Client, mine: Post, **said: str) -> str:
    path = f"/mutual-aid/{mine.pk}/edit/who/"
    answer = browser.post(path, form_data(browser.get(path).content, audience="members", until="30", **said))
    mine.refresh_from_db()
    return answer.content.decode()


def test_a_gift_unless_one_says_otherwise(browser: Client, mine: Post) -> None:
    assert '<details class="form-part form-fold">' in browser.get(f"/mutual-aid/{mine.pk}/edit/who/").content.decode()
    send(browser, mine)
    assert mine.reckoning == "gift"
    assert "A gift: nothing is asked in return" in browser.get(f"/mutual-aid/{mine.pk}/edit/check/").content.decode()


def test_an_hour_for_an_hour(browser: Client, mine: Post) -> None:
    send(browser, mine, reckoning="timebank", hours="1.5")
    assert (mine.reckoning, mine.hours) == ("timebank", Decimal("1.5"))
    said = "whoever helps gets 1 hour and 30 minutes in the time bank"
    for path in (f"/mutual-aid/{mine.pk}/edit/check/", mine.get_absolute_url()):
        assert said in browser.get(path).content.decode()
    page = browser.get(f"/mutual-aid/{mine.pk}/edit/who/").content.decode()
    assert '<details class="form-part form-fold" open>' in page


@pytest.mark.parametrize(
    ("hours", "slots", "said"),
    [
        ("", "1", "say how many hours each"),
        ("0.3", "1", "counts in quarters of an hour"),
        ("6", "2", "You can still ask for it as a gift"),
    ],
)
def test_what_cannot_be_is_said_at_once(browser: Client, mine: Post, hours: str, slots: str, said: str) -> None:
    assert said in send(browser, mine, reckoning="timebank", hours=hours, slots=slots)
    assert mine.reckoning == "gift"


def test_an_offer_says_who_gives_and_so_does_the_page_to_answer_it() -> None:
    offer = post(alice(), kind="offer", hours=1, reckoning="timebank")
    said = "whoever is helped gives 1 hour from the time bank"
    assert said in page(bob(), offer.get_absolute_url())
    assert said in page(User.objects.get(email="bob@example.org"), f"{offer.get_absolute_url()}answer/")


def test_a_conversation_says_when_it_is_counted() -> None:
    arrangement = agreed(alice(), bob())
    here, asks, helps = (
        arrangement.response.get_absolute_url(),
        arrangement.response.post.author,
        arrangement.response.by,
    )
    assert "counted once you both say it is done" in page(helps, here)
    arrangement.say_done(asks)
    arrangement.say_done(helps)
    made = Post.objects.get()
    made.renew()
    made.change(hours=3)  # for whoever comes next
    text = page(helps, here)
    assert HERE in text
    assert "3 hours" not in text


def test_the_board_finds_one_or_the_other() -> None:
    author = alice()
    post(author, "Soup as a gift", audience="public")
    post(author, "Soup for an hour", hours=1, reckoning="timebank", audience="public")
    gifts, bank, all_ = (
        Client().get(f"/mutual-aid/?in_return={each}").content.decode() for each in ("gift", "timebank", "")
    )
    assert ("Soup as a gift" in gifts, "Soup for an hour" in gifts) == (True, False)
    assert ("Soup as a gift" in bank, "Soup for an hour" in bank) == (False, True)
    assert "An hour for an hour</li>" in bank
    assert all_.count("Soup ") >= 2
    assert Client().get("/mutual-aid/?in_return=money").status_code == 400


def test_the_examples_show_an_hour_that_moved() -> None:
    call_command("examples")
    call_command("examples")
    assert "You gave 1 hour to Example Neighbor" in page(User.objects.get(email="member@example.org"), "/my/")
    assert "You got 1 hour from Example Member" in page(User.objects.get(email="neighbor@example.org"), "/my/")
    call_command("examples", remove=True)
    connection.check_constraints()
    assert not Transfer.objects.exists()


def test_a_moderator_tells_a_member_helped_by_phone() -> None:
    moderator = max_()
    rosa = PhoneMember.objects.welcome(moderator, "Rosa", "She said yes.", adult=True)
    page = f"/mutual-aid/by-phone/{rosa.pk}/"
    assert "no hours given, and none got" in client_of(moderator).get(page).content.decode()
    confirmed(rosa.user, bob(), "2")
    assert "“You got 2 hours.”" in client_of(moderator).get(page).content.decode()
