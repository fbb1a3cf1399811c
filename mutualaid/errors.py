"""What can stand in the way on the board. `str(error)` is a sentence fit to show to the person."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class NotPossible(Exception):
    """Nothing was changed."""


class NotNow(NotPossible):
    """The post does not stand where this could be done to it."""

    def __init__(self) -> None:
        super().__init__(_("This post has changed since you opened it. Here is how it stands now."))


class MayNotWrite(NotPossible):
    """A moderator has said so, for a while."""

    def __init__(self) -> None:
        super().__init__(_("You cannot write just now. Your own page says why, and until when."))


class NotFinished(NotPossible):
    def __init__(self) -> None:
        super().__init__(_("Something is still missing. Go through the steps once more."))


class NotOftener(NotPossible):
    """The same words by the same person are on the board already."""

    def __init__(self) -> None:
        super().__init__(_("You have a post with these words on the board already. You can change that one."))


class TooFewChairs(NotPossible):
    """Somebody sits on one that would be put away."""

    def __init__(self, least: int) -> None:
        super().__init__(
            ngettext(
                "%(least)d chair is taken already, so keep at least %(least)d.",
                "%(least)d chairs are taken already, so keep at least %(least)d.",
                least,
            )
            % {"least": least}
        )


class NoChairLeft(NotPossible):
    """Somebody else sits on the last one."""

    def __init__(self) -> None:
        super().__init__(_("The last chair was taken a moment ago. You can add one under “Change who sees it”."))


class AskedEnough(NotPossible):
    """A few people a day are enough to ask."""

    def __init__(self) -> None:
        super().__init__(_("You have asked three people today. Give them a day. You can ask others tomorrow."))


class NobodyVouches(NotPossible):
    """For rides, childcare and medicine, the helper is somebody whom others know."""

    def __init__(self) -> None:
        super().__init__(
            _("The helper must be vouched for first, by two members or one moderator. Then you can both say yes.")
        )


class TimeTaken(NotPossible):
    """Each chair has a time, and this one is somebody else's by now, or past."""

    def __init__(self) -> None:
        super().__init__(_("That time is taken or has passed. The post shows those that are free."))


class CountedOnce(NotPossible):
    """The hours of one answer are counted once, and whoever comes each time gives more than that."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "In the time bank each time counts by itself. Under “When and where”, say that each time is for one "
                "person, or make it a gift."
            )
        )


class Answered(NotPossible):
    """Whoever answered did so for what it said."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody has answered. So the kind, how often, the hours and what comes in return stay as they are. "
                "You can write a new post."
            )
        )


class BelowFloor(NotPossible):
    """More hours would be got from the time bank than anybody can get without giving some."""

    def __init__(self, hours: int) -> None:
        super().__init__(
            ngettext(
                "In the time bank you can get %(hours)d hour more than you give, and this would be more than that. "
                "You can still ask for it as a gift.",
                "In the time bank you can get %(hours)d hours more than you give, and this would be more than that. "
                "You can still ask for it as a gift.",
                hours,
            )
            % {"hours": hours}
        )
