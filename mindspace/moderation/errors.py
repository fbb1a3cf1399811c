"""What can stand in the way of a decision. `str(error)` is a sentence fit to show to staff."""

from django.utils.translation import gettext as _


class NotDecided(Exception):
    """Nothing was decided, and nothing was written."""


class AlreadyDecided(NotDecided):
    def __init__(self) -> None:
        super().__init__(_("Somebody else has decided this meanwhile. Here is the next one."))


class YourOwn(NotDecided):
    def __init__(self) -> None:
        super().__init__(_("This comes from you, or is about somebody you know here, so another moderator decides it."))


class ChangedMeanwhile(NotDecided):
    def __init__(self) -> None:
        super().__init__(_("This has changed since you opened it. Please look at it again."))


class NobodyToAsk(NotDecided):
    def __init__(self) -> None:
        super().__init__(_("There is no address to ask at. Approve it or refuse it."))


class CannotBeDone(NotDecided):
    """It cannot be carried out as it stands; the message says why."""
