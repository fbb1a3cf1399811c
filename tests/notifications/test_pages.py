"""Alice reads her news and chooses her mail; Bob sees nothing of it; a mail program ends mail without signing in."""

import re

import pytest
from django.core import mail
from django.test import Client

from mindspace.accounts.models import User
from mindspace.notifications.holding import export
from mindspace.notifications.models import Notification, Preference, QuietHours
from mindspace.notifications.telling import notify, stop_path
from tests.accounts.conftest import make
from tests.notifications.conftest import ANSWERED, NEARBY, QUIETLY

pytestmark = pytest.mark.django_db
LIST, READ, SETTINGS = "/my/notifications/", "/my/notifications/read/", "/my/notifications/settings/"


def client_of(user: User, **options: bool) -> Client:
    client = Client(**options)
    client.force_login(user)
    return client


@pytest.mark.parametrize("address", ["/my/", LIST, SETTINGS])
def test_strangers_sign_in_first_and_nobody_keeps_the_page(alice: User, address: str) -> None:
    assert Client().get(address).url == f"/accounts/login/?next={address}"
    answer = client_of(alice).get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


def test_news_is_on_the_list_and_on_her_own_page(alice: User) -> None:
    notify(alice, ANSWERED, "1", "/help/", about="<b>Rides</b>")
    for address in ("/my/", LIST):
        page = client_of(alice).get(address).content.decode()
        assert "Somebody answered you." in page
        assert "&lt;b&gt;Rides" in page
    assert "Somebody answered you." not in client_of(make("bob")).get(LIST).content.decode()


def test_every_page_leads_to_her_own_and_says_how_much_is_new(alice: User) -> None:
    notify(alice, ANSWERED, "1", "/help/"), notify(alice, ANSWERED, "2", "/help/")
    hers = client_of(alice)
    shared = "/articles/", "/groups/", "/", "/help/"
    for address in (*shared, "/my/", LIST):
        head, _main, foot = re.split("<main|</main>", hers.get(address).content.decode())
        assert 'href="/my/"' in head
        assert "2 pieces of news you have not read" in head
        assert 'href="/my/"' in foot
    assert "You can look around without an account" not in hers.get("/").content.decode()
    for address in shared:
        page = Client().get(address).content.decode()
        assert 'href="/my/"' not in page
        assert "news you have not read" not in page
    assert "You can look around without an account" in Client().get("/").content.decode()
    Notification.objects.of(alice).mark_read()
    assert "news you have not read" not in hers.get("/").content.decode()


def test_opening_one_marks_it_and_leads_there(alice: User) -> None:
    one = notify(alice, ANSWERED, "1", "/help/")
    notify(alice, ANSWERED, "2", "/help/")
    client = client_of(alice)
    assert client.post(READ, {"one": one.pk}).url == "/help/"
    assert Notification.objects.of(alice).unread().get().key == "2"
    assert client.post(READ).url == LIST
    assert not Notification.objects.of(alice).unread().exists()


def test_nobody_opens_anothers(alice: User) -> None:
    one = notify(alice, ANSWERED, "1", "/help/")
    bob = client_of(make("bob"))
    assert bob.post(READ, {"one": one.pk}).status_code == 404
    assert bob.post(READ, {"one": "x\x00"}).status_code == 404
    bob.post(READ)
    assert Notification.objects.of(alice).unread().count() == 1


def test_she_chooses(alice: User) -> None:
    client = client_of(alice)
    everything = dict.fromkeys(client.get(SETTINGS).context["form"].fields, "never")
    choices = everything | {ANSWERED: "daily", "starts": "22:00", "ends": "07:30"}
    assert client.post(SETTINGS, choices).status_code == 302
    assert Preference.choice_of(alice, ANSWERED) == "daily"
    assert str(QuietHours.objects.get()) == "22:00-07:30"
    client.post(SETTINGS, choices | {"starts": "", "ends": ""})
    assert not QuietHours.objects.exists()


