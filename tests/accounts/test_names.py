"""A name that everybody may read."""

import pytest
from django.core.exceptions import ValidationError

from mindspace.accounts.names import validate_public_name


@pytest.mark.parametrize("name", ["Ann", "José", "李", "می‌خواهم", "Ann-Marie 2", "O’Neil"])
def test_a_name_with_letters_is_one(name: str) -> None:
    validate_public_name(name)


@pytest.mark.parametrize("name", ["\u200b", "\u2800", "\u3164", "\u202eAnn", "Ann\u2066", "A\x0bB", "...", "\u00adAnn"])
def test_what_cannot_be_seen_or_hides_something_is_none(name: str) -> None:
    with pytest.raises(ValidationError, match="can be seen"):
        validate_public_name(name)
