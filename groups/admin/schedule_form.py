"""The forms of a meeting time and of a single meeting that is held otherwise."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups import recurrence
from groups.admin.rule_field import RuleField
from groups.admin.zones import zone_choices
from groups.imports.values import without_secret
from groups.models import MeetingException, MeetingSchedule
from mindspace.control_characters import CleanForm

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class ScheduleForm(CleanForm, forms.ModelForm):
    """The password is kept encrypted: it can be set and taken away here, and is not shown again."""

    rule = RuleField(label=gettext_lazy("How often"))
    zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=zone_choices, required=False)
    join_link = forms.URLField(
        label=gettext_lazy("Link to join"), required=False, max_length=500, assume_scheme="https"
    )
    secret = forms.CharField(
        label=gettext_lazy("Password of the meeting"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    forget_secret = forms.BooleanField(label=gettext_lazy("Take the stored password away"), required=False)

    class Meta:
        model = MeetingSchedule
        fields = ["modality", "place", "rule", "first_day", "start", "duration", "until", "zone"]
        fields += ["join_link", "join_sharing", "secret_sharing", "join_phone", "note"]
        widgets = {"first_day": DAY, "until": DAY, "start": CLOCK}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.fields:  # for reading only
            return
        zone: Any = self.fields["zone"]
        zone.choices = zone_choices(self.instance.zone)
        stored = self.instance.sealed_secret
        self.fields["secret"].help_text = (
            _("One is stored. What you write here takes its place.") if stored else _("Kept encrypted.")
        )
        if not self.instance.pk:
            self.initial["rule"] = None  # nothing is chosen yet

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        place, modality = data.get("place"), data.get("modality")
        if modality in (MeetingSchedule.Modality.IN_PERSON, MeetingSchedule.Modality.HYBRID) and place is None:
            self.add_error("place", _("Choose the place, or make it with the plus sign."))
        if not data.get("zone") and place is not None:
            data["zone"] = place.zone
        elif not data.get("zone") and "place" not in self.errors:
            self.add_error("zone", _("Say which clock the time goes by."))
        if data.get("forget_secret"):
            self.instance.join_secret = ""
        data["join_link"], in_link = without_secret(data.get("join_link") or "")
        if secret := data.get("secret") or in_link:
            self.instance.join_secret = secret
        return data

    def save(self, commit: bool = True) -> MeetingSchedule:
        """Calendars take a change only with a higher SEQUENCE (RFC 5545, 3.8.7.4)."""
        if self.instance.pk and self.has_changed():
            self.instance.sequence = F("sequence") + 1
        schedule: MeetingSchedule = super().save(commit)
        return schedule


class ExceptionForm(CleanForm, forms.ModelForm):
    class Meta:
        model = MeetingException
        fields = ["day", "kind", "moved_day", "moved_time", "note"]
        widgets = {"day": DAY, "moved_day": DAY, "moved_time": CLOCK}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == MeetingException.Kind.CANCELLED:
            data["moved_day"] = data["moved_time"] = None
        elif data.get("kind") and not (data.get("moved_day") and data.get("moved_time")) and not self.errors:
            self.add_error("moved_day", _("Give the new day and the new time."))
        return data

    def clean_day(self) -> Any:
        day, schedule = self.cleaned_data["day"], getattr(self.instance, "schedule", None)
        if schedule is None or "day" not in self.changed_data:
            return day
        if not recurrence.days(schedule.rule, schedule.first_day, schedule.until, day, day):
            raise forms.ValidationError(
                _("The group does not meet on that day. It meets on: %s") % (", ".join(_next_days(schedule)) or "-")
            )
        return day


def _next_days(schedule: MeetingSchedule) -> list[str]:
    now = timezone.now()
    return [date_format(meeting.day, "M j, Y") for meeting in schedule.meetings(now, now + timedelta(days=120))[:4]]
