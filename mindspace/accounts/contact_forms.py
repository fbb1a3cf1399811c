"""Ways to reach a member, and the codes that prove them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mindspace.accounts.models import ContactDetail
from mindspace.once import OnceForm
from mindspace.site.phones import PHONE_PATTERN


class ContactForm(OnceForm):
    """A phone number or an e-mail address: which it is can be seen."""

    value = forms.CharField(
        label=gettext_lazy("Phone number or e-mail address"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "value" in data:
            data["kind"], data["value"] = kind_and_value(data["value"])
        return data

    def clean_value(self) -> str:
        value: str = self.cleaned_data["value"]
        kind_and_value(value)
        return value


def kind_and_value(written: str) -> tuple[str, str]:
    """Raises ValidationError."""
    if "@" in written:
        return ContactDetail.Kind.EMAIL, str(forms.EmailField().clean(written)).lower()
    return ContactDetail.Kind.PHONE, as_phone(written)


def as_phone(written: str) -> str:
    """The number in E.164; ten digits are one of the United States. Raises ValidationError."""
    digits = re.sub(r"[\s().\-]", "", written)
    if re.fullmatch(r"1?\d{10}", digits):
        digits = f"+1{digits[-10:]}"
    message = _("Write ten digits, such as 214 555 0123, or + and the number with its country.")
    RegexValidator(PHONE_PATTERN, message)(digits)
    if not digits.startswith("+"):
        raise ValidationError(message)
    return digits


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}),
    )
