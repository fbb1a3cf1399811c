"""What a moderator does for a member helped by phone."""

import json
from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models import PhoneMember
from mindspace.notifications.models import Notification
from mindspace.once import OnceForm
from mutualaid.answering_forms import STAMPS, FirstLineForm, GuardedForm, TimeForm
from mutualaid.models import Acted, Arrangement, Message
from mutualaid.moments import stamp

WANTS = {
    Acted.Did.ACCEPT: _("Say yes"),
    Acted.Did.DECLINE: _("Say no"),
    Acted.Did.AGREE: _("Say yes to the time"),
    Acted.Did.KEEP: _("Say no to the time, or take theirs back"),
    Acted.Did.SUGGEST: _("Suggest a time"),
    Acted.Did.DONE: _("Say that it is done"),
    Acted.Did.DISPUTE: _("Say that they see it differently"),
    Acted.Did.CANCEL: _("Call it off"),
    Acted.Did.MISSED: _("Say that it did not happen"),
    Acted.Did.THANK: _("Say thank you, with a card"),
    Acted.Did.SAY: _("Write a line"),
    Acted.Did.WITHDRAW: _("Step back"),
    Acted.Did.PASS: _("Ask another moderator to let this helper pass"),
}
WITH_WORDS = (Acted.Did.SAY, Acted.Did.THANK, Acted.Did.CANCEL, Acted.Did.MISSED)
TIME = {
    "day": _("The day, for a time they suggest"),
    "start": _("From, for that day"),
    "minutes": _("How many minutes, if they say so"),
}
SAID_YES = _("They are on the phone, or told me before, and want this")


class ConsentForm(forms.Form):
    """Mixin: nothing is written for somebody who did not ask for it."""

    wanted = forms.BooleanField(label=SAID_YES, error_messages={"required": _("Ask them first, then tick this.")})


class AnswerForForm(ConsentForm, FirstLineForm):
    words = forms.CharField(
        label=_("Their line to the author"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1000}),
        help_text=_("In their words, and without a number or an address."),
    )
    field_order = ("chosen_at", "words", "wanted")


class ActForForm(ConsentForm, GuardedForm, TimeForm, OnceForm):
    """One thing at a time; words only where something is written, and a time only where one is suggested.

    A yes is to the time that was on the page when it was read out: the form carries that time.
    """

    do = forms.ChoiceField(label=_("What they want"), widget=forms.RadioSelect)
    card = forms.ChoiceField(label=_("A card, for a thank-you"), choices=Message.Card.choices, required=False)
    words = forms.CharField(
        label=_("What they say, for a line"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    suggested_at = forms.DateTimeField(input_formats=STAMPS, required=False, widget=forms.HiddenInput)
    field_order = ("do", "card", "words", "day", "start", "minutes", "wanted")

    def __init__(self, can: list[str], zone: str, arrangement: Arrangement | None, data: Any = None) -> None:
        suggested = arrangement and arrangement.suggested_at
        super().__init__(zone, data, initial={"suggested_at": stamp(suggested) if suggested else ""})
        self["do"].field.choices = [(did, WANTS[Acted.Did(did)]) for did in can]  # type: ignore[attr-defined]
        for name, label in TIME.items():
            self.fields[name].required, self.fields[name].label = False, label
            if Acted.Did.SUGGEST not in can:
                del self.fields[name]
        if Acted.Did.SAY not in can:  # whoever may thank may write, too
            del self.fields["words"]
        if Acted.Did.THANK not in can:
            del self.fields["card"]
        elif Acted.Did.SAY in can:
            self.fields["words"].label = _("What they say, for a line or with the card")

    @property
    def key(self) -> UUID | None:
        """As it was sent, also what is not offered any more: a second click is known by it."""
        form_key = self.cleaned_data.get("form_key")
        return uuid5(form_key, json.dumps([self.data.get(name) for name in self.base_fields])) if form_key else None

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("do") == Acted.Did.SAY and not said.get("words"):
            self.add_error("words", _("Write what they say."))
        if said.get("words") and said.get("do") not in (*WITH_WORDS, None):
            self.add_error("words", _("With this choice, nothing is written. Write the line first, or take it out."))
        if said.get("do") == Acted.Did.THANK and not said.get("card"):
            self.add_error("card", _("Choose a card."))
        if said.get("do") == Acted.Did.SUGGEST and not (said.get("starts_at") or self.errors):
            self.add_error("day", _("Write the day and the time that would suit them."))
        return said


class ToldForm(forms.Form):
    """What was just read to them: those rows and no more, so that nothing is taken for told that came meanwhile."""

    told = forms.ModelMultipleChoiceField(Notification.objects.none())
    answer = forms.UUIDField(required=False)  # the conversation on whose page it was pressed

    def __init__(self, member: PhoneMember, data: Any) -> None:
        super().__init__(data)
        self.fields["told"].queryset = Notification.objects.of(member.user)  # type: ignore[attr-defined]
