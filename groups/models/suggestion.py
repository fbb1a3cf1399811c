"""What a visitor would have a listing say: a new one, or a change to one."""

from contextlib import suppress
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups import changing, listing
from groups.errors import AlreadyClosed
from groups.models.organizer import Organizer
from mindspace.accounts.models import User
from mindspace.mail.templates import send
from mindspace.moderation.errors import CannotBeDone
from mindspace.moderation.models import Held, HeldQuerySet
from mindspace.once import once


class SuggestionQuerySet(HeldQuerySet):
    def send_in(self, key: UUID | None, email: str, by: Any = None, **fields: Any) -> "Suggestion":
        """Keep a suggestion, and mail the link that confirms it. A second click sends nothing."""
        return once(Suggestion.objects, key, lambda: self._send_in(key, email, by, **fields))

    def _send_in(self, key: UUID | None, email: str, by: Any, **fields: Any) -> "Suggestion":
        with transaction.atomic():
            made = Suggestion(key=key, made_by=by if by and by.is_authenticated else None, **fields)
            made.email, made.risk = email, listing.risk(made.changes)
            token = made.new_token()
            made.save()
            send("groups/mail/suggestion_confirm", made.email, {"link": settings.SITE_URL + made.path(token)})
        return made


class Suggestion(Held):
    """`changes` is a difference as in listing.py. A new listing is a pending group once its mail was confirmed."""

    queue = "suggestion"
    mails = "groups/mail/suggestion"

    group = models.ForeignKey(
        "groups.Group", on_delete=models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )
    is_new = models.BooleanField(_("a new listing"), default=False)
    changes: "models.JSONField[Any, Any]" = models.JSONField(_("what changes"))
    note = models.TextField(_("note for us"), max_length=1000, blank=True)
    runs_it = models.BooleanField(_("says they run the group"), default=False)

    objects: ClassVar[Any] = SuggestionQuerySet.as_manager()

    class Meta(Held.Meta):
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.made_at:%Y-%m-%d}"

    def path(self, token: str) -> str:
        return reverse("groups:suggestion_open", args=[token])

    def answer_path(self) -> str:
        return self.path(self.new_token())

    def confirm(self) -> None:
        """Whoever has the mail wants this. It waits from now on; a second click changes nothing."""
        with transaction.atomic():
            row = Suggestion.objects.select_for_update().get(pk=self.pk)
            if row.state == self.State.UNCONFIRMED:
                if row.is_new:
                    row.group = changing.make(row.changes, "suggestion", row.made_by, key=row.key)
                row.state, row.waits_since = self.State.WAITING, timezone.now()
                row.save()
        self.refresh_from_db()

    def approved(self, by: User) -> None:
        if self.group is None:
            raise CannotBeDone(_("The listing is not there any more."))
        if self.is_new:
            self.group.list_("organizer" if self.runs_it else "staff", by)
            if self.runs_it:
                Organizer.objects.welcome(self.group, self.email)
            return
        try:
            changing.change(self.group, self.changes, "suggestion", by)
        except changing.ChangeRefused as error:
            raise CannotBeDone(str(error)) from error

    def mail_context(self) -> dict[str, Any]:
        """What is on the page now can be looked at: the link names no group, and leads to one."""
        return {"link": settings.SITE_URL + self.answer_path()} if self.state == self.State.APPROVED else {}

    def refused(self, by: User) -> None:
        if not self.is_new or self.group is None:
            return
        if self.group.status == self.group.Status.PENDING:
            self.group.delete()
            self.group = None
        else:
            with suppress(AlreadyClosed):  # it was listed otherwise meanwhile: refused is refused
                self.group.close("staff", by)

    def at_stake(self) -> Any:
        return [self.changes, self.note, self.overtaken]

    @property
    def parts(self) -> list[listing.Part]:
        """What changes, in words. Of what is decided the page says something else by now."""
        return listing.in_parts(self.changes, listing.state_of(self.group)["meetings"] if self.group else None)

    @property
    def overtaken(self) -> list[str]:
        return [] if self.is_new or self.group is None else listing.overtaken(self.group, self.changes)
