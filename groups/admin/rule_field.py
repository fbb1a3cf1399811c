"""How often a group meets, for people who never saw an RRULE: one choice, and what it needs. The value is the rule."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups import recurrence
from groups.recurrence import DAYS, LONGEST_RULE, MOST_EVERY, RuleRefused
from groups.rule_words import NTH

WEEK, WEEKS, NTH_DAY, MONTH_DAY, ONCE, WRITTEN = "week", "weeks", "nth", "month_day", "once", "written"
HOW = [
    ("", gettext_lazy("Choose")),
    (WEEK, gettext_lazy("Every week")),
    (WEEKS, gettext_lazy("Every few weeks")),
    (NTH_DAY, gettext_lazy("By the month, such as the first and third Monday")),
    (MONTH_DAY, gettext_lazy("By the month, such as the 15th")),
    (ONCE, gettext_lazy("Only once, on the first day")),
    (WRITTEN, gettext_lazy("Another rhythm, written as a rule (RRULE)")),
]
ASKED = {number: NTH[number] for number in (1, 2, 3, 4, 5, -1)}
_MONTHLY = re.compile(r"FREQ=MONTHLY;(?:INTERVAL=(\d+);)?(BYMONTHDAY|BYDAY)=(.+)")
_WEEKLY = re.compile(r"FREQ=WEEKLY;(?:INTERVAL=(\d+);)?BYDAY=([A-Z,]+)")


def rule_of(how: str, every: int | None, days: list[str], nth: list[str], month_days: str, written: str) -> str:
    """The rule that the form says. Raises RuleRefused."""
    many = every or 1
    if how == WRITTEN:
        if not written.strip():
            raise RuleRefused(_("Write the rule, such as FREQ=WEEKLY;BYDAY=MO."))
        recurrence.canonical(written)
        return written  # its last day, if it names one, is read by the schedule
    if how == ONCE:
        return ""
    if how in (WEEK, WEEKS):
        if not days:
            raise RuleRefused(_("Say on which days of the week the group meets."))
        if how == WEEKS and many < 2:
            raise RuleRefused(_("Say every how many weeks it meets: 2 for every other week."))
        return recurrence.canonical(f"FREQ=WEEKLY;INTERVAL={many if how == WEEKS else 1};BYDAY={','.join(days)}")
    if how == NTH_DAY:
        if not nth or not days:
            raise RuleRefused(_("Tick which ones of the month, and on which day of the week."))
        named = ",".join(f"{number}{day}" for day in days for number in nth)
        return recurrence.canonical(f"FREQ=MONTHLY;INTERVAL={many};BYDAY={named}")
    return recurrence.canonical(f"FREQ=MONTHLY;INTERVAL={many};BYMONTHDAY={_numbers(month_days)}")


def said_by(rule: str) -> tuple[str, int | None, list[str], list[str], str, str]:
    """What to fill in for a rule in its canonical writing: the arguments of `rule_of`, which gives it back."""
    said: tuple[str, int | None, list[str], list[str], str, str] = (WRITTEN, None, [], [], "", rule)
    if not rule:
        said = (ONCE, None, [], [], "", "")
    elif weekly := _WEEKLY.fullmatch(rule):
        every = int(weekly[1] or 1)
        said = (WEEKS if every > 1 else WEEK, every if every > 1 else None, weekly[2].split(","), [], "", "")
    elif monthly := _MONTHLY.fullmatch(rule):
        every_month = int(monthly[1]) if monthly[1] else None
        if monthly[2] == "BYMONTHDAY":
            said = (MONTH_DAY, every_month, [], [], monthly[3].replace(",", ", "), "")
        else:
            named = re.findall(r"(-?\d)([A-Z]{2})", monthly[3])
            days = sorted({day for _number, day in named}, key=DAYS.index)
            nth = [str(number) for number in ASKED if str(number) in {number for number, _day in named}]
            said = (NTH_DAY, every_month, days, nth, "", "")
    try:
        again = recurrence.canonical(rule_of(*said))
    except RuleRefused:
        again = ""
    return said if again == rule else (WRITTEN, None, [], [], "", rule)


def _numbers(written: str) -> str:
    """ "1st, 15 and last" as "1,15,-1"."""
    words = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", written.lower()).replace(",", " ").split()
    numbers = ["-1" if word == "last" else word for word in words if word not in ("and", "the", "day")]
    if not numbers:
        raise RuleRefused(_("Say on which day of the month it meets: 15, or 1 and 15, or last."))
    return ",".join(numbers)


class RuleWidget(forms.MultiWidget):
    template_name = "admin/groups/rule.html"
    use_fieldset = True
    labels = {
        "how": gettext_lazy("How often"),
        "every": gettext_lazy("Every how many weeks or months"),
        "days": gettext_lazy("On which days of the week"),
        "nth": gettext_lazy("Which ones of the month"),
        "month_days": gettext_lazy("Which day of the month, such as 15, or 1 and 15, or last"),
        "written": gettext_lazy("The rule, if you have it in writing"),
    }

    def __init__(self, widgets: Any) -> None:
        super().__init__(widgets)

    def decompress(self, value: str | None) -> list[Any]:
        return [None] * len(self.labels) if value is None else list(said_by(value))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for widget, (part, label) in zip(context["widget"]["subwidgets"], self.labels.items(), strict=True):
            widget["label"], widget["part"] = label, part
        return context


class RuleField(forms.MultiValueField):
    """Its value is a rule that recurrence.py takes."""

    def __init__(self, **kwargs: Any) -> None:
        days = [(name, WEEKDAYS[number]) for number, name in enumerate(DAYS)]
        fields: list[forms.Field] = [
            forms.ChoiceField(choices=HOW, required=False),
            forms.IntegerField(
                min_value=1,
                max_value=MOST_EVERY,
                required=False,
                widget=forms.NumberInput(attrs={"min": 1, "max": MOST_EVERY}),
            ),
            forms.MultipleChoiceField(choices=days, required=False, widget=forms.CheckboxSelectMultiple),
            forms.MultipleChoiceField(
                choices=[(str(number), word) for number, word in ASKED.items()],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            ),
            forms.CharField(max_length=100, required=False),
            forms.CharField(max_length=LONGEST_RULE, required=False),
        ]
        widget = RuleWidget({name: field.widget for name, field in zip(RuleWidget.labels, fields, strict=True)})
        super().__init__(fields=fields, widget=widget, require_all_fields=False, required=False, **kwargs)

    def compress(self, data_list: list[Any]) -> str:
        if not data_list or not data_list[0]:
            raise ValidationError(_("Say how often it meets."))
        how, every, days, nth, month_days, written = data_list
        try:
            return rule_of(how, every, days, nth, month_days, written)
        except RuleRefused as error:
            raise ValidationError(str(error)) from error
