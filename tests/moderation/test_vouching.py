"""Nia asks to be vouched for; Max, a moderator, answers."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from mindspace.accounts.models import Block, User, Vouch
from mindspace.moderation import errors
from mindspace.moderation.models import CannotAsk, VouchRequest
from tests.accounts.conftest import ed, make, max_, mona, signed_in  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User | None], Client]
PAGE = "/moderation/vouching/"
WORDS = "I come to the Tuesday group."


@pytest.fixture
def nia() -> User:
    return make("nia")


def test_asking_waits_and_says_what_happens_next(nia: User, signed_in: SignedIn) -> None:  # noqa: F811
    client = signed_in(nia)
    assert "What happens next" in client.get(PAGE).content.decode()
    page = client.post(PAGE, {"note": WORDS}, follow=True).content.decode()
    assert "It waits for a moderator" in page
    assert "within two days" in page
    assert VouchRequest.objects.waiting().get().made_by == nia


def test_one_tap_of_a_moderator(nia: User, max_: User, signed_in: SignedIn) -> None:  # noqa: F811
    signed_in(nia).post(PAGE, {"note": WORDS})
    wish = VouchRequest.objects.get()
    client = signed_in(max_)
    page = client.get("/moderation/").content.decode()
    assert "nia wishes to be vouched for" in page
    assert WORDS in page
    assert nia.email not in page
    mail.outbox.clear()
    client.post(f"/moderation/vouch/{wish.pk}/", {"seen": wish.fingerprint, "verdict": "approve"})
    assert nia.is_vouched
    assert Vouch.objects.get(vouched=nia).by_moderator
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([nia.email], "An answer for you")
    assert WORDS not in str(message.body)
    assert "Others here have vouched for you" in signed_in(nia).get(PAGE).content.decode()


@pytest.mark.parametrize("by_moderator", [True, False])
def test_a_word_on_her_page_answers_what_she_asked(
    by_moderator: bool,
    nia: User,
    max_: User,  # noqa: F811
    mona: User,  # noqa: F811
    signed_in: SignedIn,  # noqa: F811
) -> None:
    for voucher in (mona, make("ned")):
        Vouch.objects.give(max_, voucher)
    wish = VouchRequest.objects.ask(nia, WORDS)
    mail.outbox.clear()
    for voucher in (max_,) if by_moderator else (mona, User.objects.get(display_name="ned")):
        assert VouchRequest.objects.waiting().get() == wish
        assert mail.outbox == []
        signed_in(voucher).post(f"/accounts/people/{nia.pk}/vouch/")
    wish.refresh_from_db()
    assert (wish.state, wish.decided_at is None) == ("approved", False)
    assert [each.by for each in wish.decisions()] == ([max_] if by_moderator else [])  # members decide nothing
    Vouch.objects.give(max_, nia)
    assert [(message.to, message.subject) for message in mail.outbox] == [([nia.email], "An answer for you")]
    assert "the answer is yes" in str(mail.outbox[0].body)
    with pytest.raises(errors.AlreadyDecided):
        wish.decide(max_, "refuse", "Not yet.")


def test_a_question_is_answered_on_the_same_page(nia: User, max_: User, signed_in: SignedIn) -> None:  # noqa: F811
    client = signed_in(nia)
    client.post(PAGE, {})
    VouchRequest.objects.get().decide(max_, "ask", "Can you come by?")
    assert PAGE in str(mail.outbox[-1].body)
    assert "come by" not in str(mail.outbox[-1].body)
    assert "Can you come by?" in client.get(PAGE).content.decode()
    client.post(PAGE, {"answer": "On Friday."})
    wish = VouchRequest.objects.get()
    assert (wish.state, wish.answer) == ("waiting", "On Friday.")


def test_not_yet_can_be_asked_again_in_a_month(
    nia: User, max_: User, signed_in: SignedIn, time_machine: Any  # noqa: F811
) -> None:  # fmt: skip
    VouchRequest.objects.ask(nia, WORDS)
    VouchRequest.objects.get().decide(max_, "refuse", "Not yet.")
    assert not nia.is_vouched
    with pytest.raises(CannotAsk):
        VouchRequest.objects.ask(nia, WORDS)
    time_machine.move_to(timezone.now() + timedelta(days=31))
    VouchRequest.objects.ask(nia, WORDS)


def test_who_may_not_vouch_is_not_shown_it(nia: User, ed: User, mona: User, signed_in: SignedIn) -> None:  # noqa: F811
    VouchRequest.objects.ask(nia, WORDS)
    wish = VouchRequest.objects.get()
    for person in (ed, mona, None):
        answer = signed_in(person).get(f"/moderation/vouch/{wish.pk}/")
        assert answer.status_code == 404
        assert WORDS not in answer.content.decode()


def test_a_moderator_does_not_answer_their_own(max_: User, signed_in: SignedIn) -> None:  # noqa: F811
    VouchRequest.objects.ask(max_, WORDS)
    wish = VouchRequest.objects.get()
    said = {"seen": wish.fingerprint, "verdict": "approve"}
    assert signed_in(max_).post(f"/moderation/vouch/{wish.pk}/", said).status_code == 404
    assert not max_.is_vouched


def test_nor_for_somebody_they_are_apart_from(nia: User, max_: User, signed_in: SignedIn) -> None:  # noqa: F811
    VouchRequest.objects.ask(nia, WORDS)
    Block.objects.put(nia, max_)
    wish = VouchRequest.objects.get()
    signed_in(max_).post(f"/moderation/vouch/{wish.pk}/", {"seen": wish.fingerprint, "verdict": "approve"})
    assert not nia.is_vouched
    assert VouchRequest.objects.waiting().exists()


def test_ten_clicks_ask_once(nia: User, signed_in: SignedIn) -> None:  # noqa: F811
    client = signed_in(nia)
    said = {"note": WORDS, "form_key": "0b6f5b3e-90cf-4f22-a3b5-6ac3b1a3c003"}
    for _click in range(10):
        assert client.post(PAGE, said).status_code == 302
    assert VouchRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_asking_from_two_phones_at_once_waits_once() -> None:
    nia = make("nia")
    failures: list[Exception] = []

    def ask() -> None:
        try:
            VouchRequest.objects.ask(nia, WORDS)
        except CannotAsk:
            pass
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert VouchRequest.objects.waiting().count() == 1


def test_a_no_is_explained_on_the_page_and_not_in_the_mail(nia: User, max_: User, signed_in: SignedIn) -> None:  # noqa: F811
    client = signed_in(nia)
    client.post(PAGE, {})
    VouchRequest.objects.get().decide(max_, "refuse", "A canary of ours.")
    assert "canary" not in mail.outbox[-1].subject + str(mail.outbox[-1].body)
    assert "A canary of ours." in client.get(PAGE).content.decode()
