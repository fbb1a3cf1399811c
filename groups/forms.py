"""What visitors may ask of the directory, all of it in the address."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from groups import facets
from groups.models import Group, Topic
from groups.models.group import SPOKEN
from groups.towns import Town
from mindspace.forms import OneOfMany
from mindspace.search import SearchForm

MILES = (5, 10, 25, 50, 100)
USUAL_MILES = 25
ANY = ("", _("Any"))


class FindForm(SearchForm):
    """Two questions, what and where, and the rest for whoever wants to narrow. Everything may be left out.

    `after` is where a page begins: the part, the sort value and the number of the row before it, with colons.
    """

    miles = forms.TypedChoiceField(
        label=_("How far"),
        choices=[
            ("", _("25 miles")),
            *((str(miles), _("%d miles") % miles) for miles in MILES if miles != USUAL_MILES),
        ],
        coerce=int,
        empty_value=USUAL_MILES,  # type: ignore[arg-type]
        required=False,
        widget=OneOfMany,
    )
    how = forms.ChoiceField(
        label=_("How you meet"),
        choices=[
            ("", _("Any way")),
            ("in_person", _("In person")),
            ("online", _("Online")),
            ("hybrid", _("Both at once")),
        ],
        required=False,
        widget=OneOfMany,
    )
    day = forms.ChoiceField(
        label=_("Day"),
        choices=[
            ("", _("Any day")), ("mon", _("Monday")), ("tue", _("Tuesday")), ("wed", _("Wednesday")),
            ("thu", _("Thursday")), ("fri", _("Friday")), ("sat", _("Saturday")), ("sun", _("Sunday")),
        ],
        required=False, widget=OneOfMany
    )  # fmt: skip
    time = forms.ChoiceField(
        label=_("Time of day"),
        choices=[
            ("", _("Any time")), ("morning", _("Morning")), ("afternoon", _("Afternoon")), ("evening", _("Evening")),
            ("night", _("Late evening or night")),
        ],
        required=False, widget=OneOfMany
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Kind of group"), choices=[ANY, *Group.Kind.choices], required=False, widget=OneOfMany
    )
    topic = forms.ChoiceField(label=_("About"), required=False, widget=OneOfMany)
    audience = forms.ChoiceField(label=_("For"), required=False, widget=OneOfMany)
    language = forms.ChoiceField(label=_("Language"), choices=[ANY, *SPOKEN.items()], required=False, widget=OneOfMany)
    cost = forms.ChoiceField(label=_("Cost"), choices=[ANY, *Group.Cost.choices], required=False, widget=OneOfMany)
    needs = forms.MultipleChoiceField(
        label=_("What you need"),
        choices=[
            ("step_free", _("Step-free")), ("hearing_loop", _("Hearing loop")), ("sign_language", _("Sign language")),
            ("captions", _("Captions")), ("quiet_space", _("A quiet space")), ("childcare", _("Childcare")),
            ("transit", _("Near a bus or train")), ("may_listen", _("I may just listen")),
            ("anonymous", _("Nobody needs my name")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip
    therapy = forms.ChoiceField(
        label=_("Paid therapy groups"),
        choices=[("", _("Show them after the rest")), ("no", _("Leave them out")), ("only", _("Only those"))],
        required=False,
        widget=OneOfMany,
    )
    sort = forms.ChoiceField(
        label=_("In which order"),
        choices=[("", _("Nearest first, if you name a place")), ("next", _("Soonest first"))],
        required=False,
        widget=OneOfMany,
    )
    map = forms.BooleanField(required=False, widget=forms.HiddenInput)
    after = forms.RegexField(  # a moment after the year 9999 is none: ten digits end in 2286
        r"^[0-3]:\d{1,10}(\.\d{1,20})?(e-\d{1,2})?:\d{1,18}$", required=False, widget=forms.HiddenInput
    )

    FIRST = ("q", "near")
    NARROW = (
        "miles",
        "how",
        "day",
        "time",
        "kind",
        "topic",
        "audience",
        "language",
        "cost",
        "therapy",
        "sort",
        "needs",
    )

    def __init__(self, *args: Any, topics: list[Topic] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = list(Topic.objects.all()) if topics is None else topics
        for name in ("topic", "audience"):
            rows = [(topic.slug, topic.name) for topic in self.topics if topic.kind == name]
            self.fields[name].choices = [ANY, *rows]  # type: ignore[attr-defined]
        self.fields["q"].label = _("What for")
        self.fields["near"].label = _("ZIP code or town")

    @property
    def facets(self) -> list[int]:
        """The facets that every row must have. Call it on a valid form."""
        asked = self.cleaned_data
        numbers = {
            "how": {"in_person": facets.IN_PERSON, "online": facets.ONLINE, "hybrid": facets.HYBRID},
            "day": dict(zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), facets.DAYS, strict=True)),
            "time": facets.TIMES,
            "kind": facets.KINDS,
            "language": facets.LANGUAGES,
            "cost": facets.COSTS,
            "topic": {topic.slug: facets.TOPIC + topic.pk for topic in self.topics},
            "audience": {topic.slug: facets.TOPIC + topic.pk for topic in self.topics},
            "therapy": {"only": facets.THERAPY},
        }
        found = {of_name.get(asked[name]) for name, of_name in numbers.items()}
        return sorted({*filter(None, found), *(facets.FEATURES[need] for need in asked["needs"])})

    @property
    def after_row(self) -> tuple[int, float, int] | None:
        """Where the page begins, or None at the start."""
        if not self.cleaned_data["after"]:
            return None
        part, value, pk = self.cleaned_data["after"].split(":")
        return int(part), float(value), int(pk)

    @property
    def narrowed(self) -> list[str]:
        """The names of the fields beyond the first two that have been filled in."""
        return [name for name in self.NARROW if self.data.getlist(name) not in ([], [""])]  # type: ignore[attr-defined]


class CalendarForm(forms.Form):
    """How a calendar names its meetings: as they are, or so that it tells nothing."""

    title = forms.ChoiceField(choices=[("", ""), ("neutral", "neutral")], required=False)


class HsdsForm(forms.Form):
    """What the lists of the HSDS API can be asked for, by the names of its specification."""

    MOST = 100

    page = forms.IntegerField(min_value=1, max_value=1_000_000, required=False)
    per_page = forms.IntegerField(min_value=1, max_value=MOST, required=False)
    search = forms.CharField(max_length=200, required=False)
    modified_after = forms.DateTimeField(required=False)
    taxonomy_term_id = forms.UUIDField(required=False)
    full = forms.ChoiceField(choices=[("", ""), ("true", "true"), ("false", "false")], required=False)
    format = forms.ChoiceField(choices=[("", ""), ("json", "json"), ("ndjson", "ndjson")], required=False)

    def clean_page(self) -> int:
        return self.cleaned_data["page"] or 1

    def clean_per_page(self) -> int:
        return self.cleaned_data["per_page"] or self.MOST

    def clean_modified_after(self) -> datetime | None:
        after: datetime | None = self.cleaned_data["modified_after"]
        if after and not 1900 < after.year < 9999:  # a day more or less, by the zone, must stay a date
            raise forms.ValidationError(_("This day is out of reach."))
        return after

    def clean_full(self) -> bool:
        return self.cleaned_data["full"] == "true"


class HereForm(forms.Form):
    """Where somebody is, rounded in their browser to two decimals: about half a mile."""

    latitude = forms.FloatField(min_value=-85, max_value=85)
    longitude = forms.FloatField(min_value=-180, max_value=180)
    q = forms.CharField(max_length=200, required=False)

    def query(self, town: Town) -> str:
        """The parameters of the search near `town`. Call it on a valid form."""
        given = {"q": self.cleaned_data["q"], "near": town.written}
        return urlencode({name: value for name, value in given.items() if value})
