from django import forms
from django.utils.translation import gettext_lazy as _

from mindspace.moderation.forms import GentleTrapForm
from mindspace.once import OnceForm
from mutualaid.models import PostReport


class ReportForm(GentleTrapForm, OnceForm):
    """What is wrong. It opens with one tap and is sent with another."""

    reason = forms.ChoiceField(label=_("What is wrong?"), choices=PostReport.Reason.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("In your words, if you like"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
