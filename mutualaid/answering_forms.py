"""Answering a post, and writing to each other about it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mindspace.moderation.forms import GentleTrapForm
from mindspace.once import OnceForm


class AnswerForm(GentleTrapForm, OnceForm):
    words = forms.CharField(
        label=_("A line to them"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1000}),
        help_text=_("Such as when you can come. Keep your number and address for later."),
    )


class DetailForm(forms.Form):
    """Which of one's own contact details."""

    detail = forms.UUIDField()


class MessageForm(OnceForm):
    words = forms.CharField(
        label=_("Write back"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000})
    )
