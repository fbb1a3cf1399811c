"""The circles somebody is in, on the page that is theirs."""

from typing import Any

from groups.circles.models import Circle
from mindspace.accounts.models import User
from mindspace.accounts.my import Section


def circles(user: User) -> dict[str, Any] | None:
    rows = list(Circle.objects.with_people(user))
    return {"rows": rows} if rows else None


CIRCLES = Section("circles.mine", 60, "circles/my.html", circles)
