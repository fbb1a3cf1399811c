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

UNREADABLE = _("We cannot read this address. Begin at the first page again.")
# What a page may begin after, by its order: seconds until the year 9999, days of it, and meters.
RANGES = {"newest": (0, 253_402_300_000), "ending": (1, 3_652_059), "near": (0, 1e9)}


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
    in_return = forms.ChoiceField(
        label=_("In return"),
        choices=[("", _("Either way")), ("gift", _("A gift")), ("timebank", _("An hour for an hour"))],
        required=False,
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("Newest first, or nearest")),
            ("newest", _("Newest first")),
            ("ending", _("Ends soon first")),
        ],
        required=False,
    )
    after = forms.RegexField(r"^\d{1,12}(\.\d{1,20})?(e-\d{1,2})?:[0-9a-f-]{36}$", required=False)

    MORE = ("how", "miles", "language", "in_return", "sort")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("Words to look for")
        self.fields["near"].label = _("ZIP code or town")
        self.fields["after"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        near = said.get("near") if said.get("how") != "remote" else ""
        self.town = find(near) if near else None
        if said.get("after"):
            number, _colon, pk = said["after"].partition(":")
            try:
                said["after"] = float(number), UUID(pk)
            except ValueError:
                self.add_error("after", UNREADABLE)
                return said
            least, most = RANGES[Asked(town=self.town, sort=said.get("sort", "")).order]
            if not least <= float(number) <= most:
                self.add_error("after", UNREADABLE)
        return said

    def asked(self) -> Asked:
        """What a valid form asks for."""
        said = self.cleaned_data
        facets = [
            board_index.KINDS.get(said["kind"]),
            board_index.CATEGORIES.get(Category(said["category"])) if said["category"] else None,
            {"nearby": board_index.NEARBY, "remote": board_index.REMOTE}.get(said["how"]),
            LANGUAGES.get(said["language"]),
            {"gift": board_index.GIFT, "timebank": board_index.TIMEBANK}.get(said["in_return"]),
        ]
        return Asked(
            facets=[each for each in facets if each],
            words=wanted(said["q"]),
            town=self.town,
            miles=said["miles"],
            sort=said["sort"],
            after=said["after"] or None,
        )

    @property
    def narrowed(self) -> bool:
        return any(self.data.get(name) for name in self.MORE)
