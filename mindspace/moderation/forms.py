from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mindspace.moderation.models import SAYABLE, Held, Verdict
from mindspace.moderation.queue import Kind

MOST_SKIPPED = 50


class SkipForm(forms.Form):
    """Which things to leave for later, as ids with commas."""

    skip = forms.RegexField(r"^[0-9a-f,-]*$", required=False, max_length=37 * MOST_SKIPPED)


class DecisionForm(forms.Form):
    """A verdict. Asking and refusing need words: ready ones, one's own, or both."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=SAYABLE, widget=forms.HiddenInput)
    text = forms.ChoiceField(label=_("Words that are ready"), required=False)
    words = forms.CharField(
        label=_("Your own words"),
        required=False,
        max_length=2000,
        help_text=_("They go into the mail, after the ready ones."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, kind: Kind, item: Held, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts, self.is_mailed = kind.texts, bool(item.sealed_email)
        self["text"].field.choices = [("", _("None")), *kind.texts.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        ready = str(self.texts.get(data.get("text", ""), ""))
        data["reason"] = "\n\n".join(filter(None, [ready, data.get("words", "")]))
        if data.get("verdict") in (Verdict.ASK, Verdict.REFUSE) and self.is_mailed and not data["reason"]:
            self.add_error("words", _("Say why, in ready words or your own: they are mailed to whoever sent it."))
        return data
