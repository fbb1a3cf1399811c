"""What one may do with an answer, and how it stands, without changing anything."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from mindspace.accounts.models import Block
from mindspace.moderation.models.sanction import may_write
from mutualaid.models.conversation import Conversation
from mutualaid.models.post import Post


class ResponseRights(Conversation):
    class Meta(Conversation.Meta):
        abstract = True

    # -- Who may do it ---------------------------------------------------------------------------------

    @staticmethod
    def can_be_sent_by(user: Any, post: Post) -> bool:
        """For grown-ups who may write, to what they can see; never to a post of their own, nor after a no."""
        return (
            Post.can_be_written_by(user)
            and post.state == Post.State.OPEN
            and not post.is_of(user)
            and Post.objects.on_the_board_for(user).filter(pk=post.pk).exists()
            and post.seats.count() < post.slots
            and not post.responses.standing().filter(by=user).exists()
        )

    def can_be_decided_by(self, user: Any) -> bool:
        return self.state == "proposed" and not self.is_held and self.post.is_of(user)

    def can_be_accepted_by(self, user: Any) -> bool:
        """A yes is a word, too: whoever may not write just now can say no only."""
        return self.can_be_decided_by(user) and may_write(user)

    def can_be_withdrawn_by(self, user: Any) -> bool:
        return self.state == "proposed" and self.by_id == user.pk

    def can_be_passed_for(self, user: Any) -> bool:
        """Whether this person may ask a moderator to stand in."""
        mine = user.pk in (self.by_id, self.post.author_id)
        return mine and self.state == "proposed" and not self.is_held and self.needs_a_word

    # -- How it is -------------------------------------------------------------------------------------

    @property
    def helper(self) -> Any:
        """Who gives: the one who answers a request, or whose offer it is."""
        return self.by if self.post.kind == Post.Kind.REQUEST else self.post.author

    @property
    def needs_a_word(self) -> bool:
        """Whether somebody has to vouch for the helper before both can say yes."""
        return self.post.is_sensitive and self.passed_at is None and not self.helper.is_vouched

    @property
    def is_kept_apart(self) -> bool:
        return bool(Block.objects.between(self.by, self.post.author).exists())

    @property
    def stopped_by(self) -> Any:
        """The report for which nobody writes here, until it is decided or for good; None if there is none."""
        return self.reports.stopping().first()

    @property
    def meets_at(self) -> datetime | None:
        """The time that a yes agrees on: the one that was chosen, or that of the post; None where they find one."""
        if self.chosen_at is not None or self.post.bookable:
            return self.chosen_at
        at: datetime | None = self.post.next_time
        return at

    # What Response has.
    if TYPE_CHECKING:
        by: Any
        chosen_at: datetime | None
        passed_at: datetime | None
        reports: Any
