"""Reading codes where people read them: in their mail and in their app."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail

from tests.accounts.conftest import TOTP_SECRET


def code_in_mail() -> str:
    """Return the code in the latest mail. Fails if there is none."""
    [code] = re.findall(r"^\d{4}-\d{4}$", str(mail.outbox[-1].body), re.MULTILINE)
    return code


def code_of_app(secret: str = TOTP_SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
