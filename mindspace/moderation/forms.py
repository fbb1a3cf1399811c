from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.moderation.models import SAYABLE, Held, MemberReport, Sanction, Verdict
from mindspace.moderation.queue import Kind
from mindspace.once import OnceForm

MOST_SKIPPED = 50


class SkipForm(forms.Form):
    """Which things to leave for later, as ids with commas."""

    skip = forms.RegexField(r"^[0-9a-f,-]*$", required=False, max_length=37 * MOST_SKIPPED)


class DecisionForm(forms.Form):
    """A verdict. Asking and refusing need words: ready ones, one's own, or both."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=SAYABLE, widget=forms.HiddenInput)
    text = forms.ChoiceField(label=_("Words that are ready"), required=False)
    words = forms.CharField(
        label=_("Your own words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    sure = forms.BooleanField(required=False)

    def __init__(self, kind: Kind, item: Held, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts, self.item = kind.texts, item
        self.fields["words"].help_text = item.who_reads
        self.fields["sure"].label = item.warning
        self["text"].field.choices = [("", _("None")), *kind.texts.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        ready = str(self.texts.get(data.get("text", ""), ""))
        data["reason"] = "\n\n".join(filter(None, [ready, data.get("words", "")]))
        if not data["reason"] and self.item.needs_words(data.get("verdict", "")):
            self.add_error("words", _("Say why, in ready words or your own: whoever sent it reads them."))
        if data.get("verdict") == Verdict.APPROVE and self.item.warning and not data.get("sure"):
            self.add_error("sure", _("Tick this if it may be seen, or ask its author to take it out."))
        return data


KIND_WORDS = _(
    "We read what you wrote, and we are glad that you told somebody. You did nothing wrong, and what you wrote stays."
    "\n\nYou can call or text 988 at any hour. You can phone us while we are open, and tell us how you are."
)


class WriteForm(forms.Form):
    """A kind word to whoever wrote what waits. It begins with one that is ready, and may become another."""

    words = forms.CharField(
        label=_("Your words to them"), initial=KIND_WORDS, max_length=2000, widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Change them until they are yours. They read them here; a mail says only that there is a note."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, again: bool = False) -> None:
        """`again` after the first one: then there is nothing ready to say."""
        super().__init__(data, initial={"words": ""} if again else None, auto_id="write_%s")  # beside a DecisionForm


class SanctionForm(OnceForm):
    """What a member may not do, until when, and why: they read the reason."""

    kind = forms.ChoiceField(label=_("What"), choices=Sanction.Kind.choices, widget=forms.RadioSelect)
    days = forms.TypedChoiceField(
        label=_("How long"), coerce=int, initial=7,
        choices=[(1, _("A day")), (3, _("3 days")), (7, _("A week")), (28, _("4 weeks"))],
        help_text=_("A ban has no end, and another moderator has to agree to it within a week."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They read this. Say what happened, and name nobody else."),
    )  # fmt: skip

    def until(self) -> datetime | None:
        if self.cleaned_data["kind"] == Sanction.Kind.BAN:
            return None
        return timezone.now() + timedelta(days=self.cleaned_data["days"])


class AppealForm(OnceForm):
    """Asking once that somebody else looks again."""

    words = forms.CharField(
        label=_("What should we know?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Another moderator than the one who decided reads it. You can ask once."),
    )  # fmt: skip


class MemberReportForm(OnceForm):
    """What is wrong with what a member wrote: one press chooses, another sends."""

    reason = forms.ChoiceField(label=_("What is wrong?"), widget=forms.RadioSelect, choices=MemberReport.Reason.choices)
    note = forms.CharField(
        label=_("In your words, if you like"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class ThreadLookForm(forms.Form):
    """Why a moderator needs to read a private thread."""

    reason = forms.CharField(
        label=_("Why do you need to read it?"), max_length=300,
        help_text=_("This is kept, with your name. Read only this thread, and only while the report waits."),
    )  # fmt: skip


class StampField(forms.CharField):
    """When the form was made, signed. It is new with each form, and nobody types it."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, max_length=200, initial=self.stamp)

    @staticmethod
    def stamp() -> str:
        return signing.dumps(timezone.now().timestamp(), salt=TRAP)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


TRAP = "moderation.trap"


class GentleTrapForm(forms.Form):
    """Mixin for a form that programs like to fill in: a field that people do not see, and a least time to fill it in.

    A person who is caught loses nothing: what they wrote is still there, and sending it once more is enough.
    """

    QUICKEST = timedelta(seconds=3)

    website_of_yours = forms.CharField(
        label=_("Leave this empty"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1", "class": "trap"}),
    )  # fmt: skip
    made = StampField()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("website_of_yours"):
            self.add_error(None, _("Please leave the field “Leave this empty” empty, and send it again."))
        elif not self._took_a_while(data.get("made", "")):
            self.add_error(None, _("That was quick. Have another look, then send it again."))
        return data

    def _took_a_while(self, stamp: str) -> bool:
        try:
            made = signing.loads(stamp, salt=TRAP)
        except signing.BadSignature:
            return False
        return timezone.now().timestamp() - made >= self.QUICKEST.total_seconds()
