"""The facts the site opens with, and that staff can correct them at once."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client

from mindspace.site.models import ClosedDay, OpeningHours, SiteDetails

pytestmark = pytest.mark.django_db


def test_the_house_says_who_and_where_it_is() -> None:
    site = SiteDetails.current()
    assert site.name == "MindSpace"
    assert site.address == "4601 N MacArthur Blvd, Irving, TX 75038"
    assert (site.phone_display, site.tel) == ("+1 (214) 245 9442", "tel:+12142459442")
    assert site.email == "mindspacehelp@gmail.com"
    assert site.time_zone == "America/Chicago"
    assert site.hours_in_words == "Daily, 8.00 am to 10.00 pm"


def test_there_is_one_house_and_no_second() -> None:
    with pytest.raises(IntegrityError):
        SiteDetails.objects.create(id=2, name="Another", phone="988", exit_url="https://example.com/")


def test_it_comes_with_its_hours_in_one_query(django_assert_num_queries: object) -> None:
    ClosedDay.objects.create(day="2026-12-25")
    with django_assert_num_queries(1):
        site = SiteDetails.current()
        assert len(site.spans) == 7
        assert not site.open_state(datetime(2026, 12, 25, 18, tzinfo=UTC)).is_open
        assert site.open_state(datetime(2026, 12, 26, 18, tzinfo=UTC)).is_open


@pytest.mark.parametrize("zone", ["Texas", "", "../../etc/passwd", "America", "\x00"])
def test_a_time_zone_must_exist(zone: str) -> None:
    site = SiteDetails.current()
    site.time_zone = zone
    with pytest.raises(ValidationError):
        site.full_clean()


def test_the_exit_must_be_a_secure_page() -> None:
    site = SiteDetails.current()
    site.exit_url = "http://example.com/"
    with pytest.raises(ValidationError):
        site.full_clean()
    with pytest.raises(IntegrityError):
        SiteDetails.objects.update(exit_url="javascript:alert(1)")


@pytest.mark.parametrize(
    ("now", "word"),
    [
        ("2026-06-04T02:59:00Z", "Open now"),  # 9.59 pm in Irving
        ("2026-06-04T03:00:00Z", "Closed now"),  # 10.00 pm
        ("2026-06-04T05:00:00Z", "Closed now"),  # midnight
        ("2026-03-08T12:59:00Z", "Closed now"),  # the clock sprang forward: 7.59 am
        ("2026-03-08T13:00:00Z", "Open now"),
        ("2026-11-01T13:59:00Z", "Closed now"),  # it fell back: 7.59 am again
        ("2026-11-01T14:00:00Z", "Open now"),
        ("2027-03-14T13:00:00Z", "Open now"),
        ("2027-11-07T13:00:00Z", "Closed now"),
    ],
)
def test_every_page_knows_the_hour(client: Client, now: str, word: str) -> None:
    with time_machine.travel(now, tick=False):
        page = client.get("/safety/").content.decode()
    assert word in page
    assert ("Open now" in page) != ("Closed now" in page)


@pytest.mark.parametrize(("now", "is_night"), [("2026-06-04T08:00:00Z", True), ("2026-06-04T18:00:00Z", False)])
def test_at_night_help_says_who_is_awake(client: Client, now: str, is_night: bool) -> None:
    with time_machine.travel(now, tick=False):
        page = client.get("/help/").content.decode()
    assert ("We are closed now, but 988 is awake." in page) == is_night


def test_corrected_hours_show_on_the_next_page(client: Client) -> None:
    OpeningHours.objects.update(opens="09:30")
    assert "Daily, 9.30 am to 10.00 pm" in client.get("/privacy/").content.decode()
