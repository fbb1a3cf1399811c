"""The step of writing a post that says when and where. What it keeps of a place is coarse, see PostFields."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups import recurrence, towns
from groups.geometry import mercator, snapped
from mindspace.accounts.models import Profile
from mindspace.once import OnceForm
from mutualaid.models import Post

FARTHEST = timedelta(days=366)
TIMES = 4  # that can be booked at once, until their author says another number


class WhenForm(OnceForm):
    where = forms.ChoiceField(
        label=_("Where"),
        choices=[("near", _("In person, near here")), ("remote", _("By phone or online"))],
        widget=forms.RadioSelect,
    )
    area = forms.CharField(
        label=_("ZIP code or town"),
        max_length=60,
        required=False,
        help_text=_("Others see the town, never where you live."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    when = forms.ChoiceField(label=_("When"), choices=Post.When.choices, widget=forms.RadioSelect, initial="any")
    first_day = forms.DateField(
        label=_("Day, or first day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("Last day, if there is one"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    start = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=_("How many minutes"), required=False, min_value=5, max_value=24 * 60)
    every = forms.ChoiceField(
        label=_("How often"),
        choices=[
            ("", _("Choose one")),
            ("week", _("Every week")),
            ("two", _("Every 2 weeks")),
            ("month", _("Every month")),
        ],
        required=False,
        help_text=_("On the same day of the week as the first day."),
    )
    bookable = forms.BooleanField(
        label=_("Each time is for one person, who books it"),
        required=False,
        help_text=_("Else whoever says yes comes every time."),
    )

    FOLDED = ("first_day", "last_day", "start", "minutes", "every", "bookable")
    FOLD = _("Days and times, if you know them")

    @staticmethod
    def initial_of(post: Post) -> dict[str, Any]:
        every = {"": "", "WEEKLY": "two" if "INTERVAL=2" in post.rule else "week", "MONTHLY": "month"}
        return {
            "where": "remote" if post.remote else "near" if post.latitude is not None else "",
            "area": post.area_zip or post.area_name,
            "every": every.get(post.rule.partition(";")[0].removeprefix("FREQ="), ""),
            **{name: getattr(post, name) for name in ("when", "first_day", "last_day", "start", "minutes", "bookable")},
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.town = towns.find(said["area"]) if said.get("area") else None
        if said.get("where") == "near" and self.town is None and "area" not in self.errors:
            self.add_error("area", _("Write a ZIP code or a town, such as 75038 or Irving."))
        first, last, when = said.get("first_day"), said.get("last_day"), said.get("when")
        if when != "any" and not first and "first_day" not in self.errors:
            self.add_error("first_day", _("Say on which day, or from which day on."))
        goes_on = when == "recurring" and first == self.initial.get("first_day")  # it began a while ago
        if first and when != "any" and not goes_on and not _soon(first):
            self.add_error("first_day", _("Choose a day in the year to come."))
        if last and when != "any" and last > timezone.localdate() + FARTHEST and last != self.initial.get("last_day"):
            self.add_error("last_day", _("Choose a day in the year to come."))
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first."))
        if when == "recurring":
            for name, why in (("start", _("Say from which time.")), ("every", _("Say how often."))):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, why)
        return said

    def changes(self, post: Post) -> dict[str, Any]:
        said, town = self.cleaned_data, self.town
        near = said["where"] == "near" and town is not None
        middle = snapped(town.point) if near and town else None
        x, y = mercator(middle) if middle else (None, None)
        place = {
            "remote": not near,
            "area_name": f"{town.name}, {town.state}" if near and town else "",
            "area_zip": town.zip_code if near and town else "",
            "latitude": middle.latitude if middle else None,
            "longitude": middle.longitude if middle else None,
            "x": x,
            "y": y,
        }
        if town is not None:
            place["zone"] = town.zone
        elif post.author is not None and not post.responses.live().exists():  # else their hour would move unasked
            place["zone"] = Profile.of(post.author).time_zone
        if said["when"] == "any":
            return {
                **place,
                "when": "any",
                "first_day": None,
                "last_day": None,
                "start": None,
                "minutes": said["minutes"],
                "rule": "",
                "bookable": False,
            }
        times = {name: said[name] for name in ("when", "first_day", "last_day", "start", "minutes")}
        recurs = said["when"] == "recurring"
        times["rule"] = _rule(said["every"], said["first_day"]) if recurs else ""
        bookable = recurs and said["bookable"]
        if bookable != post.bookable and (post.slots == 1 or post.state == Post.State.DRAFT):
            times["slots"] = TIMES if bookable else 1  # with one, nothing is left to book once somebody has
        return {**place, **times, "bookable": bookable}


def _soon(day: date) -> bool:
    today = timezone.localdate()
    return today <= day <= today + FARTHEST


def _rule(every: str, first: date) -> str:
    if every == "month":
        nth = (first.day - 1) // 7 + 1
        return recurrence.monthly([nth if nth < 5 else -1], first.weekday())
    return recurrence.weekly([first.weekday()], 2 if every == "two" else 1)
