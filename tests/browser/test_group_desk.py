"""A listing written in the admin, in a real browser: a place is looked up, a second meeting time added."""

from collections.abc import Callable
from datetime import date, time

from playwright.sync_api import Page, expect

from groups.models import Group, Place
from mindspace.accounts.roles import MODERATOR
from tests.accounts.conftest import make
from tests.browser.desk import come_in, press


def test_a_group_with_two_times_is_listed(new_page: Callable[..., Page], live: str) -> None:
    Place.objects.create(
        name="The Blue Hall", street="12 Elm Row", city="Irving", state="TX", postal_code="75061", latitude=32.8251,
        longitude=-96.9637, zone="America/Chicago",
    )  # fmt: skip
    page = new_page(width=1280)
    come_in(page, live, make("max", MODERATOR))
    page.goto(live + "/admin/groups/group/add/")
    page.get_by_label("Name:", exact=True).fill("Tea and talk")
    page.get_by_label("Grief and loss").check()
    first = page.locator("#schedules-0")
    first.get_by_label("How you meet:").select_option("in_person")
    first.locator(".field-place .select2-selection").click()
    page.locator(".select2-search__field").fill("elm")
    page.get_by_role("option", name="The Blue Hall, 12 Elm Row, Irving, TX 75061").click()
    first.get_by_label("How often", exact=True).select_option("week")
    first.get_by_label("Tuesday").check()
    first.get_by_label("First day:").fill("2026-03-03")
    first.get_by_label("Starts at:").fill("18:30")
    page.get_by_text("Add another Meeting time").click()
    second = page.locator("#schedules-1")
    second.get_by_label("How you meet:").select_option("online")
    second.get_by_label("How often", exact=True).select_option("nth")
    second.get_by_label("first", exact=True).check()
    second.get_by_label("third", exact=True).check()
    second.get_by_label("Monday").check()
    second.get_by_label("First day:").fill("2026-03-02")
    second.get_by_label("Starts at:").fill("20:00")
    second.get_by_label("Time zone:").select_option("America/Los_Angeles")
    page.get_by_label("I have checked this listing today").check()
    page.get_by_label("List it: everybody sees it").check()
    press(page, "Save")
    expect(page.get_by_text("was added successfully")).to_be_visible()
    group = Group.objects.listed().get()
    rows = [(each.rule, each.first_day, each.start, each.zone) for each in group.schedules.order_by("pk")]
    assert rows == [
        ("FREQ=WEEKLY;BYDAY=TU", date(2026, 3, 3), time(18, 30), "America/Chicago"),
        ("FREQ=MONTHLY;BYDAY=1MO,3MO", date(2026, 3, 2), time(20), "America/Los_Angeles"),
    ]
    page.goto(f"{live}/admin/groups/group/{group.pk}/change/")
    expect(page.get_by_text("The first and third Monday of the month. Next:")).to_be_visible()
