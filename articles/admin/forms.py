"""What staff type on the desk, and what of it is refused."""

import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import body
from articles.admin import versions
from articles.admin.times import NoSuchTime, at_wall_clock
from mindspace.once import OnceForm


class PublishForm(forms.Form):
    """When readers shall see it, and what becomes of an edition that is due already (asked only if there is one)."""

    NOW, LATER = "now", "later"
    KEEP, CANCEL = "keep", "cancel"

    when = forms.ChoiceField(
        label=_("When"),
        choices=[(NOW, _("Now")), (LATER, _("At a later time"))],
        initial=NOW,
        widget=forms.RadioSelect,
    )
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    clock = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    scheduled = forms.ChoiceField(
        label=_("The edition that is due already"),
        choices=[(KEEP, _("Keep it: readers see it when its time comes")), (CANCEL, _("Cancel it"))],
        widget=forms.RadioSelect,
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, zone: ZoneInfo, asks_about_scheduled: bool, seen: str) -> None:
        super().__init__(data, initial={"seen": seen, "key": uuid.uuid4()})
        self.zone = zone
        if not asks_about_scheduled:
            del self.fields["scheduled"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["at"] = self._time(cleaned) if cleaned.get("when") == self.LATER else None
        cleaned["keep_scheduled"] = {self.KEEP: True, self.CANCEL: False}.get(cleaned.get("scheduled", ""))
        return cleaned

    def _time(self, cleaned: dict[str, Any]) -> datetime | None:
        if not cleaned.get("day") or not cleaned.get("clock"):
            for name in ("day", "clock"):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, _("Give the day and the time."))
            return None
        try:
            at = at_wall_clock(cleaned["day"], cleaned["clock"], self.zone)
        except NoSuchTime as error:
            self.add_error("clock", str(error))
            return None
        if at <= timezone.now():
            self.add_error("clock", _("That time has passed. Choose a later one, or publish now."))
        return at


class ReasonForm(forms.Form):
    """Why something is taken down. Readers never see it."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("One line for your colleagues. Readers never see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SeenForm(forms.Form):
    """The state of the desk copy that was on the page when a button was pressed."""

    seen = forms.CharField(max_length=64)


class PictureForm(OnceForm):
    """A new picture, as the editor sends it. What is in the file is checked when it is kept."""

    file = forms.FileField(
        label=_("File"), error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")}
    )
    alt = forms.CharField(label=_("What does it show?"), max_length=300, required=False)
    decorative = forms.BooleanField(label=_("It is only decoration"), required=False)
    credit = forms.CharField(label=_("Whose picture is it?"), max_length=200, required=False)


def refuse_too_much(html: str) -> None:
    if body.is_too_much(html):
        raise forms.ValidationError(_("This is too long, or folded too deep, for one article. Split it into several."))


class PastedForm(forms.Form):
    """HTML as another program put it on the clipboard."""

    html = forms.CharField(strip=False, validators=[refuse_too_much])


class ShelfForm(forms.Form):
    """Words that a picture is looked up by."""

    q = forms.CharField(max_length=100, required=False)


class DifferenceForm(forms.Form):
    """Which two texts to hold beside each other, by their names in `versions`."""

    a = forms.RegexField(versions.SHAPE, required=False)
    b = forms.RegexField(versions.SHAPE, required=False)


class RestoreForm(forms.Form):
    """The version of the desk copy that was on the page when "Restore" was pressed."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)
