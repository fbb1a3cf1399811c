"""Rosa has no e-mail; Max, a moderator, has her on the phone."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from mindspace.accounts.models import PhoneMember, User
from mindspace.accounts.roles import MODERATOR
from mindspace.mail.templates import send
from tests.accounts.conftest import make

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User | None], Client]
SAID = {"display_name": "Rosa", "consent": "She said yes to all of it.", "agreed": "on", "is_adult": "on"}


def may_act_for(user: User, other: User) -> bool:
    return bool(PhoneMember.objects.helped_by(user).filter(user=other).exists())


def test_a_moderator_makes_a_member_with_consent_recorded(max_: User, signed_in: SignedIn) -> None:
    client = signed_in(max_)
    client.post("/accounts/by-phone/", SAID)
    rosa = PhoneMember.objects.get()
    assert (rosa.user.display_name, rosa.made_by, rosa.consent) == ("Rosa", max_, SAID["consent"])
    assert rosa.user.is_adult
    assert may_act_for(max_, rosa.user)
    page = client.get(f"/accounts/people/{rosa.pk}/").content.decode()
    assert "A moderator posts and answers for them" in page


@pytest.mark.parametrize("missing", ["consent", "agreed"])
def test_not_without_consent(max_: User, signed_in: SignedIn, missing: str) -> None:
    assert signed_in(max_).post("/accounts/by-phone/", SAID | {missing: ""}).status_code == 400
    assert not PhoneMember.objects.exists()


def test_nor_past_the_database(mona: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PhoneMember.objects.create(user=mona, consent="")


def test_ten_clicks_make_one(max_: User, signed_in: SignedIn) -> None:
    client = signed_in(max_)
    for _click in range(10):
        said = SAID | {"form_key": "0b6f5b3e-90cf-4f22-a3b5-6ac3b1a3c002"}
        assert client.post("/accounts/by-phone/", said).status_code == 302
    assert PhoneMember.objects.count() == 1


def test_two_moderators_with_one_form_make_two(max_: User, signed_in: SignedIn) -> None:
    said = SAID | {"form_key": "0b6f5b3e-90cf-4f22-a3b5-6ac3b1a3c002"}
    for moderator in (max_, make("mia", MODERATOR)):
        assert signed_in(moderator).post("/accounts/by-phone/", said).status_code == 302
    assert len({row.made_by for row in PhoneMember.objects.all()}) == 2


def test_nobody_else_may(mona: User, ed: User, max_: User, signed_in: SignedIn) -> None:
    rosa = PhoneMember.objects.welcome(max_, "Rosa", "Yes.")
    for person in (mona, ed):
        assert signed_in(person).post("/accounts/by-phone/", SAID).status_code == 404
        assert signed_in(person).post(f"/accounts/by-phone/{rosa.pk}/end/").status_code == 404
        assert not may_act_for(person, rosa.user)
    assert not may_act_for(max_, mona)


@pytest.mark.parametrize("said", [{"how": "stop"}, {"sure": "on"}, {"how": "x", "sure": "on"}])
def test_nothing_ends_without_a_choice_and_a_yes(max_: User, signed_in: SignedIn, said: dict[str, str]) -> None:
    rosa = PhoneMember.objects.welcome(max_, "Rosa", "Yes.")
    client, path = signed_in(max_), f"/accounts/by-phone/{rosa.pk}/end/"
    assert "Rosa takes it back" in client.get(path).content.decode()
    assert client.post(path, said).status_code == 400
    assert may_act_for(max_, rosa.user)


def test_she_takes_it_back_and_what_she_agreed_to_stays_on_record(max_: User, signed_in: SignedIn) -> None:
    rosa = PhoneMember.objects.welcome(max_, "Rosa", "Yes.")
    client = signed_in(max_)
    for _click in range(2):
        assert client.post(f"/accounts/by-phone/{rosa.pk}/end/", {"how": "stop", "sure": "on"}).status_code == 302
    assert not may_act_for(max_, rosa.user)
    rosa.refresh_from_db()
    assert (rosa.consent, bool(rosa.ended_at)) == ("Yes.", True)
    page = client.get(f"/accounts/people/{rosa.pk}/").content.decode()
    assert "A moderator posts" not in page
    assert "Rosa" not in client.get("/accounts/by-phone/").content.decode()


def test_she_wants_it_all_deleted(max_: User, signed_in: SignedIn) -> None:
    rosa = PhoneMember.objects.welcome(max_, "Rosa", "Yes.")
    signed_in(max_).post(f"/accounts/by-phone/{rosa.pk}/end/", {"how": "delete", "sure": "on"})
    assert not User.objects.filter(pk=rosa.pk).exists()
    assert not PhoneMember.objects.exists()


def test_there_is_no_way_in_and_no_mail(client: Client, max_: User) -> None:
    rosa = PhoneMember.objects.welcome(max_, "", "Yes.").user
    assert rosa.display_name
    assert not rosa.can_be_mailed
    assert not rosa.has_usable_password()
    send("accounts/mail/still_you", rosa.email, {"code": "1"})
    client.post("/accounts/login/code/", {"email": rosa.email})
    assert mail.outbox == []
