"""What Django can tell by itself."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_checks_find_nothing() -> None:
    call_command("check", fail_level="WARNING", databases=["default"])


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=3)
