"""How every form looks: label above, help under it, the error beside its field and again in a summary at the top."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class LongLine(forms.CharField):
    """One line that may be longer than a phone is wide: its box has two rows, so that none of it is hidden."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())
