"""/leave/: signs out, clears the device, goes elsewhere, and nobody writes it down."""

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client

from mindspace.accounts.models import User
from mindspace.site.models import SiteDetails

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client) -> User:
    user = User.objects.create_user("alice@example.org")
    client.force_login(user)
    return user


def test_it_leads_out_at_once(client: Client) -> None:
    answer = client.get("/leave/")
    assert (answer.status_code, answer["Location"]) == (303, SiteDetails.current().exit_url)
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'


def test_staff_choose_where_it_leads(client: Client) -> None:
    SiteDetails.objects.update(exit_url="https://www.example.com/")
    assert client.get("/leave/")["Location"] == "https://www.example.com/"


def test_it_signs_out_for_good(client: Client, alice: User) -> None:
    key = client.cookies["sessionid"].value
    answer = client.get("/leave/")
    assert answer.cookies["sessionid"]["max-age"] == 0
    assert not Session.objects.exists()
    stolen = Client()
    stolen.cookies["sessionid"] = key
    assert "Sign out" not in stolen.get("/help/").content.decode()


def test_signed_in_pages_say_so_before_and_not_after(client: Client, alice: User) -> None:
    assert "Sign out" in client.get("/help/").content.decode()
    client.get("/leave/")
    assert "Sign out" not in client.get("/help/").content.decode()


def test_all_cookies_go_but_the_display(client: Client) -> None:
    for name, value in {"csrftoken": "a" * 32, "messages": "x", "other": "y", "display": "text:130"}.items():
        client.cookies[name] = value
    gone = {name for name, cookie in client.get("/leave/").cookies.items() if cookie["max-age"] == 0}
    assert gone == {"csrftoken", "messages", "other"}


def test_in_discreet_mode_the_display_goes_too(client: Client) -> None:
    client.cookies["display"] = "discreet:on"
    answer = client.get("/leave/")
    assert answer.cookies["display"]["max-age"] == 0
    assert answer["Clear-Site-Data"] == '"cache", "storage", "cookies"'


def test_somebody_can_leave_while_the_database_is_down(
    client: Client, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.delete", fail)
    answer = client.get("/leave/")
    assert (answer.status_code, answer["Location"]) == (303, "https://www.weather.gov/")
    assert answer.cookies["sessionid"]["max-age"] == 0


def test_a_script_that_has_left_already_is_sent_nowhere(client: Client, alice: User) -> None:
    answer = client.get("/leave/", headers={"Sec-Fetch-Mode": "cors"})
    assert answer.status_code == 204
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer["Cache-Control"] == "no-store"
    assert answer.cookies["sessionid"]["max-age"] == 0
    assert not Session.objects.exists()


def test_a_browser_that_only_guesses_signs_nobody_out(client: Client, alice: User) -> None:
    answer = client.get("/leave/", headers={"Sec-Purpose": "prefetch;prerender", "Sec-Fetch-Mode": "navigate"})
    assert answer.status_code == 503
    assert not answer.cookies
    assert Session.objects.exists()


def test_only_a_get_leaves(client: Client) -> None:
    assert client.post("/leave/").status_code == 405


def test_every_page_has_the_control_right_after_the_skip_link(client: Client) -> None:
    for address in ("/", "/help/", "/safety/", "/privacy/", "/accessibility/", "/display/", "/search/", "/nowhere/"):
        page = client.get(address).content.decode()
        links = [part.split('href="')[1].split('"')[0] for part in page.split("<a ")[1:3]]
        assert links == ["#main", "/leave/"], address
