"""A sheet for the notice board: public values, and a QR code without style or script."""

import re

import pytest
from django.test import Client

from groups.flyer import qr_code
from tests.groups.cast import SECRETS, group, place
from tests.groups.listing import group as listed
from tests.groups.listing import moved
from tests.groups.listing import place as door

pytestmark = pytest.mark.django_db


def test_it_holds_the_name_the_place_and_the_address(client: Client) -> None:
    group()
    page = client.get("/groups/tea-and-talk/flyer/").content.decode()
    for text in ("Tea and Talk", "12 Elm Street", "http://localhost:8000/groups/tea-and-talk/", "988"):
        assert text in page
    assert not re.search(r"<style|style=|<script(?![^>]*src=)", page)


def test_a_place_that_is_not_public_is_not_on_it(client: Client) -> None:
    group(where=place(publicity="area", street=SECRETS[0], name="The Hidden Room"))
    page = client.get("/groups/tea-and-talk/flyer/").content.decode()
    assert "Irving, TX" in page
    assert SECRETS[0] not in page
    assert "The Hidden Room" not in page


def test_the_code_is_one_that_can_be_read() -> None:
    svg = qr_code("http://localhost:8000/groups/tea-and-talk/")
    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1]) - 8
    assert side in range(21, 178, 4)  # a size of ISO/IEC 18004
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h", svg)}
    finder = {(x + 4, y + 4) for x in range(7) for y in range(7) if x in (0, 6) or y in (0, 6)}
    assert finder <= dark  # the square in a corner by which readers find it


def test_a_listing_that_nobody_sees_has_none(client: Client) -> None:
    group(status="pending")
    assert client.get("/groups/tea-and-talk/flyer/").status_code == 404


def test_on_a_pause_it_says_so_and_names_no_meeting(client: Client) -> None:
    group().pause("staff")
    page = client.get("/groups/tea-and-talk/flyer/").content.decode()
    assert "This group rests." in page
    assert "6:30" not in page
    assert "Tuesday" not in page


def test_it_says_how_often_it_meets_and_how_to_get_in_so_that_it_lasts(client: Client) -> None:
    listed("Tea", where=door(hint="Second floor."), contact_by="public", public_phone="+12145550142",
           how_to_join="Ring twice.")  # fmt: skip
    page = " ".join(client.get("/groups/tea/flyer/").content.decode().split())
    for words in ("Every Tuesday at 6.30 pm", "Second floor.", "Ring twice.", "+1 (214) 555 0142"):
        assert words in page, words
    assert page.index("Every Tuesday") < page.index("The next ones")


def test_a_moved_meeting_is_marked_on_it(client: Client) -> None:
    moved(listed("Tea"))
    assert "(moved)" in client.get("/groups/tea/flyer/").content.decode()


def test_what_only_those_see_who_get_in_touch_is_not_on_it(client: Client) -> None:
    made = listed("Tea", how="online", contact_by="relay", public_phone="")
    made.schedules.update(join_link="https://example.org/secret", join_sharing="on_request", join_phone="+12145550199")
    page = client.get("/groups/tea/flyer/").content.decode()
    assert "example.org/secret" not in page
    assert "555 0199" not in page
    assert "5550199" not in page
