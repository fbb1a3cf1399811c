"""What is said of a circle, and of who is in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.circles.models import Circle, Membership
from mindspace.accounts.names import validate_public_name
from mindspace.once import OnceForm

STARTER = _(
    "What is said here stays here.\n\n"
    "We come when we can, and say so when we cannot.\n\n"
    "When two of us see it differently, each speaks in turn. If it stays hard, we pause and talk again.\n\n"
    "We listen first, and give advice when somebody asks for it.\n\n"
    "This is not therapy. When somebody needs more than we can give, we help them find it. "
    "In a crisis, we call or text 988."
)


class CircleForm(forms.Form):
    name = forms.CharField(
        label=_("A name"),
        max_length=60,
        validators=[validate_public_name],
        help_text=_("Such as “Porch Circle”. Only its members read it, and whoever you give an invitation to."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agreements = forms.CharField(
        label=_("What you agree on"),
        max_length=2000,
        required=False,
        help_text=_("Who comes in reads it first. Change it until it is yours. You can also leave it empty."),
        widget=forms.Textarea(attrs={"rows": 10, "maxlength": 2000}),
    )
    area_name = forms.CharField(
        label=_("Where you meet, roughly"),
        max_length=80,
        required=False,
        validators=[validate_public_name],
        help_text=_("A town or a part of one, or “by phone”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @staticmethod
    def initial_of(circle: Circle) -> dict[str, Any]:
        return {name: getattr(circle, name) for name in CircleForm.base_fields}


class NewCircleForm(OnceForm, CircleForm):
    """With a text to begin from."""

    agreements = forms.CharField(
        label=CircleForm.base_fields["agreements"].label,
        max_length=2000,
        required=False,
        initial=STARTER,
        help_text=_("This is a start. Change it until it is yours, or empty it. Who comes in reads it first."),
        widget=CircleForm.base_fields["agreements"].widget,
    )


class InviteForm(OnceForm):
    """There is nothing to say: the link is handed on by whoever asks for it."""


class MemberForm(forms.Form):
    """One member of a circle, of those that this person sees there."""

    member = forms.ModelChoiceField(queryset=Membership.objects.none())
    how = forms.ChoiceField(choices=[("", ""), ("together", "together")], required=False)

    def __init__(self, circle: Circle, user: Any, *args: Any) -> None:
        super().__init__(*args)
        self.fields["member"].queryset = circle.members_for(user).exclude(user=user)  # type: ignore[attr-defined]
