"""Keeping listings right in a real browser: without JavaScript, by keyboard, on the narrowest phone."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page

from groups.models import Group, GroupReport, MeetingException, Suggestion
from mindspace.accounts.models import User
from tests.groups.cast import client_of, group, links, max_, olga

KEEP = "/groups/tea-and-talk/keep/"


def sign_in(page: Page, site: str, user: User) -> None:
    cookie = client_of(user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])


def open_listing(page: Page, site: str, made: Group) -> None:
    page.goto(f"{site}/groups/organizers/")
    page.get_by_label("Your e-mail address").fill(olga(made).email)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Look into your mail")
    page.goto(site + links()[0])
    page.get_by_role("button", name="Open it").press("Enter")
    page.wait_for_url(f"**{KEEP}")


@pytest.mark.parametrize("width", [320, 1280])
def test_each_page_fits_and_the_browser_has_nothing_to_refuse(
    live: str, new_page: Callable[..., Page], width: int
) -> None:
    made = group(contact_by="relay")
    made.contact_email = "circle@example.net"
    made.save()
    GroupReport.objects.send_in(None, made, "unsafe", "He asked for money.")
    page = new_page(width=width, javascript=False)
    forms = ("change", "claim", "report", "was-it-on", "contact", "flyer", "thanks")
    for address in ("/groups/new/", "/groups/organizers/", *(f"/groups/tea-and-talk/{form}/" for form in forms)):
        fits(page, live + address, width)
    sign_in(page, live, max_())
    staff = ("/moderation/", KEEP, f"{KEEP}edit/", "/groups/tea-and-talk/history/")
    for address in staff:
        fits(page, live + address, width)


def fits(page: Page, address: str, width: int) -> None:
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert page.locator("h1").count() == 1, address


def test_from_a_suggestion_to_a_page_that_others_find(live: str, new_page: Callable[..., Page]) -> None:
    page = new_page(width=320, javascript=False)
    page.goto(f"{live}/groups/new/")
    page.get_by_label("Name", exact=True).fill("Porch Circle")
    page.get_by_label("Tuesday").press("Space")
    page.get_by_label("Starts at").fill("18:30")
    page.get_by_label("Town or ZIP code").fill("irving tx")
    page.get_by_label("Your e-mail address").fill("vic@example.net")
    page.get_by_role("button", name="Send it to us").press("Enter")
    page.wait_for_selector("text=Look into your mail")
    page.goto(live + links()[0])
    page.get_by_role("button", name="Yes, this is from me").press("Enter")
    page.wait_for_selector("text=A person here looks at it")
    sign_in(page, live, max_())
    page.goto(f"{live}/moderation/")
    assert page.locator("h1").inner_text() == "A new group: Porch Circle"
    page.get_by_role("button", name="Approve").press("Enter")
    page.wait_for_selector("text=Nothing waits")
    assert Suggestion.objects.get().state == "approved"
    page.context.clear_cookies()
    page.goto(f"{live}/groups/porch-circle/")
    assert page.locator("h1").inner_text() == "Porch Circle"


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(live: str, page: Page) -> None:
    page.goto(f"{live}/groups/new/")
    page.get_by_label("Name", exact=True).fill("Porch Circle")
    page.get_by_label("Town or ZIP code").fill("Nowhereville, ZZ")
    page.get_by_label("Tuesday").check()
    page.get_by_label("Starts at").fill("18:30")
    page.get_by_label("Your e-mail address").fill("vic@example.net")
    page.get_by_role("button", name="Send it to us").click()
    page.get_by_role("link", name="We do not know this town").click()
    assert page.evaluate("document.activeElement.id") == "id_when-0-where"
    assert page.get_by_label("Name", exact=True).input_value() == "Porch Circle"
    assert page.get_by_label("Tuesday").is_checked()
    assert mail.outbox == []


def test_not_this_week_is_one_tap(live: str, new_page: Callable[..., Page]) -> None:
    made = group()
    page = new_page(width=320, javascript=False)
    open_listing(page, live, made)
    page.get_by_role("button", name=re.compile("^Not on ")).first.click()
    page.wait_for_selector("text=not held")
    assert MeetingException.objects.get().schedule.group == made
    page.get_by_role("button", name=re.compile("^On as usual")).click()
    page.wait_for_selector("text=Done.")
    assert not MeetingException.objects.exists()
