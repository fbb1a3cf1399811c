"""For a moderator with somebody on the phone."""

from django import forms
from django.utils.translation import gettext_lazy

from mindspace.accounts.contact_forms import CodeForm, as_phone
from mindspace.accounts.profile_forms import display_name
from mindspace.once import OnceForm


class CallForm(CodeForm):
    """For a moderator, with somebody on the phone."""

    number = forms.CharField(
        label=gettext_lazy("The number that your phone shows"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    field_order = ("number", "code")

    def clean_number(self) -> str:
        return as_phone(self.cleaned_data["number"])


class TakingBackForm(forms.Form):
    """What becomes of what is there of them."""

    STOP, DELETE = "stop", "delete"

    how = forms.ChoiceField(
        label=gettext_lazy("What they want"),
        choices=[
            (STOP, gettext_lazy("Stop, and end what is open")),
            (DELETE, gettext_lazy("Delete their account, with all of it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Ask them which of the two.")},
    )
    sure = forms.BooleanField(
        label=gettext_lazy("They said so themselves"),
        error_messages={"required": gettext_lazy("Ask them first, then tick this.")},
    )

    @property
    def entirely(self) -> bool:
        return bool(self.cleaned_data["how"] == self.DELETE)


class PhoneMemberForm(OnceForm):
    """For a moderator: somebody on the phone wants to be helped."""

    display_name = display_name(
        gettext_lazy("Their name here"),
        required=False,
        help_text=gettext_lazy("A first name, if they like. Empty: we make one up."),
    )
    consent = forms.CharField(
        label=gettext_lazy("What they agreed to"),
        help_text=gettext_lazy(
            "Read to them: “We post and answer for you. Members see your name here and that we do it. You can take it "
            "back any time.” Write what they said."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    agreed = forms.BooleanField(label=gettext_lazy("They said yes to it"))
    is_adult = forms.BooleanField(label=gettext_lazy("They say that they are 18 or older"), required=False)
