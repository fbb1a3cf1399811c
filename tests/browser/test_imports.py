"""Taking a feed over in the admin: by keyboard, without JavaScript, on the narrowest phone."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from groups.models import Group, ImportRun, Source
from mindspace.accounts.roles import MODERATOR
from tests.accounts.conftest import make
from tests.browser.desk import come_in
from tests.groups.imports.conftest import row, rows


@pytest.fixture
def source() -> Source:
    return Source.objects.create(name="Neighbors", format="meeting_guide", kind="twelve_step")


@pytest.fixture
def staff(new_page: Callable[..., Page], live: str) -> Page:
    page = new_page(width=320, javascript=False)
    come_in(page, live, make("max", MODERATOR))
    return page


def upload(page: Page, live: str, source: Source, folder: Path, *feed: dict[str, Any]) -> None:
    path = folder / "feed.json"
    path.write_text(json.dumps(feed))
    page.goto(f"{live}/admin/groups/source/")
    page.get_by_role("link", name="Import now").press("Enter")
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Show what would change").press("Enter")
    page.wait_for_url("**/importrun/*/change/")


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url


def test_a_file_is_looked_at_and_then_done(staff: Page, live: str, source: Source, tmp_path: Path) -> None:
    upload(
        staff,
        live,
        source,
        tmp_path,
        row(),
        row("Odd", notes="1st and 3rd Tuesday"),
        row("Resting", attendance_option="inactive"),
    )
    for heading in ("Would be added", "Set aside for a look", "Refused"):
        expect(staff.get_by_role("heading", name=heading)).to_be_visible()
    expect(staff.get_by_text("Every Tuesday, 18:30, Irving, TX")).to_be_visible()
    assert not Group.objects.exists()
    fits(staff)
    staff.get_by_role("button", name="Do this in the directory").press("Enter")
    expect(staff.get_by_text("Done. The directory is up to date")).to_be_visible()
    staff.goto(f"{live}/groups/tea/")
    expect(staff.get_by_role("heading", level=1)).to_have_text("Tea")


def test_what_is_held_is_done_for_a_reason_only(staff: Page, live: str, source: Source, tmp_path: Path) -> None:
    upload(staff, live, source, tmp_path, *rows(10))
    ImportRun.objects.get().apply()
    upload(staff, live, source, tmp_path, *rows(5))
    expect(staff.get_by_text("Held: it would change very much")).to_be_visible()
    expect(staff.get_by_text("5 of 10 listings are no longer in the file.")).to_be_visible()
    fits(staff)
    staff.get_by_role("button", name="Do this in the directory").press("Enter")
    expect(staff.get_by_text("This field is required.").first).to_be_visible()
    assert ImportRun.objects.filter(status="held").exists()
    staff.get_by_label("Why this is right although it changes so much").fill("They closed an office.")
    staff.get_by_role("button", name="Do this in the directory").press("Enter")
    expect(staff.get_by_text("Done. The directory is up to date")).to_be_visible()
    expect(staff.get_by_text("They closed an office.")).to_be_visible()


def test_what_was_set_aside_is_read_and_a_run_can_be_taken_back(
    staff: Page, live: str, source: Source, tmp_path: Path
) -> None:
    upload(staff, live, source, tmp_path, row("Odd", notes="every other week"))
    staff.get_by_role("link", name="Odd").press("Enter")
    expect(staff.get_by_text("every other week", exact=True)).to_be_visible()
    fits(staff)
    staff.go_back()
    staff.get_by_role("button", name="Take it back").press("Enter")
    expect(staff.get_by_text("Taken back. Nothing was changed.")).to_be_visible()


def test_a_file_that_cannot_be_read_says_why(staff: Page, live: str, source: Source, tmp_path: Path) -> None:
    path = tmp_path / "cut.json"
    path.write_text(json.dumps([row(), row("Other")])[:-30])
    staff.goto(f"{live}/admin/groups/source/{source.pk}/import/")
    staff.get_by_label("File").set_input_files(path)
    staff.get_by_role("button", name="Show what would change").press("Enter")
    expect(staff.get_by_text("The file ends in the middle")).to_be_visible()
    fits(staff)
