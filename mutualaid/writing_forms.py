"""The steps of writing a post. Each is a form of its own, and what is written is kept as a draft."""

from copy import copy
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from groups.models.group import SPOKEN
from mindspace.once import OnceForm
from mutualaid import in_return
from mutualaid.categories import CHOICES
from mutualaid.circles import CIRCLE, audiences_for
from mutualaid.errors import BelowFloor
from mutualaid.models import Post
from mutualaid.models.post_fields import MOST_SLOTS, QUARTER


def area(most: int, rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": most})


class KindForm(forms.Form):
    """Which of the two somebody pressed on their way here, and what they had looked for."""

    kind = forms.ChoiceField(choices=Post.Kind.choices, required=False)
    category = forms.ChoiceField(choices=CHOICES, required=False)


class WhatForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What would you like to do?"),
        choices=[("request", _("Ask for a hand")), ("offer", _("Offer a hand"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    category = forms.ChoiceField(label=_("What is it about?"), choices=[("", _("Choose one")), *CHOICES])
    title = forms.CharField(
        label=_("In one line"), max_length=80, help_text=_("Such as “A ride on Thursday” or “I can listen on Sundays”.")
    )
    words = forms.CharField(
        label=_("In your words"),
        max_length=2000,
        widget=area(2000, 5),
        help_text=_(
            "A few sentences do. Leave out names, phone numbers and addresses: there is a private place later."
        ),
    )
    helps = forms.CharField(
        label=_("What helps"),
        max_length=400,
        required=False,
        widget=area(400, 2),
        help_text=_("Such as “A text before you come.”"),
    )
    helps_not = forms.CharField(
        label=_("What does not help"),
        max_length=400,
        required=False,
        widget=area(400, 2),
        help_text=_("Such as “Please do not ask why.”"),
    )

    FOLDED = ("helps", "helps_not")
    FOLD = _("What helps, and what does not")

    @staticmethod
    def initial_of(post: Post) -> dict[str, Any]:
        return {name: getattr(post, name) for name in WhatForm.base_fields}

    def changes(self, post: Post) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in WhatForm.base_fields}


class NewForm(OnceForm, WhatForm):
    """The first step, which makes the draft."""


class WhoForm(OnceForm):
    audience = forms.ChoiceField(
        label=_("Who sees it"),
        choices=[],
        widget=forms.RadioSelect,
    )
    until = forms.ChoiceField(label=_("How long it stays"), choices=[])
    slots = forms.IntegerField(label=_("How many people"), min_value=1, max_value=MOST_SLOTS, initial=1)
    hours = forms.DecimalField(
        label=_("Hours each, about"), required=False, min_value=0.25, max_value=24, max_digits=4, decimal_places=2
    )
    reckoning = forms.TypedChoiceField(
        label=_("In return"),
        choices=Post.Reckoning.choices,
        widget=forms.RadioSelect,
        required=False,
        empty_value=Post.Reckoning.GIFT,
        help_text=_(
            "A gift asks for nothing. With an hour for an hour, the person who helps gets the hours in the time bank, "
            "and the person who is helped gives them."
        ),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=list(SPOKEN.items()), required=False, widget=forms.CheckboxSelectMultiple
    )

    FOLDED: tuple[str, ...] = ("slots", "hours", "reckoning", "languages")
    FOLD = _("How many people, hours, languages, and what comes in return")
    DAYS = (14, 30, 60, 90)

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post
        if post.bookable:
            is_offer = post.kind == Post.Kind.OFFER
            self.fields["slots"].label = _("How many times at once") if is_offer else _("How many times")
            self.fields["slots"].help_text = _("Each is for one person, who books it.")
            self.FOLDED, self.FOLD = self.FOLDED[1:], _("Hours, languages, and what comes in return")
        self.fields["audience"].choices = audiences_for(post)  # type: ignore[attr-defined]
        choices: list[tuple[str, Any]] = [(str(days), _("%d days") % days) for days in self.DAYS]
        if post.kind == Post.Kind.OFFER:
            choices.append(("stands", _("Until I take it back; after 90 days we ask")))
        if post.over_on and post.over_on >= timezone.localdate():
            choices.insert(0, ("day", _("Until its day is over")))
        if post.ends_on:
            choices.insert(0, ("keep", _("As it is now: until %s") % date_format(post.ends_on, "F j")))
        self.fields["until"].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(post: Post) -> dict[str, Any]:
        first = "day" if post.over_on and post.over_on >= timezone.localdate() else "30"
        until = "keep" if post.ends_on else "stands" if post.opened_at and post.kind == "offer" else first
        audience = CIRCLE + str(post.circle_id) if post.circle_id else post.audience
        hours = None if post.hours is None else post.hours.normalize() + 0  # 1, and not 1.00
        names = ("slots", "reckoning", "languages")
        return {"until": until, "audience": audience, "hours": hours, **{name: getattr(post, name) for name in names}}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("reckoning") != Post.Reckoning.TIMEBANK or "hours" in self.errors or "slots" in self.errors:
            return said
        if said["hours"] is None:
            self.add_error("hours", _("In the time bank, say how many hours each: 1, or 1.5."))
        elif said["hours"] % QUARTER:
            self.add_error("hours", _("The time bank counts in quarters of an hour, such as 0.75 or 1.5."))
        else:
            self._look_at_the_floor({name: said[name] for name in ("hours", "slots", "reckoning")})
        return said

    def _look_at_the_floor(self, fields: dict[str, Any]) -> None:
        """As sending it in does; here, it can be changed in the same breath."""
        would_be = copy(self.post)
        for name, value in fields.items():
            setattr(would_be, name, value)
        if would_be.asks_more_than(self.post):
            try:
                in_return.allow_request(would_be)
            except BelowFloor as error:
                self.add_error("reckoning", str(error))

    def changes(self, post: Post) -> dict[str, Any]:
        said = self.said
        until = said.pop("until")
        said["circle_id"] = None
        if said["audience"].startswith(CIRCLE):
            said["audience"], said["circle_id"] = Post.Audience.CIRCLE, UUID(said["audience"].removeprefix(CIRCLE))
        if until == "day":
            said["ends_on"] = post.over_on
        elif until != "keep":
            said["ends_on"] = None if until == "stands" else timezone.localdate() + timedelta(days=int(until))
        return said


class EndForm(forms.Form):
    closed_as = forms.ChoiceField(label=_("How did it end?"), choices=[], widget=forms.RadioSelect)

    def __init__(self, post: Post, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        good = _("Help was found") if post.kind == Post.Kind.REQUEST else _("Somebody took it up")
        choices = [("fulfilled", good), ("withdrawn", _("I take it back"))]
        self.fields["closed_as"].choices = choices  # type: ignore[attr-defined]
