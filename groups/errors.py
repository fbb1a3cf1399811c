"""What can stand in the way of a change to a listing. `str(error)` is a sentence fit to show."""

from django.utils.translation import gettext as _


class GroupError(Exception):
    """A change was refused and nothing was written."""


class NotListed(GroupError):
    def __init__(self) -> None:
        super().__init__(_("Only a listed group can be paused."))


class WaitsForDecision(GroupError):
    def __init__(self) -> None:
        super().__init__(_("This is a suggestion. It is decided in the queue, by somebody it does not come from."))


class NotPaused(GroupError):
    def __init__(self) -> None:
        super().__init__(_("This group is not on a pause."))


class PauseEndsTooEarly(GroupError):
    def __init__(self) -> None:
        super().__init__(_("The pause would end before it begins. Choose a later day."))


class AlreadyClosed(GroupError):
    def __init__(self) -> None:
        super().__init__(_("This group is closed already."))


class ListingChanged(GroupError):
    def __init__(self) -> None:
        super().__init__(_("Somebody else changed this listing after you opened it. Open it again to see what is new."))


class RunNotReady(GroupError):
    def __init__(self) -> None:
        super().__init__(_("There is nothing to apply: this import is done, or could not be read."))


class RunIsHeld(GroupError):
    def __init__(self) -> None:
        super().__init__(_("This import is held, as it would change very much. Look at it first."))


class RunOutdated(GroupError):
    def __init__(self) -> None:
        super().__init__(_("A later import of this source is done already. Check the file again."))
