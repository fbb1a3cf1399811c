"""Posts that show the board at work. They are marked as examples, because their author is one."""

from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from groups import recurrence, towns
from groups.circles.models import Circle
from groups.geometry import mercator, snapped
from mindspace.accounts.examples import BY_PHONE
from mindspace.accounts.models import User
from mutualaid.models import Asked, Post

MEMBER, NEIGHBOR, MODERATOR = "member@example.org", "neighbor@example.org", "moderator@example.org"
POSTS: tuple[dict[str, Any], ...] = (
    {
        "kind": "request", "category": "rides", "title": "A ride to a weekly appointment, four Thursdays",
        "words": "I can get there on my own most weeks. This month I cannot drive, and I would like not to miss one."
        "\n\n"
        "It is about 20 minutes from Valley Ranch to Las Colinas. You can leave after that: I have a way home.",
        "helps": "Quiet, or the radio.", "slots": 4, "hours": 1, "audience": "public", "minutes": 30, "weekly": 3,
        "bookable": True,
    },
    {
        "kind": "request", "category": "groceries", "title": "Soup or a simple meal on Sunday",
        "words": "Cooking is too much just now. Anything warm is a help. I eat everything but fish.",
        "helps": "A knock, and leaving it at the door.", "helps_not": "Staying long.", "audience": "public",
    },
    {
        "kind": "offer", "category": "listening", "title": "I can listen on Sunday evenings",
        "words": "By phone, half an hour at a time. I have had years of my own, and I do not give advice.",
        "remote": True, "slots": 3, "hours": "0.5", "bookable": True, "audience": "public", "minutes": 30, "weekly": 6,
        "start": time(19, 0), "languages": ["en", "es"],
    },
    {
        "kind": "offer", "category": "knowledge", "title": "How to fill in the forms for a clinic with sliding fees",
        "words": "I have done it twice, and can sit beside you while you do it.", "hours": 1, "audience": "members",
        "reckoning": "timebank",
    },
    {
        "by": NEIGHBOR, "kind": "request", "category": "listening", "title": "Somebody to talk to on the phone",
        "words": "Evenings are long just now. Half an hour would do me good. I can call you.",
        "remote": True, "hours": "0.5", "audience": "members", "languages": ["en", "es"],
    },
    {
        "by": BY_PHONE, "kind": "request", "category": "groceries", "title": "A bag of rice and beans, once",
        "words": "I cannot carry heavy things. I pay for them myself. The store is around the corner.",
        "hours": 1, "audience": "members", "languages": ["es", "en"],
    },
    {
        "by": NEIGHBOR, "kind": "request", "category": "company", "title": "A walk around the block on Friday",
        "words": "Going out is easier with somebody I know. Twenty minutes do, and we need not talk.",
        "hours": "0.5", "audience": "circle",
    },
)  # fmt: skip


def load() -> Iterator[str]:
    people = people_of_the_examples()
    if MEMBER not in people or present():
        return
    town = towns.find("75063")
    for fields in POSTS:
        own = {"by": MEMBER, **fields}
        author = people.get(own.pop("by"))
        if author is None:
            continue
        if not author.can_be_mailed:
            own["written_by"] = people.get(MODERATOR)
        if own["audience"] == Post.Audience.CIRCLE:
            own["circle"] = Circle.objects.visible_to(author).filter(is_example=True).first()
            if own["circle"] is None:
                continue
        weekday, remote = own.pop("weekly", None), own.get("remote", False)
        if weekday is not None:
            today = timezone.localdate()
            first = today + timedelta(days=(weekday - today.weekday()) % 7 or 7)
            own |= {
                "when": "recurring",
                "first_day": first,
                "start": own.get("start", time(14, 15)),
                "rule": recurrence.weekly([weekday]),
            }
        if town and not remote:
            middle = snapped(town.point)
            x, y = mercator(middle)
            own |= {
                "area_name": f"{town.name}, {town.state}", "area_zip": town.zip_code, "latitude": middle.latitude,
                "longitude": middle.longitude, "x": x, "y": y,
            }  # fmt: skip
        post = Post.objects.create(author=author, **own)
        post.submit()
        if post.state == Post.State.HELD:
            post.publish(author)
            post.helds.undecided().delete()
    soup = Post.objects.filter(author=people[MEMBER], category="groceries").first()
    if soup is not None and NEIGHBOR in people:
        Asked.objects.ask(soup, people[NEIGHBOR], people[MEMBER])
    yield from ()


def people_of_the_examples() -> dict[str, User]:
    """By address; the one helped by phone has none, and goes by her name."""
    found = User.objects.filter(is_example=True)
    return {user.email if user.can_be_mailed else user.display_name: user for user in found}


def remove() -> None:
    Post.objects.filter(author__is_example=True).delete()


def present() -> bool:
    return Post.objects.filter(author__is_example=True).exists()
