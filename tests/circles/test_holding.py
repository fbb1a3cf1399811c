"""Taking it out, and leaving the site."""

import pytest
from django.core.management import call_command

from groups.circles.models import Circle, Invitation
from mindspace.accounts import leaving
from mindspace.accounts.models import User
from tests.circles.cast import alice, circle, facilitators, fay, grown_up, link_to
from tests.mutualaid.cast import post

pytestmark = pytest.mark.django_db


def test_the_export_holds_their_circles_and_nobody_elses() -> None:
    first, second = fay(), alice()
    link_to(circle(first, second, agreements="We listen."), first)
    circle(grown_up("dora"), name="Elsewhere")
    said = leaving.everything(second)["circles"]
    assert [each["name"] for each in said["circles"]] == ["Porch Circle"]
    assert said["circles"][0]["what_you_agree_on"] == "We listen."
    assert "Fay" not in str(said)
    assert len(leaving.everything(first)["circles"]["invitations_you_made"]) == 1


@pytest.mark.parametrize("keep_posts", [True, False])
def test_leaving_the_site_hands_the_circle_on(keep_posts: bool) -> None:
    first, second = fay(), alice()
    made = circle(first, second)
    link_to(made, first)
    leaving.leave(first, keep_posts=keep_posts)
    assert facilitators(made) == ["Alice"]
    assert not Invitation.objects.exists()
    leaving.leave(second, keep_posts=keep_posts)
    made.refresh_from_db()
    assert made.closed_at is not None


def test_the_example_comes_once_and_goes() -> None:
    call_command("examples")
    call_command("examples")
    made = Circle.objects.get()
    assert (made.name, made.memberships.count()) == ("Porch Circle", 4)
    assert facilitators(made) == ["Example Member"]
    call_command("examples", remove=True)
    assert not Circle.objects.exists()
    assert not User.objects.exists()


def test_an_example_in_which_something_real_is_asked_stays_with_them() -> None:
    call_command("examples")
    real, made = fay(), Circle.objects.get()
    made.seat(real)
    post(real, audience="circle", circle=made)
    call_command("examples", remove=True)
    made.refresh_from_db()
    assert (made.is_example, facilitators(made)) == (False, ["Fay"])


def test_an_example_in_which_somebody_real_sits_goes_too() -> None:
    call_command("examples")
    real = fay()
    Circle.objects.get().seat(real)
    call_command("examples", remove=True)
    assert not Circle.objects.exists()
    assert [user.display_name for user in User.objects.all()] == ["Fay"]
