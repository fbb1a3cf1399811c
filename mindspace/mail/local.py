"""Mail of a site that runs on one machine for its own user: shown in the terminal and kept as files."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.crypto import get_random_string


class LocalBackend(BaseEmailBackend):
    def __init__(self, folder: Path, **options: Any) -> None:
        super().__init__(**options)
        self.folder = folder

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for email in email_messages:
            raw = email.message().as_bytes()
            name = f"{timezone.localtime():%Y%m%d-%H%M%S}-{get_random_string(6)}.eml"
            (self.folder / name).write_bytes(raw)
            sys.stdout.write(f"\n--- mail, kept as {self.folder / name}\n{raw.decode('utf-8', 'replace')}\n---\n")
            sys.stdout.flush()
        return len(email_messages)
