"""The forms of those who keep a listing: what a visitor can say of it, and what only they may."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups import listing, recurrence
from groups.keeping_forms import your_email
from groups.listing_forms import Folds, ListingForm
from groups.listing_page import ListingForms
from groups.meeting_forms import MeetingForm
from groups.models import Group, MeetingSchedule, Place

OWN_GROUP_FIELDS = ("alert", "contact_email")
OWN_MEETING_FIELDS = ("join_sharing", "join_secret", "secret_sharing", "publicity")


def full_state(group: Group) -> listing.State:
    """As `listing.state_of`, with what keepers may set. What is secret is not in it: they can only write it anew."""
    state = listing.state_of(group)
    state["group"] |= {"alert": group.alert, "contact_email": ""}
    state["group"] |= {"public_email": group.public_email, "public_phone": group.public_phone}
    for schedule in group.schedules.all():
        state["meetings"][str(schedule.pk)] |= {
            "join_sharing": schedule.join_sharing,
            "join_secret": "",
            "secret_sharing": schedule.secret_sharing,
            "publicity": schedule.place.publicity if schedule.place else Place.Publicity.EXACT,
        }
    return state


class OwnListingForm(ListingForm):
    FIRST = (*ListingForm.FIRST, "alert")
    FOLDS: Folds = tuple(
        (summary, (*names, "contact_email") if "contact_by" in names else names) for summary, names in ListingForm.FOLDS
    )

    alert = forms.CharField(
        label=gettext_lazy("A line at the top"), required=False, max_length=200,
        help_text=gettext_lazy("Such as “New room”."),
    )  # fmt: skip
    contact_email = forms.EmailField(
        label=gettext_lazy("Address that messages are passed on to"), required=False,
        help_text=gettext_lazy("Shown to nobody, not even here. Leave it empty to keep the one we have."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self["contact_by"].field.choices = Group.ContactBy.choices  # type: ignore[attr-defined]

    @property
    def said(self) -> dict[str, Any]:
        return {**super().said, **{name: self.cleaned_data[name] for name in OWN_GROUP_FIELDS}}


class OwnMeetingForm(MeetingForm):
    publicity = forms.ChoiceField(
        label=gettext_lazy("What everybody sees of the place"), choices=Place.Publicity.choices, initial="exact",
        help_text=gettext_lazy("If the address is not shown, leave street and name empty to keep what we have."),
    )  # fmt: skip
    join_sharing = forms.ChoiceField(
        label=gettext_lazy("Who sees the link to join"), choices=MeetingSchedule.Sharing.choices, initial="public"
    )
    join_secret = forms.CharField(
        label=gettext_lazy("Password of the meeting"), required=False, max_length=100,
        help_text=gettext_lazy("Leave it empty to keep the one we have."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    secret_sharing = forms.ChoiceField(
        label=gettext_lazy("Who sees the password"), choices=MeetingSchedule.Sharing.choices, initial="on_request"
    )

    @property
    def said(self) -> dict[str, Any]:
        return {**super().said, **{name: self.cleaned_data[name] for name in OWN_MEETING_FIELDS}}


class OwnListingForms(ListingForms):
    listing_form = OwnListingForm
    meeting_form = OwnMeetingForm


class MeetingActForm(forms.Form):
    """One meeting: not this week, at another time, or as usual after all. `day` is the one that the rule gives it."""

    schedule = forms.ModelChoiceField(queryset=MeetingSchedule.objects.none(), widget=forms.HiddenInput)
    day = forms.DateField(widget=forms.HiddenInput)
    act = forms.ChoiceField(
        choices=[("cancel", "cancel"), ("move", "move"), ("usual", "usual")], widget=forms.HiddenInput
    )
    moved_day = forms.DateField(
        label=gettext_lazy("New day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    moved_time = forms.TimeField(
        label=gettext_lazy("New time"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )

    def __init__(self, group: Group, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self["schedule"].field.queryset = group.schedules.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        schedule, day = data.get("schedule"), data.get("day")
        if schedule and day and not recurrence.days(schedule.rule, schedule.first_day, schedule.until, day, day):
            raise ValidationError(_("There is no meeting on that day."))
        if data.get("act") == "move":
            if not data.get("moved_day") or not data.get("moved_time"):
                raise ValidationError(_("Say the new day and the new time."))
            if not recurrence.EARLIEST <= data["moved_day"] <= recurrence.LATEST:
                raise ValidationError(_("The day must lie between 1990 and 2100."))
        return data


class PauseForm(forms.Form):
    until = forms.DateField(
        label=gettext_lazy("We are back on"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Leave it empty if you do not know yet."),
    )  # fmt: skip

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until and not recurrence.EARLIEST <= until <= recurrence.LATEST:
            raise ValidationError(_("The day must lie between 1990 and 2100."))
        return until


class PersonForm(forms.Form):
    """Somebody more who keeps the listing."""

    email = your_email(gettext_lazy("They get a link by mail, and can change everything on the page."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Their e-mail address")


class RemoveForm(forms.Form):
    organizer = forms.IntegerField(min_value=1, max_value=2**62, widget=forms.HiddenInput)
