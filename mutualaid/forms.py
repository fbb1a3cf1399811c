"""What visitors and members ask of the board, all of it in the address."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.facets import LANGUAGES
from groups.forms import MILES, USUAL_MILES
from groups.models.group import SPOKEN
from groups.spelling import wanted
from groups.towns import find
from mindspace.search import SearchForm
from mutualaid import board_index
from mutualaid.board import Asked
from mutualaid.categories import CHOICES, Category

LATEST = 253402300799  # the end of year 9999, in seconds or, long before, in days


class BoardForm(SearchForm):
    """Everything may be left out. `after` is the sort value and the id of the post before, with a colon."""

    kind = forms.ChoiceField(
        label=_("Show"),
        choices=[("", _("Both")), ("request", _("Who needs a hand")), ("offer", _("Who offers one"))],
        required=False,
    )
    category = forms.ChoiceField(label=_("About"), choices=[("", _("Anything")), *CHOICES], required=False)
    miles = forms.TypedChoiceField(
        label=_("How far"),
        choices=[("", _("25 miles"))] + [(str(each), _("%d miles") % each) for each in MILES if each != USUAL_MILES],
        coerce=int,
        empty_value=USUAL_MILES,  # type: ignore[arg-type]
        required=False,
    )
    how = forms.ChoiceField(
        label=_("How"),
        choices=[("", _("Either way")), ("nearby", _("In person")), ("remote", _("By phone or online"))],
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("", _("Any")), *SPOKEN.items()], required=False)
    sort = forms.ChoiceField(
        label=_("In which order"),
        choices=[
            ("", _("Newest first, or nearest")),
            ("newest", _("Newest first")),
            ("ending", _("Ending soon first")),
        ],
        required=False,
    )
    after = forms.RegexField(r"^\d{1,12}(\.\d{1,20})?(e-\d{1,2})?:[0-9a-f-]{36}$", required=False)

    MORE = ("how", "miles", "language", "sort")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("In your own words")
        self.fields["near"].label = _("ZIP code or town")
        self.fields["after"].widget = forms.HiddenInput()

    def clean_after(self) -> tuple[float, UUID] | None:
        if not self.cleaned_data["after"]:
            return None
        number, _colon, pk = self.cleaned_data["after"].partition(":")
        largest = 3_652_059 if self.data.get("sort") == "ending" else LATEST
        try:
            if 1 <= float(number) <= largest or self.data.get("near"):
                return float(number), UUID(pk)
        except ValueError:
            pass
        raise forms.ValidationError(_("We cannot read this address. Begin at the first page again."))

    def asked(self) -> Asked:
        """What a valid form asks for."""
        said = self.cleaned_data
        facets = [
            board_index.KINDS.get(said["kind"]),
            board_index.CATEGORIES.get(Category(said["category"])) if said["category"] else None,
            {"nearby": board_index.NEARBY, "remote": board_index.REMOTE}.get(said["how"]),
            LANGUAGES.get(said["language"]),
        ]
        town = find(said["near"]) if said["near"] and said["how"] != "remote" else None
        return Asked(
            facets=[each for each in facets if each],
            words=wanted(said["q"]),
            town=town,
            miles=said["miles"],
            sort=said["sort"],
            after=said["after"],
        )

    @property
    def narrowed(self) -> bool:
        return any(self.data.get(name) for name in self.MORE)
