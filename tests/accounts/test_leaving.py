"""Alice takes her data out and leaves. Nothing of the account stays but what is named here, with its reason."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import mail
from django.db import models
from django.test import Client

from mindspace.accounts import leaving
from mindspace.accounts.models import Block, ContactDetail, PhoneMember, Profile, User, Vouch
from tests.accounts.codes import code_in_mail
from tests.accounts.conftest import PASSWORD, make

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User | None], Client]

# What has a person's row in it, by way of which column. It is in their export, and gone with the account.
OWN = {
    "account.EmailAddress.user", "accounts.Block.blocker", "accounts.ContactDetail.user", "accounts.PhoneMember.user",
    "accounts.Profile.user", "accounts.SignIn.user", "accounts.User.groups", "accounts.Vouch.vouched",
    "accounts.Vouch.voucher",
    "circles.Invitation.made_by", "circles.Membership.user",
    "groups.Claim.made_by", "groups.GroupReport.made_by", "groups.Organizer.user", "groups.Suggestion.made_by",
    "accounts.Invitation.accepted_by", "moderation.VouchRequest.made_by", "mutualaid.HeldPost.made_by",
    "mutualaid.PassRequest.made_by", "mutualaid.HeldMessage.made_by",
    "moderation.Appeal.made_by", "moderation.PersonReport.made_by",
    "moderation.Sanction.user", "notifications.Notification.user",
    "notifications.Preference.user", "notifications.QuietHours.user",
    "mutualaid.Acted.member",
    "mutualaid.Asked.person", "mutualaid.Message.by", "mutualaid.Post.author", "mutualaid.PostReport.made_by",
    "mutualaid.ResponseReport.made_by",
    "mutualaid.Response.by", "mutualaid.Reveal.detail", "mfa.Authenticator.user",
    "timebank.Transfer.giver", "timebank.Transfer.receiver",
}  # fmt: skip
# What is somebody else's, or the site's: it is in no export of this person, and their name goes from it.
NOT_THEIRS = {
    "account.EmailConfirmation.email_address": "a code on its way; gone with the address",
    "accounts.Block.blocked": "who blocked them is never told; gone with the account",
    "accounts.Invitation.invited_by": "the invited person's",
    "accounts.PhoneMember.made_by": "the helped person's",
    "accounts.PhoneMember.age_heard_by": "the helped person's",
    "accounts.SecondFactorReset.by": "of a colleague",
    "accounts.SecondFactorReset.whose": "the record that a reset was made; without the name once they leave",
    "accounts.User.user_permissions": "what the staff may do",
    "accounts.User_groups.user": "as User.groups",
    "accounts.User_user_permissions.user": "as User.user_permissions",
    "admin.LogEntry.user": "what staff did at the desk; gone with the account",
    "groups.ImportRun.by": "the site's record of what came from elsewhere; without the name once they leave",
    "groups.OrganizerLink.organizer": "a link on its way; gone with the organizer",
    "mutualaid.Acted.by": "what was done for whoever they helped by phone; without the name once they leave",
    "mutualaid.Acted.response": "goes with the answer",
    "notifications.Notification.told_by": "what they read to somebody on the phone; without the name once they leave",
    "mutualaid.Post.written_by": "of whoever they wrote it for",
    "moderation.PersonReport.target": "who reported them is never told; gone with the account",
    "moderation.Sanction.made_by": "the other person's",
    "moderation.ThreadLook.by": "a look stays on the record, without the name",
    "mutualaid.Arrangement.response": "of both; whoever counted on it is told, and it goes with the answer",
    "mutualaid.Arrangement.suggested_by": "of both; an arrangement of somebody who leaves is called off",
    "mutualaid.HeldMessage.message": "what a moderator decides about a line; it goes with the line",
    "mutualaid.PassRequest.response": "what a moderator decides about an answer; it goes with the answer",
    "mutualaid.Message.response": "the other's lines go with the answer they are about",
    "mutualaid.ResponseReport.target": "who reported a conversation is never told; gone with the answer",
    "mutualaid.Reveal.arrangement": "goes with the arrangement",
    "mutualaid.Seat.response": "the chair is free again",
    "timebank.Transfer.arrangement": "hours stay when what was agreed goes, so that the other's balance stays right",
    "moderation.Decision.by": "a decision stays, without the name",
}
# Articles, listings and help lines are the site's: who worked on them leaves it without their name.
WORK = ("articles.", "mindspace_site.", "groups.MeetingException")


def columns_of_people() -> dict[str, Any]:
    """Every column that leads to a person, through tables in between if need be."""
    models_ = apps.get_models(include_auto_created=True)
    found: dict[str, Any] = {}
    reached: set[Any] = {User}
    while True:
        more = {
            f"{model._meta.label}.{field.name}": field
            for model in models_
            for field in model._meta.get_fields()
            if isinstance(field, models.ForeignKey) and field.related_model in reached and _personal(field)
        }
        if more.keys() == found.keys():
            return found
        found = more
        reached |= {field.model for field in more.values() if field.remote_field.on_delete is models.CASCADE}


def _personal(field: models.ForeignKey[Any, Any]) -> bool:
    """Not the history of a listing, which names no member, nor pghistory's views of it, which have no rows."""
    return not field.model._meta.label.endswith("Event") and field.model._meta.app_label != "pghistory"


