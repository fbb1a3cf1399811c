"""The form of a listing: what a visitor can know about a group, and when it meets."""

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups import listing
from groups.models import Group, Topic
from groups.models.group import SPOKEN
from mindspace.control_characters import CleanForm
from mindspace.forms import LongLine


class StatedField(forms.TypedChoiceField):
    """Yes, no, or not stated."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", gettext_lazy("Not stated")), ("True", gettext_lazy("Yes")), ("False", gettext_lazy("No"))]
        super().__init__(
            choices=choices, coerce=lambda value: value == "True", empty_value=None, required=False, **kwargs
        )


class PhoneField(forms.CharField):
    """A number as people write it, such as (214) 555-0123, to the form in which it is kept."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        digits = re.sub(r"[\s().-]", "", text)
        national = re.fullmatch(r"(?:\+?1)?([2-9]\d{9})", digits)
        return f"+1{national[1]}" if national else digits


def web_address(label: Any, **kwargs: Any) -> forms.URLField:
    return forms.URLField(label=label, required=False, max_length=500, assume_scheme="https", **kwargs)


Folds = tuple[tuple[Any, tuple[str, ...]], ...]


class ListingForm(CleanForm, forms.ModelForm):
    """The group itself. Its times are MeetingForms."""

    FIRST: tuple[str, ...] = ("name", "kind", "summary")
    FOLDS: Folds = (
        (gettext_lazy("Topics, and who it is for"), ("topics",)),
        (gettext_lazy("The first time, and who leads it"), ("first_time", "led_by", "is_therapy")),
        (gettext_lazy("How to get in, and what it costs"), ("access", "how_to_join", "cost", "cost_note")),
        (gettext_lazy("How to reach it"), ("contact_by", "public_email", "public_phone", "website")),
        (gettext_lazy("If it is an online community"), ("platform", "always_open", "join_link")),
        (
            gettext_lazy("Ages, languages, access and what to expect"),
            ("min_age", "max_age", "languages", *listing.FLAGS),
        ),
    )

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), choices=SPOKEN, required=False, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Topics, and who it is for"),
        queryset=Topic.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    join_link = web_address(gettext_lazy("Link to join"))
    website = web_address(gettext_lazy("Its website"))
    public_phone = PhoneField(label=gettext_lazy("Its public phone"), required=False, max_length=24)

    class Meta:
        model = Group
        fields = [*listing.GROUP_FIELDS, "topics"]
        field_classes: ClassVar[dict[str, Any]] = {"cost_note": LongLine}

    def __init__(self, *args: Any, seen: listing.State, **kwargs: Any) -> None:
        kwargs["initial"] = seen["group"]
        super().__init__(*args, **kwargs)
        for name in listing.FLAGS:
            self.fields[name] = StatedField(label=listing.label_of(name, Group))
        for name in ("led_by", "access", "cost"):
            stated: Any = self.fields[name]
            stated.choices = [("", _("Not stated")), *(choice for choice in stated.choices if choice[0])]
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea) and not isinstance(field, LongLine):
                field.widget.attrs["rows"] = 4
        ways = [
            way for way in Group.ContactBy.choices if way[0] != "relay" or seen["group"].get("contact_by") == "relay"
        ]
        self["contact_by"].field.choices = ways  # type: ignore[attr-defined]

    @property
    def asked(self) -> list[forms.BoundField]:
        """What nobody can do without."""
        return [self[name] for name in self.FIRST]

    @property
    def folds(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """What can be left out. A fold stands open where something in it went wrong."""
        folds = [(summary, [self[name] for name in names]) for summary, names in self.FOLDS]
        return [(summary, fields, any(field.errors for field in fields)) for summary, fields in folds]

    @property
    def said(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in listing.GROUP_FIELDS}
        said["topics"] = sorted(topic.slug for topic in self.cleaned_data["topics"])
        said["languages"] = sorted(said["languages"])
        return said
