from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mindspace.accounts.models import User
from mindspace.notifications import kinds
from mindspace.notifications.kinds import Choice
from mindspace.notifications.models import Preference, QuietHours


class ReadForm(forms.Form):
    """Which one was read; none stands for all."""

    one = forms.UUIDField(required=False)


class PreferenceForm(forms.Form):
    """How to be told of each kind by mail, and when not to be."""

    starts = forms.TimeField(
        label=gettext_lazy("No mail from"), required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("In your own time zone. Leave both empty and mail comes at any hour."),
    )  # fmt: skip
    ends = forms.TimeField(
        label=gettext_lazy("until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        chosen = dict(Preference.objects.filter(user=user).values_list("kind", "choice"))
        quiet = QuietHours.objects.filter(user=user).first()
        if quiet:
            self.initial = {**self.initial, "starts": quiet.starts, "ends": quiet.ends}
        for kind in reversed(kinds.every()):
            field = forms.ChoiceField(
                label=str(kind.title), choices=Choice.choices,
                widget=forms.RadioSelect(attrs={"id": f"id_{kind.name.replace('.', '-')}"}),
                initial=chosen.get(kind.name, kind.default),
            )  # fmt: skip
            self.fields = {kind.name: field, **self.fields}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if (starts is None) != (ends is None) and not {"starts", "ends"} & self.errors.keys():
            self.add_error("ends", _("Give both times, or neither."))
        elif starts is not None and starts == ends:
            self.add_error("ends", _("Choose another time: these two are the same."))
        return data

    def save(self) -> None:
        for kind in kinds.every():
            Preference.choose(self.user, kind.name, self.cleaned_data[kind.name])
        starts, ends = self.cleaned_data["starts"], self.cleaned_data["ends"]
        if starts is None:
            QuietHours.objects.filter(user=self.user).delete()
        else:
            QuietHours.objects.update_or_create(user=self.user, defaults={"starts": starts, "ends": ends})
