"""What can stand in the way of a circle. `str(error)` is a sentence fit to show to the person."""

from django.utils.translation import gettext as _


class CircleError(Exception):
    """Nothing was changed."""


class CannotBeUsed(CircleError):
    """An invitation that is over, or not for this person: which of them, nobody is told."""

    def __init__(self) -> None:
        super().__init__(_("This invitation cannot be used."))


class CircleFull(CircleError):
    def __init__(self) -> None:
        super().__init__(_("Every chair in this circle is taken."))


class NotTheirs(CircleError):
    """Somebody else had changed who is in the circle, or who facilitates it."""

    def __init__(self) -> None:
        super().__init__(_("This circle has changed since you opened its page. Here is how it is now."))
