"""How every form looks: label above, help under it, the error beside its field and again in a summary at the top."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer, TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString


class Renderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class NextForm(forms.Form):
    """A page to go back to."""

    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def clean_next(self) -> str:
        """A page of ours, or nothing: never an address elsewhere."""
        address: str = self.cleaned_data["next"]
        ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
        return address if ours else ""


def page_before(request: HttpRequest) -> str:
    """The page of ours that somebody came from, as the address says; "" if it names none."""
    form = NextForm(request.GET)
    return form.cleaned_data["next"] if form.is_valid() else ""


class OneOfMany(forms.Select):
    """A select, written at once. A template for each option, as Django has it, is half of the work of a long form."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: BaseRenderer | None = None) -> SafeString:
        chosen = {"" if each is None else str(each) for each in (value if isinstance(value, list) else [value])}
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, flatatt({"selected": str(key) in chosen}), label) for key, label in self.choices),
        )
        return format_html(
            "<select{}>{}</select>", flatatt({"name": name, **self.build_attrs(self.attrs, attrs)}), options
        )


class LongLine(forms.CharField):
    """One line that may be longer than a phone is wide: its box has two rows, so that none of it is hidden."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())
