"""What can stand in the way of a change to an article. `str(error)` is a sentence fit to show to staff."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from articles.gates import Problem
    from articles.models import Article, DeskEdit, Edition


class ArticleError(Exception):
    """A change was refused and nothing was written."""


class NotAllowed(ArticleError):
    def __init__(self) -> None:
        super().__init__(_("Your role does not let you do this."))


class EditConflict(ArticleError):
    """Somebody saved while you were writing. Both texts are here, so that nothing is lost."""

    def __init__(self, mine: Mapping[str, Any], theirs: "Article", last_edit: "DeskEdit | None") -> None:
        self.mine = mine
        self.theirs = theirs
        self.last_edit = last_edit
        super().__init__(_("Somebody else saved this article while you were writing. Nothing of yours was saved yet."))


class DeskChanged(ArticleError):
    def __init__(self) -> None:
        super().__init__(_("The text changed after you opened it. Please read it again first."))


class ReviewerIsAuthor(ArticleError):
    def __init__(self) -> None:
        super().__init__(_("Somebody who did not write or edit this text has to approve it."))


class NotApproved(ArticleError):
    def __init__(self) -> None:
        super().__init__(_("Nobody has approved this text as it stands. Any edit makes an earlier approval void."))


class NotReady(ArticleError):
    """The publishing gates found something. `problems` says what and where."""

    def __init__(self, problems: "Sequence[Problem]") -> None:
        self.problems = list(problems)
        count = len(self.problems)
        summary = ngettext(
            "One thing needs mending before this can be published.",
            "%(count)d things need mending before this can be published.",
            count,
        )
        super().__init__(" ".join([summary % {"count": count}, *(problem.message for problem in self.problems)]))


class ScheduledEditionExists(ArticleError):
    """`editions` are due later and would replace the new one: ask whether to keep or cancel them."""

    def __init__(self, editions: "Sequence[Edition]") -> None:
        self.editions = list(editions)
        super().__init__(_("Another edition is due later and would replace this one. Keep it, or cancel it?"))


class TimeHasPassed(ArticleError):
    def __init__(self) -> None:
        super().__init__(_("That time has passed. Choose a later one, or publish now."))


class NothingToWithdraw(ArticleError):
    def __init__(self) -> None:
        super().__init__(_("There is no edition to take down."))


class SlugRefused(ArticleError):
    """The address is taken by another article, reserved, or not made of a-z, 0-9 and hyphens."""
