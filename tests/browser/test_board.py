"""Alice asks, Bob answers, in two browsers, from the first words to the thank-you; without JavaScript, by keyboard."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from mindspace.accounts.models import ContactDetail, User
from mindspace.moderation.forms import GentleTrapForm
from mutualaid.models import Arrangement, Post
from tests.browser.desk import come_in, press
from tests.mutualaid.cast import alice, bob

NUMBER = "+12145550177"
NewPage = Callable[..., Page]


@pytest.fixture
def people(live: str) -> tuple[User, User]:
    asks, gives = alice(), bob()
    detail = ContactDetail(user=gives, kind="phone", verified_at=timezone.now())
    detail.value = NUMBER
    detail.save()
    return asks, gives


@pytest.fixture(autouse=True)
def hands_that_are_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GentleTrapForm, "QUICKEST", timedelta())


def signed_in(page: Page, live: str, user: User) -> Page:
    come_in(page, live, user)
    return page


def ask(page: Page, live: str) -> None:
    page.goto(f"{live}/mutual-aid/new/")
    page.get_by_label("Ask for a hand").check()
    page.get_by_label("What is it about?").select_option("groceries")
    page.get_by_label("In one line").fill("Soup on Sunday")
    page.get_by_label("In your words").fill("Cooking is too much just now. Anything warm is a help.")
    page.locator("main form").get_by_role("button").first.click()
    page.get_by_label("In person, near here").check()
    page.get_by_label("ZIP code or town").fill("75038")
    page.locator("main form").get_by_role("button").first.click()
    page.get_by_label("Members who are signed in").check()
    page.locator("main form").get_by_role("button").first.click()
    page.locator("main form").get_by_role("button").first.click()


@pytest.mark.parametrize("width", [320, 1280])
def test_from_asking_to_the_thank_you(new_page: NewPage, live: str, people: tuple[User, User], width: int) -> None:
    asks, gives = (signed_in(new_page(width=width, javascript=False), live, each) for each in people)
    ask(asks, live)
    expect(asks.get_by_role("heading", name="Somebody here reads this first")).to_be_visible()
    post = Post.objects.get()
    post.publish(None)
    gives.goto(live + post.get_absolute_url())
    gives.get_by_role("link", name="Take this chair").click()
    gives.get_by_label("A line to them").fill("I can bring some at five.")
    press(gives, "Send it")
    expect(gives.get_by_role("heading", name="Waits for a yes or a no")).to_be_visible()
    asks.goto(f"{live}/my/")
    asks.get_by_role("link", name="Soup on Sunday").first.click()
    press(asks, "Yes, please")
    day = timezone.localdate() + timedelta(days=3)
    asks.get_by_label("Day").fill(day.isoformat())
    asks.get_by_label("From").fill("17:00")
    press(asks, "Suggest it")
    gives.reload()
    press(gives, "That suits me")
    with gives.expect_download() as download:
        gives.get_by_role("link", name="Put it into your calendar").click()
    assert "SUMMARY:Meeting" in download.value.path().read_text()
    shown = ContactDetail.objects.get().shown
    press(gives, f"Show it to them ({shown})")
    asks.reload()
    expect(asks.get_by_role("link", name=shown)).to_have_attribute("href", f"tel:{NUMBER}")
    asks.get_by_label("Write back").fill("The green door, please.")
    press(asks, "Send")
    gives.reload()
    expect(gives.get_by_text("The green door, please.")).to_be_visible()
    asks.reload()
    expect(asks.get_by_role("button", name="It is done")).to_have_count(0)  # nobody can say yet how it went
    Arrangement.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    for page in (asks, gives):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.reload()
        press(page, "It is done")
    expect(gives.get_by_text("one more light is on")).to_be_visible()
    asks.reload()
    asks.get_by_label("A bench in the sun").check()
    asks.get_by_label("A line, if you like").fill("It carried me through the week.")
    press(asks, "Send the card")
    gives.reload()
    expect(gives.get_by_text("It carried me through the week.")).to_be_visible()
    expect(gives.get_by_role("link", name=shown)).to_have_count(0)
    asks.reload()
    expect(asks.get_by_text(shown)).to_have_count(0)  # it closed with the arrangement
    assert Arrangement.objects.get().state == "confirmed"


def tab_to(page: Page, name: str | re.Pattern[str], role: str = "button") -> None:
    """Go there as somebody without a mouse does; it has to come within a page of presses."""
    wanted = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    for _press in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{name} is out of reach of the keyboard")


def test_answering_and_saying_yes_by_keyboard_alone(new_page: NewPage, live: str, people: tuple[User, User]) -> None:
    asks, gives = (signed_in(new_page(), live, each) for each in people)
    ask(asks, live)
    post = Post.objects.get()
    post.publish(None)
    gives.goto(live + post.get_absolute_url())
    tab_to(gives, "Take this chair", "link")
    gives.keyboard.press("Enter")
    gives.wait_for_url("**/answer/")
    tab_to(gives, "A line to them", "textbox")
    gives.keyboard.type("I can bring some at five.")
    tab_to(gives, "Send it")
    gives.keyboard.press("Enter")
    gives.wait_for_url("**/answers/*/")
    asks.goto(gives.url)
    tab_to(asks, "Yes, please")
    asks.keyboard.press("Enter")
    expect(asks.get_by_role("heading", name="Agreed")).to_be_visible()
