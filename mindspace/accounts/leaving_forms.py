"""Before somebody leaves for good, and going on from a question in between."""

from django import forms
from django.utils.translation import gettext_lazy


class LeavingForm(forms.Form):
    """What becomes of what they wrote for others."""

    KEEP, DELETE = "keep", "delete"

    posts = forms.ChoiceField(
        label=gettext_lazy("What you wrote for others"),
        choices=[
            (DELETE, gettext_lazy("Delete it all, too")),
            (KEEP, gettext_lazy("Leave it, without my name")),
        ],
        widget=forms.RadioSelect,
    )
    sure = forms.BooleanField(label=gettext_lazy("Yes, delete my account now"))

    @property
    def keep_posts(self) -> bool:
        return bool(self.cleaned_data["posts"] == self.KEEP)


class NextForm(forms.Form):
    """Where to go on to: a path of this site."""

    next = forms.RegexField(r"^/(?![/\\])[^\s\\]*$", required=False, max_length=500, widget=forms.HiddenInput)
