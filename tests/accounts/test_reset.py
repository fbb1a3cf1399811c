import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import InternalError, ProgrammingError, transaction
from django.test import Client

from mindspace.accounts.models import NotTheirOwn, SecondFactorReset, User
from tests.accounts.codes import code_of_app
from tests.accounts.conftest import give_app, sign_in

pytestmark = pytest.mark.django_db


def test_it_takes_all_away_signs_out_records_and_tells(client: Client, ed: User, rae: User) -> None:
    give_app(ed)
    sign_in(client, ed)
    client.post("/accounts/2fa/authenticate/", {"code": code_of_app()})
    assert client.get("/accounts/2fa/").status_code == 200
    SecondFactorReset.objects.perform(ed, by=rae, reason="Phone in the creek, spoke on the phone")
    assert not Authenticator.objects.filter(user=ed).exists()
    assert client.get("/accounts/2fa/").status_code == 302
    reset = SecondFactorReset.objects.get()
    assert (reset.whose, reset.by, reset.reason) == (ed, rae, "Phone in the creek, spoke on the phone")
    [told] = mail.outbox
    assert told.to == [ed.email]
    assert told.subject == "A change to your sign-in"
    assert "creek" not in told.body


def test_never_ones_own(ed: User) -> None:
    give_app(ed)
    with pytest.raises(NotTheirOwn):
        SecondFactorReset.objects.perform(ed, by=ed, reason="x")
    assert Authenticator.objects.filter(user=ed).count() == 2


def test_in_the_admin(client: Client, ed: User, rae: User) -> None:
    give_app(ed)
    sign_in(client, rae)
    answer = client.post("/admin/accounts/secondfactorreset/add/", {"whose": ed.pk, "reason": "lost phone"})
    assert answer.status_code == 302
    assert SecondFactorReset.objects.get().by == rae
    assert not Authenticator.objects.filter(user=ed).exists()


def test_in_the_admin_neither_oneself_nor_members_nor_superusers(
    client: Client, ed: User, rae: User, mona: User, sue: User
) -> None:
    sign_in(client, rae)
    for person in (rae, mona, sue):
        give_app(person)
        answer = client.post("/admin/accounts/secondfactorreset/add/", {"whose": person.pk, "reason": "lost phone"})
        assert b"Select a valid choice" in answer.content
        assert Authenticator.objects.filter(user=person).count() == 2
    assert not SecondFactorReset.objects.exists()


def test_by_command_for_a_staff_of_one(ed: User, capsys: pytest.CaptureFixture[str]) -> None:
    give_app(ed)
    call_command("reset_second_factor", "ED@example.org", reason="lost phone")
    assert SecondFactorReset.objects.get().by is None
    assert not Authenticator.objects.exists()
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "ed@example.org", reason=" ")
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody@example.org", reason="lost phone")


def test_the_record_stays(ed: User, rae: User) -> None:
    reset = SecondFactorReset.objects.perform(ed, by=rae, reason="lost phone")
    changes = (
        lambda: SecondFactorReset.objects.update(reason="never"),
        lambda: SecondFactorReset.objects.update(by=ed),
        lambda: SecondFactorReset.objects.all().delete(),
    )
    for change in changes:
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
            change()
    rae.delete()
    reset.refresh_from_db()
    assert (reset.by, reset.whose, reset.reason) == (None, ed, "lost phone")
