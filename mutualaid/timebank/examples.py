"""An hour that went from one example member to another."""

from collections.abc import Iterator

from mutualaid.examples import MEMBER, NEIGHBOR, people_of_the_examples
from mutualaid.models import Arrangement, Post, Response
from mutualaid.timebank.models import Transfer


def load() -> Iterator[str]:
    people = people_of_the_examples()
    member, neighbor = people.get(MEMBER), people.get(NEIGHBOR)
    offer = Post.objects.open().filter(author=member, reckoning=Post.Reckoning.TIMEBANK).first()
    if member is None or neighbor is None or offer is None or present():
        return
    response = Response.objects.send_in(None, offer, neighbor, "I have a form from the clinic. Tuesday at six?")
    response.accept()
    agreed = Arrangement.objects.get(response=response)
    for person in (neighbor, member):
        agreed.say_done(person)
    yield from ()


def remove() -> None:
    """Goes with the two accounts, by the database."""


def present() -> bool:
    return Transfer.objects.filter(giver__is_example=True).exists()
