"""The examples of `make run` let one play it through: who is who, and what each finds on their page."""

import pytest
from django.core.management import call_command

from mindspace.accounts.models import User
from mutualaid import matching
from mutualaid.models import Arrangement, Asked, HeldPost, Post, Response, Reveal
from tests.mutualaid.cast import client_of, draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded() -> None:
    call_command("examples")
    call_command("examples")


def example(name: str) -> User:
    return User.objects.get(display_name=f"Example {name}")


def test_matching_has_something_to_show() -> None:
    member, neighbor = example("Member"), example("Neighbor")
    rides = Post.objects.get(category="rides")
    assert [each.person for each in matching.helpers_for(rides, member)] == [neighbor]
    assert {row.post.author for row in matching.posts_for(member)} == {neighbor, example("Rosa")}
    assert Asked.objects.count() == 1
    assert "Example Member asks whether you could." in client_of(neighbor).get("/my/").content.decode()
    rosa = Post.objects.get(author=example("Rosa"))
    page = client_of(example("Moderator")).get("/mutual-aid/waiting/").content.decode()
    assert rosa.written_by == example("Moderator")
    assert rosa.title in page


def test_what_one_moderator_writes_by_phone_the_other_reads() -> None:
    writes, reads = example("Moderator"), example("Second Moderator")
    draft(example("Rosa"), "Somebody to walk with", written_by=writes).submit()
    held = HeldPost.objects.waiting().get()
    for moderator, status in ((writes, 404), (reads, 200)):
        assert client_of(moderator).get(f"/moderation/post/{held.pk}/").status_code == status
    held.decide(reads, "approve")
    assert held.post.state == "open"


def test_from_asking_to_thank_you_with_two_of_them() -> None:
    soup, neighbor = Post.objects.get(title="Soup or a simple meal on Sunday"), example("Neighbor")
    asks, answers = client_of(example("Member")), client_of(neighbor)
    response = Response.objects.send_in(None, soup, neighbor, "Sunday suits me.")
    here = response.get_absolute_url()
    asks.post(f"{here}accept/")
    asks.post(here, {"words": "At six?"})
    detail = neighbor.contact_details.get()
    answers.post(f"{here}show/", {"detail": detail.pk})
    assert Reveal.objects.open().count() == 1
    assert detail.shown in asks.get(here).content.decode()
    asks.post(f"{here}done/")
    answers.post(f"{here}done/")
    assert Arrangement.objects.get(response=response).state == "confirmed"
    assert detail.shown not in asks.get(here).content.decode()
    asks.post(here, {"words": "Thank you."})
    assert "Thank you." in answers.get(here).content.decode()


def test_they_go_as_they_came() -> None:
    call_command("examples", remove=True)
    assert not Post.objects.exists()
    assert not Asked.objects.exists()
    assert not User.objects.exists()
