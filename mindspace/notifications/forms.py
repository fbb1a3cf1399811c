from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mindspace.accounts.models import User
from mindspace.notifications import kinds
from mindspace.notifications.kinds import Choice, Part
from mindspace.notifications.models import Preference, QuietHours


class ReadForm(forms.Form):
    """Which one was read; none stands for all."""

    one = forms.UUIDField(required=False)


def _name(part: str) -> str:
    return f"all-{part}"


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
        hours, self.fields = self.fields, {}
        self.parts = {part: [kind for kind in kinds.every() if kind.part == part] for part in Part}
        for part, within in self.parts.items():
            now = [chosen.get(kind.name, kind.default) for kind in within]
            if len(within) > 1:
                self.fields[_name(part)] = forms.ChoiceField(
                    label=_("All of “%(part)s”") % {"part": part.label}, required=False,
                    choices=[*Choice.choices, ("", _("Each as chosen below"))],
                    widget=forms.RadioSelect(attrs={"id": f"id_{_name(part)}"}),
                    initial=now[0] if len(set(now)) == 1 else "",
                )  # fmt: skip
            for kind, choice in zip(within, now, strict=True):
                self.fields[kind.name] = forms.ChoiceField(
                    label=str(kind.title), choices=Choice.choices, initial=choice,
                    widget=forms.RadioSelect(attrs={"id": f"id_{kind.name.replace('.', '-')}"}),
                )  # fmt: skip
        self.fields |= hours

    def in_parts(self) -> list[dict[str, Any]]:
        """Each heading with the field for all of its kinds, or None where there is one kind, and a field for each."""
        return [
            {
                "title": part.label,
                "together": self[_name(part)] if _name(part) in self.fields else None,
                "each": (each := [self[kind.name] for kind in within]),
                "open": any(field.errors for field in each),
            }
            for part, within in self.parts.items()
            if within
        ]

    def _choice_of(self, kind: kinds.Kind) -> str:
        """What was changed counts: a kind's own choice first, then the one for all of its part."""
        together = _name(kind.part)
        if kind.name not in self.changed_data and together in self.changed_data and self.cleaned_data[together]:
            return str(self.cleaned_data[together])
        return str(self.cleaned_data[kind.name])

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
            Preference.choose(self.user, kind.name, self._choice_of(kind))
        starts, ends = self.cleaned_data["starts"], self.cleaned_data["ends"]
        if starts is None:
            QuietHours.objects.filter(user=self.user).delete()
        else:
            QuietHours.objects.update_or_create(user=self.user, defaults={"starts": starts, "ends": ends})
