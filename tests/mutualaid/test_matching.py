"""Alice asks for soup near Irving; Bob said that he gives groceries, four hours a month."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mindspace.accounts import leaving
from mindspace.accounts.models import Block, Profile, User, Vouch
from mindspace.accounts.models.user import NO_MAILBOX
from mindspace.moderation.models import Sanction
from mindspace.notifications.models import Notification
from mutualaid import matching
from mutualaid.errors import AskedEnough, NotNow
from mutualaid.models import Asked, Post, Response
from tests.mutualaid.cast import IRVING, alice, bob, charlie, client_of, grown_up, max_, mia, post

pytestmark = pytest.mark.django_db
PLACE = {name: IRVING[name] for name in ("area_name", "area_zip", "latitude", "longitude", "x", "y")}


def gives(user: User, **says: Any) -> User:
    whole = {"can_give": ["groceries"], "hours": 4, "languages": ["en", "es"], **PLACE, **says}
    Profile.objects.filter(user=user).update(**whole)
    return user


def author(made: Post) -> User:
    assert made.author
    return made.author


def names(made: Post, asks: User | None = None) -> list[str]:
    return [each.person.display_name for each in matching.helpers_for(made, asks or author(made))]


def has_done(user: User, hours: str, **fields: Any) -> None:
    """Somebody else was helped by `user`."""
    other = User.objects.filter(email="dora@example.org").first() or grown_up("dora")
    made = post(other, f"Hours {hours} {user.pk}", hours=Decimal(hours), **fields)
    Response.objects.send_in(None, made, user, "I can.").accept()


def test_whoever_said_so_and_is_near_is_suggested_with_the_reasons() -> None:
    gives(bob())
    made = post(alice(), languages=["es"])
    [helper] = matching.helpers_for(made, author(made))
    assert helper.words == "near you, has time this month, speaks Spanish"
    assert helper.words_with_hours == "near you, has 4 of 4 hours left in four weeks, speaks Spanish"
    page = client_of(author(made)).get(made.get_absolute_url()).content.decode()
    assert "People who may be able to help" in page
    assert "has time this month" in page
    assert "of 4 hours" not in page
    moderator = client_of(max_())
    assert "may be able to help" not in moderator.get(made.get_absolute_url()).content.decode()
    page = moderator.get(f"{made.get_absolute_url()}moderation/").content.decode()
    assert "has 4 of 4 hours left in four weeks" in page


def test_nobody_else_sees_the_suggestions() -> None:
    helper = gives(bob())
    made = post(alice(), audience="public")
    for other in (None, helper, charlie()):
        assert "may be able to help" not in client_of(other).get(made.get_absolute_url()).content.decode()
    assert matching.helpers_for(made, helper) == []


def other_category(user: User) -> None:
    gives(user, can_give=["listening"])


def other_language(user: User) -> None:
    gives(user, languages=["en", "vi"])


def far_away(user: User) -> None:
    gives(user, x=PLACE["x"] + 100_000, y=PLACE["y"])


def nowhere(user: User) -> None:
    gives(user, x=None, y=None, latitude=None, longitude=None)


def no_hours(user: User) -> None:
    gives(user, hours=0)


def too_few_hours(user: User) -> None:
    gives(user, hours=Decimal("0.5"))


def other_days(user: User) -> None:
    gives(user, available_days=["SA", "SU"])


def resting(user: User) -> None:
    gives(user, resting_until=timezone.localdate())


def not_grown_up(user: User) -> None:
    gives(user, is_adult=False, adult_stated_at=None)


def closed(user: User) -> None:
    gives(user)
    User.objects.filter(pk=user.pk).update(is_active=False)


def kept_apart(user: User) -> None:
    Block.objects.put(user, User.objects.get(email="alice@example.org"))


def kept_away(user: User) -> None:
    Block.objects.put(User.objects.get(email="alice@example.org"), user)


def muted(user: User) -> None:
    until = timezone.now() + timedelta(days=3)
    Sanction.objects.impose(user, "mute", by=mia(), reason="Words.", until=until)


def without_mailbox(user: User) -> None:
    User.objects.filter(pk=user.pk).update(email=f"x{NO_MAILBOX}")


WHY_NOT: list[Callable[[User], None]] = [
    other_category, other_language, far_away, nowhere, no_hours, too_few_hours, other_days, resting, not_grown_up,
    closed, kept_apart, kept_away, muted, without_mailbox,
]  # fmt: skip


@pytest.mark.parametrize("why_not", WHY_NOT, ids=lambda each: each.__name__)
def test_what_speaks_against_somebody(why_not: Callable[[User], None]) -> None:
    asks, helper = alice(), gives(bob())
    thursday = timezone.localdate() + timedelta(days=(3 - timezone.localdate().weekday()) % 7)
    made = post(asks, languages=["es"], when="window", first_day=thursday)
    assert names(made) == ["Bob"]
    why_not(helper)
    assert names(made) == []


def test_what_is_done_by_phone_has_no_distance() -> None:
    gives(bob(), x=None, y=None, latitude=None, longitude=None)
    made = post(alice(), remote=True, x=None, y=None, latitude=None, longitude=None, area_name="", area_zip="")
    [helper] = matching.helpers_for(made, author(made))
    assert helper.words.startswith("by phone or online")


def test_rides_are_for_those_whom_others_vouched_for() -> None:
    helper = gives(bob(), can_give=["rides"])
    made = post(alice(), category="rides")
    assert names(made) == []
    Vouch.objects.create(voucher=max_(), vouched=helper, by_moderator=True)
    assert names(made) == ["Bob"]
    assert "others have vouched for them" in matching.helpers_for(made, author(made))[0].words


def test_a_post_for_the_vouched_is_not_shown_to_others_by_the_back_door() -> None:
    gives(bob())
    assert names(post(alice(), audience="vouched")) == []


def test_the_lightest_load_for_what_each_said_comes_first() -> None:
    """Bob gave 2 of 8 hours, Charlie 1 of 2: Bob carries less, although he gave more."""
    first, second = gives(bob(), hours=8), gives(charlie(), hours=2)
    has_done(first, "2")
    has_done(second, "1")
    made = post(alice())
    assert names(made) == ["Bob", "Charlie"]
    assert "has 6 of 8 hours left" in matching.helpers_for(made, author(made))[0].words_with_hours


def test_then_whoever_was_not_asked_for_longest() -> None:
    gives(bob(), asked_at=timezone.now() - timedelta(days=1))
    gives(charlie(), asked_at=timezone.now() - timedelta(days=9))
    gives(grown_up("nia"))
    assert names(post(alice())) == ["Nia", "Charlie", "Bob"]


def test_nobody_is_counted_on_for_more_than_they_said() -> None:
    helper = gives(bob(), hours=2)
    has_done(helper, "1.5")
    assert names(post(alice(), hours=1)) == []
    assert names(post(User.objects.get(email="alice@example.org"), "Bread", hours=Decimal("0.5"))) == ["Bob"]


def test_no_hours_named_is_within_reason() -> None:
    helper = gives(bob(), hours=None)
    made = post(alice())
    assert names(made) == ["Bob"]
    assert names(post(author(made), "A garden", hours=5)) == []
    has_done(helper, "4")
    assert names(made) == []


def test_hours_of_an_offer_count_for_whoever_offers_and_old_ones_for_nobody(time_machine: Any) -> None:
    time_machine.move_to("2026-03-02 18:00:00+00:00")
    helper, other = gives(bob(), hours=2), charlie()
    offer = post(helper, "Soup for you", kind="offer", hours=2)
    Response.objects.send_in(None, offer, other, "Please.").accept()
    made = post(alice())
    assert names(made) == []
    assert matching.load([other.pk])[other.pk] == 0
    time_machine.shift(timedelta(days=29).total_seconds())
    assert names(made) == ["Bob"]


def test_what_was_called_off_took_nobodys_time() -> None:
    helper = gives(bob(), hours=2)
    has_done(helper, "2")
    Response.objects.get(by=helper).arrangements.get().cancel(helper)
    assert names(post(alice())) == ["Bob"]


def test_many_helpers_cost_no_more_queries() -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            matching.suggestions([made], 5)
        return len(seen)

    gives(bob())
    made = post(alice())
    assert author(made)  # which is a query of its own
    few = queries()
    for number in range(12):
        gives(grown_up(f"more{number}"))
    assert queries() == few == 5


# -- Asking ----------------------------------------------------------------------------------------


def ask(made: Post, person: User, by: User | None = None) -> Any:
    return client_of(by or author(made)).post(f"{made.get_absolute_url()}ask/", {"person": person.pk})


def test_one_tap_asks_and_the_person_reads_who_and_may_say_no() -> None:
    helper = gives(bob())
    made = post(alice(), "Soup on Sundays")
    for _twice in range(2):
        assert ask(made, helper).status_code == 302
    [asked] = Asked.objects.all()
    assert Notification.objects.filter(user=helper, kind="mutualaid.asked").count() == 1
    sent = mail.outbox[-1]
    for word in ("Soup", "Alice", "alice@example.org"):
        assert word not in sent.subject + str(sent.body)
    client = client_of(helper)
    assert "Alice asks whether you could." in client.get("/my/").content.decode()
    assert "was asked on" in client_of(author(made)).get(made.get_absolute_url()).content.decode()
    client.post(f"/mutual-aid/asked/{asked.pk}/no/")
    assert "asks whether you could" not in client.get("/mutual-aid/could-help/").content.decode()
    page = client_of(author(made)).get(made.get_absolute_url()).content.decode()
    assert "Bob cannot this time." in page
    assert "Ask them" not in page
    assert Profile.objects.get(user=helper).asked_at is not None


def test_only_those_who_fit_can_be_asked() -> None:
    stranger = gives(charlie(), can_give=["listening"])
    made = post(alice())
    assert ask(made, stranger).status_code == 404
    assert ask(made, gives(bob()), by=stranger).status_code == 404
    assert not Asked.objects.exists()


def test_a_moderator_may_ask_for_whoever_waits_longest() -> None:
    helper = gives(bob())
    ask(post(alice()), helper, by=max_())
    assert Asked.objects.get().person == helper


def test_three_a_day_about_one_post() -> None:
    made = post(alice())
    helpers = [gives(grown_up(f"more{number}")) for number in range(4)]
    for helper in helpers[:3]:
        Asked.objects.ask(made, helper, author(made))
    with pytest.raises(AskedEnough):
        Asked.objects.ask(made, helpers[3], author(made))
    Asked.objects.update(at=timezone.now() - timedelta(days=2))
    Asked.objects.ask(made, helpers[3], author(made))


def test_two_questions_are_enough_before_one_person() -> None:
    helper = gives(bob(), hours=40)
    asks = alice()
    made = [post(asks, f"Soup {number}") for number in range(3)]
    for each in made[:2]:
        Asked.objects.ask(each, helper, asks)
    assert names(made[2]) == []
    with pytest.raises(NotNow):
        Asked.objects.ask(made[2], helper, asks)
    Asked.objects.all()[0].decline()
    assert names(made[2]) == ["Bob"]


def test_the_database_lets_nobody_ask_whom_they_are_kept_apart_from() -> None:
    helper, made = gives(bob()), post(alice())
    Block.objects.create(blocker=helper, blocked=author(made))
    with pytest.raises(IntegrityError), transaction.atomic():
        Asked.objects.create(post=made, person=helper)
    with pytest.raises(NotNow):
        Asked.objects.ask(made, helper, author(made))


def test_a_block_takes_the_question_away_and_so_does_a_rest() -> None:
    helper, other = gives(bob()), gives(charlie())
    made = post(alice())
    for each in (helper, other):
        Asked.objects.ask(made, each, author(made))
    Block.objects.put(helper, author(made))
    assert [each.person for each in Asked.objects.all()] == [other]
    other.profile.rest(timezone.localdate() + timedelta(days=5))
    assert not Asked.objects.waiting_for(other).exists()


def test_a_muted_author_asks_nobody() -> None:
    helper, made = gives(bob()), post(alice())
    muted(author(made))
    assert ask(made, helper).status_code == 404


def test_questions_are_in_the_export_and_go_with_either() -> None:
    helper, made = gives(bob()), post(alice())
    Asked.objects.ask(made, helper, author(made))
    assert "Soup on Sundays" in str(leaving.everything(helper)["mutualaid.asked"])
    assert "Bob" not in str(leaving.everything(author(made)))
    leaving.leave(author(made), keep_posts=True)
    assert not Asked.objects.exists()


# -- You could help with ---------------------------------------------------------------------------


def could(user: User) -> list[str]:
    return [row.post.title for row in matching.posts_for(User.objects.get(pk=user.pk))]


def test_you_could_help_with_what_you_said_you_give() -> None:
    helper = gives(bob())
    post(alice(), "Soup")
    asks = User.objects.get(email="alice@example.org")
    post(asks, "Rides", category="rides")
    post(asks, "Listening", category="listening")
    post(asks, "Soup for you", kind="offer")
    post(asks, "Soup far away", x=PLACE["x"] + 100_000)
    post(asks, "Long", hours=9)
    post(asks, "In Vietnamese", languages=["vi"])
    assert could(helper) == ["Soup"]
    page = client_of(helper).get("/my/").content.decode()
    assert "Near you, you have 4 of your 4 hours left in four weeks" in page
    Response.objects.send_in(None, Post.objects.get(title="Soup"), helper, "I can.")
    assert could(helper) == []


def test_nothing_is_suggested_to_whoever_rests_or_gives_nothing() -> None:
    helper, made = gives(bob()), post(alice())
    assert could(helper) == [made.title]
    changes: list[dict[str, Any]] = [{"resting_until": timezone.localdate()}, {"hours": 0}, {"can_give": []}]
    for says in changes:
        gives(helper, **{"resting_until": None, **says})
        assert could(helper) == []
    assert "You could help with" not in client_of(helper).get("/my/").content.decode()


def test_a_filled_post_needs_nobody_more() -> None:
    helper, made = gives(bob()), post(alice())
    Response.objects.send_in(None, made, charlie(), "I can.").accept()
    assert could(helper) == []


def test_days_that_do_not_suit_are_left_out() -> None:
    helper = gives(bob(), available_days=["MO"])
    asks = alice()
    tuesday = date(2030, 1, 1)
    Post.objects.filter(pk=post(asks, "Tuesday").pk).update(when="window", first_day=tuesday, start=time(9))
    Post.objects.filter(pk=post(asks, "Week").pk).update(
        when="window", first_day=tuesday, last_day=tuesday + timedelta(days=8)
    )
    assert could(helper) == ["Week"]


def test_each_reads_only_their_own_load() -> None:
    helper = gives(bob(), hours=8)
    has_done(helper, "3")
    made = post(alice())
    assert "you have 5 of your 8 hours left" in client_of(helper).get("/mutual-aid/could-help/").content.decode()
    page = client_of(author(made)).get(made.get_absolute_url()).content.decode()
    assert "Bob" in page
    for number in ("5 of", "of 8", "3 hours"):
        assert number not in page
