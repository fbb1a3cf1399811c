"""Display settings: one cookie, read by the server, that holds nothing else."""

import pytest
from django.test import Client

from mindspace.display import Display, read

CHOSEN = {"text": "130", "spacing": "roomy", "theme": "dark", "font": "easy", "data_saver": "on", "discreet": "on"}
DEFAULTS = {"text": "100", "spacing": "normal", "theme": "auto", "font": "standard"}


def test_the_cookie_says_what_was_chosen_and_reads_back() -> None:
    display = Display(text="130", theme="dark", discreet=True)
    assert display.cookie() == "text:130.theme:dark.discreet:on"
    assert read(display.cookie()) == display
    assert Display().cookie() == ""


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "text",
        "text:",
        "text:999",
        "theme:dark;x",
        "a:b.c:d",
        ":::...",
        "\x00",
        "%00",
        "text:130" * 40,
        "théme:dark",
    ],
)
def test_junk_is_the_default(junk: str) -> None:
    assert read(junk) == Display()


def test_junk_beside_a_setting_is_left_out() -> None:
    assert read("text:130.theme:purple.x:y").cookie() == "text:130"


@pytest.mark.django_db
def test_choices_are_saved_and_every_page_shows_them(client: Client) -> None:
    saved = client.post("/display/", CHOSEN)
    assert (saved.status_code, saved["Location"]) == (303, "/display/?saved=1")
    cookie = saved.cookies["display"]
    assert (cookie["samesite"], cookie["path"], cookie["max-age"]) == ("Lax", "/", 365 * 24 * 60 * 60)
    assert cookie["httponly"]
    page = client.get("/help/").content.decode()
    opening = page[page.index("<html") : page.index(">", page.index("<html"))]
    for attribute in ('data-text="130"', 'data-spacing="roomy"', 'data-theme="dark"', 'data-font="easy"'):
        assert attribute in opening
    assert "data-saver" in opening
    assert "data-discreet" in opening


@pytest.mark.django_db
def test_setting_everything_back_leaves_no_cookie(client: Client) -> None:
    client.post("/display/", CHOSEN)
    back = client.post("/display/", {**CHOSEN, "reset": "1"})
    assert back.cookies["display"]["max-age"] == 0
    assert "data-text" not in client.get("/help/").content.decode()


@pytest.mark.django_db
def test_the_default_needs_no_cookie(client: Client) -> None:
    assert client.post("/display/", DEFAULTS).cookies["display"]["max-age"] == 0


@pytest.mark.django_db
def test_the_form_shows_what_is_chosen(client: Client) -> None:
    client.cookies["display"] = "text:150.discreet:on"
    page = client.get("/display/").content.decode()
    assert 'value="150"' in page
    field = page[page.index('value="150"') : page.index(">", page.index('value="150"'))]
    assert "checked" in field


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/articles/?q=grief", "/articles/?q=grief"),
        ("https://evil.example/", "/display/?saved=1"),
        ("//evil.example/", "/display/?saved=1"),
        ("/\\evil.example/", "/display/?saved=1"),
        ("javascript:alert(1)", "/display/?saved=1"),
        ("help", "/display/?saved=1"),
        ("", "/display/?saved=1"),
    ],
)
def test_it_leads_back_but_never_elsewhere(client: Client, address: str, leads_to: str) -> None:
    assert client.post("/display/", {**DEFAULTS, "next": address})["Location"] == leads_to


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("referrer", "kept"),
    [
        ("http://testserver/safety/", '"/safety/"'),
        ("http://evil.example/safety/", None),
        ("http://testserver/display/?saved=1", None),
        ("http://[bad", None),
    ],
)
def test_the_page_that_led_here_is_where_saving_leads_back(client: Client, referrer: str, kept: str | None) -> None:
    page = client.get("/display/", HTTP_REFERER=referrer).content.decode()
    assert ('name="next" value=' in page) == bool(kept)
    assert kept is None or f'name="next" value={kept}' in page


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["text", "theme", "next"])
@pytest.mark.parametrize("junk", ["\x00", "purple\x00", "x" * 10_000])
def test_junk_is_told_and_not_a_crash(client: Client, field: str, junk: str) -> None:
    answer = client.post("/display/", {**DEFAULTS, field: junk})
    assert answer.status_code == 400
    assert "display" not in answer.cookies


@pytest.mark.django_db
def test_a_form_from_elsewhere_changes_nothing() -> None:
    client = Client(enforce_csrf_checks=True)
    refused = client.post("/display/", CHOSEN)
    assert refused.status_code == 403
    assert "display" not in refused.cookies
    assert "988" in refused.content.decode()

    client.get("/display/")
    token = client.cookies["csrftoken"].value
    assert client.post("/display/", {**CHOSEN, "csrfmiddlewaretoken": token}).status_code == 303


@pytest.mark.django_db
def test_discreet_mode_gives_every_page_a_plain_name_and_icon(client: Client) -> None:
    client.cookies["display"] = "discreet:on"
    for address in (
        "/",
        "/help/",
        "/safety/",
        "/privacy/",
        "/accessibility/",
        "/display/",
        "/search/",
        "/articles/",
        "/nowhere/",
    ):
        page = client.get(address).content.decode()
        head = page[: page.index("</head>")]
        assert "<title>Notes</title>" in head, address
        assert "icons/notes.svg" in head, address
        assert "MindSpace" not in head, address
    assert client.get("/favicon.ico")["Location"].endswith("icons/notes.svg")


@pytest.mark.django_db
def test_over_https_the_cookie_stays_there(client: Client, settings: object) -> None:
    settings.HTTPS = True
    assert client.post("/display/", CHOSEN).cookies["display"]["secure"]
