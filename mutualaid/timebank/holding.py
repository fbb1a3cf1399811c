"""What the time bank holds of a person: for taking it out, and for leaving."""

from collections.abc import Mapping
from typing import Any

from mutualaid.timebank.lines import Line
from mutualaid.timebank.models import Transfer


def export(user: Any) -> Mapping[str, Any]:
    lines = [Line(row, user) for row in Transfer.objects.lines(user)]
    balance = Transfer.objects.balance_of(user)
    return {
        "minutes_given": balance.given,
        "minutes_got": balance.got,
        "lines": [
            {"you": "gave" if line.gave else "got", "minutes": line.row.minutes, "for": line.title, "at": line.row.at}
            for line in lines
        ],
    }


def delete(user: Any, keep_posts: bool) -> None:
    """The name goes with the account, and the other one's balance stays as it is. No line of code is needed for that.

    The rows are only locked, in one order: two who leave at once go one after the other.
    """
    list(Transfer.objects.visible_to(user).order_by("pk").select_for_update().values_list("pk"))
