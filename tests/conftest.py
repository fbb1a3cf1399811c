"""What every test shares: the database server."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import hypothesis
import pytest
from django.conf import settings
from django.db import transaction
from django.test import TransactionTestCase

from mindspace import postgres
from tests import migrated
from tests.kept import Kept

# A busy machine is slow, and no example is wrong for it.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def migrated_dump(request: pytest.FixtureRequest) -> Path | None:
    """Where the work of migrations is kept; nowhere on a server that is not ours."""
    return None if os.environ.get("DATABASE_URL") else migrated.dump_in(request.config.cache.mkdir("migrated"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(migrated_dump: Path | None) -> Iterator[None]:
    """Run an embedded server for the tests unless DATABASE_URL names one (pytest-django asks before it connects)."""
    if migrated_dump is None:
        yield
        return
    server = postgres.Server.start(settings.VAR_DIR, durable=False)
    if migrated_dump.exists():
        migrated.load(migrated_dump)
    yield
    server.stop()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, migrated_dump: Path | None) -> Iterator[None]:
    """After a test with real transactions, the next one finds what migrations put there."""
    with django_db_blocker.unblock():
        if migrated_dump and not migrated_dump.exists():
            migrated.save(migrated_dump)
        kept = Kept()
    with mock.patch.object(TransactionTestCase, "_fixture_teardown", side_effect=kept.put_back):
        yield


@pytest.fixture(scope="module")
def once_for_all(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database, for what every test of a file begins with: made once, and undone after the last of them.

    What a test itself changes is undone after it, as ever. Objects that it may change, too, are for it to copy.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def var_dir() -> Iterator[Path]:
    """A VAR_DIR of its own for one test, which does not exist yet.

    As root, PostgreSQL's user can pass the folder above it, unlike those of pytest's tmp_path.
    """
    with tempfile.TemporaryDirectory(prefix="mindspace-var-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder).resolve() / "var"


def pytest_collection_finish() -> None:
    """Look for garbage rarely: to look through all that is imported took a fifth of the time, and found little."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)


def pytest_unconfigure() -> None:
    home = settings.VAR_DIR / "postgres"
    if home.is_symlink():  # as root, where the temporary folder is closed to PostgreSQL's user
        shutil.rmtree(home.resolve(), ignore_errors=True)
