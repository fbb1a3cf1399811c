"""What the page of hours is asked, in its address."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django import forms

MICROSECONDS = 10**6


class HoursForm(forms.Form):
    """`after` is the time, in microseconds since 1970, and the id of the line before, with a colon."""

    after = forms.RegexField(r"^\d{1,17}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", required=False)

    def clean_after(self) -> tuple[datetime, UUID] | None:
        number, _colon, pk = self.cleaned_data["after"].partition(":")
        if not pk:
            return None
        seconds, rest = divmod(int(number), MICROSECONDS)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), UUID(pk)


def after(row: Any) -> str:
    """What opens the page behind this line."""
    return f"{int(row.at.timestamp()) * MICROSECONDS + row.at.microsecond}:{row.pk}"
