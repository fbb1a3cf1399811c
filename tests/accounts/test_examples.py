from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from mindspace.accounts.examples import PASSWORD
from mindspace.accounts.models import PhoneMember, Profile, User
from tests.accounts.conftest import sign_in

pytestmark = pytest.mark.django_db


def login(client: Client, name: str) -> bool:
    client.post("/accounts/login/", {"login": f"{name}@example.org", "password": PASSWORD})
    return "_auth_user_id" in client.session


def test_they_load_as_often_as_one_likes_and_say_how_to_sign_in(capsys: Any) -> None:
    call_command("examples")
    call_command("examples")
    assert User.objects.filter(is_example=True).count() == 9
    said = capsys.readouterr().out
    for name in ("member", "neighbor", "resting", "new", "moderator", "moderator2", "editor", "reviewer"):
        assert f"{name}@example.org with the password {PASSWORD}" in said
        assert login(Client(), name)


def test_among_them_is_one_of_each_kind() -> None:
    call_command("examples")
    by_name = {user.display_name: user for user in User.objects.filter(is_example=True)}
    assert by_name["Example Member"].is_vouched
    assert not by_name["Example New"].is_vouched
    profile = Profile.of(by_name["Example Member"])
    assert profile.area_name == "Irving, TX"
    assert profile.is_adult
    assert Profile.of(by_name["Example Resting"]).is_resting(timezone.localdate())
    assert PhoneMember.objects.helped_by(by_name["Example Moderator"]).get().user == by_name["Example Rosa"]
    assert not by_name["Example Rosa"].can_be_mailed


def test_never_where_others_can_reach_them(settings: Any) -> None:
    settings.ON_LOOPBACK = False
    with pytest.raises(CommandError):
        call_command("examples")
    assert not User.objects.exists()


def test_their_passwords_open_nothing_there_either(settings: Any) -> None:
    call_command("examples")
    settings.ON_LOOPBACK = False
    assert not login(Client(), "editor")
    assert login(Client(), "member") is False


def test_removing_takes_them_and_nobody_else(mona: User) -> None:
    call_command("examples")
    call_command("examples", remove=True)
    assert [user.email for user in User.objects.all()] == [mona.email]


def test_somebody_real_under_that_address_is_left_alone() -> None:
    User.objects.create_user("editor@example.org", "something-else-entirely")
    call_command("examples")
    user = User.objects.get(email="editor@example.org")
    assert not user.is_staff
    assert not user.groups.exists()
    call_command("examples", remove=True)
    assert User.objects.filter(email="editor@example.org").exists()


def test_one_button_in_the_admin(client: Client, ed: User) -> None:
    call_command("examples")
    sign_in(client, ed)
    assert b"Remove every example" in client.get("/admin/").content
    assert client.get("/admin/examples/remove/").status_code == 405
    client.post("/admin/examples/remove/")
    assert not User.objects.filter(is_example=True).exists()
    assert b"Remove every example" not in client.get("/admin/").content


def test_elsewhere_only_a_superuser_presses_it(client: Client, ed: User, settings: Any) -> None:
    call_command("examples")
    settings.ON_LOOPBACK = False
    sign_in(client, ed)
    client.post("/admin/examples/remove/")
    assert User.objects.filter(is_example=True).count() == 9
