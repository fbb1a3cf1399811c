"""Who is on the board in the tests: Alice asks, Bob may answer, Charlie must not get in, Max and Mia moderate."""

from typing import Any

from mindspace.accounts.models import PhoneMember, User
from mutualaid.models import Post
from tests.circles.cast import alice, bob, charlie, grown_up
from tests.groups.cast import again, client_of, form_data, links, max_, mia, person

__all__ = [
    "again",
    "alice",
    "bob",
    "charlie",
    "client_of",
    "draft",
    "form_data",
    "grown_up",
    "links",
    "max_",
    "mia",
    "person",
    "post",
    "rosa",
]

IRVING: dict[str, Any] = {
    "area_name": "Irving, TX",
    "area_zip": "75038",
    "latitude": 32.87,
    "longitude": -96.99,
    "x": -10796877.0,
    "y": 3873400.0,
}


def draft(author: User, title: str = "Soup on Sundays", **fields: Any) -> Post:
    whole = {"kind": "request", "category": "groceries", "words": "A pot of soup would carry me.", **IRVING, **fields}
    made: Post = Post.objects.create(author=author, title=title, **whole)
    return made


def post(author: User, title: str = "Soup on Sundays", **fields: Any) -> Post:
    """An open post: submitted, and looked at where that is needed."""
    made = draft(author, title, **fields)
    made.submit()
    if made.state == "held":
        made.publish(author)
        made.helds.undecided().delete()
    return made


def rosa(moderator: User) -> PhoneMember:
    """She has no e-mail: moderators post and answer for her, by phone."""
    made: PhoneMember = PhoneMember.objects.welcome(moderator, "Rosa", "She said yes to all of it.", adult=True)
    return made
