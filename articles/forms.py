"""What visitors may ask of the pages of articles and resources, in the address or in a form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Resource
from articles.models.resource import LANGUAGES
from mindspace.once import KeyField


class ArticleSearchForm(forms.Form):
    """Words to look for, a topic and a page; all may be left out."""

    q = forms.CharField(
        label=_("Search the articles"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    topic = forms.SlugField(required=False, max_length=60, widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, min_value=1, max_value=1000, widget=forms.HiddenInput)


class ResourceFilterForm(forms.Form):
    """Which resources to show."""

    cost = forms.ChoiceField(label=_("Cost"), required=False, choices=[("", _("Any cost")), *Resource.Cost.choices])
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("Any language")), *LANGUAGES.items()]
    )


class FeedbackForm(forms.Form):
    """The answer to "Was this helpful?". It counts once, whatever is answered the second time."""

    form_key = KeyField()
    helpful = forms.TypedChoiceField(
        label=_("Was this helpful?"),
        choices=[("yes", _("Yes")), ("no", _("Not really"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two answers."), "invalid_choice": _("Choose one of the two.")},
    )
