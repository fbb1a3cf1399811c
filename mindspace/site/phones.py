"""Phone numbers: how they are kept, shown and dialed.

A number is kept in E.164 ("+12142459442") or, where the phone company itself knows it, as a short code ("988").
"""

import re

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

PHONE_PATTERN = r"^(\+[1-9][0-9]{6,14}|[0-9]{3,6})$"
SMS_PATTERN = r"^(\+[1-9][0-9]{6,14}|[0-9]{3,6}|[0-9]{3}-[0-9]{3})$"

validate_phone = RegexValidator(
    PHONE_PATTERN, _("Write the number as +1 and ten digits, such as +12145550123, or as a short number such as 988.")
)
validate_sms = RegexValidator(
    SMS_PATTERN, _("Write a short number such as 741741 or 678-678, or +1 and ten digits, such as +12145550123.")
)


def dashed(phone: str) -> str:
    """Show a number the way help lines print theirs: "1-800-799-7233". A short code stays as it is."""
    return re.sub(r"^\+1(\d{3})(\d{3})(\d{4})$", r"1-\1-\2-\3", phone)


def spaced(phone: str) -> str:
    """Show a number the way the house prints its own: "+1 (214) 245 9442"."""
    return re.sub(r"^\+1(\d{3})(\d{3})(\d{4})$", r"+1 (\1) \2 \3", phone)


def tel(phone: str) -> str:
    return f"tel:{phone}"


def sms(number: str, keyword: str = "") -> str:
    """The link that opens the messages app, with `keyword` already typed ("?&" is what both kinds of phone accept)."""
    link = "sms:" + number.replace("-", "")
    return f"{link}?&body={keyword}" if keyword else link
