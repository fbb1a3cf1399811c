"""The small forms around a listing."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import Claim, GroupReport
from mindspace.once import OnceForm


def your_email(help_text: Any) -> forms.EmailField:
    return forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=help_text,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


def words(label: Any, *, required: bool = False, most: int = 1000, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": 4}), **kwargs
    )


class SuggestForm(forms.Form):
    """Who suggests a new group."""

    email = your_email(
        gettext_lazy("We mail you a link to confirm, and our answer. Nobody else sees it. It is deleted after 30 days.")
    )
    runs_it = forms.BooleanField(
        label=gettext_lazy("I help run this group"),
        required=False,
        help_text=gettext_lazy("Then you can keep its page right yourself, without an account."),
    )
    note = words(gettext_lazy("Anything we should know"))
    # Asked only where a group of that name is on the list already.
    another = forms.BooleanField(
        label=gettext_lazy("Mine is another group of the same name"), required=False, widget=forms.HiddenInput
    )


class ChangeForm(forms.Form):
    """Who suggests a change."""

    email = your_email(SuggestForm.base_fields["email"].help_text)
    note = words(gettext_lazy("How you know, if you like"))


class AnswerForm(forms.Form):
    """The answer to a moderator's question."""

    answer = words(gettext_lazy("Your answer"), required=True, most=2000)


class ClaimForm(OnceForm):
    """How somebody shows that a listing is theirs."""

    MAIL = "mail"
    WAYS = [
        (MAIL, gettext_lazy("A link to the group's own address, which we have")),
        (Claim.Way.WEBSITE, gettext_lazy("A short code on the group's website")),
        (Claim.Way.MODERATOR, gettext_lazy("I tell you, and a person here looks at it")),
    ]

    way = forms.ChoiceField(
        label=gettext_lazy("How do you want to show it?"),
        widget=forms.RadioSelect,
        choices=WAYS,
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"), required=False,
        help_text=gettext_lazy("We mail the next step to it, and only our staff sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    note = words(
        gettext_lazy("How we can see that you run it"),
        help_text=gettext_lazy("Such as a page that names you, or somebody whom we can ask."),
    )

    def __init__(self, *args: Any, has_address: bool, has_website: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = {self.MAIL: not has_address, str(Claim.Way.WEBSITE): not has_website}
        way = self["way"].field
        way.choices = [choice for choice in way.choices if not missing.get(choice[0])]  # type: ignore[attr-defined]
        if len(way.choices) == 1:  # type: ignore[attr-defined]
            self.initial["way"] = way.choices[0][0]  # type: ignore[attr-defined]
            return
        self.fields["note"].help_text = _("Needed for “%(way)s”. %(help)s") % {
            "way": dict(self.WAYS)[Claim.Way.MODERATOR], "help": self.fields["note"].help_text,
        }  # fmt: skip
        if has_address:
            self.fields["email"].help_text = _("Not needed for “%(way)s”. %(help)s") % {
                "way": dict(self.WAYS)[self.MAIL], "help": self.fields["email"].help_text,
            }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("way") not in (None, self.MAIL) and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Write your address: we mail you the next step."))
        if data.get("way") == Claim.Way.MODERATOR and not data.get("note") and "note" not in self.errors:
            self.add_error("note", _("Say how we can see that you run it: we have nothing else to go by."))
        return data


class ReportForm(OnceForm):
    """What is wrong with a listing."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"), widget=forms.RadioSelect, choices=GroupReport.Reason.choices
    )
    note = words(
        gettext_lazy("In your words"),
        help_text=gettext_lazy("Please name nobody, and nothing that you want to keep to yourself."),
    )


class SightingForm(OnceForm):
    """Was the meeting on?"""

    was_on = forms.TypedChoiceField(
        label=gettext_lazy("You were there. Was the meeting on?"),
        choices=[("yes", gettext_lazy("Yes, it was on")), ("no", gettext_lazy("No, nobody was there"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the two answers.")},
    )


class LinkForm(forms.Form):
    """Where to mail an organizer's link."""

    email = your_email(gettext_lazy("The one that you gave us for your group."))


class StillRightForm(forms.Form):
    """The answer to "Is it still right?"."""

    answer = forms.ChoiceField(choices=[("yes", "yes"), ("closed", "closed"), ("edit", "edit")])


class MessageForm(OnceForm):
    """A message that is passed on to a group, and kept nowhere."""

    name = forms.CharField(
        label=gettext_lazy("Your name, if you like"), required=False, max_length=60,
        help_text=gettext_lazy("A first name is enough."),
    )  # fmt: skip
    email = your_email(gettext_lazy("The group sees it, so that it can answer you. Nobody else does."))
    message = words(gettext_lazy("Your message"), required=True, most=3000)
