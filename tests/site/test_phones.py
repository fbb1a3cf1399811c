import pytest
from django.core.exceptions import ValidationError

from mindspace.site import phones


def test_numbers_are_shown_as_people_know_them() -> None:
    assert phones.dashed("+18007997233") == "1-800-799-7233"
    assert phones.dashed("988") == "988"
    assert phones.spaced("+12142459442") == "+1 (214) 245 9442"


def test_links_dial_what_is_kept() -> None:
    assert phones.tel("+18007997233") == "tel:+18007997233"
    assert phones.sms("988") == "sms:988"
    assert phones.sms("678-678", "START") == "sms:678678?&body=START"


@pytest.mark.parametrize("wrong", ["1-800-799-7233", "98", "+1 214 245 9442", "call me", "+0123456789"])
def test_a_number_that_cannot_be_dialed_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError):
        phones.validate_phone(wrong)


@pytest.mark.parametrize("right", ["988", "211", "+12142459442"])
def test_a_number_that_can_is_taken(right: str) -> None:
    phones.validate_phone(right)