def test_every_column_that_leads_to_a_person_is_accounted_for() -> None:
    found = {name for name in columns_of_people() if not name.startswith(WORK)}
    assert found - OWN - NOT_THEIRS.keys() == set()


def test_no_row_outlives_a_person_under_their_name() -> None:
    """The database itself takes it away (CASCADE) or takes the name from it (SET_NULL); nothing stands in the way."""
    for name, field in columns_of_people().items():
        assert field.remote_field.on_delete in (models.CASCADE, models.SET_NULL), name


def test_a_forgotten_column_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.accounts.test_leaving.OWN", OWN - {"accounts.Profile.user"})
    with pytest.raises(AssertionError):
        test_every_column_that_leads_to_a_person_is_accounted_for()


@pytest.fixture
def alice(max_: User) -> User:
    user = make("alice")
    profile = Profile.of(user)
    profile.area_name, profile.hours = "Canary Town, TX", 3
    profile.save()
    ContactDetail.objects.add(user, "phone", "+12145550123")
    Block.objects.put(user, make("bob"))
    Block.objects.put(make("charlie"), user)
    Vouch.objects.give(max_, user)
    return user


@pytest.fixture
def by_code(alice: User) -> Client:
    """Alice signs in by mail alone: she has no password."""
    alice.set_unusable_password()
    alice.save()
    client = Client()
    client.force_login(alice)
    return client


def show_it_is_still_her(client: Client, path: str) -> None:
    assert client.get(path)["Location"].startswith("/accounts/still-you/")
    mail.outbox.clear()
    client.post("/accounts/still-you/", {"next": path})
    answer = client.post("/accounts/still-you/", {"next": path, "code": code_in_mail()})
    assert answer["Location"] == path


def test_the_export_holds_all_that_is_theirs_and_nobody_elses(by_code: Client) -> None:
    show_it_is_still_her(by_code, "/accounts/data/my-data.json")
    answer = by_code.get("/accounts/data/my-data.json")
    assert "no-store" in answer["Cache-Control"]
    account = answer.json()["account"]
    assert account["email"] == "alice@example.org"
    assert account["contact_details"][0]["value"] == "+12145550123"
    assert account["profile"]["area"] == "Canary Town, TX"
    assert [block["name"] for block in account["blocks"]] == ["bob"]
    assert len(account["vouched_for_you"]) == 1
    text = answer.content.decode()
    for hidden in ("charlie", "max", "bob@example.org"):
        assert hidden not in text


