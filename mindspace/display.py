"""How a visitor wants pages to look: the one cookie `display`, read and applied by the server.

The cookie names only what differs from the default, such as `text:130.theme:dark`. It says nothing about the person.
"""

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from mindspace.forms import NextForm

COOKIE = "display"
LONGEST_COOKIE = 120
ONE_YEAR = 365 * 24 * 60 * 60


class DisplayForm(forms.Form):
    """The settings as a form: the page shows it, and the cookie is read through it."""

    text = forms.ChoiceField(
        label=_("Text size"),
        choices=[("100", _("Standard")), ("115", _("Larger")), ("130", _("Large")), ("150", _("Largest"))],
        widget=forms.RadioSelect,
    )
    spacing = forms.ChoiceField(
        label=_("Space between lines"),
        choices=[("normal", _("Standard")), ("roomy", _("Roomy"))],
        widget=forms.RadioSelect,
    )
    theme = forms.ChoiceField(
        label=_("Colors"),
        choices=[("auto", _("As my device is set")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
    )
    font = forms.ChoiceField(
        label=_("Letters"),
        choices=[("standard", _("Standard")), ("easy", _("Easy to read"))],
        widget=forms.RadioSelect,
        help_text=_("Easy to read: plain, wide letters that are hard to mix up, if your device has them."),
    )
    data_saver = forms.BooleanField(
        label=_("Save data"), required=False, help_text=_("Pages come without drawings and photographs.")
    )
    discreet = forms.BooleanField(
        label=_("Discreet mode"),
        required=False,
        help_text=_("The tab shows a plain name and a plain icon, and leaving clears these settings too."),
    )


class DisplayPageForm(NextForm, DisplayForm):
    """The form as its page sends it: with the page to go back to."""

    def settings(self) -> "Display":
        if "reset" in self.data:  # the name of the other button
            return Display.default
        return Display(**{field.name: self.cleaned_data[field.name] for field in fields(Display)})


class SavedForm(forms.Form):
    """How the page knows that it is shown after saving."""

    saved = forms.TypedChoiceField(choices=[("1", "1")])


@dataclass(frozen=True)
class Display:
    """One visitor's settings; every field is one of the form's choices."""

    text: str = "100"
    spacing: str = "normal"
    theme: str = "auto"
    font: str = "standard"
    data_saver: bool = False
    discreet: bool = False

    default: ClassVar["Display"]

    @classmethod
    def of(cls, request: HttpRequest) -> "Display":
        return read(request.COOKIES.get(COOKIE, ""))

    def changes(self) -> dict[str, Any]:
        """The settings that differ from the default."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in pairs if value != getattr(Display.default, name)}

    def cookie(self) -> str:
        """The settings as the cookie writes them, always in the same order; empty when all are the default."""
        return ".".join(f"{name}:{'on' if value is True else value}" for name, value in self.changes().items())

    def remember(self, response: HttpResponse) -> None:
        """Set the cookie on `response`, or take it away when there is nothing to remember."""
        if value := self.cookie():
            response.set_cookie(
                COOKIE, value, max_age=ONE_YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True, path="/"
            )
        else:
            response.delete_cookie(COOKIE, samesite="Lax")


Display.default = Display()


@lru_cache(maxsize=512)
def read(cookie: str) -> Display:
    """Read a cookie's text. What is not a setting with one of its choices is left out, never an error."""
    if not cookie or len(cookie) > LONGEST_COOKIE:
        return Display.default
    given = dict(part.split(":", 1) for part in cookie.split(".") if ":" in part)
    form = DisplayForm(given)
    form.is_valid()
    return Display(**form.cleaned_data)