def test_her_data_calls_kinds_as_the_settings_do(alice: User) -> None:
    notify(alice, ANSWERED, "1", "/help/")
    Preference.choose(alice, NEARBY, "never")
    Preference.choose(alice, "gone.kind", "daily")
    held = export(alice)
    told = held["told"][0]
    assert (told["what"], told["kind_name"]) == ("Answers", ANSWERED)  # for people, and for whatever reads the file
    assert [(row["what"], str(row["by_mail"]), row["choice"]) for row in held["choices"]] == [
        ("Near you", "Not by mail", "never"),
        ("gone.kind", "Once a day, together", "daily"),
    ]


def test_one_choice_for_a_whole_part_and_her_own_for_a_kind_in_it(alice: User) -> None:
    client = client_of(alice)
    shown = client.get(SETTINGS)
    as_it_is = {name: shown.context["form"][name].value() or "" for name in shown.context["form"].fields}
    assert "<details" in shown.content.decode()
    client.post(SETTINGS, as_it_is | {"all-other": "daily", QUIETLY: "at once"})
    assert [Preference.choice_of(alice, name) for name in (ANSWERED, NEARBY, QUIETLY)] == ["daily", "daily", "at once"]
    assert Preference.choice_of(alice, "mutualaid.message") == "at once"
    client.post(SETTINGS, as_it_is | {"all-answers": "never", "all-other": ""} | {ANSWERED: "daily", QUIETLY: "never"})
    assert Preference.choice_of(alice, "mutualaid.accepted") == "never"
    client.post(SETTINGS, as_it_is | {"all-answers": "never", "mutualaid.accepted": "at once"})
    assert Preference.choice_of(alice, "mutualaid.accepted") == "at once"
    assert Preference.choice_of(alice, "mutualaid.lapsed") == "at once"  # unfolded, and said for itself


@pytest.mark.parametrize(
    "wrong", [{"starts": "22:00", "ends": ""}, {"starts": "9:00", "ends": "9:00"}, {ANSWERED: "x\x00"}, {"ends": "x"}]
)
def test_junk_is_told(alice: User, wrong: dict[str, str]) -> None:
    client = client_of(alice)
    fine = dict.fromkeys(client.get(SETTINGS).context["form"].fields, "never") | {"starts": "", "ends": ""}
    assert client.post(SETTINGS, fine | wrong).status_code == 400
    assert not Preference.objects.exists()


def test_a_mail_program_ends_it_with_one_press_signed_out(alice: User) -> None:
    notify(alice, ANSWERED, "1")
    headers = mail.outbox[0].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.fullmatch(r"<http://localhost:8000(/\S+)>", headers["List-Unsubscribe"])
    assert link
    program = Client(enforce_csrf_checks=True)
    assert program.get(link[1]).status_code == 200
    assert Preference.choice_of(alice, ANSWERED) == "at once"  # a scanner has followed the link, and that is all
    assert program.post(link[1], {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Preference.choice_of(alice, ANSWERED) == "never"
    assert Preference.choice_of(alice, NEARBY) == "daily"
    notify(alice, ANSWERED, "2")
    assert len(mail.outbox) == 1


def test_the_mail_of_the_day_is_ended_as_a_whole_and_nothing_else(alice: User) -> None:
    Client().post(stop_path(alice, ""))
    chosen = {name: Preference.choice_of(alice, name) for name in (ANSWERED, NEARBY, QUIETLY)}
    assert chosen == {ANSWERED: "at once", NEARBY: "never", QUIETLY: "never"}


def test_a_token_of_our_own_making_only(alice: User) -> None:
    path = stop_path(alice, ANSWERED)
    assert "alice" not in path
    for wrong in ("x", path.split("/")[-2][:-1], "%00"):
        assert Client().post(f"/my/notifications/stop/{wrong}/").status_code == 404
    alice.delete()
    assert Client().get(path).status_code == 404
