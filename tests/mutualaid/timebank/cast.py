"""What both confirmed, and what follows."""

from decimal import Decimal
from typing import Any

from mindspace.accounts.models import User
from mutualaid.models import Arrangement, Post, Response
from mutualaid.timebank.models import Transfer
from tests.mutualaid.cast import post


def agreed(author: User, by: User, hours: str = "1", **fields: Any) -> Arrangement:
    """A post in the time bank, answered, with the yes of both."""
    made = post(author, fields.pop("title", f"Soup {Post.objects.count()}"), hours=Decimal(hours),
                **{"reckoning": "timebank", **fields})  # fmt: skip
    response = Response.objects.create(post=made, by=by)
    response.accept()
    found: Arrangement = Arrangement.objects.get(response=response)
    return found


def confirmed(author: User, by: User, hours: str = "1", **fields: Any) -> Arrangement:
    """As agreed, and both said that it is done."""
    arrangement = agreed(author, by, hours, **fields)
    arrangement.say_done(author)
    arrangement.say_done(by)
    return arrangement


def balance(person: User) -> float:
    """In hours."""
    return float(Transfer.objects.balance_of(person).left / 60)
