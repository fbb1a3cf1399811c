"""Answering a post, writing to each other about it, and finding a time."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.recurrence import local_to_utc
from mindspace.accounts.models import User
from mindspace.moderation.forms import GentleTrapForm
from mindspace.notifications.quiet import zone_of
from mindspace.once import OnceForm
from mutualaid import guard
from mutualaid.models import Message, Post
from mutualaid.moments import in_words, stamp

FARTHEST = timedelta(days=366)


class GuardedForm(forms.Form):
    """Says what private things the words seem to hold. Sent as they are, they are held for a look."""

    as_it_is = forms.BooleanField(required=False, widget=forms.HiddenInput)
    found: list[str]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.found = guard.named_in(said.get("words") or "")
        if self.found and not said.get("as_it_is"):
            self.add_error(
                "words",
                _(
                    "It seems to hold %(found)s. Take it out: once you both have said yes, you can show a number or an "
                    "address in private. Or send it as it is, and somebody here reads it first."
                )
                % {"found": ", ".join(self.found)},
            )
        return said


class FirstLineForm(GuardedForm, OnceForm):
    """`chosen_at` is there where each chair has a time of its own."""

    words = forms.CharField(
        label=_("A line to them"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1000}),
        help_text=_("Such as when you can come. Keep your number and address for later."),
    )

    field_order: tuple[str, ...] = ("chosen_at", "words")

    def __init__(self, post: Post, by: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free, own = post.free_times(), zone_of(by)
        if free:
            self.fields["chosen_at"] = forms.TypedChoiceField(
                label=_("Which time?"),
                choices=[(stamp(each), in_words(each, post.zone, own)) for each in free],
                coerce=datetime.fromisoformat,
                widget=forms.RadioSelect,  # each in full, also on a small screen
            )
            self.order_fields(self.field_order)


class AnswerForm(GentleTrapForm, FirstLineForm):
    """By the member's own hand."""

    def __init__(self, post: Post, by: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(post, by, *args, **kwargs)
        if "chosen_at" in self.fields or post.next_time:  # when they come is said already
            self.fields["words"].help_text = _("Keep your number and address for later.")


class ChairForm(forms.Form):
    """The chair that was pressed."""

    chair = forms.CharField(max_length=40, required=False)


class DetailForm(forms.Form):
    """Which of one's own contact details."""

    detail = forms.UUIDField()


class LineForm(forms.Form):
    """Which line of one's own."""

    line = forms.UUIDField()


class MessageForm(GuardedForm, OnceForm):
    words = forms.CharField(
        label=_("Write back"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000})
    )


class ThanksForm(GuardedForm, OnceForm):
    card = forms.ChoiceField(
        label=_("A card"), choices=Message.Card.choices, widget=forms.RadioSelect, initial="candle"
    )
    words = forms.CharField(
        label=_("A line, if you like"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 400}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "thanks_%s")  # on one page with a MessageForm
        super().__init__(*args, **kwargs)


class LastLineForm(GuardedForm):
    """What the other one reads when it ends before its time. It may be changed, or emptied."""

    words = forms.CharField(
        label=_("A line to them, if you like"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 2000}),
    )


class CallOffForm(LastLineForm):
    def __init__(self, data: Any = None) -> None:
        line = _("I cannot make it after all. Thank you for being there.")
        super().__init__(data, auto_id="cancel_%s", initial={"words": line})


class MissedForm(LastLineForm):
    def __init__(self, data: Any = None) -> None:
        line = _("It did not work out this time. That is all right. I wish you well.")
        super().__init__(data, auto_id="missed_%s", initial={"words": line})


class TimeForm(forms.Form):
    """A time by the clock of `zone`, that of the post; then `starts_at` is in the cleaned data."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    start = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("How many minutes"), required=False, min_value=5, max_value=24 * 60)

    def __init__(self, zone: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("day") and said.get("start"):
            now = timezone.now()
            if not now.date() - timedelta(days=1) <= said["day"] <= (now + FARTHEST).date():
                self.add_error("day", _("Choose a day in the year to come."))
                return said
            said["starts_at"] = local_to_utc(datetime.combine(said["day"], said["start"]), self.zone)
            if said["starts_at"] <= now:
                self.add_error("start", _("That time has passed. Choose one that is still to come."))
        return said


STAMPS = ["%Y-%m-%dT%H:%M:%S%z"]  # what moments.stamp writes


class AgreeForm(forms.Form):
    """The time that was on the page when they said yes."""

    suggested_at = forms.DateTimeField(input_formats=STAMPS)