def test_the_readable_page_says_the_same(by_code: Client) -> None:
    show_it_is_still_her(by_code, "/accounts/data/")
    page = by_code.get("/accounts/data/").content.decode()
    for said in ("alice@example.org", "+12145550123", "Canary Town, TX", "Contact details"):
        assert said in page
    assert "charlie" not in page
    for said in ("You, and how you sign in", "18 or over"):
        assert said in page
    for column in ("Is adult", "Area point", "Made at"):
        assert column not in page


def test_it_is_asked_again_after_five_minutes(by_code: Client, time_machine: Any) -> None:
    time_machine.move_to("2026-03-01 12:00:00+00:00", tick=False)
    show_it_is_still_her(by_code, "/accounts/data/")
    time_machine.shift(299)
    assert by_code.get("/accounts/data/").status_code == 200
    time_machine.shift(2)
    assert by_code.get("/accounts/data/").status_code == 302


def test_a_wrong_code_opens_nothing_and_five_end_it(by_code: Client) -> None:
    by_code.post("/accounts/still-you/", {"next": "/accounts/delete/"})
    right = code_in_mail()
    for _try in range(5):
        assert by_code.post("/accounts/still-you/", {"code": "0000-0000"}).status_code == 400
    assert by_code.post("/accounts/still-you/", {"code": right}).status_code == 400
    assert by_code.get("/accounts/delete/").status_code == 302


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "x"])
def test_it_leads_nowhere_else(by_code: Client, elsewhere: str) -> None:
    by_code.post("/accounts/still-you/", {"next": elsewhere})
    answer = by_code.post("/accounts/still-you/", {"next": elsewhere, "code": code_in_mail()})
    assert answer["Location"] == "/"


def test_who_has_a_password_shows_that(alice: User, signed_in: SignedIn) -> None:
    client = signed_in(alice)
    assert client.get("/accounts/delete/")["Location"].startswith("/accounts/reauthenticate/")
    client.post("/accounts/delete/", {"posts": "delete", "sure": "on"})
    assert User.objects.filter(pk=alice.pk).exists()
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get("/accounts/data/").status_code == 200


@pytest.mark.parametrize("choice", ["delete", "keep"])
def test_leaving_takes_the_account_at_once(
    alice: User, by_code: Client, choice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []
    holder = leaving.Holder("test", lambda user: {}, lambda user, keep_posts: told.append(keep_posts))
    monkeypatch.setitem(leaving._holders, "test", holder)
    show_it_is_still_her(by_code, "/accounts/delete/")
    assert "former member" in by_code.get("/accounts/delete/").content.decode()
    answer = by_code.post("/accounts/delete/", {"posts": choice, "sure": "on"})
    assert answer["Location"] == "/accounts/deleted/"
    assert told == [choice == "keep"]
    assert not User.objects.filter(pk=alice.pk).exists()
    for model in (Profile, ContactDetail, Block, Vouch, PhoneMember):
        assert not model.objects.exists(), model
    assert not EmailAddress.objects.filter(email="alice@example.org").exists()
    assert "_auth_user_id" not in by_code.session
    assert by_code.get("/accounts/deleted/").status_code == 200


@pytest.mark.parametrize("said", [{"posts": "delete"}, {"sure": "on"}, {"posts": "x", "sure": "on"}])
def test_not_without_a_choice_and_a_yes(alice: User, by_code: Client, said: dict[str, str]) -> None:
    show_it_is_still_her(by_code, "/accounts/delete/")
    assert by_code.post("/accounts/delete/", said).status_code == 400
    assert User.objects.filter(pk=alice.pk).exists()


def test_what_cannot_be_deleted_leaves_everything_as_it_was(
    alice: User, by_code: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(user: User, keep_posts: bool) -> None:
        raise RuntimeError

    monkeypatch.setitem(leaving._holders, "account", leaving.Holder("account", lambda user: {}, fail))
    with pytest.raises(RuntimeError):
        leaving.leave(alice, keep_posts=False)
    assert Profile.objects.filter(user=alice).exists()
