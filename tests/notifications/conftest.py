"""Kinds of news that only the tests know, and Alice, who is told."""

import pytest

from mindspace.accounts.models import User
from mindspace.notifications import kinds
from tests.accounts.conftest import make

ANSWERED, NEARBY, QUIETLY = "test.answered", "test.nearby", "test.quietly"


@pytest.fixture(autouse=True)
def of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(kinds.Kind(ANSWERED, "Answers", "Somebody answered you."))
    kinds.register(kinds.Kind(NEARBY, "Near you", "There is something new near you.", default="daily"))
    kinds.register(kinds.Kind(QUIETLY, "Quiet news", "Something small happened.", default="never"))


@pytest.fixture
def alice(db: None) -> User:
    return make("alice")
