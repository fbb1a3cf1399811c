"""The form of one meeting time, and its place."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups import listing, towns
from groups.imports.values import without_secret
from groups.listing_forms import web_address
from groups.models import MeetingSchedule
from groups.recurrence import EARLIEST, LATEST, RuleRefused
from groups.rhythm import NTH, OFTEN, Rhythm
from mindspace.control_characters import CleanForm
from mindspace.forms import LongLine

ZONES = {
    "America/New_York": gettext_lazy("Eastern"),
    "America/Chicago": gettext_lazy("Central"),
    "America/Denver": gettext_lazy("Mountain"),
    "America/Phoenix": gettext_lazy("Arizona"),
    "America/Los_Angeles": gettext_lazy("Pacific"),
    "America/Anchorage": gettext_lazy("Alaska"),
    "Pacific/Honolulu": gettext_lazy("Hawaii"),
}


class MeetingForm(CleanForm, forms.Form):
    """One meeting time, and its place. `known` holds the meetings that the listing has, by id."""

    FIRST = ("modality", "days", "start", "where", "place_name", "street")
    SELDOM = ("often", "nth", "duration", "first_day", "until")

    id = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    # What a browser sends for a form that nobody touched is what it began with: then it counts as left out.
    modality = forms.ChoiceField(
        label=gettext_lazy("How you meet"), choices=MeetingSchedule.Modality.choices, initial="in_person"
    )
    often = forms.ChoiceField(label=gettext_lazy("How often"), choices=list(OFTEN.items()), initial="1")
    days = forms.MultipleChoiceField(
        label=gettext_lazy("On which days"), choices=listing.weekday_choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    nth = forms.MultipleChoiceField(
        label=gettext_lazy("Which ones of the month"), choices=list(NTH.items()), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("Only if it meets by the month."),
    )  # fmt: skip
    start = forms.TimeField(
        label=gettext_lazy("Starts at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), required=False
    )
    duration = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=5, max_value=24 * 60, initial=60)
    first_day = forms.DateField(
        label=gettext_lazy("A day on which it meets"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Needed if it does not meet every week."),
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("Last day, if it ends"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    where = forms.CharField(
        label=gettext_lazy("Town or ZIP code"), required=False, max_length=towns.LONGEST,
        help_text=gettext_lazy("Such as 75038, or Irving, TX. Not needed online."),
    )  # fmt: skip
    place_name = LongLine(label=gettext_lazy("Name of the place"), required=False, max_length=120)
    street = LongLine(label=gettext_lazy("Street and number"), required=False, max_length=120)
    hint = LongLine(label=gettext_lazy("How to find the room"), required=False, max_length=200)
    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), choices=list(ZONES.items()), initial="America/Chicago", required=False,
        help_text=gettext_lazy("Only for a group that meets online. Others go by their town."),
    )  # fmt: skip
    join_link = web_address(gettext_lazy("Link to join online"))
    join_phone = forms.CharField(label=gettext_lazy("Number to dial in"), required=False, max_length=32)
    note = LongLine(label=gettext_lazy("Note"), required=False, max_length=200)

    def __init__(self, *args: Any, known: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pk = self["id"].value() or ""
        self.before: dict[str, Any] = known.get(str(pk), {})
        if self.before and Rhythm.of(self.before["rule"]) is None:
            self["often"].field.choices = [("kept", _("As it is now")), *OFTEN.items()]  # type: ignore[attr-defined]
        if self.before and self.before["zone"] not in ZONES:
            own = self.before["zone"]
            self["zone"].field.choices = [(own, own), *ZONES.items()]  # type: ignore[attr-defined]

    @property
    def asked(self) -> list[forms.BoundField]:
        """What a meeting time cannot do without."""
        return [self[name] for name in self.FIRST]

    @property
    def folds(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """What most people leave out. A fold stands open where something in it is filled in, or went wrong."""
        seldom = [self[name] for name in self.SELDOM]
        rest = [field for field in self.visible_fields() if field.name not in (*self.FIRST, *self.SELDOM, "DELETE")]
        parts = (
            (_("If it is not every week for an hour, or ends"), seldom),
            (_("If it meets online, and other details"), rest),
        )
        return [(summary, fields, any(map(self._is_unusual, fields))) for summary, fields in parts]

    def _is_unusual(self, field: forms.BoundField) -> bool:
        """Whether it is wrong, or says what the fold is for. The first day of a weekly group and the zone do not."""
        said = field.name == "zone" or (field.name == "first_day" and self["often"].value() == "1")
        return bool(field.errors) or (not said and field.value() not in (None, "", [], field.field.initial))

    @classmethod
    def initial_of(cls, pk: str, said: dict[str, Any]) -> dict[str, Any]:
        rhythm = Rhythm.of(said["rule"])
        days = [str(day) for day in rhythm.days] if rhythm else []
        often = {"often": rhythm.often if rhythm else "kept", "days": days, "nth": list(rhythm.nth) if rhythm else []}
        return {**said, "id": pk, **often}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("DELETE"):
            return data
        data["join_link"], secret = without_secret(data.get("join_link") or "")
        if "join_secret" in self.fields:  # the link is for everybody, and the password in it may not be
            data["join_secret"] = data.get("join_secret") or secret
        if not data.get("start") and "start" not in self.errors:
            self.add_error("start", _("Say at what time it starts."))
        self._clean_place(data)
        self._clean_days(data)
        return data

    def _clean_place(self, data: dict[str, Any]) -> None:
        if data.get("modality") == MeetingSchedule.Modality.ONLINE:
            data.update(dict.fromkeys(listing.PLACE_FIELDS, ""))
            data["zone"] = data.get("zone") or "America/Chicago"
            return
        if data.get("where") and data["where"] == self.before.get("where"):
            data["zone"] = self.before["zone"]
            return
        town = towns.find(data.get("where") or "")
        if town is None:
            self.add_error("where", _("We do not know this town or ZIP code. Write it such as 75038, or Irving, TX."))
            return
        data["zone"] = town.zone
        data["where"] = f"{town.name}, {town.state} {town.zip_code}".strip()

    def _clean_days(self, data: dict[str, Any]) -> None:
        if data.get("often") == "kept":
            data["rule"] = self.before.get("rule", "")
        elif data.get("often"):
            days = tuple(sorted(int(day) for day in data.get("days", [])))
            try:
                data["rule"] = Rhythm(data["often"], days, tuple(data.get("nth", []))).rule
            except RuleRefused as error:
                self.add_error("nth" if data["often"] == "month" else "days", str(error))
        if not data.get("first_day") and "first_day" not in self.errors:
            if data.get("often") not in ("1", "month"):
                self.add_error("first_day", _("Say one day on which it meets, so that we can count on from there."))
            data["first_day"] = timezone.localdate()
        first, until = data.get("first_day"), data.get("until")
        if first and not EARLIEST <= first <= LATEST:
            self.add_error("first_day", _("The day must lie between 1990 and 2100."))
        if first and until and until < first:
            self.add_error("until", _("The last day lies before the first."))

    @property
    def said(self) -> dict[str, Any]:
        data = self.cleaned_data
        said = {name: data.get(name) for name in listing.MEETING_FIELDS}
        dates = {name: data[name].isoformat() if data.get(name) else "" for name in ("first_day", "until")}
        return {**said, **dates, "start": f"{data['start']:%H:%M}"}
