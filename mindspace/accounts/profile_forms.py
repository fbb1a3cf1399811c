"""What a member says about themselves, and resting."""

import re
from datetime import date, timedelta
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mindspace.accounts import giving, places
from mindspace.accounts.leaving_forms import NextForm
from mindspace.accounts.models import Day, Profile
from mindspace.accounts.models.profile import MOST_HOURS
from mindspace.accounts.names import validate_public_name
from mindspace.forms import LongLine

ZONES = {
    "America/New_York": gettext_lazy("Eastern time"),
    "America/Chicago": gettext_lazy("Central time"),
    "America/Denver": gettext_lazy("Mountain time"),
    "America/Phoenix": gettext_lazy("Arizona"),
    "America/Los_Angeles": gettext_lazy("Pacific time"),
    "America/Anchorage": gettext_lazy("Alaska"),
    "Pacific/Honolulu": gettext_lazy("Hawaii"),
    "America/Puerto_Rico": gettext_lazy("Puerto Rico"),
}
LONGEST_REST = timedelta(days=366)


def display_name(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=60,
        validators=[validate_public_name],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        **kwargs,
    )


class ProfileForm(forms.Form):
    """All of it may be left empty but the name. The first three say "I can help two hours a month"."""

    GIVING = ("hours", "can_give", "availability")
    ABOUT = ("display_name", "is_adult", "area", "languages")
    MORE = ("available_days", "time_zone")

    hours = forms.DecimalField(
        label=gettext_lazy("Hours in four weeks"),
        help_text=gettext_lazy("Such as 2. Leave this empty and you may be asked, within reason. 0 means: not now."),
        required=False,
        min_value=0,
        max_value=MOST_HOURS,
        max_digits=5,
        decimal_places=2,
    )
    can_give = forms.MultipleChoiceField(
        label=gettext_lazy("What you can give"), required=False, widget=forms.CheckboxSelectMultiple
    )
    availability = LongLine(
        label=gettext_lazy("When it suits you"),
        help_text=gettext_lazy("Such as: weekday evenings, not on short notice."),
        required=False,
        max_length=200,
    )
    available_days = forms.MultipleChoiceField(
        label=gettext_lazy("Days"),
        help_text=gettext_lazy("No day ticked means any day."),
        required=False,
        choices=Day.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    display_name = display_name(
        gettext_lazy("Your name here"),
        help_text=gettext_lazy("Others see it when you post or answer. A first name makes it easier to trust you."),
    )
    is_adult = forms.BooleanField(
        label=gettext_lazy("I am 18 or older"),
        help_text=gettext_lazy("Only needed to ask or to help on the board. Reading has no age."),
        required=False,
    )
    area = forms.CharField(
        label=gettext_lazy("Your area"),
        help_text=gettext_lazy("A ZIP code or a town, never an address. It helps us to find who is near."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you speak"), required=False, widget=forms.CheckboxSelectMultiple
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))

    def __init__(self, profile: Profile, data: Any = None) -> None:
        kept = (*self.GIVING, "available_days", "is_adult", "languages", "time_zone")
        initial = {name: getattr(profile, name) for name in kept}
        if profile.hours is not None:
            initial["hours"] = profile.hours.normalize() + 0  # 4, and neither 4.00 nor 4E+1
        initial |= {"display_name": profile.user.display_name, "area": profile.area_zip or profile.area_name}
        super().__init__(data, initial=initial)
        self.profile = profile
        self["can_give"].field.choices = giving.kinds()  # type: ignore[attr-defined]
        self["languages"].field.choices = giving.languages()  # type: ignore[attr-defined]
        rest = sorted(zone for zone in available_timezones() if "/" in zone and zone not in ZONES)
        self["time_zone"].field.choices = [  # type: ignore[attr-defined]
            (_("The United States"), list(ZONES.items())),
            (_("Elsewhere"), [(zone, zone.replace("_", " ")) for zone in rest]),
        ]

    def clean_area(self) -> places.Place | None:
        written = self.cleaned_data["area"].strip()
        if not written:
            return None
        if re.match(r"\d+\s+\D", written):
            raise ValidationError(_("That looks like a street address. A ZIP code or a town is enough."))
        place = places.find(written)
        if place is None:
            raise ValidationError(_("We do not know this place. Try its ZIP code, or the town and the state."))
        return place

    def save(self) -> Profile:
        said, profile, user = self.cleaned_data, self.profile, self.profile.user
        for name in ("hours", "can_give", "availability", "available_days", "languages", "time_zone"):
            setattr(profile, name, said[name])
        profile.state_age(said["is_adult"])
        profile.put_in(said["area"])
        profile.updated_at = timezone.now()
        profile.save()
        user.display_name = said["display_name"]
        user.save(update_fields=["display_name"])
        return profile

    @property
    def giving(self) -> list[forms.BoundField]:
        return [self[name] for name in self.GIVING]

    @property
    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ABOUT]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE]

    @property
    def has_more_errors(self) -> bool:
        return any(self[name].errors for name in self.MORE)


class AgeForm(NextForm):
    """One press says it."""

    is_adult = forms.BooleanField()


class RestForm(forms.Form):
    """A day, or none to be back."""

    until = forms.DateField(
        label=gettext_lazy("I’m resting until"),
        help_text=gettext_lazy("The last day of your rest."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        today = timezone.localdate()
        if until < today:
            raise ValidationError(_("That day has passed. Choose today or a later day."))
        if until > today + LONGEST_REST:
            raise ValidationError(_("Choose a day within a year. You can rest for longer when it comes."))
        return until
