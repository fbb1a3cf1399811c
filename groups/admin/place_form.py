"""The form of a place. Coordinates and time zone that nobody typed are found from the ZIP code or the town."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from tzfpy import get_tz

from groups import towns
from groups.admin.zones import zone_choices
from groups.geometry import is_likely
from groups.models import Place
from mindspace.control_characters import CleanForm
from mindspace.once import OnceForm

ADDRESS = ("street", "city", "state", "postal_code")
FOUND = (Place.Precision.POSTAL, Place.Precision.TOWN)  # how exact coordinates are that we found ourselves


class PlaceForm(CleanForm, OnceForm, forms.ModelForm):
    latitude = forms.FloatField(
        label=_("Latitude"), required=False, min_value=-85.05, max_value=85.05, help_text=_("Such as 32.8140")
    )
    longitude = forms.FloatField(
        label=_("Longitude"), required=False, min_value=-180, max_value=180, help_text=_("Such as -96.9489")
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices, required=False)

    class Meta:
        model = Place
        fields = ["name", *ADDRESS, "hint", "publicity", "latitude", "longitude", "precision", "zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = zone_choices(self.instance.zone)  # type: ignore[attr-defined]

    def clean_state(self) -> str:
        state = str(self.cleaned_data["state"]).strip().upper()
        if state not in towns.ABBREVIATIONS:
            raise forms.ValidationError(_("Write the state with its two letters, such as TX."))
        return state

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            self._locate(data)
            if not data.get("zone") and not self.errors:
                data["zone"] = get_tz(data["longitude"], data["latitude"])
        return data

    def _locate(self, data: dict[str, Any]) -> None:
        typed = data.get("latitude") is not None, data.get("longitude") is not None
        moved = not {"latitude", "longitude"} & set(self.changed_data) and bool(set(ADDRESS) & set(self.changed_data))
        if all(typed) and not (moved and self.instance.pk):
            if not is_likely(data["latitude"], data["longitude"]):
                self.add_error("latitude", _("Nobody meets there. Leave both empty, and we find them."))
            return
        if all(typed) and data["precision"] not in FOUND:
            self.add_error("latitude", _("The address is another one now. Correct these, or empty both to find them."))
        elif any(typed) and not all(typed):
            self.add_error("latitude", _("Give both latitude and longitude, or neither."))
        else:
            self._find(data)

    def _find(self, data: dict[str, Any]) -> None:
        by_zip = towns.find(data["postal_code"]) if data.get("postal_code") else None
        town = by_zip if by_zip and by_zip.is_area else towns.find(f"{data['city']}, {data['state']}") or by_zip
        if town is None or town.state != data["state"]:
            self.add_error("city", _("We do not know this town or ZIP code. Correct it, or give the coordinates."))
            return
        data["latitude"], data["longitude"] = town.point
        data["precision"] = Place.Precision.POSTAL if town.zip_code and town.is_area else Place.Precision.TOWN
        data["zone"] = data.get("zone") if "zone" in self.changed_data and data.get("zone") else town.zone
