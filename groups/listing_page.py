"""All that the page of a listing asks, together: the group, its meeting times, and whoever writes."""

import json
from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from groups import listing
from groups.listing_forms import ListingForm
from groups.meeting_forms import MeetingForm
from mindspace.once import KeyField

MOST_MEETINGS = 12
SALT = "groups.listing"


class ListingForms:
    """Everything on the page of a listing: the group, its times, and what else the page asks (`beside`).

    `seen` travels with the page, signed: a change is a change to what the writer saw, not to what it is by now.
    """

    listing_form: type[ListingForm] = ListingForm
    meeting_form: type[MeetingForm] = MeetingForm

    def __init__(self, request: HttpRequest, now_says: listing.State, beside: type[forms.Form] | None = None) -> None:
        data = request.POST if request.method == "POST" else None
        self.seen = self._seen(data, now_says) if data is not None else now_says
        self.sealed = signing.dumps(self.seen, salt=SALT, compress=True)
        self.group = self.listing_form(data, seen=self.seen)
        known = self.seen["meetings"]
        most = max(MOST_MEETINGS, len(known) + 1)  # an imported group can have more than anybody would type
        formset = forms.formset_factory(
            self.meeting_form, extra=1, max_num=most, absolute_max=most, validate_max=True,
            can_delete=True, can_delete_extra=False,
        )  # fmt: skip
        initial = [self.meeting_form.initial_of(pk, said) for pk, said in known.items()]
        self.meetings = formset(data, initial=initial, prefix="when", form_kwargs={"known": known})
        self.beside = beside(data) if beside else None
        self.key_form = _KeyForm(data)
        self.data = data

    @staticmethod
    def _seen(data: Any, now_says: listing.State) -> listing.State:
        try:
            seen: listing.State = signing.loads(data.get("seen", ""), salt=SALT)
        except signing.BadSignature:
            return now_says
        return seen

    def is_valid(self) -> bool:
        checks = [self.group.is_valid(), self.meetings.is_valid(), self.key_form.is_valid()]
        checks += [self.beside.is_valid()] if self.beside else []
        if all(checks) and not (self.said["meetings"] or self.group.cleaned_data["always_open"]):
            first = self.meetings.forms[-1]
            first.add_error("start", _("Say when it meets, or tick “always open” for an online community."))
            return False
        return all(checks)

    @property
    def is_bound(self) -> bool:
        return self.data is not None

    @property
    def forms(self) -> list[Any]:
        """All forms that may have gone wrong, in the order of the page."""
        return [self.group, *self.meetings.forms, *([self.beside] if self.beside else [])]

    @property
    def said(self) -> listing.State:
        meetings: dict[str, Any] = {}
        for number, form in enumerate(self.meetings.forms):
            data = form.cleaned_data
            if not data or data.get("DELETE") or "rule" not in data:
                continue
            pk = data["id"] if data["id"] in self.seen["meetings"] else f"new{number}"
            meetings[pk] = form.said
        return {"group": self.group.said, "meetings": meetings}

    @property
    def changes(self) -> dict[str, Any]:
        return listing.difference(self.seen, self.said)

    @property
    def key(self) -> UUID | None:
        """As `OnceForm.key`, over all forms of the page."""
        data: Any = self.data
        form_key: UUID | None = self.key_form.cleaned_data["form_key"]
        said = [[name, data.getlist(name)] for name in sorted(data) if name != "csrfmiddlewaretoken"]
        return uuid5(form_key, json.dumps(said)) if form_key else None


class _KeyForm(forms.Form):
    form_key = KeyField()
