"""Finding a group in a real browser: without JavaScript, with the keyboard alone, on a narrow phone, by location."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.groups.listing import group, place

NewPage = Callable[..., Page]
DALLAS = {"city": "Dallas", "latitude": 32.7876, "longitude": -96.7994}


@pytest.fixture
def listed(live: str) -> str:
    group("Grief and coffee", about=("grief",), step_free=True, summary="Cups are filled either way.")
    group("Night shift", where=place(**DALLAS))
    group("Lunch hour", how="online", about=("grief",))
    return live


def test_without_javascript_a_group_is_found_and_opened(new_page: NewPage, listed: str) -> None:
    page = new_page(javascript=False)
    page.goto(f"{listed}/groups/")
    page.get_by_label("What for").fill("greif")
    page.get_by_label("ZIP code or town").fill("irvign")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 light on near Irving, TX")
    expect(page.get_by_text("We took the place for Irving, TX.")).to_be_visible()
    page.get_by_role("link", name="See who meets online").click()
    expect(page.get_by_role("link", name="Lunch hour", exact=True)).to_be_visible()
    page.get_by_role("link", name="Take away: Online").click()
    page.get_by_role("link", name="Grief and coffee", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Grief and coffee")
    expect(page.get_by_role("heading", name="Next meetings")).to_be_visible()


def test_with_the_keyboard_alone_the_list_is_narrowed(new_page: NewPage, listed: str) -> None:
    page = new_page(width=1280, javascript=False)
    page.goto(f"{listed}/groups/")
    page.get_by_text("More ways to narrow").focus()
    page.keyboard.press("Enter")
    box = page.get_by_label("Step-free")
    for _ in range(20):
        page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            break
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**needs=step_free**")
    expect(page.get_by_role("link", name="Grief and coffee", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Night shift", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Take away: Step-free").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Night shift", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    "path", ["/groups/", "/groups/?near=75038&day=mon", "/groups/near/", "/groups/grief-and-coffee/"]
)
def test_at_320_px_nothing_is_cut_off(new_page: NewPage, listed: str, path: str) -> None:
    page = new_page(width=320)
    page.goto(listed + path)
    if path == "/groups/":
        page.get_by_text("More ways to narrow").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_location_is_rounded_in_the_page_and_never_in_an_address(new_page: NewPage, listed: str) -> None:
    here = {"latitude": 32.865312, "longitude": -96.990549}
    page = new_page(geolocation=here, permissions=["geolocation"])
    sent = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page.goto(f"{listed}/groups/")
    page.get_by_role("link", name="Use my location").click()
    page.get_by_role("button", name="Use my location").click()
    page.wait_for_url("**/groups/?near=Irving**")
    expect(page.get_by_role("link", name="Night shift", exact=True)).to_be_visible()
    assert any("latitude=32.87&longitude=-96.99" in each for each in sent)
    assert not any("32.865" in each or "96.990" in each for each in sent)
    assert not any("latitude" in each.split(" ")[0] for each in sent)


def test_a_device_that_does_not_tell_gets_another_way(new_page: NewPage, listed: str) -> None:
    page = new_page(permissions=[])
    page.goto(f"{listed}/groups/near/")
    page.get_by_role("button", name="Use my location").click()
    expect(page.get_by_text("Your device did not tell.")).to_be_visible(timeout=20_000)
    without = new_page(javascript=False)
    without.goto(f"{listed}/groups/near/")
    expect(without.get_by_text("This needs JavaScript.")).to_be_visible()
    expect(without.get_by_role("button", name="Use my location")).to_have_count(0)


def test_what_meets_online_is_told_by_the_clock_of_the_visitor_too(new_page: NewPage, live: str) -> None:
    group("Lunch hour", how="online", zone="America/New_York")
    group("At home", how="online")
    page = new_page()
    page.goto(f"{live}/groups/lunch-hour/")
    first = page.locator(".group-dates-list > li").first
    expect(first).to_contain_text("6.30 to 7.30 pm, Eastern time")
    expect(first.locator("visitor-time")).to_have_text(re.compile(r"In Chicago: 5\.30.*6\.30.pm"))
    page.goto(f"{live}/groups/at-home/")
    expect(page.locator("visitor-time").first).to_be_empty()
