"""What a member's own page says where there is nothing yet, and where it leads."""

import pytest
from django.utils import timezone

from mindspace.accounts.models import Profile, User
from mutualaid.models import Response
from tests.mutualaid.cast import alice, bob, client_of, person, post

pytestmark = pytest.mark.django_db
BEGIN = "Three ways to begin"


def page(user: User) -> str:
    return client_of(user).get("/my/").content.decode()


def test_who_is_new_finds_three_ways_to_begin() -> None:
    new = person("newcomer")
    said = page(new)
    assert said.index(BEGIN) < said.index("News for you")
    for way in ("/mutual-aid/new/?kind=request", "/accounts/profile/", "/groups/"):
        assert f'href="{way}"' in said[said.index(BEGIN) : said.index("News for you")]
    assert "Your posts" not in said


def test_who_has_asked_or_answered_is_new_no_more() -> None:
    asks, helps = alice(), bob()
    made = post(asks)
    Response.objects.send_in(None, made, helps, "I can.")
    assert BEGIN not in page(asks)
    assert BEGIN not in page(helps)
    assert "Nothing of yours is on the board just now" in page(helps)
    made.close("withdrawn")
    assert "Nothing of yours is on the board just now" in page(asks)


def test_who_gives_hears_that_nothing_fits_and_is_led_to_the_board() -> None:
    helper = bob()
    Profile.objects.filter(user=helper).update(can_give=["groceries"], hours=4)
    said = page(helper)
    assert "Nothing just now that fits what you give" in said
    assert 'href="/mutual-aid/?kind=request"' in said
    Profile.objects.filter(user=helper).update(resting_until=timezone.localdate())
    assert "Nothing just now that fits" not in page(helper)
