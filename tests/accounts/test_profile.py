"""Mona says what she can give; what others see of it, and what they do not."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from mindspace.accounts import resting
from mindspace.accounts.models import Profile, User

pytestmark = pytest.mark.django_db
SAID = {"display_name": "Mona", "hours": "2", "availability": "evenings", "time_zone": "America/Chicago"}

SignedIn = Callable[[User | None], Client]


def test_three_fields_say_it(mona: User, signed_in: SignedIn) -> None:
    answer = signed_in(mona).post("/accounts/profile/", SAID)
    assert answer.status_code == 302
    profile = Profile.objects.get(user=mona)
    assert (profile.hours, profile.availability) == (2, "evenings")
    mona.refresh_from_db()
    assert mona.display_name == "Mona"


def test_no_hours_means_may_be_asked_and_zero_means_not_now(mona: User, signed_in: SignedIn) -> None:
    client = signed_in(mona)
    client.post("/accounts/profile/", SAID | {"hours": ""})
    assert Profile.objects.get(user=mona).hours is None
    client.post("/accounts/profile/", SAID | {"hours": "0"})
    assert Profile.objects.get(user=mona).hours == 0
    assert "may be asked" in client.get("/accounts/profile/").content.decode()


def test_an_area_is_kept_as_the_middle_of_a_cell(mona: User, signed_in: SignedIn) -> None:
    signed_in(mona).post("/accounts/profile/", SAID | {"area": "75038"})
    profile = Profile.objects.get(user=mona)
    assert (profile.area_name, profile.area_zip) == ("Irving, TX", "75038")
    assert profile.area_point is not None
    assert all(round(degrees * 100) % 2 == 1 for degrees in profile.area_point)  # cells of 0.02 degrees


@pytest.mark.parametrize("area", ["4300 N Belt Line Rd, Irving", "Nowhere at all", "\0", "x" * 10_000])
def test_an_address_or_junk_is_no_area(mona: User, signed_in: SignedIn, area: str) -> None:
    answer = signed_in(mona).post("/accounts/profile/", SAID | {"area": area})
    assert answer.status_code == 400
    assert "error-summary" in answer.content.decode()
    assert Profile.objects.get(user=mona).area_name == ""


@pytest.mark.parametrize("name", ["mona@example.org", "Mona 214 555 0123", "www.mona.org", ""])
def test_a_name_holds_no_way_to_reach_a_person(mona: User, signed_in: SignedIn, name: str) -> None:
    assert signed_in(mona).post("/accounts/profile/", SAID | {"display_name": name}).status_code == 400
    mona.refresh_from_db()
    assert mona.display_name == "mona"


def test_the_age_is_stated_and_can_be_taken_back(mona: User, signed_in: SignedIn) -> None:
    client = signed_in(mona)
    assert not mona.is_adult
    client.post("/accounts/profile/", SAID | {"is_adult": "on"})
    assert mona.is_adult
    client.post("/accounts/profile/", SAID)
    assert not mona.is_adult


def test_an_age_nobody_stated_is_refused_by_the_database(mona: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Profile.objects.create(user=mona, is_adult=True)


@time_machine.travel("2026-03-01 18:00:00+00:00", tick=False)
def test_resting_hands_over_once_and_ends_by_itself(
    mona: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_over: list[tuple[User, date]] = []
    monkeypatch.setitem(
        resting._apps, "test", (lambda user, until: handed_over.append((user, until)), lambda user, until: [])
    )
    client = signed_in(mona)
    client.post("/accounts/rest/", {"until": "2026-03-20"})
    client.post("/accounts/rest/", {"until": "2026-03-21"})  # longer: nothing more to hand over
    assert handed_over == [(mona, date(2026, 3, 20))]
    profile = Profile.of(mona)
    assert profile.is_resting(date(2026, 3, 21))
    assert not Profile.objects.not_resting(date(2026, 3, 21)).filter(user=mona).exists()
    assert Profile.objects.not_resting(date(2026, 3, 22)).filter(user=mona).exists()
    client.post("/accounts/rest/end/")
    assert Profile.objects.get(user=mona).resting_until is None


@time_machine.travel("2026-03-01 18:00:00+00:00", tick=False)
@pytest.mark.parametrize("until", ["2026-02-28", "2028-01-01", "soon", ""])
def test_no_rest_in_the_past_nor_for_years(mona: User, signed_in: SignedIn, until: str) -> None:
    assert signed_in(mona).post("/accounts/rest/", {"until": until}).status_code == 400


def test_others_see_the_name_and_area_and_never_the_hours(mona: User, max_: User, signed_in: SignedIn) -> None:
    client = signed_in(mona)
    client.post("/accounts/profile/", SAID | {"area": "76051", "hours": "137", "languages": ["es"]})
    page = signed_in(max_).get(f"/accounts/people/{mona.pk}/").content.decode()
    assert "Grapevine, TX" in page
    assert "Spanish" in page
    for hidden in ("137", "76051", mona.email):
        assert hidden not in page


@pytest.mark.parametrize("hours", ["4", "40", "2.5"])
def test_hours_are_shown_as_they_were_written(mona: User, signed_in: SignedIn, hours: str) -> None:
    client = signed_in(mona)
    client.post("/accounts/profile/", SAID | {"hours": hours})
    assert f'name="hours" value="{hours}"' in client.get("/accounts/profile/").content.decode()


@time_machine.travel("2026-03-01 18:00:00+00:00", tick=False)
def test_my_page_says_what_they_give_and_when_they_rest(mona: User, signed_in: SignedIn) -> None:
    client = signed_in(mona)
    assert "asking is enough" in client.get("/my/").content.decode()
    client.post("/accounts/profile/", SAID | {"can_give": ["groceries", "listening"]})
    page = client.get("/my/").content.decode()
    assert "You can give: Groceries and meals, Listening." in page
    assert "not asked for more than 2 hours" in page
    client.post("/accounts/rest/", {"until": "2026-03-20"})
    assert "You are resting until March 20" in client.get("/my/").content.decode()


@pytest.mark.parametrize(("name", "suggested"), [("Calm River 27", True), ("Mona", False)])
def test_a_first_name_is_suggested_where_one_wants_to_be_trusted(
    mona: User, signed_in: SignedIn, name: str, suggested: bool
) -> None:
    client = signed_in(mona)
    client.post("/accounts/profile/", SAID | {"can_give": ["childcare"], "display_name": name})
    assert ("a first name makes it easier to trust you" in client.get("/my/").content.decode()) is suggested
