"""Rosa has no e-mail. Max has her on the phone, and posts and answers for her; Alice reads that he does."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mindspace.accounts import leaving
from mindspace.accounts.models import PhoneMember, Profile, User
from mindspace.moderation.errors import YourOwn
from mindspace.moderation.models import Sanction
from mutualaid import acting
from mutualaid.models import Acted, Message, PassRequest, Post, Response
from tests.mutualaid.cast import IRVING, alice, bob, client_of, draft, form_data, max_, mia, post

pytestmark = pytest.mark.django_db
WHAT = {"kind": "request", "category": "groceries", "title": "A bag of rice", "words": "I cannot carry it."}


@pytest.fixture
def moderator() -> User:
    return max_()


@pytest.fixture
def rosa(moderator: User) -> PhoneMember:
    made: PhoneMember = PhoneMember.objects.welcome(moderator, "Rosa", "She said yes to all of it.", adult=True)
    return made


@pytest.fixture
def by_phone(moderator: User) -> Client:
    return client_of(moderator)


def home(rosa: PhoneMember) -> str:
    return f"/mutual-aid/by-phone/{rosa.pk}/"


def test_a_post_for_her_through_the_same_steps(by_phone: Client, rosa: PhoneMember, moderator: User) -> None:
    form = by_phone.get(f"{home(rosa)}new/")
    assert "You write this for Rosa" in form.content.decode()
    words = form_data(form.content, **WHAT)
    for _click in range(2):
        sent = by_phone.post(f"{home(rosa)}new/", words)
    made = Post.objects.get()
    assert (made.author, made.written_by) == (rosa.user, moderator)
    by_phone.post(sent["Location"], {"where": "near", "area": "75038", "when": "any"})
    who = by_phone.get(f"/mutual-aid/{made.pk}/edit/who/")
    by_phone.post(f"/mutual-aid/{made.pk}/edit/who/", form_data(who.content, audience="members", until="30"))
    check = by_phone.get(f"/mutual-aid/{made.pk}/edit/check/")
    assert "You write this for Rosa" in check.content.decode()
    by_phone.post(f"/mutual-aid/{made.pk}/edit/check/")
    made.refresh_from_db()
    assert made.state == "held"  # her first posts are read, as everybody's are
    made.publish(mia())
    page = client_of(alice()).get(made.get_absolute_url()).content.decode()
    assert "written down by a moderator on the phone" in page
    assert "A bag of rice" in by_phone.get(home(rosa)).content.decode()
    by_phone.post(f"/mutual-aid/{made.pk}/close/", {"closed_as": "withdrawn"})
    made.refresh_from_db()
    assert made.closed_as == "withdrawn"


def test_nobody_writes_for_somebody_who_did_not_ask(by_phone: Client, rosa: PhoneMember) -> None:
    theirs = draft(alice())
    assert by_phone.get(f"/mutual-aid/{theirs.pk}/edit/what/").status_code == 404
    assert by_phone.post(f"/mutual-aid/{theirs.pk}/close/", {"closed_as": "withdrawn"}).status_code == 404
    hers = draft(rosa.user)
    assert by_phone.get(f"/mutual-aid/{hers.pk}/edit/what/").status_code == 200
    assert client_of(bob()).get(f"/mutual-aid/{hers.pk}/edit/what/").status_code == 404
    rosa.end()
    assert by_phone.get(f"/mutual-aid/{hers.pk}/edit/what/").status_code == 404
    assert by_phone.get(home(rosa)).status_code == 404


def test_not_for_somebody_who_has_not_said_their_age(by_phone: Client, moderator: User) -> None:
    young = PhoneMember.objects.welcome(moderator, "Young", "Yes.")
    theirs = post(alice())
    assert by_phone.post(f"{home(young)}new/", WHAT).status_code == 403
    assert by_phone.get(f"{home(young)}answer/{theirs.pk}/").status_code == 403
    assert not Post.objects.filter(author=young.user).exists()
    by_phone.post(f"{home(young)}age/")
    assert not young.user.is_adult
    assert f'action="{home(young)}age/"' in by_phone.get(f"{home(young)}new/").content.decode()
    for client in (by_phone, client_of(mia())):  # who hears it again changes nothing
        client.post(f"{home(young)}age/", {"is_adult": "on"})
    assert young.user.is_adult
    assert by_phone.get(f"{home(young)}new/").status_code == 200
    young.refresh_from_db()
    assert young.age_heard_by == moderator
    record = by_phone.get(home(young)).content.decode().partition("What was done for them")[2]
    assert "Noted that they are 18 or older" in record
    assert "Max" in record
    [told] = leaving.everything(young.user)["account"]["helped_by_phone"]
    assert (told["said_to_be_18_or_over"], told["heard_by"]) == (young.age_heard_at, "Max")


def test_no_age_is_heard_of_somebody_who_took_it_back(moderator: User) -> None:
    young = PhoneMember.objects.welcome(moderator, "Young", "Yes.")
    PhoneMember.objects.update(ended_at=timezone.now())  # a moment after the page was opened
    assert not PhoneMember.objects.hear_age(moderator, young.pk)
    assert not young.user.is_adult


def test_nor_for_somebody_who_may_not_write(by_phone: Client, rosa: PhoneMember, moderator: User) -> None:
    until = timezone.now() + timedelta(days=3)
    Sanction.objects.impose(rosa.user, "mute", by=moderator, reason="x", until=until)
    page = by_phone.get(f"{home(rosa)}new/")
    assert page.status_code == 403
    assert b"Rosa may not write for now" in page.content
    assert b"18 or older" not in page.content.partition(b"<main")[2].partition(b"</main")[0]


def answers(by_phone: Client, rosa: PhoneMember, made: Post, **said: Any) -> Any:
    path = f"{home(rosa)}answer/{made.pk}/"
    words = form_data(by_phone.get(path).content, words="I have rice to give.", wanted="on")
    return by_phone.post(path, words | said)


def test_an_answer_for_her_with_her_yes(by_phone: Client, rosa: PhoneMember, moderator: User) -> None:
    made = post(alice())
    assert "Rosa" not in by_phone.get(made.get_absolute_url()).content.decode()
    assert "Rosa" in by_phone.get(f"{made.get_absolute_url()}moderation/").content.decode()
    assert answers(by_phone, rosa, made, wanted="").status_code == 400
    assert not Response.objects.exists()
    answers(by_phone, rosa, made)
    response = Response.objects.get()
    assert response.by == rosa.user
    assert [(each.by, each.did) for each in Acted.objects.all()] == [(moderator, "answer")]
    assert made.author
    page = client_of(made.author).get(response.get_absolute_url()).content.decode()
    assert "Rosa has no e-mail. A moderator reads this to them" in page
    assert f">{moderator.display_name}<" not in page


def test_nobody_answers_their_own_post_for_her(by_phone: Client, rosa: PhoneMember, moderator: User) -> None:
    Profile.of(moderator).say_grown_up()
    made = post(moderator, "Rice to give", kind="offer")
    page = by_phone.get(f"{made.get_absolute_url()}moderation/").content.decode()
    assert "Answer for somebody on the phone" not in page
    assert by_phone.get(f"{home(rosa)}answer/{made.pk}/").status_code == 404
    said = {"words": "I would like that.", "wanted": "on"}
    assert by_phone.post(f"{home(rosa)}answer/{made.pk}/", said).status_code == 404
    assert not Response.objects.exists()
    assert client_of(mia()).get(f"{home(rosa)}answer/{made.pk}/").status_code == 200


def test_whoever_has_answered_is_not_named_to_answer_again(
    by_phone: Client, rosa: PhoneMember, moderator: User
) -> None:
    other = PhoneMember.objects.welcome(moderator, "Paula", "Yes.", adult=True)
    made = post(alice())
    response = Response.objects.send_in(None, made, rosa.user, "I can.")
    for state, named in (("proposed", [other]), ("declined", [other]), ("withdrawn", [rosa, other])):
        decided_at = None if state == "proposed" else timezone.now()
        Response.objects.filter(pk=response.pk).update(state=state, decided_at=decided_at)
        assert set(acting.may_answer(made, moderator)) == set(named), state


def test_words_are_dropped_with_no_choice(by_phone: Client, rosa: PhoneMember) -> None:
    response = Response.objects.send_in(None, post(rosa.user, "A bag of rice"), bob(), "I can bring it.")
    path = f"{home(rosa)}answers/{response.pk}/"
    form = form_data(by_phone.get(path).content, do="accept", words="Come after six.", wanted="on")
    sent = by_phone.post(path, form)
    assert sent.status_code == 400
    assert "With this choice, nothing is written." in sent.content.decode()
    assert "Come after six." in sent.content.decode()
    response.refresh_from_db()
    assert response.state == "proposed"


@pytest.mark.parametrize("verbs", [["accept", "done"], ["decline"], ["accept", "suggest", "cancel"], ["say"]])
def test_each_click_of_one_form_is_answered_as_the_first(by_phone: Client, rosa: PhoneMember, verbs: list[str]) -> None:
    response = Response.objects.send_in(None, post(rosa.user, "A bag of rice"), bob(), "I can bring it.")
    path = f"{home(rosa)}answers/{response.pk}/"
    for do in verbs:
        said = {"words": "Thank you."} if do in ("say", "cancel") else {}
        if do == "suggest":
            said |= {"day": f"{timezone.localdate() + timedelta(days=3)}", "start": "14:00"}
        form = form_data(by_phone.get(path).content, do=do, wanted="on", **said)
        assert [by_phone.post(path, form).status_code for _click in range(3)] == [302] * 3, do
        assert "Done, for Rosa." in by_phone.get(path).content.decode()
    assert [each.did for each in Acted.objects.all()] == verbs
    assert Message.objects.filter(by=rosa.user).count() == len({"say", "cancel"} & {*verbs})


def test_what_she_says_and_decides_is_done_once_and_written_down(by_phone: Client, rosa: PhoneMember) -> None:
    hers = post(rosa.user, "A bag of rice")
    response = Response.objects.send_in(None, hers, bob(), "I can bring it.")
    path = f"{home(rosa)}answers/{response.pk}/"
    assert "I can bring it." in by_phone.get(path).content.decode()
    say = form_data(by_phone.get(path).content, do="say", words="On Friday, please.", wanted="on")
    for _click in range(10):
        by_phone.post(path, say)
    assert Message.objects.filter(by=rosa.user).count() == 1
    assert by_phone.post(path, {"do": "accept"}).status_code == 400  # did she want it?
    for do in ("accept", "done"):
        by_phone.post(path, form_data(by_phone.get(path).content, do=do, wanted="on"))
    response.refresh_from_db()
    assert (response.state, response.arrangements.get().state) == ("accepted", "done")
    assert [each.did for each in Acted.objects.all()] == ["say", "accept", "done"]
    page = by_phone.get(path).content.decode()
    assert "Said yes" in page
    assert by_phone.post(path, {"do": "withdraw", "wanted": "on"}).status_code == 400


def test_a_time_for_her_and_what_is_held_until_somebody_has_read_it(by_phone: Client, rosa: PhoneMember) -> None:
    helper, hers = bob(), post(rosa.user, "A bag of rice")
    response = Response.objects.send_in(None, hers, helper, "I can bring it.")
    path = f"{home(rosa)}answers/{response.pk}/"

    def do(verb: str, **said: Any) -> Any:
        return by_phone.post(path, form_data(by_phone.get(path).content, do=verb, wanted="on", **said))

    assert b'name="day"' not in by_phone.get(path).content
    do("accept")
    assert do("suggest").status_code == 400  # when?
    day = timezone.localdate() + timedelta(days=3)
    do("suggest", day=f"{day}", start="14:00", words="")
    made = response.arrangements.get()
    assert (made.suggested_by, made.starts_at) == (rosa.user, None)
    made.suggest(helper, timezone.now().replace(microsecond=0) + timedelta(days=5))  # as a form does
    assert "suggests" in by_phone.get(path).content.decode()
    do("agree")
    made.refresh_from_db()
    assert made.starts_at
    response.say(helper, "My number is 214-555-0123.")
    assert "214-555-0123" not in by_phone.get(path).content.decode()
    assert do("say", words="Mine is 214-555-0456.").status_code == 400  # what was found is said first
    do("say", words="Mine is 214-555-0456.", as_it_is="on")
    assert Message.objects.get(by=rosa.user).state == "held"
    assert "the other side does not see it" in by_phone.get(path).content.decode()


def test_only_hers(by_phone: Client, rosa: PhoneMember) -> None:
    other = Response.objects.send_in(None, post(alice(), **IRVING), bob(), "Between the two of us.")
    assert by_phone.get(f"{home(rosa)}answers/{other.pk}/").status_code == 404


def test_it_needs_the_second_factor(by_phone: Client, rosa: PhoneMember, settings: Any) -> None:
    hers = draft(rosa.user)
    settings.ON_LOOPBACK = False
    assert by_phone.get(home(rosa))["Location"].startswith("/accounts/")
    assert by_phone.get(f"/mutual-aid/{hers.pk}/edit/what/")["Location"].startswith("/accounts/")
    assert by_phone.post(f"/mutual-aid/{hers.pk}/close/", {"closed_as": "withdrawn"}).status_code == 404


def test_her_yes_is_to_the_time_that_was_read_to_her(by_phone: Client, rosa: PhoneMember) -> None:
    hers, helper = post(rosa.user, "A bag of rice"), bob()
    response = Response.objects.send_in(None, hers, helper, "I can bring it.")
    response.accept()
    path, first = f"{home(rosa)}answers/{response.pk}/", timezone.now().replace(microsecond=0) + timedelta(days=3)
    response.arrangements.get().suggest(helper, first)
    read_out = form_data(by_phone.get(path).content, do="agree", wanted="on")
    response.arrangements.get().suggest(helper, first + timedelta(days=1))
    assert "has changed since" in by_phone.post(path, read_out, follow=True).content.decode()
    assert response.arrangements.get().starts_at is None
    by_phone.post(path, form_data(by_phone.get(path).content, do="agree", wanted="on"))
    assert response.arrangements.get().starts_at == first + timedelta(days=1)


def test_a_ride_for_her_with_somebody_whom_another_moderator_lets_pass(by_phone: Client, rosa: PhoneMember) -> None:
    response = Response.objects.send_in(None, post(rosa.user, "A ride", category="rides"), bob(), "I drive.")
    path = f"{home(rosa)}answers/{response.pk}/"
    page = by_phone.get(path).content.decode()
    assert "Say yes" not in page
    assert "the helper must be vouched for, by two members" in page
    by_phone.post(path, form_data(page.encode(), do="pass", wanted="on"))
    asked = PassRequest.objects.get()
    assert asked.made_by == rosa.user
    assert b"A moderator has been asked." in by_phone.get(path).content
    with pytest.raises(YourOwn):
        asked.decide(User.objects.get(email="max@example.org"), "approve")
    asked.decide(mia(), "approve")
    by_phone.post(path, form_data(by_phone.get(path).content, do="accept", wanted="on"))
    response.refresh_from_db()
    assert response.state == "accepted"


def test_a_time_that_she_suggested_can_be_taken_back(by_phone: Client, rosa: PhoneMember) -> None:
    response = Response.objects.send_in(None, post(rosa.user, "A bag of rice"), bob(), "I can bring it.")
    response.accept()
    response.arrangements.get().suggest(rosa.user, timezone.now() + timedelta(days=3))
    path = f"{home(rosa)}answers/{response.pk}/"
    by_phone.post(path, form_data(by_phone.get(path).content, do="keep", day="", start="", wanted="on"))
    assert response.arrangements.get().suggested_at is None
