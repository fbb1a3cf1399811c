"""What one side alone cannot do, and a moderator not for both: an hour moves by two yeses, and a line is one line."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from groups import recurrence
from mindspace.accounts.models import Block, PhoneMember, User
from mindspace.site.models import SiteDetails
from mutualaid import acting, hearing
from mutualaid.errors import Answered, MayNotWrite
from mutualaid.models import Arrangement, HeldMessage, Post, Response
from tests.mutualaid.cast import alice, bob, client_of, form_data, grown_up, max_, mia, post, rosa
from tests.mutualaid.test_sanctions import impose

pytestmark = pytest.mark.django_db
CRISIS = "I do not want to live any more. Call 214-555-0142."


def weekly(**fields: Any) -> Post:
    first = timezone.localdate() + timedelta(days=7)
    rule = recurrence.weekly([first.weekday()])
    ends = timezone.localdate() + timedelta(days=60)
    return post(
        alice(), slots=2, when="recurring", first_day=first, start=time(14, 15), rule=rule, ends_on=ends, **fields
    )


def agreed(made: Post) -> Response:
    response: Response = Response.objects.send_in(None, made, bob(), "I can.")
    response.accept()
    return response


@pytest.mark.parametrize(
    "fields",
    [{"start": time(8)}, {"rule": "FREQ=DAILY"}, {"first_day": date(2030, 1, 1)}, {"zone": "America/New_York"},
     {"when": "any", "start": None, "rule": "", "first_day": None}],
)  # fmt: skip
def test_the_hour_of_what_was_answered_stays(fields: dict[str, Any]) -> None:
    made = weekly()
    response = agreed(made)
    before = response.arrangements.get().starts_at
    with pytest.raises(Answered):
        made.change(**fields)
    made.refresh_from_db()
    assert (made.start, made.next_time) == (time(14, 15), before)
    made.change(words="Other words.")  # what does not move it is its author's
    assert Post.objects.get(pk=made.pk).words == "Other words."


def test_nor_does_it_move_with_the_town() -> None:
    made = weekly()
    agreed(made)
    author, path = client_of(made.author), f"/mutual-aid/{made.pk}/edit/when/"
    sent = author.post(path, form_data(author.get(path).content, area="10001"), follow=True)
    assert "Somebody has answered" in sent.content.decode()
    assert Post.objects.get(pk=made.pk).zone == made.zone


def test_a_post_is_about_no_day_in_the_year_9999() -> None:
    made = weekly()
    author, path = client_of(made.author), f"/mutual-aid/{made.pk}/edit/when/"
    sent = author.post(path, form_data(author.get(path).content, last_day="9999-12-31"))
    assert sent.status_code == 400
    assert "Choose a day in the year to come." in sent.content.decode()


def in_many_conversations() -> Response:
    """The ninth in two days: its first line waits for a moderator."""
    helper = bob()
    for number in range(8):
        Response.objects.send_in(None, post(grown_up(f"a{number}"), f"Post {number}"), helper, "Hello.")
    response: Response = Response.objects.send_in(None, post(alice()), helper, "I can come.")
    assert response.is_held
    return response


def test_a_later_line_that_goes_takes_no_answer_with_it() -> None:
    response = in_many_conversations()
    second = response.say(response.by, "And I have a car.")
    client_of(response.by).post(f"{response.get_absolute_url()}take-back/", {"line": second.pk})
    third = response.say(response.by, CRISIS)
    HeldMessage.objects.get(message=third).decide(max_(), "refuse", "A number.")
    response.refresh_from_db()
    assert (response.state, response.is_held) == ("proposed", True)
    HeldMessage.objects.waiting().get().decide(mia(), "approve")
    response.refresh_from_db()
    assert not response.is_held
    assert [line.words for line in response.lines_for(response.post.author)] == ["I can come."]


def test_without_its_first_line_an_answer_is_none() -> None:
    response = in_many_conversations()
    first = response.messages.get()
    client_of(response.by).post(f"{response.get_absolute_url()}take-back/", {"line": first.pk})
    response.refresh_from_db()
    assert response.state == "withdrawn"


def test_nor_is_what_stands_behind_it_read() -> None:
    response = in_many_conversations()
    first = response.messages.get()
    behind = response.say(response.by, "And I have a car.")
    first.take_back(response.by)
    behind.refresh_from_db()
    assert (behind.state, list(response.lines_for(response.post.author))) == ("held", [])


def test_a_later_line_that_is_fine_waits_for_the_first() -> None:
    response = in_many_conversations()
    second = response.say(response.by, CRISIS)
    HeldMessage.objects.get(message=second).decide(max_(), "approve")
    response.refresh_from_db()
    assert response.is_held
    HeldMessage.objects.waiting().get().decide(mia(), "approve")
    assert [line.words for line in response.lines_for(response.post.author)] == ["I can come.", CRISIS]


def test_fewer_chairs_may_be_what_ends_a_request() -> None:
    made = post(alice(), slots=2)
    response = agreed(made)
    arrangement = Arrangement.objects.get(response=response)
    for user in (made.author, response.by):
        arrangement.say_done(user)
    made.refresh_from_db()
    assert made.state == "open"
    made.change(slots=1)
    made.refresh_from_db()
    assert (made.state, made.closed_as) == ("closed", "fulfilled")


def test_whoever_may_not_write_is_told_so_at_their_yes() -> None:
    made = post(alice())
    response = Response.objects.send_in(None, made, bob(), "I can.")
    impose(made.author, "mute")
    with pytest.raises(MayNotWrite):
        response.accept()
    response.decline()


@pytest.fixture
def moderator() -> User:
    return max_()


@pytest.fixture
def member(moderator: User) -> PhoneMember:
    return rosa(moderator)


@pytest.fixture
def by_phone(moderator: User) -> Client:
    return client_of(moderator)


def may(moderator: User, member: PhoneMember, made: Post) -> tuple[bool, int]:
    """Whether the page offers it, and what the address gives."""
    path = f"/mutual-aid/by-phone/{member.pk}/answer/{made.pk}/"
    return member in acting.may_answer(made, moderator), client_of(moderator).get(path).status_code


def test_no_moderator_speaks_for_two_members_to_each_other(moderator: User, member: PhoneMember) -> None:
    other = PhoneMember.objects.welcome(moderator, "Walter", "Yes.", adult=True)
    made = post(other.user, "Bread", written_by=moderator)
    assert may(moderator, member, made) == (False, 404)
    response = Response.objects.send_in(None, made, member.user, "I can.")
    colleague = mia()
    assert may(colleague, member, post(other.user, "Rice", written_by=moderator)) == (True, 200)
    assert response in hearing.conversations(other, colleague)
    path = f"/mutual-aid/by-phone/{member.pk}/answers/{response.pk}/"
    client = client_of(colleague)
    client.post(path, form_data(client.get(path).content, do="say", words="On Friday.", wanted="on"))
    assert response not in hearing.conversations(other, colleague)
    SiteDetails.objects.update(staff_of_one=True)
    assert response in hearing.conversations(other, colleague)


@pytest.mark.parametrize("who", ["they", "the moderator"])
def test_a_block_holds_for_whoever_speaks_for_somebody(moderator: User, member: PhoneMember, who: str) -> None:
    made = post(alice())
    response = Response.objects.send_in(None, made, member.user, "I can.")
    assert response in hearing.conversations(member, moderator)
    two = (made.author, moderator) if who == "they" else (moderator, made.author)
    Block.objects.create(blocker=two[0], blocked=two[1])
    assert response not in hearing.conversations(member, moderator)
    assert may(moderator, member, post(made.author, "Rice")) == (False, 404)


def test_a_stranger_finds_no_words_that_they_are_not_shown() -> None:
    words = " ".join(f"word{number}" for number in range(20)) + " kettle " + "and so on " * 5 + "zither"
    made = post(alice(), audience="public", words=words, helps="A harmonium.")
    stranger, reader = client_of(None), client_of(bob())
    for asked, found in (("kettle", True), ("soup", True), ("zither", False), ("harmonium", False)):
        assert (made.title in stranger.get(f"/mutual-aid/?q={asked}").content.decode()) is found, asked
        assert made.title in reader.get(f"/mutual-aid/?q={asked}").content.decode(), asked
