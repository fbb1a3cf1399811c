"""The leave control in a real browser: what is on the screen, in the history and on the device afterwards."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from mindspace.accounts.models import User
from mindspace.site.models import SiteDetails

ELSEWHERE = "<!doctype html><title>Weather</title><h1>Sunny</h1>"
CONTROL = "leave-site a"


@pytest.fixture(autouse=True)
def exit_address(page: Page, live: str, outside: list[str]) -> str:
    """The exit page, answered by the test: nothing leaves this machine."""
    address = SiteDetails.current().exit_url
    page.context.route(f"{address}**", lambda route: route.fulfill(body=ELSEWHERE, content_type="text/html"))
    yield address
    assert {url.rstrip("/") for url in outside} <= {address.rstrip("/")}
    outside.clear()


def tap(page: Page, times: int, pause: int = 40) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")
        page.wait_for_timeout(pause)


def sign_in(context: BrowserContext, live: str) -> None:
    client = Client()
    client.force_login(User.objects.create_user("alice@example.org"))
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live}])


def test_one_press_leads_out_and_back_does_not_lead_here(page: Page, live: str, exit_address: str) -> None:
    page.goto("about:blank")
    page.goto(f"{live}/help/")
    page.click(CONTROL)
    page.wait_for_url(exit_address)
    assert page.evaluate("document.referrer") == ""
    page.go_back()
    assert page.url == "about:blank"


def test_a_link_in_the_text_leads_out_in_the_same_way(page: Page, live: str, exit_address: str) -> None:
    page.goto("about:blank")
    page.goto(f"{live}/help/")
    page.click("main a[href='/leave/']")
    page.wait_for_url(exit_address)
    page.go_back()
    assert page.url == "about:blank"


def test_what_was_opened_before_stays_in_the_history_as_safety_says(page: Page, live: str, exit_address: str) -> None:
    page.goto(f"{live}/safety/")
    page.goto(f"{live}/help/")
    page.click(CONTROL)
    page.wait_for_url(exit_address)
    page.go_back()
    assert page.url == f"{live}/safety/"


def test_three_lone_taps_of_shift(page: Page, live: str, exit_address: str) -> None:
    page.goto(f"{live}/help/")
    tap(page, 3)
    page.wait_for_url(exit_address)


def test_three_taps_inside_a_field(page: Page, live: str, exit_address: str) -> None:
    page.goto(f"{live}/search/")
    page.fill("#id_q", "half a word")
    tap(page, 3)
    page.wait_for_url(exit_address)


def never_leaves(page: Page, act: Callable[[], None]) -> None:
    here = page.url
    act()
    page.wait_for_timeout(300)
    assert page.url == here
    expect(page.locator("h1")).to_be_visible()


def test_two_taps_slow_taps_and_taps_with_a_key_between_do_nothing(page: Page, live: str) -> None:
    page.goto(f"{live}/search/")
    page.focus("#id_q")
    never_leaves(page, lambda: tap(page, 2))
    page.keyboard.press("a")
    never_leaves(page, lambda: tap(page, 3, pause=1050))
    page.keyboard.press("a")
    never_leaves(page, lambda: [(tap(page, 1), page.keyboard.press("a")) for _ in range(4)])


def test_the_players_keys_and_capital_letters_never_trip_it(page: Page, live: str) -> None:
    page.goto(f"{live}/search/")
    page.focus("#id_q")
    never_leaves(page, lambda: [page.keyboard.press("Control+Shift+ArrowRight") for _ in range(4)])
    never_leaves(page, lambda: [page.keyboard.press("Shift+A") for _ in range(4)])
    never_leaves(page, lambda: [page.keyboard.press("Shift+Tab") for _ in range(4)])


def test_a_click_with_shift_held_is_not_a_tap(page: Page, live: str) -> None:
    page.goto(f"{live}/help/")
    never_leaves(page, lambda: [page.click("h1", modifiers=["Shift"]) for _ in range(4)])


def test_the_page_is_empty_before_the_server_answers(page: Page, live: str, exit_address: str) -> None:
    page.goto(f"{live}/safety/")
    page.route("**/leave/", lambda route: None)  # never answered
    page.evaluate(
        """() => {
            window.speechSynthesis.cancel = () => console.log("silenced");
            addEventListener("leave", () => console.log("told"));
        }"""
    )
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.evaluate("""document.querySelector("leave-site a").click()""")
    assert page.evaluate("document.body.childElementCount") == 0
    assert page.title() == "www.weather.gov"
    assert said == ["told", "silenced"]
    page.wait_for_url(exit_address, timeout=3000)  # it does not wait for ever


def test_a_page_that_the_browser_kept_in_memory_leaves_again(page: Page, live: str, exit_address: str) -> None:
    page.goto(f"{live}/safety/")
    page.route("**/leave/", lambda route: None)
    page.evaluate(
        """() => {
            document.querySelector("leave-site a").click();
            dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
        }"""
    )
    page.wait_for_url(exit_address, timeout=600)  # at once, not after the wait for the server


def test_it_leaves_when_the_site_cannot_be_reached(page: Page, live: str, exit_address: str) -> None:
    page.goto(f"{live}/safety/")
    page.route("**/leave/", lambda route: route.abort())
    tap(page, 3)
    page.wait_for_url(exit_address)


def test_the_device_and_the_session_are_cleared(page: Page, live: str, exit_address: str) -> None:
    sign_in(page.context, live)
    page.context.add_cookies([{"name": "display", "value": "theme:dark", "url": live}])
    page.goto(f"{live}/safety/")
    expect(page.locator("footer")).to_contain_text("Sign out")
    page.evaluate("localStorage.setItem('a', 'b'); sessionStorage.setItem('c', 'd'); document.cookie = 'e=f; path=/'")
    page.click(CONTROL)
    page.wait_for_url(exit_address)
    page.wait_for_timeout(300)
    assert {cookie["name"] for cookie in page.context.cookies(live)} == {"display"}
    assert not Session.objects.exists()
    page.goto(f"{live}/safety/")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    expect(page.locator("footer")).not_to_contain_text("Sign out")


def test_discreet_mode_leaves_nothing_at_all(page: Page, live: str, exit_address: str) -> None:
    page.context.add_cookies([{"name": "display", "value": "discreet:on", "url": live}])
    page.goto(f"{live}/safety/")
    assert page.title() == "Notes"
    page.click(CONTROL)
    page.wait_for_url(exit_address)
    page.wait_for_timeout(300)
    assert page.context.cookies(live) == []


def test_back_after_signing_out_shows_nothing_of_a_signed_in_page(page: Page, live: str, exit_address: str) -> None:
    sign_in(page.context, live)
    page.goto(f"{live}/privacy/")
    expect(page.locator("footer")).to_contain_text("Sign out")
    page.goto(f"{live}/safety/")
    page.click(CONTROL)
    page.wait_for_url(exit_address)
    page.go_back()
    page.wait_for_url(f"{live}/privacy/")
    expect(page.locator("footer")).not_to_contain_text("Sign out")


def test_without_javascript_it_is_a_link_that_signs_out(
    new_page: Callable[..., Page], live: str, exit_address: str
) -> None:
    page = new_page(javascript=False)
    sign_in(page.context, live)
    page.goto(f"{live}/safety/")
    # The browser follows the redirect past the test's own answer, to a name that cannot be found here.
    with page.expect_event("requestfailed"), page.expect_response(f"{live}/leave/") as answered:
        page.click(CONTROL, no_wait_after=True)
    assert (answered.value.status, answered.value.headers["location"]) == (303, exit_address)
    assert not Session.objects.exists()


def test_it_comes_first_after_the_skip_link(page: Page, live: str) -> None:
    page.goto(f"{live}/help/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/leave/"
